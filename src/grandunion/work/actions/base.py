"""What every deed shares: a new record's common fields, changes under a version, moves through a flow."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, models, transaction

from grandunion.adapters import index, meaning
from grandunion.adapters.rows import Statement, inserting, next_id, together, update_many
from grandunion.engines.flows.table import Flow
from grandunion.terms.readers import Reader
from grandunion.terms.text import NOTHING, Text
from grandunion.terms.verdicts import Absent, Refused, Stale, invalid, require
from grandunion.work.actions import journal, lists
from grandunion.work.permissions.base import Standing

atomic = transaction.atomic
LAST_VERSION = 2**31 - 1  # that its column holds: whatever else a form sends is nobody's version
MOST = 100  # records to which one deed is done at once


def after_commit(post: Callable[[], object]) -> None:
    """Do what leaves the house (mail, webhooks) only once the deed is kept."""
    transaction.on_commit(post)


def added(
    record: type[models.Model], prefix: str, values: Mapping[str, object], *, verb: str, by: Reader, at: datetime
) -> models.Model:
    """A new record with a number of its own, its words and its line in the journal, as if read from the database.

    Three ways to the database where one by one it would be seven; the values are those that the table takes.
    """
    ((last,),), ((pk,),) = together([lists.taking(prefix, at.year), next_id(record)])
    number = lists.numbered(prefix, at.year, last)
    made = record(pk=pk, number=number, created_at=at, updated_at=at, **values)
    made._state.adding, made._state.db = False, connection.alias
    changes = {name: (None, value) for name, value in values.items() if value}
    journal.note(verb, made, by=by, at=at, changes=changes, after=[inserting(made), _words(made)])
    _mean(made)
    return made


def change(record: models.Model, *, at: datetime, version: int | None = None, **values: object) -> dict:
    """Save the given values if nobody saved since `version`; answers {field: (before, after)} of what changed.

    Raises Stale, with what the other person wrote, when the version is no longer the record's.
    """
    changes = {name: (getattr(record, name), value) for name, value in values.items() if getattr(record, name) != value}
    expected = record.version if version is None else version
    told = {"updated_at": at} if hasattr(record, "updated_at") else {}
    written = {name: value for name, (_, value) in changes.items()} | told
    if abs(expected) > LAST_VERSION or not _written(record, written, expected):
        raise _stale(record, values)
    for name, (_, value) in changes.items():
        setattr(record, name, value)
    record.version = expected + 1
    for name, value in told.items():
        setattr(record, name, value)
    if changes.keys() & {*getattr(record, "searched", ()), *getattr(record, "meant", ())}:
        index_words(record)
    return changes


def _written(record: models.Model, values: Mapping[str, object], expected: int) -> bool:
    """Whether the values went into the record's row, which still had the version expected; it goes up by one."""
    values = values or {record._meta.pk.name: record.pk}  # nothing differs: only the version is looked at, and counted
    fields = [record._meta.get_field(name) for name in values]
    row = [value.pk if isinstance(value, models.Model) else value for value in values.values()]
    return update_many(type(record), [field.attname for field in fields], [(*row, record.pk, expected)]) == 1


def _stale(record: models.Model, values: Mapping[str, object]) -> Refused:
    theirs = type(record)._base_manager.filter(pk=record.pk).first()
    if theirs is None:
        return Absent()
    return Stale(
        tuple(
            (name, _said(getattr(theirs, name)), _said(value))
            for name, value in values.items()
            if getattr(theirs, name) != value
        ),
        theirs.version,
    )


def _said(value: object) -> str:
    return "" if value is None else str(value)


def move(
    record: models.Model,
    flow: Flow,
    deed: str,
    standing: Standing,
    *,
    by: Reader,
    at: datetime,
    reason: str = "",
    **values: object,
) -> dict:
    """Make the flow's move `deed` (its code) if the flow allows it, keep the step; answers what changed.

    `standing` has the facts as they are with what the move's form brought; `values` are the columns the
    move fills (and `version`, where a form carries one). The caller notes the deed in the journal.
    """
    source, facts = record.state, {**standing.facts, "reason": reason}
    require(flow.may_move(source, deed, facts, standing.parts))
    target = flow.move(deed).target_of(facts)
    if hasattr(record, "state_at"):
        values["state_at"] = at
    changes = change(record, at=at, state=target, **values)
    journal.step(flow.code, record, source=source, target=target, by=by, at=at, reason=reason)
    return changes


def lock(record: models.Model) -> models.Model:
    """The same row, read again and held until the transaction ends."""
    held = type(record)._base_manager.select_for_update(of=("self",)).filter(pk=record.pk).first()
    if held is None:
        raise Absent
    return held


def index_words(record: models.Model) -> None:
    """Keep the words under which the record is found; only fields of class S0 and S1 are ever searched."""
    together([_words(record)])
    _mean(record)


def _words(record: models.Model) -> Statement:
    return index.putting(record.kind, record.pk, [getattr(record, name) for name in record.searched])


def _mean(record: models.Model) -> None:
    """Keep what the fields that everybody may know mean; it is read after the deed is kept."""
    if names := getattr(record, "meant", ()):
        meaning.put(record.kind, record.pk, *meaning.by_language(getattr(record, name) for name in names))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became, or would become, of one record: done, or the sentence why not."""

    number: str
    title: Text
    is_done: bool
    reason: Text = NOTHING


def to_each(
    numbers: Sequence[str],
    get: Callable[[str, Reader], models.Model],
    do: Callable[[models.Model], object],
    *,
    by: Reader,
    is_trial: bool = False,
) -> list[Outcome]:
    """Do one thing to each of the records, in a transaction of its own; what is refused for one hinders no other.

    A trial does the very deed and takes it back, so that the preview cannot say otherwise than the deed.
    """
    chosen = list(dict.fromkeys(number.strip() for number in numbers if number.strip()))
    if not chosen:
        raise invalid("numbers", "Pick at least one row.", "请至少选择一行。")
    if len(chosen) > MOST:
        raise invalid("numbers", f"At most {MOST} at once.", f"一次最多处理 {MOST} 条。")
    return [_tried(number, get, do, by, is_trial) for number in chosen]


def _tried(number: str, get: Callable, do: Callable, by: Reader, is_trial: bool) -> Outcome:
    title = NOTHING
    try:
        with atomic():
            record = get(number, by)
            title = record.title
            do(record)
            if is_trial:
                transaction.set_rollback(True)
    except Refused as refused:
        return Outcome(number, title, False, refused.problems[0].text if refused.problems else refused.reason)
    return Outcome(number, title, True)
