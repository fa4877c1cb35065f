"""Plants what hangs on confidential records and has an address of its own, each as deep as where it hangs."""

from grandunion.records.achievements import RightsCase
from grandunion.records.events import Registration, Statement
from grandunion.records.matches import Tie
from grandunion.records.plans import Claim, Indicator, Plan, SourceDocument, Target
from grandunion.records.projects import Contract
from grandunion.terms.contracts import ContractKind
from grandunion.terms.events import StatementKind
from grandunion.terms.matches import TieKind
from grandunion.terms.rights import RightsScheme
from tests.cast import NOON, make_organisation
from tests.figures import make_indicator
from tests.planting import Planted, marker

# The section of the web in which each of them is asked for.
PARTS = {
    "registrations": "registration", "contracts": "contract", "rights-cases": "rights_case", "ties": "tie",
    "targets": "target", "claims": "claim",
}  # fmt: skip
COUNTED = "projects_landed"  # the code of the one indicator, target and claim


def plant_parts(planted: dict[tuple[str, int], Planted]) -> None:
    """What hangs on every planted event, project, achievement and organisation, and one target and one claim."""
    seller, buyer = make_organisation("Seller"), make_organisation("Buyer")
    indicator = make_indicator(COUNTED)
    others = {("target", 0): _target(indicator), ("claim", 0): _claim(indicator)}
    for (kind, number), one in planted.items():
        if kind == "event":
            others["registration", number] = _registration(one.record, number)
        if kind == "project":
            others["contract", number] = Contract.objects.create(
                number=f"CON-2026-9{number:03d}", project=one.record, contract_kind=ContractKind.TRANSFER,
                title=marker("project", number, "risk_reason"), seller=seller, buyer=buyer, value_total=9,
                value_technical=9, created_at=NOON, updated_at=NOON,
            )  # fmt: skip
        if kind == "achievement":
            others["rights_case", number] = RightsCase.objects.create(
                number=f"RIG-2026-9{number:03d}", achievement=one.record, scheme=RightsScheme.OWNERSHIP,
                opinion=marker("achievement", number, "decision_reason"), created_at=NOON, updated_at=NOON,
            )  # fmt: skip
        if kind == "organisation":
            others["tie", number] = Tie.objects.create(
                number=f"TIE-2026-9{number:03d}", tie_kind=TieKind.COMPETITOR, organisation=one.record,
                other_organisation=seller, source="A register", declared_at=NOON,
            )  # fmt: skip
    planted |= {(kind, number): Planted(record, number) for (kind, number), record in others.items()}


def _registration(event: object, number: int) -> Registration:
    """Who was there and what was said lies as deep as the summary of the minutes."""
    told = marker("event", number, "summary_zh")
    Statement.objects.create(
        event=event, place=1, text_zh=told, speaker_zh=told, organisation_zh=told, created_at=NOON,
        statement_kind=StatementKind.DIFFICULTY,
    )  # fmt: skip
    return Registration.objects.create(
        number=f"REG-2026-9{number:03d}", event=event, name_zh=told, phone=told[:40], note=told, state_at=NOON,
        registered_at=NOON,
    )  # fmt: skip


def _source(code: str) -> SourceDocument:
    return SourceDocument.objects.create(code=code, title_en="A report", title_zh="报告")


def _target(indicator: Indicator) -> Target:
    plan = Plan.objects.create(code="sweep", name_zh="计划", name_en="Plan", source=_source("T1"))
    return Target.objects.create(
        code=COUNTED, indicator=indicator, plan=plan, scope="hub", operator=">=", value=10, unit_zh="个",
        unit_en="projects", deadline=NOON.date(),
    )  # fmt: skip


def _claim(indicator: Indicator) -> Claim:
    return Claim.objects.create(
        code=COUNTED, indicator=indicator, source=_source("C1"), level="city", qualifier="exactly", value=7,
        as_of=NOON.date(),
    )  # fmt: skip
