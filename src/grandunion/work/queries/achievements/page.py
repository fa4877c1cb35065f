"""Everything an achievement's page shows, as deep as the reader may look."""

from dataclasses import dataclass, replace
from datetime import datetime, time

from django.utils import timezone

from grandunion.records.achievements import Achievement, Review
from grandunion.records.journal import Entry
from grandunion.terms.achievements import AchievementState, PatentStatus
from grandunion.terms.readers import Reader
from grandunion.terms.roles import Part
from grandunion.terms.secrecy import Secrecy
from grandunion.work.queries import journal
from grandunion.work.queries.achievements.facts import case_facts, facts
from grandunion.work.queries.achievements.rows import Children, children

OPEN_VERB = "achievement.read_confidential"
CONFIDENTIAL = tuple(name for name, depth in Achievement.secrecy.items() if depth == Secrecy.S3)
STAFF = frozenset({Part.IN_CHARGE, Part.OFFICER, Part.PLANNER})
UNDECIDED = (AchievementState.SUBMITTED, AchievementState.SCREENING, AchievementState.EVALUATING)


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """A review as this reader may see it: without a name, it is anonymous; without scores, they stay closed."""

    place: int
    reviewer: str
    reviewer_id: int | None
    is_own: bool
    is_in: bool
    has_conflict: bool | None
    review: Review | None


@dataclass(frozen=True, slots=True)
class AchievementPage:
    """An achievement with its rows; `fields` and `rows` hold only what the reader may read.

    `is_sealed` says that there are confidential fields the reader may open by a click that is journaled.
    `facts` and `case_facts` are for the flows to judge by and are not shown.
    """

    record: Achievement
    depth: Secrecy
    fields: dict[str, object]
    rows: Children
    reviews: tuple[ReviewLine, ...]
    is_sealed: bool
    timeline: tuple[journal.Line, ...]
    facts: dict[str, object]
    case_facts: dict[str, object]


def page(record: Achievement, reader: Reader, depth: Secrecy, parts: frozenset[Part]) -> AchievementPage:
    """The page of an achievement the reader has opened; `depth` and `parts` come from the permissions."""
    rows = children(record)
    is_own = bool(parts & {Part.OWNER, Part.INVENTOR}) or reader.is_house
    is_sealed = depth >= Secrecy.S3 and not is_own and not opened_today(record, reader)
    shown = Secrecy.S2 if is_sealed else depth
    return AchievementPage(
        record=record,
        depth=shown,
        fields={name: getattr(record, name) for name, secrecy in record.secrecy.items() if secrecy <= shown},
        rows=_seen(rows, shown),
        reviews=_reviews(rows.reviews, reader, parts, record),
        is_sealed=is_sealed,
        timeline=_timeline(record, shown, rows.reviews, reader, parts),
        facts=facts(record, reader.at, rows),
        case_facts=case_facts(rows.case, rows, reader.at) if rows.case else {},
    )


def _timeline(
    record: Achievement, depth: Secrecy, reviews: tuple[Review, ...], reader: Reader, parts: frozenset[Part]
) -> tuple[journal.Line, ...]:
    """What happened; only the hub's staff read there who the reviewers are."""
    lines = journal.timeline(record, depth)
    if parts & STAFF or reader.is_house:
        return tuple(lines)
    hidden = {_name(one) for one in reviews if one.reviewer_id != reader.user_id}
    return tuple(line.unnamed() if line.who in hidden else line for line in lines)


def _name(review: Review) -> str:
    return review.reviewer.name_zh or review.reviewer.name_en or review.reviewer.email


def opened_today(record: Achievement, reader: Reader) -> bool:
    """Whether the reader has already opened the confidential part on this day."""
    rows = Entry.objects.filter(subject_kind=record.kind, subject_id=record.pk, verb=OPEN_VERB)
    return rows.filter(actor_id=reader.user_id, at__gte=_midnight(reader.at), at__lte=reader.at).exists()


def _midnight(at: datetime) -> datetime:
    return datetime.combine(timezone.localtime(at).date(), time(), timezone.get_current_timezone())


def _seen(rows: Children, depth: Secrecy) -> Children:
    """The rows as deep as the reader may look: rights in preparation and money only with the record's own people."""
    if depth >= Secrecy.S2:
        return rows
    filed = tuple(one for one in rows.rights if one.status != PatentStatus.IN_PREPARATION)
    inventors = rows.inventors if depth >= Secrecy.S1 else ()
    return replace(
        rows, inventors=inventors, fundings=(), publications=(), rights=filed, evidence=(), reviews=(), cases=(),
        objections=(),
    )  # fmt: skip


def _reviews(
    rows: tuple[Review, ...], reader: Reader, parts: frozenset[Part], record: Achievement
) -> tuple[ReviewLine, ...]:
    """Officers read all with names; reviewers others' only after their own; the owner without names; inventors none."""
    is_staff = bool(parts & STAFF)
    own = next((one for one in rows if one.reviewer_id == reader.user_id), None)
    if not reader.is_house and Part.INVENTOR in parts:
        return ()
    if not is_staff and own is None and (Part.OWNER not in parts or record.state in UNDECIDED):
        return ()
    has_own_due = own is not None and own.submitted_at is None and not reader.is_house
    return tuple(
        _line(place, one, reader, is_named=is_staff, is_open=not has_own_due) for place, one in enumerate(rows, 1)
    )


def _line(place: int, review: Review, reader: Reader, *, is_named: bool, is_open: bool) -> ReviewLine:
    is_own = review.reviewer_id == reader.user_id
    is_in = review.submitted_at is not None
    has_name = is_named or is_own
    return ReviewLine(
        place=place,
        reviewer=_name(review) if has_name else "",
        reviewer_id=review.reviewer_id if has_name else None,
        is_own=is_own,
        is_in=is_in,
        has_conflict=review.has_conflict,
        review=review if is_own or (is_in and is_open) else None,
    )
