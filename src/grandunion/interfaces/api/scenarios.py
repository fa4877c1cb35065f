"""Scenario opportunities, capabilities and proposals through the API: written, moved, tried, decided by evidence."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from ninja import Schema
from pydantic import BeforeValidator, Field

from grandunion.interfaces.api import resources
from grandunion.interfaces.api.described import Bilingual
from grandunion.interfaces.api.fields import (
    Amount,
    Body,
    Day,
    Nothing,
    Reason,
    YesNo,
    exact,
    numbered,
    term,
    text,
)
from grandunion.interfaces.api.resources import Deed, Resource
from grandunion.terms.readers import Reader
from grandunion.terms.scenarios import (
    DemandType,
    Openness,
    OpportunityState,
    ProcurementRoute,
    SafetyPermit,
)
from grandunion.terms.secrecy import Level
from grandunion.terms.text import Text
from grandunion.work.actions import matches
from grandunion.work.actions import scenarios as actions
from grandunion.work.permissions import scenarios as permissions
from grandunion.work.permissions.base import clearance
from grandunion.work.queries import documents, scenarios

LINES = "One a line: name ≥ 95 % | how it is tested. · 每行一项：名称 ≥ 95 % | 检测方法。"
Lines = Annotated[text(), Field(description=LINES)]
Weeks = Annotated[int, Field(strict=True, ge=0, le=520)]
Value = Annotated[Decimal, BeforeValidator(exact), Field(max_digits=18, decimal_places=6)]


class OpportunityEdit(Body):
    """What an opportunity says; `indicators` stand still once it is on the list."""

    owner: numbered(Text("the demand unit", "需求单位"), "ORG-2026-0007") = ""
    area: term("areas") = ""
    title_zh: text(300) = ""
    title_en: text(300) = ""
    demand_type: DemandType = DemandType.GOVERNMENT
    domain: term("scenario_domains") = ""
    field: term("fields") = ""
    pain_zh: text() = ""
    pain_en: text() = ""
    base_data: text() = ""
    base_site: text() = ""
    base_permits: text() = ""
    budget: Amount | None = None
    currency: text(3) = "CNY"
    procurement_route: ProcurementRoute = ProcurementRoute.UNDECIDED
    starts_on: Day = None
    ends_on: Day = None
    openness: Annotated[list[Openness], Field(max_length=10)] = []
    safety_permit: SafetyPermit = SafetyPermit.UNKNOWN
    permit_note: text(300) = ""
    is_first_use: YesNo = False
    contact_name: text(100) = ""
    contact_email: text(254) = ""
    contact_phone: text(40) = ""
    indicators: Lines = ""
    source_kind: text(60) = ""
    source_ref: text(200) = ""
    source_note: text(300) = ""


class OpportunityBody(OpportunityEdit):
    """A new opportunity."""


class Listed(Body):
    """Until when proposals are taken, and who finds it."""

    proposals_until: Day
    level: Level = Level.PUBLIC


class Selected(Body):
    """The proposal selected."""

    proposal: numbered(Text("the proposal", "方案"), "SPR-2026-0007")


class TrialBody(Body):
    """Where it is tried, and when."""

    site: text(300)
    starts_on: Day
    ends_on: Day = None


class Reported(Body):
    """The test report, where it is not that of the trial."""

    report: numbered(Text("a file of this record", "本记录的文件"), "DOC-2026-0007") = ""


class Scaled(Body):
    """What the follow-on contract is worth."""

    follow_on_value: Amount
    note: text(300) = ""


class OneResult(Body):
    """One measured value; `indicator` is its id among the parts of the record."""

    indicator: Annotated[int, Field(strict=True, ge=1, le=2**63 - 1)]
    value: Value


class Results(Body):
    """A test: its values, day, body and report."""

    values: Annotated[list[OneResult], Field(min_length=1, max_length=40)]
    measured_on: Day
    measured_by: text(200)
    report: numbered(Text("a file of this record", "本记录的文件"), "DOC-2026-0007") = ""
    note: text(500) = ""


class PlaceBody(Body):
    """A place, and since when it is used there if it was carried over."""

    name_zh: text(200) = ""
    name_en: text(200) = ""
    is_replication: YesNo = False
    used_since: Day = None


class ForWhom(Body):
    """For which organisation, where one acts for several."""

    organisation: numbered(Text("one's own organisation", "本单位"), "ORG-2026-0007") = ""


class Invitation(Body):
    """The capability whose supplier is invited, and what is said with it; both sides read the words."""

    capability: numbered(Text("the capability", "能力"), "SCP-2026-0007")
    note: text(1000) = ""


class Made(Schema):
    """The number of what was begun."""

    number: str


class IndicatorOut(Schema):
    """An indicator; what was found of it is null for whoever does not take part."""

    id: int
    name: Bilingual
    asked: str
    test: Bilingual
    is_required: bool
    finding: str | None
    value: Decimal | None
    measured_on: date | None
    measured_by: str | None


class PlaceOut(Schema):
    """A place."""

    id: int
    name: Bilingual
    is_replication: bool
    used_since: date | None


class OpportunityParts(Schema):
    """What belongs to an opportunity, as far as the caller may read it."""

    indicators: list[IndicatorOut]
    places: list[PlaceOut]
    proposals: list[str]
    is_passed: bool | None


def indicator_out(shown: object) -> dict[str, object]:
    """An indicator as the API tells it."""
    one, reading = shown.indicator, next(iter(shown.readings), None)
    return {
        "id": one.pk, "name": one.name, "asked": scenarios.written(one), "test": one.test,
        "is_required": one.is_required, "finding": shown.found.finding.value if shown.found else None,
        "value": reading.value if reading else None, "measured_on": reading.measured_on if reading else None,
        "measured_by": reading.measured_by if reading else None,
    }  # fmt: skip


def _parts(reader: Reader, record: object) -> dict[str, object]:
    page = scenarios.opportunity_page(record, reader, clearance(reader, record))
    return {
        "indicators": [indicator_out(one) for one in page.indicators],
        "places": [
            {"id": one.pk, "name": one.name, "is_replication": one.is_replication, "used_since": one.used_since}
            for one in page.places
        ],
        "proposals": [one.number for one in page.proposals],
        "is_passed": page.is_passed,
    }


def wanted_of(values: dict) -> dict[str, object]:
    """What a body brings, with its indicators under the name the action gives them."""
    given = dict(values)
    lines = given.pop("indicators", None)
    return {"values": given, "wanted": lines}


def creating(verb: Callable[..., object]) -> Callable[..., object]:
    """What makes a record that has indicators."""

    def create(values: dict, *, by: Reader, at: datetime, key: str) -> object:
        told = wanted_of(values)
        return verb(told["values"], wanted=told["wanted"] or "", by=by, at=at, submission=key)

    return create


def editing(verb: Callable[..., object]) -> Callable[..., object]:
    """What changes a record that has indicators."""

    def edit(record: object, values: dict, *, by: Reader, at: datetime, version: int | None) -> object:
        told = wanted_of(values)
        return verb(record, told["values"], wanted=told["wanted"], by=by, at=at, version=version)

    return edit


def moving(verb: Callable[..., object], code: str) -> Callable[..., object]:
    """A move that asks nothing but a reason."""

    def do(record: object, *, reason: str = "", **more: object) -> object:
        return verb(record, code, reason=reason, **more)

    return do


def _select(record: object, *, proposal: str, by: Reader, **more: object) -> object:
    return actions.select(record, resources.linked("proposal", proposal, scenarios.proposal, by), by=by, **more)


def report_of(number: str, by: Reader) -> object:
    """The file a body names."""
    return resources.linked("report", number, lambda one, reader: documents.get(one, reader)[0], by) if number else None


def _demonstrate(record: object, *, by: Reader, report: str = "", **more: object) -> object:
    return actions.demonstrate(record, report=report_of(report, by), by=by, **more)


def results(record: object, *, values: list, by: Reader, at: datetime, report: str = "", **taken: object) -> object:
    """Record a test on an opportunity or a challenge."""
    measured = {one.indicator: one.value for one in values}
    shared = actions.Taken(None, report=report_of(report, by), **taken)
    return actions.measure_all(record, measured, shared, by=by, at=at)


def _place(record: object, *, name_zh: str = "", name_en: str = "", **more: object) -> object:
    return actions.add_place(record, name=Text(name_en, name_zh), **more)


def _propose(record: object, *, organisation: str = "", **more: object) -> Mapping[str, str]:
    return {"number": matches.take_up(record, organisation=organisation, **more).number}


def _invite(record: object, *, capability: str, by: Reader, **more: object) -> Mapping[str, str]:
    able = resources.linked("capability", capability, scenarios.capability, by)
    return {"number": matches.invite(record, able, by=by, **more).number}


def with_reason(verb: Callable[..., object]) -> Callable[..., object]:
    """A deed whose reason may be left out; the flow says so then."""
    return lambda record, reason="", **more: verb(record, reason=reason, **more)


def waiver(deed: str) -> Callable[..., object]:
    """Ask for a waiver of an indicator, grant it, or refuse it."""
    if deed == "waive":
        return lambda record, child, reason="", **more: actions.ask_waiver(record, child, reason=reason, **more)
    return lambda record, child, **more: actions.settle_waiver(record, child, is_granted=deed == "grant", **more)


ASKING_NOTHING = {
    "refine": Text("Refine", "凝练"), "approve": Text("Approve", "审定"),
    "begin_matching": Text("Begin the selection", "开始评选"),
}  # fmt: skip
ASKING_WHY = {
    "send_back": Text("Send back", "退回完善"), "close": Text("Close: no supplier fits", "关闭（无合适供应方）"),
    "give_up": Text("Give it up", "终止"), "collect_again": Text("Take it up again", "重新征集"),
}  # fmt: skip
FORMS = {
    **{code: (moving(actions.move_opportunity, code), Nothing, label) for code, label in ASKING_NOTHING.items()},
    **{code: (moving(actions.move_opportunity, code), Reason, label) for code, label in ASKING_WHY.items()},
    "publish": (actions.publish_opportunity, Listed, Text("Put on the opportunity list", "列入机会清单")),
    "select": (_select, Selected, Text("Select a supplier", "选定供应方")),
    "choose_again": (with_reason(actions.choose_again), Reason, Text("Choose again", "重新评选")),
    "begin_trial": (actions.begin_trial, TrialBody, Text("Begin the trial", "开始应用验证")),
    "accept": (actions.accept, Nothing, Text("Accept the trial", "验收通过")),
    "fail": (with_reason(actions.fail), Reason, Text("End the trial: not passed", "验证未通过")),
    "demonstrate": (_demonstrate, Reported, Text("Make it a demonstration", "列为示范")),
    "scale": (actions.scale, Scaled, Text("Record the scaling up", "登记规模推广")),
}  # fmt: skip


def moves_of(forms: Mapping[str, tuple]) -> dict[str, Deed]:
    """The moves of a flow as operations."""
    return {
        code: Deed(f"moves/{code}", label, act, body, has_version=True) for code, (act, body, label) in forms.items()
    }


WAIVERS = {
    "waive": (Reason, Text("Ask for a waiver", "申请豁免")), "grant": (Nothing, Text("Grant the waiver", "批准豁免")),
    "refuse": (Nothing, Text("Refuse the waiver", "不予豁免")),
}  # fmt: skip


def of_evidence() -> list[Deed]:
    """What is done to the evidence of an opportunity or a challenge."""
    waivers = [
        Deed(f"indicators/{{int:child}}/{deed}", label, waiver(deed), body) for deed, (body, label) in WAIVERS.items()
    ]
    return [Deed("results", Text("Record measured values", "登记检测结果"), results, Results), *waivers]


OPPORTUNITIES = Resource(
    Text("Scenario opportunity", "场景机会"), scenarios.OPPORTUNITIES, scenarios.opportunity,
    words={"state": OpportunityState, "demand_type": DemandType, "procurement_route": ProcurementRoute,
           "safety_permit": SafetyPermit, "level": Level},
    offers=permissions.opportunity_offers,
)  # fmt: skip
MOVES = moves_of(FORMS)
router = resources.router_of(OPPORTUNITIES, MOVES)
resources.creates(router, OPPORTUNITIES, OpportunityBody, creating(actions.create_opportunity))
resources.edits(router, OPPORTUNITIES, OpportunityEdit, editing(actions.edit_opportunity))
resources.reads_parts(router, OPPORTUNITIES, _parts, OpportunityParts)
for deed in (
    *MOVES.values(), *of_evidence(), Deed("take", Text("Take charge", "由我经办"), actions.take),
    Deed("places", Text("Name a place", "登记地点"), _place, PlaceBody),
    Deed("places/{int:child}/remove", Text("Take a place off", "移除地点"), actions.drop_place),
):  # fmt: skip
    resources.does(router, OPPORTUNITIES, deed)
for deed in (
    Deed("proposals", Text("Begin a proposal", "新建方案"), _propose, ForWhom),
    Deed("invitations", Text("Invite a supplier to propose", "邀请供应方提交方案"), _invite, Invitation),
):
    resources.does(router, OPPORTUNITIES, deed, Made)
