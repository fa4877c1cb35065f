"""Matches through the API: suggested, consented to, introduced, met, and what came of them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Schema
from pydantic import Field

from grandunion.interfaces.api import answers, described, resources
from grandunion.interfaces.api.described import Bilingual
from grandunion.interfaces.api.fields import Body, Moment, Nothing, Reason, numbered, text
from grandunion.interfaces.api.resources import Deed, Resource, linked, told
from grandunion.terms.matches import DeclineReason, FailReason, Market, MatchState, Side, SuccessKind
from grandunion.terms.readers import Reader
from grandunion.terms.secrecy import Level, Secrecy
from grandunion.terms.text import Text
from grandunion.terms.verdicts import invalid
from grandunion.work.actions import matches as actions
from grandunion.work.permissions import matches as permissions
from grandunion.work.queries import achievements, journal, matches, needs, parties

Held = Annotated[Moment, Field(description="When the meeting was held.")]


class MatchBody(Body):
    """A need and one offer for it: an achievement, a written offer, an organisation or an expert."""

    need: numbered(Text("the need", "需求"), "NED-2026-0007")
    achievement: numbered(Text("the achievement", "成果"), "ACH-2026-0007") = ""
    offer: numbered(Text("the written offer", "供给"), "OFR-2026-0007") = ""
    organisation: numbered(Text("the organisation", "单位"), "ORG-2026-0007") = ""
    expert: numbered(Text("the expert", "专家"), "PER-2026-0007") = ""
    note: text() = ""


class AskedFor(Body):
    """The achievement an applicant asks for."""

    need: numbered(Text("the need", "需求"), "NED-2026-0007")
    achievement: numbered(Text("the achievement", "成果"), "ACH-2026-0007")
    note: text() = ""


class Consent(Body):
    """Which side consents; the desk writes who said so, and when."""

    side: Side
    note: text(300) = ""


class Declining(Body):
    """Why a side does not want it: the reasons are counted."""

    reason: DeclineReason
    note: text() = ""


class MeetingBody(Body):
    """A meeting of the two sides."""

    held_at: Held
    place: text(200) = ""
    note: text() = ""


class Success(Body):
    """What it led to."""

    kind: SuccessKind
    note: text() = ""


class Failure(Body):
    """Why it came to nothing."""

    reason: FailReason
    note: text() = ""


class ReasonOut(Schema):
    """One part of a score: its weight and value in per cent (null: not known), and what shows it."""

    name: Bilingual
    weight: int
    percent: int | None
    evidence: Bilingual


class ContactOut(Schema):
    """How one side is reached."""

    side: Side
    organisation: Bilingual
    person: str
    email: str
    phone: str


class MeetingOut(Schema):
    """A meeting of the two sides."""

    at: datetime
    place: str
    note: str


class MatchParts(Schema):
    """What belongs to a match; the other side's contact only after both have consented."""

    sentence: Bilingual | None
    reasons: list[ReasonOut]
    contacts: list[ContactOut]
    meetings: list[MeetingOut]
    note_of_refusal: str | None


def _parts(reader: Reader, record: object) -> dict[str, object]:
    page = matches.page(record, reader, permissions.parts_of(reader, record))
    return {
        "sentence": page.sentence,
        "reasons": [told(one, ReasonOut) for one in page.reasons],
        "contacts": [told(one, ContactOut) for one in page.contacts],
        "meetings": [told(one, MeetingOut) for one in page.meetings],
        "note_of_refusal": record.reason_note if page.tells_note else None,
    }


def _is_desk(reader: Reader, record: object) -> bool:
    return reader.reads_rows or bool(permissions.parts_of(reader, record) & permissions.DESK)


def _depth(reader: Reader, record: object) -> Secrecy:
    """Who accepted and what was noted is the desk's: a side reads class S1 and what `parts` tells it."""
    return answers.depth_of(reader, record) if _is_desk(reader, record) else Secrecy.S1


def _timeline(reader: Reader, record: object, depth: Secrecy) -> Sequence[object]:
    """What happened; before the introduction neither side is told who acts for the other."""
    lines = journal.timeline(record, depth, resources.SHOWN_LINES)
    return matches.veiled(lines, record, reader, is_desk=_is_desk(reader, record))


def _create(values: dict, *, by: Reader, at: datetime, key: str) -> object:
    need = linked("need", values["need"], needs.get, by)
    getters = {
        "achievement": achievements.get,
        "offer": matches.get_offer,
        "organisation": parties.organisation,
        "expert": parties.person,
    }
    named = [name for name in getters if values.get(name)]
    if len(named) != 1:
        raise invalid("achievement", "Name one offer: an achievement, a written offer, an organisation or an expert.",
                      "请指定一项供给：成果、供给、单位或专家。")  # fmt: skip
    offer = linked(named[0], values[named[0]], getters[named[0]], by)
    return actions.suggest(need, offer, by=by, at=at, note=values.get("note", ""))


def _ask_for(request: HttpRequest, given: AskedFor) -> HttpResponse:
    by = request.reader
    need = linked("need", given.need, needs.get, by)
    wanted = linked("achievement", given.achievement, achievements.get, by)
    match = actions.ask_for(need, wanted, by=by, at=request.at, note=given.note)
    return MATCHES.again(request, match.number)


def _accept(match: object, *, side: str, **more: object) -> object:
    return actions.accept(match, Side(side), **more)


def _decline(match: object, *, reason: str, **more: object) -> object:
    return actions.decline(match, DeclineReason(reason), **more)


def _succeed(match: object, *, kind: str, **more: object) -> object:
    return actions.succeed(match, SuccessKind(kind), **more)


def _fail(match: object, *, reason: str, **more: object) -> object:
    return actions.fail(match, FailReason(reason), **more)


def _revive(match: object, *, reason: str = "", **more: object) -> object:
    return actions.revive(match, reason=reason, **more)


LABELS = {move.code: move.label for move in permissions.MATCH_FLOW.moves}
OWN_FORMS = {
    "send": (actions.send, Nothing),
    "accept": (_accept, Consent),
    "decline": (_decline, Declining),
    "introduce": (actions.introduce, Nothing),
    "negotiate": (actions.negotiate, Nothing),
    "succeed": (_succeed, Success),
    "fail": (_fail, Failure),
    "revive": (_revive, Reason),
}
MOVES: Mapping[str, Deed] = {
    "view": Deed("moves/view", LABELS["view"], actions.view),
    "meet": Deed("moves/meet", LABELS["meet"], actions.meet, MeetingBody),
    **{code: Deed(f"moves/{code}", LABELS[code], act, body, has_version=True)
       for code, (act, body) in OWN_FORMS.items()},
}  # fmt: skip
MATCHES = Resource(
    Text("Match", "撮合"), matches.LISTING, matches.get,
    words={"state": MatchState, "market": Market, "level": Level}, depth=_depth, offers=permissions.offers,
    timeline=_timeline,
)  # fmt: skip
router = resources.router_of(MATCHES, MOVES)
router.post(
    "/asked-for", operation_id="ask_for_achievement", summary="Ask for an achievement · 申请对接该成果",
    response=MATCHES.shape, openapi_extra=described.beside(described.WRITE_ERRORS),
)(_ask_for)  # fmt: skip
resources.creates(router, MATCHES, MatchBody, _create)
resources.reads_parts(router, MATCHES, _parts, MatchParts)
for deed in MOVES.values():
    resources.does(router, MATCHES, deed)
