"""The facts by which the flows of achievements and rights judge."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils import timezone

from grandunion.records.achievements import Achievement, Review, RightsCase
from grandunion.records.journal import Step
from grandunion.terms.achievements import AchievementState, PatentStatus
from grandunion.terms.periods import months_after
from grandunion.terms.rights import RightsState
from grandunion.work.queries import lists
from grandunion.work.queries.achievements.rows import Children, children

NOTICE_DAYS = 15
ARCHIVE_YEARS = 10
KEPT_STATES = frozenset(
    {
        AchievementState.NOT_PURSUED,
        AchievementState.RELEASED_TO_INVENTOR,
        AchievementState.TRANSFORMED,
        AchievementState.WITHDRAWN,
    }
)
DEAD_RIGHTS = frozenset(
    {PatentStatus.IN_PREPARATION, PatentStatus.ABANDONED, PatentStatus.WITHDRAWN, PatentStatus.REVOKED}
)


@dataclass(frozen=True, slots=True)
class NoticeRule:
    """How long a public notice stands at least, and whether somebody has compared it with the law."""

    days: int
    is_verified: bool


def notice_rule() -> NoticeRule:
    """The hub's rule for public notices: its pack's, or fifteen days, which nobody has verified."""
    rule = lists.setting("public_notice_days", NOTICE_DAYS)
    if isinstance(rule, Mapping):
        return NoticeRule(int(rule.get("days", NOTICE_DAYS)), bool(rule.get("verified_on")))
    return NoticeRule(int(rule), False)


def facts(record: Achievement, at: datetime, rows: Children | None = None) -> dict[str, object]:
    """What ACHIEVEMENT_FLOW asks about an achievement; projects add `active_projects` and `transformations`."""
    rows = rows or children(record)
    case = rows.case
    return {
        "title": record.title_en or record.title_zh,
        "kind": record.achievement_kind,
        "owner_org": record.owner_id or record.owner_name,
        "shares_total": sum((one.share_percent for one in rows.inventors), Decimal(0)),
        "unconfirmed_inventors": sum(one.confirmed_at is None for one in rows.inventors),
        "has_public_disclosure_answer": bool(record.prior_publication),
        "reviews_without_conflict": sum(_counts(one, record) for one in rows.reviews),
        "trl": record.trl,
        "trl_evidence": sum(one.level == record.trl for one in rows.evidence),
        "is_service_achievement": record.is_service_achievement,
        "price_basis": case.price_method if case else "",
        "has_published_price": bool(case and case.price is not None),
        "is_archive_due": record.state in KEPT_STATES and _is_archive_due(record, at),
        **_notice_facts(rows, at),
    }


def _counts(review: Review, record: Achievement) -> bool:
    """A review without conflict that was handed in; while an evaluation runs, only those of this round."""
    if review.submitted_at is None or review.has_conflict is not False:
        return False
    return record.state != AchievementState.EVALUATING or review.submitted_at >= record.state_at


def _notice_facts(rows: Children, at: datetime) -> dict[str, int]:
    """Days left of the latest notice, and every objection not settled, whichever notice it was raised to."""
    found = {"open_objections": sum(one.settled_at is None for one in rows.objections)}
    if rows.notice:
        found["notice_days_left"] = max((rows.notice.ends_on - timezone.localtime(at).date()).days, 0)
    return found


def _is_archive_due(record: Achievement, at: datetime) -> bool:
    years = int(lists.setting("archive_after_years", ARCHIVE_YEARS))
    since = timezone.localtime(record.state_at).date()
    return months_after(since, 12 * years) <= timezone.localtime(at).date()


def case_facts(case: RightsCase, rows: Children, at: datetime) -> dict[str, object]:
    """What RIGHTS_FLOW asks about a rights case."""
    return {
        "scheme": case.scheme,
        "acceptor_org": case.acceptor_id,
        "all_inventors_opinion_doc": case.opinion,
        "agreement_doc": case.agreement,
        "price_method": case.price_method,
        "is_title_changed": case.state == RightsState.TITLE_CHANGED,
        "open_duties": int(bool(case.agreed_income) and case.duties_ended_on is None),
        **_notice_facts(rows, at),
    }


def submitter_id(record: Achievement) -> int | None:
    """The user who submitted the achievement last."""
    rows = Step.objects.filter(
        flow="achievement", subject_id=record.pk, source=AchievementState.DRAFT, target=AchievementState.SUBMITTED
    )
    return rows.order_by("-at", "-pk").values_list("actor_id", flat=True).first()


def is_protected(rows: Children, at: datetime) -> bool:
    """Whether a right in the achievement is on file, so that showing it costs no novelty."""
    today = timezone.localtime(at).date()
    return any(one.status not in DEAD_RIGHTS and (one.filed_on is None or one.filed_on <= today) for one in rows.rights)
