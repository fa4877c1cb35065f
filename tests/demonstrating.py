"""Parts of the demonstration of Hefei alone, lived through as of any day, for tests of what comes of its rows."""

from collections.abc import Callable
from datetime import UTC, datetime

from grandunion.adapters.packs import Demo
from grandunion.records.lists import Term
from grandunion.records.plans import KeptView, Projection, Target
from grandunion.terms.readers import house
from grandunion.terms.targets import TargetStage
from grandunion.work.actions.upkeep.demo.diary import Diary
from grandunion.work.actions.upkeep.demo.people import write_people
from grandunion.work.actions.upkeep.demo.stage import Stage
from grandunion.work.actions.upkeep.packs import load_pack
from grandunion.work.queries import plans
from tests.packs import hefei_demo, hefei_pack


def lived(day: tuple[int, int, int], *writers: Callable[[Stage], None]) -> tuple[Demo, Stage]:
    """The pack loaded on a day (noon in Hefei), and its people and these kinds of rows lived up to it."""
    at = datetime(*day, 4, 0, tzinfo=UTC)
    demo = hefei_demo()
    load_pack(hefei_pack(), by=house(at), at=at)
    stage = Stage(demo, Diary(at))
    stage.terms = {(term.list, term.code): term for term in Term.objects.all()}
    write_people(stage)
    for write in writers:
        write(stage)
    stage.diary.live(lambda done: None)
    return demo, stage


def targets_are_whole(targets: list[Target], views: int) -> None:
    """Each of the ways and ends of a target is shown, every split comes to the whole, and every view is kept."""
    assert {one.state for one in targets} >= {TargetStage.MET, TargetStage.MISSED, TargetStage.REVISED}
    split = [one for one in targets if one.split_method]
    assert {one.split_method for one in split} == {"equal", "weighted", "manual"}
    for one in split:
        assert sum(part.value for part in plans.children(one)) == one.value
    assert Projection.objects.filter(target__in=Target.objects.filter(plan__code__startswith="PLN")).exists()
    assert KeptView.objects.unscoped("a test looks at what was kept").count() == views
