"""The demonstration's returns come out as its rows say on whatever day of the year it is loaded.

One more day, with everything else that happens, is that of `test_upkeep_demo`.
"""

import pytest

from grandunion.work.actions.upkeep.demo.returns import write_returns
from tests.demonstrating import lived


@pytest.mark.django_db
@pytest.mark.parametrize("day", [(2027, 1, 4), (2026, 7, 3), (2026, 10, 9)])
def test_every_return_stands_where_its_row_says(day):
    demo, stage = lived(day, write_returns)
    stands = {row.code: stage.get("return", row.code).state for row in demo.returns}
    assert stands == {row.code: row.state.value for row in demo.returns}
