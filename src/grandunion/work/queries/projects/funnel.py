"""The funnel: how many projects reach each step, what part goes on, how long it takes, and why others are lost."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from django.db.models import Count, Min, Q, QuerySet

from grandunion.records.journal import Step
from grandunion.records.lists import Term
from grandunion.records.parties import Organisation, User
from grandunion.records.projects import Project
from grandunion.terms.projects import LossReason, Phase, ProjectState
from grandunion.terms.readers import Reader
from grandunion.work.queries.base import visible
from grandunion.work.queries.projects.listing import reaching

# The steps every project comes through; what stands between two of them counts for the earlier one.
STEPS = (
    ProjectState.LEAD,
    ProjectState.QUALIFIED,
    ProjectState.TRIAGE,
    ProjectState.PROFILE_READY,
    ProjectState.NEGOTIATING,
    ProjectState.CONTRACT_SIGNED,
    ProjectState.COMPANY_REGISTERED,
    ProjectState.LANDED,
    ProjectState.MONTH_12,
    ProjectState.GRADUATED,
)


@dataclass(frozen=True, slots=True)
class FunnelStep:
    """One step: who came so far, what part of those one step before, and the median days since then."""

    state: ProjectState
    reached: int
    conversion: float | None  # of the step before, 0 to 1
    of_all: float | None
    median_days: float | None
    lost_here: int


@dataclass(frozen=True, slots=True)
class Loss:
    """How many projects were lost for a reason, and in which phase."""

    reason: LossReason
    count: int
    by_phase: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Funnel:
    """The report: its steps, its counted losses, and what it may be narrowed by."""

    steps: tuple[FunnelStep, ...]
    losses: tuple[Loss, ...]
    lost: int
    universities: tuple[Organisation, ...]
    officers: tuple[User, ...]
    areas: tuple[Term, ...]


def funnel(reader: Reader, *, university: str = "", in_charge: str = "", area: str = "") -> Funnel:
    """The funnel over the projects the reader may see, narrowed by university, officer or area."""
    everything = visible(Project, reader)
    projects = _narrowed(everything, university, in_charge, area)
    entries = list(_entries(projects))
    lost = set(projects.filter(state=ProjectState.LOST).values_list("pk", flat=True))
    losses = _losses(projects)
    return Funnel(
        steps=_steps(entries, lost),
        losses=losses,
        lost=sum(loss.count for loss in losses),
        universities=_universities(everything, reader),
        officers=tuple(User.objects.filter(pk__in=everything.values("in_charge")).order_by("name_zh", "name_en", "pk")),
        areas=tuple(Term.objects.filter(pk__in=everything.values("area")).order_by("position", "code")),
    )


def _narrowed(projects: QuerySet, university: str, in_charge: str, area: str) -> QuerySet:
    wanted = Q()
    if university:
        wanted &= Q(university__number=university)
    if in_charge:
        wanted &= Q(in_charge=int(in_charge) if in_charge.isdecimal() and len(in_charge) < 10 else None)
    if area:
        wanted &= Q(area__code=area)
    return projects.filter(wanted)


def _entries(projects: QuerySet) -> QuerySet:
    """For each project, when it first came to each step (None where it never did)."""
    first = {f"came_{n}": Min("at", filter=Q(target__in=reaching(state))) for n, state in enumerate(STEPS)}
    steps = Step.objects.filter(flow="project", subject_id__in=projects.values("pk"))
    return steps.values("subject_id").annotate(**first).values_list("subject_id", *first)


def _steps(entries: list[tuple], lost: set[int]) -> tuple[FunnelStep, ...]:
    found: list[FunnelStep] = []
    reached = [{row[0]: row[n + 1] for row in entries if row[n + 1] is not None} for n in range(len(STEPS))]
    for n, state in enumerate(STEPS):
        here = reached[n]
        later = reached[n + 1] if n + 1 < len(STEPS) else {}
        before = reached[n - 1] if n else {}
        found.append(
            FunnelStep(
                state=state,
                reached=len(here),
                conversion=len(here) / len(before) if before else None,
                of_all=len(here) / len(reached[0]) if reached[0] else None,
                median_days=_median_days(before, here),
                lost_here=len(lost & (here.keys() - later.keys())),
            )
        )
    return tuple(found)


def _median_days(before: Mapping[int, datetime], here: Mapping[int, datetime]) -> float | None:
    spans = [(at - before[pk]).total_seconds() / 86_400 for pk, at in here.items() if pk in before]
    return round(median(spans), 1) if spans else None


def _losses(projects: QuerySet) -> tuple[Loss, ...]:
    counted: dict[str, dict[str, int]] = {}
    lost = projects.filter(state=ProjectState.LOST).order_by()
    for reason, phase, count in lost.values_list("lost_reason", "phase").annotate(rows=Count("pk")):
        counted.setdefault(reason, dict.fromkeys(Phase.codes(), 0))[phase] = count
    losses = [Loss(LossReason(code), sum(phases.values()), phases) for code, phases in counted.items()
              if LossReason.has(code)]  # fmt: skip
    return tuple(sorted(losses, key=lambda loss: (-loss.count, LossReason.codes().index(loss.reason))))


def _universities(projects: QuerySet, reader: Reader) -> tuple[Organisation, ...]:
    named = visible(Organisation, reader).filter(pk__in=projects.values("university"))
    return tuple(named.order_by("sort_key", "pk"))
