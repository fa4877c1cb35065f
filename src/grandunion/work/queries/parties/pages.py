"""Everything the pages of an organisation and of a person show, up to the reader's class."""

from dataclasses import dataclass

from grandunion.records.parties import Merge, Organisation, OrganisationLabel, OrganisationName, Person, Position
from grandunion.terms.readers import Reader
from grandunion.terms.verdicts import Absent
from grandunion.work.queries.base import opened
from grandunion.work.queries.parties.children import further_names, labels, positions_of, staff_of
from grandunion.work.queries.parties.rows import organisations

RELATED = ("area", "industry", "region", "merged_into")


@dataclass(frozen=True, slots=True)
class OrganisationPage:
    """An organisation with what hangs on it."""

    organisation: Organisation
    names: tuple[OrganisationName, ...]
    labels: tuple[OrganisationLabel, ...]
    positions: tuple[Position, ...]
    absorbed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PersonPage:
    """A person with the positions in time."""

    person: Person
    positions: tuple[Position, ...]


def organisation(number: str, reader: Reader) -> Organisation:
    """The organisation with this number, if the reader may see it; raises Absent."""
    return opened(Organisation, reader, *RELATED, number=number)


def person(number: str, reader: Reader) -> Person:
    """The person with this number, if the reader may see them; raises Absent."""
    return opened(Person, reader, number=number)


def organisation_page(record: Organisation, reader: Reader) -> OrganisationPage:
    """What hangs on an organisation the reader has opened."""
    merges = Merge.objects.unscoped("the log of merges into an organisation the reader has opened")
    return OrganisationPage(
        organisation=record,
        names=tuple(further_names(record)),
        labels=tuple(labels(record)),
        positions=tuple(staff_of(record, reader)),
        absorbed=tuple(merges.filter(survivor=record).order_by("at").values_list("absorbed_number", flat=True)),
    )


def person_page(record: Person, reader: Reader) -> PersonPage:
    """What hangs on a person the reader has opened."""
    return PersonPage(person=record, positions=tuple(positions_of(record, reader)))


def own_position(record: Organisation | Person, position_id: int) -> Position:
    """One position at this organisation or of this person, or Absent."""
    rows = Position.objects.unscoped("children of a record the reader has opened")
    parent = {"organisation": record} if isinstance(record, Organisation) else {"person": record}
    row = rows.filter(**parent, pk=position_id).select_related("person", "organisation").first()
    if row is None:
        raise Absent
    return row


def successor(record: Organisation, reader: Reader) -> Organisation | None:
    """The living record a merged one became, if the reader may see it."""
    seen: set[int] = set()
    while record.merged_into_id and record.pk not in seen:
        seen.add(record.pk)
        record = organisations(reader).filter(pk=record.merged_into_id).first() or record
    return record if record.status != "merged" else None
