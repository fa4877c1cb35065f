"""Candidates through the API: what may meet a need, an offer of any kind, a scenario or a capability, explained."""

from collections.abc import Callable
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from grandunion.interfaces.api import answers, described
from grandunion.interfaces.api.described import Bilingual
from grandunion.terms.matches import Market
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Forbidden, invalid, require
from grandunion.work.permissions import matches as permissions
from grandunion.work.queries import scenarios
from grandunion.work.queries.matches import bench, explained, scenes

MOST, USUAL = 100, 20
KINDS = {"needs": "need", "achievements": "achievement", "offers": "offer", "persons": "person",
         "scenarios": "opportunity", "capabilities": "capability"}  # fmt: skip
MAY = {"need": permissions.may_search, **dict.fromkeys(("opportunity", "capability"), permissions.may_find_fitting)}
SCENES = {"opportunity": scenarios.opportunity, "capability": scenarios.capability}


class GroundOut(Schema):
    """One figure a part is made of; `value` of the part is their weighted mean."""

    code: str
    weight: Decimal
    value: Decimal


class MetOut(Schema):
    """What met what: words of both texts, or the passage that means the same (`is_meaning`)."""

    asked: str
    found: str
    is_meaning: bool


class PartOut(Schema):
    """One reason: its weight, how well it fits from 0 to 1 (null: not known), and what shows it."""

    code: str
    name: Bilingual
    weight: Decimal
    value: Decimal | None
    evidence: Bilingual
    grounds: list[GroundOut]
    met: list[MetOut]


class RulingOut(Schema):
    """A constraint that spoke: −1 keeps the two apart, 1 puts them together whatever the parts say."""

    code: str
    sign: int
    reason: Bilingual
    asks: Bilingual | None


class CandidateOut(Schema):
    """One record on the other side.

    `value` is the mean of the known parts by weight, `confidence` the weight of what is known; `was` is the place
    under the weights in force, where others were asked for.
    """

    place: int
    was: int | None
    kind: str
    number: str
    title: Bilingual
    owner: Bilingual | None
    value: Decimal
    confidence: Decimal
    sentence: Bilingual
    parts: list[PartOut]
    constraints: list[RulingOut]
    excluded: Bilingual | None
    asks: Bilingual | None


class CandidatesOut(Schema):
    """The other side, best first; `excluded` with the constraint, for the desk only.

    `weights` are those that counted; `notes` say what was not compared and why: texts by words alone where no model
    is there, a language in which the record says nothing.
    """

    number: str
    market: Market
    markets: list[Market]
    weights: dict[str, Decimal]
    is_reweighed: bool
    compared: int
    items: list[CandidateOut]
    excluded: list[CandidateOut]
    notes: list[Bilingual]


ASKED = (
    described.parameter("market", Text("One of the markets it stands on; else its first.", "撮合类型，缺省为首选。")),
    described.parameter("weights", Text(
        "Other weights for this one answer, like text:40,maturity:20; what is left out counts nothing.",
        "仅用于本次的权重，例如 text:40,maturity:20，未写明的为 0。",
    )),
    described.parameter("limit", Text(f"How many, up to {MOST}.", f"返回条数，最多 {MOST}。"),
                        {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL}),
)  # fmt: skip


def _candidates(request: HttpRequest, number: str, *, kind: str) -> HttpResponse:
    reader, get = request.reader, SCENES.get(kind)
    record = get(number, reader) if get else bench.middle(kind, number, reader)
    require(MAY.get(kind, permissions.may_find_needs)(reader, record), Forbidden)
    given = _given(request)
    market = explained.market_from(given.get("market", ""), record)
    weights, limit = explained.weights_from(given.get("weights", "")), _limit(given.get("limit", ""))
    if get:
        found = scenes.scene_bench(record, reader, weights, limit)
    else:
        found = bench.bench(record, reader, market, weights, limit)
    return answers.answer(explained.explained(record, found, weights))


def _given(request: HttpRequest) -> dict[str, str]:
    given = request.GET.dict()
    known = ["market", "weights", "limit"]
    for name, value in given.items():
        if name not in known:
            raise answers.unknown(name, known)
        if "\x00" in value:
            raise invalid(name, "The text holds a broken character.", "文字中含有无效字符。")
    return given


def _limit(written: str) -> int:
    if not written:
        return USUAL
    if written.isascii() and written.isdigit() and len(written) < 4 and 1 <= int(written) <= MOST:
        return int(written)
    raise invalid("limit", f"“limit” is a whole number from 1 to {MOST}.", f"“limit”应为 1 至 {MOST} 的整数。")


def _reads(kind: str) -> Callable[..., HttpResponse]:
    def read(request: HttpRequest, number: str) -> HttpResponse:
        return _candidates(request, number, kind=kind)

    return read


router = Router(tags=["Matches · 撮合"])
for section, kind in KINDS.items():
    router.get(
        f"/{section}/{{number}}/candidates", operation_id=f"candidates_for_{kind}", response=CandidatesOut,
        summary="Candidates, explained · 候选及理由",
        openapi_extra=described.beside(described.READ_ERRORS, *ASKED),
    )(_reads(kind))  # fmt: skip
