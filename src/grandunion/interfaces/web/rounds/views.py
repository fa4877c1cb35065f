"""The pages of rounds: the list, a new one, the record, its correction."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from grandunion.interfaces.kit import lists as kit_lists
from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.pages import Deed, done, page
from grandunion.interfaces.kit.records import happenings, offers, saving, word, worded
from grandunion.interfaces.kit.tones import tone
from grandunion.interfaces.web.rounds.forms import KEPT_TIMES, NEW, ReasonForm, RoundForm, as_entered
from grandunion.interfaces.web.rounds.words import FIELDS, PHASES, VERBS, WORDS
from grandunion.terms.matches import Market, Side
from grandunion.terms.rounds import FairTo, Objective, RoundState
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Forbidden, require
from grandunion.work.actions import matches as actions
from grandunion.work.permissions import matches as permissions
from grandunion.work.permissions.base import clearance
from grandunion.work.queries import journal, matches
from grandunion.work.queries.matches.round_page import RoundPage, day_of, own_seats, round_page

HOME = "/w/rounds/"
LIST = (Text("Rounds", "专场撮合"), HOME)
NEW_ROUND = Text("New round", "新建专场")
OPEN = (RoundState.DRAFT, RoundState.ASSIGNED)
WITH_REASON = {"cancel": ReasonForm, "reopen": ReasonForm}


@dataclass(frozen=True, slots=True)
class Phase:
    """One phase of the stepper."""

    text: Text
    status: str
    detail: Text | None


@signed_in
def index(request: HttpRequest) -> HttpResponse:
    """All rounds the reader may see."""
    may = permissions.may_plan_round(request.reader)
    deeds = [Deed(f"{HOME}new/", NEW_ROUND, "plus", is_primary=True)] if may else []
    return kit_lists.show(request, matches.ROUNDS, actions=deeds)


@signed_in
def new(request: HttpRequest) -> HttpResponse:
    """Plan a round."""
    require(permissions.may_plan_round(request.reader), Forbidden)
    form = RoundForm.of(request, **NEW)

    def save(values: dict) -> HttpResponse:
        made = actions.create_round(form.given(values), by=request.reader, at=request.at)
        said = Text(f"{made.number} is planned: add who takes part.", f"已新建 {made.number}，请添加参与者。")
        return done(request, f"{HOME}{made.number}/participants/?side=needing", said)

    return saving(request, form, save, template="web/rounds/form.html", title=NEW_ROUND, section="rounds",
                  crumbs=[LIST, (NEW_ROUND, "")], cancel_url=HOME)  # fmt: skip


@signed_in
def edit(request: HttpRequest, number: str) -> HttpResponse:
    """Change a round before it is published."""
    round_ = opened(request, number)
    title = Text("Change the round", "修改专场")
    form = RoundForm.of(request, version=round_.version, **as_entered(round_))

    def save(values: dict) -> HttpResponse:
        given = form.given(values)
        actions.edit_round(round_, given, by=request.reader, at=request.at, version=values.get("version"))
        return done(request, f"{HOME}{number}/", Text("Changed.", "已修改。"))

    return saving(request, form, save, template="web/rounds/form.html", title=title, section="rounds",
                  crumbs=crumbs(round_, title), cancel_url=f"{HOME}{number}/", hint=KEPT_TIMES)  # fmt: skip


def opened(request: HttpRequest, number: str) -> object:
    """The round, for whoever runs it."""
    round_ = matches.get_round(number, request.reader)
    require(permissions.may_run_round(request.reader, round_), Forbidden)
    return round_


def crumbs(round_: object, title: Text) -> list:
    """The way to a page of a round."""
    return [LIST, (Text(round_.number, round_.number), f"{HOME}{round_.number}/"), (title, "")]


@signed_in
def record(request: HttpRequest, number: str) -> HttpResponse:
    """One round: who takes part, who is left out and why, and what can be done; members read their own meetings."""
    round_ = matches.get_round(number, request.reader)
    is_desk = bool(permissions.may_read_all_meetings(request.reader, round_))
    found = round_page(round_, request.reader, is_desk=is_desk)
    state = RoundState(round_.state)
    given = {
        "round": round_, "found": found, "phases": _phases(state), "facts": _facts(round_, found, is_desk=is_desk),
        "is_desk": is_desk, "days": day_of(found, own_seats(found, request.reader)),
        "meetings": {one.pk: one for one in found.meetings},
    }  # fmt: skip
    if is_desk:
        given |= _for_the_desk(request, round_, found)
    return page(
        request, "web/rounds/record.html", round_.title, section="rounds", number=number, state=state.text,
        tone=tone(state), crumbs=[LIST, (Text(number, number), "")], **given,
    )  # fmt: skip


def _for_the_desk(request: HttpRequest, round_: object, found: RoundPage) -> dict[str, object]:
    moves = permissions.moves_of_round(request.reader, round_)
    lines = journal.timeline(round_, clearance(request.reader, round_))
    return {
        "offers": offers(moves, WITH_REASON, f"{HOME}{round_.number}/"),
        "entries": happenings(worded(lines, WORDS), VERBS, FIELDS),
        "sides": [(Side.NEEDING, found.needing), (Side.OFFERING, found.offering)],
        "may_plan": round_.state in OPEN and bool(permissions.may_run_round(request.reader, round_)),
        "actions": _deeds(round_, found) if permissions.may_run_round(request.reader, round_) else [],
        "aims": [(one, one == round_.objective) for one in Objective],
    }  # fmt: skip


def _deeds(round_: object, found: RoundPage) -> list[Deed]:
    """The one click that brings the round on, first; then what is at hand."""
    base, state = f"{HOME}{round_.number}/", round_.state
    sheet = Deed(f"{base}timetable/", Text("Timetable", "时间表"), "printer")
    changed = Deed(f"{base}changes/", Text("Something changed", "登记变动"), "refresh-cw")
    if state in OPEN:
        plan = Deed(f"{base}plan/", Text("Work out and assign", "计算配对并编排"), "route", method="post",
                    is_primary=state == RoundState.DRAFT)  # fmt: skip
        ready = found.needing and found.offering
        first = [plan] if ready else []
        if state == RoundState.ASSIGNED:
            publish = Deed(f"{base}moves/publish/", Text("Publish", "发布"), "send", is_primary=True, method="post")
            first = [publish, plan, changed, sheet]
        return [*first, Deed(f"{base}edit/", Text("Change", "修改"), "pencil")]
    if state == RoundState.PUBLISHED:
        return [sheet, changed]
    return [sheet] if found.meetings else []


def _phases(state: RoundState) -> list[Phase]:
    at = next(n for n, (_, states) in enumerate(PHASES) if state in states)
    return [
        Phase(text, "done" if n < at else "current" if n == at else "next", state.text if n == at else None)
        for n, (text, _) in enumerate(PHASES)
    ]


def _facts(round_: object, found: RoundPage, *, is_desk: bool) -> list[tuple]:
    rows = [
        (Text("Market", "撮合类型"), word(Market, round_.market)),
        (Text("Place", "地点"), round_.place),
        (Text("When", "时间"), _when(round_)),
        (Text("Area", "片区"), round_.area.name if round_.area else None),
    ]
    if is_desk:
        rows += [
            (Text("Tables", "洽谈桌数"), round_.tables),
            (Text("Meetings of the needing side", "需求方场次"), f"{round_.needing_min}–{round_.needing_max}"),
            (Text("Meetings of the offering side", "供给方场次"), f"{round_.offering_min}–{round_.offering_max}"),
            (Text("Assigned for", "编排目标"), word(Objective, round_.objective)),
            (Text("Nobody badly off on", "保障对象"), word(FairTo, round_.fair_to)),
            (Text("In charge", "经办人"), round_.in_charge.name if round_.in_charge else None),
            (Text("How good", "编排质量"), _quality(round_, len(found.meetings))),
        ]
    return [(None, [row for row in rows if row[1] not in (None, "")])]


def _when(round_: object) -> str | Text:
    timed = [one for one in round_.slots if one.get("starts_at")]
    if not timed:
        return Text("without times", "不设时段")
    first, last = timed[0]["starts_at"], timed[-1]["ends_at"]
    return f"{first[:10]} {first[11:16]}–{last[11:16]}"


def _quality(round_: object, meetings: int) -> Text | None:
    """How good the last assignment is, and whether a better one is ruled out."""
    answer = round_.answer
    if not answer:
        return None
    gap = float(answer["gap"]) * 100
    exact = (Text("proved best", "已证明为最优") if answer["is_exact"] and not gap
             else Text(f"at most {gap:.1f} % better possible", f"最多还可提高 {gap:.1f}%"))  # fmt: skip
    said = Text("{meetings} meetings, worth {total} in all; worst off {worst}; {exact}",
                "{meetings} 场会谈，总分 {total}，最弱方 {worst}；{exact}")  # fmt: skip
    return said.fill(meetings=meetings, total=f"{float(answer['total']):.2f}", worst=f"{float(answer['worst']):.2f}",
                     exact=exact)  # fmt: skip
