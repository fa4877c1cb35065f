"""Who may look for the other side of a scenario opportunity or of a capability, and who may invite it."""

from datetime import datetime

from django.utils import timezone

from grandunion.records.matches import Match
from grandunion.records.scenarios import Capability, Opportunity
from grandunion.terms.readers import Reader
from grandunion.terms.roles import Part
from grandunion.terms.scenarios import CapabilityState
from grandunion.terms.verdicts import YES, Verdict, no
from grandunion.work.permissions.base import Rows, parts
from grandunion.work.permissions.matches.pairs import DESK, parts_of
from grandunion.work.queries import scenarios
from grandunion.work.queries.matches import scenes


def may_find_fitting(reader: Reader, record: Opportunity | Capability, rows: Rows | None = None) -> Verdict:
    """The desk, and whose the record is."""
    if parts(reader, record, rows) & {Part.IN_CHARGE, Part.OFFICER, Part.OWNER}:
        return YES
    return no("Only the desk and whose it is look for the other side.", "仅服务台和该记录所属单位可以查看推荐。")


def may_invite(reader: Reader, opportunity: Opportunity, capability: Capability) -> Verdict:
    """The desk of the scenario invites; the demand unit asks it to, and nobody invites their own firm."""
    if capability.owner_id in reader.organisation_ids:
        return no("Nobody invites their own organisation: ask a colleague.", "不得邀请本单位，请由同事办理。")
    if reader.is_signed_in and parts(reader, opportunity) & DESK:
        return YES
    return no(
        "Only the scenario manager and the officers of its area invite suppliers: ask them.",
        "仅场景经理人和该片区服务专员可以邀请供应方，请联系其办理。",
    )


def can_be_invited(opportunity: Opportunity, capability: Capability, at: datetime) -> Verdict:
    """Whether the two stand so that an invitation makes sense: proposals are taken, the capability is listed."""
    if not scenarios.is_taking_proposals(opportunity, at):
        return no(
            "Proposals are not taken now: suppliers are invited while the opportunity is on the list.",
            "当前不在方案征集期内，仅在机会列入清单的征集期间可以邀请。",
        )
    if capability.state != CapabilityState.PUBLISHED or capability.owner_id is None:
        return no("This capability is not on the list.", "该能力未列入能力清单。")
    if capability.valid_until is not None and capability.valid_until < timezone.localtime(at).date():
        return no("This capability's time has run out: ask its supplier to renew it.", "该能力已过期，请供应方更新。")
    if capability.owner_id == opportunity.owner_id:
        return no("Both sides are the same organisation.", "供需双方为同一单位。")
    return YES


def may_take_up(reader: Reader, match: Match, at: datetime) -> Verdict:
    """The invited supplier proposes while proposals are taken, whether it has said yes before or does so now."""
    if match.opportunity_id is None or Part.OFFERING not in parts_of(reader, match):
        return no("Only the invited supplier proposes.", "仅受邀供应方可以提交方案。")
    if match.offering_id not in reader.organisation_ids:
        return no("Only those who act for the supplier propose.", "仅可代表供应方的账户可以提交方案。")
    if match.state not in scenes.OPEN:
        return no("This invitation is over.", "该邀请已结束。")
    if not scenarios.is_taking_proposals(match.opportunity, at):
        return no("Proposals are not taken now.", "当前不在方案征集期内。")
    return YES
