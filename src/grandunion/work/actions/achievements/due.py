"""What the clock does to achievements: it says when a notice has ended and when screening or evaluation is overdue."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone

from grandunion.records.achievements import Achievement, PublicNotice
from grandunion.records.journal import Entry
from grandunion.terms.achievements import AchievementState as S
from grandunion.terms.readers import Reader
from grandunion.work.actions import journal
from grandunion.work.actions.base import atomic
from grandunion.work.queries.achievements.worklists import due_moments

NOTICE = "achievement.notice_ended"
DESK = {S.SCREENING: "achievement.screening_due", S.EVALUATING: "achievement.evaluation_due"}
LOOKED_AT = 2000
Found = tuple[datetime, str, Achievement]


def run_due(by: Reader, at: datetime, limit: int = 200) -> int:
    """Note what has fallen due and was not noted yet, the oldest first; answers how much that was.

    What the journal says since it fell due is not said again: a second notice, or a second evaluation, is.
    """
    found = sorted((*_notices(at), *_overdue(at)), key=lambda one: (one[0], one[2].pk))[:limit]
    for moment, verb, record in found:
        _note(verb, record, moment, by=by, at=at)
    return len(found)


def _notices(at: datetime) -> Iterator[Found]:
    """Public notices that have stood their time, of achievements that still wait in them."""
    today = timezone.localtime(at).date()
    rows = PublicNotice.objects.unscoped("the clock looks at every notice whose time is over")
    later = rows.filter(achievement=OuterRef("achievement"), starts_on__gt=OuterRef("starts_on"))
    said = Entry.objects.filter(subject_kind=Achievement.kind, subject_id=OuterRef("achievement"), verb=NOTICE)
    ended = rows.filter(ends_on__lte=today, achievement__state=S.PUBLIC_NOTICE).exclude(Exists(later))
    for row in ended.exclude(Exists(said.filter(at__date__gte=OuterRef("ends_on")))).select_related("achievement"):
        yield timezone.make_aware(datetime.combine(row.ends_on, time.min)), NOTICE, row.achievement


def _overdue(at: datetime) -> Iterator[Found]:
    """Achievements whose screening or evaluation takes longer than its state allows."""
    rows = Achievement.objects.unscoped("the clock looks at every achievement under review")
    rows = list(
        rows.filter(state__in=DESK, state_at__lte=at - timedelta(days=1)).order_by("state_at", "pk")[:LOOKED_AT]
    )
    moments, said = due_moments([row.pk for row in rows]), _said([row.pk for row in rows])
    for row in rows:
        verb, moment = DESK[S(row.state)], moments[row.pk]
        if moment is not None and moment <= at and said.get((verb, row.pk), moment - timedelta(seconds=1)) < moment:
            yield moment, verb, row


def _said(ids: list[int]) -> dict[tuple[str, int], datetime]:
    """When each was last told of."""
    rows = Entry.objects.filter(subject_kind=Achievement.kind, subject_id__in=ids, verb__in=tuple(DESK.values()))
    return {(verb, pk): moment for verb, pk, moment in rows.order_by("seq").values_list("verb", "subject_id", "at")}


@atomic
def _note(verb: str, record: Achievement, moment: datetime, *, by: Reader, at: datetime) -> None:
    journal.note(verb, record, by=by, at=at, changes={"due_at": (None, moment)})
