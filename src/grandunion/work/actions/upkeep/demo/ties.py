"""The ties of the demonstration are heard of by the desk, and some of them looked into."""

from datetime import datetime

from grandunion.adapters.packs.demo_ties import DemoTie
from grandunion.records.parties import Organisation, Person
from grandunion.work.actions import matches as deeds
from grandunion.work.actions.upkeep.demo.stage import Stage, written


def write_ties(stage: Stage) -> None:
    """Write what the desk hears of ties into the diary, and what it finds the day after."""
    for row in stage.demo.ties:
        what = f"tie {row.code}"
        stage.diary.on(row.known_day, f"{what}: declare", lambda at, row=row: _declare(stage, row, at))
        if row.found is not None:
            stage.diary.on(row.known_day + 1, f"{what}: settle", lambda at, row=row: _settle(stage, row, at))


def _declare(stage: Stage, row: DemoTie, at: datetime) -> None:
    one = _party(stage, row.organisation, row.person)
    other = _party(stage, row.other_organisation, row.other_person)
    made = deeds.declare_tie(one, other, row.kind, source=written(row.source)[:300], by=stage.officer(at), at=at)
    stage.put("tie", row.code, made)


def _settle(stage: Stage, row: DemoTie, at: datetime) -> None:
    found = written(row.found)[:300]
    deeds.settle_tie(stage.get("tie", row.code), stands=row.stands, reason=found, by=stage.officer(at), at=at)


def _party(stage: Stage, organisation: str, person: str) -> Organisation | Person:
    return stage.get("organisation", organisation) if organisation else stage.get("person", person)
