"""Where published figures disagree, with each other and with the records, and the cause of each."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from grandunion.engines.indicators import (
    About,
    Counted,
    Difference,
    Saying,
    differences,
    qualified,
    recorded,
    recorded_sentence,
    sentence,
)
from grandunion.records.plans import Claim, Concept, Disagreement, Indicator, Target
from grandunion.terms.claims import Cause, ClaimStage
from grandunion.terms.plans import IndicatorKind, Operator, Qualifier
from grandunion.terms.readers import Reader
from grandunion.terms.targets import RUNNING
from grandunion.terms.text import Text
from grandunion.work.queries.plans.claims import Published, confirmed, out, published, said_by, said_when, span_of
from grandunion.work.queries.plans.counting import end_of
from grandunion.work.queries.plans.figures import Figure, since, value, values

QUALIFIERS = {
    Operator.AT_LEAST.value: Qualifier.AT_LEAST, Operator.OVER.value: Qualifier.OVER,
    Operator.EXACTLY.value: Qualifier.EXACTLY,
}  # fmt: skip
FACETS = ("thing", "stage", "medium", "abroad", "whole")


@dataclass(frozen=True, slots=True)
class Disagreed:
    """A disagreement: its cause and what else differs, the sentence that explains it, and the figures it is about.

    `family` names the sort of figure, `figures` are what the records say (empty between claims), `notes` the
    planner's own words on these claims.
    """

    family: Text
    cause: Cause
    also: tuple[Cause, ...]
    sentence: Text
    claims: tuple[Published, ...]
    targets: tuple[Target, ...] = ()
    figures: tuple[Figure, ...] = ()
    notes: tuple[Disagreement, ...] = ()

    def is_of(self, *, year: int | None, level: str, cause: str) -> bool:
        """Whether it is of a year, a level and a cause (none asked for: of any)."""
        years = {last.year for one in self.claims if (last := span_of(one.claim)[1])}
        levels = {one.claim.level for one in self.claims}
        return (
            (year is None or year in years)
            and (not level or level in levels)
            and (not cause or cause in (self.cause, *self.also))
        )


def reconciliation(
    *,
    reader: Reader,
    year: int | None = None,
    level: str = "",
    cause: str = "",
    indicator: Indicator | None = None,
    with_records: bool = True,
    as_of: date | None = None,
) -> tuple[Disagreed, ...]:
    """Every disagreement among confirmed claims, and between claims and records: of a year, a level, a cause.

    `level` is a code of `Scope`, `cause` one of `Cause`, which may also be what differs besides. The records cost
    some questions for each time that was claimed; they are left out where `with_records` says so. With `as_of` it is
    answered as on that day: from what was published by then, and from what the hub knew.
    """
    rows = out(confirmed().select_related("source", "area", "indicator"), as_of)
    concepts = {one.indicator_id: one for one in Concept.objects.select_related("family", "indicator")}
    asked = [row for row in rows if indicator is None or row.indicator_id == indicator.pk] if with_records else []
    found = [*_between(rows, concepts, as_of), *_against_records(asked, concepts, reader, as_of)]
    return tuple(
        one for one in found
        if one.is_of(year=year, level=level, cause=cause) and (indicator is None or _names(one, indicator))
    )  # fmt: skip


def _names(found: Disagreed, indicator: Indicator) -> bool:
    return any(one.claim.indicator_id == indicator.pk for one in found.claims)


def _between(rows: list[Claim], concepts: dict[int, Concept], as_of: date | None) -> Iterable[Disagreed]:
    """Where claims differ from each other, and from what was announced as planned."""
    claims = {row.code: row for row in rows}
    targets = {f"target {row.code}": row for row in _announced(concepts, as_of)}
    sayings = [saying_of(row, concepts) for row in rows if row.indicator_id in concepts]
    sayings += [_wanted(key, row, concepts[row.indicator_id]) for key, row in targets.items()]
    families = {one.family.code: one.family.name for one in concepts.values()}
    notes = _notes()
    for difference in differences(sayings):
        mine = [claims[one.key] for one in difference.sayings if one.key in claims]
        yield Disagreed(
            family=families[difference.family], cause=difference.cause, also=difference.also,
            sentence=sentence(difference), claims=tuple(published(row) for row in mine),
            targets=_targets(difference, targets), notes=_noted(notes, {row.pk for row in mine}),
        )  # fmt: skip


def _targets(difference: Difference, known: dict[str, Target]) -> tuple[Target, ...]:
    return tuple(known[one.key] for one in difference.sayings if one.key in known)


def _announced(concepts: dict[int, Concept], as_of: date | None) -> Iterable[Target]:
    """The targets of money of the whole hub: what is compared with sums that were announced."""
    wanted = [pk for pk, one in concepts.items() if one.whole]
    rows = Target.objects.filter(indicator__in=wanted, parent=None, area=None, region=None, partner=None)
    rows = rows.filter(state__in=RUNNING, operator__in=QUALIFIERS).exclude(value=None)
    if as_of is not None:
        rows = rows.exclude(plan__source__published_on__gt=as_of)
    return rows.select_related("indicator", "plan").order_by("pk")


def saying_of(row: Claim, concepts: dict[int, Concept]) -> Saying:
    """A claim as the engine compares it; a facet of its own goes before its indicator's."""
    first, last = span_of(row)
    about = _about(concepts[row.indicator_id], row)
    if about.is_flow and first is None and last is not None:
        first = since(row.indicator, last)
    return Saying(
        key=row.code, indicator=row.indicator.code, about=about, value=row.value, qualifier=row.qualifier,
        level=row.level, area=row.area.code if row.area else "", since=first, until=last, original=row.original,
        said=published(row).whole, by=said_by(row.level, row.area), when=said_when(row), name=row.indicator.name,
        place=row.area.name if row.area else Text("the whole hub", "园区整体"),
    )  # fmt: skip


def _wanted(key: str, row: Target, concept: Concept) -> Saying:
    unit = row.unit
    said = qualified(row.value, QUALIFIERS[row.operator].value)
    return Saying(
        key=key, indicator=row.indicator.code, about=_about(concept, None, stage=ClaimStage.PLANNED.value),
        value=row.value,
        qualifier=QUALIFIERS[row.operator].value, level=row.scope, until=row.deadline, is_wanted=True,
        said=Text(f"{said.en} {unit.en}", f"{said.zh}{unit.zh}"), by=row.plan.name, name=row.indicator.name,
        when=Text(f"wanted by {row.deadline}", f"目标期限 {row.deadline}") if row.deadline else Text("wanted", "目标"),
    )  # fmt: skip


def _about(concept: Concept, row: Claim | None, **given: str) -> About:
    own = {name: getattr(row, name, "") or getattr(concept, name) for name in FACETS} | given
    return About(concept.family.code, concept.indicator.indicator_kind == IndicatorKind.FLOW, **own)


def _against_records(
    rows: list[Claim], concepts: dict[int, Concept], reader: Reader, as_of: date | None
) -> Iterable[Disagreed]:
    """Claims that the records do not bear out, as counted for the claim's own time."""
    timed = [row for row in rows if row.indicator_id in concepts and span_of(row)[1] is not None]
    counted = _counted_for(timed, concepts, reader, as_of)
    for row in timed:
        saying = saying_of(row, concepts)
        figures = {one.indicator.code: one for one in counted[span_of(row)[1], row.area]}
        found = recorded(saying, [_counted(one, concepts) for one in figures.values()])
        if found is None:
            continue
        figure = figures[found.counted.indicator]
        if row.source.published_on is not None:
            then = value(figure.indicator, as_of=figure.as_of, reader=reader, area=row.area,
                         known_at=end_of(row.source.published_on))  # fmt: skip
            found = recorded(saying, [_counted(figure, concepts, then)])
        yield Disagreed(
            family=concepts[row.indicator_id].family.name, cause=found.cause, also=(),
            sentence=recorded_sentence(found), claims=(published(row),), figures=(figure,),
        )  # fmt: skip


def _counted_for(
    rows: list[Claim], concepts: dict[int, Concept], reader: Reader, as_of: date | None
) -> dict[tuple, list[Figure]]:
    """What is counted of every family at each time and place that is claimed."""
    codes = {one.indicator.code for one in concepts.values()}
    known_at = end_of(as_of) if as_of else None
    found = {}
    for row in rows:
        key = (span_of(row)[1], row.area)
        if key not in found:
            figures = values(as_of=key[0], reader=reader, area=row.area, codes=codes, known_at=known_at)
            found[key] = [one for one in figures if one.is_counted and one.cell.value is not None]
    return found


def _counted(figure: Figure, concepts: dict[int, Concept], then: Figure | None = None) -> Counted:
    return Counted(
        indicator=figure.indicator.code, name=figure.indicator.name,
        about=_about(concepts[figure.indicator.pk], None), then=then.cell.value if then else None,
        now=figure.cell.value, area=figure.area.code if figure.area else "",
        since=figure.since,
    )  # fmt: skip


def _notes() -> list[tuple[Disagreement, frozenset[int]]]:
    pairs = Disagreement.claims.through.objects.values_list("disagreement_id", "claim_id")
    claims: dict[int, set[int]] = {}
    for disagreement, one in pairs:
        claims.setdefault(disagreement, set()).add(one)
    rows = Disagreement.objects.order_by("position", "pk")
    return [(row, frozenset(claims.get(row.pk, ()))) for row in rows]


def _noted(notes: list[tuple[Disagreement, frozenset[int]]], mine: Collection[int]) -> tuple[Disagreement, ...]:
    """The planner's notes on at least two of these claims."""
    return tuple(row for row, claims in notes if len(claims & set(mine)) > 1)
