"""The lists of events and of what was promised, and the month as a calendar."""

import calendar
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from grandunion.records.events import Action, Event, Registration
from grandunion.terms.events import GONE, ActionState, EventKind, EventState
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text, Word
from grandunion.terms.verdicts import invalid
from grandunion.work.queries.base import Column, Filter, Listing
from grandunion.work.queries.events.rows import visible_to

MOST_OF_A_MONTH = 400


class When(Word):
    """Which events a list is narrowed to, by their time."""

    COMING = "coming", "Coming", "未开始"
    PAST = "past", "Past", "已结束"


class Whose(Word):
    """Whose events a list is narrowed to."""

    REGISTERED = "registered", "I am registered", "我报名的"
    MINE = "mine", "In my charge", "我经办的"


class DueWhen(Word):
    """When what was promised is due."""

    OVERDUE = "overdue", "Overdue", "已逾期"
    WEEK = "week", "Within a week", "一周内到期"


def _word(code: str, value: str, words: type[Word]) -> Word:
    if not words.has(value):
        codes = words.codes()
        raise invalid(
            code, f"“{value}” is not one of: {', '.join(codes)}.", f"“{value}”不在可选范围：{'、'.join(codes)}。"
        )
    return words(value)


def _when(value: str, reader: Reader) -> Q:
    is_past = _word("when", value, When) is When.PAST
    return Q(ends_at__lt=reader.at) if is_past else Q(ends_at__gte=reader.at)


def _whose(value: str, reader: Reader) -> Q:
    if _word("whose", value, Whose) is Whose.MINE:
        return Q(in_charge=reader.user_id)
    rows = Registration.objects.unscoped("which events the reader is registered for").exclude(state__in=sorted(GONE))
    mine = Q(user=reader.user_id) | Q(organisation__in=reader.organisation_ids)
    return Q(pk__in=rows.filter(mine).values("event"))


def _due(value: str, reader: Reader) -> Q:
    today = timezone.localtime(reader.at).date()
    is_open = Q(state=ActionState.OPEN)
    if _word("due", value, DueWhen) is DueWhen.OVERDUE:
        return is_open & Q(due_on__lt=today)
    return is_open & Q(due_on__gte=today, due_on__lte=today + timedelta(days=7))


LISTING = Listing(
    code="events",
    name=Text("Events", "活动"),
    record=Event,
    columns=(
        Column("number", Text("Number", "编号"), ("number",), "number", sort=("number",)),
        Column("title", Text("Title", "名称"), ("title_zh", "title_en"), "title", sort=("title_zh",)),
        Column("kind", Text("Kind", "类型"), ("event_kind",), "word", EventKind, ("event_kind",)),
        Column("starts", Text("Begins", "开始时间"), ("starts_at",), "moment", sort=("starts_at",)),
        Column("place", Text("Place", "地点"), ("place_zh", "place_en"), "term"),
        Column("state", Text("State", "状态"), ("state",), "word", EventState, ("state",)),
        Column("area", Text("Area", "片区"), ("area__name_zh", "area__name_en"), "term", is_shown=False),
        Column("ends", Text("Ends", "结束时间"), ("ends_at",), "moment", is_shown=False),
        Column("capacity", Text("Places", "名额"), ("capacity",), "count", is_shown=False),
        Column("updated", Text("Changed", "更新"), ("updated_at",), "day", sort=("updated_at",), is_shown=False),
    ),
    filters=(
        Filter("when", Text("When", "时间"), "", When, condition=_when),
        Filter("kind", Text("Kind", "类型"), "event_kind", EventKind),
        Filter("state", Text("State", "状态"), "state", EventState),
        Filter("area", Text("Area", "片区"), "area", list_code="areas", kind="term"),
        Filter("whose", Text("Whose", "范围"), "", Whose, condition=_whose),
        Filter("since", Text("From", "起始日期"), "starts_at__date", kind="since"),
        Filter("until", Text("Before", "截止日期"), "starts_at__date", kind="until"),
    ),
    order=("-starts_at", "-pk"),
)

ACTIONS = Listing(
    code="actions",
    name=Text("Promised at meetings", "承诺事项"),
    record=Action,
    columns=(
        Column("number", Text("Number", "编号"), ("number",), "number", sort=("number",)),
        Column("title", Text("What", "事项"), ("title_zh", "title_en"), "title", sort=("title_zh",)),
        Column("owner", Text("By whom", "责任单位"), ("owner__name_zh", "owner__name_en"), "term"),
        Column("in_charge", Text("In charge", "经办人"), ("in_charge__name_zh", "in_charge__name_en"), "term"),
        Column("due", Text("Due", "期限"), ("due_on",), "day", sort=("due_on",)),
        Column("state", Text("State", "状态"), ("state",), "word", ActionState, ("state",)),
        Column("event", Text("Event", "活动"), ("event__number",)),
    ),
    filters=(
        Filter("state", Text("State", "状态"), "state", ActionState),
        Filter("due", Text("Due", "期限"), "", DueWhen, condition=_due),
        Filter("event", Text("Event's number", "活动编号"), "event__number", kind="link"),
        Filter("owner", Text("Organisation's number", "责任单位编号"), "owner__number", kind="link"),
    ),
    order=("due_on", "pk"),
    words=lambda words: Q(number__iexact=words) | Q(title_zh__icontains=words) | Q(title_en__icontains=words),
)


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a month with its events."""

    on: date
    events: tuple[Event, ...]
    is_outside: bool  # of the month before or after
    is_today: bool


@dataclass(frozen=True, slots=True)
class Month:
    """A month in weeks that begin on Monday."""

    first: date
    before: date
    after: date
    weeks: tuple[tuple[Day, ...], ...]


def month_of(given: str, at: datetime) -> date:
    """The first day of the month written like 2026-11; of the present one where nothing is written."""
    if not given:
        return timezone.localtime(at).date().replace(day=1)
    try:
        return date.fromisoformat(f"{given}-01")
    except ValueError as error:
        raise invalid(
            "month", f"“{given}” is not a month. Write it like 2026-11.", f"“{given}”不是月份，请写成 2026-11。"
        ) from error


def month(first: date, reader: Reader) -> Month:
    """The month that begins on `first`, with the events the reader may see, each on the day it begins."""
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    today = timezone.localtime(reader.at).date()
    begins = timezone.make_aware(datetime.combine(weeks[0][0], datetime.min.time()))
    ends = timezone.make_aware(datetime.combine(weeks[-1][-1] + timedelta(days=1), datetime.min.time()))
    rows = visible_to(reader).filter(starts_at__gte=begins, starts_at__lt=ends).order_by("starts_at", "pk")
    found: dict[date, list[Event]] = defaultdict(list)
    for row in rows[:MOST_OF_A_MONTH]:
        found[timezone.localtime(row.starts_at).date()].append(row)
    return Month(
        first,
        (first - timedelta(days=1)).replace(day=1),
        (first + timedelta(days=31)).replace(day=1),
        tuple(tuple(Day(on, tuple(found[on]), on.month != first.month, on == today) for on in week) for week in weeks),
    )
