"""Writes an examined import: all its rows or none, each with its journal entry and its words in the index."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from grandunion.adapters import index, meaning, rows
from grandunion.records.journal import Step
from grandunion.records.parties import OrganisationLabel, OrganisationName
from grandunion.records.scenarios import Challenge, ChallengeIndicator, Opportunity, OpportunityIndicator
from grandunion.records.upkeep import ImportBatch
from grandunion.terms.parties import NameKind
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Forbidden, Refused, Stale, require
from grandunion.work.actions import journal
from grandunion.work.actions.base import after_commit, atomic
from grandunion.work.actions.lists import next_numbers
from grandunion.work.actions.plans import ledger
from grandunion.work.actions.upkeep.subjects import Hub
from grandunion.work.permissions import upkeep as permissions
from grandunion.work.queries.parties import names
from grandunion.work.queries.upkeep.imports import Examination, Kind
from grandunion.work.queries.upkeep.imports.cleaning import Progress, Row
from grandunion.work.queries.upkeep.imports.judging import Changed, Judged, judge
from grandunion.work.queries.upkeep.imports.known import known
from grandunion.work.queries.upkeep.imports.written import BETWEEN

ASKING = {Opportunity: OpportunityIndicator, Challenge: ChallengeIndicator}


@dataclass(frozen=True, slots=True)
class Subject:
    """A record written by an import, as the journal names it."""

    kind: str
    pk: int
    number: str


@dataclass(frozen=True, slots=True)
class Sent:
    """The file that came: its name and its fingerprint (SHA-256)."""

    name: str
    fingerprint: str


@atomic
def write(
    found: Examination, sent: Sent, *, by: Reader, at: datetime, progress: Progress = lambda done: None
) -> ImportBatch:
    """Write every row of the examination, judged anew against the hub as it is now.

    Raises Refused when the file has bad rows, or when somebody changed a record meanwhile.
    """
    require(permissions.may_import(by), Forbidden)
    if not found.is_sound:
        raise _unsound(found)
    kind, done = found.kind, Judged()
    there = known(kind, found.mapping.source.kind)
    added = changed = 0
    for chunk in found.chunks():
        judged = judge(kind, chunk, there, by)
        done.problems += judged.problems
        done.unchanged += judged.unchanged
        added, changed = added + len(judged.new), changed + len(judged.changed)
        _add(kind, judged.new, found, by=by, at=at)
        _change(kind, judged.changed, found.refers.codes, by=by, at=at)
        progress(added + changed + done.unchanged)
    if done.problems:
        raise Refused(_moved(), tuple(done.problems))
    batch = ImportBatch.objects.create(
        subject_kind=kind.record.kind, file_name=sent.name[:200], fingerprint=sent.fingerprint, added=added,
        mapping=found.mapping.name[:100], changed=changed, unchanged=done.unchanged, at=at, actor_name=by.name,
    )  # fmt: skip
    said = {"file": (None, batch.file_name), "added": (None, added), "changed": (None, changed)}
    journal.note("import.made", Hub(f"{kind.code} {batch.pk}"), by=by, at=at, changes=said)
    after_commit(lambda: ledger.keep_up(at=at))
    return batch


def _unsound(found: Examination) -> Refused:
    return Refused(
        Text(
            f"Nothing was written: {found.bad} rows are bad. Correct them and import the file again.",
            f"未写入任何数据：有 {found.bad} 行存在问题，请更正后重新导入。",
        ),
        tuple(found.problems),
    )


def _moved() -> Text:
    return Text(
        "Nothing was written: the hub has changed since the preview. Look at the file once more.",
        "未写入任何数据：预览之后平台数据已有变化，请重新预览。",
    )


def _add(kind: Kind, new: Sequence[Row], found: Examination, *, by: Reader, at: datetime) -> None:
    if not new:
        return
    source = {"source_kind": found.mapping.source.kind, "source_note": found.note, "created_at": at, "updated_at": at}
    numbers = next_numbers(kind.prefix, at.year, len(new))
    full = [
        {**row.values, **kind.born(row.values, at), **source, "number": number, "source_ref": row.ref}
        for row, number in zip(new, numbers, strict=True)
    ]
    ids = rows.insert_many(kind.record, full)
    _add_children(new, ids, at)
    _ask(kind, new, ids)
    if kind.flow:
        rows.insert_many(Step, [
            {"flow": kind.flow, "subject_id": pk, "source": "", "target": values["state"], "at": at,
             "actor_id": by.user_id, "actor_name": by.name}
            for pk, values in zip(ids, full, strict=True)
        ])  # fmt: skip
    searched, name = kind.record.searched, kind.record.kind
    index.put_many(name, [(pk, [v.get(f) or "" for f in searched]) for pk, v in zip(ids, full, strict=True)])
    if meant := getattr(kind.record, "meant", ()):
        texts = ((pk, meaning.by_language(v.get(f) or "" for f in meant)) for pk, v in zip(ids, full, strict=True))
        meaning.put_many(name, [(pk, *both) for pk, both in texts])
    journal.note_many(
        f"{name}.imported",
        (
            (Subject(name, pk, number), {"source_ref": (None, row.ref)})
            for pk, number, row in zip(ids, numbers, new, strict=True)
        ),
        by=by, at=at,
    )  # fmt: skip


def _add_children(new: Iterable[Row], ids: Iterable[int], at: datetime) -> None:
    """Further names and labels of new organisations."""
    pairs = list(zip(ids, new, strict=True))
    own = {pk: {row.values.get("name_zh"), row.values.get("name_en")} for pk, row in pairs if row.aliases}
    _name([(pk, name) for pk, row in pairs for name in row.aliases if name not in own[pk]])
    _label([(pk, label) for pk, row in pairs for label in row.labels], at)


def _ask(kind: Kind, new: Iterable[Row], ids: Iterable[int]) -> None:
    """What new scenarios and challenges must reach; of those that are here already it is changed on their page."""
    if kind.record not in ASKING:
        return
    rows.insert_many(ASKING[kind.record], [
        {"name_zh": line.name.zh, "name_en": line.name.en, "operator": line.operator.value, "unit": line.unit,
         "threshold": line.threshold, "test_zh": line.test.zh, "test_en": line.test.en, "position": place,
         "is_required": line.is_required, f"{kind.record.kind}_id": pk}
        for pk, row in zip(ids, new, strict=True) for place, line in enumerate(row.wanted)
    ])  # fmt: skip


def _name(pairs: Sequence[tuple[int, str]]) -> None:
    rows.insert_many(OrganisationName, [
        {"organisation_id": pk, "name": name, "core": names.core(name), "name_kind": NameKind.ALIAS.value}
        for pk, name in pairs
    ])  # fmt: skip


def _label(pairs: Sequence[tuple[int, int]], at: datetime) -> None:
    rows.insert_many(
        OrganisationLabel, [{"organisation_id": pk, "label_id": label, "year": at.year} for pk, label in pairs]
    )


def _change(kind: Kind, changed: Sequence[Changed], codes: Mapping[int, str], *, by: Reader, at: datetime) -> None:
    if not changed:
        return
    groups: dict[tuple[str, ...], list[Changed]] = {}
    for one in changed:
        groups.setdefault(tuple(sorted(one.changes)), []).append(one)
    for columns, ones in groups.items():
        plain = [(*(one.changes[name][1] for name in columns), at, one.pk, one.version) for one in ones]
        if rows.update_many(kind.record, [*columns, "updated_at"], plain) != len(ones):
            raise Stale
    _name([(one.pk, name) for one in changed for name in one.aliases])
    _label([(one.pk, label) for one in changed for label in one.labels], at)
    index_anew(kind, {one.pk: one.changes for one in changed})
    journal.note_many(
        f"{kind.record.kind}.import_changed",
        ((Subject(kind.record.kind, one.pk, one.number), _noted(one, codes)) for one in changed),
        by=by, at=at,
    )  # fmt: skip


def _noted(one: Changed, codes: Mapping[int, str]) -> dict[str, tuple[object, object]]:
    """What changed, by the names of the record's fields; from this an import is taken back."""
    found = {name.removesuffix("_id"): pair for name, pair in one.changes.items()}
    if one.aliases:
        found["alias"] = (None, BETWEEN.join(one.aliases))
    if one.labels:
        found["label"] = (None, BETWEEN.join(codes[label] for label in one.labels))
    return found


def index_anew(kind: Kind, changes: Mapping[int, Collection[str]]) -> None:
    """The words of the records of which a searched column changed; `changes` are id → columns."""
    meant = getattr(kind.record, "meant", ())
    searched = {*kind.record.searched, *meant}
    ids = [pk for pk, columns in changes.items() if not searched.isdisjoint(columns)]
    kept = kind.record.objects.unscoped("the index is put in order for records the import has changed")
    words = kept.filter(pk__in=ids).values_list("pk", *kind.record.searched)
    index.put_many(kind.record.kind, [(pk, texts) for pk, *texts in words])
    for pk, *texts in kept.filter(pk__in=ids).values_list("pk", *meant) if meant else ():
        meaning.put(kind.record.kind, pk, *meaning.by_language(texts))
