"""The scenarios and open challenges of a demonstration set, and whether they make sense."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from grandunion.adapters.packs.facts import (
    code,
    flag,
    number,
    one_of,
    pair,
    refers,
    refers_all,
    rows,
    some_of,
    strings,
    text,
    whole,
)
from grandunion.terms.scenarios import (
    CapabilityState,
    ChallengeState,
    DemandType,
    Openness,
    OpportunityState,
    SafetyPermit,
)
from grandunion.terms.secrecy import Level
from grandunion.terms.text import Text


@dataclass(frozen=True, slots=True)
class DemoPage:
    """The one page of a supplier or bidder; `feedback` is what those read who were not chosen."""

    by: Annotated[str, refers("demo_accounts")]
    heading: Annotated[str, text()]
    solution: Annotated[str, text()]
    rationale: Annotated[str, text()]
    plan: Annotated[str, text()]
    trl: Annotated[int | None, whole(required=True)]
    price: Annotated[Decimal | None, number(required=True)]
    weeks: Annotated[int | None, whole()]
    points: Annotated[int | None, whole(empty=7)]
    is_chosen: Annotated[bool, flag()]
    feedback: Annotated[Text | None, pair(required=False)]


@dataclass(frozen=True, slots=True)
class DemoOpportunity:
    """An opportunity: collected on `collected_day`, in its present state since `moved_day`."""

    code: Annotated[str, code()]
    title: Annotated[Text, pair()]
    pain: Annotated[Text, pair()]
    state: Annotated[OpportunityState, one_of(OpportunityState)]
    level: Annotated[Level, one_of(Level, required=False, empty=Level.PUBLIC)]
    unit: Annotated[str, refers("demo_organisations", required=False)]
    unit_name: Annotated[str, text(required=False)]
    demand_type: Annotated[DemandType, one_of(DemandType)]
    domain: Annotated[str, refers("list:scenario_domains")]
    field: Annotated[str, refers("list:fields", required=False)]
    area: Annotated[str, refers("areas", required=False)]
    budget: Annotated[Decimal | None, number()]
    permit: Annotated[SafetyPermit, one_of(SafetyPermit, required=False, empty=SafetyPermit.NOT_NEEDED)]
    openness: Annotated[tuple[Openness, ...], some_of(Openness)]
    base_site: Annotated[str, text(required=False)]
    indicators: Annotated[tuple[str, ...], strings()]
    proposals: Annotated[tuple[DemoPage, ...], rows(DemoPage)]
    invites: Annotated[tuple[str, ...], refers_all("demo_capabilities")]
    site: Annotated[str, text(required=False)]
    values: Annotated[tuple[str, ...], strings()]
    place: Annotated[Text | None, pair(required=False)]
    follow_on_value: Annotated[Decimal | None, number()]
    reason: Annotated[Text | None, pair(required=False)]
    collected_day: Annotated[int, whole(required=True)]
    until_day: Annotated[int | None, whole()]
    moved_day: Annotated[int, whole(required=True)]


@dataclass(frozen=True, slots=True)
class DemoCapability:
    """A capability: handed in on `written_day`, in its present state since `moved_day`."""

    code: Annotated[str, code()]
    title: Annotated[Text, pair()]
    text: Annotated[Text, pair()]
    references: Annotated[Text | None, pair(required=False)]
    state: Annotated[CapabilityState, one_of(CapabilityState)]
    level: Annotated[Level, one_of(Level, required=False, empty=Level.PUBLIC)]
    owner: Annotated[str, refers("demo_organisations")]
    domain: Annotated[str, refers("list:scenario_domains")]
    field: Annotated[str, refers("list:fields", required=False)]
    trl: Annotated[int | None, whole()]
    weeks: Annotated[int | None, whole()]
    price_min: Annotated[Decimal | None, number()]
    price_max: Annotated[Decimal | None, number()]
    looked: Annotated[Text | None, pair(required=False)]
    written_day: Annotated[int, whole(required=True)]
    moved_day: Annotated[int, whole(required=True)]


@dataclass(frozen=True, slots=True)
class DemoChallenge:
    """A challenge: collected on `collected_day`, bids until the end of `until_day`, in its state since `moved_day`."""

    code: Annotated[str, code()]
    title: Annotated[Text, pair()]
    text: Annotated[Text, pair()]
    conditions: Annotated[Text, pair()]
    state: Annotated[ChallengeState, one_of(ChallengeState)]
    level: Annotated[Level, one_of(Level, required=False, empty=Level.PUBLIC)]
    enterprise: Annotated[str, refers("demo_organisations")]
    field: Annotated[str, refers("list:fields", required=False)]
    industry: Annotated[str, refers("list:industries", required=False)]
    total_budget: Annotated[Decimal | None, number(required=True)]
    fiscal_share: Annotated[Decimal | None, number(required=True)]
    months: Annotated[int | None, whole()]
    indicators: Annotated[tuple[str, ...], strings()]
    bids: Annotated[tuple[DemoPage, ...], rows(DemoPage)]
    reviewers: Annotated[tuple[str, ...], refers_all("demo_accounts")]
    instalments: Annotated[tuple[str, ...], strings()]
    collected_day: Annotated[int, whole(required=True)]
    until_day: Annotated[int | None, whole()]
    moved_day: Annotated[int, whole(required=True)]


CLOSING = (OpportunityState.CLOSED_NO_SUPPLIER, OpportunityState.FAILED)
CHOSEN = (
    OpportunityState.SELECTED, OpportunityState.TESTING, OpportunityState.ACCEPTED, OpportunityState.DEMONSTRATION,
    OpportunityState.SCALED,
)  # fmt: skip
LISTED = (ChallengeState.NEED_COLLECTED, ChallengeState.SCREENED)
AWARDED = (ChallengeState.NOTICE, ChallengeState.SIGNED, ChallengeState.IN_PROGRESS)
SHOWN = (*LISTED, ChallengeState.BIDS_OPEN, ChallengeState.BIDS_CLOSED, *AWARDED)


def opportunity_faults(one: DemoOpportunity) -> list[Text]:
    """What does not fit together in an opportunity."""
    faults = []
    if not one.unit and not one.unit_name:
        faults.append(Text("Name the demand unit: `unit` or `unit_name`.", "请填写需求单位 unit 或 unit_name。"))
    if one.state in CHOSEN and sum(page.is_chosen for page in one.proposals) != 1:
        faults.append(Text("One proposal is chosen: mark it `is_chosen`.", "须有且仅有一个方案标注 is_chosen。"))
    if any(page.feedback is None for page in one.proposals if not page.is_chosen) and one.state in (*CHOSEN, *CLOSING):
        faults.append(Text("Whoever was not chosen gets `feedback`.", "未选中的方案须填写 feedback。"))
    if one.invites and one.state != OpportunityState.PUBLISHED:
        faults.append(Text("Suppliers are invited while it is `published`.", "仅 published 状态可填写 invites。"))
    if one.state in CLOSING and one.reason is None:
        faults.append(Text("Say the `reason` for which it ended.", "请填写结束原因 reason。"))
    return faults + _days(one.collected_day, one.moved_day)


def capability_faults(one: DemoCapability) -> list[Text]:
    """What does not fit together in a capability."""
    faults = []
    if one.state != CapabilityState.SUBMITTED and one.looked is None:
        faults.append(Text("Say what was `looked` at.", "请填写核实情况 looked。"))
    return faults + _days(one.written_day, one.moved_day)


def challenge_faults(one: DemoChallenge) -> list[Text]:
    """What does not fit together in a challenge."""
    faults = []
    if one.state not in SHOWN:
        faults.append(Text("This state is not lived through here.", "演示数据不支持该状态。"))
    if one.state not in LISTED and one.until_day is None:
        faults.append(Text("Say the last day for bids: `until_day`.", "请填写揭榜截止日 until_day。"))
    if one.state in AWARDED and (len(one.reviewers) < REVIEWERS or not one.bids):
        faults.append(
            Text("An award takes three `reviewers` and a bid.", "评榜须有三位评审专家 reviewers 和揭榜申请。")
        )
    return faults + _days(one.collected_day, one.moved_day)


REVIEWERS = 3


def _days(first: int, last: int) -> list[Text]:
    if first <= last <= 0:
        return []
    return [Text("It moved before it began, or in the future.", "状态变更早于起始，或在未来。")]
