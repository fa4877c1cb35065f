"""A round as rows of tables that spreadsheets read and write: members, slots, pairs, and the meetings."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation

from grandunion.engines.matching.rounds.pieces import (
    FORBIDDEN,
    STEPS,
    Meeting,
    Member,
    Pair,
    RoundPlan,
    Slot,
)
from grandunion.engines.matching.rounds.timetable import sittings
from grandunion.terms.rounds import FairTo, Objective
from grandunion.terms.text import Text, either
from grandunion.terms.verdicts import Invalid, Problem

Row = Mapping[str, str]
MEMBER_COLUMNS = ("side", "key", "name_en", "name_zh", "min_load", "max_load", "not_free", "body")
SLOT_COLUMNS = ("key", "name_en", "name_zh", "tables")
PAIR_COLUMNS = ("key_a", "key_b", "value", "constraint", "reason_en", "reason_zh")
MEETING_COLUMNS = ("slot", "slot_en", "slot_zh", "table", "key_a", "a_en", "a_zh", "key_b", "b_en", "b_zh", "value")
FIRST, SECOND = "a", "b"


def member_rows(plan: RoundPlan) -> Iterator[dict[str, str]]:
    """One row a member: `side` a or b, loads as whole numbers, `not_free` the keys of slots parted by spaces.

    `body` is the same for members who are one organisation or person, and may be empty.
    """
    for side, members in ((FIRST, plan.firsts), (SECOND, plan.seconds)):
        for one in members:
            loads = (str(one.min_load), str(one.max_load), " ".join(sorted(one.not_free)), one.body)
            yield dict(zip(MEMBER_COLUMNS, (side, one.key, one.name.en, one.name.zh, *loads), strict=True))


def slot_rows(plan: RoundPlan) -> Iterator[dict[str, str]]:
    """One row a slot in the order of the day; `tables` is empty where any number may be held."""
    for one in plan.slots:
        tables = "" if one.tables is None else str(one.tables)
        yield dict(zip(SLOT_COLUMNS, (one.key, one.name.en, one.name.zh, tables), strict=True))


def pair_rows(plan: RoundPlan) -> Iterator[dict[str, str]]:
    """One row a pair: `value` from 0 to 1, `constraint` −1, 0 or 1, the reason of a forbidden one."""
    for one in plan.pairs:
        said = (one.reason.en, one.reason.zh) if one.reason else ("", "")
        cells = (one.key_a, one.key_b, str(one.value), str(one.constraint), *said)
        yield dict(zip(PAIR_COLUMNS, cells, strict=True))


def meeting_rows(plan: RoundPlan, meetings: Iterable[Meeting]) -> Iterator[dict[str, str]]:
    """One row a meeting, slot by slot and table by table, with the names of both sides."""
    for sitting in sittings(plan, meetings):
        when = (sitting.slot.key, sitting.slot.name.en, sitting.slot.name.zh) if sitting.slot else ("", "", "")
        for one in sitting.seatings:
            sides = [cell for side in (one.first, one.second) for cell in (side.key, side.name.en, side.name.zh)]
            cells = (*when, str(one.table), *sides, str(one.meeting.value))
            yield dict(zip(MEETING_COLUMNS, cells, strict=True))


def plan_of(
    members: Iterable[Row],
    slots: Iterable[Row],
    pairs: Iterable[Row],
    *,
    objective: Objective = Objective.TOTAL,
    fair_to: FairTo = FairTo.FIRSTS,
) -> RoundPlan:
    """The plan that such rows describe; raises Invalid naming table, column and row (from 1) of every fault."""
    problems: list[Problem] = []
    members = _read("members", members, _member, problems)
    found_slots = _read("slots", slots, _slot, problems)
    found_pairs = _read("pairs", pairs, _pair, problems)
    if problems:
        raise Invalid(*problems)
    firsts, seconds = (tuple(one for side, one in members if side == letter) for letter in (FIRST, SECOND))
    return RoundPlan(firsts, seconds, tuple(found_pairs), tuple(found_slots), objective, fair_to)


def meetings_of(rows: Iterable[Row]) -> tuple[Meeting, ...]:
    """The meetings that such rows describe, as for a repair of a round kept elsewhere."""
    problems: list[Problem] = []
    found = _read("meetings", rows, _meeting, problems)
    if problems:
        raise Invalid(*problems)
    return tuple(found)


class _Cell(Exception):
    """A cell that cannot be read: its column and what to write instead."""

    def __init__(self, column: str, text: Text) -> None:
        super().__init__(column)
        self.column, self.text = column, text


def _read(table: str, rows: Iterable[Row], one: Callable[[Row], object], problems: list[Problem]) -> list:
    found = []
    for number, row in enumerate(rows, 1):
        try:
            found.append(one(row))
        except _Cell as wrong:
            problems.append(Problem(f"{table}.{wrong.column}", wrong.text, number))
    return found


def _member(row: Row) -> tuple[str, Member]:
    side = _cell(row, "side").lower()
    if side not in (FIRST, SECOND):
        raise _Cell("side", Text("Write a or b for the side.", "所属方请填写 a 或 b。"))
    name = either(_optional(row, "name_en"), _optional(row, "name_zh"))
    key = _cell(row, "key")
    not_free = frozenset(_optional(row, "not_free").split())
    name = name if name.en else Text(f"{key}", f"编号 {key}")
    return side, Member(
        key, name, _whole(row, "min_load", 0), _whole(row, "max_load", 1), not_free, _optional(row, "body")
    )


def _slot(row: Row) -> Slot:
    key = _cell(row, "key")
    name = either(_optional(row, "name_en"), _optional(row, "name_zh"))
    tables = _whole(row, "tables", None)
    return Slot(key, name if name.en else Text(f"{key}", f"时段 {key}"), tables)


def _pair(row: Row) -> Pair:
    constraint = _whole(row, "constraint", 0)
    reason = either(_optional(row, "reason_en"), _optional(row, "reason_zh"))
    said = reason if constraint == FORBIDDEN and reason.en else None
    return Pair(_cell(row, "key_a"), _cell(row, "key_b"), _value(row), constraint, said)


def _meeting(row: Row) -> Meeting:
    return Meeting(_cell(row, "key_a"), _cell(row, "key_b"), _optional(row, "slot") or None, _value(row))


def _optional(row: Row, column: str) -> str:
    return (row.get(column) or "").strip()


def _cell(row: Row, column: str) -> str:
    if not (cell := _optional(row, column)):
        raise _Cell(column, Text(f"Fill in {column}.", f"请填写 {column}。"))
    return cell


def _whole(row: Row, column: str, default: int | None) -> int | None:
    if not (cell := _optional(row, column).replace("−", "-")):
        return default
    try:
        return int(cell)
    except ValueError:
        raise _Cell(column, Text(f"Write a whole number, not {cell}.", f"请填写整数，而非 {cell}。")) from None


def _value(row: Row) -> Decimal:
    try:
        value = Decimal(_optional(row, "value") or 0)
    except InvalidOperation:
        value = Decimal(-1)
    if not (value.is_finite() and 0 <= value <= 1):
        raise _Cell("value", Text("Write a value from 0 to 1.", "分值请填写 0 到 1 之间的数。"))
    return value.quantize(Decimal(1) / STEPS)
