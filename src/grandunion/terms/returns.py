"""Words for periodic returns: who reports, for which span of time, what is asked, and where a return stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from grandunion.terms.periods import months_after
from grandunion.terms.text import Text, Word


class Reporter(Word):
    """Who fills in a form."""

    AREA = "area", "Areas", "片区"
    PARTNER = "partner", "Global partners", "全球合伙人"
    ENTERPRISE = "enterprise", "Enterprises that have agreed", "已同意报送的企业"


class ReturnPeriod(Word):
    """The span of time one return is about."""

    MONTH = "month", "Month", "月报"
    QUARTER = "quarter", "Quarter", "季报"
    HALF = "half", "Half year", "半年报"
    YEAR = "year", "Year", "年报"


class FieldType(Word):
    """What is written into a field."""

    NUMBER = "number", "Number", "数值"
    MONEY = "money", "Amount", "金额"
    TEXT = "text", "Text", "文字"
    YES_NO = "yes_no", "Yes or no", "是否"


class FieldUse(Word):
    """What a field is to an indicator."""

    FEEDS = "feeds", "Reported for the indicator", "作为指标的报送值"
    CHECKS = "checks", "Compared with the hub's own count", "与平台统计值核对"


class ReturnState(Word):
    """Where a return stands."""

    DUE = "due", "To be filled in", "待填报"
    DRAFT = "draft", "Draft", "填报中"
    SUBMITTED = "submitted", "Submitted", "已报送"
    IN_REVIEW = "in_review", "In review", "审核中"
    RETURNED = "returned", "Sent back with comments", "已退回修改"
    ACCEPTED = "accepted", "Accepted", "已通过"
    WAIVED = "waived", "Waived", "免报"


class Lateness(Word):
    """How a return that is still open stands to its deadline."""

    ON_TIME = "on_time", "On time", "未到期"
    OVERDUE = "overdue", "Overdue", "已逾期"
    ESCALATED = "escalated", "Raised one level", "已提级"


class ConsentState(Word):
    """Whether an enterprise agrees to report."""

    GIVEN = "given", "Agreed", "已同意"
    WITHDRAWN = "withdrawn", "Withdrawn", "已撤回"
    NONE = "none", "Not agreed", "未同意"


OPEN = (ReturnState.DUE, ReturnState.DRAFT, ReturnState.RETURNED)  # with the reporter
WAITING = (ReturnState.SUBMITTED, ReturnState.IN_REVIEW)  # with the hub
MONTHS = {ReturnPeriod.MONTH: 1, ReturnPeriod.QUARTER: 3, ReturnPeriod.HALF: 6, ReturnPeriod.YEAR: 12}


@dataclass(frozen=True, slots=True)
class Span:
    """One period of a form: from its first day up to, not including, `ends_on`."""

    period: ReturnPeriod
    starts_on: date

    @property
    def ends_on(self) -> date:
        return months_after(self.starts_on, MONTHS[self.period])

    @property
    def last_day(self) -> date:
        return self.ends_on - timedelta(days=1)

    @property
    def before(self) -> "Span":
        """The span before this one."""
        return Span(self.period, months_after(self.starts_on, -MONTHS[self.period]))

    @property
    def after(self) -> "Span":
        """The span after this one."""
        return Span(self.period, self.ends_on)

    @property
    def code(self) -> str:
        """The span as files and addresses write it: 2026-09, 2026-Q3, 2026-H2, 2026."""
        year, month = self.starts_on.year, self.starts_on.month
        return {
            ReturnPeriod.MONTH: f"{year}-{month:02d}",
            ReturnPeriod.QUARTER: f"{year}-Q{(month + 2) // 3}",
            ReturnPeriod.HALF: f"{year}-H{(month + 5) // 6}",
            ReturnPeriod.YEAR: f"{year}",
        }[self.period]

    @property
    def name(self) -> Text:
        """The span as a person says it."""
        year, month = self.starts_on.year, self.starts_on.month
        return {
            ReturnPeriod.MONTH: Text(f"{self.starts_on:%B} {year}", f"{year} 年 {month} 月"),
            ReturnPeriod.QUARTER: Text(f"Q{(month + 2) // 3} {year}", f"{year} 年第{'一二三四'[(month - 1) // 3]}季度"),
            ReturnPeriod.HALF: Text(
                f"{'first' if month == 1 else 'second'} half of {year}", f"{year} 年{'上' if month == 1 else '下'}半年"
            ),
            ReturnPeriod.YEAR: Text(f"{year}", f"{year} 年"),
        }[self.period]


def span_of(period: ReturnPeriod, day: date) -> Span:
    """The span of this length in which the day lies."""
    months = MONTHS[period]
    return Span(period, date(day.year, (day.month - 1) // months * months + 1, 1))


def spans_since(period: ReturnPeriod, first: date, today: date) -> Iterator[Span]:
    """The spans from the one of `first` on that are over today, the oldest first."""
    span = span_of(period, first)
    while span.ends_on <= today:
        yield span
        span = span.after
