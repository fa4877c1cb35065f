"""Files of an event: its calendar entry, its minutes as Word and PDF, people and statements taken in."""

from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse

from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.pages import done
from grandunion.interfaces.kit.records import saving
from grandunion.interfaces.kit.tags import language
from grandunion.interfaces.kit.uploads import SHEETS, laid
from grandunion.interfaces.web.events.forms import ImportForm
from grandunion.interfaces.web.events.views import HOME, crumbs, opened
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent, Forbidden, require
from grandunion.work.actions import events as actions
from grandunion.work.permissions import events as permissions
from grandunion.work.queries import events
from grandunion.work.queries.base.sheets import rows_of
from grandunion.work.queries.events import imports, papers

PEOPLE, SAID = Text("Import people", "导入人员"), Text("Import statements", "导入发言")


@signed_in
def ics(request: HttpRequest, number: str) -> HttpResponse:
    """The event as an entry for somebody's calendar."""
    event = events.get(number, request.reader)
    content = events.ics_of(event, language(), request.at, address_of(request))
    return _file(content, "text/calendar; charset=utf-8", f"{number}.ics")


def address_of(request: HttpRequest) -> Callable:
    """Where an event's page is, for a calendar."""
    return lambda event: request.build_absolute_uri(f"{HOME}{event.number}/")


@signed_in
def minutes(request: HttpRequest, number: str) -> HttpResponse:
    """The minutes to print, as Word or PDF, in the language asked for."""
    event = events.get(number, request.reader)
    require(permissions.may_read_minutes(request.reader, event), Forbidden)
    kind, wanted = request.GET.get("format", "pdf"), request.GET.get("language") or language()
    if kind not in papers.WRITERS or wanted not in ("zh", "en"):
        raise Absent
    found = papers.minutes_file(event, request.reader, wanted, kind)
    return _file(found.content, found.media_type, found.name)


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@signed_in
def take_in_people(request: HttpRequest, number: str) -> HttpResponse:
    """Take a list of people in: all of it, or nothing with every fault named."""
    return _taken_in(request, number, PEOPLE, imports.PEOPLE, actions.import_people, "people/")


@signed_in
def take_in_minutes(request: HttpRequest, number: str) -> HttpResponse:
    """Take statements in: all of them, or none with every fault named."""
    return _taken_in(request, number, SAID, imports.STATEMENTS, actions.import_statements, "minutes/")


def _taken_in(
    request: HttpRequest, number: str, title: Text, columns: Mapping[str, Text], take_in: Callable, then: str
) -> HttpResponse:
    event = opened(request, number)
    form = ImportForm.of(request)
    back = f"{HOME}{number}/{then}"

    def save(values: dict) -> HttpResponse:
        count = take_in(event, _rows(values["file"]), by=request.reader, at=request.at)
        return done(request, back, Text(f"{count} rows taken in.", f"已导入 {count} 行。"))

    return saving(request, form, save, template="web/events/import.html", title=title, section="events", event=event,
                  crumbs=crumbs(event, title), columns=columns.items(), cancel_url=back)  # fmt: skip


def _rows(file: object) -> list[dict[str, str]]:
    """The rows of an uploaded table, by the names of its columns."""
    with laid(file, SHEETS) as path:
        return rows_of(path)
