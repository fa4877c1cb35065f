"""The best few on the other side, for the page of a record: a need, an offer, or an organisation with what it has."""

from collections.abc import Iterable
from dataclasses import dataclass

from grandunion.records.needs import Need
from grandunion.records.parties import Organisation, Person
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text
from grandunion.work.queries import needs
from grandunion.work.queries.matches.bench import Line, Record, speaks_of
from grandunion.work.queries.matches.candidates import candidates
from grandunion.work.queries.matches.demand import OPEN_NEEDS, needs_for
from grandunion.work.queries.matches.offers import offers_now
from grandunion.work.queries.matches.supply import experts, on_offer

BEST, LOOKED, OF_EACH = 3, 8, 2
LEAST = 25  # of 100: below it nothing is suggested unasked


@dataclass(frozen=True, slots=True)
class Suggested:
    """The best pairs, each with the record it is for; `missing` why texts were compared by words alone."""

    pairs: tuple[tuple[Record, Line], ...]
    missing: Text | None = None


def suggested(records: Iterable[Record], reader: Reader, most: int = BEST) -> Suggested:
    """The best on the other side of any of these records, each once."""
    pairs, missing = {}, None
    for record in records:
        lines, said = _best(record, reader, LOOKED)
        missing = missing or said
        for line in (one for one in lines if one.percent >= LEAST and speaks_of(one.score)):
            known = pairs.get(line.number)
            if known is None or known[1].score.value < line.score.value:
                pairs[line.number] = (record, line)
    best = sorted(pairs.values(), key=lambda one: (-one[1].score.value, -one[1].score.confidence, one[1].number))
    return Suggested(tuple(best[:most]), missing)


def _best(record: Record, reader: Reader, most: int) -> tuple[list[Line], Text | None]:
    if isinstance(record, Need):
        found = candidates(record, reader, most)
        subjects = [(one.subject, one.score, one.sentence) for one in found.offers]
    else:
        found = needs_for(record, reader, most)
        subjects = [(one.need, one.score, one.sentence) for one in found.needs]
    return [Line(one, place, score, said) for place, (one, score, said) in enumerate(subjects, 1)], found.missing


def of_organisation(organisation: Organisation, reader: Reader) -> list[Record]:
    """The latest of what an organisation needs and offers, as far as the reader sees it."""
    open_ = needs.visible_to(reader).filter(owner=organisation, state__in=OPEN_NEEDS)
    rows = (open_, on_offer(reader).filter(owner=organisation), offers_now(reader).filter(owner=organisation))
    return [one for some in rows for one in some.order_by("-updated_at", "-pk")[:OF_EACH]]


def of_person(person: Person, reader: Reader) -> list[Record]:
    """An expert with what is offered in the person's name, as far as the reader sees it."""
    written = offers_now(reader).filter(person=person).order_by("-updated_at", "-pk")[:OF_EACH]
    return [*experts(reader).filter(pk=person.pk), *written]
