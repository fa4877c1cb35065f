"""The API's description of itself: OpenAPI 3.1 as JSON, and the same as a plain page."""

from functools import lru_cache

import orjson
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from grandunion.interfaces.api.described import problem_responses
from grandunion.interfaces.api.problems import ProblemDetails
from grandunion.interfaces.kit.pages import page
from grandunion.terms.text import Text

ROOT = "/api/v1/"


class Description(OpenAPISchema):
    """The document as ninja writes it, each shape and each parameter worked out once and not for every operation."""

    def __init__(self, api: NinjaAPI, root: str) -> None:
        self.known: dict[tuple, object] = {}
        super().__init__(api, root)

    def _create_schema_from_model(self, model: type, *choices: object, **named: object) -> tuple[dict, bool]:
        if len(model.model_fields) != 1 or not named.get("remove_level", True):
            return super()._create_schema_from_model(model, *choices, **named)  # a shape with a name of its own
        key = (_fields_of(model), choices, tuple(sorted(named.items())))
        if key not in self.known:
            self.known[key] = super()._create_schema_from_model(model, *choices, **named)
        return self.known[key]

    def _extract_parameters(self, model: type) -> list[dict]:
        key = (_fields_of(model), model.__ninja_param_source__)
        if key not in self.known:
            self.known[key] = super()._extract_parameters(model)
        return self.known[key]


def _fields_of(model: type) -> tuple:
    """All that the shape of a model depends on, beside its own name."""
    return tuple((name, field.annotation, repr(field)) for name, field in model.model_fields.items())


@lru_cache(maxsize=1)
def described(api: NinjaAPI) -> dict:
    """The OpenAPI document; worked out once, for the addresses do not change while the hub runs."""
    told = Description(api, ROOT)
    problem = ProblemDetails.model_json_schema(ref_template="#/components/schemas/{model}")
    told["components"]["schemas"] |= {**problem.pop("$defs"), "ProblemDetails": problem}
    told["components"]["responses"] = problem_responses()
    return orjson.loads(orjson.dumps(told, option=orjson.OPT_NON_STR_KEYS))


@lru_cache(maxsize=1)
def _as_json(api: NinjaAPI) -> bytes:
    return orjson.dumps(described(api))


def document(request: HttpRequest, api: NinjaAPI) -> HttpResponse:
    """The description for machines."""
    response = HttpResponse(_as_json(api), content_type="application/json")
    response.headers["Cache-Control"] = "max-age=300"
    return response


def read(request: HttpRequest, api: NinjaAPI) -> HttpResponse:
    """The description for people."""
    return page(request, "api/docs.html", Text("The API", "开放接口"), groups=grouped(api), root=ROOT)


@lru_cache(maxsize=1)
def grouped(api: NinjaAPI) -> tuple[tuple[Text, list[dict]], ...]:
    """The operations by column, as the page shows them."""
    return tuple((apart(name), operations) for name, operations in _groups(described(api)).items())


def apart(both: str) -> Text:
    """The two languages of a description, which stand in one line."""
    en, _, zh = both.partition(" · ")
    return Text(en, zh or en)


def _groups(told: dict) -> dict[str, list[dict]]:
    groups: dict[str, list[dict]] = {}
    for address, operations in told["paths"].items():
        for method, one in operations.items():
            groups.setdefault(one["tags"][0], []).append(_operation(told, address, method, one))
    return groups


def _operation(told: dict, address: str, method: str, one: dict) -> dict:
    return {
        "id": one["operationId"],
        "method": method.upper(),
        "steps": address.strip("/").split("/"),
        "summary": apart(one["summary"]),
        "parameters": [
            {"name": p["name"], "said": apart(p.get("description", "")), "is_wanted": p.get("required", False)}
            for p in one.get("parameters", []) if p["in"] != "path"
        ],
        "fields": _fields(told, one),
        "answers": sorted(one["responses"]),
    }  # fmt: skip


def _fields(told: dict, one: dict) -> list[dict]:
    """The fields of the body with their kinds."""
    content = one.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    shape = _resolved(told, content)
    wanted = shape.get("required", [])
    return [
        {
            "name": name,
            "kind": _kind(told, field),
            "said": apart(field.get("description", "")),
            "is_wanted": name in wanted,
        }
        for name, field in shape.get("properties", {}).items()
    ]


def _resolved(told: dict, shape: dict) -> dict:
    if "$ref" in shape:
        return told["components"]["schemas"][shape["$ref"].rsplit("/", 1)[-1]]
    inner = next((one for one in shape.get("allOf", []) + shape.get("anyOf", []) if "$ref" in one), None)
    return _resolved(told, inner) if inner else shape


def _kind(told: dict, field: dict) -> str:
    """What a field takes, in a word or by its codes."""
    choices = [one for one in field.get("anyOf", [field]) if one.get("type") != "null"]
    return " | ".join(dict.fromkeys(_one_kind(told, one) for one in choices))


def _one_kind(told: dict, field: dict) -> str:
    shape = _resolved(told, field)
    if "enum" in shape:
        return ", ".join(map(str, shape["enum"]))
    if shape.get("type") == "array":
        return f"[{_kind(told, shape.get('items', {}))}]"
    longest = f" ≤ {shape['maxLength']}" if "maxLength" in shape else ""
    return f"{shape.get('format') or shape.get('type') or shape.get('title', 'object')}{longest}"
