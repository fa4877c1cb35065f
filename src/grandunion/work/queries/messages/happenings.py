"""Entries of the journal as the messages read them: what happened, to which record, with the values that count."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from django.apps import apps
from django.db import models

from grandunion.records.base import Guarded
from grandunion.records.journal import Entry
from grandunion.terms.readers import Reader
from grandunion.terms.roles import Role
from grandunion.terms.secrecy import Secrecy
from grandunion.terms.text import Text
from grandunion.work.queries.base import visible

# What is no record with a level of its own is seen by whoever sees the record it belongs to.
PARENTS = {"registration": "event", "statement": "event", "agenda_item": "event", "participant": "round",
           "appointment": "round"}  # fmt: skip
TITLED = ("title_zh", "title_en", "heading")  # what titles are made of


@dataclass(frozen=True, slots=True)
class Happening:
    """One entry of the journal, with the record it is about as it stands now (None when it is gone)."""

    seq: int
    at: datetime
    actor_id: int | None
    actor: str
    verb: str
    kind: str
    pk: int | None
    number: str
    values: Mapping[str, Sequence[object]] = field(default_factory=dict)
    record: models.Model | None = None

    def new(self, name: str) -> object:
        """The value a field got."""
        return self.values.get(name, (None, None))[1]

    def old(self, name: str) -> object:
        """The value a field had."""
        return self.values.get(name, (None, None))[0]


def happenings(after: int, limit: int) -> list[Happening]:
    """The entries of the journal after one, in their order, with their records: one question for each kind."""
    entries = list(Entry.objects.filter(seq__gt=after).order_by("seq")[:limit])
    wanted: dict[str, set[int]] = defaultdict(set)
    for entry in entries:
        if entry.subject_id is not None:
            wanted[entry.subject_kind].add(entry.subject_id)
    records = {kind: rows_of(kind, ids) for kind, ids in wanted.items()}
    return [
        Happening(
            entry.seq, entry.at, entry.actor_id, entry.actor_name, entry.verb, entry.subject_kind, entry.subject_id,
            entry.subject_number, entry.values, records.get(entry.subject_kind, {}).get(entry.subject_id),
        )
        for entry in entries
    ]  # fmt: skip


@lru_cache(maxsize=1)
def tables() -> Mapping[str, type[models.Model]]:
    """Every kind of record, by its name."""
    return {one.kind: one for one in apps.get_app_config("records").get_models() if getattr(one, "kind", "")}


def rows_of(kind: str, ids: set[int]) -> Mapping[int, models.Model]:
    """Records of a kind by their ids, whoever may see them: to find out who has to do with them."""
    table = tables().get(kind)
    if table is None:
        return {}
    if not isinstance(table._default_manager, Guarded):
        return table._default_manager.in_bulk(ids)
    return table.objects.unscoped("who has to do with a record is told of it, if they may see it").in_bulk(ids)


def has_policy(kind: str) -> bool:
    """Whether records of the kind have a level, and with it a policy of who sees them."""
    table = tables().get(kind)
    return table is not None and any(one.name == "level" for one in table._meta.concrete_fields)


def seen_by(reader: Reader, subjects: set[tuple[str, int]]) -> set[tuple[str, int]]:
    """Which of these records, as (kind, id), the reader may see now: one question for each kind."""
    found, asked = set(), defaultdict(set)
    for kind, pk in subjects:
        asked[kind].add(pk)
    for kind, ids in asked.items():
        if has_policy(kind):
            found |= {
                (kind, pk) for pk in visible(tables()[kind], reader).filter(pk__in=ids).values_list("pk", flat=True)
            }
        else:
            found |= {(kind, pk) for pk in _parts_seen(reader, kind, ids)}
    return found


def _parts_seen(reader: Reader, kind: str, ids: set[int]) -> set[int]:
    """Of what has no level of its own: one's own, an administrator's, or of a record the reader may see."""
    if kind == "account":
        return ids if reader.is_house or reader.has(Role.ADMINISTRATOR) else ids & {reader.user_id}
    rows = rows_of(kind, ids)
    own = {pk for pk, row in rows.items() if reader.is_signed_in and getattr(row, "user_id", None) == reader.user_id}
    parent = PARENTS.get(kind, "")
    if not parent:
        return ids if reader.is_house or reader.has(Role.ADMINISTRATOR) else own
    above = seen_by(reader, {(parent, getattr(row, f"{parent}_id")) for row in rows.values()})
    return own | {pk for pk, row in rows.items() if (parent, getattr(row, f"{parent}_id")) in above}


def titles_of(subjects: Iterable[tuple[str, int]], reader: Reader) -> Mapping[tuple[str, int], Text]:
    """The titles of records the reader may see, by (kind, id), as far as their class is open to the reader."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for kind, pk in subjects:
        if has_policy(kind) and _title_class(kind) <= (Secrecy.S1 if reader.is_member else Secrecy.S0):
            wanted[kind].add(pk)
    return {(kind, pk): row.title for kind, ids in wanted.items() for pk, row in rows_of(kind, ids).items()}


@lru_cache
def _title_class(kind: str) -> Secrecy:
    """The class of the fields a record's title is made of; the deepest there is where it has none."""
    table = tables()[kind]
    classes = [table.secrecy[name] for name in TITLED if name in table.secrecy]
    return max(classes) if classes and isinstance(getattr(table, "title", None), property) else Secrecy.S4
