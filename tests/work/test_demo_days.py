"""The demonstration's returns and targets come out as its rows say on whatever day of the year it is loaded.

One more day, with everything else that happens, is that of `test_upkeep_demo`.
"""

import pytest

from grandunion.adapters.packs import Demo
from grandunion.work.actions.upkeep.demo.returns import write_returns
from grandunion.work.actions.upkeep.demo.stage import Stage
from grandunion.work.actions.upkeep.demo.targets import write_targets
from tests.demonstrating import lived, targets_are_whole

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("day", [(2026, 7, 3), (2026, 10, 9)])
def test_every_return_stands_where_its_row_says(day):
    returns_stand(*lived(day, write_returns))


def test_every_target_stands_where_its_row_says_on_the_last_day_of_a_year():
    targets_stand(*lived((2026, 12, 31), write_targets))


def test_every_return_and_every_target_stands_where_its_row_says_as_a_year_begins():
    demo, stage = lived((2027, 1, 4), write_returns, write_targets)
    returns_stand(demo, stage)
    targets_stand(demo, stage)


def returns_stand(demo: Demo, stage: Stage) -> None:
    """Every return is in the state its row says."""
    stands = {row.code: stage.get("return", row.code).state for row in demo.returns}
    assert stands == {row.code: row.state.value for row in demo.returns}


def targets_stand(demo: Demo, stage: Stage) -> None:
    """Every target is in the state its row says, and every split comes to the whole."""
    stands = {row.code: stage.get("target", row.code) for row in demo.targets}
    assert {code: one.state for code, one in stands.items()} == {row.code: row.state.value for row in demo.targets}
    targets_are_whole(list(stands.values()), len(demo.views))
