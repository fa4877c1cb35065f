"""A hub of any size, made at random from a fixed seed and poured straight into the tables."""

import random
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from benchmarks.indicators import _parties, _service, _transfer
from benchmarks.indicators._days import FIRST, LENGTH, Drawn, moment
from grandunion.adapters.packs import find_pack, read_pack
from grandunion.adapters.rows import insert_many
from grandunion.records.journal import Entry, Head, Step
from grandunion.records.lists import Term
from grandunion.records.plans import Counted
from grandunion.terms.readers import house
from grandunion.work.actions.upkeep.packs import load_pack

SEED = 20261122
AREAS = 8
VISITORS = 25  # registered for each event


@dataclass(frozen=True, slots=True)
class Size:
    """How many organisations, projects and journal entries the hub has; all else follows from these."""

    organisations: int
    projects: int
    entries: int

    @property
    def needs(self) -> int:
        return self.projects // 2

    @property
    def achievements(self) -> int:
        return self.projects // 3

    @property
    def events(self) -> int:
        return self.projects // 50


def fill(size: Size) -> None:
    """Load the pack, all its definitions with it, and make the hub."""
    at = moment(FIRST)
    load_pack(read_pack(find_pack("hefei")), by=house(at), at=at)
    Counted.objects.all().delete()
    areas = list(Term.objects.filter(list="areas").order_by("pk").values_list("pk", flat=True)[:AREAS])
    drawn = Drawn(random.Random(SEED), areas, [], [])  # noqa: S311 - a simulation
    with transaction.atomic():
        drawn.organisations = _parties.organisations(size.organisations, drawn)
        _parties.recognitions(drawn)
        _parties.positions(size.organisations // 2, drawn)
        projects = _transfer.projects(size.projects, drawn)
        _transfer.proofs(projects, drawn)
        _transfer.contracts(projects, drawn)
        _transfer.achievements(size.achievements, drawn)
        needs = _service.needs(size.needs, drawn)
        _service.assignments(needs, drawn)
        _service.matches(needs, drawn)
        _service.events(size.events, VISITORS, drawn)
        _service.scenarios(size.events, drawn)
        _service.challenges(size.events, drawn)
        drawn.steps.sort(key=lambda step: step["at"])
        insert_many(Step, drawn.steps)
        _entries(size, projects)


def _entries(size: Size, projects: list[int]) -> None:
    """A journal of so many entries; those not yet told are of projects in turn."""
    start = Entry.objects.count()
    for first in range(start, size.entries, 50_000):
        rows = [
            {
                "at": moment(FIRST + timedelta(days=n * LENGTH // size.entries)),
                "actor_name": "x",
                "verb": "project.edited",
                "subject_kind": "project",
                "subject_id": projects[n % len(projects)],
                "values": {},
                "digest": "x",
            }
            for n in range(first, min(first + 50_000, size.entries))
        ]
        insert_many(Entry, rows, list(range(first + 1, first + 1 + len(rows))))
    Head.objects.filter(pk=1).update(seq=max(start, size.entries))
