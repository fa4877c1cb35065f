"""What is new for a reader since the last look: needs for what is offered, offers for what is needed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from grandunion.engines.flows import ACHIEVEMENT_FLOW, OFFER_FLOW
from grandunion.engines.matching import PLANS, Score, markets_of
from grandunion.engines.matching import sentence as said_of
from grandunion.records.achievements import Inventor
from grandunion.records.journal import Step
from grandunion.records.matches import Look
from grandunion.records.needs import Need
from grandunion.terms.achievements import AchievementState
from grandunion.terms.offers import OfferState
from grandunion.terms.readers import Reader
from grandunion.work.queries import needs
from grandunion.work.queries.matches.bench import Line, Record, speaks_of
from grandunion.work.queries.matches.candidates import compared
from grandunion.work.queries.matches.demand import OPEN_NEEDS, these_needs
from grandunion.work.queries.matches.offers import offers_now
from grandunion.work.queries.matches.rows import COLUMNS, visible_to
from grandunion.work.queries.matches.supply import Subject, experts, kind_of, on_offer
from grandunion.work.queries.matches.wants import DRAWN

FIRST = timedelta(days=30)  # how far a first look goes back
MINE, NEW, SHOWN = 5, 40, 30  # of each kind: what is the reader's, what is new; and what is shown
LEAST = 35  # of 100: below it nothing is announced


@dataclass(frozen=True, slots=True)
class News:
    """One new record, and what of the reader's it fits best."""

    mine: Record
    line: Line


@dataclass(frozen=True, slots=True)
class Fresh:
    """What is new since a moment, the best first; `looked` how many new records were compared."""

    since: datetime
    news: tuple[News, ...]
    looked: int


def last_look(reader: Reader) -> datetime:
    """When the reader last marked everything as seen; before the first time, a month ago."""
    found = Look.objects.filter(user=reader.user_id).values_list("seen_at", flat=True).first()
    return found or reader.at - FIRST


def fresh(reader: Reader) -> Fresh:
    """What is new for what the reader's side offers and needs; only what the reader may see is looked at."""
    since = last_look(reader)
    offering, needing = _my_offers(reader), _my_needs(reader)
    came = _new_needs(reader, since, needing) if offering else []
    supply = _new_offers(reader, since, offering) if needing else []
    beside = _beside(reader, [*needing, *came])
    found = [*_for_offers(offering, came, reader), *_for_needs(needing, supply, reader)]
    best: dict[tuple[str, int], tuple[Record, Record, Score]] = {}
    for mine, new, score in sorted(found, key=lambda one: (-one[2].value, -one[2].confidence, one[1].number)):
        if _fits(score) and not _pair(mine, new) & beside:
            best.setdefault((new.kind, new.pk), (mine, new, score))
    news = tuple(
        News(mine, Line(new, place, score, said_of(score))) for place, (mine, new, score) in enumerate(best.values(), 1)
    )
    return Fresh(since, news[:SHOWN], len(came) + len(supply))


def _fits(score: Score) -> bool:
    """Whether a pair is worth announcing: nothing forbids it, it fits, and the texts have something in common."""
    return score.excluded is None and score.value * 100 >= LEAST and speaks_of(score)


def _own(reader: Reader) -> Q:
    return Q(owner__in=reader.organisation_ids) | Q(in_charge=reader.user_id)


def _my_offers(reader: Reader) -> list[Subject]:
    """What the reader's side offers: its own, what the reader has invented, runs, or knows."""
    invented = Inventor.objects.unscoped("what a reader has invented is theirs to bring before needs")
    mine = Q(pk__in=invented.filter(person=reader.person_id).values("achievement")) if reader.person_id else Q()
    works = on_offer(reader).filter(_own(reader) | mine)
    written = offers_now(reader).filter(_own(reader) | Q(person__isnull=False, person=reader.person_id))
    found = [*_latest(works), *_latest(written)]
    return [*found, *experts(reader).filter(pk=reader.person_id)] if reader.person_id else found


def _my_needs(reader: Reader) -> list[Need]:
    rows = needs.visible_to(reader).filter(_own(reader), state__in=OPEN_NEEDS)
    return _latest(rows.select_related(*DRAWN))


def _latest(rows: QuerySet) -> list:
    return list(rows.order_by("-updated_at", "-pk")[:MINE])


def _new_needs(reader: Reader, since: datetime, mine: Iterable[Need]) -> list[Need]:
    came = Q(received_at__gt=since) | Q(received_at=None, created_at__gt=since)
    rows = needs.visible_to(reader).filter(came, state__in=OPEN_NEEDS).exclude(pk__in=[need.pk for need in mine])
    return list(rows.select_related(*DRAWN).order_by("-created_at", "-pk")[:NEW])


def _new_offers(reader: Reader, since: datetime, mine: Iterable[Subject]) -> list[Subject]:
    own = {(one.kind, one.pk) for one in mine}
    works = on_offer(reader).filter(_came(ACHIEVEMENT_FLOW.code, AchievementState.IN_LIBRARY, since))
    written = offers_now(reader).filter(_came(OFFER_FLOW.code, OfferState.PUBLISHED, since))
    people = experts(reader).filter(created_at__gt=since)
    found = [one for rows in (works, written, people) for one in rows.order_by("-created_at", "-pk")[:NEW]]
    return [one for one in found if (one.kind, one.pk) not in own]


def _came(flow: str, target: str, since: datetime) -> Q:
    """Records that came on offer since: by a step of theirs, or by being entered."""
    steps = Step.objects.filter(flow=flow, target=target, at__gt=since)
    return Q(pk__in=steps.values("subject_id")) | Q(created_at__gt=since)


def _beside(reader: Reader, rows: Iterable[Need]) -> set[tuple[int, str, int]]:
    """The pairs that stand already, as far as the reader sees them."""
    columns = COLUMNS.values()
    found = visible_to(reader).filter(need__in=[need.pk for need in rows]).values_list("need", *columns)
    return {
        (need, kind, pk) for need, *ids in found for kind, pk in zip(COLUMNS, ids, strict=True) if pk is not None
    }  # fmt: skip


def _pair(mine: Record, new: Record) -> set[tuple[int, str, int]]:
    need, other = (mine, new) if isinstance(mine, Need) else (new, mine)
    return {(need.pk, other.kind, other.pk)}


Scored = tuple[Record, Record, Score]


def _for_offers(mine: Sequence[Subject], came: Sequence[Need], reader: Reader) -> list[Scored]:
    if not came:
        return []
    return [(subject, one.need, one.score) for subject in mine for one in these_needs(subject, came, reader)]


def _for_needs(mine: Sequence[Need], supply: Sequence[Subject], reader: Reader) -> list[Scored]:
    found = []
    for need in mine:
        left = {one.number: one for one in supply}
        for market in markets_of(need.category):
            some = [left.pop(one.number) for one in list(left.values()) if kind_of(one) in PLANS[market].kinds]
            found += [(need, one, score) for one, score in compared(need, some, reader, market)] if some else []
    return found
