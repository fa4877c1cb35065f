"""The targets of a demonstration set (split, revised, met, missed) and the views its people keep, and their sense."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from grandunion.adapters.packs.facts import code, flag, number, one_of, pair, refers, refers_all, rows, text, whole
from grandunion.terms.plans import Operator
from grandunion.terms.targets import RUNNING, SplitAlong, SplitMethod, TargetStage
from grandunion.terms.text import Text
from grandunion.terms.views import Cut

OVER = (TargetStage.MET, TargetStage.MISSED)


@dataclass(frozen=True, slots=True)
class DemoPlan:
    """A plan of the hub's own, opened on a day."""

    code: Annotated[str, code()]
    name: Annotated[Text, pair()]
    issuer: Annotated[Text, pair()]
    source: Annotated[str, refers("sources")]
    writer: Annotated[str, refers("demo_accounts")]
    written_day: Annotated[int, whole(required=True)]


@dataclass(frozen=True, slots=True)
class DemoPart:
    """Who carries a part of a target; `given` is the weight or the part itself, none where it is divided equally."""

    area: Annotated[str, refers("areas")]
    given: Annotated[Decimal | None, number()]


@dataclass(frozen=True, slots=True)
class DemoTarget:
    """A target wanted by `deadline_day`, or without one by the end of this year; revised to `revised_value`."""

    code: Annotated[str, code()]
    plan: Annotated[str, refers("demo_plans")]
    indicator: Annotated[str, refers("indicators")]
    operator: Annotated[Operator, one_of(Operator)]
    value: Annotated[Decimal, number(required=True)]
    wording: Annotated[Text, pair()]
    area: Annotated[str, refers("areas", required=False)]
    partner: Annotated[str, refers("demo_organisations", required=False)]
    state: Annotated[TargetStage, one_of(TargetStage)]
    written_day: Annotated[int, whole(required=True)]
    begun_day: Annotated[int | None, whole()]
    deadline_day: Annotated[int | None, whole()]
    split_method: Annotated[SplitMethod | None, one_of(SplitMethod, required=False)]
    split_along: Annotated[SplitAlong, one_of(SplitAlong, required=False, empty=SplitAlong.AREA)]
    parts: Annotated[tuple[DemoPart, ...], rows(DemoPart)]
    revised_day: Annotated[int | None, whole()]
    revised_value: Annotated[Decimal | None, number()]
    reason: Annotated[Text | None, pair(required=False)]


@dataclass(frozen=True, slots=True)
class DemoView:
    """A view that somebody keeps: of a dashboard, or of indicators of their own."""

    code: Annotated[str, code()]
    account: Annotated[str, refers("demo_accounts")]
    name: Annotated[Text, pair()]
    dashboard: Annotated[str, text(required=False)]
    indicators: Annotated[tuple[str, ...], refers_all("indicators")]
    cut: Annotated[Cut, one_of(Cut, required=False, empty=Cut.NONE)]
    area: Annotated[str, refers("areas", required=False)]
    is_mailed: Annotated[bool, flag()]
    kept_day: Annotated[int, whole(required=True)]


def target_faults(one: DemoTarget) -> list[Text]:
    """What does not fit together in a target."""
    faults = []
    is_over = one.deadline_day is not None and one.deadline_day < 0
    if is_over != (one.state in OVER):
        faults.append(Text("Met and missed ones have a deadline in the past.", "已完成或未完成的目标期限须已过。"))
    if (one.state in (*RUNNING, *OVER)) != (one.begun_day is not None):
        faults.append(Text("What is adopted says on which day.", "已下达的目标须填写 begun_day。"))
    if (one.state is TargetStage.REVISED) != (one.revised_day is not None):
        faults.append(Text("A revised one, and no other, says on which day.", "仅已调整的目标填写 revised_day。"))
    if one.revised_day is not None and (one.reason is None or one.revised_value is None):
        faults.append(Text("A revision has a value and a reason.", "调整须填写新目标值和原因。"))
    if bool(one.parts) != (one.split_method is not None):
        faults.append(Text("A split has a method and parts.", "分解须填写方法和承担方。"))
    return faults


def view_faults(one: DemoView) -> list[Text]:
    """A view shows a dashboard, or indicators of its own."""
    if bool(one.dashboard) != bool(one.indicators):
        return []
    return [Text("Write either a dashboard or indicators.", "请填写 dashboard 或 indicators，二者择一。")]
