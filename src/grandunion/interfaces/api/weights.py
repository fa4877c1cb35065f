"""Weights through the API: what each reason counts for on a market, learned or set by hand, and taken back."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import BeforeValidator, Field

from grandunion.interfaces.api import answers, described
from grandunion.interfaces.api.fields import Body, exact, text
from grandunion.interfaces.api.resources import IF_MATCH, IF_NONE_MATCH
from grandunion.terms.matches import Market, WeightBasis, WeightState
from grandunion.terms.secrecy import Secrecy
from grandunion.terms.verdicts import Absent, Forbidden, require
from grandunion.work.actions import matches as actions
from grandunion.work.permissions import matches as permissions
from grandunion.work.queries import matches
from grandunion.work.queries.matches import taught

Weight = Annotated[Decimal, BeforeValidator(exact), Field(ge=0, le=1000)]


class WeightsBody(Body):
    """Weights by part; they are taken in proportion, and what is left out counts nothing."""

    weights: Annotated[dict[text(40), Weight], Field(min_length=1, max_length=40)]
    reason: text(300)


class SetOut(Schema):
    """One set of weights of a market; `report` is that of a learned set, empty for one set by hand."""

    market: Market
    edition: int
    state: WeightState
    basis: WeightBasis
    weights: dict[str, Decimal]
    reason: str
    report: dict
    previous: int | None
    created_at: datetime
    activated_at: datetime | None
    retired_at: datetime | None
    version: int


class MarketOut(Schema):
    """A market: the weights that count now (`edition` null: the first ones of the house), and what outcomes there are.

    `good` and `bad` are outcomes that tell something, `aside` those that do not; `is_enough` whether there are as many
    as learning wants.
    """

    market: Market
    edition: int | None
    weights: dict[str, Decimal]
    proposed: int
    good: int
    bad: int
    aside: int
    is_enough: bool


class MarketsOut(Schema):
    """All markets."""

    items: list[MarketOut]


class SetsOut(Schema):
    """The sets of one market, the latest first, with the weights that count now."""

    market: Market
    weights: dict[str, Decimal]
    items: list[SetOut]


def _market(code: str) -> Market:
    if not Market.has(code):
        raise Absent
    return Market(code)


def _read(request: HttpRequest) -> None:
    require(permissions.may_read_weights(request.reader), Forbidden)


def _list(request: HttpRequest) -> HttpResponse:
    _read(request)
    items = [
        {"market": one.market, "edition": one.in_force.edition if one.in_force else None,
         "weights": matches.as_kept(matches.plan_of(one.market).weights), "proposed": one.proposed,
         "good": one.ready.good, "bad": one.ready.bad, "aside": one.ready.aside, "is_enough": one.ready.is_enough}
        for one in taught.markets()
    ]  # fmt: skip
    return answers.answer({"items": items})


def _sets(request: HttpRequest, market: str) -> HttpResponse:
    _read(request)
    wanted = _market(market)
    weights = matches.as_kept(matches.plan_of(wanted).weights)
    items = [_set(row) for row in matches.editions(wanted)]
    return answers.answer({"market": wanted, "weights": weights, "items": items})


def _one(request: HttpRequest, market: str, edition: int) -> HttpResponse:
    _read(request)
    row = matches.edition(_market(market), edition)
    tag = answers.etag(row, Secrecy.S1)
    if tag in request.headers.get("If-None-Match", ""):
        return HttpResponse(status=304, headers={"ETag": tag, "Cache-Control": "no-store"})
    return _shown(row)


def _shown(row: object, status: int = 200) -> HttpResponse:
    return answers.answer(_set(row), status, {"ETag": answers.etag(row, Secrecy.S1)})


def _set(row: object) -> dict[str, object]:
    return {
        "market": row.market, "edition": row.edition, "state": row.state, "basis": row.basis, "weights": row.weights,
        "reason": row.reason, "report": row.report, "previous": row.previous.edition if row.previous else None,
        "created_at": row.created_at, "activated_at": row.activated_at, "retired_at": row.retired_at,
        "version": row.version,
    }  # fmt: skip


def _propose(request: HttpRequest, market: str, given: WeightsBody) -> HttpResponse:
    made = actions.set_weights(_market(market), given.weights, reason=given.reason, by=request.reader, at=request.at)
    return _shown(made, 201)


def _learn(request: HttpRequest, market: str) -> HttpResponse:
    return _shown(actions.propose_learned(_market(market), by=request.reader, at=request.at), 201)


def _revert(request: HttpRequest, market: str) -> HttpResponse:
    return _shown(actions.revert_weights(_market(market), by=request.reader, at=request.at))


def _activate(request: HttpRequest, market: str, edition: int) -> HttpResponse:
    _read(request)
    row = matches.edition(_market(market), edition)
    seen = answers.version(request, row)
    return _shown(actions.activate_weights(row, by=request.reader, at=request.at, version=seen))


router = Router(tags=["Weights · 匹配权重"])
Operation = tuple[str, str, str, Callable[..., HttpResponse], str, type[Schema]]
READS: tuple[Operation, ...] = (
    ("get", "", "list_weights", _list, "Weights of all markets · 各类撮合的权重", MarketsOut),
    ("get", "/{market}", "weights_of_market", _sets, "Sets of a market · 单类撮合的权重版本", SetsOut),
    ("get", "/{market}/{int:edition}", "get_weight_set", _one, "One set · 单个版本", SetOut),
)
WRITES: tuple[Operation, ...] = (
    ("post", "/{market}", "propose_weights", _propose, "Propose by hand · 人工提出权重", SetOut),
    ("post", "/{market}/learn", "learn_weights", _learn, "Propose from outcomes · 依据结果提出权重", SetOut),
    ("post", "/{market}/revert", "revert_weights", _revert, "Go back to the set before · 恢复上一版", SetOut),
    ("post", "/{market}/{int:edition}/activate", "activate_weights", _activate, "Put in force · 启用", SetOut),
)
for method, address, name, view, summary, shape in (*READS, *WRITES):
    is_read = method == "get"
    headers = {_one: (IF_NONE_MATCH,), _activate: (IF_MATCH,)}.get(view, ())
    answered = {201: shape} if view in (_propose, _learn) else {200: shape, 304: None} if view is _one else shape
    getattr(router, method)(
        address, operation_id=name, summary=summary, response=answered,
        openapi_extra=described.beside(described.READ_ERRORS if is_read else described.WRITE_ERRORS, *headers),
    )(view)  # fmt: skip
