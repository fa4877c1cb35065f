"""Reviewers of the bids of a challenge: asked, cleared and heard, with every tie between parties looked at first."""

from collections.abc import Mapping
from datetime import datetime

from grandunion.records.parties import User
from grandunion.records.scenarios import Bid, BidScore, Challenge, ChallengeReviewer
from grandunion.terms.readers import Reader
from grandunion.terms.verdicts import Forbidden, require
from grandunion.work.actions import scenarios
from grandunion.work.actions.base import atomic
from grandunion.work.permissions import matches as permissions
from grandunion.work.permissions.scenarios import may_ask_reviewer
from grandunion.work.queries.scenarios import reviewer


@atomic
def ask_reviewer(record: Challenge, user: User, *, by: Reader, at: datetime) -> ChallengeReviewer:
    """Ask somebody to review the bids whom no tie binds to a side; the only way in for the doors."""
    require(may_ask_reviewer(by, record), Forbidden)
    require(permissions.may_be_reviewer(record, user, by))
    return scenarios.ask_reviewer(record, user, by=by, at=at)


@atomic
def declare(
    record: Challenge, user_id: int, *, has_conflict: bool, by: Reader, at: datetime, note: str = ""
) -> ChallengeReviewer:
    """As `scenarios.declare`; nobody declares to have no conflict while a tie to a side stands or waits."""
    if not has_conflict:
        require(permissions.may_still_review(record, reviewer(record, user_id).reviewer, by))
    return scenarios.declare(record, user_id, has_conflict=has_conflict, by=by, at=at, note=note)


@atomic
def score(bid: Bid, *, points: Mapping[str, int], by: Reader, at: datetime, comment: str = "") -> BidScore:
    """As `scenarios.score`; a tie that came to light since the reviewer was asked ends the review."""
    require(permissions.may_still_review(bid.challenge, reviewer(bid.challenge, by.user_id or 0).reviewer, by))
    return scenarios.score(bid, points=points, by=by, at=at, comment=comment)
