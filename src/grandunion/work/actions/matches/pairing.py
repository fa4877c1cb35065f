"""How an offer and a need come together: suggested by the desk or asked for by the applicant, and sent."""

from datetime import datetime

from grandunion.engines.flows import MATCH_FLOW
from grandunion.engines.matching import Score
from grandunion.records.achievements import Achievement
from grandunion.records.matches import Match, Offer
from grandunion.records.needs import Need
from grandunion.records.parties import Access, Organisation, Person, User
from grandunion.records.scenarios import Opportunity
from grandunion.terms.matches import MatchState, Side
from grandunion.terms.needs import NeedState
from grandunion.terms.readers import Reader
from grandunion.terms.roles import Part
from grandunion.terms.secrecy import Level, Secrecy
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Forbidden, Refused, require
from grandunion.work.actions import base, journal, lists
from grandunion.work.actions.base import atomic
from grandunion.work.actions.matches.consent import accept
from grandunion.work.actions.parties import let_in
from grandunion.work.actions.parties.values import sound
from grandunion.work.permissions import matches as permissions
from grandunion.work.queries import matches
from grandunion.work.queries.base import one

OVER = (NeedState.DRAFT, NeedState.MERGED, NeedState.SPAM, NeedState.CANCELLED)
Offering = Achievement | Offer | Organisation | Person


@atomic
def suggest(need: Need, offer: Offering, *, by: Reader, at: datetime, note: str = "") -> Match:
    """Put an offer beside a need, with the reasons; a pair that stands already is answered as it is."""
    require(permissions.may_suggest(by, need), Forbidden)
    return _pair(need, offer, "match.suggested", by=by, at=at, note=note)


@atomic
def propose(need: Need, offer: Offering, *, by: Reader, at: datetime, note: str = "") -> Match:
    """Suggest an offer and send it to both sides at once; a pair that was sent already is answered as it is."""
    match = suggest(need, offer, by=by, at=at, note=note)
    return send(match, by=by, at=at) if match.state == MatchState.SUGGESTED else match


@atomic
def ask_for(need: Need, offer: Achievement | Offer | Person, *, by: Reader, at: datetime, note: str = "") -> Match:
    """The applicant asks for what is offered: the consent of the needing side is given, the owner is asked.

    What only the desk knows does not stop the applicant, who would learn of it: the owner answers.
    """
    require(permissions.may_search(by, need), Forbidden)
    match = _pair(need, offer, "match.asked", by=by, at=at, note=note)
    if match.state == MatchState.SUGGESTED:
        let_sides_in(match, by=by, at=at)
        accept(match, Side.NEEDING, by=by, at=at, note="asked for it")
    return match


@atomic
def offer_to(need: Need, offer: Achievement | Offer | Person, *, by: Reader, at: datetime, note: str = "") -> Match:
    """Whoever offers something brings it before a need: its own consent is given, the needing side is asked."""
    require(permissions.may_find_needs(by, offer), Forbidden)
    match = _pair(need, offer, "match.offered", by=by, at=at, note=note)
    if match.state == MatchState.SUGGESTED:
        let_sides_in(match, by=by, at=at)
        accept(match, Side.OFFERING, by=by, at=at, note="offered it")
    return match


@atomic
def send(match: Match, *, by: Reader, at: datetime, version: int | None = None) -> Match:
    """Send a suggestion to both sides: from now on each sees it and may accept or decline."""
    stand = permissions.standing(by, match)
    changes = base.move(match, MATCH_FLOW, "send", stand, by=by, at=at, version=version)
    let_sides_in(match, by=by, at=at)
    journal.note("match.sent", match, by=by, at=at, changes=changes)
    return match


def _pair(need: Need, offer: Offering, verb: str, *, by: Reader, at: datetime, note: str) -> Match:
    if need.state in OVER:
        raise Refused(Text("This need is not being handled.", "该需求未在办理中。"))
    found = _on_offer(offer, by)
    is_single = isinstance(found, Achievement | Offer | Person)
    if is_single and (known := matches.existing(need, found)) is not None:
        return _known(known)
    if is_single and (excluded := matches.pair_score(need, found, by).excluded) is not None:
        raise Refused(excluded)
    score = matches.shared_score(need, found, at) if is_single else None
    match = _new(need, found, score, by=by, at=at, note=note)
    journal.step(MATCH_FLOW.code, match, source="", target=match.state, by=by, at=at)
    journal.note(verb, match, by=by, at=at)
    return match


def _on_offer(offer: Offering, by: Reader) -> Offering:
    """The achievement or the written offer, if it is on offer and the person may see it."""
    if isinstance(offer, Achievement | Offer):
        rows = matches.on_offer(by) if isinstance(offer, Achievement) else matches.offers_now(by)
        return one(rows, pk=offer.pk)
    return offer


def _known(match: Match) -> Match:
    """A pair that stands already; one that came to nothing is revived first."""
    if match.state in (MatchState.DECLINED, MatchState.FAILED):
        raise Refused(
            Text(
                f"This pair was tried before ({match.number}). Open it and suggest it again from there.",
                f"该组合此前已撮合过（{match.number}），请打开该记录后重新推荐。",
            )
        )
    return match


def _new(need: Need, offer: Offering, score: Score | None, *, by: Reader, at: datetime, note: str) -> Match:
    sides = _sides(offer)
    if sides.get("offering") is not None and sides["offering"] == need.owner:
        raise Refused(Text("Both sides are the same organisation.", "供需双方为同一单位。"))
    is_desk = by.is_officer and by.is_signed_in
    return Match.objects.create(
        number=lists.next_numbers(MATCH_FLOW.prefix, at.year)[0], level=Level.ORGANISATION,
        market=matches.market_between(need, offer), state=MATCH_FLOW.initial, state_at=at,
        need=need, owner=need.owner, area=need.area, in_charge_id=by.user_id if is_desk else need.in_charge_id,
        score=score.value if score else None, confidence=score.confidence if score else None,
        parts=matches.kept(score.parts) if score else [], note=sound("note", note.strip()),
        created_at=at, updated_at=at, **sides,
    )  # fmt: skip


def _sides(offer: Offering) -> dict[str, object]:
    """The columns that name an offer: an achievement or a written offer is its owner's."""
    if isinstance(offer, Achievement):
        return {"achievement": offer, "offering": offer.owner}
    if isinstance(offer, Offer):
        return {"offer": offer, "offering": offer.owner, "expert": offer.person}
    return {"offering": offer} if isinstance(offer, Organisation) else {"expert": offer}


def let_sides_in(match: Match, *, by: Reader, at: datetime) -> None:
    """The offering side reads the match; so does whoever stated what is asked for, for an organisation or not."""
    if match.offering is not None:
        let_in(match, match.offering, Part.OFFERING, by=by, at=at, reason="offering side", secrecy=Secrecy.S1)
    if match.expert is not None:
        for user in User.objects.filter(person=match.expert):
            let_in(match, user, Part.OFFERING, by=by, at=at, reason="offering side", secrecy=Secrecy.S1)
    for user in _applicants(match.asking):
        let_in(match, user, Part.NEEDING, by=by, at=at, reason="needing side", secrecy=Secrecy.S1)


def _applicants(asking: Need | Opportunity) -> list[User]:
    """Those who state a need, or a scenario, for themselves."""
    rows = Access.objects.unscoped("the applicants of a need are the needing side of its matches")
    theirs = rows.filter(subject_kind=asking.kind, subject_id=asking.pk, part=Part.OWNER).exclude(user=None)
    return list(User.objects.filter(pk__in=theirs.values("user")))
