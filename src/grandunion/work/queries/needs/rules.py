"""The hub's rules for the need desk, out of its pack: levels, who answers what, cadence, calls, thresholds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from grandunion.engines.desk import Condition, Rule, Threshold
from grandunion.terms.needs import WatchMeasure
from grandunion.terms.text import Text, either
from grandunion.work.queries.lists import setting, settings_of
from grandunion.work.queries.needs.deadlines import Limit, limit_of

SETS = ("categories", "subjects", "areas", "industries", "industries_out", "stages")
NUMBERS = ("age_least", "age_most", "headcount_least", "headcount_most")


@dataclass(frozen=True, slots=True)
class Route:
    """One answerer of the routing rules: the rule itself, and whose number or address it is."""

    rule: Rule
    institution: Text
    number: str  # of the organisation
    email: str = ""  # of the person, where it is one


@dataclass(frozen=True, slots=True)
class Watching:
    """How offices are watched."""

    days: int
    thresholds: tuple[Threshold, ...]
    published_on: str = ""


@dataclass(frozen=True, slots=True)
class DeskRules:
    """How the desk works by itself; what the pack leaves out is never done."""

    is_automatic: bool = False
    escalate_after: Limit | None = None
    first_call: timedelta | None = None
    second_call_months: int = 0
    archive_after: timedelta | None = None
    remind_draft_after: timedelta | None = None
    reminders: tuple[Limit, ...] = ()
    watching: Watching = Watching(90, ())

    def first_call_at(self, closed_at: datetime) -> datetime | None:
        """When the applicant is called for the first time after the closing."""
        return closed_at + self.first_call if self.first_call else None

    def second_call_at(self, closed_at: datetime) -> datetime | None:
        """When it is called again: the same day some months later, or the last day of a shorter month."""
        return _months_later(closed_at, self.second_call_months) if self.second_call_months else None


def levels() -> tuple[Text, ...]:
    """The levels of the offices, the first one first; empty where the pack has none."""
    return tuple(either(row["name_en"], row["name_zh"]) for row in setting("levels") or ())


def desk_rules() -> DeskRules:
    """The rules in force (settings “desk” and “sla”)."""
    facts = settings_of("desk", "sla")
    desk = facts.get("desk")
    if not desk:
        return DeskRules()
    return DeskRules(
        is_automatic=bool(desk.get("is_automatic")),
        escalate_after=limit_of(desk["escalate_after"]) if desk.get("escalate_after") else None,
        first_call=_days(desk.get("first_call_days")),
        second_call_months=int(desk.get("second_call_months") or 0),
        archive_after=_days(desk.get("archive_after_days")),
        remind_draft_after=_days(desk.get("remind_draft_after_days")),
        reminders=tuple(limit_of(row) for row in (facts.get("sla") or {}).get("reminders", ())),
        watching=_watching(desk.get("watch") or {}),
    )


def routes() -> tuple[Route, ...]:
    """Every answerer the pack knows (setting “routes”)."""
    return tuple(_route(row) for row in setting("routes") or ())


def _route(row: Mapping) -> Route:
    institution = either(row["institution_en"], row["institution_zh"])
    conditions = tuple(_condition(one) for one in row["conditions"])
    rule = Rule(row["code"], institution, conditions, row["level"], row["capacity"], row["is_automatic"])
    return Route(rule, institution, row["organisation"], row["email"])


def _condition(row: Mapping) -> Condition:
    sets = {name: frozenset(row.get(name, ())) for name in SETS}
    return Condition(**sets, **{name: row.get(name) for name in NUMBERS})


def _watching(row: Mapping) -> Watching:
    thresholds = tuple(
        Threshold(one["code"], WatchMeasure(one["measure"]), Decimal(one["value"]), int(one["minimum"]))
        for one in row.get("thresholds", ())
    )
    return Watching(int(row.get("days") or 90), thresholds, row.get("published_on") or "")


def _days(number: int | None) -> timedelta | None:
    return timedelta(days=number) if number else None


def _months_later(at: datetime, months: int) -> datetime:
    year, month = divmod(at.year * 12 + at.month - 1 + months, 12)
    for day in range(at.day, at.day - 4, -1):
        try:
            return at.replace(year=year, month=month + 1, day=day)
        except ValueError:
            continue  # a shorter month: the day before
    raise ValueError(f"{year}-{month + 1} has no day near {at.day}")
