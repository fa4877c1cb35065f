"""Everything the pages of scenarios and challenges show, read in a bounded number of queries, as deep as one reads."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Model

from grandunion.engines.trials import Found, Ranked
from grandunion.records.documents import Document
from grandunion.records.scenarios import (
    Bid,
    Capability,
    Challenge,
    ChallengeNotice,
    ChallengeObjection,
    ChallengeReviewer,
    Instalment,
    Opportunity,
    Place,
    Proposal,
    Trial,
)
from grandunion.terms.readers import Reader
from grandunion.terms.scenarios import BidState, ProposalState
from grandunion.terms.secrecy import Secrecy
from grandunion.terms.text import Text
from grandunion.work.queries import documents
from grandunion.work.queries.scenarios.facts import (
    JUDGED,
    REVIEWED,
    challenge_facts,
    challenge_rule,
    opportunity_facts,
    ranked,
)
from grandunion.work.queries.scenarios.rows import (
    ChallengeRows,
    bids,
    challenge_rows,
    opportunity_rows,
    proposals,
)

SHOWN = 50
LIVE = (ProposalState.DRAFT, ProposalState.SUBMITTED, ProposalState.SHORTLISTED, ProposalState.SELECTED)
LIVE_BIDS = (BidState.DRAFT, BidState.SUBMITTED, BidState.QUALIFIED, BidState.AWARDED)


@dataclass(frozen=True, slots=True)
class Shown:
    """One indicator as a page shows it; without `found` the reader learns only what is asked."""

    indicator: Model
    found: Found | None
    readings: tuple[Model, ...]


@dataclass(frozen=True, slots=True)
class OpportunityPage:
    """An opportunity; `fields` holds only what the reader may read, `facts` is for the flow and is not shown."""

    fields: Mapping[str, object]
    indicators: tuple[Shown, ...]
    places: tuple[Place, ...]
    proposals: tuple[Proposal, ...]
    own: Proposal | None
    trial: Trial | None
    is_passed: bool | None
    reports: tuple[Document, ...]
    facts: Mapping[str, object]


def opportunity_page(record: Opportunity, reader: Reader, depth: Secrecy) -> OpportunityPage:
    """The page of an opportunity the reader has opened."""
    rows = opportunity_rows(record)
    facts = opportunity_facts(record, rows)
    seen = tuple(proposals(reader).filter(opportunity=record.pk).select_related("owner").order_by("pk")[:SHOWN])
    sees_trial = depth >= Secrecy.S2
    return OpportunityPage(
        fields=_fields(record, depth),
        indicators=_shown(rows.indicators, rows.found if rows.trial else (), rows.results, sees_trial=sees_trial),
        places=rows.places,
        proposals=seen,
        own=next((one for one in seen if one.owner_id in reader.organisation_ids and one.state in LIVE), None),
        trial=rows.trial if sees_trial else None,
        is_passed=facts["is_passed"] if sees_trial else None,
        reports=tuple(documents.on(record, depth)) if sees_trial else (),
        facts=facts,
    )


def _fields(record: Model, depth: Secrecy) -> dict[str, object]:
    return {name: getattr(record, name) for name, secrecy in record.secrecy.items() if secrecy <= depth}


def _shown(indicators: tuple, found: tuple[Found, ...], results: tuple, *, sees_trial: bool) -> tuple[Shown, ...]:
    findings = {one.key: one for one in found} if sees_trial else {}
    return tuple(
        Shown(one, findings.get(one.pk), tuple(r for r in results if sees_trial and r.indicator_id == one.pk))
        for one in indicators
    )


@dataclass(frozen=True, slots=True)
class CapabilityPage:
    """A capability and the proposals made with it that the reader may see."""

    fields: Mapping[str, object]
    proposals: tuple[Proposal, ...]


def capability_page(record: Capability, reader: Reader, depth: Secrecy) -> CapabilityPage:
    """The page of a capability the reader has opened."""
    made = proposals(reader).filter(capability=record.pk).exclude(state=ProposalState.DRAFT)
    return CapabilityPage(
        _fields(record, depth), tuple(made.select_related("opportunity").order_by("-submitted_at", "-pk")[:SHOWN])
    )


@dataclass(frozen=True, slots=True)
class OnePageView:
    """A proposal or a bid as deep as the reader reads it."""

    fields: Mapping[str, object]


def one_page(record: Proposal | Bid, depth: Secrecy) -> OnePageView:
    """The page of a proposal or a bid the reader has opened."""
    return OnePageView(_fields(record, depth))


@dataclass(frozen=True, slots=True)
class ReviewerLine:
    """Somebody who reviews: how many bids they have scored, of how many."""

    reviewer: ChallengeReviewer
    given: int
    wanted: int
    is_own: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """One place of the ranking with the bid that stands there."""

    ranked: Ranked
    bid: Bid | None


@dataclass(frozen=True, slots=True)
class ChallengePage:
    """A challenge; the ranking, the reviewers and the money only for those who run it or own it."""

    fields: Mapping[str, object]
    indicators: tuple[Shown, ...]
    bids: tuple[Bid, ...]
    own: Bid | None
    reviewers: tuple[ReviewerLine, ...]
    to_score: tuple[Bid, ...]
    ranking: tuple[Standing, ...]
    notice: ChallengeNotice | None
    objections: tuple[ChallengeObjection, ...]
    instalments: tuple[Instalment, ...]
    is_passed: bool
    reports: tuple[Document, ...]
    has_conflict: bool | None
    is_reviewer: bool
    facts: Mapping[str, object]


def challenge_page(record: Challenge, reader: Reader, depth: Secrecy, *, runs: bool, owns: bool) -> ChallengePage:
    """The page of a challenge the reader has opened; `runs` and `owns` come from the permissions."""
    rows = challenge_rows(record)
    facts = challenge_facts(record, reader.at, rows)
    seen = tuple(bids(reader).filter(challenge=record.pk).select_related("owner").order_by("pk")[:SHOWN])
    mine = next((one for one in rows.reviewers if one.reviewer_id == reader.user_id), None)
    inside = runs or owns
    return ChallengePage(
        fields=_fields(record, depth),
        indicators=_shown(rows.indicators, rows.found if inside else (), rows.results, sees_trial=inside),
        bids=seen,
        own=next((one for one in seen if one.owner_id in reader.organisation_ids and one.state in LIVE_BIDS), None),
        reviewers=_lines(rows, reader) if runs else (),
        to_score=_to_score(rows, seen, reader) if mine and mine.has_conflict is False else (),
        ranking=_places(rows, seen) if inside else (),
        notice=rows.notice,
        objections=rows.objections if runs else (),
        instalments=rows.instalments if inside or _is_winner(seen, reader) else (),
        is_passed=bool(facts["is_passed"]),
        reports=tuple(documents.on(record, depth)) if inside else (),
        has_conflict=mine.has_conflict if mine else None,
        is_reviewer=mine is not None,
        facts=facts,
    )


def _is_winner(seen: tuple[Bid, ...], reader: Reader) -> bool:
    return any(one.state == BidState.AWARDED and one.owner_id in reader.organisation_ids for one in seen)


def _lines(rows: ChallengeRows, reader: Reader) -> tuple[ReviewerLine, ...]:
    scored = {one.bid_id for one in rows.scores}
    admitted = {one.pk for one in rows.bids if one.state in JUDGED or (one.state in REVIEWED and one.pk in scored)}
    return tuple(
        ReviewerLine(
            one, sum(s.reviewer_id == one.reviewer_id and s.bid_id in admitted for s in rows.scores), len(admitted),
            one.reviewer_id == reader.user_id,
        )
        for one in rows.reviewers
    )  # fmt: skip


def _to_score(rows: ChallengeRows, seen: tuple[Bid, ...], reader: Reader) -> tuple[Bid, ...]:
    """The bids admitted that the reviewer has not scored yet."""
    done = {one.bid_id for one in rows.scores if one.reviewer_id == reader.user_id}
    return tuple(one for one in seen if one.state == BidState.QUALIFIED and one.pk not in done)


def _places(rows: ChallengeRows, seen: tuple[Bid, ...]) -> tuple[Standing, ...]:
    by_key = {one.pk: one for one in seen}
    return tuple(Standing(one, by_key.get(one.entrant.key)) for one in ranked(rows, challenge_rule(), REVIEWED))


def supplier_of(trial: Trial) -> Text | None:
    """Who tries, by the proposal selected."""
    found = Proposal.objects.unscoped("the supplier of a trial whose page the reader has opened")
    row = found.filter(pk=trial.proposal_id).select_related("owner").first()
    return row.owner.name if row and row.owner else None
