"""Published figures as they are shown: what was said, by whom, for which time, and which contradict each other."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from grandunion.engines.indicators import Said, qualified, worst
from grandunion.records.lists import Term
from grandunion.records.plans import Claim, Disagreement, Indicator
from grandunion.terms.claims import ClaimState
from grandunion.terms.periods import months_after
from grandunion.terms.plans import Agreement, Scope
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text
from grandunion.work.queries.base import kept, one

PERIOD = re.compile(r"(\d{4})(?:-(?:H([12])|Q([1-4])|(0[1-9]|1[0-2])))?")
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Published:
    """A published figure as it is shown; `is_in_doubt` where another published one contradicts it."""

    claim: Claim
    said: Text
    is_in_doubt: bool = False

    @property
    def whole(self) -> Text:
        """The figure with its unit: over 70,000 persons / 超7万人."""
        unit = self.claim.unit
        return Text(f"{self.said.en} {unit.en}".strip(), f"{self.said.zh}{unit.zh}")


@dataclass(frozen=True, slots=True)
class Doubt:
    """The planner's note on published figures that are taken for one and are not."""

    disagreement: Disagreement
    claims: tuple[Published, ...]


def confirmed() -> QuerySet[Claim]:
    """Published figures that were compared with their source: the only ones that are shown and reckoned with."""
    return _rows().filter(state=ClaimState.CONFIRMED)


def out(rows: Iterable[Claim], on: date | None) -> list[Claim]:
    """Those that were published by the end of a day (None: all).

    Where no day of publication is known, a figure is taken to come out once the time it holds for is over.
    """
    return [row for row in rows if on is None or (out_on(row) or on) <= on]


def out_on(row: Claim) -> date | None:
    """Since when a figure can be known; None where nothing tells."""
    return row.source.published_on or span_of(row)[1]


def claims_for(reader: Reader) -> QuerySet[Claim]:
    """Confirmed claims for everybody; entered and rejected ones for those who reconcile figures."""
    return _rows() if reader.reads_rows else confirmed()


def claim(code: str, reader: Reader) -> Claim:
    """The claim of this code, or Absent."""
    return one(claims_for(reader).select_related("entered_by", "confirmed_by"), code=code)


def _rows() -> QuerySet[Claim]:
    return Claim.objects.select_related("source", "area", "indicator").order_by("pk")


def _confirmed_of(indicators: list[int]) -> QuerySet[Claim]:
    return confirmed().filter(indicator__in=indicators)


def claims(wanted: Indicator, *, on: date | None = None) -> tuple[Published, ...]:
    """What was published of an indicator (by a day), the newest first; contradictions for the same time are marked."""
    found = sorted(out(kept.of(_confirmed_of, [wanted.pk]), on), key=when, reverse=True)
    return tuple(published(one, is_in_doubt=_is_in_doubt(one, found)) for one in found)


def published(row: Claim, *, is_in_doubt: bool = False) -> Published:
    """The claim with its figure in words."""
    return Published(row, qualified(row.value, row.qualifier), is_in_doubt)


def _is_in_doubt(row: Claim, others: list[Claim]) -> bool:
    """Whether another figure for the same period or day cannot be true with this one."""
    same_time = [one for one in others if (one.period, one.as_of) == (row.period, row.as_of) and one.pk != row.pk]
    mine = Said(row.value, row.qualifier)
    return any(worst((mine, Said(one.value, one.qualifier))) == Agreement.CONTRADICT for one in same_time)


def latest_claims(wanted: set[int], *, on: date | None = None) -> dict[tuple[int, int | None], Claim]:
    """The most recent figure published (by a day) by indicator and area (None: the hub), by the time it holds for."""
    found: dict[tuple[int, int | None], Claim] = {}
    for row in sorted(out(kept.of(_confirmed_of, sorted(wanted)), on), key=when):
        found[row.indicator_id, row.area_id] = row
    return found


def when(row: Claim) -> tuple[date, int]:
    """By what claims are put in order of time."""
    return span_of(row)[1] or date.min, row.pk


def span_of(row: Claim) -> tuple[date | None, date | None]:
    """The first and the last day for which a claim holds: of its period, or its day alone; None where it says none."""
    if row.as_of:
        return None, row.as_of
    return period(row.period) or (None, None)


def period(written: str) -> tuple[date, date] | None:
    """The first and last day of a period written like 2023, 2023-H1, 2023-Q2 or 2023-05; None for another."""
    found = PERIOD.fullmatch(written.strip())
    if found is None:
        return None
    year, half, quarter, month = (int(part) if part else 0 for part in found.groups())
    first, length = {
        bool(half): (half * 6 - 5, 6), bool(quarter): (quarter * 3 - 2, 3), bool(month): (month, 1),
    }.get(True, (1, 12))  # fmt: skip
    starts = date(year, first, 1)
    return starts, months_after(starts, length) - DAY


def said_when(row: Claim) -> Text:
    """For which time a published figure holds."""
    if row.as_of:
        return Text(f"as of {row.as_of}", f"截至 {row.as_of}")
    return Text(f"for {row.period}", f"{row.period} 年") if row.period else Text("no time given", "未注明时间")


def said_by(level: str, area: Term | None) -> Text:
    """Whose figure or target it is."""
    scope = Scope(level).text if Scope.has(level) else Text(level, level)
    return Text(f"{scope.en}: {area.name.en}", f"{scope.zh}：{area.name.zh}") if area else scope


def doubts(wanted: Indicator | None = None, *, on: date | None = None) -> tuple[Doubt, ...]:
    """The planner's notes on disagreements among published figures, all or those that touch an indicator.

    Of a day in the past, only those of which two figures were out by then.
    """
    rows = Disagreement.objects.order_by("position", "pk")
    if wanted is not None:
        rows = rows.filter(claims__indicator=wanted).distinct()
    known = {row.pk: row for row in out(confirmed(), on)}
    pairs = Disagreement.claims.through.objects.filter(disagreement__in=[row.pk for row in rows]).order_by("pk")
    of: dict[int, list[Published]] = defaultdict(list)
    for disagreement, row in pairs.values_list("disagreement_id", "claim_id"):
        if row in known:
            of[disagreement].append(published(known[row]))
    return tuple(Doubt(row, tuple(of[row.pk])) for row in rows if on is None or len(of[row.pk]) > 1)


def waiting(reader: Reader) -> int:
    """How many entered claims wait for the reader, who did not enter them."""
    return Claim.objects.filter(state=ClaimState.ENTERED).exclude(Q(entered_by=reader.user_id)).count()
