"""Somebody's own messages, with what may still be said of them, and how they want to be told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Count, Model, QuerySet

from grandunion.engines.flows import ALL_FLOWS
from grandunion.records.messages import Message
from grandunion.records.parties import Watch
from grandunion.terms.messages import USUAL_WAY, MessageKind, Way
from grandunion.terms.readers import Reader
from grandunion.terms.roles import Role
from grandunion.terms.text import NOTHING, Text
from grandunion.terms.verdicts import Absent
from grandunion.work.queries.base import one, opened
from grandunion.work.queries.base.kept import ASKER, SAMPLE, asked
from grandunion.work.queries.messages.happenings import has_policy, seen_by, tables, titles_of
from grandunion.work.queries.messages.places import place
from grandunion.work.queries.messages.telling import wishes_of

SIZE = 50
CLOSED = Text("This is no longer open to you.", "该事项已不再对您开放。")


@dataclass(frozen=True, slots=True)
class Item:
    """One message as its reader may read it now; without a place where the record is closed to them by now."""

    pk: int
    at: object
    kind: MessageKind
    verb: str
    text: Text
    number: str
    title: Text
    url: str
    is_read: bool


@dataclass(frozen=True, slots=True)
class Inbox:
    """A page of messages, unread first where nothing else is asked, with how many of each kind wait."""

    items: Sequence[Item]
    unread: Mapping[MessageKind, int]
    following: int | None  # the message after which the next page begins

    @property
    def waiting(self) -> int:
        return sum(self.unread.values())


def mine(reader: Reader) -> QuerySet[Message]:
    """The messages that stand in the reader's list."""
    rows = Message.objects.unscoped("a person's own messages, on the person's own page")
    return rows.filter(user=reader.user_id, is_shown=True)


def inbox(reader: Reader, *, kind: str = "", is_all: bool = False, before: int | None = None) -> Inbox:
    """What the reader has not read (or everything), newest first, `SIZE` at a time."""
    rows = mine(reader) if is_all else mine(reader).filter(read_at=None)
    if MessageKind.has(kind):
        rows = rows.filter(message_kind=kind)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-pk")[: SIZE + 1])
    counts = mine(reader).filter(read_at=None).values_list("message_kind").annotate(Count("pk")).order_by()
    return Inbox(
        items(found[:SIZE], reader), {MessageKind(code): count for code, count in counts},
        found[SIZE - 1].pk if len(found) > SIZE else None,
    )  # fmt: skip


def items(rows: Sequence[Message], reader: Reader) -> list[Item]:
    """Messages as their reader may read them at this moment."""
    subjects = {(row.subject_kind, row.subject_id) for row in rows if row.subject_id is not None}
    seen = seen_by(reader, subjects)
    titles = titles_of(seen, reader)
    return [_item(row, (row.subject_kind, row.subject_id) in seen, titles) for row in rows]


def _item(row: Message, is_open: bool, titles: Mapping[tuple[str, int], Text]) -> Item:
    kind = MessageKind(row.message_kind)
    if not is_open:
        return Item(row.pk, row.at, kind, row.verb, CLOSED, "", NOTHING, "", row.read_at is not None)
    return Item(
        row.pk, row.at, kind, row.verb, row.text, row.subject_number,
        titles.get((row.subject_kind, row.subject_id), NOTHING),
        place(row.subject_kind, row.subject_number, row.message_kind),
        row.read_at is not None,
    )  # fmt: skip


def message(pk: int, reader: Reader) -> Message:
    """One of the reader's own messages."""
    return one(mine(reader), pk=pk)


@dataclass(frozen=True, slots=True)
class Choice:
    """How somebody is told of one kind of thing."""

    kind: MessageKind
    way: Way
    is_shown: bool


def choices(reader: Reader) -> list[Choice]:
    """How the reader is told, kind by kind: as chosen, else the usual way."""
    wishes = wishes_of([reader.user_id])
    usual = {kind: (USUAL_WAY[kind], True) for kind in MessageKind}
    return [Choice(kind, *wishes.get((reader.user_id, kind), usual[kind])) for kind in MessageKind
            if kind is not MessageKind.HUB or reader.has(Role.ADMINISTRATOR)]  # fmt: skip


@lru_cache(maxsize=1)
def _kinds() -> Mapping[str, str]:
    """The kinds that can be watched, by the prefix of their numbers."""
    flows = {flow.prefix: flow.code for flow in ALL_FLOWS.values() if has_policy(flow.code)}
    return {**flows, "ORG": "organisation", "PER": "person"}


def is_watchable(number: str) -> bool:
    """Whether records with such a number can be watched."""
    return number.partition("-")[0] in _kinds()


def record(number: str, reader: Reader) -> Model:
    """The record with this number, of whatever kind, if the reader may see it."""
    kind = _kinds().get(number.partition("-")[0])
    if kind is None:
        raise Absent
    return opened(tables()[kind], reader, number=number)


def is_watched(record: object, reader: Reader) -> bool:
    """Whether the reader watches a record."""
    return bool(asked(_watching, (record.kind,), {SAMPLE: record.pk, ASKER: reader.user_id}))


def _watching(kind: str) -> QuerySet[Watch]:
    rows = Watch.objects.unscoped("whether a person watches a record the person has opened")
    return rows.filter(user=ASKER, subject_kind=kind, subject_id=SAMPLE).values_list("pk")[:1]
