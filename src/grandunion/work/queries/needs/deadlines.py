"""When the next step of a need falls due, by the hub's service level, and how a person says it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from grandunion.engines.calendars import WorkingCalendar
from grandunion.engines.flows import ASSIGNMENT_FLOW, NEED_FLOW
from grandunion.records.needs import Need
from grandunion.terms.clocks import Clock
from grandunion.terms.needs import AssignmentState, NeedState
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
class Deadlines:
    """The hub's service level and calendar, read once."""

    limits: Mapping[str, Clock]
    calendar: WorkingCalendar

    def need_due(self, state: str, at: datetime, *, is_complex: bool = False) -> datetime | None:
        """When a need that came into the state at `at` falls due; None where no clock runs."""
        clock = self.limit(state, is_complex=is_complex)
        return self.calendar.due(at, clock) if clock else None

    def limit(self, state: str, *, is_complex: bool = False) -> Clock | None:
        """The clock of a state: of the service level where it names one, else of the flow."""
        names = STEPS.get(state, ())
        if is_complex and state == NeedState.DISPATCHED:
            names = ("solve_complex", *names)
        named = next((self.limits[name] for name in names if name in self.limits), None)
        return named or NEED_FLOW.state(state).clock

    def assignment_due(self, at: datetime) -> datetime | None:
        """When an assignee who got the need at `at` shall have answered."""
        clock = self.limits.get("answer") or ASSIGNMENT_FLOW.state(AssignmentState.TAKING_CARE).clock
        return self.calendar.due(at, clock)

    def moved(self, need: Need, target: str, at: datetime) -> datetime | None:
        """When a need that moves is due: where one limit binds both states, its clock goes on."""
        if need.due_at and {need.state, target} <= STEPS.keys() and self.limit(need.state) is self.limit(target):
            return need.due_at
        return self.need_due(target, at, is_complex=need.escalations > 0)


def deadlines() -> Deadlines:
    """The service level in force (setting “sla”) and the working time of the hub (setting “calendar”)."""
    facts = settings_of("sla", "calendar")
    sla, calendar = facts.get("sla") or {}, facts.get("calendar") or {}
    limits = {row["step"]: _clock(row["unit"], int(row["within"])) for row in sla.get("limits", ())}
    return Deadlines(limits, working_calendar(calendar))


def _clock(unit: str, within: int) -> Clock:
    """A limit as a clock: working days and minutes count working time, hours and days run round the clock."""
    if unit == "working_days":
        return Clock(working_days=within)
    if unit in ("minutes", "working_minutes"):
        return Clock(working_minutes=within)
    return Clock(hours=within * (24 if unit == "days" else 1))


def said(due_at: datetime | None, at: datetime, zone: str = "Asia/Shanghai") -> Text | None:
    """The moment as a person says it: due today 14:00, due Tue 14:00, overdue by 2 days."""
    if due_at is None:
        return None
    if due_at < at:
        late = at - due_at
        return Text("overdue by {for_}", "已超期 {for_}").fill(for_=_length(late))
    local, today = due_at.astimezone(ZoneInfo(zone)), at.astimezone(ZoneInfo(zone)).date()
    days, clock = (local.date() - today).days, f"{local:%H:%M}"
    if days <= 1:
        day = Text("today", "今天") if days == 0 else Text("tomorrow", "明天")
    elif days < 7:
        day = WEEKDAYS[local.weekday()]
    else:
        day = Text(f"{local.day} {local:%b}", f"{local.month} 月 {local.day} 日")
    return Text("due {day} {clock}", "{day} {clock} 前办理").fill(day=day, clock=clock)


def _length(late: timedelta) -> Text:
    if late >= DAY:
        return Text(f"{late.days} day{'' if late.days == 1 else 's'}", f"{late.days} 天")
    hours = max(int(late.total_seconds() // 3600), 0)
    if hours:
        return Text(f"{hours} hour{'' if hours == 1 else 's'}", f"{hours} 小时")
    return Text("less than an hour", "不到 1 小时")
