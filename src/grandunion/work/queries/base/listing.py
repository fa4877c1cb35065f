"""Lists: one specification of columns drives the screen, the export and the API."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from operator import itemgetter

from django.db.models import Q, QuerySet

from grandunion.adapters import index
from grandunion.terms.readers import Reader
from grandunion.terms.secrecy import Secrecy
from grandunion.terms.text import Text, Word, either
from grandunion.terms.verdicts import invalid
from grandunion.work.queries.base.posed import Lasting, Passing
from grandunion.work.queries.base.rows import visible

PAGE = 50
FEW = 300  # records that hold the words: fewer are read one by one, more are met along the list's order
CAP = 1000  # counting stops here; a page says "over 1,000"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the database paths it reads and how their values are one value.

    kind: text | figure (a bare number, millions by name) | number (record number, links to the record) |
    title (zh, en paths → Text) | word (a code of `words`) | term (name_zh, name_en paths → Text) | day | moment |
    money (amount[, currency]) | count | share (a part of one, shown of a hundred).
    """

    code: str
    label: Text
    paths: tuple[str, ...]
    kind: str = "text"
    words: type[Word] | None = None
    sort: tuple[str, ...] = ()
    secrecy: Secrecy = Secrecy.S1
    is_shown: bool = True

    def value(self, raw: tuple) -> object:
        """The one value of the column out of what its paths read."""
        if self.kind in ("title", "term"):
            return either(raw[1], raw[0]) if raw[0] or raw[1] else None
        if self.kind == "word" and raw[0] is not None and self.words.has(raw[0]):
            return self.words(raw[0])
        return raw[0]


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter: a choice among words or a list's terms, or a span of days."""

    code: str
    label: Text
    path: str
    words: type[Word] | None = None
    list_code: str = ""
    kind: str = "choice"  # choice | term | since | until | text | link (shown only while in force)
    condition: Callable[[str, Reader], Q] | None = None

    def asks(self, value: str, reader: Reader) -> Q:
        """The condition for what was chosen; refuses what is not a choice."""
        if self.condition:
            return self.condition(value, reader)
        if self.words is not None and not all(self.words.has(code) for code in value.split(",")):
            raise invalid(
                self.code,
                f"“{value}” is not one of: {', '.join(self.words.codes())}.",
                f"“{value}”不在可选范围：{'、'.join(self.words.codes())}。",
            )
        return {
            "choice": lambda: Q(**{f"{self.path}__in": value.split(",")}),
            "link": lambda: Q(**{f"{self.path}__in": value.split(",")}),
            "term": lambda: Q(**{f"{self.path}__code__in": value.split(",")}),
            "since": lambda: Q(**{f"{self.path}__gte": _day(self.code, value)}),
            "until": lambda: Q(**{f"{self.path}__lt": _day(self.code, value)}),
            "text": lambda: Q(**{f"{self.path}__icontains": value}),
        }[self.kind]()


@dataclass(frozen=True, slots=True, eq=False)
class Listing:
    """A list of one kind of record; every list is its own, so that what is kept of one is no other's."""

    code: str  # also its section in the addresses
    name: Text
    record: type
    columns: tuple[Column, ...]
    filters: tuple[Filter, ...] = ()
    order: tuple[str, ...] = ("-updated_at", "-pk")
    within: Q = Q()  # what all rows of the list fulfil, whoever reads
    scope: Callable[[Reader], QuerySet] | None = None  # its rows, where they are not those visible to the reader
    depth: Secrecy | None = None  # how deep its scope lets the reader read every row, where deeper than any list
    words: Callable[[str], Q] | None = None  # how words are looked for, where not among the record's own

    def found(self, words: str) -> Q:
        """The condition for words somebody looks for."""
        if self.words:
            return self.words(words)
        kind = self.record.kind
        few = index.newest(kind, words, FEW + 1)
        return Q(pk__in=few) if len(few) <= FEW else Q(index.Holding(kind, words))

    def rows(self, reader: Reader) -> QuerySet:
        """All rows of the list that the reader may see."""
        return (self.scope(reader) if self.scope else visible(self.record, reader)).filter(self.within)

    def readable(self, reader: Reader) -> tuple[Column, ...]:
        """The columns the reader may read on every row."""
        depth = self.depth or (Secrecy.S1 if reader.is_member else Secrecy.S0)
        return tuple(column for column in self.columns if column.secrecy <= depth)


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody asks of a list: words, filters, order, columns, page."""

    words: str = ""
    filters: Mapping[str, str] = field(default_factory=dict)
    order: str = ""
    columns: tuple[str, ...] = ()
    page: int = 1
    size: int = PAGE

    @classmethod
    def of(cls, listing: Listing, given: Mapping[str, str]) -> "Question":
        """A question out of an address; unknown parameters are left aside, bad ones refused later."""
        known = {f.code for f in listing.filters}
        return cls(
            words=given.get("q", "").strip()[:200],
            filters={code: value for code, value in given.items() if code in known and value},
            order=given.get("order", ""),
            columns=tuple(code for code in given.get("columns", "").split(",") if code),
            page=_whole("page", given.get("page", "1"), 1, 100_000),
            # A list of organisations filters by size: there the word does not speak of the page.
            size=PAGE if "size" in known else _whole("size", given.get("size", str(PAGE)), 1, 200),
        )


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list: `rows` are tuples of (number, values in the order of `columns`)."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, tuple], ...]
    total: int
    is_capped: bool
    page: int
    has_next: bool


def asked(listing: Listing, reader: Reader, question: Question) -> QuerySet:
    """The visible rows a question leaves, in its order."""
    rows = _filtered(listing.rows(reader), listing, reader, question)
    if question.words:
        rows = rows.filter(listing.found(question.words))
    return rows.order_by(*ordered(listing, reader, question.order))


def _filtered(rows: QuerySet, listing: Listing, reader: Reader, question: Question) -> QuerySet:
    for wanted in listing.filters:
        if value := question.filters.get(wanted.code):
            rows = rows.filter(wanted.asks(value, reader))
    return rows


def posed(listing: Listing, reader: Reader, question: Question) -> Lasting | Passing:
    """The rows a question leaves, to be asked for a page or their number; kept if nothing but the policy varies."""
    own = any(wanted.condition for wanted in listing.filters if question.filters.get(wanted.code))
    if own or question.words or listing.scope:
        return Passing(asked(listing, reader, question))
    return Lasting(
        listing.record,
        reader,
        (listing, *sorted(question.filters.items())),
        lambda rows: _filtered(rows.filter(listing.within), listing, reader, question),
    )


def page(listing: Listing, reader: Reader, question: Question) -> Page:
    """One page of the list as the reader may see it."""
    columns = chosen(listing, reader, question.columns)
    rows = posed(listing, reader, question)
    paths, read = reading(columns)
    start = (question.page - 1) * question.size
    order = ordered(listing, reader, question.order)
    got = rows.page(paths, order, slice(start, start + question.size + 1))
    has_next = len(got) > question.size
    total = start + len(got) if got and not has_next else rows.number(CAP)
    shown = tuple(read(row) for row in got[: question.size])
    return Page(columns, shown, min(total, CAP), total > CAP, question.page, has_next)


def everything(listing: Listing, reader: Reader, question: Question) -> tuple[tuple[Column, ...], Iterator]:
    """All rows of the question, for an export of exactly what is seen."""
    columns = chosen(listing, reader, question.columns)
    return columns, _stream(asked(listing, reader, question), columns)


def _stream(rows: QuerySet, columns: tuple[Column, ...]) -> Iterator[tuple[str, tuple]]:
    paths, read = reading(columns)
    return map(read, rows.values_list(*paths).iterator(chunk_size=2000))


def reading(columns: tuple[Column, ...]) -> tuple[tuple[str, ...], Callable[[Sequence], tuple[str, tuple]]]:
    """The paths some columns read, and how a row of them becomes its number and its values."""
    # The same path may be read twice: values_list wants it once.
    wanted = tuple(dict.fromkeys(["number", *(path for column in columns for path in column.paths)]))
    reads = [_reader(column, [wanted.index(path) for path in column.paths]) for column in columns]
    return wanted, lambda row: (row[0], tuple([read(row) for read in reads]))


def _reader(column: Column, places: list[int]) -> Callable[[tuple], object]:
    """How the column's value is read out of a row; what kind of value it is is settled once for all rows."""
    if type(column) is not Column:
        return lambda raw: column.value(tuple(raw[place] for place in places))
    if column.kind in ("title", "term"):
        zh, en = places
        return lambda raw: Text(raw[en] or raw[zh], raw[zh] or raw[en]) if raw[zh] or raw[en] else None
    read = itemgetter(places[0])
    if column.kind == "word":
        words = {word.value: word for word in column.words}
        return lambda raw: words.get(read(raw), read(raw))
    return read


def chosen(listing: Listing, reader: Reader, codes: tuple[str, ...]) -> tuple[Column, ...]:
    """The columns asked for, or those shown by default; never one the reader may not read."""
    readable = listing.readable(reader)
    if codes:
        return tuple(column for column in readable if column.code in codes) or readable
    return tuple(column for column in readable if column.is_shown)


def ordered(listing: Listing, reader: Reader, order: str) -> tuple[str, ...]:
    """The paths a list is sorted by; refuses a column it cannot be sorted by."""
    if not order:
        return listing.order
    down, code = order.startswith("-"), order.lstrip("-")
    for column in listing.readable(reader):
        if column.code == code and column.sort:
            return (*(_turned(path) if down else path for path in column.sort), "-pk" if down else "pk")
    raise invalid("order", f"The list cannot be sorted by “{code}”.", f"列表不能按“{code}”排序。")


def _turned(path: str) -> str:
    return path[1:] if path.startswith("-") else f"-{path}"


def _whole(name: str, value: str, least: int, most: int) -> int:
    if value.isascii() and value.isdigit() and len(value) < 10 and least <= int(value) <= most:
        return int(value)
    raise invalid(
        name,
        f"“{name}” is a whole number from {least} to {most}.",
        f"“{name}”应为 {least} 至 {most} 的整数。",
    )


def _day(name: str, value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise invalid(
            name,
            f"“{value}” is not a day. Write it like 2026-03-31.",
            f"“{value}”不是日期，请写成 2026-03-31 的形式。",
        ) from error


def plain(value: object) -> object:
    """A value as JSON and spreadsheets take it: codes for words, exact text for decimals."""
    if isinstance(value, Text):
        return {"zh": value.zh, "en": value.en}
    return str(value) if isinstance(value, Decimal) else value
