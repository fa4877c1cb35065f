"""Parts of the demonstration of Hefei alone, lived through as of any day, for tests of what comes of its rows."""

from collections.abc import Callable
from datetime import UTC, datetime

from grandunion.adapters.packs import Demo
from grandunion.records.lists import Term
from grandunion.terms.readers import house
from grandunion.work.actions.upkeep.demo.diary import Diary
from grandunion.work.actions.upkeep.demo.people import write_people
from grandunion.work.actions.upkeep.demo.stage import Stage
from grandunion.work.actions.upkeep.packs import load_pack
from tests.packs import hefei_demo, hefei_pack


def lived(day: tuple[int, int, int], write: Callable[[Stage], None]) -> tuple[Demo, Stage]:
    """The pack loaded on a day (noon in Hefei), and its people and one kind of rows lived up to it."""
    at = datetime(*day, 4, 0, tzinfo=UTC)
    demo = hefei_demo()
    load_pack(hefei_pack(), by=house(at), at=at)
    stage = Stage(demo, Diary(at))
    stage.terms = {(term.list, term.code): term for term in Term.objects.all()}
    write_people(stage)
    write(stage)
    stage.diary.live(lambda done: None)
    return demo, stage
