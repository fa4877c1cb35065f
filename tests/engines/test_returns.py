"""What is written into a form, what differs much from last period, and when a report opens, falls due and is raised."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest

from grandunion.engines.calendars import WorkingCalendar
from grandunion.engines.calendars.reporting import Schedule, corrected_by, due_at, next_reminder, opens_at, raised_at
from grandunion.engines.flows import RETURN_FLOW
from grandunion.engines.indicators.returns import Field, checked, doubts, gaps, missing
from grandunion.terms.returns import FieldType, FieldUse, ReturnPeriod, Span, span_of, spans_since
from grandunion.terms.roles import Part
from grandunion.terms.text import Text

NAME = Text("Projects", "项目")
WHOLE = Field("n", NAME, FieldType.NUMBER, least=Decimal(0), most=Decimal(1000))
MONEY = Field("m", NAME, FieldType.MONEY, places=2, least=Decimal(0))
YES_NO = Field("y", NAME, FieldType.YES_NO)
WORDS = Field("t", NAME, FieldType.TEXT)
OCTOBER = WorkingCalendar(
    holidays=frozenset(date(2026, 10, day) for day in range(1, 8)), makeup_days=frozenset({date(2026, 10, 10)})
)
RULE = Schedule(opens_after=1, due_after=5, due_by=time(14), remind_before=(3, 1), remind_every=2, escalate_after=5)
SEPTEMBER = date(2026, 9, 30)


@pytest.mark.parametrize(
    ("field", "written", "kept"),
    [
        (WHOLE, "12", "12"), (WHOLE, " 1,000 ", "1000"), (WHOLE, "１２", "12"), (WHOLE, 7, "7"), (WHOLE, "0", "0"),
        (MONEY, "3.5万", "35000.00"), (MONEY, "1.2亿", "120000000.00"), (MONEY, "9，800.5", "9800.50"),
        (MONEY, Decimal("1.10"), "1.10"), (YES_NO, "是", True), (YES_NO, "No", False), (YES_NO, False, False),
    ],
)  # fmt: skip
def test_what_is_written_is_kept_exactly(field, written, kept):
    found = checked([field], {field.code: written})
    assert (found.values[field.code], found.problems, found.missing) == (kept, (), ())


@pytest.mark.parametrize(
    ("field", "written", "said"),
    [
        (WHOLE, "many", "not a number"), (WHOLE, "1.5", "not a whole number"), (WHOLE, "-1", "Not less than 0"),
        (WHOLE, "1001", "Not more than 1000"), (WHOLE, True, "not a number"), (WHOLE, "NaN", "not a number"),
        (WHOLE, "Infinity", "not a number"), (WHOLE, "1e400", "not a number"), (WHOLE, "万", "not a number"),
        (MONEY, "1.005", "At most 2 digits"), (YES_NO, "maybe", "yes or no"), (WORDS, "x" * 4001, "at most 4000"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_named_and_does_not_count_as_missing(field, written, said):
    key = field.keys[0]
    found = checked([field], {key: written})
    assert (found.values, found.missing, found.problems[0].field) == ({}, (), key)
    assert said in found.problems[0].text.en


def test_a_text_is_written_in_one_language_at_least_and_nothing_is_missing_but_what_is_required():
    assert checked([WORDS], {"t_zh": " 签约 ", "t_en": ""}).values == {"t": {"zh": "签约"}}
    assert checked([WORDS, WHOLE], {"t_zh": "  ", "n": ""}).missing == ("t", "n")
    optional = Field("o", NAME, FieldType.NUMBER, is_required=False)
    assert missing([WHOLE, optional], {"n": "0"}) == ()


@pytest.mark.parametrize(
    ("was", "now", "is_asked"),
    [("10", "20", False), ("10", "21", True), ("10", "0", False), ("0", "1", True), ("0", "0", False),
     (None, "9", False)],
)  # fmt: skip
def test_a_change_above_what_the_form_lets_pass_is_asked_about(was, now, is_asked):
    field = Field("n", NAME, FieldType.NUMBER, change_at_most=Decimal(100))
    assert bool(doubts([field], {"n": now}, {} if was is None else {"n": was})) is is_asked


def test_only_a_field_that_checks_is_compared_with_the_hubs_count():
    checks = Field("n", NAME, FieldType.NUMBER, indicator="x", use=FieldUse.CHECKS)
    feeds = Field("n", NAME, FieldType.NUMBER, indicator="x", use=FieldUse.FEEDS)
    assert gaps([checks], {"n": "3"}, {"n": Decimal(4)})[0].text.en == "the hub counts 4"
    assert gaps([checks], {"n": "4"}, {"n": Decimal(4)}) == gaps([feeds], {"n": "3"}, {"n": Decimal(4)}) == ()


def test_a_report_opens_and_falls_due_on_working_days():
    opened = opens_at(OCTOBER, RULE, SEPTEMBER)
    assert opened == datetime(2026, 10, 7, 16, tzinfo=UTC)  # as 8 October begins in Hefei
    # 8, 9, the make-up Saturday 10, 12 and 13 October.
    assert due_at(OCTOBER, RULE, SEPTEMBER, opened) == datetime(2026, 10, 13, 6, tzinfo=UTC)
    late = datetime(2026, 10, 20, 1, tzinfo=UTC)
    assert due_at(OCTOBER, RULE, SEPTEMBER, late) == datetime(2026, 10, 26, 6, tzinfo=UTC)
    assert corrected_by(OCTOBER, RULE, late) == datetime(2026, 10, 23, 6, tzinfo=UTC)


def test_reminders_come_before_the_deadline_and_go_on_after_it():
    due = datetime(2026, 10, 13, 6, tzinfo=UTC)
    moments, at = [], datetime(2026, 10, 8, tzinfo=UTC)
    while len(moments) < 4:
        at = next_reminder(OCTOBER, RULE, due, at)
        moments.append((at.astimezone(UTC).day, at.hour, at.minute))
    assert moments == [(9, 8, 30), (12, 8, 30), (15, 8, 30), (19, 8, 30)]
    assert raised_at(OCTOBER, RULE, due).date() == date(2026, 10, 20)
    assert next_reminder(OCTOBER, RULE, due, datetime(2030, 1, 1, tzinfo=UTC)) is None


@pytest.mark.parametrize(
    ("period", "day", "code", "en", "zh"),
    [
        (ReturnPeriod.MONTH, date(2026, 2, 28), "2026-02", "February 2026", "2026 年 2 月"),
        (ReturnPeriod.MONTH, date(2026, 12, 31), "2026-12", "December 2026", "2026 年 12 月"),
        (ReturnPeriod.QUARTER, date(2026, 11, 1), "2026-Q4", "Q4 2026", "2026 年第四季度"),
        (ReturnPeriod.QUARTER, date(2026, 8, 1), "2026-Q3", "Q3 2026", "2026 年第三季度"),
        (ReturnPeriod.HALF, date(2026, 12, 31), "2026-H2", "second half of 2026", "2026 年下半年"),
        (ReturnPeriod.YEAR, date(2026, 5, 5), "2026", "2026", "2026 年"),
    ],
)
def test_a_period_has_a_code_a_name_and_neighbours(period, day, code, en, zh):
    span = span_of(period, day)
    assert (span.code, span.name) == (code, Text(en, zh))
    assert span.before.after == span
    assert span.starts_on <= day <= span.last_day


def test_only_periods_that_are_over_are_asked_for():
    found = spans_since(ReturnPeriod.QUARTER, date(2026, 1, 1), date(2026, 10, 1))
    assert [one.code for one in found] == ["2026-Q1", "2026-Q2", "2026-Q3"]
    assert list(spans_since(ReturnPeriod.MONTH, date(2026, 10, 1), date(2026, 10, 31))) == []
    assert Span(ReturnPeriod.MONTH, date(2026, 12, 1)).ends_on == date(2027, 1, 1)


def test_the_flow_is_sound_and_nobody_accepts_what_they_submitted():
    assert RETURN_FLOW.check() == ()
    facts = {"is_complete": True, "is_own": True}
    verdict = RETURN_FLOW.may_move("submitted", "accept", facts, {Part.OFFICER})
    assert not verdict
    assert "colleague" in verdict.reason.en
    assert RETURN_FLOW.may_move("submitted", "accept", {**facts, "is_own": False}, {Part.OFFICER})
