"""Something happens to an assigned round: what that would change is shown first, and kept once it is accepted."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse

from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.pages import done, page
from grandunion.interfaces.kit.records import saving
from grandunion.interfaces.web.rounds.forms import change_form
from grandunion.interfaces.web.rounds.views import HOME, crumbs, opened
from grandunion.terms.rounds import Disturbance
from grandunion.terms.text import Text
from grandunion.terms.verdicts import invalid
from grandunion.work.actions import matches as actions
from grandunion.work.queries.matches.round_changes import Disturbed, foreseen
from grandunion.work.queries.matches.round_page import RoundPage, round_page
from grandunion.work.queries.matches.round_sheets import ChangeKind, Meeting, Repaired, RoundPlan

TITLE = Text("Something changed", "登记变动")
TONES = {ChangeKind.DROPPED: "bad", ChangeKind.MOVED: "warn", ChangeKind.ADDED: "good"}


@signed_in
def change(request: HttpRequest, number: str) -> HttpResponse:
    """Ask what happened, show what it would change, keep it once it is accepted."""
    round_ = opened(request, number)
    found = round_page(round_, request.reader, is_desk=True)
    asked = {"participant": request.GET.get("who", ""), "kind": request.GET.get("kind", Disturbance.CANCELS.value)}
    form = change_form(round_, found.seats).of(request, version=round_.version, **asked)

    def save(values: Mapping[str, object]) -> HttpResponse:
        what = _what(values, found)
        if not request.POST.get("accepted"):
            return _shown(request, form, round_, what)
        repaired = actions.accept_change(round_, what, by=request.reader, at=request.at, version=values.get("version"))
        said = Text(f"Repaired: {len(repaired.changes)} changes, {repaired.kept} meetings stay.",
                    f"已调整：变动 {len(repaired.changes)} 场，保持不变 {repaired.kept} 场。")  # fmt: skip
        return done(request, f"{HOME}{number}/timetable/", said)

    return saving(request, form, save, template="web/rounds/change.html", title=TITLE, section="rounds",
                  crumbs=crumbs(round_, TITLE), round=round_, cancel_url=f"{HOME}{number}/",
                  submit=Text("Show what it would change", "预览调整结果"))  # fmt: skip


def _what(values: Mapping[str, object], found: RoundPage) -> Disturbed:
    rows = {str(one.row.pk): one.row for one in found.seats}
    kind, slots = Disturbance(values["kind"]), tuple(values.get("slots") or ())
    who, other = rows.get(str(values.get("participant"))), rows.get(str(values.get("other")))
    if kind is not Disturbance.SLOT_LOST and who is None:
        raise invalid("participant", "Say who it is.", "请选择参与者。")
    if kind in (Disturbance.AWAY, Disturbance.SLOT_LOST) and not slots:
        raise invalid("slots", "Choose at least one time.", "请至少选择一个时段。")
    if kind is Disturbance.REFUSED and (other is None or other.side == who.side):
        raise invalid("other", "Choose one of each side.", "请在双方中各选一个参与者。")
    return Disturbed(kind, who, other, slots, str(values["reason"]))


def _shown(request: HttpRequest, form: object, round_: object, what: Disturbed) -> HttpResponse:
    plan, repaired = foreseen(round_, what)
    title = Text("What it would change", "调整预览")
    return page(
        request, "web/rounds/preview.html", title, section="rounds", crumbs=crumbs(round_, title), round=round_,
        lines=_lines(plan, repaired), kept=repaired.kept, what=what, kind=what.kind.text,
        short=[(_names(plan)[one.key], one.reason) for one in repaired.assigned.unplaced if one.missing],
        again=[(name, value) for name, values in request.POST.lists() for value in values
               if name not in ("csrfmiddlewaretoken", "accepted")],
        back=f"{HOME}{round_.number}/changes/",
    )  # fmt: skip


def _names(plan: RoundPlan) -> dict[str, Text]:
    return {one.key: one.name for one in (*plan.firsts, *plan.seconds)}


def _lines(plan: RoundPlan, repaired: Repaired) -> list[tuple]:
    """Each change: what, its tone, the two, when before, when after, why."""
    names, times = _names(plan), {one.key: one.name for one in plan.slots}

    def when(meeting: Meeting | None) -> Text | None:
        return None if meeting is None else times.get(meeting.slot, Text("planned", "已安排"))

    found = []
    for one in repaired.changes:
        pair = one.before or one.after
        found.append((one.kind.text, TONES[one.kind], names[pair.key_a], names[pair.key_b], when(one.before),
                      when(one.after), one.reason))  # fmt: skip
    return found
