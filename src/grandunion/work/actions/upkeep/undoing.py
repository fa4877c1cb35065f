"""Takes an import back as a whole: what it added goes, what it changed is as it was, if nobody touched either since."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Model

from grandunion.adapters import index, meaning, rows
from grandunion.records.journal import Entry, Step
from grandunion.records.parties import OrganisationLabel, OrganisationName
from grandunion.records.upkeep import ImportBatch
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Forbidden, Refused, Stale, require
from grandunion.work.actions import journal
from grandunion.work.actions.base import atomic
from grandunion.work.actions.upkeep.imports import Subject, index_anew
from grandunion.work.actions.upkeep.subjects import Hub
from grandunion.work.permissions import upkeep as permissions
from grandunion.work.queries.upkeep.imports.written import (
    BETWEEN,
    TAKEN_BACK,
    Written,
    closed,
    taken_back,
    touched,
    written,
)

SHOWN = 10  # records named in a refusal
BESIDE = ("alias", "label")  # what the journal notes of rows beside the record's own


@atomic
def take_back(batch: ImportBatch, *, by: Reader, at: datetime) -> Written:
    """Undo the import; refused, with their numbers, if any of its records was touched since. The journal keeps both."""
    require(permissions.may_import(by), Forbidden)
    if taken_back([batch]):
        raise Refused(Text("This import was taken back already.", "该批次导入已撤销。"))
    found = written(batch)
    if closed(found, by):
        raise Refused(Text("Some of its records are not open to you, or are gone: it cannot be taken back.",
                           "该批次中有记录您无权查看或已不存在，无法撤销。"))  # fmt: skip
    if numbers := touched(found):
        raise _touched(numbers)
    _restore(found, at)
    _remove(found)
    _note(found, by, at)
    return found


def _touched(numbers: list[str]) -> Refused:
    some, more = BETWEEN.join(numbers[:SHOWN]), " …" if len(numbers) > SHOWN else ""
    return Refused(
        Text(
            f"Nothing was taken back: {len(numbers)} of its records have changed since, or are in use: {some}{more}",
            f"未撤销：导入后有 {len(numbers)} 条记录已被修改或引用：{some}{more}",
        )
    )


def _remove(found: Written) -> None:
    """What it added, with its names, labels, first steps and words."""
    ids, record = [one.subject_id for one in found.added], found.kind.record
    if found.kind.flow:
        Step.objects.filter(flow=found.kind.flow, subject_id__in=ids).delete()
    record.objects.unscoped("the records an import has added, which nobody touched since").filter(pk__in=ids).delete()
    index.drop_many(record.kind, ids)
    for pk in ids if getattr(record, "meant", ()) else ():
        meaning.drop(record.kind, pk)


def _restore(found: Written, at: datetime) -> None:
    """What it changed, column by column, as the journal says it was; names and labels it added go."""
    record, kind = found.kind.record, found.kind
    ids = [one.subject_id for one in found.changed]
    kept = record.objects.unscoped("the records an import has changed, which nobody touched since").in_bulk(ids)
    changes = {one.subject_id: _before(kept[one.subject_id], one, found) for one in found.changed}
    groups: dict[tuple[str, ...], list[tuple]] = {}
    for pk, before in changes.items():
        if before:
            groups.setdefault(tuple(before), []).append((*before.values(), at, pk, kept[pk].version))
    for columns, ones in groups.items():
        if rows.update_many(record, [*columns, "updated_at"], ones) != len(ones):
            raise Stale
    for one in found.changed:
        _without(one, found.batch.at.year)
    index_anew(kind, changes)


def _before(row: Model, line: Entry, found: Written) -> dict[str, object]:
    """The columns as they were; those that are worked out of the names are worked out again."""
    fields = {name: row._meta.get_field(name) for name in line.values if name not in BESIDE}
    now = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    derived = found.kind.derive(now).keys()
    before = {
        field.attname: field.to_python(line.values[name][0]) for name, field in fields.items() if name not in derived
    }
    if fields.keys() & derived:
        before |= found.kind.derive({**now, **before})
    return before


def _without(line: Entry, year: int) -> None:
    """Take the further names and labels away that the import had added to an organisation."""
    names, codes = (_listed(line.values, name) for name in BESIDE)
    if names:
        kept = OrganisationName.objects.unscoped("further names an import has added")
        kept.filter(organisation=line.subject_id, name__in=names).delete()
    if codes:
        kept = OrganisationLabel.objects.unscoped("labels an import has added")
        kept.filter(organisation=line.subject_id, label__code__in=codes, year=year).delete()


def _listed(values: Mapping[str, list], name: str) -> list[str]:
    return values[name][1].split(BETWEEN) if name in values else []


def _note(found: Written, by: Reader, at: datetime) -> None:
    """A line for each record, turned round, and one for the import."""
    kind = found.kind.record.kind
    turned = (
        (Subject(kind, one.subject_id, one.subject_number), {name: (b, a) for name, (a, b) in one.values.items()})
        for one in found.lines
    )
    journal.note_many(f"{kind}.import_taken_back", turned, by=by, at=at)
    said = {"added": (len(found.added), None), "changed": (len(found.changed), None)}
    journal.note(TAKEN_BACK, Hub(found.number), by=by, at=at, changes=said)
