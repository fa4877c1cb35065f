"""The facts by which the flows of scenarios and open challenges judge; none of them is typed by anybody."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils import timezone

from grandunion.engines.trials import Entrant, Points, Ranked, is_passed, ranking
from grandunion.records.scenarios import Bid, Capability, Challenge, Opportunity, Proposal
from grandunion.terms.scenarios import BidCriterion, BidState, ChallengeState, OpportunityState, ProposalState
from grandunion.work.queries import lists
from grandunion.work.queries.scenarios.rows import (
    STANDING_BIDS,
    WAITING,
    ChallengeRows,
    OpportunityRows,
    challenge_rows,
    opportunity_rows,
)

REVIEWERS = 3
NOTICE_WORKING_DAYS = 5
JUDGED = (BidState.QUALIFIED, BidState.AWARDED)
REVIEWED = (*JUDGED, BidState.DECLINED)  # who was answered keeps the place the points gave


@dataclass(frozen=True, slots=True)
class ChallengeRule:
    """How many reviewers a challenge needs, how many working days its notice stands, what each criterion weighs.

    From the pack's setting “open_challenges”; without one the house's own figures, which nobody has verified.
    """

    reviewers: int
    notice_days: int
    weights: Mapping[BidCriterion, int]
    is_verified: bool


def challenge_rule() -> ChallengeRule:
    """The rule in force."""
    rule = lists.setting("open_challenges", {}) or {}
    weights = rule.get("weights") or {}
    return ChallengeRule(
        int(rule.get("reviewers", REVIEWERS)),
        int(rule.get("notice_working_days", NOTICE_WORKING_DAYS)),
        {one: int(weights.get(one.value, 1)) for one in BidCriterion},
        bool(rule.get("verified_on")),
    )


def is_taking_proposals(record: Opportunity, at: datetime) -> bool:
    """Whether proposals are taken: it is on the list and its last day has not passed."""
    is_early = record.proposals_until is None or timezone.localtime(at).date() <= record.proposals_until
    return record.state == OpportunityState.PUBLISHED and is_early


def is_taking_bids(record: Challenge, at: datetime) -> bool:
    """Whether bids are taken at the moment."""
    return record.state == ChallengeState.BIDS_OPEN and record.bids_until is not None and at < record.bids_until


def opportunity_facts(record: Opportunity, rows: OpportunityRows | None = None) -> dict[str, object]:
    """What OPPORTUNITY_FLOW asks; `is_second_person` and what a form brings are added by the permissions."""
    rows = rows or opportunity_rows(record)
    trial = rows.trial if rows.trial and rows.trial.ended_at is None else None
    waiting = sum(rows.proposals.get(state, 0) for state in WAITING)
    return {
        "title": record.title_zh or record.title_en,
        "demand_unit": record.owner_id or record.demand_name,
        "domain": record.domain_id,
        "pain_point": record.pain_zh or record.pain_en,
        "indicators": sum(one.is_required for one in rows.indicators),
        "proposals_until": record.proposals_until,
        "proposals": waiting + rows.proposals.get(ProposalState.SELECTED, 0),
        "open_proposals": waiting,
        "selected": rows.selected_id,
        "safety_permit": record.safety_permit,
        "trial": trial.pk if trial else None,
        "is_passed": is_passed(rows.found) if trial else None,
        "test_report": record.test_report_id,
        "follow_on_value": record.follow_on_value,
        "replications": sum(one.is_replication and one.used_since is not None for one in rows.places),
    }


def capability_facts(record: Capability) -> dict[str, object]:
    """What CAPABILITY_FLOW asks."""
    return {
        "owner": record.owner_id,
        "text": record.text_zh or record.text_en,
        "domain": record.domain_id,
        "verified_note": record.verified_note,
    }


def proposal_facts(record: Proposal, at: datetime) -> dict[str, object]:
    """What PROPOSAL_FLOW asks."""
    return {
        "heading": record.heading,
        "solution": record.solution,
        "rationale": record.rationale,
        "plan": record.plan,
        "trl": record.trl,
        "is_open": is_taking_proposals(record.opportunity, at),
        "feedback": record.feedback,
    }


def bid_facts(record: Bid, at: datetime) -> dict[str, object]:
    """What BID_FLOW asks."""
    return {
        "heading": record.heading,
        "solution": record.solution,
        "rationale": record.rationale,
        "plan": record.plan,
        "price": record.price,
        "is_open": is_taking_bids(record.challenge, at),
        "is_judging": record.challenge.state == ChallengeState.BIDS_CLOSED,
        "feedback": record.feedback,
    }


def ranked(
    rows: ChallengeRows, rule: ChallengeRule | None = None, states: Collection[BidState] = JUDGED
) -> tuple[Ranked, ...]:
    """The bids in these states in the order of their points; only of reviewers who declared to have no conflict."""
    rule = rule or challenge_rule()
    entrants = [Entrant(one.pk, one.number, one.price) for one in rows.bids if one.state in states]
    points = [
        Points(one.bid_id, one.reviewer_id, {c: getattr(one, c.value) for c in BidCriterion}) for one in rows.scores
    ]
    return ranking(entrants, points, [one.reviewer_id for one in _declared(rows)], rule.weights)


def _declared(rows: ChallengeRows) -> list:
    return [one for one in rows.reviewers if one.has_conflict is False]


def challenge_facts(record: Challenge, at: datetime, rows: ChallengeRows | None = None) -> dict[str, object]:
    """What CHALLENGE_FLOW asks; `is_second_person` and what a form brings are added by the permissions."""
    rows = rows or challenge_rows(record)
    return {
        "title": record.title_zh or record.title_en,
        "demand_unit": record.owner_id or record.demand_name,
        "text": record.text_zh or record.text_en,
        "conditions": record.conditions_zh or record.conditions_en,
        "indicators": sum(one.is_required for one in rows.indicators),
        "is_split_right": _is_split_right(record),
        "bids_until": record.bids_until,
        "is_bidding_over": bool(record.bids_until and at >= record.bids_until),
        "contract_number": record.contract_number,
        "contract_value": record.contract_value,
        "signed_on": record.signed_on,
        "is_passed": is_passed(rows.found),
        **_bid_facts(rows),
        **_notice_facts(record, rows, at),
        **_money_facts(record, rows),
    }


def _is_split_right(record: Challenge) -> bool:
    shares = (record.enterprise_share, record.fiscal_share)
    if record.total_budget is None or None in shares:
        return False
    return sum(shares, Decimal(0)) == record.total_budget


def _bid_facts(rows: ChallengeRows) -> dict[str, object]:
    rule = challenge_rule()
    by_state = {state: sum(one.state == state for one in rows.bids) for state in BidState}
    admitted = {one.pk for one in rows.bids if one.state in JUDGED}
    given = {(one.bid_id, one.reviewer_id) for one in rows.scores}
    impartial = [one.reviewer_id for one in rows.impartial]
    best = ranked(rows, rule)
    return {
        "bids": sum(by_state[state] for state in STANDING_BIDS),
        "unjudged_bids": by_state[BidState.SUBMITTED],
        "admitted_bids": len(admitted),
        "reviewers_missing": max(rule.reviewers - len(impartial), 0),
        "scores_missing": sum((bid, one) not in given for bid in admitted for one in impartial),
        "winner": best[0].entrant.key if best else None,
        "unanswered_bids": by_state[BidState.SUBMITTED] + by_state[BidState.QUALIFIED],
    }


def _notice_facts(record: Challenge, rows: ChallengeRows, at: datetime) -> dict[str, object]:
    """Days left of the notice that stands, and every objection not settled."""
    found: dict[str, object] = {"open_objections": sum(one.settled_at is None for one in rows.objections)}
    if rows.notice and record.state == ChallengeState.NOTICE:
        left = (rows.notice.ends_on - timezone.localtime(at).date()).days
        found |= {"notice": rows.notice.pk, "notice_days_left": max(left, 0)}
    return found


def _money_facts(record: Challenge, rows: ChallengeRows) -> dict[str, object]:
    parts = sum((one.amount for one in rows.instalments), Decimal(0))
    return {
        "is_paid_in_parts": bool(rows.instalments) and parts == record.contract_value,
        "unmet_milestones": sum(one.met_at is None for one in rows.instalments),
        "unpaid_instalments": sum(one.paid_on is None for one in rows.instalments) if rows.instalments else None,
    }
