"""What each side says: seen, accepted, declined; and the introduction once both have consented."""

from datetime import datetime

from grandunion.engines.flows import MATCH_FLOW
from grandunion.records.matches import Match
from grandunion.terms.matches import DeclineReason, MatchState, Side
from grandunion.terms.readers import Reader
from grandunion.terms.roles import Part
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Forbidden, Refused, require
from grandunion.work.actions import base, journal
from grandunion.work.actions.base import atomic
from grandunion.work.actions.journal import Changes
from grandunion.work.actions.parties.values import sound
from grandunion.work.permissions import matches as permissions
from grandunion.work.permissions.base import Standing
from grandunion.work.queries import matches

# Who accepted and what was noted beside a refusal stay out of the time line, which both sides read.
UNTOLD = frozenset(f"{side}_accepted_by{column}" for side in ("offering", "needing") for column in ("", "_id")) | {
    "reason_note"
}


def told(changes: Changes) -> Changes:
    """What of the changes both sides may read."""
    return {name: change for name, change in changes.items() if name not in UNTOLD}


@atomic
def view(match: Match, *, by: Reader, at: datetime) -> Match:
    """Mark that a side has seen the suggestion."""
    changes = base.move(match, MATCH_FLOW, "view", permissions.standing(by, match), by=by, at=at)
    journal.note("match.viewed", match, by=by, at=at, changes=changes)
    return match


@atomic
def accept(match: Match, side: Side, *, by: Reader, at: datetime, note: str = "", version: int | None = None) -> Match:
    """Keep the consent of one side; the side that accepts second moves nothing, its consent is a fact.

    A scenario and a capability are introduced at once: whoever invited has brought them together already.
    """
    require(permissions.may_accept(by, match, side, note), Forbidden)
    values = _consented(match, side, by, at)
    if match.state == MatchState.INTERESTED:
        require(permissions.second_consent(matches.facts(match)))
        changes = base.change(match, at=at, version=version, **values)
    else:
        stand = permissions.standing(by, match)
        changes = base.move(match, MATCH_FLOW, "accept", stand, by=by, at=at, version=version, **values)
    journal.note(f"match.accepted_{side.value}", match, by=by, at=at, changes=told(changes))
    if match.opportunity_id and match.offering_accepted_at and match.needing_accepted_at:
        _introduced(match, Standing(matches.facts(match), frozenset({Part.SYSTEM})), by=by, at=at)
    return match


def _consented(match: Match, side: Side, by: Reader, at: datetime) -> dict[str, object]:
    if getattr(match, f"{side.value}_accepted_at") is not None:
        raise Refused(Text("This side has accepted already.", "该方已表示同意。"))
    if match.state not in (MatchState.SUGGESTED, MatchState.SENT, MatchState.VIEWED, MatchState.INTERESTED):
        raise Refused(
            Text("There is nothing to accept any more: look at its state.", "当前状态无需再表示同意，请查看最新状态。")
        )
    # A consent that the desk notes down for a side is that side's word, not the officer's own.
    is_own = permissions.SIDE_PARTS[side] in permissions.parts_of(by, match)
    return {f"{side.value}_accepted_at": at, f"{side.value}_accepted_by_id": by.user_id if is_own else None}


@atomic
def decline(
    match: Match, reason: DeclineReason, *, by: Reader, at: datetime, note: str = "", version: int | None = None
) -> Match:
    """Turn a match down with a counted reason."""
    mine = permissions.parts_of(by, match)
    side = next((side.value for side, part in permissions.SIDE_PARTS.items() if part in mine), "desk")
    return _declined(match, reason, side, by=by, at=at, note=note, version=version)


@atomic
def lapse(match: Match, reason: DeclineReason, *, by: Reader, at: datetime) -> Match:
    """End what nobody answered in time, or what its scenario decided otherwise: no side has turned it down."""
    return _declined(match, reason, "", by=by, at=at)


def _declined(
    match: Match, reason: DeclineReason, side: str, *, by: Reader, at: datetime, note: str = "",
    version: int | None = None,
) -> Match:  # fmt: skip
    stand = permissions.standing(by, match, decline_reason=reason.value)
    changes = base.move(
        match, MATCH_FLOW, "decline", stand, by=by, at=at, reason=reason.value, version=version, declined_by=side
    )
    changes |= base.change(match, at=at, reason=reason.value, reason_note=sound("note", note.strip()))
    journal.note("match.declined" if side else "match.lapsed", match, by=by, at=at, changes=told(changes))
    return match


@atomic
def introduce(match: Match, *, by: Reader, at: datetime, version: int | None = None) -> Match:
    """Introduce the two sides, both of whom have accepted: each sees the other's contact from now on."""
    return _introduced(match, permissions.standing(by, match), by=by, at=at, version=version)


def _introduced(match: Match, stand: Standing, *, by: Reader, at: datetime, version: int | None = None) -> Match:
    changes = base.move(match, MATCH_FLOW, "introduce", stand, by=by, at=at, version=version)
    journal.note("match.introduced", match, by=by, at=at, changes=changes)
    return match
