"""Parts every record page repeats, written in Python: a template takes ten times as long over a row."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from django import template
from django.template.context import Context
from django.template.loader import get_template
from django.utils.safestring import SafeData, SafeString, mark_safe

from grandunion.interfaces.kit.records import Happening, Offer
from grandunion.interfaces.kit.tags import icon, language, moment, number
from grandunion.terms.text import Text

register = template.Library()
Writer = Callable[[object], str]
NOT_RECORDED = Text("not recorded", "未填写")
NOTHING_YET = Text("Nothing has happened yet.", "暂无记录。")
NOTHING_TO_DECIDE = Text("There is nothing for you to decide here now.", "目前没有需要您办理的事项。")
PHASES, PASSED = Text("Phases", "阶段"), Text("(done)", "（已完成）")
CURRENT = ' aria-current="step"'
DETAILS, SHOW_ALL = Text("Details", "详情"), Text("Show all", "查看全部")


def writer(spoken: str) -> Writer:
    """What writes a Text, a Word or a plain value in a language, escaped; what a template made safe stays as it is."""

    def written(value: object) -> str:
        text = value if isinstance(value, Text) else getattr(value, "text", None)
        if isinstance(text, Text):
            return escape(text.in_(spoken))
        if isinstance(value, SafeData):
            return str(value)
        return "" if value is None else escape(str(value))

    return written


@lru_cache(maxsize=4)
def _writer(spoken: str) -> Writer:
    return writer(spoken)


def words() -> Writer:
    """What writes a value in the reader's language."""
    return _writer(language())


@register.simple_tag
def timeline(entries: Iterable[Happening]) -> SafeString:
    """What happened to a record, newest first."""
    say = words()
    lines = "".join([_happening(entry, say) for entry in entries])
    drawn = f'<ol class="timeline">{lines}</ol>' if lines else f'<p class="muted">{say(NOTHING_YET)}</p>'
    return mark_safe(drawn)  # noqa: S308 - every value is escaped by `say`


def _happening(entry: Happening, say: Writer) -> str:
    who = f"<b>{say(entry.who)}</b> " if entry.who else ""
    text = _link(entry.url, say(entry.text))
    return (
        f'<li class="is-{escape(entry.tone)}"><time class="timeline-when" datetime="{entry.at.isoformat()}">'
        f"{moment(entry.at)}</time><p>{who}{text}</p>{_details(entry, say)}</li>"
    )


def _details(entry: Happening, say: Writer) -> str:
    if not entry.details:
        return ""
    rows = "".join([f"<div><dt>{say(label)}</dt><dd>{say(value)}</dd></div>" for label, value in entry.details])
    return (
        f"<details><summary>{icon('chevron-right')}{say(DETAILS)}</summary>"
        f'<dl class="facts">{rows}</dl></details>'
    )  # fmt: skip


def _link(url: str, text: str) -> str:
    return f'<a href="{escape(url)}">{text}</a>' if url else text


@register.simple_tag
def facts(groups: Iterable[Sequence], is_two: object = False) -> SafeString:
    """Facts of a record: groups of (heading Text or None, rows), a row (label, value, address or nothing)."""
    say = words()
    kind = "facts facts-two" if is_two is True else "facts"
    drawn = [
        f'<section class="facts-group">{f"<h3>{say(group[0])}</h3>" if group[0] else ""}<dl class="{kind}">'
        f"{''.join([_fact(row, say) for row in group[1]])}</dl></section>"
        for group in groups or ()
    ]
    return mark_safe("".join(drawn))  # noqa: S308 - every value is escaped by `say`


def _fact(row: Sequence, say: Writer) -> str:
    label, value, *url = row
    if value is None or value == "":
        shown = f'<span class="nil">{say(NOT_RECORDED)}</span>'
    else:
        shown = _link(url[0] if url else "", say(value))
    return f"<div><dt>{say(label)}</dt><dd>{shown}</dd></div>"


def badge(text: object, tone: str, say: Writer) -> str:
    """A state in one word."""
    kind = f"badge badge-{escape(tone)}" if tone and tone != "neutral" else "badge"
    return f'<span class="{kind}">{say(text)}</span>'


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a small table: its head, the class of its cells, whether only screen readers hear the head."""

    text: Text
    kind: str = ""
    is_hidden: bool = False


def small_table(columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> SafeString:
    """A table that stacks its cells on a phone; the first cell of a row heads it. Cells are HTML, already escaped."""
    say = words()
    heads = "".join([_column_head(column, say) for column in columns])
    begun = [_cell_begun(column, say) for column in columns[1:]]
    body = "".join(
        [
            f'<tr><th scope="row">{row[0]}</th>'
            f"{''.join([f'{start}{cell}</td>' for start, cell in zip(begun, row[1:], strict=True)])}</tr>"
            for row in rows
        ]
    )
    return mark_safe(  # noqa: S308 - cells are escaped by whoever draws them
        f'<div class="table-frame"><table class="table table-stack"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _column_head(column: Column, say: Writer) -> str:
    text = f'<span class="sr">{say(column.text)}</span>' if column.is_hidden else say(column.text)
    kind = ' class="num"' if column.kind == "num" else ""
    return f'<th scope="col"{kind}>{text}</th>'


def _cell_begun(column: Column, say: Writer) -> str:
    kind = f' class="{column.kind}"' if column.kind else ""
    return f"<td{kind}>" if column.is_hidden else f'<td{kind} data-label="{say(column.text)}">'


@register.simple_tag
def stepper(phases: Iterable) -> SafeString:
    """The phases of a thread: objects or dicts with text, status (done, current, next), detail (the state's name)."""
    say = words()
    drawn = [_phase(place, *_of_phase(one), say) for place, one in enumerate(phases, 1)]
    return mark_safe(f'<ol class="phases" aria-label="{say(PHASES)}">{"".join(drawn)}</ol>')  # noqa: S308 - escaped


def _of_phase(one: object) -> tuple[Text, str, Text | None]:
    if isinstance(one, dict):
        return one["text"], one["status"], one.get("detail")
    return one.text, one.status, one.detail


def _phase(place: int, text: Text, status: str, detail: Text | None, say: Writer) -> str:
    is_done = status == "done"
    done = f'<span class="sr"> {say(PASSED)}</span>' if is_done else ""
    beneath = f'<span class="phase-detail">{say(detail)}</span>' if detail else ""
    return (
        f'<li class="phase phase-{escape(status)}"{CURRENT if status == "current" else ""}>'
        f'<span class="phase-mark" aria-hidden="true">{icon("check") if is_done else place}</span>'
        f'<span class="phase-name">{say(text)}{done}</span>{beneath}</li>'
    )


@register.simple_tag
def sidecards(cards: Iterable) -> SafeString:
    """The cards of a record's side panel.

    A card has title, icon, is_next (gold edge), count, empty, more_url with more_text, and items with url, text,
    detail, state with tone, is_overdue.
    """
    say = words()
    return mark_safe("".join([_card(card, say) for card in cards]))  # noqa: S308 - every value is escaped by `say`


def _card(card: object, say: Writer) -> str:
    count = f'<span class="count">{number(card.count)}</span>' if card.count else ""
    if card.items:
        inside = f'<ul class="panel-list">{"".join([_item(item, say) for item in card.items])}</ul>'
    else:
        inside = f'<p class="muted small">{say(card.empty)}</p>' if card.empty else ""
    more = f'<a class="panel-more" href="{escape(card.more_url)}">{say(card.more_text or SHOW_ALL)}</a>'
    return (
        f'<section class="panel{" panel-next" if card.is_next else ""}"><h2>{icon(card.icon) if card.icon else ""}'
        f"{say(card.title)}{count}</h2>{inside}{more if card.more_url else ''}</section>"
    )


def _item(item: object, say: Writer) -> str:
    text = _link(item.url, say(item.text)) if item.url else f"<span>{say(item.text)}</span>"
    state = badge(item.state, item.tone, say) if item.state else ""
    late = " overdue" if item.is_overdue else ""
    detail = f'<span class="panel-detail{late}">{say(item.detail)}</span>' if item.detail else ""
    return f'<li class="panel-item"><div class="panel-item-line">{text}{state}</div>{detail}</li>'


@register.simple_tag(takes_context=True)
def moves(context: Context, offers: Sequence[Offer], version: object) -> SafeString:
    """The moves a record's flow offers the reader; a move that asks something fetches its form when it is opened.

    Without JavaScript it is a link to the same form. The id of each is "move-CODE": boards link to it.
    """
    say = words()
    if not offers:
        return mark_safe(f'<p class="muted small">{say(NOTHING_TO_DECIDE)}</p>')  # noqa: S308 - escaped by `say`
    token = f'<input type="hidden" name="csrfmiddlewaretoken" value="{context.get("csrf_token", "")}">'
    hidden = f'{token}<input type="hidden" name="version" value="{escape(str(version))}">'
    is_only = len(offers) == 1 and not offers[0].is_danger
    drawn = [f"<li>{_move(offer, is_only, hidden, version, say)}</li>" for offer in offers]
    return mark_safe(f'<ul class="moves">{"".join(drawn)}</ul>')  # noqa: S308 - every value is escaped


def _move(offer: Offer, is_only: bool, hidden: str, version: object, say: Writer) -> str:
    code, text, url = f"move-{escape(offer.code)}", say(offer.text), escape(offer.url)
    if not offer.is_allowed:
        return f'<div class="move-refused" id="{code}"><b>{icon("lock")}{text}</b><p>{say(offer.reason)}</p></div>'
    head = f"{icon('arrow-right')}<span>{text}</span>{icon('chevron-down')}"
    if offer.form and not is_only:
        return (
            f'<div class="move" id="{code}" data-unfold data-version="{escape(str(version))}">'
            f'<a href="{url}">{head}</a></div>'
        )  # fmt: skip
    fields = get_template("kit/bound_fields.html").render({"form": offer.form()}) if offer.form else ""
    return (
        f'<details class="move" id="{code}"{" open" if is_only else ""}><summary>{head}</summary>'
        f'<form method="post" action="{url}" enctype="multipart/form-data">{hidden}{fields}'
        f'<button class="button button-primary button-wide">{text}</button></form></details>'
    )
