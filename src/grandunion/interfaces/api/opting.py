"""On which markets an organisation or a person is suggested, through the API."""

from datetime import datetime
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import Field

from grandunion.interfaces.api import answers, described
from grandunion.interfaces.api.fields import Body, text
from grandunion.terms.matches import Market
from grandunion.terms.verdicts import Forbidden, require
from grandunion.work.actions import matches as actions
from grandunion.work.permissions import matches as permissions
from grandunion.work.queries.matches import opting, ties


class Wish(Body):
    """The markets that are wanted, all others not; whoever says so for somebody else names who asked for it."""

    wanted: Annotated[list[Market], Field(max_length=20)]
    reason: text(300) = ""


class OutOut(Schema):
    """What keeps it out of a market; `market` null: of every market, those to come too."""

    market: Market | None
    since: datetime
    reason: str


class WishOut(Schema):
    """On which markets a party is suggested."""

    number: str
    wanted: list[Market]
    out: list[OutOut]


def _get(request: HttpRequest, number: str) -> HttpResponse:
    party = ties.party(number, request.reader)
    require(permissions.may_opt_out(request.reader, party), Forbidden)
    return _shown(party)


def _put(request: HttpRequest, number: str, given: Wish) -> HttpResponse:
    party = ties.party(number, request.reader)
    actions.choose_markets(party, given.wanted, reason=given.reason, by=request.reader, at=request.at)
    return _shown(party)


def _shown(party: object) -> HttpResponse:
    found = opting.opting_of(party)
    out = [{"market": row.market or None, "since": row.started_at, "reason": row.reason} for row in found.out.values()]
    return answers.answer({"number": party.number, "wanted": found.wanted, "out": out})


router = Router(tags=["Suggestions · 推荐设置"])
router.get(
    "/{number}", operation_id="suggestions_of", summary="Markets on which a party is suggested · 推荐范围",
    response=WishOut, openapi_extra=described.beside(described.READ_ERRORS),
)(_get)  # fmt: skip
router.put(
    "/{number}", operation_id="choose_suggestions", summary="Choose the markets · 设置推荐范围",
    response=WishOut, openapi_extra=described.beside(described.WRITE_ERRORS),
)(_put)  # fmt: skip
