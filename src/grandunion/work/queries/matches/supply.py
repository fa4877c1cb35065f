"""What is on offer as matching reads it: achievements, written offers, and experts, only with what is public of them.

Prices and what only the desk knows (who is busy, what came of earlier introductions, who is tied to whom) enter
where the reader may know them, and nowhere else.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q, QuerySet

from grandunion.engines import matching
from grandunion.engines.matching import ACHIEVEMENT, EXPERT, Meant, Part, Record, Topic
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
from grandunion.terms.text import Text, either
from grandunion.work.queries.base import opened_of, visible
from grandunion.work.queries.matches.bonds import Key, Parties, Tied, bonds, opted_out, parties_of
from grandunion.work.queries.matches.facts import Expert, Work, Written
from grandunion.work.queries.matches.finding import every_word
from grandunion.work.queries.matches.offers import DRAWN, OPEN, open_on
from grandunion.work.queries.matches.sight import Among, Pool, values_of

ON_OFFER = (
    AchievementState.IN_LIBRARY,
    AchievementState.RIGHTS_REVIEW,
    AchievementState.PUBLIC_NOTICE,
    AchievementState.DISPOSABLE,
)
REGIONS = "regions"
ALONG = {Achievement.kind: ("owner", "field__parent", "industry", "area"), Offer.kind: DRAWN, Person.kind: ()}

Subject = Achievement | Offer | Person
Facts = Subject | Work | Written | Expert


def kind_of(subject: Facts) -> str:
    """What is offered: an achievement, a person, or the kind of a written offer."""
    return subject.offer_kind if subject.kind == Offer.kind else subject.kind


def title_of(subject: Subject) -> Text:
    """What an offer is called."""
    return subject.name if isinstance(subject, Person) else subject.title


def owner_of(subject: Subject) -> Organisation | None:
    """Whose an offer is; an expert stands for nobody else."""
    return None if isinstance(subject, Person) else subject.owner


def expert_of(subject: Facts) -> int | None:
    """The id of the person who is offered, if a person is."""
    return subject.pk if subject.kind == Person.kind else getattr(subject, "person_id", None)


def on_offer(reader: Reader) -> QuerySet[Achievement]:
    """The achievements the reader may see that can still be introduced to somebody."""
    return _on_offer(visible(Achievement, reader)).select_related(*ALONG[Achievement.kind])


def _on_offer(rows: QuerySet[Achievement]) -> QuerySet[Achievement]:
    return rows.filter(state__in=ON_OFFER)


def experts(reader: Reader) -> QuerySet[Person]:
    """The persons the reader may see of whom it is known what they are good at."""
    return _experts(visible(Person, reader))


def _experts(rows: QuerySet[Person]) -> QuerySet[Person]:
    return rows.exclude(expertise="")


def known_offer(number: str, reader: Reader) -> Achievement | Person:
    """The achievement on offer, or the expert, with this number, if the reader may see it."""
    if number.upper().startswith("PER-"):
        return opened_of(Person, reader, _experts, number=number)
    return opened_of(Achievement, reader, _on_offer, (), *ALONG[Achievement.kind], number=number)


def pools(kinds: Iterable[str], reader: Reader) -> tuple[QuerySet, ...]:
    """The rows that the reader may see of what these kinds offer, a table each, with their relations."""
    return tuple(_along(one.rows(), ALONG[one.model.kind]) for one in supplies(kinds, reader))


def _along(rows: QuerySet, names: tuple[str, ...]) -> QuerySet:
    return rows.select_related(*names) if names else rows


def supplies(kinds: Iterable[str], reader: Reader) -> tuple[Pool, ...]:
    """The same to be looked through."""
    kinds = tuple(kinds)
    written = tuple(kind for kind in kinds if OfferKind.has(kind))
    found = [Pool(Achievement, reader, _on_offer)] if ACHIEVEMENT in kinds else []
    if written:
        found.append(Pool(Offer, reader, _written_now, (reader.at.date(), written)))
    if EXPERT in kinds:
        found.append(Pool(Person, reader, _experts))
    return tuple(found)


def _written_now(rows: QuerySet[Offer], day: date, kinds: tuple[str, ...]) -> QuerySet[Offer]:
    return open_on(rows, day).filter(offer_kind__in=kinds)


@dataclass(frozen=True, slots=True)
class Known:
    """What the desk knows of offers beyond their rows: ties, who is out, how many are open, what came of earlier."""

    ties: tuple[Tied, ...] = ()
    out: frozenset[Key] = frozenset()
    open_now: Mapping[int, int] = field(default_factory=dict)
    records: Mapping[Key, Record] = field(default_factory=dict)
    regions: Mapping[str, Text] = field(default_factory=dict)
    paths: Mapping[int | None, tuple[Topic, ...]] = field(default_factory=dict)
    is_desk: bool = False

    def path(self, term_id: int | None) -> tuple[Topic, ...]:
        """A term with the one above it."""
        return self.paths.get(term_id, ())

    def topic(self, term_id: int | None) -> Topic | None:
        """A term by itself."""
        return next(iter(self.path(term_id)), None)

    def between(self, mine: Parties) -> "Known":
        """The same, with the ties of these alone."""
        return replace(self, ties=tuple(one for one in self.ties if mine.has(*one[0])))


def known(subjects: Iterable[Facts], mine: Parties, market: Market, reader: Reader) -> Known:
    """What the reader may know of these offers for this needing side, in a few questions for all of them."""
    subjects = tuple(subjects)
    regions, paths = _regions(subjects), _paths(subjects)
    theirs = parties_of((_owner_id(one) for one in subjects), map(expert_of, subjects))
    out = opted_out(theirs, market)  # whoever wants no suggestions is suggested to nobody
    if not reader.reads_rows:
        return Known(out=out, regions=regions, paths=paths)
    return Known(
        bonds(mine, theirs, reader.at.date()), out, _open_now(subjects), _records(theirs), regions, paths, is_desk=True
    )


def _owner_id(subject: Facts) -> int | None:
    return None if subject.kind == Person.kind else subject.owner_id


def _paths(subjects: Iterable[Facts]) -> dict[int, tuple[Topic, ...]]:
    """The fields, industries and areas of some offers, each with the one above it."""
    cases = [one for one in subjects if one.kind != Person.kind]
    ids = {pk for one in cases for pk in (one.field_id, one.industry_id, one.area_id)} - {None}
    return {
        pk: (Topic(code, either(en, zh)), *([Topic(above, either(*names))] if above else ()))
        for pk, code, en, zh, above, *names in values_of(_terms, ids)
    }


def _terms(ids: Iterable[int]) -> QuerySet:
    told = ("pk", "code", "name_en", "name_zh", "parent__code", "parent__name_en", "parent__name_zh")
    return Term.objects.filter(Among(ids)).values_list(*told)


def _regions(subjects: Iterable[Facts]) -> dict[str, Text]:
    codes = {code for one in subjects if one.kind == Offer.kind for code in one.regions}
    if not codes:
        return {}
    return {term.code: term.name for term in Term.objects.filter(list=REGIONS, code__in=codes)}


def _open_now(subjects: Iterable[Facts]) -> dict[int, int]:
    """How many introductions of each written offer are open."""
    limited = [one.pk for one in subjects if one.kind == Offer.kind and one.quota is not None]
    return dict(values_of(_open_of, limited))


def _open_of(offers: Iterable[int]) -> QuerySet:
    rows = Match.objects.unscoped("an offer's quota counts every introduction that is open")
    return rows.filter(Among(offers, "offer"), state__in=OPEN).order_by().values_list("offer").annotate(n=Count("pk"))


def _records(theirs: Parties) -> dict[Key, Record]:
    """What came of the earlier introductions of organisations and experts."""
    found: dict[Key, Record] = {}
    for kind, column, ids in (
        ("organisation", "offering", theirs.organisations),
        ("person", "expert", theirs.persons),
    ):
        counted = values_of(_ended, ids, given=(column,))
        found |= {(kind, pk): Record(succeeded, count) for pk, succeeded, count in counted}
    return found


def _ended(ids: Iterable[int], column: str) -> QuerySet:
    rows = Match.objects.unscoped("what came of earlier introductions is told to the desk as two numbers")
    ended = rows.filter(Among(ids, column), state__in=(MatchState.SUCCESS, MatchState.FAILED)).order_by()
    won = Count("pk", filter=Q(state=MatchState.SUCCESS))
    return ended.values_list(column).annotate(won=won, n=Count("pk"))


def knows_terms(reader: Reader, row: Achievement | Offer | Work | Written) -> bool:
    """Whether fields of class S2 of this visible row (prices, whom the owner leaves out) are the reader's to read.

    As `permissions.base.clearance`, but for grants to one person: what is granted to be read is not matched by.
    """
    if reader.is_house or row.owner_id in reader.organisation_ids:
        return True
    if reader.is_officer and row.level != Level.NAMED and reader.serves(row.area_id):
        return True
    return reader.reads_rows and not reader.is_officer


def offered(
    subject: Facts, reader: Reader, about: Known, meant: Meant | None = None, words: tuple[str, ...] | None = None,
    text: Part | None = None,
) -> matching.Offer:  # fmt: skip
    """One offer as matching reads it, for this reader; `words` are those of its texts, all of them unless given.

    `text` is the text part of somebody who is compared by all they wrote. What met in meaning is the offer's own
    passage unless it says whose: then it comes with what that record says; `told` gives an offer its own.
    """
    shared = _shared(subject, reader, about, meant) | {"text": text}
    shared["words"] = every_word(texts_of(subject)) if words is None else words
    if subject.kind == Person.kind:
        return matching.Offer(**shared)
    if subject.kind == Offer.kind:
        return _written(subject, shared, about, reader)
    return _achievement(subject, shared, about, reader)


def told(row: matching.Offer, subject: Facts, passage: str | None = None) -> matching.Offer:
    """The offer with what it says for itself in both languages, and the passage of it that met in meaning."""
    if row.meant is None or any(row.meant.said):
        return row
    return replace(row, meant=replace(row.meant, said=_said(subject), passage=passage or row.meant.passage))


def texts_of(subject: Facts) -> tuple[str, ...]:
    """What an offer says."""
    if subject.kind == Person.kind:
        return subject.expertise, subject.title_zh, subject.title_en
    if subject.kind == Offer.kind:
        return subject.title_zh, subject.title_en, subject.keywords, subject.text_zh, subject.text_en
    abstract = (subject.abstract_public_zh, subject.abstract_public_en)
    return subject.title_zh, subject.title_en, subject.keywords, *abstract


def _said(subject: Facts) -> tuple[str, str]:
    """What an offer says in Chinese and in English; of experts it is not known in which language they speak."""
    if subject.kind == Person.kind:
        return "", ""
    if subject.kind == Offer.kind:
        return subject.text_zh or subject.title_zh, subject.text_en or subject.title_en
    return subject.abstract_public_zh or subject.title_zh, subject.abstract_public_en or subject.title_en


def _shared(subject: Facts, reader: Reader, about: Known, meant: Meant | None) -> dict:
    """What every kind of offer has."""
    owner, expert = _owner_id(subject), expert_of(subject)
    is_named = about.ties or about.out or about.records
    keys = [key for key in (("person", expert), ("organisation", owner)) if key[1]] if is_named else ()
    return {
        "key": subject.number,
        "meant": meant,
        "organisation": owner,
        "bonds": tuple(bond for _, their, bond in about.ties if their in keys) if about.ties else (),
        "has_opted_out": bool(about.out) and not about.out.isdisjoint(keys),
        "record": next((about.records[key] for key in keys if key in about.records), None) if about.records else None,
        "age_days": (reader.at - subject.updated_at).days,
    }


def _achievement(row: Achievement | Work, shared: dict, about: Known, reader: Reader) -> matching.Offer:
    least = row.price_min if row.price_min is not None else row.price_max
    has_terms = least is not None or row.partners_excluded
    knows = bool(has_terms) and knows_terms(reader, row)
    return matching.Offer(
        field=about.path(row.field_id),
        industry=about.topic(row.industry_id),
        trl=row.trl,
        area=about.topic(row.area_id),
        price=Money(least) if least is not None and knows else None,
        modes=tuple(row.modes_wanted),
        excluded_partners=row.partners_excluded if knows else "",
        is_secret=about.is_desk and row.confidentiality == Confidentiality.SECRET,
        **shared,
    )


def _written(row: Offer | Written, shared: dict, about: Known, reader: Reader) -> matching.Offer:
    return matching.Offer(
        field=about.path(row.field_id),
        industry=about.topic(row.industry_id),
        trl_range=(row.trl_min, row.trl_max),
        area=about.topic(row.area_id),
        regions=tuple(Topic(code, about.regions[code]) for code in row.regions if code in about.regions),
        ticket=(_money(row.amount_min, row.currency), _money(row.amount_max, row.currency)),
        stages=tuple(row.stages),
        instruments=tuple(row.instruments),
        modes=tuple(row.licence_kinds),
        excluded_partners=row.partners_excluded if row.partners_excluded and knows_terms(reader, row) else "",
        quota=row.quota,
        open_now=about.open_now.get(row.pk, 0) if about.is_desk and row.quota is not None else None,
        **shared,
    )


def _money(amount: Decimal | None, currency: str) -> Money | None:
    return None if amount is None else Money(amount, currency)
