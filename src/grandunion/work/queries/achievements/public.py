"""Technologies as anybody may read them: the public fields of public achievements, whoever asks."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import QuerySet

from grandunion.engines.flows import ACHIEVEMENT_FLOW
from grandunion.records.achievements import Achievement
from grandunion.records.documents import Draft
from grandunion.records.journal import Entry
from grandunion.terms.achievements import AchievementKind, AchievementState, Mode, Readiness
from grandunion.terms.readers import Reader, visitor
from grandunion.terms.text import Text, either
from grandunion.work.queries.achievements.listing import LISTING
from grandunion.work.queries.base import one, visible
from grandunion.work.queries.documents import Tracked, tracked

ON_OFFER = (
    AchievementState.IN_LIBRARY,
    AchievementState.RIGHTS_REVIEW,
    AchievementState.PUBLIC_NOTICE,
    AchievementState.DISPOSABLE,
)
TERMS = ("field", "industry", "emerging_industry")
RECEIVED = Text("Received: an officer will call you back", "已收到，服务专员将与您联系")


@dataclass(frozen=True, slots=True)
class Technology:
    """A public achievement; fields that are not public are not here."""

    number: str
    title: Text
    state: Text
    is_on_offer: bool
    kind: Text
    abstract: Text
    keywords: str
    level: int | None
    trl: Text | None
    field: Text | None
    industries: tuple[Text, ...]
    modes: tuple[Text, ...]
    owner_name: str


def _public(at: datetime) -> QuerySet[Achievement]:
    return visible(Achievement, visitor(at)).select_related(*TERMS)


def _on_offer(reader: Reader) -> QuerySet[Achievement]:
    return _public(reader.at).filter(state__in=ON_OFFER)


# Only public columns may be asked about: a filter by owner would tell whose a technology is.
OFFERED = replace(
    LISTING,
    code="technologies",
    name=Text("Technologies on offer", "可转化技术"),
    filters=tuple(known for known in LISTING.filters if known.code in ("field", "kind", "trl")),
    scope=_on_offer,
)


def technology(number: str, at: datetime) -> Technology:
    """The public achievement with this number; Absent if there is none, or it is not public."""
    return technologies([one(_public(at), number=number)])[0]


def technologies(rows: Iterable[Achievement]) -> tuple[Technology, ...]:
    """Rows of `OFFERED` as anybody may read them."""
    return tuple(_technology(row) for row in rows)


def _technology(row: Achievement) -> Technology:
    return Technology(
        number=row.number,
        title=row.title,
        state=ACHIEVEMENT_FLOW.state(row.state).public_name,
        is_on_offer=row.state in ON_OFFER,
        kind=AchievementKind(row.achievement_kind).text,
        abstract=either(row.abstract_public_en, row.abstract_public_zh),
        keywords=row.keywords,
        level=row.trl,
        trl=Readiness(str(row.trl)).text if row.trl else None,
        field=row.field.name if row.field else None,
        industries=tuple(term.name for term in (row.industry, row.emerging_industry) if term),
        modes=tuple(Mode(code).text for code in row.modes_wanted if Mode.has(code)),
        owner_name=row.owner_name,
    )


def latest(at: datetime, limit: int) -> tuple[tuple[Technology, datetime], ...]:
    """The technologies on offer that were published last, each with the moment at which it was published."""
    rows = list(_on_offer(visitor(at)).order_by("-updated_at", "-pk")[: limit * 4])
    entries = Entry.objects.filter(
        verb="achievement.published", subject_kind=Achievement.kind, subject_id__in=[row.pk for row in rows]
    )
    published = dict(entries.order_by("seq").values_list("subject_id", "at"))
    dated = sorted(((published.get(row.pk, row.created_at), row.pk, row) for row in rows), reverse=True)
    return tuple((_technology(row), moment) for moment, _, row in dated[:limit])


def tracked_disclosure(draft: Draft) -> Tracked:
    """Where the disclosure stands that a public form became; for the holder of the form's key."""
    rows = Achievement.objects.unscoped("the holder of a form's key follows what it became, by its public state")
    return tracked(ACHIEVEMENT_FLOW, one(rows, number=draft.became), {AchievementState.DRAFT: RECEIVED})
