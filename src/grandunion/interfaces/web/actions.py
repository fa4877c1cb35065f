"""What was promised at events, as a section of its own: the list, one action, its moves."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.urls import path

from grandunion.interfaces.kit import lists as kit_lists
from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.pages import Deed, done, page
from grandunion.interfaces.kit.records import happenings, offers, saving, worded
from grandunion.interfaces.web.events.forms import ActionForm, ReasonForm, ResultForm, entered_action
from grandunion.interfaces.web.events.views import LIST
from grandunion.interfaces.web.events.words import ACTION_FIELDS, ACTION_TONES, ACTION_VERBS
from grandunion.terms.events import ActionState
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent, Forbidden, require
from grandunion.work.actions import events as actions
from grandunion.work.permissions import events as permissions
from grandunion.work.permissions.base import clearance
from grandunion.work.queries import events, journal

HOME = "/w/actions/"
OWN_LIST = (Text("Promised at meetings", "承诺事项"), HOME)
FORMS = {"finish": ResultForm, "drop": ReasonForm, "take_up": ReasonForm}


@signed_in
def index(request: HttpRequest) -> HttpResponse:
    """Everything promised that the reader may see."""
    return kit_lists.show(request, events.ACTIONS)


@signed_in
def record(request: HttpRequest, number: str) -> HttpResponse:
    """One action: what, by whom, until when, what came of it."""
    action = events.get_action(number, request.reader)
    depth = clearance(request.reader, action)
    found = events.action_page(action, request.reader, depth)
    state = ActionState(action.state)
    change = Deed(f"{HOME}{number}/edit/", Text("Change", "修改"), "pencil")
    may = state is ActionState.OPEN and permissions.may_change_action(request.reader, action)
    return page(
        request, "web/events/action.html", action.title, section="actions", number=number, state=state.text,
        tone=ACTION_TONES[state], crumbs=[LIST, OWN_LIST, (Text(number, number), "")],
        actions=[change] if may else [], action=action, found=found, facts=_facts(action, found, request),
        offers=offers(permissions.action_offers(request.reader, action), FORMS, f"{HOME}{number}/"),
        entries=happenings(worded(journal.timeline(action, depth), {"state": ActionState}), ACTION_VERBS,
                           ACTION_FIELDS),
    )  # fmt: skip


def _facts(action: object, found: object, request: HttpRequest) -> list[tuple]:
    is_late = action.state == ActionState.OPEN and action.due_on < request.at.date()
    due = Text(f"{action.due_on} (overdue)", f"{action.due_on}（已逾期）") if is_late else action.due_on.isoformat()
    event = found.event
    rows = [
        (Text("By whom", "责任单位"), events.called(action) if "owner" in found.fields else None),
        (Text("In charge", "经办人"), action.in_charge.name if found.fields.get("in_charge") else None),
        (Text("Due", "期限"), due if "due_on" in found.fields else None),
        (Text("Promised at", "承诺于"), event.title if event else None, f"/w/events/{event.number}/" if event else ""),
        (Text("What came of it", "办理结果"), found.fields.get("result")),
    ]
    return [(None, [row for row in rows if row[1] not in (None, "")])]


@signed_in
def edit(request: HttpRequest, number: str) -> HttpResponse:
    """Say who does it and until when."""
    action = events.get_action(number, request.reader)
    require(permissions.may_change_action(request.reader, action), Forbidden)
    title = Text("Change the action", "修改承诺事项")
    form = ActionForm.of(request, version=action.version, **entered_action(action))

    def save(values: Mapping[str, object]) -> HttpResponse:
        version = values.pop("version", None)
        values.pop("submission", None)
        actions.change_action(action, values, by=request.reader, at=request.at, version=version)
        return done(request, f"{HOME}{number}/", Text("Changed.", "已修改。"))

    return saving(request, form, save, template="web/events/form.html", title=title, section="actions",
                  crumbs=[LIST, OWN_LIST, (title, "")], cancel_url=f"{HOME}{number}/")  # fmt: skip


@signed_in
def move(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Say that it is done, drop it, or take it up again."""
    action = events.get_action(number, request.reader)
    if code not in FORMS:
        raise Absent
    found = permissions.action_offers(request.reader, action)
    title = next((one.label for one, _ in found if one.code == code), Text("That cannot be done now", "当前无法执行"))
    form = FORMS[code].of(request, version=action.version)

    def save(values: Mapping[str, object]) -> HttpResponse:
        more = {"by": request.reader, "at": request.at, "version": values.get("version")}
        if code == "finish":
            actions.finish_action(action, result=str(values["result"]), **more)
        else:
            actions.move_action(action, code, reason=str(values["reason"]), **more)
        return done(request, f"{HOME}{number}/", Text("{deed}: done.", "已办理：{deed}。").fill(deed=title))

    return saving(request, form, save, template="web/events/form.html", title=title, section="actions",
                  crumbs=[LIST, OWN_LIST, (title, "")], cancel_url=f"{HOME}{number}/")  # fmt: skip


urlpatterns = [
    path("", index),
    path("<str:number>/", record),
    path("<str:number>/edit/", edit),
    path("<str:number>/moves/<str:code>/", move),
]
