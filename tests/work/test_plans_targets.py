"""Targets are proposed, adopted, split so that the parts come to the whole, revised with their reason, and judged."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest

from grandunion.records.lists import Term
from grandunion.records.plans import Indicator, Plan, Projection, SourceDocument, Target, TargetRevision
from grandunion.records.spaces import Area
from grandunion.terms.plans import TargetState
from grandunion.terms.readers import Reader
from grandunion.terms.roles import Role
from grandunion.terms.secrecy import Level
from grandunion.terms.targets import ProjectionMethod, SplitAlong, SplitMethod, TargetStage
from grandunion.terms.verdicts import Absent, Forbidden, Invalid, Refused, Stale
from grandunion.work.actions.plans import judging, splitting, targets
from grandunion.work.permissions.plans import targets as permissions
from grandunion.work.queries import plans
from grandunion.work.queries.parties import reader_of
from tests.cast import NOON, make_organisation, make_user
from tests.figures import make_indicator

pytestmark = pytest.mark.django_db
D, YEAR_END = Decimal, date(2026, 12, 31)
TODAY = date(2026, 11, 18)


@pytest.fixture
def planner() -> Reader:
    return reader_of(make_user("planner@hub.example", Role.PLANNER), NOON)


@pytest.fixture
def places() -> dict[str, Term]:
    """Two areas in one district, one in another, both in one city in one province."""
    province = Term.objects.create(list="regions", code="340000", name_zh="安徽省", name_en="Anhui")
    city = Term.objects.create(list="regions", code="340100", name_zh="合肥市", name_en="Hefei", parent=province)
    found = {"province": province, "city": city}
    for code, areas in (("gx", ("core", "town")), ("shu", ("shushan",))):
        district = Term.objects.create(list="regions", code=code, name_zh=f"{code}区", name_en=code, parent=city)
        found[code] = district
        for area in areas:
            term = Term.objects.create(list="areas", code=area, name_zh=f"{area}片区", name_en=area)
            Area.objects.create(term=term, district=district)
            found[area] = term
    return found


@pytest.fixture
def plan() -> Plan:
    source = SourceDocument.objects.create(code="Z9", title_en="A plan", title_zh="规划")
    return Plan.objects.create(code="plan-2026", name_en="Plan 2026", name_zh="2026 年规划", source=source)


@pytest.fixture
def landed() -> Indicator:
    return Indicator.objects.create(
        code="projects_landed", name_en="Projects landed", name_zh="落地项目数", definition_en="x", definition_zh="x",
        unit_en="projects", unit_zh="个", indicator_kind="flow", period="year",
    )  # fmt: skip


@pytest.fixture
def target(plan: Plan, landed: Indicator, planner: Reader) -> Target:
    given = {"plan": plan.code, "indicator": landed.code, "operator": ">=", "value": D(100), "deadline": YEAR_END,
             "wording_en": "A hundred projects", "wording_zh": "落地项目 100 个"}  # fmt: skip
    return targets.propose(given, by=planner, at=NOON)


def taken_on(target: Target, *deeds: str, by: Reader) -> Target:
    for deed in deeds:
        targets.move(target, deed, by=by, at=NOON, reason="Because it is so.")
    return target


def test_a_planner_proposes_adopts_and_begins(target: Target, planner: Reader) -> None:
    assert (target.code, target.state) == ("TGT-2026-0001", TargetStage.PROPOSED)
    taken_on(target, "adopt", "begin", by=planner)
    assert Target.objects.get().state == TargetStage.IN_PROGRESS


def test_a_form_sent_twice_proposes_one_target(plan: Plan, landed: Indicator, planner: Reader) -> None:
    given = {"plan": plan.code, "indicator": landed.code, "operator": ">=", "value": D(1), "deadline": YEAR_END}
    first, again = (targets.propose(given, by=planner, at=NOON, submission="key") for _ in range(2))
    assert first == again
    assert Target.objects.count() == 1


def test_a_target_keeps_the_unit_it_was_written_in_and_is_not_held_against_another(plan: Plan, planner: Reader) -> None:
    landed = make_indicator("projects_landed")
    given = {"plan": plan.code, "indicator": landed.code, "operator": ">=", "value": D(100), "deadline": YEAR_END}
    target = taken_on(targets.propose(given, by=planner, at=NOON), "adopt", "begin", by=planner)
    assert (target.unit, target.is_in_unit) == (landed.unit, True)
    landed.unit_zh, landed.unit_en = "百个", "hundreds of projects"
    landed.save()
    shown = plans.aims_of(landed, as_of=TODAY, reader=planner)[0]
    assert (shown.target.is_in_unit, shown.part, shown.state) == (False, None, TargetState.UNKNOWN)
    fresh = plans.target(target.code, planner)
    targets.revise(fresh, {"value": D(1)}, reason="The indicator is counted in hundreds now.", by=planner, at=NOON)
    assert fresh.is_in_unit


@pytest.mark.parametrize("role", [Role.OFFICER, Role.BUREAU, Role.ADMINISTRATOR])
def test_only_planning_officers_set_targets(role: Role, target: Target) -> None:
    reader = reader_of(make_user("other@hub.example", role), NOON)
    with pytest.raises(Forbidden):
        targets.propose({"plan": "plan-2026"}, by=reader, at=NOON)
    with pytest.raises(Refused):
        targets.move(target, "adopt", by=reader, at=NOON)
    assert not permissions.offers(reader, target)


def test_a_proposed_target_is_seen_by_those_who_plan_only(target: Target, planner: Reader, bo: Reader) -> None:
    assert plans.target(target.code, planner) == target
    with pytest.raises(Absent):
        plans.target(target.code, bo)
    taken_on(target, "adopt", by=planner)
    assert plans.target(target.code, bo) == target


def test_a_target_needs_a_comparison_with_its_value_and_one_place(plan: Plan, landed: Indicator, planner: Reader,
                                                                  places: dict) -> None:  # fmt: skip
    given = {"plan": plan.code, "indicator": landed.code, "deadline": YEAR_END}
    for wrong in (
        {"value": D(3)},
        {"operator": ">="},
        {"operator": ">=", "value": D(3), "area": "core", "region": "gx"},
    ):
        with pytest.raises(Invalid):
            targets.propose(given | wrong, by=planner, at=NOON)


def test_an_adopted_target_is_not_changed_but_revised_and_what_it_was_stays(target: Target, planner: Reader) -> None:
    taken_on(target, "adopt", "begin", by=planner)
    with pytest.raises(Forbidden):
        targets.edit(target, {}, by=planner, at=NOON)
    with pytest.raises(Refused):
        targets.revise(target, {"value": D(120)}, reason="", by=planner, at=NOON)
    targets.revise(target, {"value": D(120)}, reason="The city asked for more.", by=planner, at=NOON)
    kept = TargetRevision.objects.get()
    assert (target.value, target.state) == (120, TargetStage.REVISED)
    assert (kept.value, kept.deadline, kept.reason) == (100, YEAR_END, "The city asked for more.")
    assert plans.revisions(target) == (kept,)


def test_a_revision_that_changes_nothing_is_refused(target: Target, planner: Reader) -> None:
    taken_on(target, "adopt", by=planner)
    with pytest.raises(Invalid):
        targets.revise(target, {"value": D(100)}, reason="Why not.", by=planner, at=NOON)


def test_whoever_saved_first_is_not_overwritten(target: Target, planner: Reader) -> None:
    before = target.version
    targets.move(target, "adopt", by=planner, at=NOON)
    with pytest.raises(Stale):
        targets.revise(target, {"value": D(5)}, reason="Less.", by=planner, at=NOON, version=before)


def test_a_split_comes_to_the_whole_and_counts_for_each_area(target: Target, planner: Reader, places: dict) -> None:
    parts = splitting.split(
        target, along=SplitAlong.AREA, method=SplitMethod.WEIGHTED,
        given=[("core", D(2)), ("town", D(1)), ("shushan", D(1))], by=planner, at=NOON,
    )  # fmt: skip
    assert [(part.area.code, part.value, part.scope) for part in parts] == [
        ("core", 50, "area"), ("town", 25, "area"), ("shushan", 25, "area"),
    ]  # fmt: skip
    told = plans.parts_of(target, as_of=TODAY, reader=planner)
    assert told.sum.is_whole
    assert told.along is SplitAlong.AREA


def test_a_split_by_hand_that_lacks_something_stops_the_adoption_and_says_so(
    target: Target, planner: Reader, places: dict
) -> None:
    given = [("gx", D(60)), ("shu", D(30))]
    splitting.split(target, along=SplitAlong.DISTRICT, method=SplitMethod.MANUAL, given=given, by=planner, at=NOON)
    assert plans.parts_of(target, as_of=TODAY, reader=planner).sum.missing == 10
    with pytest.raises(Refused, match="parts do not come to the whole"):
        targets.move(target, "adopt", by=planner, at=NOON)
    splitting.split(target, along=SplitAlong.DISTRICT, method=SplitMethod.MANUAL,
                    given=[("gx", D(60)), ("shu", D(40))], by=planner, at=NOON)  # fmt: skip
    assert targets.move(target, "adopt", by=planner, at=NOON).state == TargetStage.ADOPTED
    assert set(Target.objects.filter(parent=target).values_list("state", flat=True)) == {TargetStage.ADOPTED}


def test_splitting_anew_withdraws_whom_it_no_longer_names(target: Target, planner: Reader, places: dict) -> None:
    for areas in (("core", "town"), ("core", "shushan")):
        splitting.split(target, along=SplitAlong.AREA, method=SplitMethod.EQUAL,
                        given=[(code, None) for code in areas], by=planner, at=NOON)  # fmt: skip
    stages = {one.area.code: (one.state, one.value) for one in Target.objects.filter(parent=target)}
    assert stages == {"core": ("proposed", 50), "town": ("withdrawn", 50), "shushan": ("proposed", 50)}


def test_parts_in_force_are_revised_not_split_anew(target: Target, planner: Reader, places: dict) -> None:
    given = [("core", None), ("town", None)]
    asked = {"along": SplitAlong.AREA, "method": SplitMethod.EQUAL, "given": given, "by": planner, "at": NOON}
    first, _ = splitting.split(target, **asked)
    taken_on(first, "adopt", by=planner)
    with pytest.raises(Refused, match="in force"):
        splitting.split(target, **asked)


def test_a_target_is_split_among_partners_and_years(target: Target, planner: Reader) -> None:
    bo = make_organisation("Bo", name_zh="博")
    (part,) = splitting.split(target, along=SplitAlong.PARTNER, method=SplitMethod.EQUAL, given=[(bo.number, None)],
                              by=planner, at=NOON)  # fmt: skip
    assert (part.partner, part.value) == (bo, 100)
    years = splitting.split(target, along=SplitAlong.YEAR, method=SplitMethod.EQUAL,
                            given=[("2025", None), ("2026", None)], by=planner, at=NOON)  # fmt: skip
    assert [(one.deadline, one.value) for one in years] == [(date(2025, 12, 31), 50), (YEAR_END, 50)]


def test_a_partners_target_is_not_shown_to_other_members(target: Target, planner: Reader, bo: Reader, dee: Reader,
                                                         bo_company: object) -> None:  # fmt: skip
    (part,) = splitting.split(target, along=SplitAlong.PARTNER, method=SplitMethod.EQUAL,
                              given=[(bo_company.number, None)], by=planner, at=NOON)  # fmt: skip
    taken_on(part, "adopt", by=planner)
    assert plans.target(part.code, bo) == part
    with pytest.raises(Absent):
        plans.target(part.code, dee)


def test_who_may_not_see_a_partner_does_not_see_its_targets(target: Target, planner: Reader, operator: Reader) -> None:
    sealed = make_organisation("Sealed", level=Level.NAMED)
    asked = {"along": SplitAlong.PARTNER, "method": SplitMethod.EQUAL, "given": [(sealed.number, None)], "at": NOON}
    with pytest.raises(Absent):
        splitting.split(target, **asked, by=planner)
    (part,) = splitting.split(target, **asked, by=operator)
    with pytest.raises(Absent):
        plans.target(part.code, planner)
    assert plans.parts_of(target, as_of=TODAY, reader=planner).aims == ()


def test_the_clock_judges_what_is_over_by_the_figure_of_the_deadline(
    target: Target, planner: Reader, operator: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken_on(target, "adopt", "begin", by=planner)
    Indicator.objects.update(is_counted=True)
    after = NOON.replace(year=2027, month=1, day=2)
    assert judging.judge_due(by=operator, at=NOON) == 0
    assert judging.judge_due(by=operator, at=after) == 0  # nothing counts the figure: it is not called missed
    assert Target.objects.get().state == TargetStage.IN_PROGRESS


def test_nothing_is_foreseen_of_what_nothing_counts(target: Target, planner: Reader, operator: Reader) -> None:
    taken_on(target, "adopt", by=planner)
    assert judging.foresee_due(by=operator, at=NOON) == 1
    kept = Projection.objects.get()
    assert kept.method == ProjectionMethod.UNKNOWN
    assert kept.why.zh
    assert judging.foresee_due(by=operator, at=NOON) == 0  # once a day
    assert judging.foresee_due(by=operator, at=NOON + timedelta(days=1)) == 1


def test_areas_roll_up_into_districts_city_and_province(places: dict, planner: Reader, landed: Indicator) -> None:
    tree = [(one.term.code, one.depth) for one in plans.rollup(landed, as_of=TODAY, reader=planner)]
    assert tree == [("340000", 0), ("340100", 1), ("gx", 2), ("core", 3), ("town", 3), ("shu", 2), ("shushan", 3)]


def test_the_pages_read_in_a_bounded_number_of_queries(
    target: Target, planner: Reader, places: dict, queries: Callable
) -> None:
    splitting.split(target, along=SplitAlong.AREA, method=SplitMethod.EQUAL,
                    given=[("core", None), ("town", None), ("shushan", None)], by=planner, at=NOON)  # fmt: skip
    with queries(at_most=14):
        plans.parts_of(plans.target(target.code, planner), as_of=TODAY, reader=planner)
