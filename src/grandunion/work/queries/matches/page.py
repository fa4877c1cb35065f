"""Everything a match's page shows to this reader: both sides, reasons, and contacts only after mutual consent."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Model

from grandunion.engines.matching import NAMES, Part, Score, sentence
from grandunion.records.achievements import Achievement
from grandunion.records.matches import Match, Meeting
from grandunion.records.needs import Need
from grandunion.records.scenarios import Capability, Opportunity, Proposal
from grandunion.terms.matches import Side
from grandunion.terms.readers import Reader
from grandunion.terms.roles import Part as Role
from grandunion.terms.scenarios import ProposalState
from grandunion.terms.text import Text
from grandunion.work.queries.base import visible
from grandunion.work.queries.journal import Line
from grandunion.work.queries.matches.kept import kept_score
from grandunion.work.queries.matches.rows import is_shared, meetings

BY_THE_DESK = frozenset({"match.suggested", "match.sent", "match.invited", "match.introduced"})
DESK = frozenset({Role.IN_CHARGE, Role.OFFICER})
SIDES = {Side.OFFERING: Role.OFFERING, Side.NEEDING: Role.NEEDING}


@dataclass(frozen=True, slots=True)
class Contact:
    """How one side is reached."""

    side: Side
    organisation: Text
    person: str
    email: str
    phone: str


@dataclass(frozen=True, slots=True)
class Reason:
    """One part of the score as a person reads it; percent is None where it is not known."""

    name: Text
    weight: int
    percent: int | None
    evidence: Text


@dataclass(frozen=True, slots=True)
class MatchPage:
    """What a match's page shows."""

    score: Score | None
    sentence: Text | None
    reasons: tuple[Reason, ...]
    contacts: tuple[Contact, ...]
    meetings: tuple[Meeting, ...]
    opens_need: bool  # whether the reader may open the need's own page, or the scenario's
    opens_achievement: bool
    opens_capability: bool
    is_desk: bool
    is_shared: bool  # whether the reader may know who the people of the other side are
    tells_note: bool  # whether the note beside a refusal is the reader's to read
    proposal: Proposal | None  # what the invited supplier proposes, if the reader may open it


def page(match: Match, reader: Reader, parts: Collection[Role]) -> MatchPage:
    """The page of a match that the reader has opened, for somebody who is this to it."""
    score = kept_score(match)
    is_desk = bool(DESK & set(parts)) or reader.reads_rows
    return MatchPage(
        score=score,
        sentence=sentence(score) if score else None,
        reasons=tuple(reason(part) for part in score.parts) if score else (),
        contacts=contacts(match, parts, is_desk=is_desk),
        meetings=tuple(meetings(match)) if is_desk or is_shared(match) else (),
        opens_need=_opens(Opportunity, match.opportunity_id, reader) or _opens(Need, match.need_id, reader),
        opens_achievement=_opens(Achievement, match.achievement_id, reader),
        opens_capability=_opens(Capability, match.capability_id, reader),
        is_desk=is_desk,
        is_shared=is_desk or is_shared(match),
        tells_note=is_desk or is_shared(match) or _declined_by_own(match, parts),
        proposal=_proposal(match, reader),
    )


def _opens(record: type[Model], pk: int | None, reader: Reader) -> bool:
    return pk is not None and visible(record, reader).filter(pk=pk).exists()


def _proposal(match: Match, reader: Reader) -> Proposal | None:
    if match.opportunity_id is None:
        return None
    theirs = visible(Proposal, reader).filter(opportunity=match.opportunity_id, owner=match.offering_id)
    return theirs.exclude(state=ProposalState.WITHDRAWN).order_by("-pk").first()


def veiled(lines: Iterable[Line], match: Match, reader: Reader, *, is_desk: bool) -> list[Line]:
    """The time line as this reader may know it: before the introduction nobody of the other side is named."""
    told = [line for line in lines if is_desk or not line.verb.startswith("access.")]
    if is_desk or is_shared(match):
        return told
    return [line if line.who == reader.name or line.verb in BY_THE_DESK else line.unnamed() for line in told]


def reason(part: Part) -> Reason:
    """A part of a score in figures a person reads."""
    percent = None if part.value is None else round(part.value * 100)
    return Reason(NAMES[part.code], round(part.weight * 100), percent, part.evidence)


def _declined_by_own(match: Match, parts: Collection[Role]) -> bool:
    return any(side.value == match.declined_by and part in parts for side, part in SIDES.items())


def contacts(match: Match, parts: Collection[Role], *, is_desk: bool) -> tuple[Contact, ...]:
    """The contacts this reader may know: the desk both, each side its own, the other's only after the introduction."""
    if is_desk:
        wanted = tuple(Side)
    else:
        mine = tuple(side for side, part in SIDES.items() if part in parts)
        wanted = tuple(Side) if mine and is_shared(match) else mine
    return tuple(_contact(match, side) for side in wanted)


def _contact(match: Match, side: Side) -> Contact:
    if side == Side.NEEDING:
        asking = match.asking
        named = asking.demand_name if match.opportunity_id else asking.applicant_name
        name = match.owner.name if match.owner else Text(named, named)
        return Contact(side, name, asking.contact_name, asking.contact_email, asking.contact_phone)
    able = match.capability
    if able and (able.contact_name or able.contact_email or able.contact_phone):
        return Contact(side, match.offering.name, able.contact_name, able.contact_email, able.contact_phone)
    organisation, spoke = match.offering, match.offering_accepted_by
    name = organisation.name if organisation else _named(match)
    person = organisation.contact_name if organisation else ""
    email = organisation.contact_email if organisation else ""
    return Contact(
        side, name,
        person or (spoke.name_zh or spoke.name_en if spoke else ""), email or (spoke.email if spoke else ""),
        organisation.contact_phone if organisation else "",
    )  # fmt: skip


def _named(match: Match) -> Text:
    """An offering side that is no organisation here: an expert, or the owner as it was imported."""
    if match.expert:
        return match.expert.name
    named = match.achievement.owner_name if match.achievement else ""
    return Text(named, named)
