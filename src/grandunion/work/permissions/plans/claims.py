"""Who enters published figures, and who confirms them: somebody else."""

from grandunion.engines.flows import Move
from grandunion.engines.flows.claims import CLAIM_FLOW
from grandunion.records.plans import Claim
from grandunion.terms.claims import ClaimState
from grandunion.terms.readers import Reader
from grandunion.terms.roles import Part
from grandunion.terms.verdicts import YES, Verdict, no
from grandunion.work.permissions.base import Standing


def standing(reader: Reader, claim: Claim, **given: object) -> Standing:
    """The facts of the claim with what a form brought, and what the reader is to it."""
    facts = {"is_second_person": reader.is_house or claim.entered_by_id != reader.user_id}
    return Standing({**facts, **given}, _parts(reader))


def _parts(reader: Reader) -> frozenset[Part]:
    if reader.is_house:
        return frozenset({Part.PLANNER, Part.OFFICER, Part.SYSTEM})
    return frozenset({Part.OFFICER if reader.is_officer else Part.PLANNER}) if reader.reads_rows else frozenset()


def offers(reader: Reader, claim: Claim) -> tuple[tuple[Move, Verdict], ...]:
    """The moves the flow offers the reader on this claim."""
    stand = standing(reader, claim)
    return CLAIM_FLOW.offers(claim.state, stand.facts, stand.parts)


def may_enter(reader: Reader) -> Verdict:
    """Officers and planning officers enter what was published."""
    if reader.reads_rows:
        return YES
    return no("Only officers and planning officers enter published figures.", "已发布数据由服务专员或规划专员录入。")


def may_edit(reader: Reader, claim: Claim) -> Verdict:
    """A confirmed figure is not rewritten: it is sent back first, with the reason."""
    entered = may_enter(reader)
    if not entered or claim.state != ClaimState.CONFIRMED:
        return entered
    return no("It is confirmed: send it back first, with the reason.", "数据已复核，请先退回并说明原因，再修改。")
