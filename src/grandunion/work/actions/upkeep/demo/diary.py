"""The diary of the demonstration: what happens on which day, so that everything happens in the order of time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from grandunion.terms.text import Text
from grandunion.terms.verdicts import Refused

Deed = Callable[[datetime], object]
MORNING = time(9, 5)
STEP = timedelta(minutes=9)  # between two deeds for the same record on the same day
TODAY_BEFORE = timedelta(hours=5)  # what happens today has happened by now


@dataclass(frozen=True, slots=True)
class Entry:
    """One deed on one day; `what` names the record and the deed, for a failure that says where."""

    at: datetime
    rank: int
    what: str
    deed: Deed


@dataclass
class Diary:
    """Deeds by their days; negative days are past, 0 is today."""

    now: datetime
    entries: list[Entry] = field(default_factory=list)
    counts: dict[tuple[str, int], int] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return timezone.localtime(self.now).date()

    def day(self, offset: int | None) -> date | None:
        """The calendar day of an offset; nothing for nothing."""
        return None if offset is None else self.today + timedelta(days=offset)

    def on(self, offset: int, what: str, deed: Deed) -> None:
        """Write down that a deed is done on a day; deeds for one record keep their order within the day."""
        offset = min(offset, 0)
        subject = what.split(":")[0]
        turn = self.counts[subject, offset] = self.counts.get((subject, offset), -1) + 1
        self.entries.append(Entry(self._moment(offset, turn), len(self.entries), what, deed))

    def _moment(self, offset: int, turn: int) -> datetime:
        if offset == 0:
            return self.now - TODAY_BEFORE + turn * timedelta(minutes=2)
        local = timezone.localtime(self.now)
        return datetime.combine(self.day(offset), MORNING, local.tzinfo) + turn * STEP

    def live(self, progress: Callable[[int], None]) -> None:
        """Do everything in the order of time; a refusal names the record and the deed it stopped."""
        for done, entry in enumerate(sorted(self.entries, key=lambda one: (one.at, one.rank)), 1):
            try:
                entry.deed(entry.at)
            except Refused as refused:
                raise _stopped(entry, refused) from refused
            progress(done)


def _stopped(entry: Entry, refused: Refused) -> Refused:
    day = timezone.localtime(entry.at).date()
    fields = ", ".join(problem.field for problem in refused.problems if problem.field)
    place = f"demo {entry.what} ({day}{', ' + fields if fields else ''}): "
    return Refused(Text(place + refused.reason.en, place + refused.reason.zh), refused.problems)


@dataclass(frozen=True, slots=True)
class Step:
    """One step on a record's way; `day` is where the set says it, or None to lie between its neighbours."""

    what: str
    deed: Deed
    day: int | None = None


def spread(steps: Sequence[Step], first: int, last: int) -> list[tuple[int, Step]]:
    """The day of each step: as the set says, in order, and evenly between where it says nothing."""
    days: list[int | None] = [None if step.day is None else max(first, min(step.day, last)) for step in steps]
    if days:
        days[-1] = last if days[-1] is None else days[-1]
    before = first
    for place, day in enumerate(days):
        if day is None:
            after = next((place + n for n, later in enumerate(days[place:]) if later is not None), place)
            goal = max(days[after] if days[after] is not None else last, before)
            day = before + (goal - before) // (after - place + 1)
        before = days[place] = max(day, before)
    return [(day, step) for day, step in zip(days, steps, strict=True)]
