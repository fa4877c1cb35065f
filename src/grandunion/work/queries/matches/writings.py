"""What experts wrote in the hub, as far as the reader may know that it is theirs: inventions, offers, answers.

An achievement names its inventors to members of the hub, an answer its author to the desk; so far, and only for
records the reader may see, do they tell for an expert.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from django.db.models import QuerySet

from grandunion.adapters import index, meaning
from grandunion.engines.matching import Meant, Part
from grandunion.engines.matching.authors import Compared, Question, Shelf, Written, text_of
from grandunion.engines.matching.terms import as_written
from grandunion.records.achievements import PUBLISHED_STATES, Achievement, Inventor
from grandunion.records.matches import Offer
from grandunion.records.needs import Assignment
from grandunion.records.parties import Person
from grandunion.terms.needs import AssignmentState
from grandunion.terms.readers import Reader
from grandunion.terms.text import LANGUAGES, NOTHING, Text, either
from grandunion.work.queries import needs
from grandunion.work.queries.base import visible
from grandunion.work.queries.matches.facts import Work, facts_of
from grandunion.work.queries.matches.finding import FOUND, Asked, find
from grandunion.work.queries.matches.sight import Among
from grandunion.work.queries.matches.supply import Facts, Subject, expert_of, texts_of
from grandunion.work.queries.matches.topics import in_force, tellings

OPENING = 60  # characters of an expert's own words that are quoted
ANSWERS, LATEST = 200, 40  # answers of all candidates, inventions of one person before many needs
ZERO = Decimal(0)
By = Mapping[int, tuple[Written, ...]]
MeantBy = Mapping[tuple[str, int], Meant]  # by kind and id


@dataclass(frozen=True, slots=True)
class Authors:
    """Who wrote what, for one need: by the id of a person, the texts that may meet it."""

    asked: Asked
    reader: Reader
    invented: By = field(default_factory=dict)

    def among(self, rows: QuerySet) -> list[int]:
        """Those of the rows that stand for somebody whose inventions may meet the need."""
        persons = list(self.invented)[:FOUND]
        if not persons or rows.model.kind not in (Person.kind, Offer.kind):
            return []
        column = "pk" if rows.model.kind == Person.kind else "person"
        return list(rows.order_by("pk").filter(Among(persons, column)).values_list("pk", flat=True)[:FOUND])

    def parts(self, rows: Collection[Facts], meant: MeantBy) -> dict[str, Part]:
        """The text part of each that stands for a person, by number; weighed by whoever uses it."""
        experts = [row for row in rows if expert_of(row)]
        if not experts:
            return {}
        answered = answers({expert_of(row) for row in experts}, self.reader)
        offers: dict[int, list[Facts]] = {}
        for row in (one for one in experts if one.kind == Offer.kind):
            offers.setdefault(row.person_id, []).append(row)
        texts = {row.number: self._texts(row, offers, answered, meant) for row in experts}
        shelf = Shelf(one for some in texts.values() for one in some)
        compared = Compared(shelf, question(self.asked), in_force(self.reader))
        return {number: text_of(compared, some, ZERO) for number, some in texts.items()}

    def _texts(
        self, row: Facts, offers: Mapping[int, list[Facts]], answered: By, meant: MeantBy
    ) -> tuple[Written, ...]:  # fmt: skip
        """Everything that tells for one: their own words, what is offered in their name, inventions, answers."""
        person = expert_of(row)
        own = [row, *offers.get(person, ())] if row.kind == Person.kind else [row]
        found = [*(_own(one, meant.get((one.kind, one.pk))) for one in own),
                 *self.invented.get(person, ()), *answered.get(person, ())]  # fmt: skip
        return tuple(one for one in found if one.words or one.closeness is not None)


def authors(asked: Asked, reader: Reader, persons: Collection[int] | None = None) -> Authors:
    """Who wrote what may meet a need: everybody, or these persons alone."""
    if not reader.is_member:
        return Authors(asked, reader)
    rows, shares = _works_seen(reader), _shares()
    if persons is not None:
        shares = shares.filter(Among(persons, "person")) if persons else shares.none()
        rows = rows.filter(pk__in=shares.values("achievement"))
    found = find(rows, asked, None, is_told=False)
    by = shares.filter(Among(found.ids, "achievement")).order_by("pk").values_list("achievement", "person")
    pairs = list(by) if found.ids else []
    works = {one.pk: _own(one, found.meant.get(one.pk)) for one in facts_of(Achievement, reader, {w for w, _ in pairs})}
    place = {pk: number for number, pk in enumerate(found.ids)}
    invented: dict[int, list[Written]] = {}
    for work, person in sorted(pairs, key=lambda pair: (place[pair[0]], pair[1])):
        if work in works:
            invented.setdefault(person, []).append(works[work])
    return Authors(asked, reader, {person: tuple(texts) for person, texts in invented.items()})


def answers(persons: Collection[int], reader: Reader) -> By:
    """What persons answered to needs, with what helped, for the desk."""
    if not reader.reads_rows:
        return {}
    rows = Assignment.objects.unscoped("the desk reads the answers to the needs that it sees")
    helped = rows.filter(
        user__person__in=persons, state=AssignmentState.DONE_HELPED, need__in=needs.visible_to(reader).order_by()
    ).exclude(answer="")
    found: dict[int, list[Written]] = {}
    latest = helped.order_by("-answered_at", "-pk").values_list(
        "pk", "user__person", "answer", "need__title_zh", "need__title_en"
    )
    for pk, person, answer, zh, en in latest[:ANSWERS]:
        found.setdefault(person, []).append(_written(f"answer {pk}", either(en, zh), (answer, zh, en)))
    return {person: tuple(texts) for person, texts in found.items()}


def question(asked: Asked) -> Question:
    """A need as texts are compared with it, with the other names of what it speaks of."""
    text = asked.widened
    return Question(tellings(text), as_written(index.folded(text)), _languages(asked.zh, asked.en))


def _languages(zh: str, en: str) -> frozenset[str]:
    return frozenset(language for language, text in zip(LANGUAGES, (zh, en), strict=True) if text)


def _own(row: Facts, meant: Meant | None = None) -> Written:
    is_person = row.kind == Person.kind
    title = either(_opening(row.expertise), "") if is_person else either(row.title_en, row.title_zh)
    return _written(row.number, title, texts_of(row), meant)


def _opening(text: str) -> str:
    return text if len(text) <= OPENING else text[:OPENING].rstrip() + "…"


def _written(key: str, title: Text, texts: Iterable[str], meant: Meant | None = None) -> Written:
    zh, en = meaning.by_language(texts)
    words = tellings("\n".join(filter(None, (zh, en))))
    return Written(key, title, words, meant.closeness if meant else None, _languages(zh, en))


class Standing:
    """One person before many needs: all that they wrote, made ready once."""

    def __init__(self, subject: Subject, reader: Reader, needs_: Iterable[Asked]) -> None:
        person = expert_of(subject)
        self._own = _own(subject)
        self._others = (*_works(person, reader), *answers({person}, reader).get(person, ()))
        texts = [_written(f"need {number}", NOTHING, (one.zh, one.en)) for number, one in enumerate(needs_)]
        self._shelf, self._topics = Shelf((self._own, *self._others, *texts)), in_force(reader)

    def part(self, asked: Asked, meant: Meant | None) -> Part:
        """The text part for one need; `meant` is how near the person's own text is to it."""
        own = replace(self._own, closeness=meant.closeness if meant else None)
        texts = tuple(one for one in (own, *self._others) if one.words or one.closeness is not None)
        return text_of(Compared(self._shelf, question(asked), self._topics), texts, ZERO)


def _works(person: int, reader: Reader) -> list[Written]:
    return [_own(one) for one in works_of(person, reader)]


def works_of(person: int, reader: Reader) -> list[Work]:
    """The latest that a person invented, of what the reader sees and may know to be theirs."""
    if not reader.is_member:
        return []
    shares = _shares().filter(person=person).values("achievement")
    rows = _works_seen(reader).filter(pk__in=shares)
    latest = rows.order_by("-updated_at", "-pk").values_list("pk", flat=True)[:LATEST]
    return facts_of(Achievement, reader, latest)


def _works_seen(reader: Reader) -> QuerySet:
    return visible(Achievement, reader).filter(state__in=PUBLISHED_STATES)


def _shares() -> QuerySet:
    return Inventor.objects.unscoped("whoever sees an achievement as a member of the hub sees its inventors")
