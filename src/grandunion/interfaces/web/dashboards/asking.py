"""What the address of a dashboard asks: as of which day, for which area, and whether as it was known then."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.http import HttpRequest
from django.utils import timezone

from grandunion.interfaces.kit.seen import Doors, address
from grandunion.terms.periods import months_after
from grandunion.terms.text import Text
from grandunion.terms.verdicts import invalid
from grandunion.work.queries import lists
from grandunion.work.queries.plans.behind import NOT_RECORDED
from grandunion.work.queries.plans.funnel import end_of
from grandunion.work.queries.plans.seen import MONTH_NAMES

HOME, INDICATORS = "/w/dashboards/", "/w/indicators/"
FIRST = date(2000, 1, 1)
MONTHS = 13  # on the strip of days to travel to
TODAY_KNOWN = "today"


@dataclass(frozen=True, slots=True)
class Asked:
    """The day, the area and the knowledge of a page of figures."""

    as_of: date
    area: object | None
    is_then: bool  # as it was known at the end of that day, not with what was entered since
    today: date

    @property
    def is_today(self) -> bool:
        return self.as_of == self.today

    @property
    def known_at(self) -> datetime | None:
        """The moment whose knowledge counts; None: now."""
        return end_of(self.as_of) if self.is_then and not self.is_today else None

    def link(self, base: str, **changes: object) -> str:
        """An address that asks the same, but for what is changed; today is not written."""
        asked = {
            "as_of": "" if self.is_today else self.as_of.isoformat(),
            "area": self.area.code if self.area else "",
            "known": "" if self.is_then or self.is_today else TODAY_KNOWN,
        }
        return address(base, **(asked | changes))

    def doors(self) -> Doors:
        """Where what is drawn leads, for a reader of the workspace."""
        here = {"as_of": self.as_of.isoformat(), "area": self.area.code if self.area else ""}

        def records(code: str, **narrowed: object) -> str:
            """The records of one mark; of a month that is past, as they were known when the page's own day ended."""
            known = {"known_on": self.as_of.isoformat()} if self.known_at else {}
            return address(f"{HOME}records/{code}/", **(here | known | narrowed))

        return Doors(
            records=records, indicator=lambda code: address(f"{INDICATORS}{code}/", **here),
            step=lambda code: self.link(f"{HOME}funnel/{code}/"),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stop:
    """One end of a month on the strip of days to travel to."""

    day: date
    text: Text
    url: str
    is_current: bool


def asked(request: HttpRequest, area: object | None = None) -> Asked:
    """The day, area and knowledge of the address; today, the given area and what is known where it is silent."""
    given, today = request.GET, timezone.localtime(request.at).date()
    written = given.get("as_of", "")
    as_of = _day(written, "as_of") if written else today
    if not FIRST <= as_of <= today:
        raise invalid("as_of", "Choose a day from 2000 until today: figures do not look ahead.",
                      "请选择 2000 年以来、今天及以前的日期：指标不预测未来。")  # fmt: skip
    code = given.get("area", "")
    chosen = area if "area" not in given else None if code == NOT_RECORDED else lists.term("areas", code, "area")
    return Asked(as_of, chosen, given.get("known") != TODAY_KNOWN, today)


def known_at(request: HttpRequest) -> datetime | None:
    """The moment whose knowledge an address of records asks for; None: now."""
    written = request.GET.get("known_on", "")
    return end_of(_day(written, "known_on")) if written else None


def month(request: HttpRequest) -> date | None:
    """The month that an address of records asks for, by its first day."""
    written = request.GET.get("month", "")
    return _day(f"{written}-01", "month") if written else None


def _day(written: str, field: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise invalid(field, "Write the day like 2026-03-31.", "请将日期写成 2026-03-31 的形式。") from error


def stops(wish: Asked, base: str, **also: str) -> Iterator[Stop]:
    """Today and the ends of the months before it: the strip on which one travels through time without a script."""
    first = wish.today.replace(day=1)
    for back in range(MONTHS):
        day = wish.today if not back else months_after(first, 1 - back) - timedelta(days=1)
        name = Text("today", "今天") if not back else _month(day)
        as_of = "" if not back else day.isoformat()
        yield Stop(day, name, wish.link(base, as_of=as_of, **also), day == wish.as_of)


def _month(day: date) -> Text:
    return Text(f"{MONTH_NAMES[day.month - 1]} {day.year}", f"{day.year}年{day.month}月")
