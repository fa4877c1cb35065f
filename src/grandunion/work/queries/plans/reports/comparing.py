"""A report beside the one of the year before: section by section, and figure by figure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import zip_longest

from grandunion.records.plans import WorkReport
from grandunion.terms.readers import Reader
from grandunion.terms.text import NOTHING, Text
from grandunion.terms.work_reports import Basis
from grandunion.work.queries.plans.reports import rows
from grandunion.work.queries.plans.reports.sealing import Content, content


@dataclass(frozen=True, slots=True)
class Moved:
    """A figure in both reports: what it is, what it was, what it is now, by how much it grew (a part of one)."""

    label: Text
    was: Text
    now: Text
    growth: Decimal | None

    @property
    def percent(self) -> str:
        """The growth in percent: +12.5 %; empty where there was nothing before."""
        return "" if self.growth is None else f"{self.growth * 100:+.1f} %"


@dataclass(frozen=True, slots=True)
class Compared:
    """Two years side by side: `pairs` are (title, sentences of last year, sentences of this), `figures` in both."""

    before: WorkReport
    pairs: tuple[tuple[Text, tuple[Text, ...], tuple[Text, ...]], ...]
    figures: tuple[Moved, ...]


def compared(report: WorkReport, reader: Reader) -> Compared | None:
    """The report beside last year's of the same level and area; None where the reader sees none."""
    earlier = rows.before(report, reader)
    if earlier is None:
        return None
    old, new = _said(earlier, reader.at), _said(report, reader.at)
    pairs = zip_longest(old["sections"], new["sections"])
    return Compared(earlier, tuple(_pair(was, now) for was, now in pairs), tuple(_figures(old, new)))


def _said(report: WorkReport, at: datetime) -> Content:
    return content(report, at)


def _pair(was: Mapping | None, now: Mapping | None) -> tuple[Text, tuple[Text, ...], tuple[Text, ...]]:
    return text((now or was)["title"]), _texts(was), _texts(now)


def _texts(section: Mapping | None) -> tuple[Text, ...]:
    return tuple(text(one["text"]) for one in section["sentences"]) if section else ()


def _figures(old: Content, new: Content) -> list[Moved]:
    """Figures on the same indicator and basis in both reports, in this year's order; what is wanted is no figure."""
    before = {(one["indicator"], one["basis"]): one for one in old["figures"] if one["value"] is not None}
    found = []
    for one in new["figures"]:
        was = before.get((one["indicator"], one["basis"]))
        if was is not None and one["value"] is not None and one["basis"] != Basis.TARGET:
            grown = _growth(Decimal(was["value"]), Decimal(one["value"]))
            found.append(Moved(text(one["label"]), text(was["said"]), text(one["said"]), grown))
    return found


def _growth(was: Decimal, now: Decimal) -> Decimal | None:
    return ((now - was) / was).quantize(Decimal("0.001")) if was else None


def text(both: Mapping[str, str] | None) -> Text:
    """A saying out of JSON."""
    return Text(both["en"], both["zh"]) if both else NOTHING
