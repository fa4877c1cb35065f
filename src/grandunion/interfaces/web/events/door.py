"""The page at the door: a code is read, a name is found, somebody comes unannounced."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.pages import done, page, tell
from grandunion.interfaces.kit.records import saving
from grandunion.interfaces.web.events.forms import WalkInForm
from grandunion.interfaces.web.events.views import HOME, crumbs, opened, tabs
from grandunion.interfaces.web.events.words import PERSON_TONES
from grandunion.terms.events import Attendance, RegistrationState
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Refused
from grandunion.work.actions import events as actions
from grandunion.work.actions.events.values import by_script
from grandunion.work.permissions import events as permissions
from grandunion.work.queries import events
from grandunion.work.queries.events import tickets

DOOR = Text("Check-in", "签到")
HERE = Text("{name} is here.", "{name} 已签到。")
MOST = 300
RS = RegistrationState
EXPECTED = (RS.COMPLETE, RS.INVITED, RS.PENDING, RS.WAITLISTED, RS.NO_SHOW, RS.ATTENDED)


@signed_in
def door(request: HttpRequest, number: str) -> HttpResponse:
    """Take the code that somebody shows, or find them in the list; an opened code asks once before it counts."""
    event = opened(request, number)
    if request.method == "POST":
        return _taken(request, event, request.POST.get("code", ""))
    shown = request.GET.get("code", "")
    words = request.GET.get("q", "").strip()[:100].lower()
    rows = [row for row in events.registrations(event).filter(state__in=EXPECTED) if words in _heard(row)]
    lines = [_line(row, found) for row, found in permissions.desk_offers(request.reader, event, rows[:MOST])]
    lines.sort(key=lambda line: line["is_here"])
    counts = events.counted(event)
    here, refused, who = counts[RS.ATTENDED], None, None
    if shown:
        try:
            who = tickets.read(event, shown)
        except Refused as error:
            refused = error.reason
    return page(
        request, "web/events/door.html", DOOR, section="events", subtitle=event.title, event=event,
        crumbs=crumbs(event, DOOR), tabs=tabs(event, "door/", {"here": here}), lines=lines, q=words, code=shown,
        who=who, refused=refused, here=here, expected=here + sum(counts[state] for state in EXPECTED[:4]),
    )  # fmt: skip


def _heard(row: object) -> str:
    """What a person at the door may be looked for by."""
    told = (row.name_zh, row.name_en, row.body.zh, row.body.en, row.phone, row.number)
    return " ".join(told).lower()


def _line(row: object, found: tuple) -> dict[str, object]:
    allowed = {move.code for move, verdict in found if verdict}
    state = RegistrationState(row.state)
    return {
        "row": row, "as": Attendance(row.attends_as).text, "state": state.text, "tone": PERSON_TONES[state],
        "is_here": state is RS.ATTENDED, "may_check_in": "attend" in allowed, "may_undo": "undo_attend" in allowed,
    }  # fmt: skip


def _taken(request: HttpRequest, event: object, code: str) -> HttpResponse:
    try:
        row = actions.check_in_by_code(event, code, by=request.reader, at=request.at)
    except Refused as refused:
        tell(request, refused.reason, "error")
        response = redirect(f"{HOME}{event.number}/door/")
        response.status_code = 303
        return response
    name = row.name if row.name.en or row.name.zh else row.body
    return done(request, f"{HOME}{event.number}/door/", HERE.fill(name=name))


@signed_in
def walk_in(request: HttpRequest, number: str) -> HttpResponse:
    """Enter somebody who came unannounced; they are checked in at once."""
    event = opened(request, number)
    title = Text("Came unannounced", "现场登记")
    form = WalkInForm.of(request, attends_as=Attendance.ENTERPRISE.value, name=request.GET.get("name", ""))

    def save(values: Mapping[str, object]) -> HttpResponse:
        row = actions.walk_in(event, by_script(values, "name"), by=request.reader, at=request.at,
                              submission=str(values.get("submission") or ""))  # fmt: skip
        return done(request, f"{HOME}{number}/door/", HERE.fill(name=row.name))

    return saving(request, form, save, template="web/events/form.html", title=title, section="events",
                  crumbs=crumbs(event, title), cancel_url=f"{HOME}{number}/door/")  # fmt: skip
