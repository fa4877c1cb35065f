"""Evidence, rankings and the lines in which people write indicators and instalments."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grandunion.engines.trials import (
    Entrant,
    Points,
    Reading,
    Wanted,
    as_line,
    findings,
    indicators,
    instalments,
    is_passed,
    ranking,
)
from grandunion.terms.scenarios import BidCriterion, Finding, Operator
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Invalid

NOON = datetime(2026, 11, 18, 4, tzinfo=UTC)
DAY = date(2026, 11, 18)


def reading(value, *, key=1, day=DAY, has_report=True, later=0):
    return Reading(key, Decimal(value), day, NOON + timedelta(minutes=later), has_report)


@pytest.mark.parametrize(
    ("operator", "low", "equal", "high"),
    [
        (Operator.AT_LEAST, False, True, True),
        (Operator.MORE_THAN, False, False, True),
        (Operator.AT_MOST, True, True, False),
        (Operator.LESS_THAN, True, False, False),
        (Operator.EQUAL, False, True, False),
    ],
)
def test_a_value_is_held_against_its_threshold(operator, low, equal, high):
    wanted = [Wanted(1, operator, Decimal("95"))]
    for value, is_met in (("94.999999", low), ("95.000000", equal), ("95.000001", high)):
        (found,) = findings(wanted, [reading(value)])
        assert (found.finding == Finding.MET) is is_met


@pytest.mark.parametrize(
    ("readings", "asked_by", "waived_by", "finding"),
    [
        ([], None, None, Finding.UNMEASURED),
        ([reading("96")], None, None, Finding.MET),
        ([reading("96", has_report=False)], None, None, Finding.NO_REPORT),
        ([reading("94", has_report=False)], None, None, Finding.NOT_MET),
        ([reading("94")], None, None, Finding.NOT_MET),
        ([reading("94")], 7, None, Finding.WAIVER_ASKED),
        ([reading("94")], 7, 8, Finding.WAIVED),
        ([reading("94")], 7, 7, Finding.WAIVER_ASKED),  # nobody grants their own waiver
        ([], None, 8, Finding.UNMEASURED),  # what nobody asked for is not waived
        ([reading("96")], 7, 8, Finding.MET),  # what is met needs no waiver
    ],
)
def test_evidence_says_what_is_found_of_an_indicator(readings, asked_by, waived_by, finding):
    wanted = Wanted(1, Operator.AT_LEAST, Decimal(95), waiver_asked_by=asked_by, waived_by=waived_by)
    (found,) = findings([wanted], readings)
    assert found.finding == finding
    assert is_passed([found]) is (finding in (Finding.MET, Finding.WAIVED))


def test_a_good_value_does_not_outlive_a_later_bad_one():
    wanted = [Wanted(1, Operator.AT_LEAST, Decimal(95))]
    early, late = reading("96", day=DAY - timedelta(days=2)), reading("90")
    for readings in ([early, late], [late, early]):
        assert findings(wanted, readings)[0].finding == Finding.NOT_MET
    again = reading("97", later=5)
    assert findings(wanted, [late, again])[0].reading is again


def test_only_required_indicators_decide_and_there_has_to_be_one():
    must, may = Wanted(1, Operator.AT_LEAST, Decimal(95)), Wanted(2, Operator.AT_MOST, Decimal(1), is_required=False)
    assert is_passed(findings([must, may], [reading("99"), reading("7", key=2)]))
    assert not is_passed(findings([may], [reading("0", key=2)]))
    assert not is_passed(())


def points(key, reviewer, *given):
    return Points(key, reviewer, dict(zip(BidCriterion, given, strict=True)))


def test_a_ranking_can_be_done_again_by_hand():
    entrants = [Entrant(1, "BID-1", Decimal(100)), Entrant(2, "BID-2", Decimal(80))]
    rows = [points(1, 11, 8, 8, 8, 8), points(1, 12, 6, 7, 8, 9), points(2, 11, 9, 9, 9, 9), points(2, 12, 8, 8, 8, 8)]
    best, second = ranking(entrants, rows, [11, 12])
    assert (best.entrant.key, best.score) == (2, Decimal("85.00"))
    assert (second.entrant.key, second.score) == (1, Decimal("77.50"))  # (7 + 7.5 + 8 + 8.5) / 4 × 10
    assert second.by_criterion[BidCriterion.TECHNICAL] == Decimal("7.00")


def test_points_of_somebody_with_a_conflict_do_not_count():
    entrants = [Entrant(1, "BID-1", None), Entrant(2, "BID-2", None)]
    rows = [points(1, 11, 5, 5, 5, 5), points(2, 11, 6, 6, 6, 6), points(1, 99, 10, 10, 10, 10)]
    assert [one.entrant.key for one in ranking(entrants, rows, [11])] == [2, 1]
    assert [one.entrant.key for one in ranking(entrants, rows, [99])] == [1]  # the other is not scored at all


def test_equal_scores_are_settled_by_technique_then_price_then_number():
    same = [points(key, 11, 7, 7, 7, 7) for key in (1, 2, 3)]
    entrants = [Entrant(1, "BID-9", Decimal(90)), Entrant(2, "BID-8", None), Entrant(3, "BID-7", Decimal(90))]
    assert [one.entrant.key for one in ranking(entrants, same, [11])] == [3, 1, 2]
    technical = [points(1, 11, 8, 6, 7, 7), points(2, 11, 7, 7, 7, 7)]
    assert ranking(entrants[:2], technical, [11])[0].entrant.key == 1


@given(
    st.lists(st.tuples(st.integers(1, 4), st.integers(1, 3), *[st.integers(0, 10)] * 4), unique_by=lambda row: row[:2])
)
def test_the_order_never_depends_on_the_order_of_what_comes_in(rows):
    entrants = [Entrant(key, f"BID-{key}", Decimal(key)) for key in range(1, 5)]
    given_ = [points(*row) for row in rows]
    forth, back = ranking(entrants, given_, [1, 2, 3]), ranking(entrants[::-1], given_[::-1], [3, 2, 1])
    assert forth == back
    assert all(a.score >= b.score for a, b in pairwise(forth))


def test_weights_move_the_score():
    entrants, rows = [Entrant(1, "BID-1", None)], [points(1, 11, 10, 0, 0, 0)]
    weights = {BidCriterion.TECHNICAL: 40, BidCriterion.FEASIBILITY: 30, BidCriterion.TEAM: 20, BidCriterion.VALUE: 10}
    assert ranking(entrants, rows, [11], weights)[0].score == Decimal("40.00")
    assert ranking(entrants, rows, [11])[0].score == Decimal("25.00")


@pytest.mark.parametrize(
    ("written", "name", "operator", "threshold", "unit", "test", "is_required"),
    [
        ("识别准确率 ≥ 95 %", Text("", "识别准确率"), Operator.AT_LEAST, "95", "%", Text("", ""), True),
        ("Delay <= 20.5 ms | bench test", Text("Delay", ""), Operator.AT_MOST, "20.5", "ms", Text("bench test", ""),
         True),
        ("误报率 / False alarms < 1,000 次/年", Text("False alarms", "误报率"), Operator.LESS_THAN, "1000", "次/年",
         Text("", ""), True),
        ("（参考）续航 > 8 h | 实测", Text("", "续航"), Operator.MORE_THAN, "8", "h", Text("", "实测"), False),
        ("(Optional) Price = 0", Text("Price", ""), Operator.EQUAL, "0", "", Text("", ""), False),
        ("Temperature ≥ -40 °C", Text("Temperature", ""), Operator.AT_LEAST, "-40", "°C", Text("", ""), True),
    ],
)  # fmt: skip
def test_an_indicator_is_read_as_it_is_written(written, name, operator, threshold, unit, test, is_required):
    (line,) = indicators(written)
    assert (line.name, line.operator, line.unit, line.test) == (name, operator, unit, test)
    assert (line.threshold, line.is_required) == (Decimal(threshold), is_required)


@pytest.mark.parametrize(
    "wrong", ["no number", "≥ 95 %", "a ≥ b", "x ≥ 1e9", "x ≥ NaN", "x >> 3", "x ≥ 1.1234567", f"{'x' * 201} ≥ 1"]
)
def test_what_is_no_indicator_is_said_with_its_line(wrong):
    with pytest.raises(Invalid) as refused:
        indicators(f"good ≥ 1\n{wrong}")
    assert refused.value.problems[0].text.en.startswith("Line 2:")


def test_too_many_lines_are_refused_at_once():
    with pytest.raises(Invalid):
        indicators("a ≥ 1\n" * 41)


@given(
    st.text(alphabet="识别率准确abc xyz", min_size=1, max_size=20).map(str.strip).filter(bool),
    st.sampled_from(list(Operator)),
    st.decimals(min_value=-(10**9), max_value=10**9, places=6),
    st.sampled_from(["", "%", "ms", "次/年"]),
    st.booleans(),
)
def test_an_indicator_written_back_reads_the_same(name, operator, threshold, unit, is_required):
    (first,) = indicators(as_line(Text("", name), operator, threshold, unit, Text("", "实测"), is_required=is_required))
    (again,) = indicators(
        as_line(first.name, first.operator, first.threshold, first.unit, first.test, is_required=first.is_required)
    )
    assert first == again
    assert (first.operator, first.threshold, first.unit) == (operator, threshold, unit)


def test_instalments_are_read_as_they_are_written():
    first, second = instalments("样机 / Prototype | 1,200,000 | 2026-12-31\n验收｜800000.50｜2027-06-30")
    assert (first.milestone, first.amount, first.due_on) == (
        Text("Prototype", "样机"), Decimal(1200000), date(2026, 12, 31)
    )  # fmt: skip
    assert (second.milestone.zh, second.amount) == ("验收", Decimal("800000.50"))


@pytest.mark.parametrize(
    "wrong", ["a | b | c", "a | 1", "a | 0 | 2026-01-01", "a | -5 | 2026-01-01", "| 5 | 2026-01-01", "a | 5 | soon",
              "a | NaN | 2026-01-01", "a | 1.001 | 2026-01-01", "a | 1e30 | 2026-01-01", "a | Infinity | 2026-01-01"]
)  # fmt: skip
def test_what_is_no_instalment_is_refused(wrong):
    with pytest.raises(Invalid):
        instalments(wrong)


def test_every_operator_has_a_sign_that_reads_back():
    for operator, value in product(Operator, ("1", "0.5")):
        assert indicators(f"a {operator.text.en} {value}")[0].operator is operator
