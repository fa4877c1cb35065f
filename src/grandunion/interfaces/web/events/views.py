"""The pages of events: the list, a new one, the record, its correction, its agenda."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from django.http import HttpRequest, HttpResponse

from grandunion.interfaces.kit import lists as kit_lists
from grandunion.interfaces.kit import tags
from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.forms import Form
from grandunion.interfaces.kit.pages import Deed, done, page
from grandunion.interfaces.kit.records import Happening, happenings, offers, saving, word, worded
from grandunion.interfaces.web.events.forms import (
    EventForm,
    OpenForm,
    ReasonForm,
    entered_event,
    following_event,
    points,
    rows_of,
)
from grandunion.interfaces.web.events.words import FIELDS, PERSON_TONES, PHASES, TONES, VERBS, WORDS
from grandunion.terms.events import MINUTED_STATES, EventKind, EventState, RegistrationState
from grandunion.terms.secrecy import Level
from grandunion.terms.text import Text, either
from grandunion.terms.verdicts import Forbidden, require
from grandunion.work.actions import events as actions
from grandunion.work.permissions import events as permissions
from grandunion.work.permissions.base import clearance
from grandunion.work.queries import events, journal
from grandunion.work.queries.events.papers import is_all_day

HOME = "/w/events/"
LIST = (Text("Events", "活动"), HOME)
NEW = Text("New event", "新建活动")
LINES = 300
S, RS = EventState, RegistrationState
ASKS = {"open": OpenForm, "open_again": OpenForm, "correct": ReasonForm, "follow_on": ReasonForm,
        "cancel": ReasonForm, "plan_anew": ReasonForm}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Phase:
    """One phase of the stepper."""

    text: Text
    status: str
    detail: Text | None


@signed_in
def index(request: HttpRequest) -> HttpResponse:
    """All events the reader may see."""
    deeds = [Deed(f"{HOME}calendar/", Text("Month", "月历"), "calendar"),
             Deed("/w/actions/", Text("Promised", "承诺事项"), "flag")]  # fmt: skip
    if permissions.may_plan(request.reader):
        deeds.append(Deed(f"{HOME}new/", NEW, "plus", is_primary=True))
    return kit_lists.show(request, events.LISTING, actions=deeds)


@signed_in
def new(request: HttpRequest) -> HttpResponse:
    """Plan an event, or the next of a row of meetings."""
    require(permissions.may_plan(request.reader), Forbidden)
    before = request.GET.get("follows", "")
    begins = following_event(events.get(before, request.reader), request.at) if before else {}
    form = EventForm.of(request, **{"event_kind": EventKind.MEETING.value, **begins})

    def save(values: dict) -> HttpResponse:
        made = actions.plan(_given(values), by=request.reader, at=request.at, submission=str(values.get("submission")))
        said = Text(f"{made.number} is planned.", f"已新建 {made.number}。")
        return done(request, f"{HOME}{made.number}/", said)

    return saving(request, form, save, template="web/events/form.html", title=NEW, section="events",
                  crumbs=[LIST, (NEW, "")], cancel_url=HOME)  # fmt: skip


def _given(values: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in values.items() if name not in ("version", "submission")}


@signed_in
def edit(request: HttpRequest, number: str) -> HttpResponse:
    """Change an event until it is over."""
    event = opened(request, number)
    title = Text("Change the event", "修改活动")
    form = EventForm.of(request, version=event.version, **entered_event(event))

    def save(values: dict) -> HttpResponse:
        actions.edit(event, _given(values), by=request.reader, at=request.at, version=values.get("version"))
        return done(request, f"{HOME}{number}/", Text("Changed.", "已修改。"))

    return saving(request, form, save, template="web/events/form.html", title=title, section="events",
                  crumbs=crumbs(event, title), cancel_url=f"{HOME}{number}/")  # fmt: skip


@signed_in
def agenda(request: HttpRequest, number: str) -> HttpResponse:
    """Write the agenda, a row for each point."""
    event = opened(request, number)
    title = Text("Agenda", "议程")
    form = Form.of(request)

    def save(values: dict) -> HttpResponse:
        actions.set_agenda(event, points(request.POST, event.starts_at), by=request.reader, at=request.at)
        return done(request, f"{HOME}{number}/", Text("The agenda is kept.", "议程已保存。"))

    return saving(request, form, save, template="web/events/agenda.html", title=title, section="events", event=event,
                  crumbs=crumbs(event, title), rows=rows_of(events.agenda(event)), cancel_url=f"{HOME}{number}/",
                  )  # fmt: skip


def opened(request: HttpRequest, number: str) -> object:
    """The event, for whoever runs it."""
    event = events.get(number, request.reader)
    require(permissions.may_run(request.reader, event), Forbidden)
    return event


def crumbs(event: object, title: Text) -> list:
    """The way to a page of an event."""
    return [LIST, (event.title, f"{HOME}{event.number}/"), (title, "")]


def tabs(event: object, current: str, counts: Mapping[str, int]) -> list[tuple]:
    """The parts of an event for its desk: address, name, how many, whether it is this page."""
    base = f"{HOME}{event.number}/"
    found = [
        ("", Text("Event", "活动"), None),
        ("people/", Text("People", "人员"), counts.get("people")),
        ("door/", Text("Door", "签到"), counts.get("here")),
        ("minutes/", Text("Minutes", "纪要"), counts.get("statements")),
        ("follow-up/", Text("Follow-up", "跟踪"), counts.get("loose")),
    ]
    return [(f"{base}{path}", name, count, path == current) for path, name, count in found]


@signed_in
def record(request: HttpRequest, number: str) -> HttpResponse:
    """One event: what it is, who comes, what was said, what follows; members read what concerns them."""
    event = events.get(number, request.reader)
    reader, state = request.reader, EventState(event.state)
    is_desk = bool(permissions.may_read_minutes(reader, event))
    depth = clearance(reader, event)
    found = events.page(event, reader, depth, is_desk=is_desk)
    runs = bool(permissions.may_run(reader, event))
    given = {
        "event": event, "found": found, "is_desk": is_desk, "phases": _phases(state), "text": _text(event),
        "facts": _facts(event, found, is_desk=is_desk), "kind_tones": TONES, "person_tones": PERSON_TONES,
        "may_register": bool(permissions.may_register(reader, event)) and not is_desk and not found.own,
        "own": [(row, RegistrationState(row.state).text) for row in found.own], "counts": _counts(found),
        "agenda_may_change": runs and bool(permissions.may_edit(reader, event)),
    }  # fmt: skip
    if is_desk:
        lines = journal.timeline(event, depth, LINES)
        given |= {
            "offers": offers(permissions.offers(reader, event), ASKS, f"{HOME}{number}/") if runs else [],
            "entries": in_runs(happenings(worded(lines, WORDS), VERBS, FIELDS)),
            "tabs": tabs(event, "", _tab_counts(found)) if runs else [],
            "actions": _deeds(event, found, request) if runs else [],
        }
    return page(
        request, "web/events/record.html", event.title, section="events", number=number, state=state.text,
        tone=TONES[state], crumbs=[LIST, (Text(number, number), "")], **given,
    )  # fmt: skip


def in_runs(lines: Sequence[Happening]) -> list[Happening]:
    """A time line in which the same deed, done again and again by the same person, is one line that says how often."""
    found = []
    for (_, text, _), run in groupby(lines, key=lambda one: (one.who, one.text, tags.day(one.at))):
        first, *others = run
        told = Text("{deed} ({count} times)", "{deed}（{count} 次）").fill(deed=text, count=len(others) + 1)
        found.append(replace(first, text=told, details=()) if others else first)
    return found


def _text(event: object) -> Text | None:
    return either(event.text_en, event.text_zh) if event.text_en or event.text_zh else None


def _tab_counts(found: object) -> dict[str, int]:
    gone = (RS.REJECTED, RS.WITHDRAWN)
    people = sum(count for state, count in found.counts.items() if state not in gone)
    loose = sum(one.is_loose for one in found.follow_up.threads) if found.follow_up else 0
    return {"people": people, "here": found.counts[RS.ATTENDED], "statements": len(found.statements), "loose": loose}


def _counts(found: object) -> list[tuple[Text, int, str]]:
    """How many registrations stand in each state that has any."""
    return [(state.text, found.counts[state], PERSON_TONES[state]) for state in RS if found.counts[state]]


def _deeds(event: object, found: object, request: HttpRequest) -> list[Deed]:
    """The one click that brings the event on, first; then what is at hand."""
    base, state = f"{HOME}{event.number}/", event.state
    change = Deed(f"{base}edit/", Text("Change", "修改"), "pencil")
    if state in (S.REGISTRATION_OPEN, S.CLOSED) and event.starts_at <= request.at:
        held = Deed(f"{base}moves/hold/", Text("It was held", "确认已举办"), "check", is_primary=True, method="post")
        return [held, Deed(f"{base}door/", Text("Door", "签到"), "users"), change]
    if state in (S.PLANNED, S.REGISTRATION_OPEN, S.CLOSED):
        return [Deed(f"{base}invite/", Text("Invite", "邀请"), "mail", is_primary=True), change]
    if state in (S.HELD, S.MINUTES_DRAFT):
        return [Deed(f"{base}minutes/", Text("Write the minutes", "录入纪要"), "pencil", is_primary=True), change]
    if state in MINUTED_STATES:
        follow = Deed(f"{base}follow-up/", Text("Follow-up", "事项跟踪"), "flag", is_primary=True)
        nxt = Deed(f"{HOME}new/?follows={event.number}", Text("Plan the next one", "筹备下次会议"), "plus")
        return [follow, *([nxt] if found.next is None else [])]
    return []


def _phases(state: EventState) -> list[Phase]:
    at = next(n for n, (_, states) in enumerate(PHASES) if state in states)
    return [
        Phase(text, "done" if n < at else "current" if n == at else "next", state.text if n == at else None)
        for n, (text, _) in enumerate(PHASES)
    ]


def when(event: object) -> Text:
    """From when to when, in the hub's time."""
    start, end = tags.moment(event.starts_at), tags.moment(event.ends_at)
    if is_all_day(event):
        return Text(start[:10], start[:10])
    span = f"{start}–{end[11:]}" if start[:10] == end[:10] else f"{start} – {end}"
    return Text(span, span)


def _facts(event: object, found: object, *, is_desk: bool) -> list[tuple]:
    places = None
    if event.capacity is not None:
        places = Text(f"{event.capacity} ({found.left} free)", f"{event.capacity}（剩余 {found.left}）")
    rows = [
        (Text("Kind", "类型"), word(EventKind, event.event_kind)),
        (Text("When", "时间"), when(event)),
        (Text("Place", "地点"), event.place),
        (Text("Organiser", "主办单位"), event.owner.name if found.fields.get("owner") else None),
        (Text("Area", "片区"), event.area.name if found.fields.get("area") else None),
        (Text("Places", "名额"), places),
        (Text("Registration until", "报名截止"), tags.moment(event.registers_until)),
        (Text("Match round", "撮合专场"), event.round_number,
         f"/w/rounds/{event.round_number}/" if found.leads_to_round else ""),
        (Text("Follows", "承接"), found.follows.title if found.follows else None,
         f"{HOME}{found.follows.number}/" if found.follows else ""),
        (Text("Followed by", "后续会议"), found.next.title if found.next else None,
         f"{HOME}{found.next.number}/" if found.next else ""),
    ]  # fmt: skip
    if is_desk:
        rows += [
            (Text("Open to", "公开范围"), word(Level, event.level)),
            (Text("In charge", "经办人"), event.in_charge.name if event.in_charge else None),
            (Text("Minutes by", "纪要起草"), event.minutes_by.name if event.minutes_by else None),
            (Text("Confirmed by", "纪要确认"), event.confirmed_by.name if event.confirmed_by else None),
            (Text("Details kept until", "个人信息保存至"), tags.day(event.retain_until)),
            (Text("Details forgotten", "个人信息清除于"), tags.moment(event.purged_at)),
            (Text("Source", "来源"), event.source_note),
        ]
    return [(None, [row for row in rows if _is_said(row[1])])]


def _is_said(value: object) -> bool:
    return bool(value.en or value.zh) if isinstance(value, Text) else value not in (None, "")
