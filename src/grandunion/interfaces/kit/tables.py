"""The table of a list, written in Python: a template takes ten times as long over fifty rows."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import lru_cache
from html import escape
from types import MappingProxyType

from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from grandunion.interfaces.kit.addresses import address
from grandunion.interfaces.kit.tags import day, icon, language, moment, money, said
from grandunion.interfaces.kit.tones import tone
from grandunion.terms.text import Text, Word
from grandunion.work.queries.base import Column, Listing, Question, listing
from grandunion.work.queries.plans import said_number

PICK = Text("Pick", "勾选")
SHAPES = dict.fromkeys(("money", "count", "figure", "share"), ' class="num"') | dict.fromkeys(
    ("day", "moment"), ' class="nowrap"'
)
ARROWS = {(True, False): "arrow-down", (False, True): "arrow-up", (False, False): "chevrons-up-down"}
WRITERS: MappingProxyType[str, Callable] = MappingProxyType({
    "day": day, "moment": moment, "money": money, "figure": lambda value: said(said_number(value)),
    "share": lambda part: str(round(part * 100)),
})  # fmt: skip
BETWEEN = "\x1f"  # parts texts that are escaped together


def cell(column: Column, value: object) -> str:
    """One value as a reader sees it."""
    if value is None or value == "":
        return ""
    return WRITERS.get(column.kind, said)(value)


def beside_the_number(columns: Iterable[Column]) -> list[Column]:
    """The columns with a cell of their own: the number stands under the title, where there is one."""
    columns = list(columns)
    has_title = any(column.kind == "title" for column in columns)
    return [column for column in columns if column.kind != "number" or not has_title]


def heads(request: HttpRequest, columns: Iterable[Column], question: Question) -> SafeString:
    """The heads of the table, each of which sorts it where its column can be sorted by."""
    to = escape(address(request, order=None))
    base = f"{to}&amp;order=" if len(to) > 1 else "?order="
    return mark_safe("".join([_head(base, one, question.order) for one in columns]))  # noqa: S308 - escaped in `_head`


def _head(base: str, column: Column, order: str) -> str:
    is_down, is_up = order == f"-{column.code}", order == column.code
    text = escape(said(column.label))
    if column.sort:
        to = f"{base}-{column.code}" if is_up else f"{base}{column.code}"
        text = f'<a class="sort" href="{to}">{text} {icon(ARROWS[is_down, is_up])}</a>'
    sorted_by = ' aria-sort="descending"' if is_down else ' aria-sort="ascending"' if is_up else ""
    return f'<th scope="col"{sorted_by}{SHAPES.get(column.kind, "")}>{text}</th>'


def body(found: listing.Page, wanted: Listing, picking: str = "") -> SafeString:
    """The rows of the table. A reader from outside, of whom no column is meant, is shown the numbers alone.

    `picking` is the id of a form: each row has a box that picks it for that form.
    """
    spoken, numbers = language(), escaped([number for number, _ in found.rows])
    titles, cells, begun = numbers, [], ""
    if found.columns and found.rows:
        columns = list(zip(found.columns, zip(*(values for _, values in found.rows), strict=True), strict=True))
        main = next((place for place, (column, _) in enumerate(columns) if column.kind == "title"), 0)
        titles = [title or number for title, number in zip(texts(*columns.pop(main), spoken), numbers, strict=True)]
        others = [(column, values) for column, values in columns if column.kind != "number"]
        cells = [texts(column, values, spoken) for column, values in others]
        begun = "".join([_begun(column) for column, _ in others])
    row = f"<tr>{_head_cell(wanted, picking)}{begun}</tr>"
    picked = (numbers, numbers) if picking else ()
    drawn = [row % line for line in zip(*picked, numbers, titles, numbers, *cells, strict=True)]
    return mark_safe("".join(drawn))  # noqa: S308 - `texts` and `escaped` give nothing that is not escaped


def _head_cell(wanted: Listing, picking: str) -> str:
    pick = escape(said(PICK)).replace("%", "%%")
    box = f'<input class="pick" type="checkbox" name="pick" value="%s" form="{picking}" aria-label="{pick} %s">'
    return (
        f'<th scope="row">{box if picking else ""}<a class="cell-main" href="/w/{wanted.code}/%s/">%s</a>'
        '<span class="cell-sub">%s</span></th>'
    )  # fmt: skip


def _begun(column: Column) -> str:
    """A cell of the column, with a place for its text."""
    label = escape(said(column.label)).replace("%", "%%")
    return f'<td{SHAPES.get(column.kind, "")} data-label="{label}">%s</td>'


def texts(column: Column, values: Sequence[object], spoken: str) -> list[str]:
    """A column's values as HTML; what kind of values they are is settled once for all rows."""
    if column.kind == "word":
        words = _words(column.words, column.code == "state", spoken)
        return [words.get(value) or escape(str(value or "")) for value in values]
    if column.kind in ("title", "term"):
        return escaped([value.in_(spoken) if value else "" for value in values])
    if column.kind == "day":
        return [value.isoformat() if type(value) is date else cell(column, value) for value in values]
    if column.kind == "moment":
        zone = timezone.get_current_timezone()
        return [value.astimezone(zone).isoformat(" ", "minutes")[:16] if value else "" for value in values]
    return escaped([value if type(value) is str else cell(column, value) for value in values])


def escaped(values: Sequence[str]) -> list[str]:
    """The texts, each escaped; together, for one long text takes a tenth of the time of fifty short ones."""
    found = escape(BETWEEN.join(values)).split(BETWEEN)
    return found if len(found) == len(values) else [escape(value) for value in values]


@lru_cache(maxsize=200)
def _words(words: type[Word], is_state: bool, spoken: str) -> dict[Word, str]:
    return {word: _word(word, word.text, is_state, spoken) for word in words}


def _word(word: Word, name: Text, is_state: bool, spoken: str) -> str:
    text = escape(name.in_(spoken))
    return f'<span class="badge badge-{tone(word)}">{text}</span>' if is_state else text
