"""The figure around a chart: title, unit, drawing, the same numbers as a table, source and day."""

from collections.abc import Sequence

from django.utils.safestring import SafeString, mark_safe

from grandunion.interfaces.kit.charts.marks import WIDTH, About, say
from grandunion.interfaces.kit.tags import day
from grandunion.terms.text import Text

TABLE = Text("The same figures as a table", "以表格查看")
IN_TABLE = Text("The table below has the same figures.", "下表列有相同数据。")
UNIT, SOURCE, AS_OF = Text("Unit", "单位"), Text("Source", "来源"), Text("as of", "截至")
LEGEND = Text("Legend", "图例")
Cell = tuple[object, str]  # what is written, and where it leads


def framed(
    about: About, drawing: str, height: float, heads: Sequence[Text], rows: Sequence[Sequence[Cell]], legend: str = ""
) -> SafeString:
    """The whole figure; the first cell of each row heads it, the others are numbers."""
    code = about.code
    head = f'<h{about.heading} class="chart-title" id="{code}-head">{_title(about)}</h{about.heading}>'
    unit = f'<p class="chart-unit">{say(UNIT)}{_colon()}{say(about.unit)}</p>' if about.unit.en else ""
    svg = (
        f'<svg class="chart" viewBox="0 0 {WIDTH} {round(height)}" role="group" '
        f'aria-labelledby="{code}-title {code}-desc"><title id="{code}-title">{say(about.title)}</title>'
        f'<desc id="{code}-desc">{say(IN_TABLE)}</desc>{drawing}</svg>'
    )
    return mark_safe(  # noqa: S308 - every value is escaped by `say`
        f'<figure class="chart-figure" aria-labelledby="{code}-head">{head}{unit}{legend}{svg}'
        f"{_table(about, heads, rows)}<figcaption>{_foot(about)}</figcaption></figure>"
    )


def legend_of(names: Sequence[tuple[str, Text]]) -> str:
    """What each sign of the drawing stands for: pairs of its class and its name."""
    items = "".join(
        f'<li><svg class="chart-sign" viewBox="0 0 20 12" aria-hidden="true" focusable="false">{_sign(kind)}</svg>'
        f"{say(name)}</li>"
        for kind, name in names
    )
    return f'<ul class="chart-legend" aria-label="{say(LEGEND)}">{items}</ul>'


def _sign(kind: str) -> str:
    if kind.startswith("line") or kind == "target":
        return f'<path class="{kind}" d="M0 6H20"/>'
    return f'<rect class="{kind}" x="0" y="1" width="20" height="10" rx="2"/>'


def _title(about: About) -> str:
    return f'<a href="{say(about.url)}">{say(about.title)}</a>' if about.url else say(about.title)


def _colon() -> str:
    return say(Text(": ", "："))


def _foot(about: About) -> str:
    parts = [f"{say(SOURCE)}{_colon()}{say(about.source)}"]
    if about.as_of:
        parts.append(f'{say(AS_OF)} <time datetime="{about.as_of.isoformat()}">{day(about.as_of)}</time>')
    if about.note:
        parts.append(say(about.note))
    return " · ".join(f"<span>{part}</span>" for part in parts)


def _table(about: About, heads: Sequence[Text], rows: Sequence[Sequence[Cell]]) -> str:
    first, *others = heads
    top = f'<th scope="col">{say(first)}</th>' + "".join(
        f'<th scope="col" class="num">{say(one)}</th>' for one in others
    )
    body = "".join(_row(row) for row in rows)
    return (
        f'<details class="more"><summary>{say(TABLE)}<span class="sr">{_colon()}{say(about.title)}</span></summary>'
        f'<div class="table-frame table-wide" role="region" tabindex="0" aria-labelledby="{about.code}-head">'
        f'<table class="table"><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div></details>'
    )


def _row(row: Sequence[Cell]) -> str:
    first, *others = row
    return (
        f'<tr><th scope="row">{_cell(first)}</th>'
        + "".join(f'<td class="num">{_cell(one)}</td>' for one in others)
        + "</tr>"
    )


def _cell(cell: Cell) -> str:
    text, url = cell
    return f'<a href="{say(url)}">{say(text)}</a>' if url else say(text)
