"""Finds every pair of figures that is taken for one and is not, and the cause, from the facts of both.

Figures of one family (the pack says which) are taken for one another. Two of them disagree when they count different
things, at different stages, over a flow and as a stock, of different wholes; or when they say they mean the same and
cannot both be true. The same figure repeated is no disagreement, nor are qualifiers that can be true together.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import combinations

from grandunion.engines.indicators.agreement import NEARLY_FROM, Said, agreement
from grandunion.terms.claims import MONEY_STAGES, PARTNER_STAGES, Cause, ClaimStage, Language, Thing
from grandunion.terms.plans import Agreement
from grandunion.terms.text import NOTHING, Text

THINGS = {
    frozenset({Thing.ENTERPRISE.value, Thing.PROJECT.value}): Cause.ENTERPRISE_OR_PROJECT,
    frozenset({Thing.PERSON.value, Thing.ORGANISATION.value}): Cause.PERSON_OR_ORGANISATION,
    frozenset({Thing.PERSON.value, Thing.UNIVERSITY.value}): Cause.PERSON_OR_ORGANISATION,
    frozenset({Thing.PARTNER.value, Thing.UNIT.value}): Cause.PARTNER_OR_UNIT,
}
STAGES = ((frozenset(PARTNER_STAGES), Cause.RECRUITED_OR_SIGNED), (frozenset(MONEY_STAGES), Cause.PLANNED_OR_PAID_IN))
RANK = {cause: place for place, cause in enumerate(Cause)}  # the most telling first, as the list has them


@dataclass(frozen=True, slots=True)
class About:
    """What a figure is about: its family, and the facets (codes of `terms.claims`; empty: does not apply)."""

    family: str
    is_flow: bool
    thing: str = ""
    stage: str = ""
    medium: str = ""
    abroad: str = ""
    whole: str = ""


@dataclass(frozen=True, slots=True)
class Saying:
    """A published figure, or one that is wanted, as reconciling sees it.

    `key` tells it from all others; `said` is the figure with qualifier and unit, `by` who says it, `when` for which
    time, in words. A flow holds for `since` … `until`, a stock on `until` (both days belong to it; None: not said).
    `area` (with its `place` in words) is empty for the whole hub. `original` is a code of `Language`.
    """

    key: str
    indicator: str
    about: About
    value: Decimal
    qualifier: str
    level: str
    area: str = ""
    since: date | None = None
    until: date | None = None
    original: str = Language.BOTH.value
    is_wanted: bool = False
    said: Text = NOTHING
    by: Text = NOTHING
    when: Text = NOTHING
    name: Text = NOTHING
    place: Text = NOTHING


@dataclass(frozen=True, slots=True)
class Difference:
    """Sayings of one family that differ by one cause; `also` are what else tells some of them apart."""

    family: str
    cause: Cause
    also: tuple[Cause, ...]
    sayings: tuple[Saying, ...]


def differences(sayings: Iterable[Saying]) -> tuple[Difference, ...]:
    """Every disagreement among the sayings: by family, then by cause, each saying in the order given.

    Pairs that differ by the same cause and share a saying make one difference.
    """
    families: dict[str, list[Saying]] = defaultdict(list)
    for one in sayings:
        families[one.about.family].append(one)
    return tuple(found for members in families.values() for found in _within(members))


def _within(members: Sequence[Saying]) -> list[Difference]:
    mistaken = _mistranslated(members)
    pairs: dict[Cause, list[tuple[Saying, Saying, tuple[Cause, ...]]]] = defaultdict(list)
    for one, other in combinations(members, 2):
        if causes := causes_of(one, other, mistaken):
            pairs[causes[0]].append((one, other, causes[1:]))
    return [
        Difference(members[0].about.family, cause, also, tuple(one for one in members if one.key in keys))
        for cause in sorted(pairs, key=RANK.__getitem__)
        for keys, also in _joined(pairs[cause])
    ]


def _joined(pairs: Sequence[tuple[Saying, Saying, tuple[Cause, ...]]]) -> list[tuple[set[str], tuple[Cause, ...]]]:
    """The pairs joined where they share a saying, with all that else tells them apart."""
    groups: list[tuple[set[str], set[Cause]]] = []
    for one, other, also in pairs:
        mine, others = ({one.key, other.key}, set(also)), []
        for group in groups:
            if group[0] & mine[0]:
                mine = (mine[0] | group[0], mine[1] | group[1])
            else:
                others.append(group)
        groups = [*others, mine]
    return [(keys, tuple(sorted(also, key=RANK.__getitem__))) for keys, also in groups]


def causes_of(one: Saying, other: Saying, mistaken: frozenset[str] = frozenset()) -> tuple[Cause, ...]:
    """Why two sayings of one family differ, the most telling cause first; empty where they do not disagree.

    `mistaken` are the keys of sayings known as mistranslations: what tells them apart is put to the translation.
    """
    if not _is_comparable(one, other):
        return ()
    facets = _facets_apart(one, other)
    if facets is None:
        return ()
    if facets and {one.key, other.key} & mistaken:
        facets = {Cause.TRANSLATION}
    if facets - {Cause.SCOPE} or _whole_apart(one, other):
        return tuple(sorted(facets | _qualifier(one, other), key=RANK.__getitem__))
    if _agreement(one, other) is not Agreement.CONTRADICT:
        return ()
    return tuple(facets) or (_plain_cause(one, other),)


def _facets_apart(one: Saying, other: Saying) -> set[Cause] | None:
    """The causes that lie in what the two are about; None where nobody would take one for the other."""
    a, b, found = one.about, other.about, set()
    if _differ(a.thing, b.thing):
        found.add(THINGS.get(frozenset({a.thing, b.thing})))
    if _differ(a.stage, b.stage):
        both = frozenset({a.stage, b.stage})
        found.add(next((cause for stages, cause in STAGES if both <= stages), None))
    if None in found:
        return None
    if _differ(a.medium, b.medium):
        found.add(Cause.FLOOR_OR_LAND)
    if a.is_flow != b.is_flow:
        found.add(Cause.FLOW_OR_STOCK)
    if one.area != other.area or _differ(a.abroad, b.abroad) or _whole_apart(one, other):
        found.add(Cause.SCOPE)
    return found


def _whole_apart(one: Saying, other: Saying) -> bool:
    return _differ(one.about.whole, other.about.whole)


def _differ(one: str, other: str) -> bool:
    """Whether both are said and are not the same."""
    return bool(one and other and one != other)


def _qualifier(one: Saying, other: Saying) -> set[Cause]:
    """That the qualifiers differ besides, where the numbers are so near that one would be read for the other."""
    small, large = sorted((one.value, other.value))
    is_near = small >= large * NEARLY_FROM
    return {Cause.QUALIFIER} if is_near and one.qualifier != other.qualifier else set()


def _agreement(one: Saying, other: Saying) -> Agreement:
    return agreement(Said(one.value, one.qualifier), Said(other.value, other.qualifier))


def _plain_cause(one: Saying, other: Saying) -> Cause:
    """Why two figures that say they mean the same cannot both be true."""
    if one.value == other.value:
        return Cause.QUALIFIER
    return Cause.AS_OF if (one.since, one.until) != (other.since, other.until) else Cause.UNEXPLAINED


def _is_comparable(one: Saying, other: Saying) -> bool:
    """Whether the two speak of times at which they could be taken for one."""
    if one.is_wanted or other.is_wanted:  # what is wanted is compared with what was announced, never with what is
        return one.is_wanted != other.is_wanted and one.about.stage == other.about.stage == ClaimStage.PLANNED
    if one.until is None or other.until is None or _differ(one.about.medium, other.about.medium):
        return True
    a, b = one.about, other.about
    if a.is_flow and b.is_flow:
        return one.since == other.since and one.until.year == other.until.year
    if a.is_flow != b.is_flow:  # a stock holds what flowed in before
        flow, stock = (one, other) if a.is_flow else (other, one)
        return flow.since is None or stock.until >= flow.since
    return one.until.year == other.until.year or _was_planned(one, other) or _was_planned(other, one)


def _was_planned(one: Saying, other: Saying) -> bool:
    """Whether the first announced what the other tells of later."""
    return one.about.stage == ClaimStage.PLANNED != other.about.stage and one.until <= other.until


def _mistranslated(members: Sequence[Saying]) -> frozenset[str]:
    """Sayings that one issuer made in two languages with different facets: the Chinese is the issuer's own."""
    found = set()
    for one, other in combinations(members, 2):
        if {one.original, other.original} != {Language.ZH.value, Language.EN.value}:
            continue
        is_same = _same_words(one) == _same_words(other)
        if is_same and (_differ(one.about.abroad, other.about.abroad) or _differ(one.about.thing, other.about.thing)):
            found.add(one.key if one.original == Language.EN else other.key)
    return frozenset(found)


def _same_words(one: Saying) -> tuple:
    return one.level, one.indicator, one.area, one.since, one.until, one.value, one.qualifier
