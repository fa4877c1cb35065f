"""Takes a round's spreadsheet in: participants, pairs and meetings, all of it or nothing, every fault with its row."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from grandunion.engines.matching.rounds import FORBIDDEN, FORCED, Meeting, RoundPlan
from grandunion.engines.matching.rounds.exchange import meetings_of, plan_of
from grandunion.records.matches import Appointment, Pairing, Participant, Round
from grandunion.terms.matches import Side
from grandunion.terms.readers import Reader
from grandunion.terms.rounds import RoundState
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Invalid, Problem, invalid
from grandunion.work.actions import base, journal
from grandunion.work.actions.base import atomic
from grandunion.work.actions.matches.round_seats import MOST_SEATS
from grandunion.work.actions.matches.rounds import assign_round, keep_meetings, may_plan
from grandunion.work.actions.parties.values import sound
from grandunion.work.queries import matches
from grandunion.work.queries.matches.round_seats import Brought, brought

Row = Mapping[str, str]
TABLES = ("members", "slots", "pairs", "meetings")


@atomic
def import_round(round_: Round, tables: Mapping[str, Iterable[Row]], *, by: Reader, at: datetime) -> dict[str, int]:
    """Take in the tables that came: participants by record number join or change, pairs and meetings replace.

    Answers how many rows of each. Raises Invalid with every fault as table.column and row, and keeps nothing.
    """
    may_plan(round_, by)
    given = {name: list(tables[name]) for name in TABLES if name in tables and name != "slots"}
    if not any(given.values()):
        raise invalid("file", "The file has none of the tables members, pairs, meetings.",
                      "文件中没有 members、pairs、meetings 任一工作表。")  # fmt: skip
    known = [{"key": one["code"]} for one in round_.slots]
    plan = plan_of(given.get("members", ()), known, given.get("pairs", ()))
    seats = _join(round_, plan, by=by, at=at)
    if "pairs" in given:
        _keep_pairs(round_, plan, seats)
    if "meetings" in given:
        _keep_meetings(round_, meetings_of(given["meetings"]), seats, by=by, at=at)
    base.change(round_, at=at)
    counts = {name: len(rows) for name, rows in given.items()}
    journal.note("round.imported", round_, by=by, at=at, changes={name: (None, n) for name, n in counts.items()})
    return counts


def _join(round_: Round, plan: RoundPlan, *, by: Reader, at: datetime) -> dict[str, Participant]:
    """Everybody who takes part now, by number; who stands in the file joins or gets the loads written there."""
    there = {_number(one): one for one in matches.participants(round_) if one.cancelled_at is None}
    sides = [(Side.NEEDING, one) for one in plan.firsts] + [(Side.OFFERING, one) for one in plan.seconds]
    records = brought((one.key.upper() for _, one in sides), by)
    _refuse(_strangers(round_, sides, records, there))
    for side, one in sides:
        loads = {"min_load": one.min_load, "max_load": one.max_load, "not_free": sorted(one.not_free)}
        number = one.key.upper()
        if number in there:
            rows = Participant.objects.unscoped("whoever runs a round sets its participants' loads")
            rows.filter(pk=there[number].pk).update(**loads)
        else:
            record = records[number]
            there[number] = Participant.objects.create(
                round=round_, side=side.value, joined_at=at, **{record.kind: record}, **loads
            )
    return there


def _number(one: Participant) -> str:
    return (one.need or one.offer or one.achievement or one.organisation or one.person).number


def _strangers(
    round_: Round, sides: list, records: Mapping[str, Brought], there: Mapping[str, Participant]
) -> Iterator[Problem]:
    codes = {one["code"] for one in round_.slots}
    if len(sides) > MOST_SEATS:
        yield Problem("members", Text(f"At most {MOST_SEATS} take part.", f"最多 {MOST_SEATS} 个参与者。"))
    seen: set[str] = set()
    for row, (side, one) in enumerate(sides, 1):
        number = one.key.upper()
        if number in seen:
            yield Problem("members.key", Text(f"{number} is there twice.", f"{number} 重复。"), row)
        seen.add(number)
        if number not in records:
            yield Problem("members.key", Text(f"{number} is not known here.", f"没有编号 {number}。"), row)
        elif number in there and there[number].side != side:
            yield Problem("members.side", Text(f"{number} is on the other side.", f"{number} 已在另一方。"), row)
        if one.min_load > one.max_load:
            yield Problem("members.max_load", Text("The most lies below the least.", "上限低于下限。"), row)
        for code in sorted(one.not_free - codes):
            yield Problem("members.not_free", Text(f"There is no time {code}.", f"没有时段 {code}。"), row)


def _keep_pairs(round_: Round, plan: RoundPlan, seats: Mapping[str, Participant]) -> None:
    """The pairs of the file take the place of all there were; a ruling in the file is one by hand."""
    ends = [(one.key_a.upper(), one.key_b.upper()) for one in plan.pairs]
    _refuse(_unpaired("pairs", ends, seats))
    rows = Pairing.objects.unscoped("the pairs of a round are taken from a file by whoever runs it")
    rows.filter(round=round_).delete()
    Pairing.objects.bulk_create([
        Pairing(
            round=round_, needing=seats[a], offering=seats[b], value=one.value, ruling=one.constraint,
            is_by_hand=one.constraint in (FORBIDDEN, FORCED),
            reason_en=sound("pairs.reason_en", one.reason.en if one.reason else "", 500),
            reason_zh=sound("pairs.reason_zh", one.reason.zh if one.reason else "", 500),
        )
        for one, (a, b) in zip(plan.pairs, ends, strict=True)
    ])  # fmt: skip


def _keep_meetings(
    round_: Round, meetings: tuple[Meeting, ...], seats: Mapping[str, Participant], *, by: Reader, at: datetime
) -> None:
    """The meetings of the file take the place of those assigned; nobody is in two places at once."""
    ends = [(one.key_a.upper(), one.key_b.upper()) for one in meetings]
    codes = {one["code"] for one in round_.slots}
    bodies = {_number(one): matches.body_of(one) or _number(one) for one in matches.participants(round_)}
    _refuse((*_unpaired("meetings", ends, seats), *_clashes(meetings, ends, codes, bodies)))
    if round_.state == RoundState.DRAFT:
        assign_round(round_, by=by, at=at)
    rows = Appointment.objects.unscoped("the meetings of a round are taken from a file by whoever runs it")
    rows.filter(round=round_).delete()
    keep_meetings(round_, tuple(
        Meeting(str(seats[a].pk), str(seats[b].pk), one.slot) for one, (a, b) in zip(meetings, ends, strict=True)
    ))  # fmt: skip
    base.change(round_, at=at, answer={})


def _unpaired(table: str, ends: list[tuple[str, str]], seats: Mapping[str, Participant]) -> Iterator[Problem]:
    seen: set[tuple[str, str]] = set()
    for row, pair in enumerate(ends, 1):
        for column, number, side in zip(("key_a", "key_b"), pair, (Side.NEEDING, Side.OFFERING), strict=True):
            if number not in seats or seats[number].side != side:
                said = Text(f"{number} does not take part on that side.", f"{number} 未在该方参加。")
                yield Problem(f"{table}.{column}", said, row)
        if pair in seen:
            yield Problem(f"{table}.key_a", Text("The pair stands there twice.", "该配对重复。"), row)
        seen.add(pair)


def _clashes(
    meetings: tuple[Meeting, ...], ends: list[tuple[str, str]], codes: set[str], bodies: Mapping[str, str]
) -> Iterator[Problem]:
    """Who would sit in two meetings in one slot, for whatever they take part with."""
    busy: set[tuple[str, str]] = set()
    for row, (one, pair) in enumerate(zip(meetings, ends, strict=True), 1):
        if codes and one.slot not in codes:
            yield Problem("meetings.slot", Text(f"There is no time {one.slot}.", f"没有时段 {one.slot or ''}。"), row)
            continue
        for number in pair:
            if one.slot and (bodies.get(number, number), one.slot) in busy:
                said = Text(f"{number} meets somebody else then.", f"{number} 在该时段已有会谈。")
                yield Problem("meetings.slot", said, row)
        busy |= {(bodies.get(number, number), one.slot or "") for number in pair}


def _refuse(problems: Iterable[Problem]) -> None:
    if found := tuple(problems):
        raise Invalid(*found)
