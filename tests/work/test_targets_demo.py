"""The demonstration's targets are split, revised, met and missed on whatever day of the year it is loaded.

One more day, with everything else that happens, is that of `test_upkeep_demo`.
"""

import pytest

from grandunion.records.plans import KeptView, Projection, Target
from grandunion.terms.targets import TargetStage
from grandunion.work.actions.upkeep.demo.targets import write_targets
from grandunion.work.queries import plans
from tests.demonstrating import lived


@pytest.mark.django_db
@pytest.mark.parametrize("day", [(2027, 1, 4), (2026, 12, 31)])
def test_every_target_stands_where_its_row_says_and_every_split_comes_to_the_whole(day):
    demo, stage = lived(day, write_targets)
    stands = {row.code: stage.get("target", row.code) for row in demo.targets}
    assert {code: one.state for code, one in stands.items()} == {row.code: row.state.value for row in demo.targets}
    targets_are_whole(list(stands.values()), len(demo.views))


def targets_are_whole(targets: list[Target], views: int) -> None:
    """Each of the ways and ends of a target is shown, every split comes to the whole, and every view is kept."""
    assert {one.state for one in targets} >= {TargetStage.MET, TargetStage.MISSED, TargetStage.REVISED}
    split = [one for one in targets if one.split_method]
    assert {one.split_method for one in split} == {"equal", "weighted", "manual"}
    for one in split:
        assert sum(part.value for part in plans.children(one)) == one.value
    assert Projection.objects.filter(target__in=Target.objects.filter(plan__code__startswith="PLN")).exists()
    assert KeptView.objects.unscoped("a test looks at what was kept").count() == views
