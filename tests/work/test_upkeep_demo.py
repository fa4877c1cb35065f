"""The demonstration set of Hefei happens through the real actions, and comes out as its rows say."""

import pytest

from grandunion.records.journal import Entry
from grandunion.records.needs import Need
from grandunion.records.parties import User
from grandunion.records.plans import Target
from grandunion.records.projects import Project
from grandunion.terms.readers import house
from grandunion.terms.verdicts import Forbidden, Refused
from grandunion.work.actions.upkeep.demo import load_demo
from grandunion.work.actions.upkeep.demo.diary import Diary, Step, spread
from grandunion.work.actions.upkeep.packs import load_pack
from grandunion.work.queries import journal, matches
from grandunion.work.queries.lists import hub, setting
from grandunion.work.queries.parties import reader_of
from grandunion.work.queries.upkeep import checks, packs
from tests.cast import NOON
from tests.demonstrating import targets_are_whole
from tests.packs import hefei_demo, hefei_pack


@pytest.mark.django_db
def test_the_demonstration_happens_and_leaves_a_whole_hub():
    demo = hefei_demo()
    load_pack(hefei_pack(), by=house(NOON), at=NOON)
    load_demo(demo, by=house(NOON), at=NOON)
    landed = Project.objects.unscoped("a test looks at what was kept").filter(landed_on__isnull=False)
    assert landed.count() == sum(bool(one.landing and one.landing.landed_day is not None) for one in demo.projects)
    assert all(project.company.credit_code for project in landed)
    stated = Need.objects.unscoped("a test looks at what was kept").filter(raised_at="")
    assert stated.count() == len(demo.needs)
    assert Entry.objects.filter(at__gt=NOON).count() == 0
    assert journal.first_broken() is None
    assert [found.about.en for found in checks.findings() if found.wrong and not found.is_warning] == []
    assert {one["role"] for one in setting("demo_accounts")} == {one.role for one in demo.accounts if one.is_shown}
    officer = User.objects.get(email=next(one.email for one in demo.accounts if one.role == "officer"))
    assert officer.check_password(demo.password)
    assert reader_of(officer, NOON).is_officer
    assert hub().is_demo
    lidar = Need.objects.unscoped("a test looks at what was kept").get(title_zh="寻求国产车规级激光雷达接收芯片")
    kept_apart = matches.candidates(lidar, reader_of(officer, NOON)).excluded
    assert any("not confirmed" in one.sentence.en for one in kept_apart), "a tie that waits keeps apart, and asks"
    targets_are_whole(list(Target.objects.all()), len(demo.views))
    with pytest.raises(Refused):
        load_demo(demo, by=house(NOON), at=NOON)


def test_only_the_operator_loads_the_demonstration(ada):
    with pytest.raises(Forbidden):
        load_demo(hefei_demo(), by=ada, at=NOON)


@pytest.mark.django_db
def test_a_demonstration_is_not_mixed_into_a_hub_in_use(ada_user):
    with pytest.raises(Refused):
        packs.need_an_empty_hub()


def test_deeds_happen_in_the_order_of_time_and_keep_their_order_within_a_day():
    diary, done = Diary(NOON), []
    for day, what in ((0, "a: last"), (-3, "b: first"), (-3, "b: second"), (-2, "a: third")):
        diary.on(day, what, lambda at, what=what: done.append((at, what)))
    diary.live(lambda count: None)
    assert [what for _, what in done] == ["b: first", "b: second", "a: third", "a: last"]
    assert [at for at, _ in done] == sorted(at for at, _ in done)
    assert all(at < NOON for at, _ in done)


def test_a_refused_deed_is_named():
    diary = Diary(NOON)

    def refuse(at: object) -> None:
        raise Forbidden(packs.Text("No.", "不行。"))

    diary.on(-1, "need n_lidar: rate", refuse)
    with pytest.raises(Refused) as stopped:
        diary.live(lambda count: None)
    assert stopped.value.reason.en.startswith("demo need n_lidar: rate (2026-11-17)")


@pytest.mark.parametrize(
    ("days", "first", "last", "want"),
    [
        ((None, None, None), -10, -1, [-7, -4, -1]),
        ((-10, None, -4, None), -10, 0, [-10, -7, -4, 0]),
        ((-5, -8), -10, -1, [-5, -5]),  # a step never happens before the one it follows
        ((-30, None), -10, -2, [-10, -2]),
    ],
)
def test_days_that_the_set_does_not_say_lie_between_their_neighbours(days, first, last, want):
    steps = [Step("x", lambda at: None, day) for day in days]
    assert [day for day, _ in spread(steps, first, last)] == want
