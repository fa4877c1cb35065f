"""What an import has written, out of the journal: the records it added and changed, and which were touched since."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Model, QuerySet

from grandunion.records.documents import Document
from grandunion.records.journal import Entry
from grandunion.records.parties import Access, OrganisationLabel, OrganisationName
from grandunion.records.scenarios import ChallengeIndicator, OpportunityIndicator
from grandunion.records.upkeep import ImportBatch
from grandunion.terms.readers import Reader
from grandunion.terms.verdicts import Absent
from grandunion.work.queries.base import visible
from grandunion.work.queries.upkeep.imports.kinds import KINDS, Kind

MADE, TAKEN_BACK = "import.made", "import.taken_back"
BETWEEN = "; "  # several names or codes in one value of the journal
# What comes and goes with the record itself.
OWN = (OrganisationName, OrganisationLabel, OpportunityIndicator, ChallengeIndicator)
AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class Written:
    """An import that was written: its kind, its own entry, and the entries of its records."""

    batch: ImportBatch
    kind: Kind
    number: str  # as the journal names it
    seq: int
    added: tuple[Entry, ...]
    changed: tuple[Entry, ...]

    @property
    def lines(self) -> tuple[Entry, ...]:
        return self.added + self.changed


def batch(pk: int) -> ImportBatch:
    """An import by its id, or Absent."""
    found = ImportBatch.objects.filter(pk=pk).first()
    if found is None:
        raise Absent
    return found


def number_of(made: ImportBatch) -> str:
    """The import as the journal names it: organisations 7."""
    return f"{_kind(made).code} {made.pk}"


def _kind(made: ImportBatch) -> Kind:
    return next(kind for kind in KINDS.values() if kind.record.kind == made.subject_kind)


def taken_back(batches: Iterable[ImportBatch]) -> set[int]:
    """The ids of those that were taken back already."""
    numbers = {number_of(one): one.pk for one in batches}
    entries = Entry.objects.filter(verb=TAKEN_BACK, subject_kind="hub", subject_number__in=numbers)
    return {numbers[number] for number in entries.values_list("subject_number", flat=True)}


def written(made: ImportBatch) -> Written:
    """What it wrote: the chain is held from its first record to its own entry, so they stand together before it."""
    number, kind = number_of(made), _kind(made)
    own = Entry.objects.filter(verb=MADE, subject_kind="hub", subject_number=number).only("seq").first()
    if own is None:
        raise Absent
    first = own.seq - made.added - made.changed
    lines = list(Entry.objects.filter(seq__gte=first, seq__lt=own.seq).order_by("seq"))
    added = tuple(one for one in lines if one.verb == f"{kind.record.kind}.imported")
    changed = tuple(one for one in lines if one.verb == f"{kind.record.kind}.import_changed")
    return Written(made, kind, number, own.seq, added, changed)


def touched(found: Written) -> list[str]:
    """The numbers of its records that somebody did something to since, or that something refers to by now."""
    numbers = {one.subject_id: one.subject_number for one in found.lines}
    added = [one.subject_id for one in found.added]
    since = Entry.objects.filter(subject_kind=found.kind.record.kind, seq__gt=found.seq)
    ids = set(_of(since, "subject_id", list(numbers)))
    for rows, field in _referring(found.kind.record):
        ids.update(_of(rows, field, added))
    return sorted(numbers[pk] for pk in ids)


def _referring(record: type[Model]) -> Iterator[tuple[QuerySet, str]]:
    """Rows of any table that name a record of this kind, and the column in which they do."""
    for relation in record._meta.get_fields(include_hidden=True):
        if relation.auto_created and relation.is_relation and relation.related_model not in OWN:
            yield relation.related_model._base_manager.all(), relation.field.attname
    for table in (Access, Document):
        yield table._base_manager.filter(subject_kind=record.kind), "subject_id"


def _of(rows: QuerySet, field: str, ids: list[int]) -> Iterator[int]:
    for start in range(0, len(ids), AT_ONCE):
        yield from rows.filter(**{f"{field}__in": ids[start : start + AT_ONCE]}).values_list(field, flat=True)


def closed(found: Written, reader: Reader) -> int:
    """How many of its records the reader may not see."""
    ids = [one.subject_id for one in found.lines]
    return len(ids) - sum(1 for _ in _of(visible(found.kind.record, reader), "pk", ids))
