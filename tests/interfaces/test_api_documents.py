"""The API's description of itself: complete, true to what is answered, and readable."""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Annotated, get_args, get_origin

import orjson
import pytest
from django.test import Client
from ninja.openapi.schema import OpenAPISchema

from grandunion.interfaces.api.described import pascal
from grandunion.interfaces.api.documents import ROOT, described
from grandunion.interfaces.api.urls import COLUMNS, api
from tests.calling import Caller

pytestmark = pytest.mark.django_db


def operations() -> Iterator[tuple[str, str, dict]]:
    for address, methods in described(api)["paths"].items():
        for method, told in methods.items():
            yield address, method, told


class Plain(OpenAPISchema):
    """The document as ninja writes it by itself; of shapes that pydantic lays down alike, three are worked out."""

    def __init__(self) -> None:
        self.alike: dict[tuple, list[tuple]] = defaultdict(list)
        self.doubtful: set[str] = set()  # names that stand for two different shapes
        super().__init__(api, ROOT)

    def _create_schema_from_model(self, model: type, *choices: object, **named: object) -> tuple[dict, bool]:
        model.model_rebuild()
        laid_down = re.sub(r":\d{9,}", "", repr(model.__pydantic_core_schema__))  # without places in memory
        alike = self.alike[laid_down, choices, repr(named)]
        if len(alike) < 3:
            alike.append(super()._create_schema_from_model(model, *choices, **named))
        return alike[-1]

    def add_schema_definitions(self, definitions: dict) -> None:
        self.doubtful |= {name for name, shape in definitions.items() if self.schemas.get(name, shape) != shape}
        super().add_schema_definitions(definitions)


def test_a_name_stands_for_one_shape_and_shapes_are_those_of_every_operation_by_itself():
    plain = Plain()
    assert plain.doubtful == set()
    told, by_itself = described(api), orjson.loads(orjson.dumps(dict(plain), option=orjson.OPT_NON_STR_KEYS))
    assert told["paths"] == by_itself["paths"]
    assert told["components"]["schemas"] == told["components"]["schemas"] | by_itself["components"]["schemas"]


def test_operations_that_share_a_model_ask_the_same():
    views = [view for prefix, router in api._routers for view in router.path_operations.values()]
    made = [operation for view in views for operation in view.operations]
    assert len(made) > 500
    for operation in made:
        asked = {one.name: (_bare(one.annotation), one.source.default) for one in operation.signature.params}
        held = {name: (field.annotation, field.default)
                for model in operation.models for name, field in model.model_fields.items()}  # fmt: skip
        assert held == asked, operation.operation_id


def _bare(annotation: object) -> object:
    return get_args(annotation)[0] if get_origin(annotation) is Annotated else annotation


def test_it_is_openapi_31_with_every_reference_resolved():
    document = described(api)
    assert document["openapi"] == "3.1.0"
    for pointed in set(re.findall(r"'\$ref': '(#[^']+)'", str(document))):
        found = document
        for step in pointed.removeprefix("#/").split("/"):
            assert step in found, pointed
            found = found[step]


def test_every_operation_says_what_may_go_wrong():
    for address, method, told in operations():
        wanted = {"401", "403", "404", "422"} if method == "get" else {"401", "403", "404", "409", "412", "415", "422"}
        assert wanted <= set(told["responses"]), f"{method} {address}"
        assert told["security"], f"{method} {address}"
        assert told["summary"]


def test_every_operation_has_a_name_of_its_own():
    names = [told["operationId"] for _, _, told in operations()]
    assert len(set(names)) == len(names) > 150


@pytest.mark.parametrize("column", COLUMNS, ids=lambda one: one.code)
def test_a_list_describes_its_filters_and_only_orders_it_keeps(column, ada_user):
    told = described(api)["paths"][f"/api/v1/{column.code}"]["get"]
    known = {one["name"]: one["description"] for one in told["parameters"]}
    assert {one.code for one in column.listing.filters} <= set(known)
    calls = Caller(ada_user)
    orders = re.findall(r"descending: ([\w, ]+)\.", known["order"])[0].split(", ")
    assert orders
    for order in orders:
        assert calls.get(f"{column.code}?order=-{order}").status_code == 200


@pytest.mark.parametrize("column", COLUMNS, ids=lambda one: one.code)
def test_a_list_answers_what_it_describes(column, ada_user):
    calls = Caller(ada_user)
    shape = described(api)["components"]["schemas"][f"{pascal(column.code)}Row"]["properties"]
    codes = [one.code for one in column.listing.columns]
    assert set(codes) <= set(shape)
    assert calls.get(f"{column.code}?columns={','.join(codes)}").status_code == 200


def test_a_record_answers_only_what_is_described(ada_user, bo_company):
    shape = described(api)["components"]["schemas"]["Organisation"]["properties"]
    answer = Caller(ada_user).get(f"organisations/{bo_company.number}").json()
    assert set(answer) <= set(shape)


def test_it_is_read_without_a_token_and_kept_for_a_while(client):
    answer = client.get("/api/v1/openapi.json")
    assert answer["Content-Type"] == "application/json"
    assert answer.json()["info"]["version"] == "1"
    assert "max-age" in answer["Cache-Control"]


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_the_page_for_people_names_every_operation(language):
    page = Client().get("/api/v1/docs", headers={"Accept-Language": language}).content.decode()
    for _, _, told in operations():
        assert f'id="{told["operationId"]}"' in page
    assert ("令牌" in page) == (language == "zh-CN")


def test_the_start_says_where_everything_is(client):
    told = client.get("/api/v1/").json()
    assert {column.code for column in COLUMNS} <= set(told)
