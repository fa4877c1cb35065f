"""What has to be looked into before an exclusion stands or falls: ties that nobody has confirmed."""

from collections.abc import Iterable
from dataclasses import dataclass

from grandunion.records.matches import Tie
from grandunion.records.needs import Need
from grandunion.records.parties import Organisation, Person
from grandunion.terms.matches import TieKind
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text
from grandunion.work.queries import parties
from grandunion.work.queries.matches.bench import Line, Record
from grandunion.work.queries.matches.bonds import INVENTED, Parties, declared, ends, inventions, parties_of
from grandunion.work.queries.matches.supply import expert_of, owner_of

Party = Organisation | Person


@dataclass(frozen=True, slots=True)
class Question:
    """Whether two are tied, as somebody said or a record lets suppose; `is_open`: the reader may see both."""

    tie_kind: TieKind
    one: Party
    other: Party
    source: str | Text
    is_open: bool = True

    def joins(self, mine: Parties, theirs: Parties) -> bool:
        """Whether it has an end on each side."""
        return _joins(self.one, self.other, mine, theirs)


def side(record: Record) -> Parties:
    """Who stands behind a record."""
    if isinstance(record, Need):
        return parties_of([record.owner_id], [record.contact_person_id])
    owner = owner_of(record)
    return parties_of([owner.pk if owner else None], [expert_of(record)])


def unsettled(record: Record, lines: Iterable[Line], reader: Reader) -> dict[str, list[Question]]:
    """The questions that keep these apart from the record, by number; in a few questions to the database for all."""
    asked = {line.number: side(line.record) for line in lines if line.score.asks is not None}
    mine = side(record)
    theirs = Parties(
        frozenset().union(*(one.organisations for one in asked.values())),
        frozenset().union(*(one.persons for one in asked.values())),
    )
    found = questions(mine, theirs, reader)
    return {number: [one for one in found if one.joins(mine, behind)] for number, behind in asked.items()}


def questions(mine: Parties, theirs: Parties, reader: Reader) -> tuple[Question, ...]:
    """What nobody has confirmed of ties between two sides, each once."""
    if not mine or not theirs:
        return ()
    held = declared(mine)
    found = [Question(TieKind(tie.tie_kind), *ends(tie), tie.source) for tie in held if _waits(tie, mine, theirs)]
    found += [
        Question(TieKind.CO_AUTHOR, me, you, INVENTED)
        for me, you, is_sure in inventions(held, mine, theirs) if not is_sure
    ]  # fmt: skip
    once = {(one.tie_kind, frozenset((one.one.number, one.other.number))): one for one in found}
    return _for(reader, tuple(once.values()))


def open_tie(one: Party, other: Party, tie_kind: TieKind) -> Tie | None:
    """The tie of this kind that is on record between two and has not ended, whichever of them is named first."""
    here, there = parties_of_one(one), parties_of_one(other)
    return next((tie for tie in declared(here) if tie.tie_kind == tie_kind and _joins(*ends(tie), here, there)), None)


def parties_of_one(party: Party) -> Parties:
    """One organisation or person as a side."""
    one = frozenset({party.pk})
    return Parties(organisations=one) if party.kind == "organisation" else Parties(persons=one)


def _waits(tie: Tie, mine: Parties, theirs: Parties) -> bool:
    return tie.is_confirmed is None and _joins(*ends(tie), mine, theirs)


def _joins(one: Party, other: Party, mine: Parties, theirs: Parties) -> bool:
    here, there = (one.kind, one.pk), (other.kind, other.pk)
    return (mine.has(*here) and theirs.has(*there)) or (mine.has(*there) and theirs.has(*here))


def _for(reader: Reader, found: tuple[Question, ...]) -> tuple[Question, ...]:
    """The questions with whether both their ends are open to the reader."""
    numbers = {end.number for one in found for end in (one.one, one.other)}
    if not numbers:
        return ()
    seen = {
        number
        for rows in (parties.organisations(reader), parties.persons(reader))
        for number in rows.filter(number__in=numbers).values_list("number", flat=True)
    }
    return tuple(
        Question(one.tie_kind, one.one, one.other, one.source, {one.one.number, one.other.number} <= seen)
        for one in found
    )
