"""What comes of an introduction: meetings, negotiation, success with its kind, failure with its reason."""

from datetime import datetime

from grandunion.engines.flows import MATCH_FLOW
from grandunion.records.matches import Match, Meeting
from grandunion.terms.matches import FailReason, MatchState, SuccessKind
from grandunion.terms.readers import Reader
from grandunion.terms.verdicts import Forbidden, require
from grandunion.work.actions import base, journal
from grandunion.work.actions.base import atomic
from grandunion.work.actions.matches.consent import told
from grandunion.work.actions.parties.values import sound
from grandunion.work.permissions import matches as permissions


@atomic
def meet(match: Match, *, held_at: datetime, by: Reader, at: datetime, place: str = "", note: str = "") -> Match:
    """Keep a meeting of the two sides; the first one moves the match on."""
    require(permissions.may_meet(by, match), Forbidden)
    if match.state == MatchState.INTRODUCED:
        changes = base.move(match, MATCH_FLOW, "meet", permissions.standing(by, match), by=by, at=at)
    else:
        changes = base.change(match, at=at)
    Meeting.objects.create(
        match=match, at=held_at, place=sound("place", place.strip(), 200), note=sound("note", note.strip()),
        noted_by_id=by.user_id,
    )  # fmt: skip
    journal.note("match.met", match, by=by, at=at, changes=changes)
    return match


@atomic
def negotiate(match: Match, *, by: Reader, at: datetime, version: int | None = None) -> Match:
    """Say that the two sides have begun to negotiate."""
    changes = base.move(match, MATCH_FLOW, "negotiate", permissions.standing(by, match), by=by, at=at, version=version)
    journal.note("match.negotiating", match, by=by, at=at, changes=changes)
    return match


@atomic
def succeed(
    match: Match, kind: SuccessKind, *, by: Reader, at: datetime, note: str = "", version: int | None = None
) -> Match:
    """Say what the match led to: a contract, an investment, a hire, an order."""
    stand = permissions.standing(by, match, success_kind=kind.value)
    values = {"outcome": kind.value, "reason_note": sound("note", note.strip()), "version": version}
    changes = base.move(match, MATCH_FLOW, "succeed", stand, by=by, at=at, **values)
    journal.note("match.succeeded", match, by=by, at=at, changes=told(changes))
    return match


@atomic
def fail(
    match: Match, reason: FailReason, *, by: Reader, at: datetime, note: str = "", version: int | None = None
) -> Match:
    """Say why the match came to nothing."""
    stand = permissions.standing(by, match, fail_reason=reason.value)
    changes = base.move(match, MATCH_FLOW, "fail", stand, by=by, at=at, reason=reason.value, version=version)
    changes |= base.change(match, at=at, reason=reason.value, reason_note=sound("note", note.strip()))
    journal.note("match.failed", match, by=by, at=at, changes=told(changes))
    return match


@atomic
def revive(match: Match, *, reason: str, by: Reader, at: datetime, version: int | None = None) -> Match:
    """Suggest a pair again that came to nothing; both sides are asked anew, and contacts are closed again."""
    stand = permissions.standing(by, match)
    said = sound("reason", reason.strip(), 300)
    changes = base.move(
        match, MATCH_FLOW, "revive", stand, by=by, at=at, reason=said, version=version,
        needing_accepted_at=None, needing_accepted_by=None, offering_accepted_at=None, offering_accepted_by=None,
        declined_by="", outcome="",
    )  # fmt: skip
    changes |= base.change(match, at=at, reason="", reason_note="")
    journal.note("match.revived", match, by=by, at=at, changes=told(changes))
    return match
