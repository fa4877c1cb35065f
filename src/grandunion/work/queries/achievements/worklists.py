"""Work lists: an inventor's own achievements, and what waits for the officers."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from grandunion.engines.calendars import WorkingCalendar
from grandunion.engines.flows import ACHIEVEMENT_FLOW, Visit, running
from grandunion.records.achievements import Achievement, Inventor, Review
from grandunion.records.journal import Step
from grandunion.terms.achievements import AchievementState as S
from grandunion.terms.readers import Reader
from grandunion.terms.secrecy import Level
from grandunion.work.queries.achievements.rows import visible_to
from grandunion.work.queries.lists import working_calendar

DESK_STATES = (S.SUBMITTED, S.SCREENING, S.MORE_INFO, S.EVALUATING, S.EVALUATED)
MOST = 200


@dataclass(frozen=True, slots=True)
class Mine:
    """An achievement of which the reader is an inventor, with the reader's own share if one is named."""

    record: Achievement
    share: Inventor | None

    @property
    def is_to_confirm(self) -> bool:
        """Whether the reader still has to confirm the share."""
        return self.share is not None and self.share.confirmed_at is None


@dataclass(frozen=True, slots=True)
class Waiting:
    """An achievement on the officers' desk: when its state's clock runs out and how many reviews are in."""

    record: Achievement
    due_at: datetime | None
    reviews_in: int
    reviews_asked: int


def mine(reader: Reader) -> tuple[Mine, ...]:
    """The reader's own achievements, those to sign first."""
    shares = {row.achievement_id: row for row in _shares(reader)}
    rows = visible_to(reader).filter(pk__in=shares).select_related("owner").order_by("-updated_at", "-pk")[:MOST]
    found = [Mine(row, shares[row.pk]) for row in rows]
    return tuple(sorted(found, key=lambda one: not one.is_to_confirm))


def _shares(reader: Reader) -> list[Inventor]:
    if reader.person_id is None:
        return []
    return list(Inventor.objects.unscoped("a reader's own shares").filter(person=reader.person_id))


def waiting(reader: Reader) -> tuple[Waiting, ...]:
    """What waits between disclosure and decision, the earliest due on top."""
    received = Q(state=S.DRAFT, level=Level.ORGANISATION)  # through the public form: an officer hands it in
    rows = visible_to(reader).filter(Q(state__in=DESK_STATES) | received).select_related("owner", "in_charge")
    found = list(rows.order_by("state_at", "pk")[:MOST])
    keys = [row.pk for row in found]
    visits, reviews, calendar = _visits(keys), _review_counts(keys), working_calendar()
    lines = [Waiting(row, _due(visits[row.pk], calendar), *reviews.get(row.pk, (0, 0))) for row in found]
    return tuple(sorted(lines, key=lambda one: (one.due_at is None, one.due_at or reader.at)))


def due_moments(keys: list[int]) -> dict[int, datetime | None]:
    """When the clock of each of these achievements runs out, as it stands now; None where none runs."""
    visits, calendar = _visits(keys), working_calendar() if keys else None
    return {pk: _due(visits[pk], calendar) for pk in keys}


def _visits(keys: list[int]) -> dict[int, list[Visit]]:
    found = defaultdict(list)
    steps = Step.objects.filter(flow=ACHIEVEMENT_FLOW.code, subject_id__in=keys).order_by("at", "pk")
    for subject, target, at in steps.values_list("subject_id", "target", "at"):
        found[subject].append(Visit(target, at))
    return found


def _due(visits: list[Visit], calendar: WorkingCalendar) -> datetime | None:
    run = running(ACHIEVEMENT_FLOW, visits)
    return calendar.due(run.starts_at, run.clock, run.pauses) if run else None


def _review_counts(keys: list[int]) -> dict[int, tuple[int, int]]:
    rows = Review.objects.unscoped("counts of reviews on the officers' desk").filter(achievement__in=keys)
    sound = Q(has_conflict=False)
    counted = rows.values("achievement").annotate(
        arrived=Count("pk", filter=sound & Q(submitted_at__isnull=False)),
        asked=Count("pk", filter=sound | Q(has_conflict=None)),
    )
    return {row["achievement"]: (row["arrived"], row["asked"]) for row in counted}
