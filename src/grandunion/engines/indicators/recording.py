"""Holds a published figure against what the records say for the same time, and says why the two differ."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from grandunion.engines.indicators.agreement import Said, agreement
from grandunion.engines.indicators.explaining import figure_of
from grandunion.engines.indicators.reconciling import About, Saying
from grandunion.engines.indicators.wording import written
from grandunion.terms.claims import Cause
from grandunion.terms.plans import Agreement, Qualifier
from grandunion.terms.text import Text


@dataclass(frozen=True, slots=True)
class Counted:
    """What the records say of an indicator for the time of a claim.

    `then` as the hub knew it when the claim was published, `now` as it is known today (None: not known), `about` what
    the indicator counts, `area` whose figure it is, `since` the first day that a flow counts.
    """

    indicator: str
    name: Text
    about: About
    then: Decimal | None
    now: Decimal | None
    area: str = ""
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """A published figure that the records do not bear out, and why."""

    saying: Saying
    counted: Counted
    cause: Cause


def recorded(saying: Saying, figures: Iterable[Counted]) -> Recorded | None:
    """How a published figure differs from the records; None where they bear it out, or nothing counts the same.

    It is held against the indicator that counts the same thing in the same way, its own before others of the family.
    """
    same = sorted(
        (one for one in figures if one.now is not None and _is_same(saying, one)),
        key=lambda one: (one.indicator != saying.indicator, one.indicator),
    )
    if not same:
        return None
    counted = same[0]
    return None if _bears(saying, counted.now) else Recorded(saying, counted, _cause(saying, counted))


def _is_same(saying: Saying, counted: Counted) -> bool:
    is_same_time = not saying.about.is_flow or counted.since == saying.since
    return counted.about == saying.about and counted.area == saying.area and is_same_time


def _bears(saying: Saying, value: Decimal) -> bool:
    said, found = Said(saying.value, saying.qualifier), Said(value, Qualifier.EXACTLY.value)
    return agreement(said, found) is not Agreement.CONTRADICT


def _cause(saying: Saying, counted: Counted) -> Cause:
    if counted.now == saying.value:
        return Cause.QUALIFIER
    return Cause.AS_OF if counted.then is not None and _bears(saying, counted.then) else Cause.RECORDS


def recorded_sentence(found: Recorded) -> Text:
    """What was published, what the records say now and said then, and what follows."""
    saying, counted = found.saying, found.counted
    parts = [
        Text("Published: {figure}.", "已发布：{figure}。").fill(figure=figure_of(saying)),
        Text("Counted here as “{name}”: {now}.", "系统按“{name}”计算：{now}。").fill(
            name=counted.name, now=written(counted.now)
        ),
    ]
    if counted.then is not None and counted.then != counted.now:
        parts.append(
            Text("When it was published, the hub knew of {then}.", "发布当时系统已知：{then}。").fill(
                then=written(counted.then)
            )
        )
    parts.append(_follows(found))
    return Text(" ".join(part.en for part in parts), "".join(part.zh for part in parts))


def _follows(found: Recorded) -> Text:
    now = found.counted.now
    if found.cause is Cause.QUALIFIER:
        return Text("The number is the same; the qualifier says otherwise.", "数字相同，但限定词与之不符。")
    if found.cause is Cause.AS_OF:
        return Text("It was right when it was published; the records were corrected since.",
                    "发布时与记录一致，此后记录有更正。")  # fmt: skip
    if now == 0:
        return Text("Nothing is recorded here for that time.", "系统中没有该时段的记录。")
    if now < found.saying.value:
        return Text("The difference was never registered here, or was counted otherwise.",
                    "差额未在系统登记，或按其他口径统计。")  # fmt: skip
    return Text("The records hold more than was published.", "系统记录多于已发布数据。")
