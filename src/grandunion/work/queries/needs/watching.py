"""The watch-list: what every office did with its needs lately, against the published thresholds."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from grandunion.engines.desk import Crossing, Figures, judged
from grandunion.records.needs import Assignment
from grandunion.records.parties import Organisation
from grandunion.terms.needs import OPEN_ASSIGNMENT_STATES, AssignmentState
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text
from grandunion.work.queries.base import visible
from grandunion.work.queries.needs.rules import Watching, desk_rules


@dataclass(frozen=True, slots=True)
class WatchedOffice:
    """One office with its figures and what each threshold says of it."""

    name: Text
    number: str
    figures: Figures
    crossings: tuple[Crossing, ...]

    @property
    def is_watched(self) -> bool:
        """Whether any threshold is crossed."""
        return any(one.is_crossed for one in self.crossings)

    @property
    def reasons(self) -> tuple[Text, ...]:
        """The thresholds it crosses, in sentences."""
        return tuple(one.says for one in self.crossings if one.is_crossed)


@dataclass(frozen=True, slots=True)
class WatchList:
    """The offices, the watched ones first, with the rules they are judged by."""

    rules: Watching
    offices: tuple[WatchedOffice, ...]


def watch_list(reader: Reader) -> WatchList:
    """All offices for the hub's staff; for others those they manage themselves."""
    rules = desk_rules().watching
    rows = Assignment.objects.unscoped("what every office did is counted; no need is shown").filter(
        assigned_at__gte=reader.at - timedelta(days=rules.days), assigned_at__lte=reader.at
    ).exclude(organisation=None)  # fmt: skip
    if not reader.reads_rows:
        rows = rows.filter(organisation__in=reader.organisation_ids)
    counts = _figures(rows.values_list("organisation", "state", "due_at", "answered_at", "need__satisfaction"), reader)
    known = visible(Organisation, reader).in_bulk(list(counts))
    offices = [
        WatchedOffice(known[pk].name, known[pk].number, figures, judged(figures, rules.thresholds))
        for pk, figures in counts.items()
        if pk in known
    ]
    offices.sort(key=lambda one: (not one.is_watched, -one.figures.asked, one.number))
    return WatchList(rules, tuple(offices))


def _figures(rows: Iterable[tuple], reader: Reader) -> dict[int, Figures]:
    """The counts of every office out of its assignments."""
    sums: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    scores: dict[int, list[int]] = defaultdict(list)
    for office, state, due_at, answered_at, score in rows:
        is_late = due_at is not None and (answered_at or reader.at) > due_at
        is_left = state in (AssignmentState.NOT_FOR_ME, AssignmentState.EXPIRED)
        is_open = state in OPEN_ASSIGNMENT_STATES
        sums[office][0] += 1
        sums[office][1] += is_late and not is_left and (is_open or answered_at is not None)
        sums[office][2] += state == AssignmentState.EXPIRED
        sums[office][3] += state == AssignmentState.NOT_FOR_ME
        if score and state == AssignmentState.DONE_HELPED:
            scores[office].append(score)
    return {office: Figures(*counts, tuple(scores[office])) for office, counts in sums.items()}
