"""The pages of matches: the list, the record and its moves."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from grandunion.interfaces.kit import lists as kit_lists
from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.forms import Form
from grandunion.interfaces.kit.pages import Deed, done, page
from grandunion.interfaces.kit.records import happenings, offers, saving, word, worded
from grandunion.interfaces.kit.tones import tone
from grandunion.interfaces.web import documents
from grandunion.interfaces.web.matches import sides
from grandunion.interfaces.web.matches.forms import move_forms, side_of
from grandunion.interfaces.web.matches.words import FIELDS, PHASES, VERBS
from grandunion.terms.matches import DeclineReason, FailReason, MatchState, Side, SuccessKind
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent, Verdict
from grandunion.work.actions import matches as actions
from grandunion.work.permissions import matches as permissions
from grandunion.work.permissions.base import clearance
from grandunion.work.queries import journal, matches

HOME = "/w/matches/"
LIST = (Text("Matches", "撮合"), HOME)
WORDS = {"state": MatchState, "outcome": SuccessKind, "declined_by": Side, "reason": DeclineReason}
OUTCOMES = (("meet", "calendar"), ("succeed", "circle-check"), ("fail", "circle-x"))
Values = Mapping[str, object]
Offered = tuple[tuple[object, Verdict], ...]


@dataclass(frozen=True, slots=True)
class Phase:
    """One phase of the stepper."""

    text: Text
    status: str
    detail: Text | None


@signed_in
def index(request: HttpRequest) -> HttpResponse:
    """All matches the reader may see, and why matches were declined."""
    declined = matches.declined_counts(request.reader) if request.reader.reads_rows else []
    return kit_lists.show(request, matches.LISTING, template="web/matches/list.html", declined=declined)


@signed_in
def record(request: HttpRequest, number: str) -> HttpResponse:
    """One match: both sides, reasons, consent, contacts after it, meetings and the outcome."""
    match = matches.get(number, request.reader)
    parts = permissions.parts_of(request.reader, match)
    found = matches.page(match, request.reader, parts)
    depth = clearance(request.reader, match)
    lines = matches.veiled(journal.timeline(match, depth), match, request.reader, is_desk=found.is_desk)
    state, offered = MatchState(match.state), permissions.offers(request.reader, match)
    may_propose = found.proposal is None and bool(permissions.may_take_up(request.reader, match, request.at))
    return page(
        request, "web/matches/record.html", sides.title(match), section="matches", number=number, state=state.text,
        tone=tone(state), crumbs=[LIST, (Text(number, number), "")],
        subtitle=sides.invited(match) if may_propose else None,
        actions=_head_deeds(match, offered, found, may_propose=may_propose),
        match=match, found=found, percent=round(found.score.value * 100) if found.score else None,
        phases=_phases(state), faces=sides.faces(match, found),
        consents=_consents(match), ending=_ending(match, found.tells_note),
        entries=happenings(worded(lines, WORDS), VERBS, FIELDS),
        offers=offers(offered, move_forms(match, request.reader),
                      f"{HOME}{number}/"),
        files=documents.panel(request, match, depth),
    )  # fmt: skip


def _head_deeds(match: object, offered: Offered, found: object, *, may_propose: bool) -> list[Deed]:
    """The one click that brings the match on: a side accepts, the desk introduces; then what came of it, and after it.

    What succeeded with an achievement goes on as a project; whoever is invited to a scenario proposes.
    """
    is_desk = found.is_desk
    if match.state == MatchState.SUCCESS and match.achievement and is_desk:
        url = f"/w/projects/new/?achievement={match.achievement.number}"
        return [Deed(url, Text("Open a project for it", "以此成果新建项目"), "route", is_primary=True)]
    allowed = {found.code: found for found, verdict in offered if verdict}
    base = f"{HOME}{match.number}/moves/"
    asks = [Deed(f"{base}{code}/", allowed[code].label, icon) for code, icon in OUTCOMES if code in allowed]
    if found.proposal:
        asks = [Deed(f"/w/proposals/{found.proposal.number}/", Text("To the proposal", "查看方案"), "file-text"), *asks]
    if may_propose:
        url = f"/w/scenarios/{match.opportunity.number}/propose/"
        return [Deed(url, Text("Propose", "提交方案"), "send", is_primary=True, method="post"), *asks]
    code = next((code for code in ("introduce", "send", "accept") if code in allowed), None)
    if code is None or (code == "accept" and is_desk):
        return asks
    icon = {"introduce": "handshake", "send": "send", "accept": "check"}[code]
    return [Deed(f"{base}{code}/", allowed[code].label, icon, is_primary=True, method="post"), *asks]


def _phases(state: MatchState) -> list[Phase]:
    at = next(n for n, (_, states) in enumerate(PHASES) if state in states)
    return [
        Phase(text, "done" if n < at else "current" if n == at else "next", state.text if n == at else None)
        for n, (text, _) in enumerate(PHASES)
    ]


def _consents(match: object) -> list[tuple]:
    return [
        (Side.NEEDING.text, match.owner.name if match.owner else None, match.needing_accepted_at,
         match.declined_by == Side.NEEDING),
        (Side.OFFERING.text, match.offering.name if match.offering else None, match.offering_accepted_at,
         match.declined_by == Side.OFFERING),
    ]  # fmt: skip


def _ending(match: object, tells_note: bool) -> list[tuple]:
    """What came of the match, or why nothing did."""
    words = FailReason if match.state == MatchState.FAILED else DeclineReason
    by = Side(match.declined_by).text if Side.has(match.declined_by) else Text("The desk", "服务台")
    rows = [
        (Text("Outcome", "撮合结果"), word(SuccessKind, match.outcome)),
        (Text("Reason", "原因"), word(words, match.reason)),
        (Text("Declined by", "谢绝方"), by if match.declined_by else None),
        (Text("Note", "说明"), match.reason_note if tells_note else None),
    ]
    return [(None, [row for row in rows if row[1]])]


def _deed(verb: Callable, *names: str) -> Callable:
    """An action that takes the named values of the form as they are."""

    def do(match: object, values: Values, request: HttpRequest) -> object:
        given = {name: values[name] for name in names}
        return verb(match, by=request.reader, at=request.at, version=values.get("version"), **given)

    return do


def _coded(verb: Callable, words: type, field: str) -> Callable:
    """An action that takes a code of a list and a note."""

    def do(match: object, values: Values, request: HttpRequest) -> object:
        return verb(match, words(values[field]), note=str(values["note"]), by=request.reader, at=request.at,
                    version=values.get("version"))  # fmt: skip

    return do


def _accept(match: object, values: Values, request: HttpRequest) -> object:
    side = side_of(values, match, request.reader)
    return actions.accept(match, side, note=str(values.get("note") or ""), by=request.reader, at=request.at,
                          version=values.get("version"))  # fmt: skip


DO: Mapping[str, Callable] = {
    "send": _deed(actions.send),
    "view": lambda match, values, request: actions.view(match, by=request.reader, at=request.at),
    "accept": _accept,
    "decline": _coded(actions.decline, DeclineReason, "decline_reason"),
    "introduce": _deed(actions.introduce),
    "meet": lambda match, values, request: actions.meet(
        match, held_at=values["held_at"], place=str(values["place"]), note=str(values["note"]), by=request.reader,
        at=request.at,
    ),
    "negotiate": _deed(actions.negotiate),
    "succeed": _coded(actions.succeed, SuccessKind, "success_kind"),
    "fail": _coded(actions.fail, FailReason, "fail_reason"),
    "revive": _deed(actions.revive, "reason"),
}  # fmt: skip


@signed_in
def move(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Make a move; a GET shows its form as a page."""
    match = matches.get(number, request.reader)
    if code not in DO:
        raise Absent
    label = next((found.label for found, _ in permissions.offers(request.reader, match) if found.code == code), None)
    title = label or Text("That cannot be done now", "当前无法执行")
    form = move_forms(match, request.reader).get(code, Form).of(request, version=match.version)

    def save(values: Values) -> HttpResponse:
        DO[code](match, values, request)
        return done(request, f"{HOME}{number}/", Text("{deed}: done.", "已办理：{deed}。").fill(deed=title))

    crumbs = [LIST, (Text(number, number), f"{HOME}{number}/"), (title, "")]
    return saving(request, form, save, template="web/matches/deed.html", title=title, section="matches", crumbs=crumbs,
                  match=match, cancel_url=f"{HOME}{number}/")  # fmt: skip
