"""The one door to rows: what a reader may see, in SQL."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from grandunion.records.parties import Access
from grandunion.terms.readers import Reader
from grandunion.terms.secrecy import Level
from grandunion.terms.verdicts import Absent

BIGGEST = 2**63 - 1


def visible(record: type, reader: Reader) -> QuerySet:
    """The rows of a guarded record that the reader may see now.

    The same policy stands in plain Python in `work/permissions/base.may_see`; a property test
    holds the two equal. Order: level, then relation, and conflict of interest beats every allow.
    """
    if reader.is_house:
        return record.objects.scoped(Q())
    allowed = record.objects.scoped(_allowed(record, reader))
    return allowed.exclude(_in_conflict(record, reader)) if reader.conflicts else allowed


def _allowed(record: type, reader: Reader) -> Q:
    allowed = _public(record)
    if not reader.is_signed_in:
        return allowed
    levels = []
    if reader.is_member:
        levels = [Level.PUBLIC, Level.MEMBERS]
    if reader.reads_rows and reader.areas is None:
        levels = [Level.PUBLIC, Level.MEMBERS, Level.ORGANISATION]
    allowed |= Q(level__in=levels)
    if reader.reads_rows and reader.areas is not None and _has(record, "area"):
        allowed |= Q(level=Level.ORGANISATION) & (Q(area=None) | Q(area__in=reader.areas))
    return allowed | _related(record, reader)


def _public(record: type) -> Q:
    """Public rows; of a case only in the states that are published."""
    states = getattr(record, "public_states", None)
    return Q(level=Level.PUBLIC) & (Q(state__in=states) if states else Q())


def _related(record: type, reader: Reader) -> Q:
    """Rows the reader has to do with: owner, officer in charge, or named."""
    related = Q()
    owner = "owner__in" if _has(record, "owner") else "pk__in"
    if reader.organisation_ids and (_has(record, "owner") or record.kind == "organisation"):
        related |= Q(**{owner: reader.organisation_ids}) & ~Q(level=Level.NAMED)
    if _has(record, "in_charge"):
        related |= Q(in_charge=reader.user_id)
    if record.kind == "person" and reader.person_id:
        related |= Q(pk=reader.person_id)
    return related | Exists(access_of(reader).filter(subject_kind=record.kind, subject_id=OuterRef("pk")))


def access_of(reader: Reader) -> QuerySet:
    """The reader's own access rows that hold now, by person or by organisation."""
    mine = Q(user=reader.user_id) | Q(organisation__in=reader.organisation_ids)
    holds = Q(expires_at=None) | Q(expires_at__gt=reader.at)
    return Access.objects.unscoped("a reader's own access rows decide what the reader sees").filter(mine & holds)


def _in_conflict(record: type, reader: Reader) -> Q:
    owner = Q(owner__in=reader.conflicts) if _has(record, "owner") else Q(pk__in=reader.conflicts)
    if record.kind == "person":
        return Q(pk=None)
    return owner & ~Q(level=Level.PUBLIC)


def _has(record: type, field: str) -> bool:
    return any(known.name == field for known in record._meta.concrete_fields)


def one(rows: QuerySet, **by: object) -> object:
    """The one row asked for, or Absent: what is not there and what is not yours are not told apart."""
    found = rows.filter(**by).first() if _is_sound(by) else None
    if found is None:
        raise Absent
    return found


def _is_sound(by: dict) -> bool:
    """Whether the database can be asked at all: no NUL byte, no lone surrogate, no giant number."""
    for value in by.values():
        if isinstance(value, str):
            if "\x00" in value or not value.isprintable():
                return False
        elif isinstance(value, int) and abs(value) > BIGGEST:
            return False
    return True
