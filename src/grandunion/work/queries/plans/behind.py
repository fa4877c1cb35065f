"""What stands behind one mark of a chart: the records counted on its day, under its label, as they were known then."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from grandunion.records.lists import Term
from grandunion.records.parties import Organisation
from grandunion.records.plans import Indicator
from grandunion.terms.counting import Dimension
from grandunion.terms.periods import months_after
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text
from grandunion.work.queries import lists
from grandunion.work.queries.base import Listing, opened
from grandunion.work.queries.plans.figures import LISTS
from grandunion.work.queries.plans.opening import Counting, counting, records
from grandunion.work.queries.plans.tally import Slot, lines, within

DAY = timedelta(days=1)
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
        found = opened(Organisation, reader, number=code)
    return Label(dimension, found.pk, found.name)


@dataclass(frozen=True, slots=True)
class OfMonth(Counting):
    """What a flow counts that is dated in one month, and still holds on the day."""

    month: date = date.min

    def lines(self) -> QuerySet:
        """The lines of the ledger of that month."""
        last = min(months_after(self.month, 1) - DAY, self.as_of)
        return lines(self.ask).filter(within(Slot(self.month, last, self.as_of)), definition=self.definition)


def behind(
    wanted: Indicator, labels: tuple[Label, ...], *, as_of: date, reader: Reader, known_at: datetime | None = None,
    month: date | None = None,
) -> Behind:  # fmt: skip
    """The records that one mark counts, as far as the reader may open them; Absent where nothing counts it.

    With `month` (its first day) only those dated in it: a bar of the twelve months of a flow.
    """
    counted = counting(wanted, as_of=as_of, known_at=known_at)
    if month:
        counted = OfMonth(counted.definition, counted.rule, as_of, counted.ask, month)
    narrowed = Q(**{label.dimension.value: label.pk for label in labels})
    marked = counted.lines().filter(narrowed)

    def scope(asking: Reader) -> QuerySet:
        return counted.rows(asking).filter(pk__in=marked.values("subject_id"))

    listing = records(wanted, as_of=as_of, reader=reader, known_at=known_at).listing
    listing = replace(listing, scope=scope, filters=())
    if not reader.reads_rows:
        return Behind(listing, labels, None)
    return Behind(listing, labels, marked.values("subject_id").distinct().count() - listing.rows(reader).count())
