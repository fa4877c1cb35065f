"""Foresees how many records come to a goal by a day, from the pipeline's own step rates and waiting times.

Method. Every stay of a record in a state is a spell: so many weeks, then on to another state, or still going on
(censored). From all spells of a state comes its hazard, the share of those still there that leave in a week, by how
long they have waited (a life table: Cutler & Ederer 1958; piecewise constant as in Friedman 1982), and where they go
(the empirical transition shares of Aalen & Johansen 1978). The chance that a record in a state, having waited w weeks,
comes to the goal within n weeks then follows in closed form by recursion over n (a discrete semi-Markov process), so
nothing is simulated and no seed is needed. Open records are added with their own chance, new ones come at the rate of
the last year. The spread is that of the single records (binomial), of the arrivals (Poisson), and of the rates
themselves, which are known only from so many arrivals at the goal (relative variance 1 ÷ arrivals, as of a Poisson
count); the span is that of the negative binomial with this mean and variance. Coming to the goal again after leaving it
is not counted twice.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from grandunion.engines.indicators.foreseeing import HIGH, LOW, Coming, Foreseen, Question, Trials, foreseen, unknown
from grandunion.terms.targets import ProjectionMethod
from grandunion.terms.text import Text

WEEK = 7
BANDS = (0, 1, 2, 4, 8, 16, 32)  # weeks waited at which the hazard may change
LONGEST = BANDS[-1]
YEAR = 52
LEAST_ARRIVALS, LEAST_WEEKS = 10, 26
HORIZON, TRIALS, APART = timedelta(days=91), 6, timedelta(days=30)  # how the past is tried


@dataclass(frozen=True, slots=True)
class Journey:
    """The path of one record: (state, first day in it), oldest first."""

    visits: tuple[tuple[str, date], ...]


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast and where records go: weekly hazard by state and weeks waited (0 … 32), shares of the next states,
    new records a week by their first state, and how many came to the goal."""

    hazards: Mapping[str, tuple[float, ...]]
    onward: Mapping[str, tuple[tuple[str, float], ...]]
    arrivals: Mapping[str, float]
    reached: int
    weeks: float


def pace(journeys: Sequence[Journey], goal: frozenset[str], as_of: date) -> Pace:
    """What the journeys until a day (its steps included) tell of the pipeline's pace."""
    stays: dict[str, Counter] = defaultdict(Counter)  # state → days waited → how many spells
    leaves: dict[str, Counter] = defaultdict(Counter)  # the same, of those that went on
    onward: dict[str, Counter] = defaultdict(Counter)
    firsts: Counter = Counter()
    known = [one for one in (_until(journey, as_of) for journey in journeys) if one.visits]
    recent = as_of - timedelta(weeks=YEAR)
    for journey in known:
        before, since = journey.visits[0]
        firsts[before] += since > recent
        for state, day in journey.visits[1:]:
            waited = (day - since).days
            stays[before][waited] += 1
            leaves[before][waited] += 1
            onward[before][state] += 1
            before, since = state, day
        stays[before][(as_of - since).days] += 1
    oldest = min((journey.visits[0][1] for journey in known), default=as_of)
    weeks = (as_of - oldest).days / WEEK
    return Pace(
        hazards={state: _hazards(spells, leaves[state]) for state, spells in stays.items()},
        onward={state: _shares(counts) for state, counts in onward.items()},
        arrivals={state: count / max(min(weeks, YEAR), 1) for state, count in firsts.items() if count},
        reached=sum(1 for journey in known if _came(journey, goal) is not None),
        weeks=weeks,
    )


def _until(journey: Journey, day: date) -> Journey:
    if not journey.visits or journey.visits[-1][1] <= day:
        return journey
    return Journey(tuple(visit for visit in journey.visits if visit[1] <= day))


def _exposed(spells: Counter) -> list[float]:
    """The weeks that were waited in each band; a stay shorter than a week counts half of one."""
    exposed = [0.0] * len(BANDS)
    for days, count in spells.items():
        left = max(days / WEEK, 0.5)
        for place, start in enumerate(BANDS):
            width = BANDS[place + 1] - start if place + 1 < len(BANDS) else left
            exposed[place] += min(left, width) * count
            left -= width
            if left <= 0:
                break
    return exposed


def _band(weeks: float) -> int:
    return max(bisect_right(BANDS, weeks) - 1, 0)


def _hazards(spells: Counter, leaves: Counter) -> tuple[float, ...]:
    """The share that leaves in a week, by whole weeks waited; where nobody waited so long, as in the band before."""
    left = [0] * len(BANDS)
    for days, count in leaves.items():
        left[_band(days / WEEK)] += count
    by_band, before = [], 0.0
    for waited, gone in zip(_exposed(spells), left, strict=True):
        before = min(gone / waited, 1.0) if waited else before
        by_band.append(before)
    return tuple(by_band[_band(week)] for week in range(LONGEST + 1))


def _shares(counts: Counter) -> tuple[tuple[str, float], ...]:
    return tuple((state, count / counts.total()) for state, count in sorted(counts.items()))


def _came(journey: Journey, goal: frozenset[str]) -> date | None:
    """On which day the record first came to the goal."""
    return next((day for state, day in journey.visits if state in goal), None)


def chances(known: Pace, goal: frozenset[str], weeks: int) -> list[dict[str, list[float]]]:
    """For each number of weeks 0 … `weeks`: state → by weeks waited, the chance to come to the goal within them."""
    states = {*known.hazards, *goal, *(state for ways in known.onward.values() for state, _ in ways)}
    here = {state: [float(state in goal)] * (LONGEST + 1) for state in states}
    found = [here]
    for _ in range(weeks):
        here = {state: _week_on(state, known, goal, here) for state in states}
        found.append(here)
    return found


def _week_on(state: str, known: Pace, goal: frozenset[str], before: Mapping[str, list[float]]) -> list[float]:
    if state in goal or state not in known.onward:
        return before[state]
    left = sum(share * before[target][0] for target, share in known.onward[state])
    stayed = before[state]
    return [
        hazard * left + (1 - hazard) * stayed[min(week + 1, LONGEST)]
        for week, hazard in enumerate(known.hazards[state])
    ]


def coming(
    journeys: Sequence[Journey], goal: frozenset[str], *, as_of: date, since: date, until: date
) -> tuple[Coming, Pace]:
    """How many records first come to the goal from `since` to `until` (after `as_of`; both days belong to it)."""
    known = pace(journeys, goal, as_of)
    last, first = _weeks(until - as_of), _weeks(max(since, as_of) - as_of)
    tables = chances(known, goal, last)
    alone = [_chance(journey, tables, last, first, as_of) for journey in _open(journeys, goal, as_of)]
    fresh = sum(
        rate * (sum(tables[last - week][state][0] for week in range(1, last + 1))
                - sum(tables[first - week][state][0] for week in range(1, first + 1)))
        for state, rate in known.arrivals.items()
    )  # fmt: skip
    mean = sum(alone) + fresh
    variance = sum(chance * (1 - chance) for chance in alone) + fresh + mean**2 / max(known.reached, 1)
    return Coming(mean, variance), known


def _weeks(span: timedelta) -> int:
    return max(round(span.days / WEEK), 0)


def _open(journeys: Sequence[Journey], goal: frozenset[str], as_of: date) -> list[Journey]:
    """The records under way: those that have not yet come to the goal."""
    known = (_until(journey, as_of) for journey in journeys)
    return [one for one in known if one.visits and _came(one, goal) is None]


def _chance(journey: Journey, tables: list, last: int, first: int, as_of: date) -> float:
    state, since = journey.visits[-1]
    waited = min((as_of - since).days // WEEK, LONGEST)
    return tables[last][state][waited] - tables[first][state][waited]


def project(journeys: Sequence[Journey], goal: frozenset[str], asked: Question) -> Foreseen:
    """The figure on the day asked for: what is already counted of its period, and what is to come.

    Answers that it is not known, with what it would take, for fewer than ten arrivals at the goal or half a year.
    """
    expected, known = coming(journeys, goal, as_of=asked.as_of, since=asked.since, until=asked.until)
    if known.reached < LEAST_ARRIVALS or known.weeks < LEAST_WEEKS:
        return unknown(_too_little(known))
    return replace(foreseen(ProjectionMethod.PIPELINE, asked, expected), trials=tried(journeys, goal, asked.as_of))


def _too_little(known: Pace) -> Text:
    return Text(
        "Too little data: {reached} came to the goal in {weeks} weeks; it takes {arrivals} in {least} weeks.",
        "数据不足：{weeks} 周内仅有 {reached} 条达到该环节；推算至少需要 {least} 周、{arrivals} 条。",
    ).fill(reached=known.reached, weeks=int(known.weeks), arrivals=LEAST_ARRIVALS, least=LEAST_WEEKS)


def tried(journeys: Sequence[Journey], goal: frozenset[str], as_of: date) -> Trials:
    """The method on the hub's own past: six times the last three months are left out and then foreseen."""
    held, errors = 0, []
    arrived = [day for journey in journeys if (day := _came(journey, goal)) is not None]
    for place in range(TRIALS):
        cut = as_of - HORIZON - place * APART
        expected, known = coming(journeys, goal, as_of=cut, since=cut, until=cut + HORIZON)
        if known.reached < LEAST_ARRIVALS or known.weeks < LEAST_WEEKS:
            break
        came = sum(1 for day in arrived if cut < day <= cut + HORIZON)
        held += expected.quantile(LOW) <= came <= expected.quantile(HIGH)
        errors.append(abs(expected.quantile(0.5) - came))
    return Trials(len(errors), held, sum(errors) / len(errors) if errors else None)
