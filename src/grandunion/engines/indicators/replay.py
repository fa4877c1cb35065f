"""What a record was at an earlier moment: later changes are taken back, the newest first."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal

from grandunion.terms.counting import CLASSES, FieldKind

Changes = Mapping[str, list]  # field → [before, after], as the journal keeps them
Find = Callable[[str, object], int | None]  # the id of what a field of records named, by its number or code


def as_then(record: str, facts: Mapping[str, object], later: Iterable[Changes], find: Find) -> dict[str, object]:
    """The facts with later changes taken back; `later` has them in the order in which they were made."""
    found, fields = dict(facts), CLASSES[record].fields
    for changes in reversed(list(later)):
        for name, pair in changes.items():
            plain = name.removesuffix("_id")
            if plain in found and plain in fields and isinstance(pair, list) and len(pair) == 2:
                kind = fields[plain].kind
                found[plain] = find(plain, pair[0]) if kind == FieldKind.RECORD else _read(kind, pair[0])
    return found


def _read(kind: FieldKind, written: object) -> object:
    """A value as the journal wrote it, as a fact."""
    if written is None or written == "":
        return "" if kind in (FieldKind.TEXT, FieldKind.CODE, FieldKind.SPANS) else None
    if kind == FieldKind.DAY:
        return date.fromisoformat(str(written)[:10])
    if kind == FieldKind.MOMENT:
        return datetime.fromisoformat(str(written))
    if kind in (FieldKind.NUMBER, FieldKind.MONEY):
        return Decimal(str(written))
    return written
