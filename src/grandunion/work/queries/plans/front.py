"""What the hub says in public: its news, and the front page with its figures, offers and needs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from grandunion.records.plans import SourceDocument
from grandunion.terms.readers import visitor
from grandunion.terms.text import Text, Word, either
from grandunion.work.queries.achievements import announced
from grandunion.work.queries.achievements.public import OFFERED, Technology, latest
from grandunion.work.queries.base.listing import CAP, Listing
from grandunion.work.queries.needs.public import OPEN, Wanted, newest
from grandunion.work.queries.plans.figures import Figure, values
from grandunion.work.queries.plans.targets import Aim, aims, targets_for
from grandunion.work.queries.scenarios import challenges_announced
from grandunion.work.queries.spaces import AreaRow, areas

FIGURES, TILES, ITEMS, AIMS = 4, 6, 4, 6


class NewsKind(Word):
    """What a piece of news is."""

    NOTICE = "notice", "Public notice", "公示"
    AWARD = "award", "Notice of an award", "中榜公示"
    TECHNOLOGY = "technology", "New technology", "新上架技术"
    REPORT = "report", "Publication", "公开报道"


@dataclass(frozen=True, slots=True)
class News:
    """One piece of news; `reference` is the notice's key or the technology's number."""

    kind: NewsKind
    reference: str
    title: Text
    detail: Text
    on: date | None

    @property
    def tone(self) -> str:
        """Notices ask for attention before their last day."""
        return {NewsKind.NOTICE: "gold", NewsKind.AWARD: "gold", NewsKind.TECHNOLOGY: "info"}.get(self.kind, "neutral")


@dataclass(frozen=True, slots=True)
class Front:
    """Everything the front page shows; `offers` and `wants` say how many there are of all."""

    as_of: date
    figures: tuple[Figure, ...]
    technologies: tuple[Technology, ...]
    offers: str
    needs: tuple[Wanted, ...]
    wants: str
    news: tuple[News, ...]
    areas: tuple[AreaRow, ...]
    aims: tuple[Aim, ...]


def front(at: datetime) -> Front:
    """The front page at a moment, the same for everybody."""
    as_of = timezone.localtime(at).date()
    return Front(
        as_of=as_of,
        figures=figures(as_of, at),
        technologies=tuple(technology for technology, _ in latest(at, TILES)),
        offers=_how_many(OFFERED, at),
        needs=newest(at, TILES),
        wants=_how_many(OPEN, at),
        news=news(at)[:ITEMS],
        areas=areas(visitor(at)),
        aims=_aims(as_of, at),
    )


def _aims(as_of: date, at: datetime) -> tuple[Aim, ...]:
    """The first targets of the plans that have a number and a day."""
    rows = targets_for(visitor(at)).filter(parent=None)
    wanted = rows.exclude(value=None).exclude(deadline=None).order_by("plan__position", "position", "pk")
    return aims(wanted[:AIMS], as_of=as_of, reader=visitor(at))


def _how_many(listing: Listing, at: datetime) -> str:
    """All rows of a list as a person says it; counting stops at a thousand."""
    count = listing.rows(visitor(at)).order_by()[: CAP + 1].count()
    return f"{CAP:,}+" if count > CAP else f"{count:,}"


def figures(as_of: date, at: datetime, limit: int = FIGURES) -> tuple[Figure, ...]:
    """The first indicators of the pack that have something to show; small counts stay hidden."""
    found = values(as_of=as_of, reader=visitor(at))
    return tuple(figure for figure in found if figure.cell.value)[:limit]


def news(at: datetime) -> tuple[News, ...]:
    """Notices that stand, then what was published and what is new on offer, newest first; undated last."""
    standing = [*((NewsKind.NOTICE, row) for row in announced(at)),
                *((NewsKind.AWARD, row) for row in challenges_announced(at))]  # fmt: skip
    notices = [
        News(kind, str(row.pk), row.title, Text(f"Until {row.last_day}", f"公示至 {row.last_day}"), row.starts_on)
        for kind, row in standing
    ]
    others = sorted([*_technologies(at), *_reports()], key=lambda one: one.on or date.min, reverse=True)
    return (*notices, *others)


def _technologies(at: datetime) -> Iterable[News]:
    for row, moment in latest(at, TILES):
        detail = row.field or row.kind
        yield News(NewsKind.TECHNOLOGY, row.number, row.title, detail, timezone.localtime(moment).date())


def _reports() -> Iterable[News]:
    for row in SourceDocument.objects.filter(is_news=True).order_by("-published_on", "pk"):
        yield News(NewsKind.REPORT, "", row.title, either(row.publisher, row.publisher), row.published_on)


def public_numbers(at: datetime, limit: int) -> tuple[list[str], list[str]]:
    """The numbers of the technologies on offer and of the open needs, newest first."""
    technologies, needs = (
        list(listing.rows(visitor(at)).order_by("-pk").values_list("number", flat=True)[:limit])
        for listing in (OFFERED, OPEN)
    )
    return technologies, needs
