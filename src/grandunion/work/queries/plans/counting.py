"""How rows are dated and counted as of a day: what every counting rule is made of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import (
    Aggregate,
    Count,
    DateTimeField,
    DecimalField,
    F,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from grandunion.records.journal import Step
from grandunion.records.lists import Term
from grandunion.terms.plans import CountingRule
from grandunion.terms.text import Text

BEGINNING = date(1900, 1, 1)
DAY = timedelta(days=1)
Dated = Callable[[QuerySet, date, date], QuerySet]
Held = Callable[[date], Q]
NOBODY = frozenset[str]()


@dataclass(frozen=True, slots=True)
class Rule:
    """A counting rule: which records, dated how, on what condition; each record counts once.

    `dated` gives each row its `counted_on`, within two days. A flow counts the rows dated in a period; a stock
    (`held`) those that hold on a day. As of a day a record must stand in one of the states `stood`, if any are
    named, and in none of `fell`. `sums` names the amount that is added up instead of counting.
    """

    code: CountingRule
    record: type[Model]
    dated: Dated
    says: Text
    why: Text
    condition: Q = field(default_factory=Q)
    held: Held | None = None
    stood: frozenset[str] = NOBODY
    fell: frozenset[str] = NOBODY
    sums: str = ""
    area: str = "area"
    flow: str = ""

    @property
    def is_stock(self) -> bool:
        return self.held is not None


def end_of(day: date) -> datetime:
    """The moment at which the day is over in the hub."""
    return timezone.make_aware(datetime.combine(day + DAY, time()))


def start_of(day: date) -> datetime:
    """The moment at which the day begins in the hub."""
    return end_of(day - DAY)


def by_day(column: str) -> Dated:
    """Dated by a column that holds a day."""
    return lambda rows, first, last: rows.filter(**{f"{column}__range": (first, last)}).annotate(counted_on=F(column))


def by_moment(column: str) -> Dated:
    """Dated by a column that holds a moment."""

    def dated(rows: QuerySet, first: date, last: date) -> QuerySet:
        within = {f"{column}__gte": start_of(first), f"{column}__lt": end_of(last)}
        return rows.filter(**within).annotate(counted_on=TruncDate(column))

    return dated


def by_step(flow: str, target: str, *, is_last: bool = False) -> Dated:
    """Dated by the day on which the record first (or last) came to a state."""

    def dated(rows: QuerySet, first: date, last: date) -> QuerySet:
        steps = Step.objects.filter(flow=flow, target=target)
        came = steps.filter(at__gte=start_of(first), at__lt=end_of(last)).values("subject_id")
        order = ("-at", "-pk") if is_last else ("at", "pk")
        until = steps.filter(subject_id=OuterRef("pk"), at__lt=end_of(last)).order_by(*order)
        moment = Subquery(until.values("at")[:1], output_field=DateTimeField())
        return by_moment("counted_at")(rows.filter(pk__in=came).annotate(counted_at=moment), first, last)

    return dated


def rows(rule: Rule, first: date, last: date) -> QuerySet:
    """The rows a rule counts from one day to another, with their `counted_on`; a stock's rows as of the last."""
    every = rule.record.objects.unscoped("a figure counts every record; its rows are opened through visible_to")
    kept = every.filter(rule.condition)
    if rule.held is not None:
        return rule.dated(kept.filter(rule.held(last)), BEGINNING, last)
    return _standing(rule, rule.dated(kept, first, last), last)


def _standing(rule: Rule, kept: QuerySet, last: date) -> QuerySet:
    """Leave the rows that stood where the rule wants them at the end of the last day."""
    if not rule.stood and not rule.fell:
        return kept
    steps = Step.objects.filter(flow=rule.flow, subject_id=OuterRef("pk"), at__lt=end_of(last))
    latest = Subquery(steps.order_by("-at", "-pk").values("target")[:1])
    # A record that came by import has no steps: it stands where its row says.
    kept = kept.annotate(stood_in=Coalesce(latest, F("state")))
    wanted = Q(stood_in__in=rule.stood) if rule.stood else Q()
    return kept.filter(wanted & ~Q(stood_in__in=rule.fell))


def total(rule: Rule, counted: QuerySet) -> tuple[int, object]:
    """How many rows there are, and what their amounts come to (the same number where nothing is summed)."""
    found = counted.order_by().aggregate(**_tally(rule))
    return found["rows"], found.get("amount", found["rows"])


def by_area(rule: Rule, months: tuple[date, ...], since: date, as_of: date) -> Mapping[tuple[int | None, int], tuple]:
    """In one grouped query: (area, place of the month) → (rows, amount), and the period itself at place -1.

    A flow's month holds what was dated in it; a stock's what held at its end (for the last month, on the day).
    """
    if rule.held is not None:
        return _stocks(rule, months, as_of)
    found: dict[tuple[int | None, int], tuple] = {}
    grouped = rows(rule, min(since, months[0]), as_of).order_by().values(rule.area, "counted_on")
    for row in grouped.annotate(**_tally(rule)):
        day, amount = row["counted_on"], row.get("amount", row["rows"])
        places = [place for place, month in enumerate(months) if (month.year, month.month) == (day.year, day.month)]
        for place in [*places, *([-1] if day >= since else [])]:
            before = found.get((row[rule.area], place), (0, 0))
            found[row[rule.area], place] = (before[0] + row["rows"], before[1] + amount)
    return found


def _stocks(rule: Rule, months: tuple[date, ...], as_of: date) -> dict[tuple[int | None, int], tuple]:
    every = rule.record.objects.unscoped("a figure counts every record; its rows are opened through visible_to")
    days = [*(min(month_end(month), as_of) for month in months), as_of]
    held = {f"on_{place}": Count("pk", filter=rule.held(day)) for place, day in enumerate(days)}
    found = {}
    for row in every.filter(rule.condition).order_by().values(rule.area).annotate(**held):
        for place in range(len(days)):
            count = row[f"on_{place}"]
            found[row[rule.area], place if place < len(months) else -1] = (count, count)
    return found


def month_end(month: date) -> date:
    """The last day of the month that begins with this day."""
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - DAY


def in_area(rule: Rule, counted: QuerySet, area: Term | None) -> QuerySet:
    """The rows of one area, or all."""
    return counted if area is None else counted.filter(**{rule.area: area})


def _tally(rule: Rule) -> dict[str, Aggregate | Coalesce]:
    """How many rows, and the sum of their amounts where the rule adds up."""
    if not rule.sums:
        return {"rows": Count("pk")}
    nothing = Value(0, output_field=DecimalField(max_digits=20, decimal_places=2))
    return {"rows": Count("pk"), "amount": Coalesce(Sum(rule.sums), nothing)}
