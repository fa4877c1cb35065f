"""The one door to rows: what a reader may see, in SQL."""

from django.db.models import Q, QuerySet

from grandunion.records.parties import Access
from grandunion.terms.readers import Reader
from grandunion.terms.verdicts import Absent
from grandunion.work.queries.base.policy import Allowed

BIGGEST = 2**63 - 1


def visible(record: type, reader: Reader) -> QuerySet:
    """The rows of a guarded record that the reader may see now (the policy itself: `policy.Allowed`)."""
    return record.objects.scoped(Q() if reader.is_house else Q(Allowed(record, reader)))


def access_of(reader: Reader) -> QuerySet:
    """The reader's own access rows that hold now, by person or by organisation."""
    mine = Q(user=reader.user_id) | Q(organisation__in=reader.organisation_ids)
    holds = Q(expires_at=None) | Q(expires_at__gt=reader.at)
    return Access.objects.unscoped("a reader's own access rows decide what the reader sees").filter(mine & holds)


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
