"""Asks reviewers for the bids of a challenge, with every tie between parties looked at first."""

from datetime import datetime

from grandunion.records.parties import User
from grandunion.records.scenarios import Challenge, ChallengeReviewer
from grandunion.terms.readers import Reader
from grandunion.terms.verdicts import Forbidden, require
from grandunion.work.actions import scenarios
from grandunion.work.actions.base import atomic
from grandunion.work.permissions import matches as permissions
from grandunion.work.permissions.scenarios import may_ask_reviewer


@atomic
def ask_reviewer(record: Challenge, user: User, *, by: Reader, at: datetime) -> ChallengeReviewer:
    """Ask somebody to review the bids whom no tie binds to a side; the only way in for the doors."""
    require(may_ask_reviewer(by, record), Forbidden)
    require(permissions.may_be_reviewer(record, user, by))
    return scenarios.ask_reviewer(record, user, by=by, at=at)
