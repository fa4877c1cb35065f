"""What is done to a round with one click or a short form: plan, fairness, the moves, a meeting's result."""

from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.forms import Form
from grandunion.interfaces.kit.pages import done
from grandunion.interfaces.kit.records import saving
from grandunion.interfaces.web.rounds.forms import MeetingForm
from grandunion.interfaces.web.rounds.views import HOME, WITH_REASON, crumbs, opened
from grandunion.terms.rounds import AppointmentState, FairTo, MeetingResult, Objective, RoundState
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent
from grandunion.work.actions import matches as actions
from grandunion.work.permissions import matches as permissions
from grandunion.work.queries import matches

Values = Mapping[str, object]


@signed_in
@require_POST
def plan(request: HttpRequest, number: str) -> HttpResponse:
    """Work out what the pairs are worth and assign the whole round."""
    round_ = opened(request, number)
    actions.compute_pairs(round_, by=request.reader, at=request.at)
    return _assigned(request, round_)


def _assigned(request: HttpRequest, round_: object) -> HttpResponse:
    found = actions.assign_round(round_, by=request.reader, at=request.at)
    left = sum(bool(one.missing) for one in found.unplaced)
    said = Text(f"{len(found.meetings)} meetings are assigned; {left} have too few.",
                f"已编排 {len(found.meetings)} 场会谈；{left} 个参与者场次不足。")  # fmt: skip
    return done(request, f"{HOME}{round_.number}/", said)


@signed_in
@require_POST
def fair(request: HttpRequest, number: str) -> HttpResponse:
    """Say what the round is assigned for; an assigned one is assigned anew at once."""
    round_ = opened(request, number)
    wanted = {name: code for name, words in (("objective", Objective), ("fair_to", FairTo))
              if words.has(code := request.POST.get(name, ""))}  # fmt: skip
    actions.edit_round(round_, wanted, by=request.reader, at=request.at)
    if round_.state == RoundState.ASSIGNED:
        return _assigned(request, round_)
    return done(request, f"{HOME}{number}/", Text("Changed.", "已修改。"))


def _plain(verb: Callable) -> Callable:
    def do(round_: object, values: Values, request: HttpRequest) -> object:
        given = {"reason": str(values["reason"])} if "reason" in values else {}
        return verb(round_, by=request.reader, at=request.at, version=values.get("version"), **given)

    return do


DO: Mapping[str, Callable] = {
    "assign": _plain(actions.assign_round), "assign_anew": _plain(actions.assign_round),
    "publish": _plain(actions.publish_round), "finish": _plain(actions.finish_round),
    "cancel": _plain(actions.cancel_round), "reopen": _plain(actions.reopen_round),
}  # fmt: skip


@signed_in
def move(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Make a move; a GET shows its form as a page."""
    round_ = matches.get_round(number, request.reader)
    if code not in DO:
        raise Absent
    moves = permissions.moves_of_round(request.reader, round_)
    label = next((found.label for found, _ in moves if found.code == code), None)
    title = label or Text("That cannot be done now", "当前无法执行")
    form = WITH_REASON.get(code, Form).of(request, version=round_.version)

    def save(values: Values) -> HttpResponse:
        DO[code](round_, values, request)
        return done(request, f"{HOME}{number}/", Text("{deed}: done.", "已办理：{deed}。").fill(deed=title))

    return saving(request, form, save, template="web/rounds/form.html", title=title, section="rounds",
                  crumbs=crumbs(round_, title), cancel_url=f"{HOME}{number}/")  # fmt: skip


@signed_in
def meeting(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Say whether a meeting was held and what both sides said."""
    round_ = opened(request, number)
    row = next((one for one in matches.appointments(round_, request.reader, is_desk=True) if one.pk == pk), None)
    if row is None:
        raise Absent
    title = Text("{one} and {other}", "{one}与{other}").fill(
        one=matches.name_of(row.needing), other=matches.name_of(row.offering)
    )
    form = MeetingForm.of(request, version=row.version, state=AppointmentState.HELD.value, note=row.note,
                          result=MeetingResult.OPEN.value)  # fmt: skip

    def save(values: Values) -> HttpResponse:
        said = actions.Said(MeetingResult(values["result"]), str(values.get("decline_reason") or ""))
        actions.record_meeting(row, AppointmentState(values["state"]), note=str(values["note"]), said=said,
                               version=values.get("version"), by=request.reader, at=request.at)  # fmt: skip
        return done(request, f"{HOME}{number}/timetable/", Text("The meeting is recorded.", "会谈结果已登记。"))

    return saving(request, form, save, template="web/rounds/form.html", title=title, section="rounds",
                  crumbs=crumbs(round_, title), cancel_url=f"{HOME}{number}/timetable/",
                  submit=Text("Record it", "登记结果"))  # fmt: skip
