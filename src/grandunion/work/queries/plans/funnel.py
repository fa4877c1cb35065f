"""The funnel of the thread as of any day, over all projects: how many came to each step, what went on, how long."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from statistics import median

from django.db.models import Case, CharField, Exists, F, Min, OuterRef, Q, QuerySet, When
from django.utils import timezone

from grandunion.engines.indicators import LEAST
from grandunion.records.journal import Step
from grandunion.records.lists import Term
from grandunion.records.projects import Project
from grandunion.terms.projects import ProjectState
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent
from grandunion.work.queries import projects
from grandunion.work.queries.base import Listing
from grandunion.work.queries.plans.shielding import area_ids, is_withheld
from grandunion.work.queries.projects.funnel import STEPS
from grandunion.work.queries.projects.listing import reaching

DAY_SECONDS = 86_400
UNTOLD = (None, None, None)  # of a step: neither how many, nor the part, nor the days
TENTH = Decimal("0.1")
Moment = datetime | str
AS_KEPT = CharField()  # as the database keeps it: half a million moments are not made into objects to be counted
METHOD = Text(
    "Who came to a step or beyond it counts there; the days are the median from the step before to this one. An area "
    "holds the projects that belong to it today.",
    "到达该环节或其后环节的项目均计入；天数为自上一环节至本环节的中位数；片区按项目当前所属统计。",
)


@dataclass(frozen=True, slots=True)
class Rung:
    """One step: how many came so far (None: too few to be told), what part of the step before, the median days."""

    state: ProjectState
    count: int | None
    share: Decimal | None
    days: Decimal | None

    @property
    def is_hidden(self) -> bool:
        return self.count is None


@dataclass(frozen=True, slots=True)
class Thread:
    """The funnel as of a day."""

    as_of: date
    area: Term | None
    rungs: tuple[Rung, ...]


def thread(*, as_of: date, reader: Reader, area: Term | None = None) -> Thread:
    """The funnel of all projects of the hub, or of one area, as they stood at the end of a day, in one question.

    Who may not read rows is told no count of one to four projects, and nothing that follows from one; of an area
    no count by which another area's could be worked out.
    """
    came, rungs = _came(as_of, area), []
    hidden = frozenset() if reader.reads_rows or area is None else _withheld(as_of, area)
    for place, state in enumerate(STEPS):
        here = {pk: moments[place] for pk, moments in came.items() if moments[place] is not None}
        before = {pk: moments[place - 1] for pk, moments in came.items() if place and moments[place - 1] is not None}
        is_told = place not in hidden
        rungs.append(_rung(state, before, here, reads_rows=reader.reads_rows) if is_told else Rung(state, *UNTOLD))
    return Thread(as_of, area, tuple(rungs))


def _withheld(as_of: date, area: Term) -> frozenset[int]:
    """The steps at which an area's count is hidden in the table of all areas."""
    whole, ids = _came(as_of, None), area_ids()
    area_of = dict(_projects(None).values_list("pk", "area"))
    found = set()
    for place in range(len(STEPS)):
        counts = Counter(area_of.get(pk) for pk, moments in whole.items() if moments[place] is not None)
        if is_withheld(area, ids, [counts[pk] for pk in ids]):
            found.add(place)
    return frozenset(found)


def _rung(state: ProjectState, before: Mapping, here: Mapping, *, reads_rows: bool) -> Rung:
    if not reads_rows and 0 < len(here) < LEAST:
        return Rung(state, *UNTOLD)
    is_told = bool(before) and (reads_rows or len(before) >= LEAST)
    share = (Decimal(100 * len(here)) / len(before)).quantize(TENTH) if is_told else None
    spans = [(_read(moment) - _read(before[pk])).total_seconds() for pk, moment in here.items() if pk in before]
    days = Decimal(median(spans) / DAY_SECONDS).quantize(TENTH) if spans and is_told else None
    return Rung(state, len(here), share, days)


def _read(moment: Moment) -> datetime:
    return datetime.fromisoformat(moment) if isinstance(moment, str) else moment


def _came(as_of: date, area: Term | None) -> dict[int, tuple[Moment | None, ...]]:
    """For each project, when it first came to each step or beyond; by its row where it has no steps (an import)."""
    rows, until = _projects(area), end_of(as_of)
    first = {f"came_{place}": Min("at", filter=Q(target__in=reaching(state)), output_field=AS_KEPT)
             for place, state in enumerate(STEPS)}  # fmt: skip
    stands = {f"came_{place}": Case(When(state__in=reaching(state), then=F("state_at")), output_field=AS_KEPT)
              for place, state in enumerate(STEPS)}  # fmt: skip
    steps = Step.objects.filter(flow="project", at__lt=until).order_by()
    kept = steps.filter(subject_id__in=rows.values("pk")) if area else steps
    by_steps = kept.values(of=F("subject_id")).annotate(**first).values_list("of", *first)
    by_row = _without_steps(rows, until).order_by().annotate(of=F("pk"), **stands).values_list("of", *stands)
    return {pk: tuple(moments) for pk, *moments in by_steps.union(by_row, all=True)}


def _projects(area: Term | None) -> QuerySet:
    rows = Project.objects.unscoped("the funnel counts every project; its rows are opened through visible_to")
    return rows.filter(area=area) if area else rows


def _without_steps(rows: QuerySet, until: datetime) -> QuerySet:
    """Projects that stood where their row says before the day ended, and have no step that says otherwise."""
    steps = Step.objects.filter(flow="project", subject_id=OuterRef("pk"))
    return rows.filter(~Exists(steps), state_at__lt=until)


def end_of(day: date) -> datetime:
    """The moment at which the day is over in the hub."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))


def rung_of(code: str) -> ProjectState:
    """The step of this code; Absent for what is no step of the funnel."""
    if code not in STEPS:
        raise Absent
    return ProjectState(code)


def behind(state: ProjectState, *, as_of: date, area: Term | None = None) -> Listing:
    """The list of the projects that came to a step or beyond it by the end of a day, as far as the reader may open."""

    def came(reader: Reader) -> QuerySet:
        states, until = reaching(state), end_of(as_of)
        steps = Step.objects.filter(flow="project", target__in=states, at__lt=until)
        every = _projects(area)
        by_row = _without_steps(every, until).filter(state__in=states)
        mine = projects.visible_to(reader)
        return mine.filter(
            Q(pk__in=steps.values("subject_id")) | Q(pk__in=by_row.values("pk")), pk__in=every.values("pk")
        )

    return replace(projects.LISTING, name=state.text, scope=came)
