"""Holds a published figure against what the records say for the same time, and says why the two differ."""

from collections.abc import Iterable
from dataclasses import dataclass
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
    the indicator counts, `area` whose figure it is.
    """

    indicator: str
    name: Text
    about: About
    then: Decimal | None
    now: Decimal | None
    area: str = ""


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
    known = counted.now if counted.then is None else counted.then
    if _bears(saying, known):
        return None
    return Recorded(saying, counted, _cause(saying, counted, known))


def _is_same(saying: Saying, counted: Counted) -> bool:
    return counted.about == saying.about and counted.area == saying.area


def _bears(saying: Saying, value: Decimal) -> bool:
    said, found = Said(saying.value, saying.qualifier), Said(value, Qualifier.EXACTLY.value)
    return agreement(said, found) is not Agreement.CONTRADICT


def _cause(saying: Saying, counted: Counted, known: Decimal) -> Cause:
    if known == saying.value:
        return Cause.QUALIFIER
    return Cause.AS_OF if counted.now != known and _bears(saying, counted.now) else Cause.RECORDS


def recorded_sentence(found: Recorded) -> Text:
    """What was published, what the records say, and what follows."""
    saying, counted = found.saying, found.counted
    known = counted.now if counted.then is None else counted.then
    parts = [
        Text("Published: {figure}.", "已发布：{figure}。").fill(figure=figure_of(saying)),
        Text("Counted here as “{name}”: {then}.", "系统按“{name}”计算：{then}。").fill(
            name=counted.name, then=written(known)
        ),
    ]
    if counted.now != known:
        parts.append(
            Text("What was entered since makes it {now}.", "此后补录，现为 {now}。").fill(now=written(counted.now))
        )
    parts.append(_follows(found, known))
    return Text(" ".join(part.en for part in parts), "".join(part.zh for part in parts))


def _follows(found: Recorded, known: Decimal) -> Text:
    if found.cause is Cause.QUALIFIER:
        return Text("The number is the same; the qualifier says otherwise.", "数字相同，但限定词与之不符。")
    if found.cause is Cause.AS_OF:
        return Text("The records were entered after the figure was published.", "相关记录在数据发布之后才补录。")
    if known == 0:
        return Text("Nothing is recorded here for that time.", "系统中没有该时段的记录。")
    if known < found.saying.value:
        return Text("The difference was never registered here, or was counted otherwise.",
                    "差额未在系统登记，或按其他口径统计。")  # fmt: skip
    return Text("The records hold more than was published.", "系统记录多于已发布数据。")
