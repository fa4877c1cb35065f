"""What stands above a list: its search, filters and chips, its number, its columns and its exports."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from html import escape

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from grandunion.interfaces.kit.addresses import address
from grandunion.interfaces.kit.tags import icon, language, moment, number, said
from grandunion.terms.text import Text, Word
from grandunion.work.queries import lists
from grandunion.work.queries.base import Filter, Listing, Question, listing

AT_ONCE = 4  # filters that stand in the open; the others are in a menu
NO_CHOICES = lists.Choices()
ANY = Text("Any", "不限")
APPLY, MORE = Text("Apply", "筛选"), Text("More filters", "更多筛选")
SEARCH, HINT, FILTER_LIST = (
    Text("Search", "搜索"),
    Text("Words or number", "关键词或编号"),
    Text("Filter the list", "筛选列表"),
)
IN_FORCE, REMOVE = Text("Filters in force", "当前筛选"), Text("remove", "移除")
CLEAR = Text("Clear all", "全部清除")
RECORD, RECORDS, AS_OF = Text("record", "条记录"), Text("records", "条记录"), Text("as of", "截至")
COLUMNS, SHOW, EXPORT = Text("Columns", "列"), Text("Show", "显示"), Text("Export", "导出")
PAGES, PREVIOUS, NEXT = Text("Pages", "分页"), Text("Previous", "上一页"), Text("Next", "下一页")
PAGE = Text("Page {page}", "第 {page} 页")
Chip = tuple[str, str]


def choices(request: HttpRequest, wanted: Listing) -> dict[Filter, lists.Choices]:
    """The filters to show, each with its choices; one that only a link sets is shown while it is in force."""
    shown = [one for one in wanted.filters if one.kind != "link" or request.GET.get(one.code)]
    terms = lists.choices(*(one.list_code for one in shown if one.words is None and one.list_code))
    return {one: _of_words(one.words) if one.words else terms.get(one.list_code, NO_CHOICES) for one in shown}


@lru_cache(maxsize=200)
def _of_words(words: type[Word]) -> lists.Choices:
    return lists.Choices((word.value, word.text) for word in words)


def chips(request: HttpRequest, filters: Mapping[Filter, lists.Choices], question: Question) -> list[Chip]:
    """The filters in force: what each says, and the address without it."""
    found = [(f"“{question.words}”", address(request, q=None))] if question.words else []
    for one, known in filters.items():
        if value := question.filters.get(one.code):
            names = dict(known)
            shown = ", ".join(said(names.get(code, code)) for code in value.split(","))
            found.append((f"{said(one.label)}: {shown}", address(request, **{one.code: None})))
    return found


def form(
    filters: Mapping[Filter, lists.Choices], question: Question, given: Mapping[str, str], in_force: Sequence[Chip]
) -> SafeString:
    """The search with its filters and, below them, those in force."""
    spoken = language()
    drawn = [_filter(one, known, given.get(one.code, ""), spoken) for one, known in filters.items()]
    order = f'<input type="hidden" name="order" value="{escape(question.order)}">' if question.order else ""
    search = (
        f'<label class="filters-search"><span class="sr">{said(SEARCH)}</span>{icon("search")}<input type="search" '
        f'name="q" value="{escape(question.words)}" placeholder="{said(HINT)}"></label>'
    )
    return mark_safe(  # noqa: S308 - all that was typed is escaped
        f'<form class="filters" method="get" role="search" aria-label="{said(FILTER_LIST)}">{order}'
        f'<div class="filters-row">{search}{"".join(drawn[:AT_ONCE])}{_more(drawn[AT_ONCE:])}'
        f'<button class="button">{said(APPLY)}</button></div>{_in_force(in_force)}</form>'
    )


def _more(drawn: Sequence[str]) -> str:
    if not drawn:
        return ""
    return (
        f'<details class="menu" data-menu><summary class="button button-quiet">{icon("list-filter")}{said(MORE)}'
        f'</summary><div class="menu-body">{"".join(drawn)}</div></details>'
    )


def _filter(one: Filter, known: lists.Choices, value: str, spoken: str) -> str:
    if known:
        return _select(one, known, value, spoken)
    kind = ' type="date"' if one.kind in ("since", "until") else ""
    return (
        f'<label class="filter"><span>{escape(said(one.label))}</span>'
        f'<input{kind} name="{one.code}" value="{escape(value)}"></label>'
    )


@lru_cache(maxsize=1000)
def _select(one: Filter, known: lists.Choices, chosen: str, spoken: str) -> str:
    options = [
        f'<option value="{escape(code)}"{" selected" if code == chosen else ""}>{escape(text.in_(spoken))}</option>'
        for code, text in known
    ]
    return (
        f'<label class="filter"><span>{escape(one.label.in_(spoken))}</span><select name="{one.code}">'
        f'<option value="">{ANY.in_(spoken)}</option>{"".join(options)}</select></label>'
    )


def _in_force(chips: Sequence[Chip]) -> str:
    if not chips:
        return ""
    drawn = [
        f'<li><a class="chip" href="{escape(url)}">{escape(text)} {icon("x")}<span class="sr">{said(REMOVE)}</span>'
        "</a></li>"
        for text, url in chips
    ]
    return (
        f'<ul class="chips" aria-label="{said(IN_FORCE)}">{"".join(drawn)}'
        f'<li><a class="chips-clear" href="?">{said(CLEAR)}</a></li></ul>'
    )


def total(found: listing.Page, at: object) -> SafeString:
    """How many records there are, and when that was so."""
    more = "+" if found.is_capped else ""
    name = RECORD if found.total == 1 else RECORDS
    return mark_safe(  # noqa: S308 - a number and a moment
        f"<p><b>{number(found.total)}{more}</b> {said(name)} · {said(AS_OF)} {moment(at)}</p>"
    )


def tools(request: HttpRequest, wanted: Listing, found: listing.Page, exports: Iterable[tuple[str, str]]) -> SafeString:
    """The menus of columns and of exports (name, address)."""
    links = [f'<li><a class="menu-item" href="{escape(url)}">{name}</a></li>' for name, url in exports]
    return mark_safe(  # noqa: S308 - all that was typed is escaped
        f'{_menu("columns-3", COLUMNS)}<form method="get" class="check-list" data-columns>'
        f'{_boxes(wanted, found, request)}<button class="button button-s">{said(SHOW)}</button></form></div></details>'
        f"{_menu('download', EXPORT)}<ul>{''.join(links)}</ul></div></details>"
    )


def _menu(picture: str, name: Text) -> str:
    return (
        f'<details class="menu" data-menu><summary class="button button-s button-quiet">{icon(picture)}{said(name)}'
        '</summary><div class="menu-body">'
    )


def _boxes(wanted: Listing, found: listing.Page, request: HttpRequest) -> str:
    """A box to tick for every column there is."""
    shown = {column.code for column in found.columns}
    return "".join(
        [
            f'<label><input type="checkbox" name="column" value="{column.code}"'
            f"{' checked' if column.code in shown else ''}> {escape(said(column.label))}</label>"
            for column in wanted.readable(request.reader)
        ]
    )


def steps(before: str, after: str, page: int) -> SafeString:
    """The way to the pages before and after this one."""
    if not before and not after:
        return mark_safe("")
    links = (
        f'<a class="button button-s" rel="{rel}" href="{escape(url)}">{said(text)}</a>'
        for rel, url, text in (("prev", before, PREVIOUS), ("next", after, NEXT))
        if url
    )
    return mark_safe(  # noqa: S308 - the addresses are escaped
        f'<nav class="pages" aria-label="{said(PAGES)}"><span>{said(PAGE.fill(page=page))}</span>'
        f'<div class="pages-steps">{"".join(links)}</div></nav>'
    )
