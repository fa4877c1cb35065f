"""The public events: their list, a page each, registering without an account, the ticket, the calendar."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from grandunion.interfaces.kit import forms as kit
from grandunion.interfaces.kit import tags
from grandunion.interfaces.kit.pages import Deed, done
from grandunion.interfaces.portal import guarding
from grandunion.interfaces.portal.forms import PublicForm
from grandunion.interfaces.portal.lists import found
from grandunion.interfaces.portal.pages import private, show
from grandunion.terms.events import RegistrationState
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Forbidden, Refused, require
from grandunion.work.actions import events as actions
from grandunion.work.actions.events.values import by_script
from grandunion.work.permissions import events as permissions
from grandunion.work.queries import events
from grandunion.work.queries.events import tickets
from grandunion.work.queries.events.public import PUBLIC_EVENTS, PublicEvent

EVENTS = (Text("Meetings and roadshows", "会议与路演"), "/events/")
ABOUT = Text(
    "Meetings with enterprises, roadshows, briefings and visits of the hub, open for registration.",
    "企业座谈、项目路演、宣讲培训与走访等活动，欢迎报名参加。",
)
REGISTER = Text("Register", "报名")
REGISTERED = Text("Your registration", "我的报名")
KEEP = Text("Keep this page's address: it is your ticket.", "请保存本页地址，即为您的报名凭证。")
SHOWN_TICKET = (RegistrationState.COMPLETE, RegistrationState.ATTENDED)
PRIVATE = Text(
    "Only the organiser reads this; it is erased after the event, on the day the organiser has set.",
    "仅主办方可见，活动结束后按期清除。",
)  # fmt: skip


class GuestForm(PublicForm):
    """Who comes, and how to reach them."""

    name = kit.text("Your name", "您的姓名", longest=100)
    organisation = kit.text("Organisation or team", "单位或团队", required=False, longest=200)
    position = kit.text("Position", "职务", required=False, longest=200)
    phone = kit.text("Telephone", "电话", required=False, longest=40,
                     help=Text("Telephone or e-mail: one is enough.", "电话、邮箱至少填一项。"))  # fmt: skip
    email = kit.email("E-mail", "电子邮箱")
    note = kit.text("Note to the organiser", "备注", required=False, longest=300)
    is_agreed = kit.yes_no("I agree that you keep these details for this event", "同意为本次活动保存以上信息",
                           required=True)  # fmt: skip


def index(request: HttpRequest) -> HttpResponse:
    """The public events, to be searched."""
    return show(
        request, "events.html", EVENTS[0], about=ABOUT, subtitle=ABOUT,
        **found(request, PUBLIC_EVENTS, lambda rows: events.public_events(rows, request.at)),
    )  # fmt: skip


def event(request: HttpRequest, number: str) -> HttpResponse:
    """One public event with its agenda; never who comes."""
    row = events.public_event(number, request.at)
    deeds = [Deed(f"/events/{number}/event.ics", Text("For my calendar", "加入日历"), "calendar")]
    if row.is_open:
        deeds.insert(0, Deed(f"/events/{number}/register/", REGISTER, "check", is_primary=True))
    return show(
        request, "event.html", row.title, about=row.text, row=row, number=row.number, state=row.state,
        tone="good" if row.is_open else "neutral", crumbs=[EVENTS, (row.title, "")], facts=[(None, _facts(row))],
        actions=deeds,
    )  # fmt: skip


def _facts(row: PublicEvent) -> list[tuple[Text, object]]:
    start, end = tags.moment(row.starts_at), tags.moment(row.ends_at)
    left = Text("{left} of {all} free", "共 {all} 个，剩余 {left} 个").fill(left=row.left, all=row.capacity)
    rows = [
        (Text("Kind", "类型"), row.kind.text),
        (Text("When", "时间"), f"{start}–{end[11:]}" if start[:10] == end[:10] else f"{start} – {end}"),
        (Text("Place", "地点"), row.place if row.place.en else None),
        (Text("Places", "名额"), left if row.capacity is not None else None),
        (Text("Registration until", "报名截止"), tags.moment(row.registers_until) if row.is_open else None),
    ]
    return [(label, value) for label, value in rows if value]


def ics(request: HttpRequest, number: str) -> HttpResponse:
    """A public event as an entry for somebody's calendar."""
    row = events.public_record(number, request.at)
    content = events.ics_of(row, tags.language(), request.at, _address(request))
    return _calendar(content, f"{number}.ics")


def _address(request: HttpRequest) -> Callable:
    return lambda row: request.build_absolute_uri(f"/events/{row.number}/")


def _calendar(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(
        content, content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )  # fmt: skip


def feed(request: HttpRequest, key: str) -> HttpResponse:
    """Somebody's own calendar under their secret address; its events lead into the workspace."""
    guarding.count(request, "calendar")
    address = lambda row: request.build_absolute_uri(f"/w/events/{row.number}/")  # noqa: E731
    return private(_calendar(events.feed(key, tags.language(), request.at, address), "events.ics"))


def register(request: HttpRequest, number: str) -> HttpResponse:
    """Register for a public event without an account."""
    row = events.public_event(number, request.at)
    kept = events.public_record(number, request.at)
    require(permissions.may_register(request.reader, kept), Forbidden)
    form = GuestForm.of(request, opened=guarding.stamp(request.at))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return _registered(request, kept, form)
            except Refused as refused:
                form.take(refused)
                status = refused.status
    return show(
        request, "register.html", REGISTER, status=status, about=row.title, subtitle=row.title, row=row, form=form,
        submit=REGISTER, trap="portal/trap.html", crumbs=[EVENTS, (row.title, f"/events/{number}/"), (REGISTER, "")],
        private=PRIVATE,
    )  # fmt: skip


def _registered(request: HttpRequest, kept: object, form: GuestForm) -> HttpResponse:
    guarding.check_person(request)
    guarding.count(request, "register")
    values = {name: value for name, value in form.values().items() if name not in ("opened", "is_agreed")}
    given = {**by_script(values, "name", "position"), "language": tags.language()}
    key = actions.new_key()
    actions.register(kept, given, by=request.reader, at=request.at, key=key)
    return done(request, f"/events/ticket/{key}/", KEEP)


def ticket(request: HttpRequest, key: str) -> HttpResponse:
    """A registration as the holder of its key follows it: its state, its code for the door."""
    found = events.ticket(key, request.at)
    row, state = found.row, RegistrationState(found.row.state)
    door = request.build_absolute_uri(f"/w/events/{found.event.number}/door/")
    return private(
        show(
            request, "ticket.html", REGISTERED, number=row.number, state=state.text, tone="info", found=found,
            event=found.event, row=row, qr=tickets.drawn(row, door) if state in SHOWN_TICKET else "", key=key,
            address=request.build_absolute_uri(f"/events/ticket/{key}/"), is_private=True,
        )
    )  # fmt: skip


@require_POST
def withdraw(request: HttpRequest, key: str) -> HttpResponse:
    """Give the place back; whoever waits moves up."""
    found = events.ticket(key, request.at)
    actions.withdraw(found.row, by=request.reader, at=request.at, key=key)
    return done(request, f"/events/ticket/{key}/", Text("Withdrawn. Thank you for telling us.", "已退出，感谢告知。"))
