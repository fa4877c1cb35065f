"""Who may answer a need: each condition explained, what is unknown said, the closest and least loaded first."""

from decimal import Decimal

import pytest

from grandunion.engines.desk import (
    Condition,
    Figures,
    NeedFacts,
    Rule,
    Threshold,
    by_itself,
    judged,
    may_answer,
    routed,
    stage_of,
)
from grandunion.terms.needs import WatchMeasure
from grandunion.terms.text import Text

NAMES = {
    "high_tech": Text("High-tech Area", "高新园"),
    "recruitment": Text("Recruitment", "招聘引进"),
    "C": Text("Manufacturing", "制造业"),
}
NEED = NeedFacts(
    category="talent", subjects=("recruitment", "talent"), area="high_tech", industries=("C36", "C"), age_months=30,
    headcount=40, stage="start_up", names=NAMES,
)  # fmt: skip


def rule(code="office", *conditions, **more):
    return Rule(code, Text(code, code), conditions, **more)


def codes(*given):
    return frozenset(given)


@pytest.mark.parametrize(
    ("condition", "answer", "says"),
    [
        ({"categories": codes("talent")}, True, "answers “Talent”"),
        ({"categories": codes("financing")}, False, "does not answer “Talent”"),
        ({"subjects": codes("recruitment")}, True, "answers “Recruitment”"),
        ({"subjects": codes("talent")}, True, "answers “talent”"),
        ({"subjects": codes("loans")}, False, "does not answer “Recruitment”"),
        ({"areas": codes("high_tech")}, True, "serves High-tech Area"),
        ({"areas": codes("core")}, False, "does not serve High-tech Area"),
        ({"industries": codes("C")}, True, "is for C36"),
        ({"industries": codes("I65")}, False, "is not for C36"),
        ({"industries_out": codes("C")}, False, "leaves out Manufacturing"),
        ({"industries_out": codes("I65")}, True, "is for C36"),
        ({"stages": codes("start_up", "team")}, True, "Start-up"),
        ({"stages": codes("mature")}, False, "is not for: Start-up"),
        ({"age_most": 3}, True, "2 years old"),
        ({"age_most": 2}, False, "2 years old, asks under 2"),
        ({"age_least": 2, "age_most": 5}, True, "2 years old"),
        ({"headcount_most": 40}, True, "40 people"),
        ({"headcount_least": 100}, False, "40 people, asks 100 and more"),
        ({"headcount_least": 10, "headcount_most": 39}, False, "asks 10 and more, at most 39"),
    ],
)
def test_every_condition_says_whether_it_holds_and_why(condition, answer, says):
    ruling = may_answer(NEED, rule("office", Condition(**condition)))
    assert ruling.answer is answer
    assert says in ruling.why.en
    assert ruling.why.zh


@pytest.mark.parametrize(
    ("condition", "missing"),
    [
        ({"subjects": codes("recruitment")}, "the subject"),
        ({"areas": codes("core")}, "the area"),
        ({"industries": codes("C")}, "the industry"),
        ({"stages": codes("team")}, "the stage"),
        ({"age_most": 3}, "the age"),
        ({"headcount_least": 1}, "the headcount"),
    ],
)
def test_what_the_need_does_not_say_excludes_nobody_and_is_said(condition, missing):
    ruling = may_answer(NeedFacts("talent"), rule("office", Condition(**condition)))
    assert ruling.answer is None
    assert f"not known: {missing}" in ruling.why.en


def test_institution_office_and_expert_must_all_agree():
    three = (Condition(categories=codes("talent")), Condition(areas=codes("high_tech")), Condition(headcount_most=10))
    ruling = may_answer(NEED, rule("expert", *three))
    assert ruling.answer is False
    assert ruling.why.en == "40 people, asks at most 10"


def test_the_closest_sure_and_least_loaded_comes_first():
    talent, recruiting = Condition(categories=codes("talent")), Condition(subjects=codes("recruitment"))
    asks_more = Condition(categories=codes("talent"), stages=codes("start_up"), areas=codes("high_tech"))
    rules = [
        rule("general", talent, capacity=10),
        rule("busy", recruiting, capacity=10),
        rule("idle", recruiting, capacity=10),
        rule("full", recruiting, capacity=2),
        rule("unsure", asks_more, capacity=10),
        rule("loans", Condition(categories=codes("financing"))),
    ]
    found = routed(NeedFacts("talent", ("recruitment", "talent")), rules, {"busy": 9, "idle": 1, "full": 2})
    assert [one.rule.code for one in found.able] == ["idle", "busy", "general", "unsure", "full"]
    assert [one.rule.code for one in found.unable] == ["loans"]
    assert "has 2 of 2 open" in found.able[-1].why.en


def test_a_raised_need_goes_one_level_up_and_no_lower():
    rules = [rule("desk"), rule("committee", level=1), rule("city", level=2)]
    first = routed(NeedFacts("talent", level=1), rules, {})
    assert [one.rule.code for one in first.able] == ["committee"]
    assert [one.why.en for one in first.unable] == [
        "answers only needs that were raised",
        "the need was raised above it",
    ]


def test_the_house_asks_by_itself_only_where_the_data_suffice():
    sure = rule("sure", Condition(categories=codes("talent")), is_automatic=True, capacity=1)
    second = rule("tired", Condition(categories=codes("talent")), is_automatic=True)
    by_hand = rule("by_hand", Condition(subjects=codes("recruitment")))
    knows_more = rule("unsure", Condition(categories=codes("talent"), areas=codes("core")), is_automatic=True)
    bare = NeedFacts("talent")
    assert by_itself(routed(bare, [sure], {}))[0].rule.code == "sure"
    assert by_itself(routed(bare, [sure], {"sure": 1})) == (None, True)
    assert by_itself(routed(bare, [sure, second], {"sure": 1}))[0].rule.code == "tired"
    assert by_itself(routed(NEED, [sure, by_hand], {})) == (None, False)
    assert by_itself(routed(bare, [sure, knows_more], {})) == (None, False)
    assert by_itself(routed(bare, [], {})) == (None, False)


@pytest.mark.parametrize(
    ("kind", "months", "stage"),
    [("pre_company_team", None, "team"), ("company", None, ""), ("company", 35, "start_up"), ("company", 36, "growth"),
     ("researcher", 119, "growth"), ("company", 120, "mature")],
)  # fmt: skip
def test_the_stage_is_told_by_what_one_is_and_how_old(kind, months, stage):
    assert stage_of(kind, months) == stage


LATE = Threshold("late", WatchMeasure.LATE, Decimal("0.3"), 10)
LOW = Threshold("low", WatchMeasure.SATISFACTION, Decimal("3"), 5)


@pytest.mark.parametrize(
    ("figures", "crossed"),
    [
        (Figures(10, 3, 0, 0), (True, None)),
        (Figures(1000, 299, 0, 0), (False, None)),
        (Figures(9, 9, 0, 0), (None, None)),
        (Figures(0, 0, 0, 0), (None, None)),
        (Figures(20, 0, 0, 0, (3, 3, 3, 3, 3)), (False, True)),
        (Figures(20, 0, 0, 0, (5, 5, 5, 5, 1)), (False, False)),
        (Figures(20, 0, 0, 0, (1, 1, 1, 1)), (False, None)),
    ],
)
def test_an_office_is_watched_from_the_published_threshold_on_and_only_with_enough_cases(figures, crossed):
    found = judged(figures, (LATE, LOW))
    assert tuple(one.is_crossed for one in found) == crossed
    assert all(one.says.en and one.says.zh for one in found)


def test_a_watched_office_reads_its_figure_beside_the_threshold():
    (found,) = judged(Figures(20, 8, 0, 0), (LATE,))
    assert found.says == Text("Share late: 40% (threshold 30%, 20 cases)", "超期率：40%（阈值 30%，共 20 件）")
