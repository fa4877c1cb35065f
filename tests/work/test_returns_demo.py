"""The demonstration's returns come out as its rows say on whatever day of the year it is loaded."""

from datetime import UTC, datetime

import pytest

from grandunion.adapters.packs import find_pack, read_demo, read_pack
from grandunion.records.lists import Term
from grandunion.terms.readers import house
from grandunion.work.actions.upkeep.demo.diary import Diary
from grandunion.work.actions.upkeep.demo.people import write_people
from grandunion.work.actions.upkeep.demo.returns import write_returns
from grandunion.work.actions.upkeep.demo.stage import Stage
from grandunion.work.actions.upkeep.packs import load_pack


@pytest.mark.django_db
@pytest.mark.parametrize("day", [(2026, 11, 18), (2027, 1, 4), (2026, 7, 3), (2026, 10, 9)])
def test_every_return_stands_where_its_row_says(day):
    folder, at = find_pack("hefei"), datetime(*day, 4, 0, tzinfo=UTC)
    demo = read_demo(folder)
    load_pack(read_pack(folder), by=house(at), at=at)
    stage = Stage(demo, Diary(at))
    stage.terms = {(term.list, term.code): term for term in Term.objects.all()}
    write_people(stage)
    write_returns(stage)
    stage.diary.live(lambda done: None)
    stands = {row.code: stage.get("return", row.code).state for row in demo.returns}
    assert stands == {row.code: row.state.value for row in demo.returns}
