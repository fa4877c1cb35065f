"""Who comes: the list for the desk, registering, inviting, what is done to one registration, the ticket."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse

from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.forms import Form
from grandunion.interfaces.kit.pages import Deed, done, page
from grandunion.interfaces.kit.records import saving
from grandunion.interfaces.kit.sheets import WRITERS
from grandunion.interfaces.kit.tags import language, moment, said
from grandunion.interfaces.web.events.forms import (
    AcceptForm,
    EnterForm,
    InviteForm,
    ReasonForm,
    RegisterForm,
)
from grandunion.interfaces.web.events.views import HOME, crumbs, opened, tabs
from grandunion.interfaces.web.events.words import PERSON_TONES
from grandunion.terms.events import Attendance, CameBy, RegistrationState
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent, Forbidden, Refused, require
from grandunion.work.actions import events as actions
from grandunion.work.actions.events.values import by_script
from grandunion.work.permissions import events as permissions
from grandunion.work.queries import events
from grandunion.work.queries.events import tickets

PEOPLE = Text("People", "人员")
FORMS = {"reject": ReasonForm, "accept": AcceptForm}
DEEDS = frozenset({"approve", "queue", "reject", "withdraw", "accept", "attend", "undo_attend"})
MOST = 2000
HEAD = (Text("Number", "编号"), Text("Organisation", "单位"), Text("Name", "姓名"), Text("Position", "职务"),
        Text("As", "身份"), Text("State", "状态"), Text("Telephone", "电话"), Text("E-mail", "邮箱"),
        Text("Registered", "报名时间"), Text("Checked in", "签到时间"))  # fmt: skip


@signed_in
def index(request: HttpRequest, number: str) -> HttpResponse:
    """Everybody registered or invited, with what can be done for each; or the list as a file."""
    event = opened(request, number)
    state = request.GET.get("state", "")
    rows = events.registrations(event)
    rows = rows.filter(state=state) if RegistrationState.has(state) else rows
    if (kind := request.GET.get("format", "")) in WRITERS:
        return WRITERS[kind](f"{number}-people", _table(rows))
    counts = events.counted(event)
    lines = [_line(row, found) for row, found in permissions.desk_offers(request.reader, event, rows[:MOST])]
    base = f"{HOME}{number}/"
    deeds = [Deed(f"{base}invite/", Text("Invite", "邀请"), "mail", is_primary=True),
             Deed(f"{base}register/", Text("Enter somebody", "代为登记"), "plus"),
             Deed(f"{base}people/import/", Text("Import", "导入"), "upload")]  # fmt: skip
    shown = [(one, counts[one], one == state) for one in RegistrationState if counts[one]]
    return page(
        request, "web/events/people.html", PEOPLE, section="events", subtitle=event.title, event=event,
        crumbs=crumbs(event, PEOPLE), actions=deeds if permissions.may_edit(request.reader, event) else [],
        tabs=tabs(event, "people/", {"people": sum(counts.values())}), lines=lines, states=shown, state=state,
        left=events.places_left(event, counts),
    )  # fmt: skip


def _line(row: object, found: tuple) -> dict[str, object]:
    state = RegistrationState(row.state)
    return {
        "row": row, "state": state.text, "tone": PERSON_TONES[state], "as": Attendance(row.attends_as).text,
        "way": CameBy(row.came_by).text,
        "deeds": [(move.code, move.label, move.code in FORMS) for move, verdict in found
                  if verdict and move.code in DEEDS and move.code != "accept"],
    }  # fmt: skip


def _table(rows: object) -> list[list[object]]:
    return [
        [said(one) for one in HEAD],
        *(
            [row.number, said(row.body), said(row.name), said(row.position), said(Attendance(row.attends_as)),
             said(RegistrationState(row.state)), row.phone, row.email, moment(row.registered_at),
             moment(row.checked_in_at)]
            for row in rows
        ),
    ]  # fmt: skip


@signed_in
def register(request: HttpRequest, number: str) -> HttpResponse:
    """Register oneself or a colleague; the desk enters anybody."""
    event = events.get(number, request.reader)
    require(permissions.may_register(request.reader, event), Forbidden)
    is_desk = bool(permissions.may_run(request.reader, event))
    title = Text("Enter somebody", "代为登记") if is_desk else Text("Register", "报名")
    form = (EnterForm if is_desk else RegisterForm).of(request, attends_as=Attendance.ENTERPRISE.value)

    def save(values: Mapping[str, object]) -> HttpResponse:
        given = {**by_script(values, "name", "position"), "language": language()}
        row = actions.register(event, given, by=request.reader, at=request.at,
                               submission=str(values.get("submission") or ""))  # fmt: skip
        told = Text("{state}.", "{state}。").fill(state=RegistrationState(row.state).text)
        return done(request, f"{HOME}{number}/people/" if is_desk else f"{HOME}{number}/", told)

    return saving(request, form, save, template="web/events/form.html", title=title, section="events",
                  crumbs=crumbs(event, title), cancel_url=f"{HOME}{number}/")  # fmt: skip


@signed_in
def invite(request: HttpRequest, number: str) -> HttpResponse:
    """Invite organisations and persons, one in each line."""
    event = opened(request, number)
    title = Text("Invite", "邀请")
    again = "\n".join(events.came_to(event.follows)) if event.follows else ""
    form = InviteForm.of(request, attends_as=Attendance.ENTERPRISE.value, who=again)

    def save(values: Mapping[str, object]) -> HttpResponse:
        names = [line.strip() for line in str(values["who"]).splitlines() if line.strip()]
        rows = actions.invite_all(event, names, attends_as=str(values["attends_as"]), by=request.reader, at=request.at)
        told = Text(f"{len(rows)} invited.", f"已邀请 {len(rows)} 个。")
        return done(request, f"{HOME}{number}/people/", told)

    return saving(request, form, save, template="web/events/form.html", title=title, section="events",
                  crumbs=crumbs(event, title), cancel_url=f"{HOME}{number}/")  # fmt: skip


@signed_in
def do(request: HttpRequest, number: str, pk: int, deed: str) -> HttpResponse:
    """One thing done to a registration: admitted, refused, withdrawn, checked in."""
    event = events.get(number, request.reader)
    row = events.registration(event, pk)
    mine = permissions.registration_parts(request.reader, row)
    if deed not in DEEDS or not mine:
        raise Absent
    found = permissions.registration_offers(request.reader, row)
    title = next((one.label for one, _ in found if one.code == deed), Text("That cannot be done now", "当前无法执行"))
    back = f"{HOME}{number}/people/" if mine & permissions.DESK else f"{HOME}{number}/"
    back = f"{HOME}{number}/door/" if request.POST.get("then") == "door" else back
    form = FORMS.get(deed, Form).of(request)

    def save(values: Mapping[str, object]) -> HttpResponse:
        _do(row, deed, values, request)
        return done(request, back, Text("{deed}: {name}.", "{deed}：{name}。").fill(deed=title, name=_called(row)))

    return saving(request, form, save, template="web/events/form.html", title=title, section="events",
                  crumbs=crumbs(event, title), cancel_url=back)  # fmt: skip


def _called(row: object) -> Text:
    return row.name if row.name.en or row.name.zh else row.body


def _do(row: object, deed: str, values: Mapping[str, object], request: HttpRequest) -> None:
    more = {"by": request.reader, "at": request.at}
    if deed == "reject":
        actions.reject(row, reason=str(values["reason"]), **more)
    elif deed == "accept":
        actions.accept(row, by_script(values, "name", "position"), **more)
    elif deed == "attend":
        actions.check_in(row, **more)
    elif deed == "undo_attend":
        actions.undo_check_in(row, **more)
    else:
        {"approve": actions.approve, "queue": actions.queue, "withdraw": actions.withdraw}[deed](row, **more)


@signed_in
def ticket(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """The code that somebody shows at the door; for whoever registered, and for the desk."""
    event = events.get(number, request.reader)
    row = events.registration(event, pk)
    if not permissions.registration_parts(request.reader, row):
        raise Absent
    if row.state not in (RegistrationState.COMPLETE, RegistrationState.ATTENDED):
        raise Refused(Text("There is a ticket once the registration is admitted.", "报名通过后方可出示签到码。"))
    title = Text("Ticket", "签到码")
    door = request.build_absolute_uri(f"{HOME}{number}/door/")
    return page(request, "web/events/ticket.html", title, section="events", crumbs=crumbs(event, title), event=event,
                row=row, qr=tickets.drawn(row, door), state=RegistrationState(row.state).text, tone="good")  # fmt: skip
