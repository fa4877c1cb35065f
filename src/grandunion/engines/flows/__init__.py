"""Every life cycle of the hub as a table: states, moves, guards, who may, what is required, how long."""

from grandunion.engines.flows.achievements import ACHIEVEMENT_FLOW
from grandunion.engines.flows.assignments import (
    ASSIGNMENT_FLOW,
    RESPONSE_FLOW,
    derived_state,
)
from grandunion.engines.flows.challenges import BID_FLOW, CHALLENGE_FLOW
from grandunion.engines.flows.claims import CLAIM_FLOW
from grandunion.engines.flows.contracts import CONTRACT_FLOW, PERFORMANCE_FLOW
from grandunion.engines.flows.events import ACTION_FLOW, EVENT_FLOW, REGISTRATION_FLOW
from grandunion.engines.flows.issues import ISSUE_FLOW
from grandunion.engines.flows.matches import MATCH_FLOW
from grandunion.engines.flows.needs import NEED_FLOW, service_preset
from grandunion.engines.flows.offers import OFFER_FLOW
from grandunion.engines.flows.pieces import Fact, Guard, Move, State
from grandunion.engines.flows.projects import EXIT_GUARDS, PHASE_STATES, PHASES, PROJECT_FLOW
from grandunion.engines.flows.returns import RETURN_FLOW
from grandunion.engines.flows.rights import RIGHTS_FLOW
from grandunion.engines.flows.rounds import ROUND_FLOW
from grandunion.engines.flows.running import Running, Visit, running
from grandunion.engines.flows.scenarios import CAPABILITY_FLOW, OPPORTUNITY_FLOW, PROPOSAL_FLOW
from grandunion.engines.flows.table import Flow
from grandunion.engines.flows.targets import TARGET_FLOW
from grandunion.engines.flows.work_reports import WORK_REPORT_FLOW

ALL_FLOWS: dict[str, Flow] = {
    flow.code: flow
    for flow in (
        ACHIEVEMENT_FLOW,
        RIGHTS_FLOW,
        NEED_FLOW,
        ASSIGNMENT_FLOW,
        RESPONSE_FLOW,
        ISSUE_FLOW,
        OPPORTUNITY_FLOW,
        CAPABILITY_FLOW,
        PROPOSAL_FLOW,
        CHALLENGE_FLOW,
        BID_FLOW,
        OFFER_FLOW,
        MATCH_FLOW,
        ROUND_FLOW,
        PROJECT_FLOW,
        CONTRACT_FLOW,
        PERFORMANCE_FLOW,
        EVENT_FLOW,
        REGISTRATION_FLOW,
        ACTION_FLOW,
        TARGET_FLOW,
        CLAIM_FLOW,
        RETURN_FLOW,
        WORK_REPORT_FLOW,
    )
}

__all__ = [
    "ACHIEVEMENT_FLOW",
    "ACTION_FLOW",
    "ALL_FLOWS",
    "ASSIGNMENT_FLOW",
    "BID_FLOW",
    "CAPABILITY_FLOW",
    "CHALLENGE_FLOW",
    "CLAIM_FLOW",
    "CONTRACT_FLOW",
    "EVENT_FLOW",
    "EXIT_GUARDS",
    "ISSUE_FLOW",
    "MATCH_FLOW",
    "NEED_FLOW",
    "OFFER_FLOW",
    "OPPORTUNITY_FLOW",
    "PERFORMANCE_FLOW",
    "PHASES",
    "PHASE_STATES",
    "PROJECT_FLOW",
    "PROPOSAL_FLOW",
    "REGISTRATION_FLOW",
    "RESPONSE_FLOW",
    "RETURN_FLOW",
    "RIGHTS_FLOW",
    "ROUND_FLOW",
    "TARGET_FLOW",
    "WORK_REPORT_FLOW",
    "Fact",
    "Flow",
    "Guard",
    "Move",
    "Running",
    "State",
    "Visit",
    "derived_state",
    "running",
    "service_preset",
]
