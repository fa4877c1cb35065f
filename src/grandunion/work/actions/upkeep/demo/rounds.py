"""The rounds of the demonstration are planned, filled, worked out, assigned and published."""

from datetime import datetime, time

from django.utils import timezone

from grandunion.adapters.packs.demo_rounds import DemoRound
from grandunion.terms.matches import Side
from grandunion.terms.rounds import RoundState as S
from grandunion.work.actions import matches as deeds
from grandunion.work.actions.matches.round_values import timed_slots
from grandunion.work.actions.upkeep.demo.stage import Stage, written

NINE = time(9)


def write_rounds(stage: Stage) -> None:
    """Write every round's way into the diary."""
    for row in stage.demo.rounds:
        what = f"round {row.code}"
        stage.diary.on(row.written_day, f"{what}: plan", lambda at, row=row: _plan(stage, row, at))
        if row.state != S.DRAFT:
            stage.diary.on(row.moved_day, f"{what}: assign", lambda at, row=row: _assign(stage, row, at))
        if row.state == S.PUBLISHED:
            stage.diary.on(row.moved_day, f"{what}: publish", lambda at, row=row: _publish(stage, row, at))


def _plan(stage: Stage, row: DemoRound, at: datetime) -> None:
    start = timezone.make_aware(datetime.combine(stage.diary.day(row.held_day), NINE))
    values = {
        "title_zh": row.title.zh, "title_en": row.title.en, "market": row.market.value, "area": row.area,
        "place": written(row.place), "slots": timed_slots(start, row.minutes, row.pause or 0, row.times, None),
        "tables": row.tables, "needing_max": row.needing_max, "offering_max": row.offering_max,
        "objective": row.objective.value,
    }  # fmt: skip
    who = {"by": stage.officer(at), "at": at}
    made = deeds.create_round(values, **who)
    needing = _brought(need=row.needs, achievement=row.achievements, organisation=row.organisations)
    offering = _brought(offer=row.offers, person=row.persons)
    for side, some in ((Side.NEEDING, needing), (Side.OFFERING, offering)):
        deeds.add_all(made, side, [stage.get(*one) for one in some], **who)
    stage.put("round", row.code, made)


def _brought(**some: tuple[str, ...]) -> list[tuple[str, str]]:
    """What takes part on a side, by kind and code."""
    return [(kind, code) for kind, codes in some.items() for code in codes]


def _assign(stage: Stage, row: DemoRound, at: datetime) -> None:
    made, who = stage.get("round", row.code), {"by": stage.officer(at), "at": at}
    deeds.compute_pairs(made, **who)
    deeds.assign_round(made, **who)


def _publish(stage: Stage, row: DemoRound, at: datetime) -> None:
    deeds.publish_round(stage.get("round", row.code), by=stage.officer(at), at=at)
