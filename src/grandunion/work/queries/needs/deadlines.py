"""When the next step of a need falls due, by the hub's service level, and how a person says it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from grandunion.engines.calendars import Run, WorkingCalendar, due
from grandunion.engines.flows import ASSIGNMENT_FLOW, NEED_FLOW
from grandunion.terms.clocks import Clock, Interval
from grandunion.terms.needs import AssignmentState, Correction, LimitUnit, NeedState
from grandunion.terms.text import Text
from grandunion.work.queries.lists import settings_of, working_calendar

# Which limit of a service level binds a state; the first that the level names is used.
STEPS: dict[str, tuple[str, ...]] = {
    NeedState.RECEIVED: ("contact", "verify", "dispatch"),
    NeedState.TRIAGE: ("plan", "dispatch", "verify"),
    NeedState.REOPENED: ("plan", "dispatch", "verify"),
    NeedState.ESCALATED: ("plan", "dispatch", "verify"),
    NeedState.DISPATCHED: ("solve", "answer"),
}
WEEKDAYS = tuple(Text(en, f"周{zh}") for en, zh in zip("Mon Tue Wed Thu Fri Sat Sun".split(), "一二三四五六日"))  # noqa: SIM905, B905
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Limit:
    """How long one step may take, as a service level writes it."""

    step: str
    within: int
    unit: LimitUnit
    on_correction: Correction = Correction.CONTINUE

    @property
    def clock(self) -> Clock:
        """Working days and minutes count working time; hours and days run round the clock."""
        then = self.on_correction.value
        if self.unit == LimitUnit.WORKING_DAYS:
            return Clock(working_days=self.within, on_correction=then)
        if self.unit == LimitUnit.MINUTES:
            return Clock(working_minutes=self.within, on_correction=then)
        return Clock(hours=self.within * (24 if self.unit == LimitUnit.DAYS else 1), on_correction=then)


Limits = Mapping[str, Limit]


@dataclass(frozen=True, slots=True)
class Deadlines:
    """The hub's service levels and calendar, read once."""

    limits: Limits
    calendar: WorkingCalendar
    by_category: Mapping[str, Limits] = field(default_factory=dict)

    def limit(self, state: str, category: str = "", *, is_complex: bool = False) -> Limit | None:
        """What binds a state: the limit of the category's service level where it names one, else the flow's."""
        names = STEPS.get(state, ())
        if is_complex and state == NeedState.DISPATCHED:
            names = ("solve_complex", *names)
        limits = self.by_category.get(category, self.limits)
        named = next((limits[name] for name in names if name in limits), None)
        return named or _own(state, NEED_FLOW.state(state).clock)

    def assignment_limit(self, category: str = "") -> Limit | None:
        """How long an assignee has to answer."""
        limits = self.by_category.get(category, self.limits)
        own = _own(AssignmentState.TAKING_CARE.value, ASSIGNMENT_FLOW.state(AssignmentState.TAKING_CARE).clock)
        return limits.get("answer") or own

    def due(self, limit: Limit, start: datetime, pauses: Iterable[Interval] = ()) -> datetime | None:
        """When a limit that began at `start` runs out; None while the applicant owes an answer."""
        return due(Run(limit.clock, start), pauses, self.calendar)


def deadlines() -> Deadlines:
    """The service levels in force (settings “sla”, “service_levels”, “desk”) and the hub's working time."""
    facts = settings_of("sla", "service_levels", "desk", "calendar")
    levels = {row["code"]: limits_of(row) for row in facts.get("service_levels") or ()}
    services = (facts.get("desk") or {}).get("services", ())
    by_category = {row["category"]: levels[row["service_level"]] for row in services if row["service_level"] in levels}
    return Deadlines(limits_of(facts.get("sla") or {}), working_calendar(facts.get("calendar") or {}), by_category)


def limits_of(level: Mapping) -> dict[str, Limit]:
    """The limits of a service level by their steps."""
    return {row["step"]: limit_of(row) for row in level.get("limits", ())}


def limit_of(row: Mapping) -> Limit:
    """One limit out of a setting."""
    unit = LimitUnit.MINUTES if row["unit"] == "working_minutes" else LimitUnit(row["unit"])
    return Limit(row["step"], int(row["within"]), unit, Correction(row.get("on_correction") or Correction.CONTINUE))


def _own(state: str, clock: Clock | None) -> Limit | None:
    """The flow's own clock of a state as a limit."""
    if clock is None:
        return None
    if clock.working_days:
        return Limit(state, clock.working_days, LimitUnit.WORKING_DAYS)
    if clock.working_minutes:
        return Limit(state, clock.working_minutes, LimitUnit.MINUTES)
    return Limit(state, clock.hours or 1, LimitUnit.HOURS)


def said(due_at: datetime | None, at: datetime, zone: str = "Asia/Shanghai") -> Text | None:
    """The moment as a person says it: due today 14:00, due Tue 14:00, overdue by 2 days."""
    if due_at is None:
        return None
    if due_at < at:
        late = at - due_at
        return Text("overdue by {for_}", "已超期 {for_}").fill(for_=_length(late))
    return Text("due {when}", "{when} 前办理").fill(when=when(due_at, at, zone))


def when(moment: datetime, at: datetime, zone: str = "Asia/Shanghai") -> Text:
    """A moment to come as a person says it: today 14:00, Tue 14:00, 3 Mar 14:00."""
    local, today = moment.astimezone(ZoneInfo(zone)), at.astimezone(ZoneInfo(zone)).date()
    days, clock = (local.date() - today).days, f"{local:%H:%M}"
    if 0 <= days <= 1:
        day = Text("today", "今天") if days == 0 else Text("tomorrow", "明天")
    elif 0 < days < 7:
        day = WEEKDAYS[local.weekday()]
    else:
        day = Text(f"{local.day} {local:%b}", f"{local.month} 月 {local.day} 日")
    return Text("{day} {clock}", "{day} {clock}").fill(day=day, clock=clock)


def _length(late: timedelta) -> Text:
    if late >= DAY:
        return Text(f"{late.days} day{'' if late.days == 1 else 's'}", f"{late.days} 天")
    hours = max(int(late.total_seconds() // 3600), 0)
    if hours:
        return Text(f"{hours} hour{'' if hours == 1 else 's'}", f"{hours} 小时")
    return Text("less than an hour", "不到 1 小时")
