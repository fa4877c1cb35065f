"""Who takes part in a round: let in one by one, by a list of numbers or all that fit; their loads and times."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from grandunion.records.matches import Participant, Round
from grandunion.terms.matches import Side
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Invalid, Problem, Refused
from grandunion.work.actions import journal
from grandunion.work.actions.base import atomic
from grandunion.work.actions.matches.round_values import cleaned_seat
from grandunion.work.actions.matches.rounds import may_plan
from grandunion.work.queries import matches
from grandunion.work.queries.matches.round_seats import Brought, brought, seated

MOST_NUMBERS = 1000
MOST_SEATS = 2000  # pairs grow with both sides


@atomic
def add_participant(
    round_: Round, side: Side, one: Brought, *, by: Reader, at: datetime, seat: Mapping[str, object] | None = None
) -> Participant:
    """Let somebody take part on a side, with what they bring; `seat` their own loads and times not free."""
    may_plan(round_, by)
    if (one.kind, one.pk) in seated(round_):
        raise Refused(Text("This one takes part already.", "该参与者已在名单中。"))
    made = Participant.objects.create(
        round=round_, side=Side(side).value, joined_at=at, **{one.kind: one}, **cleaned_seat(seat or {}, round_)
    )
    journal.note("round.joined", round_, by=by, at=at, changes={"participant": (None, one.number)})
    return made


@atomic
def add_numbers(round_: Round, side: Side, numbers: Sequence[str], *, by: Reader, at: datetime) -> int:
    """Let everything with these numbers take part, all or none; who takes part already stays. Answers how many came.

    Raises Invalid naming each number, by its place in the list, that the reader does not see or that has no side here.
    """
    may_plan(round_, by)
    wanted = list(dict.fromkeys(number.strip().upper() for number in numbers if number.strip()))
    if len(wanted) > MOST_NUMBERS:
        said = Text(f"At most {MOST_NUMBERS} numbers at once.", f"一次最多添加 {MOST_NUMBERS} 个编号。")
        raise Invalid(Problem("numbers", said))
    found = brought(wanted, by)
    missing = [
        Problem("numbers", Text(f"Nothing called {number} can take part.", f"没有可参加的记录：{number}。"), row)
        for row, number in enumerate(wanted, 1) if number not in found
    ]  # fmt: skip
    if missing:
        raise Invalid(*missing)
    return add_all(round_, side, found.values(), by=by, at=at)


@atomic
def add_all(round_: Round, side: Side, some: Iterable[Brought], *, by: Reader, at: datetime) -> int:
    """Let all of these take part who do not yet; answers how many came."""
    may_plan(round_, by)
    there = seated(round_)
    fresh = [one for one in some if (one.kind, one.pk) not in there]
    if len(there) + len(fresh) > MOST_SEATS:
        raise Refused(Text(f"At most {MOST_SEATS} take part in a round.", f"每场最多 {MOST_SEATS} 个参与者。"))
    Participant.objects.bulk_create([
        Participant(round=round_, side=Side(side).value, joined_at=at, **{one.kind: one}) for one in fresh
    ])  # fmt: skip
    if fresh:
        journal.note("round.joined", round_, by=by, at=at, changes={"participants": (None, len(fresh))})
    return len(fresh)


@atomic
def change_seat(one: Participant, seat: Mapping[str, object], *, by: Reader, at: datetime) -> Participant:
    """Give a participant loads of their own and say when they are not free, while the round is planned."""
    may_plan(one.round, by)
    cleaned = cleaned_seat(seat, one.round)
    rows = Participant.objects.unscoped("whoever runs a round sets its participants' loads").filter(pk=one.pk)
    rows.update(**cleaned)
    for name, value in cleaned.items():
        setattr(one, name, value)
    journal.note("round.seated", one.round, by=by, at=at, changes={"participant": (None, one.pk)})
    return one


@atomic
def remove_participant(one: Participant, *, by: Reader, at: datetime) -> None:
    """Strike somebody off who was let in by mistake, before anything is assigned; their pairs go too."""
    may_plan(one.round, by)
    if matches.has_meetings(one):
        raise Refused(
            Text("Meetings are assigned with this one: record that they do not come.",
                 "该参与者已编排会谈：请登记其不能到场。")
        )  # fmt: skip
    Participant.objects.unscoped("whoever runs a round strikes off who does not belong").filter(pk=one.pk).delete()
    journal.note("round.left", one.round, by=by, at=at, changes={"participant": (one.pk, None)})
