"""Scenarios and open challenges: what is opened, what firms can do, proposals, trials, bids and instalments."""

from grandunion.records.scenarios.bids import Bid, BidScore, ChallengeReviewer
from grandunion.records.scenarios.capabilities import Capability
from grandunion.records.scenarios.challenges import (
    Challenge,
    ChallengeIndicator,
    ChallengeNotice,
    ChallengeObjection,
    ChallengeResult,
    Instalment,
)
from grandunion.records.scenarios.opportunities import Opportunity, OpportunityIndicator, Place
from grandunion.records.scenarios.trials import Proposal, Trial, TrialResult

__all__ = [
    "Bid",
    "BidScore",
    "Capability",
    "Challenge",
    "ChallengeIndicator",
    "ChallengeNotice",
    "ChallengeObjection",
    "ChallengeResult",
    "ChallengeReviewer",
    "Instalment",
    "Opportunity",
    "OpportunityIndicator",
    "Place",
    "Proposal",
    "Trial",
    "TrialResult",
]
