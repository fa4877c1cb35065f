"""What has to be confirmed before an exclusion stands or falls: ties that nobody has looked into."""

from collections.abc import Iterable

from grandunion.records.matches import Tie
from grandunion.records.needs import Need
from grandunion.terms.verdicts import Absent
from grandunion.work.queries.matches.bench import Line, Record
from grandunion.work.queries.matches.bonds import Key, Parties, parties_of
from grandunion.work.queries.matches.supply import expert_of, owner_of


def side(record: Record) -> Parties:
    """Who stands behind a record."""
    if isinstance(record, Need):
        return parties_of([record.owner_id], [record.contact_person_id])
    owner = owner_of(record)
    return parties_of([owner.pk if owner else None], [expert_of(record)])


def unsettled(record: Record, lines: Iterable[Line]) -> dict[str, list[Tie]]:
    """The ties that keep these apart from the record and that nobody has looked into, by number; in one question."""
    asked = {line.number: side(line.record) for line in lines if line.score.asks is not None}
    mine = side(record)
    theirs = Parties(
        frozenset().union(*(one.organisations for one in asked.values())),
        frozenset().union(*(one.persons for one in asked.values())),
    )
    if not mine or not theirs:
        return {}
    rows = Tie.objects.unscoped("ties that nobody has looked into keep apart until the desk has").filter(
        ended_at=None, is_confirmed=None
    )
    rows = rows.filter((mine.asked("") & theirs.asked("other_")) | (mine.asked("other_") & theirs.asked("")))
    known = list(rows.select_related("organisation", "person", "other_organisation", "other_person").order_by("pk"))
    return {number: [tie for tie in known if _joins(tie, mine, one)] for number, one in asked.items()}


def tie(pk: int) -> Tie:
    """One tie that still holds, for the desk."""
    rows = Tie.objects.unscoped("the desk looks into a tie").filter(pk=pk, ended_at=None)
    found = next(iter(rows.select_related("organisation", "person", "other_organisation", "other_person")), None)
    if found is None:
        raise Absent
    return found


def _joins(tie: Tie, one: Parties, other: Parties) -> bool:
    """Whether a tie has an end on each side."""
    here = _end(tie.organisation_id, tie.person_id)
    there = _end(tie.other_organisation_id, tie.other_person_id)
    return (one.has(*here) and other.has(*there)) or (one.has(*there) and other.has(*here))


def _end(organisation: int | None, person: int | None) -> Key:
    return ("organisation", organisation) if organisation else ("person", person)
