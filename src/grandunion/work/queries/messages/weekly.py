"""The weekly figures of a kept view, as the letter to its keeper brings them: read when the letter is written."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from unicodedata import east_asian_width

from django.utils import timezone

from grandunion.records.messages import Message
from grandunion.records.plans import KeptView
from grandunion.terms.readers import Reader
from grandunion.terms.text import NOTHING, Text
from grandunion.terms.verdicts import Absent
from grandunion.work.queries.plans import views
from grandunion.work.queries.plans.funnel import Thread
from grandunion.work.queries.plans.seen import Seen, Shown, seen

VERB = "view.week"
AS_OF = Text("{name}, as of {day}", "{name}，截至 {day}")
WIDEST = 44  # of a name in the letter's table; what is longer stands on a line of its own


def figures_of(messages: Sequence[Message], reader: Reader | None, at: datetime | None = None) -> Mapping[int, str]:
    """The figures of the views these messages are about, by message; as of the day it was told, known as they are now.

    Nothing for a view that is gone, or whose dashboard is closed to the reader by now.
    """
    wanted = {int(one.subject_number): one for one in messages if one.verb == VERB and one.subject_number.isdecimal()}
    if reader is None or not wanted:
        return {}
    found: dict[int, str] = {}
    for view in views.kept_views(reader).filter(pk__in=wanted).select_related("user"):
        message = wanted[view.pk]
        try:
            found[message.pk] = _written(view, reader, at or message.at)
        except Absent:
            continue
    return found


def _written(view: KeptView, reader: Reader, at: datetime) -> str:
    """The view as plain text in its keeper's language: a heading for each chart, a line for each number."""
    language, as_of = view.user.language or "zh", timezone.localtime(at).date()
    told = seen(views.described(view, reader), as_of=as_of, reader=reader, area=view.area)
    return "\n".join(line.in_(language) for line in _lines(view, told)).strip()


def _lines(view: KeptView, told: Seen) -> Iterator[Text]:
    where = Text(f" · {view.area.name.en}", f" · {view.area.name.zh}") if view.area else NOTHING
    yield AS_OF.fill(name=Text(f"{view.name}{where.en}", f"{view.name}{where.zh}"), day=told.as_of)
    for block in told.blocks:
        yield NOTHING
        yield from _block(block)


def _block(block: Shown) -> Iterator[Text]:
    if block.thread:
        yield block.title
        yield from _steps(block.thread)
        return
    if block.figures:
        for one in block.figures:
            known = (block.published or {}).get(one.indicator.code) if not one.is_counted else None
            value = known.said if known else one.cell.said()
            yield _pair(one.indicator.name, _with_unit(value, one.indicator.unit if known else one.unit))
        return
    yield block.title
    for row in block.rows:
        en = " / ".join(cell.said().en for cell in row.cells)
        zh = " / ".join(cell.said().zh for cell in row.cells)
        yield _pair(row.label, Text(en, zh))


def _steps(found: Thread) -> Iterator[Text]:
    for rung in found.rungs:
        count = "<5" if rung.count is None else f"{rung.count:,}"
        yield _pair(rung.state.text, Text(count, count))


def _with_unit(value: Text, unit: Text) -> Text:
    return Text(f"{value.en} {unit.en}".strip(), f"{value.zh}{unit.zh}")


def _pair(name: Text, value: Text) -> Text:
    """A name and its number in two columns of plain text."""
    return Text(_padded(name.en) + value.en, _padded(name.zh) + value.zh)


def _padded(name: str) -> str:
    wide = sum(2 if east_asian_width(sign) in "WF" else 1 for sign in name)
    return f"{name}\n{' ' * WIDEST}" if wide >= WIDEST else name + " " * (WIDEST - wide)
