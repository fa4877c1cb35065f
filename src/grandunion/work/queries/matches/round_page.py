"""Everything the pages of a round show: seats, pairs as a matrix, the timetable, who is left out and why."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from grandunion.engines.matching.rounds import Day, Meeting, RoundPlan, Sitting, days, sittings
from grandunion.records.matches import Appointment, Pairing, Participant, Round
from grandunion.terms.matches import Side
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text
from grandunion.work.queries.matches.round_pairs import organisation_of
from grandunion.work.queries.matches.rounds import (
    appointments,
    key_of,
    name_of,
    names_of,
    pairings,
    participants,
    plan_from,
)

WARMTH = 5  # steps of warmth in the matrix


@dataclass(frozen=True, slots=True)
class Seat:
    """One participant as the pages show it; `meetings` how many are assigned now."""

    row: Participant
    name: Text
    meetings: int
    least: int
    most: int

    @property
    def brought(self) -> object:
        """The record that takes part."""
        row = self.row
        return row.need or row.offer or row.achievement or row.organisation or row.person

    @property
    def who(self) -> Text:
        """What the participant is called where what they bring stands beside it."""
        return name_of(self.row)

    @property
    def is_out(self) -> bool:
        """Whether this one has cancelled."""
        return self.row.cancelled_at is not None


@dataclass(frozen=True, slots=True)
class Cell:
    """One pair in the matrix; `row` is None where nothing was worked out, `slot` None where they do not meet."""

    needing: Seat
    offering: Seat
    row: Pairing | None
    slot: Text | None

    @property
    def percent(self) -> int | None:
        return None if self.row is None else round(self.row.value * 100)

    @property
    def warmth(self) -> int:
        """From 0, worth nothing, to 5."""
        return 0 if self.row is None else min(int(self.row.value * WARMTH * Decimal("1.2")), WARMTH)

    @property
    def is_kept_apart(self) -> bool:
        return self.row is not None and self.row.ruling < 0

    @property
    def is_set_down(self) -> bool:
        return self.row is not None and self.row.ruling > 0

    @property
    def reason(self) -> Text | None:
        """Why they are kept apart or set down."""
        if self.row is None or not (self.row.reason_en or self.row.reason_zh):
            return None
        return Text(self.row.reason_en, self.row.reason_zh)


@dataclass(frozen=True, slots=True)
class RoundPage:
    """A round whole, for the desk; the plan as the engine reads it, and the meetings in their places."""

    needing: tuple[Seat, ...]
    offering: tuple[Seat, ...]
    plan: RoundPlan
    meetings: tuple[Appointment, ...]
    pairs: tuple[Pairing, ...]
    sittings: tuple[Sitting, ...]
    days: tuple[Day, ...]
    unplaced: tuple[tuple[Seat, int, Text], ...]

    @property
    def seats(self) -> tuple[Seat, ...]:
        return (*self.needing, *self.offering)


def round_page(round_: Round, reader: Reader, *, is_desk: bool) -> RoundPage:
    """What the desk reads of a round in three questions; everybody else only their own meetings and themselves."""
    met = tuple(appointments(round_, reader, is_desk=is_desk))
    rows = participants(round_) if is_desk else _of(met)
    pairs = tuple(pairings(round_)) if is_desk else ()
    counts = Counter(pk for one in met for pk in (one.needing_id, one.offering_id))
    names = names_of(rows, lambda row: is_desk or _is_own(row, reader))
    plan = plan_from(round_, rows, pairs, names)
    loads = {one.key: one for one in (*plan.firsts, *plan.seconds)}
    seats = {row.pk: Seat(row, names[row.pk], counts[row.pk], loads[key_of(row)].min_load, loads[key_of(row)].max_load)
             for row in rows}  # fmt: skip
    values = {(key_of(one.needing_id), key_of(one.offering_id)): one.value for one in pairs}
    meetings = [_meeting(one, values) for one in met]
    return RoundPage(
        *(tuple(seat for seat in seats.values() if seat.row.side == side) for side in (Side.NEEDING, Side.OFFERING)),
        plan, met, pairs, sittings(plan, meetings), days(plan, meetings), _left_out(round_, seats) if is_desk else (),
    )  # fmt: skip


def _of(met: Iterable[Appointment]) -> list[Participant]:
    found = {one.pk: one for row in met for one in (row.needing, row.offering)}
    return [found[pk] for pk in sorted(found)]


def _meeting(row: Appointment, values: Mapping[tuple[str, str], Decimal]) -> Meeting:
    keys = key_of(row.needing_id), key_of(row.offering_id)
    return Meeting(*keys, row.slot or None, values.get(keys, Decimal(0)))


def _left_out(round_: Round, seats: Mapping[int, Seat]) -> tuple[tuple[Seat, int, Text], ...]:
    """Who has too few meetings, or none, and why; as the last assignment said it."""
    return tuple(
        (seats[one["participant"]], one["missing"], Text(one["en"], one["zh"]))
        for one in round_.answer.get("unplaced", ()) if one["participant"] in seats
    )  # fmt: skip


def matrix(found: RoundPage) -> list[tuple[Seat, list[Cell]]]:
    """Every pair of those who still take part, a line for each of the needing side."""
    worth = {(one.needing_id, one.offering_id): one for one in found.pairs}
    names = {one.key: one.name for one in found.plan.slots}
    met = {(one.needing_id, one.offering_id): names.get(one.slot, Text("yes", "是")) for one in found.meetings}
    across = [one for one in found.offering if not one.is_out]
    return [
        (seat, [Cell(seat, other, worth.get((seat.row.pk, other.row.pk)), met.get((seat.row.pk, other.row.pk)))
                for other in across])
        for seat in found.needing if not seat.is_out
    ]  # fmt: skip


def own_seats(found: RoundPage, reader: Reader) -> frozenset[str]:
    """The keys of those whose own timetable the reader reads."""
    return frozenset(key_of(seat.row) for seat in found.seats if _is_own(seat.row, reader))


def _is_own(row: Participant, reader: Reader) -> bool:
    persons = (row.person_id, row.offer and row.offer.person_id)
    return organisation_of(row) in reader.organisation_ids or (
        reader.person_id is not None and reader.person_id in persons
    )


def day_of(found: RoundPage, keys: Sequence[str] | frozenset[str]) -> list[Day]:
    """The timetables of these, in the order of the round."""
    return [one for one in found.days if one.member.key in keys]


def seat_of(round_: Round, pk: int) -> Participant | None:
    """One participant of a round that was opened."""
    return next((one for one in participants(round_) if one.pk == pk), None)
