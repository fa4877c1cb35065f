"""Public notices as anybody may read them: name, price and period, whatever the level of the achievement."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from grandunion.records.achievements import Achievement, Objection, PublicNotice
from grandunion.terms.achievements import AchievementState
from grandunion.terms.text import Text, either
from grandunion.work.queries.base import one


@dataclass(frozen=True, slots=True)
class Announced:
    """A notice that stands now; `last_day` is the last day on which objections come in time."""

    pk: int
    number: str
    title: Text
    text: Text
    starts_on: date
    last_day: date
    objections_to: str


def _standing(at: datetime) -> QuerySet[PublicNotice]:
    today = timezone.localtime(at).date()
    return PublicNotice.objects.unscoped("a public notice is public, whatever the level of its achievement").filter(
        achievement__state=AchievementState.PUBLIC_NOTICE, starts_on__lte=today, ends_on__gt=today
    )


def announced(at: datetime) -> tuple[Announced, ...]:
    """Every notice that stands at the moment, the one that ends first on top."""
    rows = _standing(at).select_related("achievement").order_by("ends_on", "pk")
    return tuple(
        Announced(
            row.pk,
            row.achievement.number,
            row.achievement.title,
            either(row.text_en, row.text_zh),
            row.starts_on,
            row.last_day,
            row.objections_to,
        )
        for row in rows
    )


def notice(pk: int, at: datetime) -> PublicNotice:
    """The notice with this key if it stands at the moment; otherwise Absent."""
    return one(_standing(at).select_related("achievement"), pk=pk)


def objection(record: Achievement, pk: int) -> Objection:
    """An objection to a notice of an achievement the reader has opened."""
    rows = Objection.objects.unscoped("an objection to the achievement the reader has opened")
    return one(rows.filter(notice__achievement=record.pk).select_related("notice"), pk=pk)
