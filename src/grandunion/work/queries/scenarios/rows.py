"""The opportunities, capabilities, proposals, challenges and bids a reader may see, and what hangs on each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model, QuerySet

from grandunion.engines.trials import Found, Reading, Wanted, findings
from grandunion.records.journal import Step
from grandunion.records.scenarios import (
    Bid,
    BidScore,
    Capability,
    Challenge,
    ChallengeIndicator,
    ChallengeNotice,
    ChallengeObjection,
    ChallengeResult,
    ChallengeReviewer,
    Instalment,
    Opportunity,
    OpportunityIndicator,
    Place,
    Proposal,
    Trial,
    TrialResult,
)
from grandunion.terms.readers import Reader
from grandunion.terms.scenarios import BidState, Operator, ProposalState
from grandunion.work.queries.base import one, opened, visible
from grandunion.work.queries.base.kept import of

CASE = ("owner", "area", "in_charge")
WAITING = (ProposalState.SUBMITTED, ProposalState.SHORTLISTED)
STANDING_BIDS = (BidState.SUBMITTED, BidState.QUALIFIED, BidState.AWARDED)


def opportunities(reader: Reader) -> QuerySet[Opportunity]:
    """The opportunities the reader may see."""
    return visible(Opportunity, reader)


def capabilities(reader: Reader) -> QuerySet[Capability]:
    """The capabilities the reader may see."""
    return visible(Capability, reader)


def proposals(reader: Reader) -> QuerySet[Proposal]:
    """The proposals the reader may see."""
    return visible(Proposal, reader)


def challenges(reader: Reader) -> QuerySet[Challenge]:
    """The challenges the reader may see."""
    return visible(Challenge, reader)


def bids(reader: Reader) -> QuerySet[Bid]:
    """The bids the reader may see: until bidding is over only the own ones."""
    return visible(Bid, reader)


def opportunity(number: str, reader: Reader) -> Opportunity:
    """The opportunity with this number, if the reader may see it."""
    return opened(Opportunity, reader, *CASE, "domain", "field", "test_report", number=number)


def capability(number: str, reader: Reader) -> Capability:
    """The capability with this number, if the reader may see it."""
    return opened(Capability, reader, *CASE, "domain", "field", "verified_by", number=number)


def proposal(number: str, reader: Reader) -> Proposal:
    """The proposal with this number, if the reader may see it."""
    return opened(Proposal, reader, *CASE, "opportunity", "capability", number=number)


def challenge(number: str, reader: Reader) -> Challenge:
    """The challenge with this number, if the reader may see it."""
    return opened(Challenge, reader, *CASE, "field", "industry", number=number)


def bid(number: str, reader: Reader) -> Bid:
    """The bid with this number, if the reader may see it."""
    return opened(Bid, reader, *CASE, "challenge", number=number)


@dataclass(frozen=True, slots=True)
class OpportunityRows:
    """Everything that hangs on one opportunity; `proposals` are (state, number of them), of whomever."""

    indicators: tuple[OpportunityIndicator, ...]
    places: tuple[Place, ...]
    trials: tuple[Trial, ...]
    results: tuple[TrialResult, ...]
    proposals: dict[str, int]
    selected_id: int | None

    @property
    def trial(self) -> Trial | None:
        """The latest trial."""
        return self.trials[0] if self.trials else None

    @property
    def found(self) -> tuple[Found, ...]:
        """What the evidence of the latest trial says of each indicator."""
        return judged(self.indicators, self.results)


def opportunity_rows(record: Opportunity) -> OpportunityRows:
    """All rows of an opportunity the reader has opened, in five reads."""
    trials = tuple(of(_trials, [record.pk]))
    counted: dict[str, int] = {}
    selected = None
    for pk, state in of(_proposals_counted, [record.pk]):
        counted[state] = counted.get(state, 0) + 1
        selected = pk if state == ProposalState.SELECTED else selected
    return OpportunityRows(
        indicators=tuple(of(_indicators_waived, [record.pk])), places=tuple(of(_places, [record.pk])), trials=trials,
        results=tuple(of(_results, [trials[0].pk])) if trials else (), proposals=counted, selected_id=selected,
    )  # fmt: skip


def _trials(ids: list[int]) -> QuerySet[Trial]:
    rows = Trial.objects.unscoped("the trials of an opportunity the reader has opened")
    return rows.filter(opportunity__in=ids).order_by("-began_at", "-pk")


def _places(ids: list[int]) -> QuerySet[Place]:
    rows = Place.objects.unscoped("the places of an opportunity the reader has opened")
    return rows.filter(opportunity__in=ids).order_by("is_replication", "pk")


def _proposals_counted(ids: list[int]) -> QuerySet[Proposal]:
    rows = Proposal.objects.unscoped("how many proposals there are; nothing is read of them")
    return rows.filter(opportunity__in=ids).values_list("pk", "state")


def _indicators_waived(ids: list[int]) -> QuerySet[OpportunityIndicator]:
    return _indicators(OpportunityIndicator, opportunity__in=ids).select_related("waiver_asked_by", "waived_by")


def _results(ids: list[int]) -> QuerySet[TrialResult]:
    rows = TrialResult.objects.unscoped("the values measured in a trial the reader has opened").filter(trial__in=ids)
    return rows.select_related("report", "recorded_by").order_by("-measured_on", "-recorded_at")


def _indicators(table: type[Model], **given: object) -> QuerySet:
    rows = table.objects.unscoped("the indicators of a record the reader has opened")
    return rows.filter(**given).order_by("position", "pk")


def judged(indicators: Iterable[Model], results: Iterable[Model]) -> tuple[Found, ...]:
    """What the evidence says of each indicator, by the engine; shared by trials and acceptances."""
    wanted = [
        Wanted(one.pk, Operator(one.operator), one.threshold, one.is_required, one.waiver_asked_by_id, one.waived_by_id)
        for one in indicators
    ]
    readings = [
        Reading(one.indicator_id, one.value, one.measured_on, one.recorded_at, one.report_id is not None)
        for one in results
    ]
    return findings(wanted, readings)


def opportunity_indicator(record: Opportunity, pk: int) -> OpportunityIndicator:
    """An indicator of an opportunity the reader has opened."""
    return one(_indicators(OpportunityIndicator, opportunity=record.pk), pk=pk)


def challenge_indicator(record: Challenge, pk: int) -> ChallengeIndicator:
    """An indicator of a challenge the reader has opened."""
    return one(_indicators(ChallengeIndicator, challenge=record.pk), pk=pk)


@dataclass(frozen=True, slots=True)
class ChallengeRows:
    """Everything that hangs on one challenge; of its bids only key, state, number and price, for the flow to judge."""

    indicators: tuple[ChallengeIndicator, ...]
    results: tuple[ChallengeResult, ...]
    bids: tuple[Bid, ...]
    reviewers: tuple[ChallengeReviewer, ...]
    scores: tuple[BidScore, ...]
    notices: tuple[ChallengeNotice, ...]
    objections: tuple[ChallengeObjection, ...]
    instalments: tuple[Instalment, ...]

    @property
    def notice(self) -> ChallengeNotice | None:
        """The latest notice."""
        return self.notices[0] if self.notices else None

    @property
    def found(self) -> tuple[Found, ...]:
        """What the evidence says of each indicator."""
        return judged(self.indicators, self.results)

    @property
    def impartial(self) -> tuple[ChallengeReviewer, ...]:
        """The reviewers who have not declared a conflict."""
        return tuple(one for one in self.reviewers if not one.has_conflict)


def challenge_rows(record: Challenge) -> ChallengeRows:
    """All rows of a challenge the reader has opened, in eight reads."""

    def read(
        table: type[Model], *order: str, parent: str = "challenge", along: tuple[str, ...] = ()
    ) -> tuple[Model, ...]:
        return tuple(of(_of_challenge, [record.pk], table, parent, order, along))

    return ChallengeRows(
        indicators=read(ChallengeIndicator, "position", "pk", along=("waiver_asked_by", "waived_by")),
        results=read(ChallengeResult, "-measured_on", "-recorded_at", parent="indicator__challenge",
                     along=("report", "recorded_by")),
        bids=tuple(of(_bids_judged, [record.pk])),
        reviewers=read(ChallengeReviewer, "assigned_at", "pk", along=("reviewer",)),
        scores=read(BidScore, "pk", parent="bid__challenge", along=("bid",)),
        notices=read(ChallengeNotice, "-starts_on", "-pk"),
        objections=read(ChallengeObjection, "-received_at", "-pk", parent="notice__challenge"),
        instalments=read(Instalment, "position", "pk", along=("evidence",)),
    )  # fmt: skip


def _of_challenge(
    ids: list[int], table: type[Model], parent: str, order: tuple[str, ...], along: tuple[str, ...]
) -> QuerySet:
    rows = table.objects.unscoped("children of a challenge the reader has opened")
    rows = rows.filter(**{f"{parent}__in": ids}).order_by(*order)
    return rows.select_related(*along) if along else rows


def _bids_judged(ids: list[int]) -> QuerySet[Bid]:
    rows = Bid.objects.unscoped("the state, number and price of bids, for the flow to judge by")
    return rows.filter(challenge__in=ids).only("number", "state", "price", "owner", "version").order_by("pk")


def instalment(record: Challenge, pk: int) -> Instalment:
    """An instalment of a challenge the reader has opened."""
    rows = Instalment.objects.unscoped("an instalment of a challenge the reader has opened")
    return one(rows.filter(challenge=record.pk), pk=pk)


def objection(record: Challenge, pk: int) -> ChallengeObjection:
    """An objection to a notice of a challenge the reader has opened."""
    rows = ChallengeObjection.objects.unscoped("an objection to the notice of a challenge the reader has opened")
    return one(rows.filter(notice__challenge=record.pk).select_related("notice"), pk=pk)


def reviewer(record: Challenge, user_id: int) -> ChallengeReviewer:
    """Somebody asked to review the bids of a challenge."""
    rows = ChallengeReviewer.objects.unscoped("a reviewer of a challenge the reader has opened")
    return one(rows.filter(challenge=record.pk).select_related("reviewer"), reviewer=user_id)


def since(flow: str, pk: int, state: str) -> datetime | None:
    """When a record last came into a state."""
    steps = Step.objects.filter(flow=flow, subject_id=pk, target=state)
    return steps.order_by("-at", "-pk").values_list("at", flat=True).first()


def last_mover(flow: str, pk: int, state: str) -> int | None:
    """Who last brought a record into a state."""
    steps = Step.objects.filter(flow=flow, subject_id=pk, target=state)
    return steps.order_by("-at", "-pk").values_list("actor_id", flat=True).first()
