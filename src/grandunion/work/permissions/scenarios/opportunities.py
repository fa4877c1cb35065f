"""Who may do what with opportunities, capabilities, proposals and trials, and what the flows offer them."""

from grandunion.engines.flows import CAPABILITY_FLOW, OPPORTUNITY_FLOW, PROPOSAL_FLOW, Move
from grandunion.records.scenarios import Capability, Opportunity, Proposal
from grandunion.terms.readers import Reader
from grandunion.terms.roles import Part
from grandunion.terms.scenarios import CapabilityState, OpportunityState, ProposalState
from grandunion.terms.verdicts import YES, Verdict, no
from grandunion.work.permissions.base import Standing, parts
from grandunion.work.queries import scenarios

STAFF = frozenset({Part.IN_CHARGE, Part.OFFICER})
SIDE = STAFF | {Part.OWNER}
JUDGES = STAFF | {Part.NEEDING}
S = OpportunityState
BEFORE_THE_LIST = (S.COLLECTED, S.REFINED, S.APPROVED)
OVER = (S.SCALED, S.CLOSED_NO_SUPPLIER, S.FAILED)
Offers = tuple[tuple[Move, Verdict], ...]


def opportunity_standing(reader: Reader, record: Opportunity, **given: object) -> Standing:
    """The facts of the opportunity with what a form brought, and what the reader is to it."""
    facts = {**scenarios.opportunity_facts(record), "is_second_person": _is_second(reader, record), **given}
    return Standing(facts, parts(reader, record))


def _is_second(reader: Reader, record: Opportunity) -> bool:
    """Whether the reader is somebody else than who refined it; the house runs what the operator decides."""
    refined_by = scenarios.last_mover(OPPORTUNITY_FLOW.code, record.pk, S.REFINED)
    return reader.is_house or (refined_by is not None and refined_by != reader.user_id) or refined_by is None


def opportunity_offers(reader: Reader, record: Opportunity) -> Offers:
    """The moves the flow offers the reader on this opportunity."""
    stand = opportunity_standing(reader, record)
    return OPPORTUNITY_FLOW.offers(record.state, stand.facts, stand.parts)


def may_state_opportunity(reader: Reader) -> Verdict:
    """Officers collect opportunities for anybody; members state those of their own organisation."""
    if reader.is_officer or reader.organisation_ids:
        return YES
    return no(
        "Opportunities are stated by officers and by members who act for an organisation.",
        "场景机会由服务专员或已关联单位的会员提出。",
    )


def may_act_for(reader: Reader, organisation_id: int | None) -> Verdict:
    """An officer writes for any organisation; everybody else for their own."""
    if reader.is_officer or (organisation_id is not None and organisation_id in reader.organisation_ids):
        return YES
    return no(
        "Write it for your own organisation; an officer writes for others.",
        "仅可以本单位名义填写，其他由服务专员办理。",
    )


def may_edit_opportunity(reader: Reader, record: Opportunity) -> Verdict:
    """The demand unit edits until it is approved; the desk until it is over."""
    mine = parts(reader, record)
    if record.state in OVER:
        return no("This opportunity is over. Take it up again to change it.", "该机会已结束，如需修改请先重新征集。")
    if mine & STAFF or (Part.OWNER in mine and record.state in (S.COLLECTED, S.REFINED)):
        return YES
    return no(
        "It is on its way already: tell the scenario manager what has changed.",
        "该机会已进入后续流程，如有变化请告知场景经理人。",
    )


def may_set_indicators(reader: Reader, record: Opportunity) -> Verdict:
    """Indicators stand still once the opportunity is published: suppliers answer to them."""
    if record.state not in BEFORE_THE_LIST:
        return no(
            "The indicators stand still once it is on the list: suppliers answer to them.",
            "列入机会清单后指标不得变更，供应方据此应答。",
        )
    return may_edit_opportunity(reader, record)


def may_name_places(reader: Reader, record: Opportunity) -> Verdict:
    """Sites and places it is carried over to are named by the demand unit and the desk."""
    if parts(reader, record) & SIDE and record.state not in (S.CLOSED_NO_SUPPLIER, S.FAILED):
        return YES
    return no("Only the demand unit and the desk name places.", "仅需求单位和服务专员可以登记地点。")


def may_take_opportunity(reader: Reader, record: Opportunity) -> Verdict:
    """An officer of the area becomes its scenario manager."""
    if record.state in OVER:
        return no("This opportunity is over.", "该机会已结束。")
    if parts(reader, record) & STAFF:
        return YES
    return no("Only officers of its area take charge.", "仅该片区的服务专员可以承接。")


def may_measure(reader: Reader, record: Opportunity) -> Verdict:
    """The demand unit and the desk record values; the supplier under test does not record its own."""
    if record.state != S.TESTING:
        return no("Values are recorded while the trial runs.", "仅在应用验证期间登记检测值。")
    if parts(reader, record) & SIDE:
        return YES
    return no(
        "Only the demand unit and the desk record measured values.",
        "检测值由需求单位或服务专员登记，供应方不得自行登记。",
    )


def may_grant_waiver(reader: Reader, indicator: object, mine: frozenset[Part]) -> Verdict:
    """An officer grants a waiver somebody else asked for."""
    if not mine & STAFF:
        return no("Only the desk grants a waiver.", "豁免由服务专员批准。")
    if indicator.waiver_asked_by_id is None:
        return no("Nobody has asked for a waiver of this indicator.", "该指标尚未申请豁免。")
    if indicator.waiver_asked_by_id == reader.user_id:
        return no("A second person grants it: ask a colleague, for you asked for it yourself.",
                  "须由第二人批准：豁免由您申请，请由同事批准。")  # fmt: skip
    return YES


def capability_standing(reader: Reader, record: Capability, **given: object) -> Standing:
    """The facts of the capability with what a form brought, and what the reader is to it."""
    is_other = reader.is_house or record.owner_id not in reader.organisation_ids
    facts = {**scenarios.capability_facts(record), "is_of_another": is_other, **given}
    return Standing(facts, parts(reader, record))


def capability_offers(reader: Reader, record: Capability) -> Offers:
    """The moves the flow offers the reader on this capability."""
    stand = capability_standing(reader, record)
    return CAPABILITY_FLOW.offers(record.state, stand.facts, stand.parts)


def may_state_capability(reader: Reader) -> Verdict:
    """Officers hand in capabilities for anybody; members for their own organisation."""
    if reader.is_officer or reader.organisation_ids:
        return YES
    return no(
        "Capabilities are handed in by officers and by members who act for an organisation.",
        "场景能力由服务专员或已关联单位的会员提交。",
    )


def may_edit_capability(reader: Reader, record: Capability) -> Verdict:
    """The supplier edits until it is verified (afterwards it is verified again); the desk always."""
    mine = parts(reader, record)
    if record.state == CapabilityState.WITHDRAWN:
        return no("It was taken off the list: hand it in again first.", "该能力已撤下，请先重新提交。")
    if mine & STAFF or (Part.OWNER in mine and record.state == CapabilityState.SUBMITTED):
        return YES
    return no(
        "It is verified as it stands: take it off the list and hand it in again to change it.",
        "该能力已核实，如需修改请先撤下后重新提交。",
    )


def proposal_parts(reader: Reader, record: Proposal) -> frozenset[Part]:
    """What the reader is to a proposal: its supplier, the demand unit (needing side), or the desk."""
    found = parts(reader, record)
    if reader.is_signed_in and record.opportunity.owner_id in reader.organisation_ids:
        found |= {Part.NEEDING}
    if record.state != ProposalState.DRAFT and parts(reader, record.opportunity) & STAFF:
        found |= {Part.OFFICER}
    return found


def proposal_standing(reader: Reader, record: Proposal, **given: object) -> Standing:
    """The facts of the proposal with what a form brought, and what the reader is to it."""
    facts = {**scenarios.proposal_facts(record, reader.at), **given}
    return Standing(facts, proposal_parts(reader, record))


def proposal_offers(reader: Reader, record: Proposal) -> Offers:
    """The moves offered on a proposal; it is selected through its opportunity."""
    stand = proposal_standing(reader, record)
    found = PROPOSAL_FLOW.offers(record.state, stand.facts, stand.parts)
    return tuple((move, verdict) for move, verdict in found if move.code != "choose" and _fits(move, record))


def _fits(move: Move, record: Proposal) -> bool:
    """The one that was selected is let go through its opportunity."""
    return not (move.code == "decline" and record.state == ProposalState.SELECTED)


def may_propose(reader: Reader, record: Opportunity) -> Verdict:
    """A member who acts for an organisation proposes while proposals are taken; not the demand unit to itself."""
    if not reader.organisation_ids:
        return no(
            "Sign in with an account that acts for an organisation to propose.",
            "请使用已关联单位的账户登录后提交方案。",
        )
    if not scenarios.is_taking_proposals(record, reader.at):
        return no("Proposals are not taken now.", "当前不在方案征集期内。")
    if record.owner_id is not None and reader.organisation_ids <= {record.owner_id}:
        return no("The demand unit does not propose to itself.", "需求单位不能向自己的场景提交方案。")
    return YES


def may_write_proposal(reader: Reader, record: Proposal) -> Verdict:
    """The supplier writes its draft."""
    if Part.OWNER not in proposal_parts(reader, record):
        return no("Only the supplier writes its proposal.", "仅供应方可以填写本方案。")
    if record.state != ProposalState.DRAFT:
        return no("It is handed in: take it back to change it.", "方案已提交，如需修改请先撤回。")
    return YES
