"""Evaluation: reviewers asked, conflicts declared, reviews handed in."""

from collections.abc import Mapping
from datetime import datetime

from grandunion.records.achievements import Achievement, Review
from grandunion.records.parties import User
from grandunion.terms.achievements import Criterion, Recommendation
from grandunion.terms.readers import Reader
from grandunion.terms.roles import Part
from grandunion.terms.secrecy import Secrecy
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Forbidden, Invalid, Problem, invalid, require
from grandunion.work.actions import journal
from grandunion.work.actions.base import atomic
from grandunion.work.actions.parties import let_in, shut_out
from grandunion.work.permissions import achievements as permissions
from grandunion.work.queries import achievements as queries

BEST = 10
CLEARED = {"has_conflict": None, "conflict_note": "", "market": None, "novelty": None, "team": None, "fit": None,
           "recommendation": "", "comment": "", "submitted_at": None}  # fmt: skip


@atomic
def assign_reviewer(record: Achievement, user: User, *, by: Reader, at: datetime) -> Review:
    """Ask somebody without a tie for a review; the reviewer reads everything for thirty days."""
    require(permissions.may_assign_reviewer(by, record), Forbidden)
    require(permissions.may_be_reviewer(record, user, by))
    rows = Review.objects.unscoped("the reviews of an achievement under evaluation")
    old = rows.filter(achievement=record.pk, reviewer=user.pk).first()
    if old is not None and old.assigned_at >= record.state_at:
        raise invalid("reviewer", "This reviewer has been asked already.", "已邀请过该专家。")
    review, _ = rows.update_or_create(achievement=record, reviewer=user, defaults={**CLEARED, "assigned_at": at})
    let_in(record, user, Part.REVIEWER, by=by, at=at, reason="asked for a review", secrecy=Secrecy.S3)
    journal.note("achievement.reviewer_asked", record, by=by, at=at, changes={"reviews": (None, "asked")})
    return review


@atomic
def declare_no_conflict(record: Achievement, *, by: Reader, at: datetime) -> Review:
    """The reviewer declares to have no conflict of interest."""
    review = queries.review_of(record, by.user_id or 0)
    require(permissions.may_review(by, record, review), Forbidden)
    review.has_conflict = False
    review.save(update_fields=["has_conflict"])
    journal.note("achievement.no_conflict_declared", record, by=by, at=at)
    return review


@atomic
def declare_conflict(record: Achievement, reviewer_id: int, *, note: str, by: Reader, at: datetime) -> Review:
    """Record a conflict of interest: the review does not count, and the reviewer may not read any more."""
    review = queries.review_of(record, reviewer_id)
    require(permissions.may_exclude(by, record, review), Forbidden)
    if not note.strip():
        raise invalid("note", "Write in a few words what the conflict is.", "请简要说明利益冲突情况。")
    review.has_conflict, review.conflict_note = True, note.strip()[:300]
    review.save(update_fields=["has_conflict", "conflict_note"])
    shut_out(record, Part.REVIEWER, user=review.reviewer, by=by, at=at)
    journal.note("achievement.conflict_declared", record, by=by, at=at)
    return review


@atomic
def hand_in_review(
    record: Achievement,
    *,
    scores: Mapping[str, int],
    recommendation: str,
    comment: str,
    by: Reader,
    at: datetime,
) -> Review:
    """Hand in the own review: four scores from 0 to 10, a recommendation, a comment. It is final."""
    review = queries.review_of(record, by.user_id or 0)
    require(permissions.may_review(by, record, review), Forbidden)
    if review.submitted_at is not None:
        raise invalid("comment", "Your review is in already: it is final.", "您的评审意见已提交，不可更改。")
    _check(review, scores, recommendation)
    for criterion in Criterion:
        setattr(review, criterion.value, scores[criterion.value])
    review.recommendation, review.comment, review.submitted_at = recommendation, comment.strip(), at
    review.save()
    # The scores stay in the review: a reviewer reads the time line before handing in.
    journal.note("achievement.review_handed_in", record, by=by, at=at)
    return review


@atomic
def review(
    record: Achievement, *, has_conflict: bool, note: str = "", by: Reader, at: datetime, **opinion: object
) -> Review:
    """The reviewer's whole form: a conflict and its note, or none and the opinion as in `hand_in_review`."""
    if has_conflict:
        return declare_conflict(record, by.user_id or 0, note=note, by=by, at=at)
    declare_no_conflict(record, by=by, at=at)
    return hand_in_review(record, by=by, at=at, **opinion)


def _check(review: Review, scores: Mapping[str, int], recommendation: str) -> None:
    problems = []
    if review.has_conflict is not False:
        problems.append(Problem("has_conflict", Text("Declare first that you have no conflict of interest.",
                                                     "请先声明无利益冲突。")))  # fmt: skip
    for criterion in Criterion:
        score = scores.get(criterion.value)
        if not isinstance(score, int) or not 0 <= score <= BEST:
            problems.append(Problem(criterion.value, Text("Give 0 to 10 points.", "请给 0 至 10 分。")))
    if not Recommendation.has(recommendation):
        problems.append(Problem("recommendation", Text("Choose a recommendation.", "请选择评审建议。")))
    if problems:
        raise Invalid(*problems)
