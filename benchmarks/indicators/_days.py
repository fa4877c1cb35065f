"""The two years of the benchmark's hub: its days, its moments, and the ways records take through their states."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count

FIRST, LAST = date(2024, 12, 1), date(2026, 11, 30)
LENGTH = (LAST - FIRST).days
_seconds = count()
Walk = list[tuple[str, date]]  # the states a record came to, each with its day
Step = dict[str, object]


@dataclass(slots=True)
class Drawn:
    """What chance gives: the areas and organisations to choose from, and the steps of all records made so far."""

    chance: random.Random
    areas: list[int]
    organisations: list[int]
    steps: list[Step]

    def day(self, since: date = FIRST) -> date:
        """Some day from this one on."""
        return since + timedelta(days=self.chance.randrange(max(1, (LAST - since).days)))

    def after(self, day: date, most: int, least: int = 1) -> date:
        """Some day that comes so many days after."""
        return day + timedelta(days=self.chance.randrange(least, most + 1))

    def happens(self, share: float) -> bool:
        return self.chance.random() < share

    def area(self) -> int:
        return self.chance.choice(self.areas)

    def organisation(self) -> int:
        return self.chance.choice(self.organisations)

    def walk(self, states: Sequence[str], share: float, most: int) -> Walk:
        """Through these states from some day on, as far as it comes: each next one with this chance."""
        day, found = self.day(), []
        for state in states:
            if found and (day > LAST or not self.happens(share)):
                break
            found.append((state, day))
            day = self.after(day, most)
        return found

    def on(self, walk: Walk, state: str, most: int, share: float = 1) -> bool:
        """One state further, if chance and the end of the two years leave it."""
        day = self.after(walk[-1][1], most)
        goes = day <= LAST and self.happens(share)
        if goes:
            walk.append((state, day))
        return goes

    def keep(self, flow: str, ids: Sequence[int], walks: Sequence[Walk]) -> None:
        """Note down the steps of these records."""
        for pk, walk in zip(ids, walks, strict=True):
            self.steps += ({"flow": flow, "subject_id": pk, "target": state, "at": moment(day)} for state, day in walk)


def day_of(walk: Walk, *states: str) -> date | None:
    """The first day on which it came to one of these."""
    return next((day for state, day in walk if state in states), None)


def stamps(walk: Walk) -> dict[str, object]:
    """Where a record stands, since when, and when it was made."""
    state, last = walk[-1]
    return {"state": state, "state_at": moment(last), **made(walk[0][1], last)}


def made(first: date, last: date | None = None) -> dict[str, datetime]:
    """When a record was made and changed."""
    return {"created_at": moment(first), "updated_at": moment(last or first)}


def moment(day: date) -> datetime:
    """Some second of the day's working hours."""
    return datetime(day.year, day.month, day.day, 1, tzinfo=UTC) + timedelta(seconds=next(_seconds) * 7919 % 28_800)


def numbered(prefix: str) -> Iterator[str]:
    """Numbers of records, one after another."""
    return (f"{prefix}-B-{n:06d}" for n in count())
