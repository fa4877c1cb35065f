"""What came of the matches suggested in a period, as of a day: the rows with the steps they have come to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache

from django.db.models import (
    Case,
    CharField,
    F,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from grandunion.engines.flows import MATCH_FLOW
from grandunion.records.journal import Step
from grandunion.records.lists import Term
from grandunion.records.matches import Match
from grandunion.terms.matches import Market, MatchState
from grandunion.terms.periods import months_after
from grandunion.terms.reports import Cut, Stage
from grandunion.terms.text import Word
from grandunion.terms.verdicts import Absent, invalid
from grandunion.work.queries import lists

LADDER = (
    Stage.SUGGESTED, Stage.SENT, Stage.INTERESTED, Stage.INTRODUCED, Stage.MEETING, Stage.NEGOTIATING, Stage.SUCCESS,
)  # fmt: skip
ENDINGS = (Stage.SUCCESS, Stage.DECLINED, Stage.FAILED, Stage.OPEN)
CAME_TO_NOTHING = (MatchState.DECLINED.value, MatchState.FAILED.value)
HEIGHT = {stage.value: place for place, stage in enumerate(LADDER)} | {MatchState.VIEWED.value: 1}
ENDED = {Stage.SUCCESS: MatchState.SUCCESS.value, Stage.DECLINED: MatchState.DECLINED.value,
         Stage.FAILED: MatchState.FAILED.value}  # fmt: skip
FIRST = date(2000, 1, 1)
FIELD = Coalesce(
    *(f"{side}__field{above}" for side in ("need", "opportunity") for above in ("__parent__parent", "__parent", ""))
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a report asks: the matches suggested from `since` to `as_of`, as they stood at the end of that day."""

    since: date
    as_of: date
    cut: Cut = Cut.MARKET
    market: Market | None = None
    manager: int | None = None
    field: Term | None = None
    area: Term | None = None


def asked_of(given: Mapping[str, str], today: date) -> Asked:
    """A report out of what an address asks: by default all markets over the last twelve months, as of today."""
    for name, value in given.items():
        if "\x00" in value:
            raise invalid(name, "The text holds a broken character.", "文字中含有无效字符。")
    as_of = _day("as_of", given.get("as_of", ""), today)
    since = _day("since", given.get("since", ""), months_after(as_of.replace(day=1), -11))
    if not FIRST <= since <= as_of <= today:
        raise invalid("as_of", "Choose days from 2000 until today, the first one first: figures do not look ahead.",
                      "请选择 2000 年以来、今天及以前的日期，起始日不晚于截止日。")  # fmt: skip
    manager = given.get("manager", "")
    return Asked(
        since, as_of, _word("by", Cut, given.get("by", "")) or Cut.MARKET,
        _word("market", Market, given.get("market", "")), _whole(manager) if manager else None,
        lists.term("fields", given.get("field", ""), "field"), lists.term("areas", given.get("area", ""), "area"),
    )  # fmt: skip


def stage_of(code: str) -> Stage:
    """The step of this code, or a refusal; the first one where none is named."""
    return _word("stage", Stage, code) or Stage.SUGGESTED


def _word(name: str, words: type[Word], code: str) -> Word | None:
    if code and not words.has(code):
        codes = words.codes()
        raise invalid(name, f"There is no “{name}” of that name: {', '.join(codes)}.", f"可选：{'、'.join(codes)}。")
    return words(code) if code else None


def _day(name: str, written: str, otherwise: date) -> date:
    try:
        day = date.fromisoformat(written) if written else otherwise
    except ValueError:
        day = None
    if day is None or not 1900 <= day.year <= 2999:  # beyond it there is no month before, or after
        raise invalid(name, "Write a day like 2026-03-31.", "请填写日期，例如 2026-03-31。")
    return day


def rows(asked: Asked) -> QuerySet[Match]:
    """The matches of the period with `stood_in`, `height` and `why`, to be opened; `tally` counts them.

    Steps after the day do not count; a match that came by import has none and stands where its row says. The
    officer in charge and the field are those of today.
    """
    steps = Step.objects.filter(flow=MATCH_FLOW.code, subject_id=OuterRef("pk"), at__lt=ends_at(asked))
    latest = steps.order_by("-at", "-pk")
    highest = steps.order_by().values("subject_id").annotate(most=Max(_height("target"))).values("most")
    return kept(asked).annotate(
        stood_in=Coalesce(Subquery(latest.values("target")[:1]), F("state")),
        why=Coalesce(Subquery(latest.values("reason")[:1], output_field=CharField()), F("reason")),
        height=Coalesce(Subquery(highest, output_field=IntegerField()), _height("state")),
    )


def kept(asked: Asked) -> QuerySet[Match]:
    """The matches of the period; with `field_of`, the field at the top of its list, where that is asked."""
    every = Match.objects.unscoped("a report counts every match; its rows are opened through visible_to")
    found = every.filter(created_at__gte=start_of(asked.since), created_at__lt=ends_at(asked))
    if asked.market is not None:
        found = found.filter(market=asked.market.value)
    if asked.manager is not None:
        found = found.filter(in_charge=asked.manager)
    if asked.area is not None:
        found = found.filter(area=asked.area)
    if asked.cut is Cut.FIELD or asked.field is not None:
        found = found.annotate(field_of=FIELD)
    if asked.field is not None:
        is_itself = Q(need__field=asked.field) | Q(opportunity__field=asked.field)
        found = found.filter(Q(field_of=asked.field.pk) | is_itself)
    return found


@cache
def _height(column: str) -> Case:
    """How far up the ladder a state is."""
    return Case(
        *(When(**{column: state}, then=Value(height)) for state, height in HEIGHT.items()),
        default=Value(0), output_field=IntegerField(),
    )  # fmt: skip


def start_of(day: date) -> datetime:
    """The moment at which the day begins in the hub."""
    return timezone.make_aware(datetime.combine(day, time()))


def ends_at(asked: Asked) -> datetime:
    """The moment from which on nothing counts: the end of the day as of which is asked."""
    return start_of(asked.as_of + timedelta(days=1))


def at_stage(kept: QuerySet[Match], stage: Stage) -> QuerySet[Match]:
    """Of the rows, those that came to a step or went past it, or that stand so."""
    if stage is Stage.OPEN:
        return kept.exclude(stood_in__in=ENDED.values())
    if stage in ENDED:
        return kept.filter(stood_in=ENDED[stage])
    return kept.filter(height__gte=LADDER.index(stage))


def in_group(kept: QuerySet[Match], cut: Cut, key: str) -> QuerySet[Match]:
    """Of the rows, those of one group; its key is as `figures.report` gives it."""
    if cut is Cut.MARKET:
        return kept.filter(market=key)
    if cut is Cut.REASON:
        state, _, why = key.partition(".")
        return kept.filter(stood_in=state if state in CAME_TO_NOTHING else "", why=why)
    if cut is Cut.MONTH:
        first = _month(key)
        return kept.filter(created_at__gte=start_of(first), created_at__lt=start_of(months_after(first, 1)))
    column = "in_charge" if cut is Cut.MANAGER else "field_of"
    if not key:
        return kept.filter(**{f"{column}__isnull": True})
    return kept.filter(**{column: _whole(key)})


def _month(key: str) -> date:
    try:
        return date.fromisoformat(f"{key}-01")
    except ValueError as error:
        raise Absent from error


def _whole(key: str) -> int:
    if key.isascii() and key.isdigit() and len(key) < 10:
        return int(key)
    raise Absent
