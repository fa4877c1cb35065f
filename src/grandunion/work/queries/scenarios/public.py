"""Scenarios, capabilities and open challenges as anybody may read them: public fields of public records, no more."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Model, QuerySet
from django.utils import timezone

from grandunion.engines.flows import CHALLENGE_FLOW, OPPORTUNITY_FLOW
from grandunion.records.scenarios import (
    Capability,
    Challenge,
    ChallengeIndicator,
    ChallengeNotice,
    Opportunity,
    OpportunityIndicator,
)
from grandunion.terms.money import Money
from grandunion.terms.readers import Reader, visitor
from grandunion.terms.scenarios import ChallengeState, DemandType, Openness, ProcurementRoute
from grandunion.terms.text import Text
from grandunion.work.queries.base import one, visible
from grandunion.work.queries.scenarios.facts import is_taking_bids, is_taking_proposals
from grandunion.work.queries.scenarios.listings import CAPABILITIES, CHALLENGES, OPPORTUNITIES
from grandunion.work.queries.scenarios.written import written

PUBLIC_FILTERS = ("domain", "demand_type", "field", "industry")


@dataclass(frozen=True, slots=True)
class Asked:
    """One indicator as anybody may read it."""

    name: Text
    threshold: str
    test: Text
    is_required: bool


@dataclass(frozen=True, slots=True)
class Scenario:
    """A public opportunity; `is_open` says whether proposals are taken now."""

    number: str
    title: Text
    state: Text
    domain: Text | None
    field: Text | None
    demand_type: Text
    pain: Text
    base_data: str
    base_site: str
    base_permits: str
    openness: tuple[Text, ...]
    budget: Text | None
    route: Text
    starts_on: date | None
    ends_on: date | None
    proposals_until: date | None
    is_first_use: bool
    is_open: bool
    updated_at: datetime
    indicators: tuple[Asked, ...] = ()


@dataclass(frozen=True, slots=True)
class Able:
    """A public capability."""

    number: str
    title: Text
    domain: Text | None
    field: Text | None
    text: Text
    references: Text
    trl: int | None
    price_min: Text | None
    price_max: Text | None
    weeks: int | None
    conditions: str
    valid_until: date | None
    verified_at: datetime | None
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class OpenChallenge:
    """A public challenge; who has the need is not told. `is_open` says whether bids are taken now."""

    number: str
    title: Text
    state: Text
    field: Text | None
    industry: Text | None
    text: Text
    conditions: Text
    exemption: str
    total_budget: Text | None
    enterprise_share: Text | None
    fiscal_share: Text | None
    months: int | None
    bids_until: datetime | None
    is_open: bool
    updated_at: datetime
    indicators: tuple[Asked, ...] = ()


@dataclass(frozen=True, slots=True)
class ChallengeAnnounced:
    """A notice of a challenge that stands now; `last_day` is the last day on which objections come in time."""

    pk: int
    number: str
    title: Text
    winner: Text
    text: Text
    starts_on: date
    last_day: date
    objections_to: str


def _public(record: type[Model], *along: str) -> object:
    def rows(reader: Reader) -> QuerySet:
        return visible(record, visitor(reader.at)).select_related(*along)

    return rows


# Only public columns may be asked about: a filter by organisation would tell who has the need.
OPEN_SCENARIOS = replace(
    OPPORTUNITIES,
    name=Text("Scenario opportunities", "场景机会清单"),
    filters=tuple(known for known in OPPORTUNITIES.filters if known.code in PUBLIC_FILTERS),
    scope=_public(Opportunity, "domain", "field"),
)
OPEN_CAPABILITIES = replace(
    CAPABILITIES,
    name=Text("Scenario capabilities", "场景能力清单"),
    filters=tuple(known for known in CAPABILITIES.filters if known.code in PUBLIC_FILTERS),
    scope=_public(Capability, "domain", "field"),
)
OPEN_CHALLENGES = replace(
    CHALLENGES,
    name=Text("Open challenges", "揭榜挂帅榜单"),
    filters=tuple(known for known in CHALLENGES.filters if known.code in PUBLIC_FILTERS),
    scope=_public(Challenge, "field", "industry"),
)


def scenario(number: str, at: datetime) -> Scenario:
    """The public opportunity with this number; Absent if there is none, or it is not public."""
    row = one(OPEN_SCENARIOS.rows(visitor(at)), number=number)
    asked = OpportunityIndicator.objects.unscoped("what a public opportunity asks for is public")
    return replace(_scenario(row, at), indicators=_asked(asked.filter(opportunity=row.pk)))


def all_scenarios(rows: Iterable[Opportunity], at: datetime) -> tuple[Scenario, ...]:
    """Rows of `OPEN_SCENARIOS` as anybody may read them, without their indicators."""
    return tuple(_scenario(row, at) for row in rows)


def _scenario(row: Opportunity, at: datetime) -> Scenario:
    return Scenario(
        number=row.number, title=row.title, state=OPPORTUNITY_FLOW.state(row.state).public_name,
        domain=_name(row.domain), field=_name(row.field), demand_type=DemandType(row.demand_type).text, pain=row.pain,
        base_data=row.base_data, base_site=row.base_site, base_permits=row.base_permits,
        openness=tuple(Openness(code).text for code in row.openness if Openness.has(code)),
        budget=_money(row.budget, row.currency), route=ProcurementRoute(row.procurement_route).text,
        starts_on=row.starts_on, ends_on=row.ends_on, proposals_until=row.proposals_until,
        is_first_use=row.is_first_use, is_open=is_taking_proposals(row, at), updated_at=row.updated_at,
    )  # fmt: skip


def able(number: str, at: datetime) -> Able:
    """The public capability with this number; Absent if there is none, or it is not public."""
    return _able(one(OPEN_CAPABILITIES.rows(visitor(at)), number=number))


def all_able(rows: Iterable[Capability]) -> tuple[Able, ...]:
    """Rows of `OPEN_CAPABILITIES` as anybody may read them."""
    return tuple(_able(row) for row in rows)


def _able(row: Capability) -> Able:
    return Able(
        number=row.number, title=row.title, domain=_name(row.domain), field=_name(row.field), text=row.text,
        references=row.references, trl=row.trl, price_min=_money(row.price_min, row.currency),
        price_max=_money(row.price_max, row.currency), weeks=row.weeks, conditions=row.conditions,
        valid_until=row.valid_until, verified_at=row.verified_at, updated_at=row.updated_at,
    )  # fmt: skip


def open_challenge(number: str, at: datetime) -> OpenChallenge:
    """The public challenge with this number; Absent if there is none, or it is not public."""
    row = one(OPEN_CHALLENGES.rows(visitor(at)), number=number)
    asked = ChallengeIndicator.objects.unscoped("what a public challenge asks for is public")
    return replace(_challenge(row, at), indicators=_asked(asked.filter(challenge=row.pk)))


def all_challenges(rows: Iterable[Challenge], at: datetime) -> tuple[OpenChallenge, ...]:
    """Rows of `OPEN_CHALLENGES` as anybody may read them, without their indicators."""
    return tuple(_challenge(row, at) for row in rows)


def _challenge(row: Challenge, at: datetime) -> OpenChallenge:
    return OpenChallenge(
        number=row.number, title=row.title, state=CHALLENGE_FLOW.state(row.state).public_name, field=_name(row.field),
        industry=_name(row.industry), text=row.text, conditions=row.conditions, exemption=row.exemption,
        total_budget=_money(row.total_budget, row.currency), months=row.months, bids_until=row.bids_until,
        enterprise_share=_money(row.enterprise_share, row.currency),
        fiscal_share=_money(row.fiscal_share, row.currency), is_open=is_taking_bids(row, at), updated_at=row.updated_at,
    )  # fmt: skip


def _name(term: object) -> Text | None:
    return term.name if term else None


def _money(amount: object, currency: str) -> Text | None:
    return None if amount is None else Money(amount, currency).said()


def _asked(rows: QuerySet) -> tuple[Asked, ...]:
    return tuple(Asked(one.name, written(one), one.test, one.is_required) for one in rows.order_by("position", "pk"))


def _standing(at: datetime) -> QuerySet[ChallengeNotice]:
    today = timezone.localtime(at).date()
    rows = ChallengeNotice.objects.unscoped("a public notice is public, whatever the level of its challenge")
    return rows.filter(challenge__state=ChallengeState.NOTICE, starts_on__lte=today, ends_on__gt=today)


def challenges_announced(at: datetime) -> tuple[ChallengeAnnounced, ...]:
    """Every notice of a challenge that stands at the moment, the one that ends first on top."""
    rows = _standing(at).select_related("challenge").order_by("ends_on", "pk")
    return tuple(
        ChallengeAnnounced(row.pk, row.challenge.number, row.challenge.title, row.winner, row.text, row.starts_on,
                           row.last_day, row.objections_to)
        for row in rows
    )  # fmt: skip


def challenge_notice(pk: int, at: datetime) -> ChallengeNotice:
    """The notice with this key if it stands at the moment; otherwise Absent."""
    return one(_standing(at).select_related("challenge"), pk=pk)


def public_numbers(at: datetime, limit: int) -> list[tuple[str, str]]:
    """The (section, number) of everything public here, the latest changed first, at most so many of each."""
    lists = (("scenarios", OPEN_SCENARIOS), ("capabilities", OPEN_CAPABILITIES), ("challenges", OPEN_CHALLENGES))
    return [
        (section, number)
        for section, listing in lists
        for number in listing.rows(visitor(at)).order_by("-updated_at", "-pk").values_list("number", flat=True)[:limit]
    ]
