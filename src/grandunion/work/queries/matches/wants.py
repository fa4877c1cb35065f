"""Needs as matching reads them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from grandunion.adapters import meaning
from grandunion.engines.matching import Concept, Topic, Wanted, spoken_of
from grandunion.records.lists import Term
from grandunion.records.needs import Need
from grandunion.records.parties import Conflict, OrganisationName
from grandunion.terms.money import Money
from grandunion.terms.secrecy import Level
from grandunion.terms.text import Text
from grandunion.work.queries.matches.finding import Asked, Like, words_in
from grandunion.work.queries.matches.sight import Among, values_of

MOST = 200  # words of a need that are compared
DRAWN = ("owner__region__parent__parent", "field__parent", "industry", "area", "contact_person")


def texts_of(need: Need) -> tuple[str, str]:
    """What a need says, in Chinese and in English: as the index of meaning reads it, so that it is read once."""
    return meaning.by_language(getattr(need, name) for name in need.meant)


def asked_by(need: Need, known: Sequence[Concept]) -> Asked:
    """A need as a text that looks for its like."""
    zh, en = texts_of(need)
    words = words_in((need.title_zh, need.title_en, need.text_zh, need.text_en, need.acceptance_criteria), MOST)
    return Asked(zh.strip(), en.strip(), words, spoken_of(words, known))


@dataclass(frozen=True, slots=True)
class Around:
    """What belongs to needs beyond their rows: their owners' names, and with whom their officers must not deal."""

    names: Mapping[int, tuple[str, ...]]
    conflicts: Mapping[int, frozenset[int]]


def around(needs: Sequence[Need], *, knows_ties: bool) -> Around:
    """What belongs to some needs, in two questions for all; ties are the desk's to know."""
    if not knows_ties:
        return Around({}, {})
    owners = {need.owner_id: need.owner for need in needs if need.owner_id}
    names: dict[int, list[str]] = {
        pk: [one.name_zh, one.name_en, one.short_name_zh, one.short_name_en] for pk, one in owners.items()
    }
    for pk, name in values_of(_names, names):
        names[pk].append(name)
    conflicts: dict[int, set[int]] = {}
    for user, organisation in values_of(_conflicts, {need.in_charge_id for need in needs} - {None}):
        conflicts.setdefault(user, set()).add(organisation)
    return Around(
        {pk: tuple(name for name in found if len(name) > 1) for pk, found in names.items()},
        {user: frozenset(found) for user, found in conflicts.items()},
    )


def _names(owners: Iterable[int]) -> QuerySet:
    rows = OrganisationName.objects.unscoped("an owner may have excluded a partner under any of its names")
    return rows.filter(Among(owners, "organisation")).values_list("organisation", "name")


def _conflicts(users: Iterable[int]) -> QuerySet:
    rows = Conflict.objects.unscoped("the conflicts of whoever runs a case keep the case clean").filter(ended_at=None)
    return rows.filter(Among(users, "user")).values_list("user", "organisation")


def wanted_by(
    need: Need, asked: Asked, around: Around, declined: tuple[tuple[str, Text], ...] = (), *, knows_ties: bool
) -> Wanted:
    """A need as matching reads it."""
    region = need.owner.region if need.owner else None
    return Wanted(
        words=asked.words,
        concepts=asked.concepts,
        field=path(need.field),
        industry=topic(need.industry),
        trl=need.trl_wanted,
        area=topic(need.area),
        region=tuple(one.code for one in _above(region)),
        budget=Money(need.budget, need.currency) if need.budget is not None else None,
        stage=need.finance_round,
        instruments=tuple(need.instruments_wanted),
        modes=tuple(need.modes_wanted),
        organisation=need.owner_id,
        names=around.names.get(need.owner_id, ()),
        is_confidential=knows_ties and need.level == Level.NAMED,
        conflicts=around.conflicts.get(need.in_charge_id, frozenset()),
        declined=declined,
    )


def topic(term: Term | None) -> Topic | None:
    """A term as matching reads it."""
    return Topic(term.code, term.name) if term else None


def path(term: Term | None) -> tuple[Topic, ...]:
    """The field and the one above it."""
    return tuple(Topic(one.code, one.name) for one in _above(term)[:2])


def _below(terms: Iterable[int]) -> QuerySet:
    return Term.objects.filter(Among(terms, "parent")).values_list("pk")


def _above(term: Term | None) -> list[Term]:
    """A term and those above it, as far as they were drawn."""
    found = []
    while term is not None and len(found) < 3:
        found.append(term)
        term = term.parent
    return found


def same_class(field: Term | None, industry: Term | None) -> Like:
    """Rows of the same field, one above or below it, or the same industry; nothing where neither is known."""
    fields: tuple[int, ...] = ()
    if field is not None:
        below = (pk for (pk,) in values_of(_below, [field.pk]))
        fields = (field.pk, *([field.parent_id] if field.parent_id else ()), *below)
    return Like(fields, None if industry is None else industry.pk)
