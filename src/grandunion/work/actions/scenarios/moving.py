"""The moves of opportunities and capabilities: refined, approved, listed, selected, tried, accepted, scaled up."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

from grandunion.engines.flows import CAPABILITY_FLOW, OPPORTUNITY_FLOW, PROPOSAL_FLOW
from grandunion.records.documents import Document
from grandunion.records.scenarios import Capability, Opportunity, Proposal, Trial
from grandunion.terms.readers import Reader
from grandunion.terms.roles import Part
from grandunion.terms.scenarios import ProposalState
from grandunion.terms.secrecy import Level, Secrecy
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Refused, invalid
from grandunion.work.actions import base, journal
from grandunion.work.actions.base import atomic
from grandunion.work.actions.parties import let_in, shut_out
from grandunion.work.actions.parties.values import sound
from grandunion.work.actions.scenarios.values import missing
from grandunion.work.permissions import scenarios as permissions
from grandunion.work.permissions.base import Standing
from grandunion.work.queries import scenarios
from grandunion.work.queries.base import one

DONE = {
    "refine": "refined", "send_back": "sent_back", "approve": "approved", "publish": "published",
    "begin_matching": "proposals_closed", "select": "supplier_selected", "choose_again": "chosen_again",
    "begin_trial": "trial_begun", "accept": "accepted", "demonstrate": "made_demonstration", "scale": "scaled",
    "close": "closed", "give_up": "given_up", "fail": "failed", "collect_again": "collected_again",
}  # fmt: skip
CAPABILITY_DONE = {
    "verify": "verified", "publish": "published", "doubt": "doubted", "withdraw": "withdrawn",
    "hand_in_again": "handed_in_again",
}  # fmt: skip
SHUT = frozenset({"close", "give_up", "fail"})  # what is over is not on the list any more
OPEN_TO = (Level.PUBLIC, Level.MEMBERS)
PLAIN = frozenset({"refine", "send_back", "approve", "begin_matching", "close", "give_up", "collect_again"})


def moved(
    record: Opportunity, code: str, *, by: Reader, at: datetime, reason: str = "", version: int | None = None,
    given: Mapping[str, object] | None = None, **values: object,
) -> Opportunity:  # fmt: skip
    """Make a move: `given` is what its form brought for the flow, `values` the columns it fills."""
    stand = permissions.opportunity_standing(by, record, **(given or {}))
    if code in SHUT:
        values["level"] = Level.ORGANISATION.value
    said = sound("reason", reason.strip(), 300)
    changes = base.move(record, OPPORTUNITY_FLOW, code, stand, by=by, at=at, reason=said, version=version, **values)
    journal.note(f"opportunity.{DONE[code]}", record, by=by, at=at, changes=changes)
    return record


@atomic
def move_opportunity(
    record: Opportunity, code: str, *, by: Reader, at: datetime, reason: str = "", version: int | None = None
) -> Opportunity:
    """A move that asks nothing but a reason: refine, send back, approve, close, give up, take up again."""
    if code not in PLAIN:
        raise Refused(Text("This move asks for more: use its own form.", "该操作需填写更多信息，请使用对应表单。"))
    return moved(record, code, by=by, at=at, reason=reason, version=version)


@atomic
def publish_opportunity(
    record: Opportunity, *, proposals_until: date | None, by: Reader, at: datetime, level: str = Level.PUBLIC,
    version: int | None = None,
) -> Opportunity:  # fmt: skip
    """Put it on the opportunity list; proposals are taken up to and including `proposals_until`."""
    if level not in OPEN_TO:
        raise invalid("level", "Open it to members or to the public.", "请选择对会员或公众开放。")
    if proposals_until is not None and proposals_until < timezone.localtime(at).date():
        raise invalid("proposals_until", "The last day for proposals lies ahead.", "征集截止日不能早于今天。")
    return moved(
        record, "publish", by=by, at=at, version=version, given={"proposals_until": proposals_until},
        proposals_until=proposals_until, level=Level(level).value,
    )  # fmt: skip


@atomic
def select(
    record: Opportunity, proposal: Proposal, *, by: Reader, at: datetime, version: int | None = None
) -> Opportunity:
    """Select a proposal; its supplier may read the opportunity as deep as a trial needs."""
    if proposal.opportunity_id != record.pk:
        raise invalid("proposal", "This proposal is for another opportunity.", "该方案不属于此机会。")
    moved(record, "select", by=by, at=at, version=version, given={"selected": proposal.pk})
    stand = permissions.proposal_standing(by, proposal)
    changes = base.move(
        proposal, PROPOSAL_FLOW, "choose", Standing(stand.facts, stand.parts | {Part.SYSTEM}), by=by, at=at
    )
    journal.note("proposal.selected", proposal, by=by, at=at, changes=changes)
    if proposal.owner is not None:
        let_in(record, proposal.owner, Part.OFFERING, by=by, at=at, reason="its proposal was selected",
               secrecy=Secrecy.S2)  # fmt: skip
    return record


def selected_proposal(record: Opportunity) -> Proposal:
    """The proposal selected for an opportunity the action has judged."""
    rows = Proposal.objects.unscoped("the proposal selected for an opportunity the action has judged")
    found = rows.filter(opportunity=record.pk, state=ProposalState.SELECTED).select_related("owner", "opportunity")
    return one(found)


@atomic
def choose_again(
    record: Opportunity, *, reason: str, by: Reader, at: datetime, version: int | None = None
) -> Opportunity:
    """Let the selected supplier go, with the reason as its feedback, and select anew."""
    moved(record, "choose_again", by=by, at=at, reason=reason, version=version)
    chosen = selected_proposal(record)
    said = sound("reason", reason.strip())
    stand = Standing({**scenarios.proposal_facts(chosen, at), "feedback": said}, frozenset({Part.SYSTEM}))
    changes = base.move(chosen, PROPOSAL_FLOW, "decline", stand, by=by, at=at, feedback=said)
    journal.note("proposal.declined", chosen, by=by, at=at, changes=changes)
    shut_out(record, Part.OFFERING, by=by, at=at)
    return record


@atomic
def begin_trial(
    record: Opportunity, *, site: str, starts_on: date | None, by: Reader, at: datetime, ends_on: date | None = None,
    version: int | None = None,
) -> Trial:  # fmt: skip
    """Begin the trial of the selected supplier: where, and from which day to which."""
    where = sound("site", site.strip(), 300)
    missing([
        ("site", where, Text("Write where it is tried.", "请填写验证地点。")),
        ("starts_on", starts_on, Text("Write the first day.", "请填写开始日期。")),
    ])  # fmt: skip
    if ends_on is not None and ends_on < starts_on:
        raise invalid("ends_on", "It does not end before it begins.", "结束日期不能早于开始日期。")
    moved(record, "begin_trial", by=by, at=at, version=version, given={"trial": where})
    return Trial.objects.create(
        opportunity=record, proposal=selected_proposal(record), site=where, starts_on=starts_on, ends_on=ends_on,
        began_at=at,
    )  # fmt: skip


def _end_trial(record: Opportunity, *, is_passed: bool, at: datetime) -> None:
    rows = Trial.objects.unscoped("the trial under way of an opportunity the action has judged")
    rows.filter(opportunity=record.pk, ended_at=None).update(ended_at=at, is_passed=is_passed)


@atomic
def accept(record: Opportunity, *, by: Reader, at: datetime, version: int | None = None) -> Opportunity:
    """Accept the trial: only if its evidence shows that every required indicator is met or waived."""
    rows = scenarios.opportunity_rows(record)
    report = next((one.report for one in rows.results if one.report is not None), None)
    moved(record, "accept", by=by, at=at, version=version, test_report=record.test_report or report)
    _end_trial(record, is_passed=True, at=at)
    return record


@atomic
def fail(record: Opportunity, *, reason: str, by: Reader, at: datetime, version: int | None = None) -> Opportunity:
    """End a trial whose evidence does not show what was asked for."""
    moved(record, "fail", by=by, at=at, reason=reason, version=version)
    _end_trial(record, is_passed=False, at=at)
    return record


@atomic
def demonstrate(
    record: Opportunity, *, by: Reader, at: datetime, report: Document | None = None, version: int | None = None
) -> Opportunity:
    """Make it a demonstration; its test report is the one named, or that of the trial."""
    chosen = report or record.test_report
    if report is not None and (report.subject_kind, report.subject_id) != (record.kind, record.pk):
        raise invalid("report", "Attach the report to this opportunity first.", "请先将检测报告上传至本机会。")
    return moved(
        record, "demonstrate", by=by, at=at, version=version, given={"test_report": chosen}, test_report=chosen
    )


@atomic
def scale(
    record: Opportunity, *, follow_on_value: Decimal | None, by: Reader, at: datetime, note: str = "",
    version: int | None = None,
) -> Opportunity:  # fmt: skip
    """Record the scaling up: what the follow-on contract is worth; where it is used stands among the places."""
    if follow_on_value is not None and follow_on_value < 0:
        raise invalid("follow_on_value", "An amount is not below zero.", "金额不能小于零。")
    return moved(
        record, "scale", by=by, at=at, version=version, given={"follow_on_value": follow_on_value},
        follow_on_value=follow_on_value, follow_on_note=sound("note", note.strip(), 300),
    )  # fmt: skip


def _capability_moved(
    record: Capability, code: str, *, by: Reader, at: datetime, reason: str = "", version: int | None = None,
    **values: object,
) -> Capability:  # fmt: skip
    given = {name: values[name] for name in ("verified_note",) if name in values}
    stand = permissions.capability_standing(by, record, **given)
    said = sound("reason", reason.strip(), 300)
    changes = base.move(record, CAPABILITY_FLOW, code, stand, by=by, at=at, reason=said, version=version, **values)
    journal.note(f"capability.{CAPABILITY_DONE[code]}", record, by=by, at=at, changes=changes)
    return record


@atomic
def verify_capability(
    record: Capability, *, note: str, by: Reader, at: datetime, version: int | None = None
) -> Capability:
    """Verify a capability, with what was looked at."""
    looked = sound("verified_note", note.strip(), 500)
    return _capability_moved(
        record, "verify", by=by, at=at, version=version, verified_note=looked, verified_by_id=by.user_id, verified_at=at
    )


@atomic
def publish_capability(
    record: Capability, *, by: Reader, at: datetime, level: str = Level.PUBLIC, version: int | None = None
) -> Capability:
    """Put a verified capability on the list, for members or for everybody."""
    if level not in OPEN_TO:
        raise invalid("level", "Open it to members or to the public.", "请选择对会员或公众开放。")
    return _capability_moved(record, "publish", by=by, at=at, version=version, level=Level(level).value)


@atomic
def move_capability(
    record: Capability, code: str, *, by: Reader, at: datetime, reason: str = "", version: int | None = None
) -> Capability:
    """Take a capability off the list, send it back to be verified again, or hand it in again."""
    if code in ("verify", "publish"):
        raise Refused(Text("This move asks for more: use its own form.", "该操作需填写更多信息，请使用对应表单。"))
    values = {} if code == "hand_in_again" else {"level": Level.ORGANISATION.value}
    return _capability_moved(record, code, by=by, at=at, reason=reason, version=version, **values)
