"""What is on offer as matching reads it: achievements, written offers, and experts, only with what is public of them.

Prices and what only the desk knows (who is busy, what came of earlier introductions, who is tied to whom) enter
where the reader may know them, and nowhere else.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from django.db.models import Count, Model, Q, QuerySet

from grandunion.engines import matching
from grandunion.engines.matching import ACHIEVEMENT, EXPERT, Meant, Record, Topic
from grandunion.records.achievements import Achievement
from grandunion.records.lists import Term
from grandunion.records.matches import Match, Offer
from grandunion.records.parties import Organisation, Person
from grandunion.terms.achievements import AchievementState, Confidentiality
from grandunion.terms.matches import Market, MatchState
from grandunion.terms.money import Money
from grandunion.terms.offers import OfferKind
from grandunion.terms.readers import Reader
from grandunion.terms.secrecy import Level
from grandunion.terms.text import Text
from grandunion.work.queries.base import visible
from grandunion.work.queries.matches.bonds import Key, Parties, Tied, bonds, opted_out, parties_of
from grandunion.work.queries.matches.finding import words_in
from grandunion.work.queries.matches.offers import OPEN, offers_now
from grandunion.work.queries.matches.wants import path, topic

ON_OFFER = (
    AchievementState.IN_LIBRARY,
    AchievementState.RIGHTS_REVIEW,
    AchievementState.PUBLIC_NOTICE,
    AchievementState.DISPOSABLE,
)
MOST = 400  # words of an offer that are compared
REGIONS = "regions"
Subject = Achievement | Offer | Person


def kind_of(subject: Subject) -> str:
    """What is offered: an achievement, a person, or the kind of a written offer."""
    return subject.offer_kind if isinstance(subject, Offer) else subject.kind


def title_of(subject: Subject) -> Text:
    """What an offer is called."""
    return subject.name if isinstance(subject, Person) else subject.title


def owner_of(subject: Subject) -> Organisation | None:
    """Whose an offer is; an expert stands for nobody else."""
    return None if isinstance(subject, Person) else subject.owner


def expert_of(subject: Subject) -> int | None:
    """The id of the person who is offered, if a person is."""
    return subject.pk if isinstance(subject, Person) else getattr(subject, "person_id", None)


def on_offer(reader: Reader) -> QuerySet[Achievement]:
    """The achievements the reader may see that can still be introduced to somebody."""
    rows = visible(Achievement, reader).filter(state__in=ON_OFFER)
    return rows.select_related("owner", "field__parent", "industry", "area")


def experts(reader: Reader) -> QuerySet[Person]:
    """The persons the reader may see of whom it is known what they are good at."""
    return visible(Person, reader).exclude(expertise="")


def pools(kinds: Iterable[str], reader: Reader) -> tuple[QuerySet, ...]:
    """The rows that the reader may see of what these kinds offer, a table each."""
    kinds = tuple(kinds)
    written = [kind for kind in kinds if OfferKind.has(kind)]
    found: list[QuerySet] = [on_offer(reader)] if ACHIEVEMENT in kinds else []
    if written:
        found.append(offers_now(reader).filter(offer_kind__in=written))
    if EXPERT in kinds:
        found.append(experts(reader))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Known:
    """What the desk knows of offers beyond their rows: ties, who is out, how many are open, what came of earlier."""

    ties: tuple[Tied, ...] = ()
    out: frozenset[Key] = frozenset()
    open_now: Mapping[int, int] = field(default_factory=dict)
    records: Mapping[Key, Record] = field(default_factory=dict)
    regions: Mapping[str, Text] = field(default_factory=dict)
    is_desk: bool = False

    def between(self, mine: Parties) -> "Known":
        """The same, with the ties of these alone."""
        return replace(self, ties=tuple(one for one in self.ties if mine.has(*one[0])))


def known(subjects: Iterable[Subject], mine: Parties, market: Market, reader: Reader) -> Known:
    """What the reader may know of these offers for this needing side, in a few questions for all of them."""
    subjects = tuple(subjects)
    regions = _regions(subjects)
    if not reader.reads_rows:
        return Known(regions=regions)
    theirs = parties_of((_owner_id(one) for one in subjects), map(expert_of, subjects))
    return Known(
        bonds(mine, theirs, reader.at.date()), frozenset(opted_out(theirs, market)), _open_now(subjects),
        _records(theirs), regions, is_desk=True,
    )  # fmt: skip


def _owner_id(subject: Subject) -> int | None:
    return None if isinstance(subject, Person) else subject.owner_id


def _regions(subjects: Iterable[Subject]) -> dict[str, Text]:
    codes = {code for one in subjects if isinstance(one, Offer) for code in one.regions}
    if not codes:
        return {}
    return {term.code: term.name for term in Term.objects.filter(list=REGIONS, code__in=codes)}


def _open_now(subjects: Iterable[Subject]) -> dict[int, int]:
    """How many introductions of each written offer are open."""
    limited = [one.pk for one in subjects if isinstance(one, Offer) and one.quota is not None]
    if not limited:
        return {}
    rows = Match.objects.unscoped("an offer's quota counts every introduction that is open")
    counted = rows.filter(offer__in=limited, state__in=OPEN).order_by().values_list("offer").annotate(n=Count("pk"))
    return dict(counted)


def _records(theirs: Parties) -> dict[Key, Record]:
    """What came of the earlier introductions of organisations and experts."""
    rows = Match.objects.unscoped("what came of earlier introductions is told to the desk as two numbers")
    ended = rows.filter(state__in=(MatchState.SUCCESS, MatchState.FAILED)).order_by()
    won = Count("pk", filter=Q(state=MatchState.SUCCESS))
    found: dict[Key, Record] = {}
    for kind, column, ids in (
        ("organisation", "offering", theirs.organisations),
        ("person", "expert", theirs.persons),
    ):
        counted = ended.filter(**{f"{column}__in": ids}).values_list(column).annotate(won=won, n=Count("pk"))
        found |= {(kind, pk): Record(succeeded, count) for pk, succeeded, count in counted}
    return found


def knows_price(reader: Reader, row: Model) -> bool:
    """Whether fields of class S2 of this visible row are the reader's to read (as `permissions.base.clearance`)."""
    if reader.is_house or row.owner_id in reader.organisation_ids:
        return True
    if reader.is_officer and row.level != Level.NAMED and reader.serves(row.area_id):
        return True
    return reader.reads_rows and not reader.is_officer


def offered(subject: Subject, reader: Reader, about: Known, meant: Meant | None = None) -> matching.Offer:
    """One offer as matching reads it, for this reader."""
    shared = _shared(subject, reader, about, meant)
    if isinstance(subject, Person):
        words = words_in((subject.expertise, subject.title_zh, subject.title_en), MOST)
        return matching.Offer(words=words, **shared)
    if isinstance(subject, Offer):
        return _written(subject, shared, about)
    return _achievement(subject, shared, reader, is_desk=about.is_desk)


def _shared(subject: Subject, reader: Reader, about: Known, meant: Meant | None) -> dict:
    """What every kind of offer has."""
    owner, expert = _owner_id(subject), expert_of(subject)
    keys = [key for key in (("person", expert), ("organisation", owner)) if key[1]]
    return {
        "key": subject.number,
        "meant": meant,
        "organisation": owner,
        "bonds": tuple(bond for _, their, bond in about.ties if their in keys),
        "has_opted_out": any(key in about.out for key in keys),
        "record": next((about.records[key] for key in keys if key in about.records), None),
        "age_days": (reader.at - subject.updated_at).days,
    }


def _achievement(row: Achievement, shared: dict, reader: Reader, *, is_desk: bool) -> matching.Offer:
    least = row.price_min if row.price_min is not None else row.price_max
    text = (row.title_zh, row.title_en, row.keywords, row.abstract_public_zh, row.abstract_public_en)
    return matching.Offer(
        words=words_in(text, MOST),
        field=path(row.field),
        industry=topic(row.industry),
        trl=row.trl,
        area=topic(row.area),
        price=Money(least) if least is not None and knows_price(reader, row) else None,
        modes=tuple(row.modes_wanted),
        excluded_partners=row.partners_excluded if is_desk else "",
        is_secret=is_desk and row.confidentiality == Confidentiality.SECRET,
        **shared,
    )


def _written(row: Offer, shared: dict, about: Known) -> matching.Offer:
    text = (row.title_zh, row.title_en, row.keywords, row.text_zh, row.text_en)
    return matching.Offer(
        words=words_in(text, MOST),
        field=path(row.field),
        industry=topic(row.industry),
        trl_range=(row.trl_min, row.trl_max),
        area=topic(row.area),
        regions=tuple(Topic(code, about.regions[code]) for code in row.regions if code in about.regions),
        ticket=(_money(row.amount_min, row.currency), _money(row.amount_max, row.currency)),
        stages=tuple(row.stages),
        instruments=tuple(row.instruments),
        modes=tuple(row.licence_kinds),
        excluded_partners=row.partners_excluded if about.is_desk else "",
        quota=row.quota,
        open_now=about.open_now.get(row.pk, 0) if about.is_desk and row.quota is not None else None,
        **shared,
    )


def _money(amount: Decimal | None, currency: str) -> Money | None:
    return None if amount is None else Money(amount, currency)
