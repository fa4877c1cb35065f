"""A round as it is handed out: what everybody does in every slot, and who sits at which table."""

from collections.abc import Iterable
from dataclasses import dataclass

from grandunion.engines.matching.rounds.pieces import Meeting, Member, RoundPlan, Slot
from grandunion.terms.text import Text, Word


class Doing(Word):
    """What a member does in a slot."""

    MEETS = "meets", "Meeting", "会面"
    IDLE = "idle", "No meeting", "无安排"
    AWAY = "away", "Not there", "不在场"


@dataclass(frozen=True, slots=True)
class Line:
    """One slot of a member's day; `slot` is None in a round without times."""

    slot: Slot | None
    doing: Doing
    partner: Member | None = None
    table: int | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """One member's timetable, in the order of the slots."""

    member: Member
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Seating:
    """Two members at a table, numbered from 1."""

    table: int
    first: Member
    second: Member
    meeting: Meeting


@dataclass(frozen=True, slots=True)
class Sitting:
    """One slot with its tables; `slot` is None in a round without times."""

    slot: Slot | None
    seatings: tuple[Seating, ...]

    @property
    def name(self) -> Text:
        """What stands above the tables."""
        return self.slot.name if self.slot else Text("All meetings", "全部会面")


def sittings(plan: RoundPlan, meetings: Iterable[Meeting]) -> tuple[Sitting, ...]:
    """Slot by slot who sits where; a member of the first side keeps the table it had, as far as that is free."""
    meetings = tuple(meetings)
    firsts, seconds = ({one.key: one for one in side} for side in (plan.firsts, plan.seconds))
    usual: dict[str, int] = {}
    found = []
    for slot in plan.slots or (None,):
        here = sorted(one for one in meetings if one.slot == (slot.key if slot else None))
        tables = _tables([one.key_a for one in here], usual, has_times=slot is not None)
        seatings = (
            Seating(table, firsts[one.key_a], seconds[one.key_b], one) for table, one in zip(tables, here, strict=True)
        )
        found.append(Sitting(slot, tuple(sorted(seatings, key=lambda one: one.table))))
    return tuple(found)


def days(plan: RoundPlan, meetings: Iterable[Meeting]) -> tuple[Day, ...]:
    """Everybody's own timetable, the first side first, in the order of the plan."""
    seated: dict[tuple[str, str | None], list[Seating]] = {}
    for sitting in sittings(plan, meetings):
        for one in sitting.seatings:
            for key in (one.meeting.key_a, one.meeting.key_b):
                seated.setdefault((key, sitting.slot.key if sitting.slot else None), []).append(one)
    return tuple(
        Day(member, tuple(line for slot in plan.slots or (None,) for line in _lines(member, slot, seated)))
        for member in (*plan.firsts, *plan.seconds)
    )


def _lines(member: Member, slot: Slot | None, seated: dict[tuple[str, str | None], list[Seating]]) -> list[Line]:
    held = seated.get((member.key, slot.key if slot else None), [])
    if held:
        return [
            Line(slot, Doing.MEETS, one.second if one.first.key == member.key else one.first, one.table) for one in held
        ]
    if slot is None:
        return []
    return [Line(slot, Doing.AWAY if slot.key in member.not_free else Doing.IDLE)]


def _tables(keys: list[str], usual: dict[str, int], *, has_times: bool) -> list[int]:
    """A table for each: the usual one if nobody here has it, else the lowest free one, kept from then on."""
    if not has_times:
        return list(range(1, len(keys) + 1))
    size = len(keys)
    given: dict[str, int] = {}
    for key in keys:
        if (table := usual.get(key)) and table <= size and table not in given.values():
            given[key] = table
    left = iter(sorted(set(range(1, size + 1)) - set(given.values())))
    for key in keys:
        if key not in given:
            given[key] = next(left)
        usual[key] = given[key]
    return [given[key] for key in keys]
