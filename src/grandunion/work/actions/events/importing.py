"""People and statements out of a table: all of it, or nothing with every faulty row named."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from grandunion.records.events import Event
from grandunion.records.lists import Term
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Forbidden, Invalid, Problem, Refused, invalid, require
from grandunion.work.actions import journal
from grandunion.work.actions.base import atomic
from grandunion.work.actions.events.door import walk_in
from grandunion.work.actions.events.minutes import state
from grandunion.work.actions.events.registering import register
from grandunion.work.actions.events.values import by_script
from grandunion.work.permissions import events as permissions
from grandunion.work.queries.base.sheets import told
from grandunion.work.queries.events import imports

Rows = Sequence[tuple[int, Mapping[str, str]]]
TRUE = frozenset({"1", "yes", "y", "true", "x", "是", "已签到", "√"})
FALSE = frozenset({"", "0", "no", "n", "false", "否", "未签到"})


@atomic
def import_people(event: Event, rows: Rows, *, by: Reader, at: datetime) -> int:
    """Enter people out of a table; whoever has attended is checked in. Answers how many."""
    require(permissions.may_run(by, event), Forbidden)

    def enter(row: Mapping[str, str]) -> None:
        given = dict(row)
        has_come = _yes(given.pop("attended", ""))
        (walk_in if has_come else register)(event, by_script(given, "name", "position"), by=by, at=at)

    return _taken_in(event, rows, imports.PEOPLE, enter, by=by, at=at)


@atomic
def import_statements(event: Event, rows: Rows, *, by: Reader, at: datetime) -> int:
    """Write statements down out of a table, in its order; answers how many."""
    require(permissions.may_minute(by, event), Forbidden)

    def enter(row: Mapping[str, str]) -> None:
        given = {**row, "topic": _topic(row["topic"])} if row.get("topic") else row
        state(event, by_script(given, "speaker"), by=by, at=at)

    return _taken_in(event, rows, imports.STATEMENTS, enter, by=by, at=at)


def _taken_in(
    event: Event, rows: Rows, columns: Mapping[str, Text], enter: Callable[[Mapping[str, str]], None], *,
    by: Reader, at: datetime,
) -> int:  # fmt: skip
    problems: list[Problem] = []
    for number, row in rows:
        try:
            enter(_known(imports.renamed(row, columns), columns))
        except Refused as refused:
            problems += told(number, refused)
    if problems:
        raise Invalid(*problems)
    journal.note("event.imported", event, by=by, at=at, changes={"registrations": (None, len(rows))})
    return len(rows)


def _known(row: dict[str, str], columns: Mapping[str, Text]) -> dict[str, str]:
    if unknown := row.keys() - columns.keys():
        name = sorted(unknown)[0]
        raise invalid("file", f"There is no column “{name}”.", f"没有“{name}”这一列。")
    return row


def _yes(written: str) -> bool:
    word = written.strip().lower()
    if word not in TRUE | FALSE:
        raise invalid("attended", f"“{written}” is neither yes nor no.", f"“{written}”不是“是”或“否”。")
    return word in TRUE


def _topic(written: str) -> str:
    """The code of a topic that is written by its code or by its name in either language."""
    for one in Term.objects.filter(list="event_topics"):
        if written.lower() in (one.code, one.name_en.lower(), one.name_zh):
            return one.code
    return written
