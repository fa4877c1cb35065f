"""A round on paper and in spreadsheets: the timetable to print, one page each, and the files out and in."""

import csv
import io
from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse

from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.pages import Deed, done, page
from grandunion.interfaces.kit.records import saving
from grandunion.interfaces.kit.uploads import laid
from grandunion.interfaces.web.rounds.forms import ImportForm
from grandunion.interfaces.web.rounds.views import HOME, crumbs, opened
from grandunion.terms.rounds import AppointmentState, RoundState
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Forbidden, invalid, require
from grandunion.work.actions import matches as actions
from grandunion.work.permissions import matches as permissions
from grandunion.work.queries import matches
from grandunion.work.queries.matches.round_files import COLUMNS, tables_of
from grandunion.work.queries.matches.round_page import RoundPage, day_of, own_seats, round_page
from grandunion.work.queries.matches.round_sheets import harmless_cell, open_table, read_book, write_book

TIMETABLE, IMPORT = Text("Timetable", "时间表"), Text("Import a file", "导入文件")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@signed_in
def timetable(request: HttpRequest, number: str) -> HttpResponse:
    """Times by tables, and a page for each participant; members get their own page."""
    round_ = matches.get_round(number, request.reader)
    is_desk = bool(permissions.may_read_all_meetings(request.reader, round_))
    found = round_page(round_, request.reader, is_desk=is_desk)
    who = request.GET.get("who", "") if request.GET.get("who", "").isdigit() else ""
    keys = own_seats(found, request.reader) if not is_desk else {one.member.key for one in found.days}
    days = day_of(found, frozenset(keys & {who} if who else keys))
    return page(
        request, "web/rounds/timetable.html", TIMETABLE, section="rounds", crumbs=crumbs(round_, TIMETABLE),
        subtitle=round_.title, number=number, round=round_, found=found, is_desk=is_desk, who=who,
        days=[one for one in days if any(line.partner for line in one.lines)], grid=_grid(found) if is_desk else [],
        may_record=round_.state in (RoundState.PUBLISHED, RoundState.FINISHED)
        and bool(permissions.may_run_round(request.reader, round_)),
        actions=_deeds(round_, who) if who and is_desk else [],
    )  # fmt: skip


def _deeds(round_: object, who: str) -> list[Deed]:
    """From one participant's page: the whole round, and that this one does not come."""
    whole = Deed(f"{HOME}{round_.number}/timetable/", Text("Whole round", "全场"), "calendar")
    if round_.state not in (RoundState.ASSIGNED, RoundState.PUBLISHED):
        return [whole]
    away = Deed(f"{HOME}{round_.number}/changes/?who={who}", Text("Something changed", "登记变动"), "refresh-cw")
    return [whole, away]


def _grid(found: RoundPage) -> list[tuple]:
    """Slot by slot: its name and what stands at each table, with the meeting's own row."""
    rows = {(str(one.needing_id), str(one.offering_id)): one for one in found.meetings}
    return [
        (sitting.name, [(one, rows[one.meeting.key_a, one.meeting.key_b],
                         AppointmentState(rows[one.meeting.key_a, one.meeting.key_b].state).text)
                        for one in sitting.seatings])
        for sitting in found.sittings
    ]  # fmt: skip


@signed_in
def export(request: HttpRequest, number: str) -> HttpResponse:
    """The round as a workbook, or one of its tables as CSV."""
    round_ = matches.get_round(number, request.reader)
    require(permissions.may_read_all_meetings(request.reader, round_), Forbidden)
    tables = tables_of(round_page(round_, request.reader, is_desk=True))
    if request.GET.get("format") == "csv":
        name = request.GET.get("table", "meetings")
        return _csv(number, name if name in COLUMNS else "meetings", tables)
    kept = io.BytesIO()
    write_book(kept, tables)
    response = HttpResponse(kept.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{number}.xlsx"'
    return response


def _csv(number: str, name: str, tables: Mapping[str, tuple]) -> HttpResponse:
    columns, rows = tables[name]
    written = io.StringIO()
    line = csv.writer(written)
    line.writerow(columns)
    line.writerows([harmless_cell(row.get(column, "")) for column in columns] for row in rows)
    response = HttpResponse("\ufeff" + written.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{number}-{name}.csv"'
    return response


@signed_in
def take_in(request: HttpRequest, number: str) -> HttpResponse:
    """Take a workbook or one table in: all of it, or nothing with every fault named."""
    round_ = opened(request, number)
    form = ImportForm.of(request)

    def save(values: dict) -> HttpResponse:
        tables = _read(values["file"], str(values["table"]))
        counts = actions.import_round(round_, tables, by=request.reader, at=request.at)
        said = ", ".join(f"{name} {count}" for name, count in counts.items())
        return done(request, f"{HOME}{number}/", Text(f"Taken in: {said}.", f"已导入：{said}。"))

    return saving(request, form, save, template="web/rounds/import.html", title=IMPORT, section="rounds",
                  crumbs=crumbs(round_, IMPORT), cancel_url=f"{HOME}{number}/", number=number)  # fmt: skip


def _read(file: object, table: str) -> dict[str, list]:
    """The tables of an uploaded file by their names."""
    with laid(file) as path:
        if path.suffix == ".xlsx":
            return read_book(path)
        rows = []
        for number, row in open_table(path).rows():
            if isinstance(row, Text):
                raise invalid("file", f"Row {number}: {row.en}", f"第 {number} 行：{row.zh}")
            rows.append(row)
        return {table: rows}
