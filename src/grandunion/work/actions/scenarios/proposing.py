"""Proposals and bids: one page, begun as a draft that only its writer sees, saved, handed in, answered."""

from collections.abc import Mapping
from datetime import datetime

from django.db import models

from grandunion.engines.flows import BID_FLOW, PROPOSAL_FLOW
from grandunion.engines.flows.table import Flow
from grandunion.records.parties import Organisation
from grandunion.records.scenarios import Bid, Challenge, Opportunity, Proposal
from grandunion.terms.readers import Reader
from grandunion.terms.roles import Part
from grandunion.terms.scenarios import BidState, ProposalState
from grandunion.terms.secrecy import Level, Secrecy
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Forbidden, Refused, Stale, require
from grandunion.work.actions import base, journal, lists
from grandunion.work.actions.base import atomic
from grandunion.work.actions.parties import let_in, shut_out
from grandunion.work.actions.parties.values import kept_once, sound
from grandunion.work.actions.scenarios.values import acting, cleaned
from grandunion.work.permissions import scenarios as permissions
from grandunion.work.queries import scenarios

Page = Proposal | Bid
DONE = {
    "hand_in": "handed_in", "take_back": "taken_back", "shortlist": "shortlisted", "decline": "declined",
    "withdraw": "withdrawn", "admit": "admitted", "refuse": "refused",
}  # fmt: skip
ANSWERED_ALREADY = Text(
    "This organisation has had its answer here; it may propose again when the record is opened anew.",
    "该单位在本轮已获反馈，重新开放后方可再次提交。",
)


def _another(case: Opportunity | Challenge, owner: Organisation) -> Organisation:
    """The organisation that answers, if it is not the one that asks: somebody may act for both."""
    if owner.pk == case.owner_id:
        raise Forbidden(Text("Nobody answers what they have asked for themselves.", "需求单位不能应答自己提出的需求。"))
    return owner


@atomic
def begin_proposal(
    opportunity: Opportunity,
    *,
    by: Reader,
    at: datetime,
    organisation: str = "",
    values: Mapping[str, object] | None = None,
) -> Proposal:
    """A draft for the reader's organisation; where there is one already, that one."""
    require(permissions.may_propose(by, opportunity), Forbidden)
    owner = _another(opportunity, acting(by, organisation))
    rows = Proposal.objects.unscoped("the own proposals of the organisation that begins one")
    mine = rows.filter(opportunity=opportunity.pk, owner=owner.pk).select_related("owner", "opportunity")
    known = mine.filter(state__in=("draft", "submitted", "shortlisted", "selected")).first()
    if known is not None:
        return known
    listed_at = scenarios.since("opportunity", opportunity.pk, "published") or opportunity.created_at
    if mine.filter(state=ProposalState.DECLINED, created_at__gte=listed_at).exists():
        raise Refused(ANSWERED_ALREADY)
    given = cleaned(Proposal, values or {}, by)
    return _begun(Proposal, PROPOSAL_FLOW, owner, {"opportunity": opportunity, **given}, opportunity, by=by, at=at)


@atomic
def begin_bid(
    challenge: Challenge,
    *,
    by: Reader,
    at: datetime,
    organisation: str = "",
    values: Mapping[str, object] | None = None,
) -> Bid:
    """A draft for the reader's organisation; where there is one already, that one."""
    require(permissions.may_bid(by, challenge), Forbidden)
    owner = _another(challenge, acting(by, organisation))
    rows = Bid.objects.unscoped("the own bids of the organisation that begins one")
    mine = rows.filter(challenge=challenge.pk, owner=owner.pk).select_related("owner", "challenge")
    known = mine.filter(state__in=(BidState.DRAFT, BidState.SUBMITTED)).first()
    if known is not None:
        return known
    given = cleaned(Bid, values or {}, by)
    return _begun(Bid, BID_FLOW, owner, {"challenge": challenge, **given}, challenge, by=by, at=at)


def _begun(
    table: type[models.Model], flow: Flow, owner: Organisation, values: Mapping[str, object],
    case: Opportunity | Challenge, *, by: Reader, at: datetime,
) -> Page:  # fmt: skip
    with kept_once():
        record = table.objects.create(
            number=lists.next_numbers(flow.prefix, at.year)[0], level=Level.NAMED, state=flow.initial, state_at=at,
            owner=owner, area=case.area, created_at=at, updated_at=at, **values,
        )  # fmt: skip
    journal.step(flow.code, record, source="", target=flow.initial, by=by, at=at)
    let_in(record, owner, Part.OWNER, by=by, at=at, reason="writes it", secrecy=Secrecy.S3)
    journal.note(f"{record.kind}.begun", record, by=by, at=at)
    return record


def _may_write(record: Page, by: Reader) -> None:
    judge = permissions.may_write_proposal if isinstance(record, Proposal) else permissions.may_write_bid
    require(judge(by, record), Forbidden)


@atomic
def save_page(
    record: Page, values: Mapping[str, object], *, by: Reader, at: datetime, version: int | None = None
) -> Page:
    """Save a draft; what was saved before stays."""
    _may_write(record, by)
    changes = base.change(record, at=at, version=version, **cleaned(type(record), values, by))
    journal.note(f"{record.kind}.saved", record, by=by, at=at, changes=changes)
    return record


@atomic
def keep_page(record: Page, values: Mapping[str, object], *, version: int, by: Reader, at: datetime) -> None:
    """Keep a draft while somebody types: no new version and no line in the journal, both come with saving.

    Nothing is kept over what somebody else has saved since `version`: raises Stale.
    """
    _may_write(record, by)
    rows = type(record).objects.unscoped("the draft its writer is typing").filter(pk=record.pk, version=version)
    if not rows.update(updated_at=at, **cleaned(type(record), values, by)):
        raise Stale


@atomic
def hand_in(
    record: Page, *, by: Reader, at: datetime, values: Mapping[str, object] | None = None, version: int | None = None
) -> Page:
    """Hand the page in. A proposal is read by the demand unit and the desk from now on; a bid stays sealed."""
    _may_write(record, by)
    given = cleaned(type(record), values or {}, by)
    if isinstance(record, Bid):
        return _moved(record, "hand_in", given, by=by, at=at, version=version, submitted_at=at, **given)
    _moved(
        record,
        "hand_in",
        given,
        by=by,
        at=at,
        version=version,
        submitted_at=at,
        level=Level.ORGANISATION.value,
        **given,
    )
    if record.opportunity.owner_id is not None:
        unit = record.opportunity.owner
        let_in(record, unit, Part.NEEDING, by=by, at=at, reason="proposed to it", secrecy=Secrecy.S2)
    return record


def _moved(
    record: Page, code: str, given: Mapping[str, object], *, by: Reader, at: datetime, reason: str = "",
    version: int | None = None, **values: object,
) -> Page:  # fmt: skip
    is_bid = isinstance(record, Bid)
    stand = (permissions.bid_standing if is_bid else permissions.proposal_standing)(by, record, **given)
    flow = BID_FLOW if is_bid else PROPOSAL_FLOW
    said = sound("reason", reason.strip(), 300)
    changes = base.move(record, flow, code, stand, by=by, at=at, reason=said, version=version, **values)
    journal.note(f"{record.kind}.{DONE[code]}", record, by=by, at=at, changes=changes)
    return record


@atomic
def take_back(record: Page, *, by: Reader, at: datetime, version: int | None = None) -> Page:
    """Take the page back to change it, while it is still open; nobody else reads it meanwhile."""
    _moved(record, "take_back", {}, by=by, at=at, version=version, level=Level.NAMED.value, submitted_at=None)
    if isinstance(record, Proposal):
        shut_out(record, Part.NEEDING, by=by, at=at)
    return record


@atomic
def withdraw(record: Page, *, reason: str, by: Reader, at: datetime, version: int | None = None) -> Page:
    """Withdraw a proposal or a bid."""
    return _moved(record, "withdraw", {}, by=by, at=at, reason=reason, version=version)


@atomic
def shortlist(record: Proposal, *, by: Reader, at: datetime, version: int | None = None) -> Proposal:
    """Put a proposal on the short list."""
    return _moved(record, "shortlist", {}, by=by, at=at, version=version)


@atomic
def decline(record: Page, *, feedback: str, by: Reader, at: datetime, version: int | None = None) -> Page:
    """Decline a proposal or a bid; the writer reads the feedback."""
    said = sound("feedback", feedback.strip())
    return _moved(record, "decline", {"feedback": said}, by=by, at=at, version=version, feedback=said)


@atomic
def admit(record: Bid, *, by: Reader, at: datetime, version: int | None = None) -> Bid:
    """Admit a bid to the review."""
    return _moved(record, "admit", {}, by=by, at=at, version=version)


@atomic
def refuse(record: Bid, *, feedback: str, by: Reader, at: datetime, version: int | None = None) -> Bid:
    """Do not admit a bid; the bidder reads why."""
    said = sound("feedback", feedback.strip())
    return _moved(record, "refuse", {"feedback": said}, by=by, at=at, version=version, feedback=said)
