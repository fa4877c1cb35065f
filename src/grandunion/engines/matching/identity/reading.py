"""How well one known name fits a text: the figures, from 0 to 1, out of which the parts of the answer are made."""

from collections.abc import Sequence
from dataclasses import dataclass

from grandunion.engines.matching.identity.folding import phrase, plain_words, segments, words
from grandunion.engines.matching.identity.places import countries
from grandunion.engines.matching.identity.registry import OFFICIAL, SHORT, Known, Name, Registry, spoken

TELLING = 14.0  # the weight of words from which a name stands for itself: about two rare words
RARE = 9.0  # the weight of a single word that is a name: one in some ten thousand names has it
OWN = 4.5  # what a word must weigh before words of the name's own city may stand apart from it
KINDS = {OFFICIAL: 1.0, SHORT: 0.0}
OTHER_KIND = 0.8
SHORT_ALONE, LETTERS = 0.6, 4  # a short form that is all that is said, has four letters, and one bearer only
WHOLE = 4  # a name of which a part is missing counts by this power of its share
CODES = ("name", "together", "alone", "lead", "country", "city", "kind", "only", "school", "rare", "longest")
Figures = tuple[float | None, ...]  # in the order of CODES; None where a side says nothing


@dataclass(frozen=True, slots=True)
class Asked:
    """A text as it is compared: its pieces with their words, weights and phrases, the countries it speaks of."""

    has: frozenset[str]
    whole: str
    apart: str
    pieces: tuple[tuple[frozenset[str], float, str], ...]
    countries: frozenset[str]


def asked(text: str, registry: Registry) -> Asked:
    """Read a text once for all candidates."""
    found = registry.read(text)
    meant = dict(zip(phrase(text), found, strict=True))
    pieces = [tuple(meant.get(word, word) for word in piece) for piece in segments(text)]
    read = tuple(
        (frozenset(p) - {"of"}, max(registry.weight(w for w in p if w != "of"), 1e-9), spoken(p)) for p in pieces
    )
    apart = " | ".join(phrase for _, _, phrase in read)  # so that no run of words crosses from piece to piece
    return Asked(frozenset(found), spoken(found), apart, read, countries(text, plain_words(text)))


def readings(text: str, registry: Registry) -> list[tuple[int, Figures]]:
    """The names that may be meant (by place in the registry), each with its figures."""
    said = asked(text, registry)
    found = registry.candidates(text)
    lead = max((held for _, held in found), default=1.0)
    whole = [registry.names[at] for at, _ in found if any(registry.names[at].phrase in p for _, _, p in said.pieces)]
    return [(at, _figures(said, registry.names[at], held / max(lead, 1e-9), whole, registry)) for at, held in found]


def _figures(said: Asked, name: Name, lead: float, whole: Sequence[Name], registry: Registry) -> Figures:
    """The figures of one name; `lead` is its weight in the text against the most any name has, `whole` are the
    names that stand unbroken in the text."""
    known = registry.known[name.owner]
    total = max(registry.weight(name.words), 1e-9)
    has_city = any(spoken(phrase(city)) in said.whole for city in known.city)
    city = frozenset(word for written in known.city for word in words(written))
    run = _run(said, name, registry)
    together = _with_city(said, name, run, city, registry)
    bearers = _bearers(said, name, registry)
    covered = min(1.0, max(_covered(said, name, registry), together) / total)
    return (
        covered**WHOLE,
        together / total * min(1.0, together / TELLING),
        covered * _alone(said, name, registry),
        min(1.0, lead),
        _country(said, known),
        _city(said, known, has_city),
        SHORT_ALONE if name.kind == SHORT and _is_all(said, name, bearers) else KINDS.get(name.kind, OTHER_KIND),
        1 / bearers,
        1.0 if known.is_school else 0.0,
        1.0 if has_city else min(1.0, max((registry.weight([word]) for word in run), default=0.0) / RARE) ** 2,
        0.0
        if any(
            name.phrase in one.phrase and one.owner != name.owner and len(one.words) > len(name.words) for one in whole
        )
        else 1.0,
    )


def _run(said: Asked, name: Name, registry: Registry) -> tuple[str, ...]:
    """The weightiest run of the name's words that stands unbroken in the text."""
    if name.phrase in said.whole:
        return name.words
    whole = tuple(name.phrase.split())
    best: tuple[float, tuple[str, ...]] = (0.0, ())
    for start in range(len(whole)):
        for end in range(len(whole), start, -1):
            if spoken(whole[start:end]) in said.apart:
                run = tuple(word for word in whole[start:end] if word != "of")
                best = max(best, (registry.weight(run), run))
                break
    return best[1]


def _with_city(said: Asked, name: Name, run: Sequence[str], city: frozenset[str], registry: Registry) -> float:
    """The weight of the run and of the words of the own city that stand apart: University of California, … Davis."""
    weight = registry.weight(run)
    if all(registry.weight([word]) < OWN for word in run if word not in city):
        return weight
    apart = [word for word in dict.fromkeys(name.words) if word in city and word in said.has and word not in run]
    return min(registry.weight(name.words), weight + registry.weight(apart))


def _covered(said: Asked, name: Name, registry: Registry) -> float:
    """The most weight of the name that one piece of the text has."""
    own = frozenset(name.words)
    return max((registry.weight(own & piece) for piece, _, _ in said.pieces), default=0.0)


def _alone(said: Asked, name: Name, registry: Registry) -> float:
    """How much of the piece where the name stands is the name itself."""
    own = frozenset(name.words)
    return max((registry.weight(own & piece) / weight for piece, weight, _ in said.pieces), default=0.0)


def _bearers(said: Asked, name: Name, registry: Registry) -> int:
    """How many organisations are called so, in the countries the text speaks of if any of them is there."""
    places = registry.bearers[name.words]
    return sum(places[code] for code in said.countries) or sum(places.values())


def _is_all(said: Asked, name: Name, bearers: int) -> bool:
    return bearers == 1 and name.phrase == said.whole and len(name.phrase.strip()) >= LETTERS


def _city(said: Asked, known: Known, has_city: bool) -> float | None:
    """Nothing is said of a city in a text of one piece that names none."""
    if has_city:
        return 1.0
    return None if not known.city or (len(said.pieces) == 1 and not said.countries) else 0.0


def _country(said: Asked, known: Known) -> float | None:
    if not said.countries or not known.country:
        return None
    return 1.0 if known.country in said.countries else 0.0
