"""Ties between parties as the desk reads them, and those somebody declared for their own side."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from grandunion.records.matches import Tie
from grandunion.records.parties import Organisation, Person
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent
from grandunion.work.queries import parties

Party = Organisation | Person
SHOWN = 100
CLOSED = Text("(not open to you)", "（您无权查看）")
DRAWN = ("organisation", "person", "other_organisation", "other_person", "declared_by", "settled_by")


@dataclass(frozen=True, slots=True)
class End:
    """One end of a tie: what it is called and where its record is, as far as both are open to the reader."""

    name: Text
    url: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A tie with both its ends as the reader may read them."""

    tie: Tie
    one: End
    other: End


def party(number: str, reader: Reader) -> Party:
    """The organisation or person of this number, if the reader may see it."""
    if number.upper().startswith("PER-"):
        return parties.person(number, reader)
    return parties.organisation(number, reader)


def party_called(written: str, reader: Reader) -> Party | None:
    """The party of this number, or the only one of this full name, that the reader may see."""
    called = Q(number__iexact=written) | Q(name_zh=written) | Q(name_en__iexact=written)
    found = [
        party
        for rows in (parties.organisations(reader), parties.persons(reader))
        for party in rows.filter(called).order_by("pk")[:2]
    ]
    return found[0] if len(found) == 1 else None


def ties_of(party: Party, reader: Reader) -> tuple[Told, ...]:
    """The ties of a party: all of them for the desk; others read those they declared themselves."""
    rows = _rows().filter(Q(**{party.kind: party}) | Q(**{f"other_{party.kind}": party}))
    return _told(rows if reader.is_officer else rows.filter(declared_by=reader.user_id), reader)


def waiting_ties(reader: Reader) -> tuple[Told, ...]:
    """The ties that nobody has looked into, the oldest first; for the desk."""
    if not reader.is_officer:
        return ()
    return _told(_rows().filter(is_confirmed=None, ended_at=None).order_by("declared_at", "pk"), reader)


def get_tie(pk: int, reader: Reader) -> Tie:
    """One tie, for the desk."""
    row = _rows().filter(pk=pk).first() if reader.is_officer else None
    if row is None:
        raise Absent
    return row


def _rows() -> QuerySet[Tie]:
    rows = Tie.objects.unscoped("ties are read by the desk, and by whoever declared them")
    return rows.select_related(*DRAWN).order_by("ended_at", "-declared_at", "-pk")


def _told(rows: QuerySet[Tie], reader: Reader) -> tuple[Told, ...]:
    ties = list(rows[:SHOWN])
    ends = [end for tie in ties for end in (_one(tie), _other(tie))]
    seen = {("organisation", pk) for pk in _seen(parties.organisations(reader), ends, "organisation")} | {
        ("person", pk) for pk in _seen(parties.persons(reader), ends, "person")
    }
    return tuple(Told(tie, _end(_one(tie), seen), _end(_other(tie), seen)) for tie in ties)


def _one(tie: Tie) -> Party:
    return tie.organisation or tie.person


def _other(tie: Tie) -> Party:
    return tie.other_organisation or tie.other_person


def _seen(rows: QuerySet, ends: list[Party], kind: str) -> list[int]:
    ids = {end.pk for end in ends if end.kind == kind}
    return list(rows.filter(pk__in=ids).values_list("pk", flat=True)) if ids else []


def _end(end: Party, seen: set[tuple[str, int]]) -> End:
    if (end.kind, end.pk) not in seen:
        return End(CLOSED, "")
    return End(end.name, f"/w/{end.kind}s/{end.number}/", end.number)
