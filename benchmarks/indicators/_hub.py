"""A hub of any size, made at random from a fixed seed and poured straight into the tables."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count

from django.db import transaction

from grandunion.adapters.packs import find_pack, read_pack
from grandunion.adapters.rows import insert_many
from grandunion.records.journal import Entry, Head, Step
from grandunion.records.lists import Term
from grandunion.records.needs import Need
from grandunion.records.parties import Organisation
from grandunion.records.plans import Counted, Definition
from grandunion.records.projects import Contract, Project
from grandunion.terms.readers import house
from grandunion.work.actions.upkeep.packs import load_pack

FIRST, LAST = date(2024, 12, 1), date(2026, 11, 30)
DAYS = (LAST - FIRST).days
THREAD = ("lead", "qualified", "evaluated", "introduced", "term_sheet", "contract_signed", "landed")
KINDS = ("enterprise", "enterprise", "enterprise", "institute", "service_institution", "investor")
SEED = 20261122
AREAS = 8
_seconds = count()


@dataclass(frozen=True, slots=True)
class Size:
    """How many organisations, projects and journal entries the hub has."""

    organisations: int
    projects: int
    entries: int

    @property
    def needs(self) -> int:
        return self.projects // 2


def fill(size: Size, codes: tuple[str, ...]) -> None:
    """Load the pack, keep the definitions of these figures, and make the hub."""
    at = _moment(FIRST)
    load_pack(read_pack(find_pack("hefei")), by=house(at), at=at)
    Counted.objects.all().delete()
    Definition.objects.exclude(indicator__code__in=codes).update(rule={})
    areas = list(Term.objects.filter(list="areas").order_by("pk").values_list("pk", flat=True)[:AREAS])
    drawn = random.Random(SEED)  # noqa: S311 - a simulation
    with transaction.atomic():
        companies = insert_many(Organisation, list(_organisations(size, areas, drawn)))
        steps: list[dict] = []
        projects = _projects(size, areas, companies, steps, drawn)
        _needs(size, areas, steps, drawn)
        _contracts(projects, companies, steps, drawn)
        insert_many(Step, steps)
        _entries(size, projects)


def _organisations(size: Size, areas: list[int], drawn: random.Random) -> Iterator[dict]:
    for n in range(size.organisations):
        day = FIRST + timedelta(days=drawn.randrange(DAYS))
        yield {
            "number": f"ORG-B-{n:06d}",
            "organisation_kind": drawn.choice(KINDS),
            "name_en": f"Organisation {n}",
            "area_id": drawn.choice([*areas, None]),
            "landed_on": day if n % 3 else None,
            "created_at": _moment(day),
            "updated_at": _moment(day),
        }


def _projects(size: Size, areas: list[int], companies: list[int], steps: list[dict], drawn: random.Random) -> list[int]:
    rows, chains = [], []
    for n in range(size.projects):
        day, chain = FIRST + timedelta(days=drawn.randrange(DAYS)), []
        for state in THREAD:
            if chain and (drawn.random() > 0.85 or day > LAST):
                break
            chain.append((state, day))
            day += timedelta(days=drawn.randrange(5, 40))
        if drawn.random() < 0.1 and chain[-1][0] != "landed" and day <= LAST:
            chain.append(("lost", day))
        state, moved = chain[-1]
        is_landed = state == "landed"
        rows.append(
            {
                "number": f"PRJ-B-{n:06d}",
                "title_en": f"Project {n}",
                "state": state,
                "area_id": drawn.choice(areas),
                "state_at": _moment(moved),
                "created_at": _moment(chain[0][1]),
                "updated_at": _moment(moved),
                "landed_on": moved if is_landed else None,
                "company_id": drawn.choice(companies) if is_landed else None,
            }
        )
        chains.append(chain)
    ids = insert_many(Project, rows)
    for pk, chain in zip(ids, chains, strict=True):
        steps += _steps("project", pk, chain)
    return ids


def _needs(size: Size, areas: list[int], steps: list[dict], drawn: random.Random) -> None:
    rows, chains = [], []
    for n in range(size.needs):
        day = FIRST + timedelta(days=drawn.randrange(DAYS))
        chain = [("received", day)]
        for state in ("answered", "closed_solved"):
            day += timedelta(days=drawn.randrange(1, 30))
            if day <= LAST and drawn.random() < 0.8:
                chain.append((state, day))
        closed = _moment(chain[-1][1]) if chain[-1][0] == "closed_solved" else None
        rows.append(
            {
                "number": f"NED-B-{n:06d}",
                "title_en": f"Need {n}",
                "state": chain[-1][0],
                "category": "technology",
                "area_id": drawn.choice(areas),
                "received_at": _moment(chain[0][1]),
                "closed_at": closed,
                "state_at": _moment(day),
                "created_at": _moment(chain[0][1]),
                "updated_at": _moment(day),
            }
        )
        chains.append(chain)
    for pk, chain in zip(insert_many(Need, rows), chains, strict=True):
        steps += _steps("need", pk, chain)


def _contracts(projects: list[int], companies: list[int], steps: list[dict], drawn: random.Random) -> None:
    rows, days = [], []
    for n, project in enumerate(projects[::5]):
        day, total = FIRST + timedelta(days=drawn.randrange(DAYS)), drawn.randrange(10_000, 5_000_000)
        rows.append(
            {
                "number": f"TCT-B-{n:06d}",
                "project_id": project,
                "contract_kind": "licence",
                "title": f"Contract {n}",
                "state": "registered",
                "seller_id": companies[0],
                "buyer_id": companies[1],
                "value_total": total,
                "value_technical": total // 2,
                "created_at": _moment(day),
                "updated_at": _moment(day),
            }
        )
        days.append(day)
    for pk, day in zip(insert_many(Contract, rows), days, strict=True):
        steps += _steps("contract", pk, [("registered", day)])


def _steps(flow: str, pk: int, chain: list[tuple[str, date]]) -> Iterator[dict]:
    for state, day in chain:
        yield {"flow": flow, "subject_id": pk, "target": state, "at": _moment(day)}


def _entries(size: Size, projects: list[int]) -> None:
    """A journal of so many entries; they tell of projects in turn."""
    start = Entry.objects.count()
    for first in range(start, size.entries, 50_000):
        rows = [
            {
                "at": _moment(FIRST + timedelta(days=n * DAYS // size.entries)),
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


def _moment(day: date) -> datetime:
    """Some second of the day's working hours."""
    return datetime(day.year, day.month, day.day, 1, tzinfo=UTC) + timedelta(seconds=next(_seconds) * 7919 % 28_800)
