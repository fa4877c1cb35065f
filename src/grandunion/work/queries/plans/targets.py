"""Plans and their targets against what the records say and what was published; claims and their disagreements."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from grandunion.engines.indicators import Said, progress, qualified, standing, worst, written
from grandunion.records.lists import Term
from grandunion.records.plans import Claim, Disagreement, Indicator, Plan, Target
from grandunion.terms.plans import Agreement, IndicatorKind, Operator, TargetState
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text
from grandunion.work.queries.plans.figures import Figure, value, values


@dataclass(frozen=True, slots=True)
class Published:
    """A published figure as it is shown; `is_in_doubt` where another published one contradicts it."""

    claim: Claim
    said: Text
    is_in_doubt: bool = False

    @property
    def whole(self) -> Text:
        """The figure with its unit: over 70,000 persons / 超7万人."""
        unit = self.claim.unit
        return Text(f"{self.said.en} {unit.en}".strip(), f"{self.said.zh}{unit.zh}")


@dataclass(frozen=True, slots=True)
class Aim:
    """A target with the hub's own figure (as of its deadline, if that is over) and the latest published one."""

    target: Target
    figure: Figure
    state: TargetState
    part: Decimal | None
    published: Published | None
    published_part: Decimal | None

    def said(self) -> Text | None:
        """What is wanted, in words; None for a target without a number."""
        return wanted_of(self.target)


def wanted_of(target: Target) -> Text | None:
    """What a target wants: more than 10,000 / 超过1万; None for one in words."""
    if target.value is None or not Operator.has(target.operator):
        return None
    words, number = Operator(target.operator).text, written(target.value)
    if target.operator == Operator.EXACTLY:
        return number
    return Text(f"{words.en} {number.en}", f"{words.zh}{number.zh}")


@dataclass(frozen=True, slots=True)
class Doubt:
    """Published figures that are taken for one and are not, and why."""

    disagreement: Disagreement
    claims: tuple[Published, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator at a glance: its figure, the nearest target that has a number, and the latest published figure."""

    figure: Figure
    target: Target | None
    part: Decimal | None
    published: Published | None


def overview(*, as_of: date, reader: Reader, area: Term | None = None) -> tuple[Line, ...]:
    """Every indicator at a glance; targets of the whole hub are left aside where one area is asked for."""
    nearest: dict[int, Target] = {}
    for target in Target.objects.exclude(value=None).select_related("plan").order_by("-deadline", "-pk"):
        if target.area_id == (area.pk if area else None):
            nearest[target.indicator_id] = target
    figures = values(as_of=as_of, reader=reader, area=area)
    latest = _latest_claims({figure.indicator.pk for figure in figures})
    return tuple(_line(figure, nearest.get(figure.indicator.pk), latest.get(figure.indicator.pk)) for figure in figures)


def _line(figure: Figure, target: Target | None, claim: Claim | None) -> Line:
    part = progress(figure.cell.value, target.operator, target.value) if target else None
    return Line(figure, target, part, _published(claim) if claim else None)


def plans(*, as_of: date, reader: Reader) -> tuple[tuple[Plan, tuple[Aim, ...]], ...]:
    """Every plan with its targets; one query for each counted indicator and day, whatever the number of targets."""
    found = aims(Target.objects.order_by("plan__position", "plan__code", "position", "pk"), as_of=as_of, reader=reader)
    grouped: dict[int, list[Aim]] = defaultdict(list)
    for aim in found:
        grouped[aim.target.plan_id].append(aim)
    known = Plan.objects.select_related("source").order_by("position", "code")
    return tuple((plan, tuple(grouped[plan.pk])) for plan in known)


def aims(targets: Iterable[Target], *, as_of: date, reader: Reader) -> tuple[Aim, ...]:
    """The targets with their figures."""
    wanted = list(targets.select_related("indicator", "plan", "area"))
    latest = _latest_claims({target.indicator_id for target in wanted})
    figures: dict[tuple, Figure] = {}
    for target in wanted:
        on = min(as_of, target.deadline or as_of)
        key = (target.indicator_id, on, target.area_id)
        if key not in figures:
            figures[key] = value(target.indicator, as_of=on, reader=reader, area=target.area)
    return tuple(
        _aim(target, figures[target.indicator_id, min(as_of, target.deadline or as_of), target.area_id],
             latest.get(target.indicator_id), as_of)
        for target in wanted
    )  # fmt: skip


def _aim(target: Target, figure: Figure, claim: Claim | None, as_of: date) -> Aim:
    has = figure.cell.value
    return Aim(
        target=target,
        figure=figure,
        state=standing(has, target.operator, target.value, target.deadline, as_of),
        part=progress(has, target.operator, target.value),
        published=_published(claim) if claim else None,
        published_part=progress(claim.value, target.operator, target.value) if _is_of(claim, target) else None,
    )


def _is_of(claim: Claim | None, target: Target) -> bool:
    """Whether a published figure says something about the target: a flow of another year does not."""
    if claim is None:
        return False
    is_flow = target.indicator.indicator_kind == IndicatorKind.FLOW
    return not is_flow or target.deadline is None or _when(claim)[0][:4] == str(target.deadline.year)


def _latest_claims(wanted: set[int]) -> dict[int, Claim]:
    """The most recent published figure of each indicator that says as of when it holds, or for which year."""
    found: dict[int, Claim] = {}
    for claim in sorted(_claims().filter(indicator__in=wanted), key=_when):
        found[claim.indicator_id] = claim
    return found


def _claims() -> object:
    return Claim.objects.select_related("source", "area", "indicator").order_by("pk")


def _when(claim: Claim) -> tuple[str, int]:
    day = claim.as_of.isoformat() if claim.as_of else f"{claim.period or '0000'}-12-31"
    return day, claim.pk


def aims_of(wanted: Indicator, *, as_of: date, reader: Reader) -> tuple[Aim, ...]:
    """The targets of one indicator, the nearest deadline first."""
    return aims(Target.objects.filter(indicator=wanted).order_by("deadline", "pk"), as_of=as_of, reader=reader)


def claims(wanted: Indicator) -> tuple[Published, ...]:
    """What was published of an indicator, the newest first; contradictions for the same time are marked."""
    found = sorted(_claims().filter(indicator=wanted), key=_when, reverse=True)
    return tuple(_published(claim, is_in_doubt=_is_in_doubt(claim, found)) for claim in found)


def _published(claim: Claim, *, is_in_doubt: bool = False) -> Published:
    return Published(claim, qualified(claim.value, claim.qualifier), is_in_doubt)


def _is_in_doubt(claim: Claim, others: list[Claim]) -> bool:
    """Whether another figure for the same period or day cannot be true with this one."""
    same_time = [one for one in others if (one.period, one.as_of) == (claim.period, claim.as_of) and one.pk != claim.pk]
    mine = Said(claim.value, claim.qualifier)
    return any(worst((mine, Said(one.value, one.qualifier))) == Agreement.CONTRADICT for one in same_time)


def doubts(wanted: Indicator | None = None) -> tuple[Doubt, ...]:
    """The disagreements among published figures, all or those that touch an indicator."""
    rows = Disagreement.objects.order_by("position", "pk")
    if wanted is not None:
        rows = rows.filter(claims__indicator=wanted).distinct()
    known = {claim.pk: claim for claim in _claims()}
    pairs = Disagreement.claims.through.objects.filter(disagreement__in=[row.pk for row in rows]).order_by("pk")
    of: dict[int, list[Published]] = defaultdict(list)
    for disagreement, claim in pairs.values_list("disagreement_id", "claim_id"):
        of[disagreement].append(_published(known[claim]))
    return tuple(Doubt(row, tuple(of[row.pk])) for row in rows)
