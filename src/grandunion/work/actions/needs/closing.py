"""How a need ends: rated by the applicant, called back, closed in one of four ways, or reopened."""

from dataclasses import dataclass
from datetime import datetime

from grandunion.engines.flows import NEED_FLOW
from grandunion.records.needs import CallBack, Need
from grandunion.records.parties import User
from grandunion.terms.needs import CallbackResult, NeedState, Outcome
from grandunion.terms.readers import Reader
from grandunion.terms.verdicts import invalid, require
from grandunion.work.actions import base, journal
from grandunion.work.actions.base import atomic
from grandunion.work.actions.needs.desk import escalate, filling, passed
from grandunion.work.actions.parties.values import sound
from grandunion.work.permissions import needs as permissions
from grandunion.work.queries import needs

CLOSINGS = {
    "close_solved": NeedState.CLOSED_SOLVED,
    "close_partly": NeedState.CLOSED_PARTLY,
    "close_explained": NeedState.CLOSED_EXPLAINED,
    "close_unsolved": NeedState.CLOSED_UNSOLVED,
}


@dataclass(frozen=True, slots=True)
class Rating:
    """What the applicant thinks of the answer: 1 to 5, whether somebody was in touch, whether it helped."""

    score: int
    was_contacted: bool | None = None
    was_useful: bool | None = None
    comment: str = ""


@atomic
def rate(need: Need, rating: Rating, *, by: Reader, at: datetime, key: str = "") -> Need:
    """Keep what the applicant thinks of the answer."""
    _sound_score(rating.score)
    values = {
        "satisfaction": rating.score,
        "was_contacted": rating.was_contacted,
        "was_useful": rating.was_useful,
        "satisfaction_comment": sound("comment", rating.comment.strip()),
        **filling(need, NeedState.RATED, at),
    }
    stand = permissions.standing(by, need, key, satisfaction_score=rating.score)
    changes = passed(need, "rate", stand, by=by, at=at, **values)
    journal.note("need.rated", need, by=by, at=at, changes=changes)
    return need


def _sound_score(score: int) -> None:
    if not isinstance(score, int) or not 1 <= score <= 5:
        raise invalid("satisfaction_score", "A rating is a number from 1 to 5.", "评分为 1 至 5 分。")


@atomic
def call_back(
    need: Need, *, result: CallbackResult, by: Reader, at: datetime, note: str = "", version: int | None = None
) -> Need:
    """Keep what the applicant said when called back; not reached leaves the need where it is, to be called again."""
    written = sound("note", note.strip())
    if result == CallbackResult.NOT_REACHED:
        return _not_reached(need, written, by=by, at=at)
    values = filling(need, NeedState.CALLED_BACK, at)
    stand = permissions.standing(by, need, callback_result=result.value)
    changes = passed(need, "call_back", stand, by=by, at=at, version=version, **values)
    _keep_call(need, result, written, by, at)
    journal.note("need.called_back", need, by=by, at=at, changes=changes)
    return need


def _not_reached(need: Need, note: str, *, by: Reader, at: datetime) -> Need:
    stand = permissions.standing(by, need, callback_result=CallbackResult.NOT_REACHED.value)
    require(NEED_FLOW.may_move(need.state, "call_back", stand.facts, stand.parts))
    _keep_call(need, CallbackResult.NOT_REACHED, note, by, at)
    journal.note("need.called_in_vain", need, by=by, at=at)
    return need


def _keep_call(need: Need, result: CallbackResult, note: str, by: Reader, at: datetime, turn: int = 0) -> None:
    caller = User.objects.filter(pk=by.user_id).first() if by.is_signed_in else None
    CallBack.objects.create(need=need, at=at, by=caller, result=result.value, note=note, round=turn)


@atomic
def follow_up(
    need: Need, *, result: CallbackResult, by: Reader, at: datetime, note: str = "", version: int | None = None
) -> Need:
    """Keep what the applicant of a closed need said when called again: ten days after it, and after five months.

    Whoever is not satisfied gets the need reopened one level up. Three calls in vain are enough.
    """
    require(permissions.may_follow_up(by, need))
    written, turn = sound("note", note.strip()), needs.call_turn(need)
    in_vain = needs.calls_in_vain(need, turn) + 1 if result == CallbackResult.NOT_REACHED else 0
    _keep_call(need, result, written, by, at, turn)
    if result == CallbackResult.UNSATISFIED:
        return _reopened_above(need, written, by=by, at=at, version=version)
    is_again = 0 < in_vain < needs.CALLS_IN_VAIN
    changes = base.change(need, at=at, version=version, call_due_at=needs.next_call(need, turn, at, is_again=is_again))
    verb = "need.called_in_vain" if in_vain else "need.followed_up"
    journal.note(verb, need, by=by, at=at, changes=changes)
    return need


def _reopened_above(need: Need, note: str, *, by: Reader, at: datetime, version: int | None) -> Need:
    """Reopened and, where there is a level above, raised to it."""
    reason = (note or "not satisfied when called")[:300]
    stand = permissions.standing(by, need, callback_result=CallbackResult.UNSATISFIED.value)
    values = filling(need, NeedState.REOPENED, at)
    changes = passed(need, "reopen", stand, by=by, at=at, reason=reason, version=version, **values)
    journal.note("need.reopened", need, by=by, at=at, changes=changes)
    return escalate(need, reason=reason, by=by, at=at) if permissions.may_be_raised(need) else need


@atomic
def close(
    need: Need,
    deed: str,
    *,
    by: Reader,
    at: datetime,
    outcome: Outcome | None = None,
    note: str = "",
    version: int | None = None,
) -> Need:
    """Close the need in one of four ways: solved or partly with an outcome, explained or unsolved with a note."""
    if deed not in CLOSINGS:
        raise invalid("deed", "A need is closed in one of four ways.", "办结方式共有四种，请选择其一。")
    given = {"outcome": outcome.value} if outcome else {}
    values = {
        **given,
        "outcome_note": sound("note", note.strip()),
        **filling(need, CLOSINGS[deed], at),
    }
    stand = permissions.standing(by, need, **given)
    changes = passed(need, deed, stand, by=by, at=at, reason=note.strip(), version=version, **values)
    journal.note("need.closed", need, by=by, at=at, changes=changes)
    return need


@atomic
def reopen(need: Need, *, reason: str, by: Reader, at: datetime, score: int | None = None, key: str = "") -> Need:
    """Take a need up again because the applicant is not satisfied."""
    values = filling(need, NeedState.REOPENED, at)
    given = {}
    if score is not None:
        _sound_score(score)
        values["satisfaction"] = given["satisfaction_score"] = score
    stand = permissions.standing(by, need, key, **given)
    changes = passed(need, "reopen", stand, by=by, at=at, reason=sound("reason", reason.strip()), **values)
    journal.note("need.reopened", need, by=by, at=at, changes=changes)
    return need
