"""Counted targets are judged by the figure of their deadline, foreseen, and add up over districts."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from grandunion.records.journal import Step
from grandunion.records.lists import Term
from grandunion.records.plans import Indicator, Plan, Projection, SourceDocument, Target
from grandunion.records.projects import Project
from grandunion.records.spaces import Area
from grandunion.terms.plans import TargetState
from grandunion.terms.readers import Reader
from grandunion.terms.roles import Role
from grandunion.terms.targets import ProjectionMethod, TargetStage
from grandunion.terms.verdicts import Forbidden, Refused
from grandunion.work.actions import journal
from grandunion.work.actions.base import atomic
from grandunion.work.actions.plans import due, judging, targets
from grandunion.work.queries import plans
from grandunion.work.queries.parties import reader_of
from tests.cast import NOON, make_organisation, make_user
from tests.figures import make_indicator, recounted

pytestmark = pytest.mark.django_db
TODAY, YEAR_END = date(2026, 11, 18), date(2026, 12, 31)
AFTER = NOON.replace(year=2027, month=1, day=4)
PATH = ("lead", "matching", "contract_signed", "landed")


@pytest.fixture
def planner() -> Reader:
    return reader_of(make_user("planner@hub.example", Role.PLANNER), NOON)


@pytest.fixture
def landed() -> Indicator:
    return make_indicator("projects_landed")


@pytest.fixture
def districts() -> dict[str, Term]:
    """Two areas in one district, one in another, both in one city."""
    city = Term.objects.create(list="regions", code="city", name_zh="市", name_en="City")
    found = {"city": city}
    for code, areas in (("east", ("core", "town")), ("west", ("park",))):
        found[code] = Term.objects.create(list="regions", code=code, name_zh=code, name_en=code, parent=city)
        for area in areas:
            found[area] = Term.objects.create(list="areas", code=area, name_zh=area, name_en=area)
            Area.objects.create(term=found[area], district=found[code])
    return found


def make_target(indicator: Indicator, value: int, deadline: date = YEAR_END, **values: object) -> Target:
    source, _ = SourceDocument.objects.get_or_create(code="Z9", defaults={"title_en": "A plan"})
    plan, _ = Plan.objects.get_or_create(code="plan", defaults={"name_en": "Plan", "name_zh": "规划", "source": source})
    count = Target.objects.count() + 1
    given = {"operator": ">=", "value": Decimal(value), "deadline": deadline, "state": TargetStage.IN_PROGRESS,
             "scope": "hub", "indicator": indicator, "unit_zh": indicator.unit_zh,
             "unit_en": indicator.unit_en, "plan": plan, "code": f"target-{count}", **values}  # fmt: skip
    return Target.objects.create(**given)


@atomic
def begun(day: date, by: Reader) -> None:
    """The journal begins on a day."""
    journal.note(
        "hub.opened", make_organisation("Hub"), by=by, at=datetime(day.year, day.month, day.day, 4, tzinfo=NOON.tzinfo)
    )


def land(number: int, day: date, **values: object) -> None:
    """Projects that landed on a day."""
    bo, known = make_organisation("Bo"), Project.objects.unscoped("tests number their projects").count()
    for place in range(number):
        Project.objects.create(
            number=f"PRJ-2026-{known + place:04d}", title_en="P", state_at=NOON, created_at=NOON, updated_at=NOON,
            company=bo, landed_on=day, **values,
        )  # fmt: skip


def test_the_clock_finds_targets_met_and_missed_and_keeps_figure_and_day(landed: Indicator, operator: Reader) -> None:
    begun(date(2026, 1, 2), operator)
    land(3, date(2026, 6, 1))
    recounted()
    met, missed, ahead = make_target(landed, 3), make_target(landed, 4), make_target(landed, 9, date(2027, 12, 31))
    assert due.run_due(operator, AFTER) > 0
    told = {row.code: (row.state, row.decided_value, row.decided_on) for row in Target.objects.all()}
    assert told == {
        met.code: ("met", 3, YEAR_END), missed.code: ("missed", 3, YEAR_END), ahead.code: ("in_progress", None, None),
    }  # fmt: skip
    assert judging.judge_due(by=operator, at=AFTER) == 0


def test_a_judgement_is_made_anew_by_a_planner_with_a_reason(
    landed: Indicator, operator: Reader, planner: Reader
) -> None:
    begun(date(2026, 1, 2), operator)
    target = make_target(landed, 1)
    judging.judge_due(by=operator, at=AFTER)
    target.refresh_from_db()
    with pytest.raises(Refused):
        targets.move(target, "reopen", by=planner, at=AFTER)
    targets.move(target, "reopen", by=planner, at=AFTER, reason="One was entered late.")
    land(1, date(2026, 12, 30))
    recounted()
    assert judging.judge_due(by=operator, at=AFTER) == 1
    assert (Target.objects.get().state, Target.objects.get().decided_value) == ("met", 1)


def test_nobody_declares_a_target_met(landed: Indicator, planner: Reader) -> None:
    with pytest.raises(Refused):
        targets.move(make_target(landed, 1), "meet", by=planner, at=AFTER)


def test_a_deadline_before_the_journal_began_is_unknown_and_not_missed(landed: Indicator, operator: Reader) -> None:
    begun(date(2026, 1, 2), operator)
    target = make_target(landed, 3, date(2025, 12, 31))
    assert judging.judge_due(by=operator, at=AFTER) == 0
    ((_, (aim,)),) = plans.plans(as_of=TODAY, reader=operator)
    assert (aim.target, aim.state, aim.part, aim.is_before_records) == (target, TargetState.UNKNOWN, None, True)


def test_a_year_that_has_not_begun_counts_nothing_yet(landed: Indicator, operator: Reader) -> None:
    land(3, date(2026, 6, 1))
    recounted()
    make_target(landed, 30, date(2027, 12, 31))
    ((_, (aim,)),) = plans.plans(as_of=TODAY, reader=operator)
    assert (aim.figure.cell.value, aim.part, aim.state) == (0, 0, TargetState.SHORT)


def test_the_target_of_a_district_counts_the_areas_in_it(landed: Indicator, operator: Reader, districts: dict) -> None:
    for area, number in (("core", 2), ("town", 3), ("park", 4)):
        land(number, date(2026, 6, 1), area=districts[area])
    recounted()
    for region in ("east", "west", "city"):
        make_target(landed, 9, region=districts[region])
    ((_, aims),) = plans.plans(as_of=TODAY, reader=operator)
    assert [aim.figure.cell.value for aim in aims] == [5, 4, 9]
    told = {row.term.code: row.cell.value for row in plans.rollup(landed, as_of=TODAY, reader=operator)}
    assert told == {"city": 9, "east": 5, "west": 4, "core": 2, "town": 3, "park": 4}


def flowing(number: int, days: int, **values: object) -> None:
    """Projects that came to the hub every few days and took forty days to each next step; three in four landed."""
    for place in range(number):
        land(1, TODAY, state="lead", **values)
        project = Project.objects.unscoped("the test's own").order_by("-pk").first()
        at = NOON - timedelta(days=days * (number - place))
        landed_on = None
        for state in PATH[: 2 if place % 4 == 3 else 4]:
            if at > NOON:
                break
            Step.objects.create(flow="project", subject_id=project.pk, source="", target=state, at=at)
            landed_on, at = (at.date() if state == "landed" else None), at + timedelta(days=40)
        Project.objects.unscoped("the test's own").filter(pk=project.pk).update(landed_on=landed_on)
    recounted()


def test_a_target_is_foreseen_from_the_steps_of_its_pipeline(landed: Indicator, operator: Reader) -> None:
    flowing(60, 10)
    target = make_target(landed, 100, date(2027, 2, 28), operator="<=")
    make_target(landed, 20)
    assert judging.foresee_due(by=operator, at=NOON) == 2
    kept = Projection.objects.get(target__code="target-2")
    assert kept.method == ProjectionMethod.PIPELINE
    assert kept.current < kept.middle
    assert kept.low <= kept.middle <= kept.high
    assert 0 < kept.chance <= 1
    assert kept.trials == 6
    assert kept.held >= 4
    assert Projection.objects.get(target=target).low < kept.low  # of its own year only what lands in it


def test_a_figure_without_a_pipeline_goes_on_as_it_went(operator: Reader, districts: dict, landed: Indicator) -> None:
    for month in range(1, 11):
        land(2 + month % 2, date(2026, month, 5), area=districts["core"])
    recounted()
    make_target(landed, 30, area=districts["core"])
    assert judging.foresee_due(by=operator, at=NOON) == 1
    kept = Projection.objects.get()
    assert kept.method == ProjectionMethod.TREND
    assert 25 < kept.low < kept.middle < kept.high < 35


def test_what_is_counted_already_is_not_foreseen_away(operator: Reader, districts: dict, landed: Indicator) -> None:
    for month in range(1, 12):
        land(9 if month % 4 == 0 else 1, date(2026, month, 5), area=districts["core"])
    recounted()
    target = make_target(landed, 30, date(2026, 11, 30), area=districts["core"])
    kept = judging.keep_foreseen(target, by=operator, at=NOON)
    assert (kept.method, kept.current) == (ProjectionMethod.TREND, 27)
    assert kept.low == 27
    assert kept.low < kept.middle < kept.high


def test_an_area_a_district_and_a_partner_are_foreseen_from_their_own_pipeline(
    landed: Indicator, operator: Reader, districts: dict
) -> None:
    pia, quiet = make_organisation("Pia Partners"), make_organisation("Quiet Partners")
    flowing(60, 10, area=districts["core"], host_partner=pia)
    flowing(12, 40, area=districts["park"], host_partner=quiet)
    until = {"deadline": date(2027, 2, 28)}
    wanted = {
        "hub": make_target(landed, 20, **until),
        "core": make_target(landed, 20, area=districts["core"], **until),
        "east": make_target(landed, 20, region=districts["east"], **until),
        "pia": make_target(landed, 20, partner=pia, **until),
        "quiet": make_target(landed, 20, partner=quiet, **until),
    }
    judging.foresee_due(by=operator, at=NOON, limit=9)
    kept = {name: Projection.objects.get(target=target) for name, target in wanted.items()}
    assert {name for name, one in kept.items() if one.method == ProjectionMethod.PIPELINE} == {
        "hub", "core", "east", "pia",
    }  # fmt: skip
    spans = {name: (one.low, one.middle, one.high) for name, one in kept.items()}
    assert spans["core"] == spans["east"] == spans["pia"]
    assert spans["pia"][1] < spans["hub"][1]
    assert kept["quiet"].method == ProjectionMethod.UNKNOWN
    assert "Too little data" in kept["quiet"].why_en


def test_a_partners_figure_without_steps_is_not_foreseen(operator: Reader) -> None:
    pia = make_organisation("Pia Partners")
    target = make_target(make_indicator("first_funding_amount"), 20, partner=pia)
    kept = judging.keep_foreseen(target, by=operator, at=NOON)
    assert (kept.method, kept.why_en[:8]) == (ProjectionMethod.UNKNOWN, "No steps")


def test_only_planners_ask_for_a_projection(landed: Indicator, ada: Reader, planner: Reader) -> None:
    target = make_target(landed, 3)
    with pytest.raises(Forbidden):
        judging.foresee(target, by=ada, at=NOON)
    kept = judging.foresee(target, by=planner, at=NOON)
    assert kept.method == ProjectionMethod.UNKNOWN
    assert "it takes 10 in 26 weeks" in kept.why.en
