"""Who reviews the bids of a challenge: asked, conflicts declared, points given."""

from collections.abc import Mapping
from datetime import datetime

from grandunion.records.parties import User
from grandunion.records.scenarios import Bid, BidScore, Challenge, ChallengeReviewer
from grandunion.terms.readers import Reader
from grandunion.terms.roles import Part
from grandunion.terms.scenarios import BidCriterion, BidState, ChallengeState
from grandunion.terms.secrecy import Secrecy
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Forbidden, Invalid, Problem, Refused, invalid, require
from grandunion.work.actions import base, journal
from grandunion.work.actions.base import atomic
from grandunion.work.actions.parties import let_in, shut_out
from grandunion.work.actions.parties.values import sound
from grandunion.work.actions.scenarios.challenges import open_bids_to
from grandunion.work.permissions import scenarios as permissions
from grandunion.work.queries import scenarios

MOST = 10


@atomic
def ask_reviewer(record: Challenge, user: User, *, by: Reader, at: datetime) -> ChallengeReviewer:
    """Ask somebody who stands to no side of the challenge to review its bids."""
    require(permissions.may_ask_reviewer(by, record), Forbidden)
    require(permissions.may_be_reviewer(record, user, by))
    if any(one.reviewer_id == user.pk for one in scenarios.challenge_rows(record).reviewers):
        raise invalid("reviewer", "This reviewer has been asked already.", "已邀请过该专家。")
    row = ChallengeReviewer.objects.create(challenge=record, reviewer=user, assigned_at=at)
    let_in(record, user, Part.REVIEWER, by=by, at=at, reason="asked to review its bids", secrecy=Secrecy.S1)
    base.change(record, at=at)
    journal.note("challenge.reviewer_asked", record, by=by, at=at)
    return row


@atomic
def declare(
    record: Challenge, user_id: int, *, has_conflict: bool, by: Reader, at: datetime, note: str = ""
) -> ChallengeReviewer:
    """Say whether there is a conflict of interest; a conflict ends the reading and takes the points out."""
    row = scenarios.reviewer(record, user_id)
    require(permissions.may_declare(by, record, row), Forbidden)
    if not has_conflict and row.reviewer_id != by.user_id:
        raise Refused(Text("Only the reviewer declares to have none.", "无利益冲突须由评审专家本人声明。"))
    if not has_conflict and row.has_conflict:
        raise Refused(Text("The conflict on file stands: whoever has one reviews no bid of this challenge.",
                           "利益冲突已登记在案，不能再参与本榜单评审。"))  # fmt: skip
    said = sound("note", note.strip(), 300)
    if has_conflict and not said:
        raise invalid("note", "Write in a few words what the conflict is.", "请简要说明利益冲突情况。")
    row.has_conflict, row.conflict_note, row.declared_at = has_conflict, said if has_conflict else "", at
    row.save(update_fields=["has_conflict", "conflict_note", "declared_at"])
    journal.note(f"challenge.{'conflict' if has_conflict else 'no_conflict'}_declared", record, by=by, at=at)
    if has_conflict:
        _shut_out(record, row, by=by, at=at)
    elif record.state == ChallengeState.REVIEW:
        open_bids_to(record, row.reviewer, by=by, at=at)
    return row


def _shut_out(record: Challenge, row: ChallengeReviewer, *, by: Reader, at: datetime) -> None:
    """Whoever has a conflict reads neither the bids nor the challenge any more."""
    rows = Bid.objects.unscoped("the bids a reviewer with a conflict may not read any more").filter(challenge=record.pk)
    for bid in rows:
        shut_out(bid, Part.REVIEWER, by=by, at=at, user=row.reviewer)
    shut_out(record, Part.REVIEWER, by=by, at=at, user=row.reviewer)


@atomic
def score(bid: Bid, *, points: Mapping[str, int], by: Reader, at: datetime, comment: str = "") -> BidScore:
    """Give a bid points from 0 to 10 for each criterion; they are final, and nobody reads them before the ranking."""
    record = bid.challenge
    row = scenarios.reviewer(record, by.user_id or 0)
    require(permissions.may_score(by, record, row), Forbidden)
    if bid.state != BidState.QUALIFIED:
        raise Refused(Text("Only bids admitted to the review get points.", "仅通过资格审查的申请可以评分。"))
    given = BidScore.objects.unscoped("the own points of a reviewer").filter(bid=bid.pk, reviewer=by.user_id)
    if given.exists():
        raise invalid(
            "comment",
            "Your points for this bid are in already: they are final.",
            "您对该申请的评分已提交，不可更改。",
        )
    _check(points)
    made = BidScore.objects.create(
        bid=bid, reviewer_id=by.user_id, comment=sound("comment", comment.strip(), 5000), submitted_at=at,
        **{one.value: points[one.value] for one in BidCriterion},
    )  # fmt: skip
    # The points stay in the row: a reviewer reads the time line before giving them.
    journal.note("bid.scored", bid, by=by, at=at)
    return made


def _check(points: Mapping[str, int]) -> None:
    wrong = [
        Problem(one.value, Text(f"Give 0 to {MOST} points.", f"请给 0 至 {MOST} 分。"))
        for one in BidCriterion
        if not isinstance(points.get(one.value), int) or not 0 <= points[one.value] <= MOST
    ]
    if wrong:
        raise Invalid(*wrong)
