"""Opens the returns of a period: one for each that reports, once; and one by hand for who joined late."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError
from django.utils import timezone

from grandunion.adapters import index
from grandunion.engines.calendars import WorkingCalendar
from grandunion.engines.calendars.reporting import Schedule, due_at, next_reminder, raised_at
from grandunion.engines.flows.returns import RETURN_FLOW
from grandunion.records.lists import Term
from grandunion.records.parties import Organisation
from grandunion.records.plans import Return, ReturnCycle, ReturnForm
from grandunion.records.spaces import Area
from grandunion.terms.parties import OrganisationKind, OrganisationStatus
from grandunion.terms.readers import Reader
from grandunion.terms.returns import Reporter, ReturnPeriod, Span, span_of
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Forbidden, Refused, invalid, require
from grandunion.work.actions import journal, lists
from grandunion.work.actions.base import atomic
from grandunion.work.permissions.plans import returns as permissions
from grandunion.work.queries.lists import working_calendar
from grandunion.work.queries.plans import returns


@dataclass(frozen=True, slots=True)
class Who:
    """One who reports: an organisation with its area, or an area itself."""

    owner: Organisation | None
    area: Term | None

    @property
    def name(self) -> Text:
        return self.owner.name if self.owner else self.area.name


@atomic
def open_cycle(form: ReturnForm, span: Span, *, by: Reader, at: datetime) -> int:
    """Open the period for everybody who reports in the form today; answers how many. A period opens once."""
    if ReturnCycle.objects.filter(form_code=form.code, starts_on=span.starts_on).exists():
        raise Refused(Text(f"{span.name.en} is open already.", f"{span.name.zh}已开启填报。"))
    known = _asked(form, span)
    wanted = [who for who in reporters(form, at) if _key(who) not in known]
    made = _made(form, span, wanted, by=by, at=at)
    try:
        ReturnCycle.objects.create(form_code=form.code, starts_on=span.starts_on, opened_at=at, count=len(made))
    except IntegrityError as error:
        raise Refused(Text(f"{span.name.en} is open already.", f"{span.name.zh}已开启填报。")) from error
    return len(made)


@atomic
def open_one(form: ReturnForm, who: Organisation | Term, period: str, *, by: Reader, at: datetime) -> Return:
    """Ask one more reporter for a period that is over: who joined late. `period` is written like 2026-Q3."""
    require(permissions.may_run(by), Forbidden)
    span = past_span(form, period, at)
    wanted = Who(who, who.area) if isinstance(who, Organisation) else Who(None, who)
    if _key(wanted) not in {_key(one) for one in reporters(form, at)}:
        raise invalid(
            "who",
            "They do not report in this form, or have not agreed to.",
            "该单位不在本报表填报范围内，或尚未同意报送。",
        )
    if _key(wanted) in _asked(form, span):
        raise invalid("who", "They have this return already.", "该单位已有本期报表。")
    return _made(form, span, [wanted], by=by, at=at)[0]


def reporters(form: ReturnForm, at: datetime) -> list[Who]:
    """Everybody who reports in the form at a moment: open areas, active partners, enterprises that agree."""
    if form.reporter == Reporter.AREA:
        rows = Area.objects.filter(is_open=True, term__retired_on=None).select_related("term")
        return [Who(None, row.term) for row in rows.order_by("term__position", "pk")]
    every = (
        Organisation.objects.unscoped("who reports in a form is asked, whoever may read the organisations")
        .filter(status=OrganisationStatus.ACTIVE)
        .select_related("area")
    )
    if form.reporter == Reporter.PARTNER:
        rows = every.filter(organisation_kind=OrganisationKind.PARTNER)
    else:
        rows = every.filter(pk__in=returns.holding(form.code, at).values("organisation"))
    return [Who(row, row.area) for row in rows.order_by("pk")]


def clocked(calendar: WorkingCalendar, rule: Schedule, due: datetime, at: datetime) -> dict[str, datetime | None]:
    """The clocks of a return that is due: when it is reminded of next, and when it is raised."""
    return {
        "due_at": due,
        "remind_at": next_reminder(calendar, rule, due, at),
        "escalate_at": raised_at(calendar, rule, due),
    }


def past_span(form: ReturnForm, period: str, at: datetime) -> Span:
    """The period of this code, if it is over."""
    span = span_of(ReturnPeriod(form.period), timezone.localtime(at).date())
    for _ in range(60):
        span = span.before
        if span.code == period:
            return span
    raise invalid("period", f"“{period}” is no past period of this form.", f"“{period}”不是本报表的往期所属期。")


def _key(who: Who) -> tuple[str, int]:
    return ("organisation", who.owner.pk) if who.owner else ("area", who.area.pk)


def _asked(form: ReturnForm, span: Span) -> set[tuple[str, int]]:
    rows = Return.objects.unscoped("who reports in a form is asked, whoever may read the organisations").filter(
        form_code=form.code, starts_on=span.starts_on
    )
    return {("organisation", owner) if owner else ("area", area) for owner, area in rows.values_list("owner", "area")}


def _made(form: ReturnForm, span: Span, wanted: Iterable[Who], *, by: Reader, at: datetime) -> list[Return]:
    wanted = list(wanted)
    if not wanted:
        return []
    calendar, rule = working_calendar(), returns.schedule_of(form)
    clocks = clocked(calendar, rule, due_at(calendar, rule, span.last_day, at), at)
    numbers = lists.next_numbers(RETURN_FLOW.prefix, at.year, len(wanted))
    title = {"title_zh": f"{form.name_zh}（{span.name.zh}）", "title_en": f"{form.name_en}, {span.name.en}"}
    made = []
    for number, who in zip(numbers, wanted, strict=True):
        record = Return.objects.create(
            number=number, form=form, form_code=form.code, owner=who.owner, area=who.area, starts_on=span.starts_on,
            ends_on=span.ends_on, state=RETURN_FLOW.initial, state_at=at, created_at=at, updated_at=at, **title,
            **clocks,
        )  # fmt: skip
        journal.step(RETURN_FLOW.code, record, source="", target=RETURN_FLOW.initial, by=by, at=at)
        made.append(record)
    index.put_many(Return.kind, [(one.pk, [getattr(one, name) for name in Return.searched]) for one in made])
    journal.note_many("return.opened", _told(made), by=by, at=at)
    return made


def _told(made: Iterable[Return]) -> Iterator[tuple[Return, dict]]:
    for record in made:
        yield record, {"form_code": (None, record.form_code), "due_at": (None, record.due_at)}
