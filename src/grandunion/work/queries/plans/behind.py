"""What stands behind one mark of a chart: the records counted on its day, under its label, as they were known then."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Q, QuerySet

from grandunion.records.lists import Term
from grandunion.records.parties import Organisation
from grandunion.records.plans import Indicator
from grandunion.terms.counting import Dimension
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text
from grandunion.work.queries import lists
from grandunion.work.queries.base import Listing, one, visible
from grandunion.work.queries.plans.figures import LISTS
from grandunion.work.queries.plans.opening import counting, records

NOT_RECORDED = "-"  # in an address: those that have no area, no field …
NOWHERE = Text("Not recorded", "未登记")


@dataclass(frozen=True, slots=True)
class Label:
    """What a mark stands for: an area, a field, a university; nothing (`pk` None) where none is recorded."""

    dimension: Dimension
    pk: int | None
    name: Text


@dataclass(frozen=True, slots=True)
class Behind:
    """The list of a mark's records; `hidden` more are not open to the reader (None: not told)."""

    listing: Listing
    labels: tuple[Label, ...]
    hidden: int | None


def labels_of(given: Mapping[str, str], reader: Reader) -> tuple[Label, ...]:
    """The labels that an address names, by dimension; refuses an unknown code, Absent for what the reader sees not."""
    return tuple(
        _label(dimension, given[dimension.value], reader) for dimension in Dimension if given.get(dimension.value)
    )


def _label(dimension: Dimension, code: str, reader: Reader) -> Label:
    if code == NOT_RECORDED:
        return Label(dimension, None, NOWHERE)
    found: Term | Organisation
    if dimension in LISTS:
        found = lists.term(LISTS[dimension], code, dimension.value)
    else:
        found = one(visible(Organisation, reader), number=code)
    return Label(dimension, found.pk, found.name)


def behind(
    wanted: Indicator, labels: tuple[Label, ...], *, as_of: date, reader: Reader, known_at: datetime | None = None
) -> Behind:
    """The records that one mark counts, as far as the reader may open them; Absent where nothing counts it."""
    counted = counting(wanted, as_of=as_of, known_at=known_at)
    narrowed = Q(**{label.dimension.value: label.pk for label in labels})
    lines = counted.lines().filter(narrowed)

    def scope(asking: Reader) -> QuerySet:
        return counted.rows(asking).filter(pk__in=lines.values("subject_id"))

    listing = records(wanted, as_of=as_of, reader=reader, known_at=known_at).listing
    listing = replace(listing, scope=scope, filters=())
    if not reader.reads_rows:
        return Behind(listing, labels, None)
    return Behind(listing, labels, lines.values("subject_id").distinct().count() - listing.rows(reader).count())
