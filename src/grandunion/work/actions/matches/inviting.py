"""A supplier is invited to propose for a scenario, says yes by proposing, and the scenario's own course ends it."""

from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone

from grandunion.engines.flows import MATCH_FLOW
from grandunion.engines.matching import Score
from grandunion.records.matches import Match
from grandunion.records.scenarios import Capability, Opportunity, Proposal
from grandunion.terms.matches import DeclineReason, FailReason, Market, MatchState, Side, SuccessKind
from grandunion.terms.readers import Reader
from grandunion.terms.secrecy import Level
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Forbidden, Refused, require
from grandunion.work.actions import base, journal, lists, scenarios
from grandunion.work.actions.base import atomic
from grandunion.work.actions.matches.consent import accept, lapse
from grandunion.work.actions.matches.outcome import fail, succeed
from grandunion.work.actions.matches.pairing import let_sides_in
from grandunion.work.actions.parties.values import kept_once, sound
from grandunion.work.actions.scenarios.values import acting
from grandunion.work.permissions import matches as permissions
from grandunion.work.queries import matches
from grandunion.work.queries.matches import scenes

MOST_WORDS = 1000


@atomic
def invite(opportunity: Opportunity, capability: Capability, *, by: Reader, at: datetime, note: str = "") -> Match:
    """Ask the supplier of a capability to propose; a pair that is asked already is answered as it is.

    Neither side learns how the other is reached before both agree. The words are read by both.
    """
    require(permissions.may_invite(by, opportunity, capability), Forbidden)
    require(permissions.can_be_invited(opportunity, capability, at))
    known = scenes.existing_pair(opportunity, capability)
    if known is not None and known.state in (MatchState.DECLINED, MatchState.FAILED):
        raise Refused(
            Text(
                f"This pair was tried before ({known.number}). Open it and suggest it again from there.",
                f"该组合此前已撮合过（{known.number}），请打开该记录后重新推荐。",
            )
        )
    if known is not None and known.state != MatchState.SUGGESTED:
        return known
    score = scenes.pair_fit(opportunity, capability, by)
    if score.excluded is not None:
        raise Refused(score.excluded)
    words = sound("note", note.strip(), MOST_WORDS)
    match = known or _made(opportunity, capability, score, by=by, at=at)
    said = {"note": words} if words else {}  # a pair that is tried once more keeps what was said unless more is
    changes = base.move(match, MATCH_FLOW, "send", permissions.standing(by, match), by=by, at=at, **said)
    let_sides_in(match, by=by, at=at)
    journal.note("match.invited", match, by=by, at=at, changes=changes)
    return match


def _made(opportunity: Opportunity, capability: Capability, score: Score, *, by: Reader, at: datetime) -> Match:
    with kept_once():
        match = Match.objects.create(
            number=lists.next_numbers(MATCH_FLOW.prefix, at.year)[0], level=Level.ORGANISATION, market=Market.SCENARIO,
            state=MATCH_FLOW.initial, state_at=at, opportunity=opportunity, capability=capability,
            offering=capability.owner, owner=opportunity.owner, area=opportunity.area, in_charge_id=by.user_id,
            score=score.value, confidence=score.confidence, parts=matches.kept(score.parts),
            created_at=at, updated_at=at,
        )  # fmt: skip
    journal.step(MATCH_FLOW.code, match, source="", target=match.state, by=by, at=at)
    return match


@atomic
def take_up(
    opportunity: Opportunity,
    *,
    by: Reader,
    at: datetime,
    organisation: str = "",
    values: Mapping[str, object] | None = None,
) -> Proposal:
    """Begin a proposal with what the invited capability says; by it the organisation accepts its invitation."""
    owner = acting(by, organisation)
    asked = scenes.invitations_of(opportunity, owner.pk)
    given = {**(_known(asked[0].capability) if asked else {}), **(values or {})}
    draft = scenarios.begin_proposal(opportunity, organisation=owner.number, values=given, by=by, at=at)
    for match in asked:
        # A conflict of the officer in charge keeps the two from being introduced, not the supplier from proposing.
        if match.offering_accepted_at is None and permissions.second_consent(matches.facts(match)):
            accept(match, Side.OFFERING, by=by, at=at)
    return draft


def _known(capability: Capability) -> dict[str, object]:
    """What the page of a proposal begins with: the capability has said it already."""
    return {"capability": capability, "trl": capability.trl, "weeks": capability.weeks}


def end_due(by: Reader, at: datetime, limit: int) -> int:
    """End the invitations that their scenario has decided or nobody answered; answers how many, each on its own."""
    found, done = scenes.ending(timezone.localtime(at).date()), 0
    tried = scenes.tried_by({match.opportunity_id for match in found})
    for match in found:  # one that is left to the desk takes no place from those behind it
        if done == limit:
            break
        try:
            _end(match, tried.get(match.opportunity_id), by, at)
        except Refused:  # it does not stand as it did a moment ago, or a conflict came up: the desk's to decide
            continue
        done += 1
    return done


@atomic
def _end(match: Match, tried: int | None, by: Reader, at: datetime) -> None:
    """The supplier that was tried has succeeded; the others went without, or never answered."""
    if tried is not None and tried == match.offering_id:
        _agreed(match, by, at)
        succeed(match, SuccessKind.TRIAL, by=by, at=at)
    elif match.offering_accepted_at is None:
        lapse(match, DeclineReason.NO_ANSWER, by=by, at=at)
    elif match.state == MatchState.INTERESTED:
        lapse(match, DeclineReason.OTHER if tried is None else DeclineReason.ALREADY_SOLVED, by=by, at=at)
    else:
        fail(match, FailReason.OTHER if tried is None else FailReason.WENT_ELSEWHERE, by=by, at=at)


def _agreed(match: Match, by: Reader, at: datetime) -> None:
    """A proposal that is tried was made by the one side and chosen by the other: both have agreed."""
    for side in Side:
        if getattr(match, f"{side.value}_accepted_at") is None:
            accept(match, side, by=by, at=at)
