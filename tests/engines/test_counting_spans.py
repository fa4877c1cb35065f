"""The days on which a record counts, held against a slow reference that asks each day by itself."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grandunion.engines.indicators import AnyOf, Condition, Dating, Rule, as_then, evaluator, fields_of, read, said
from grandunion.engines.indicators.spans import is_timed
from grandunion.terms.counting import CLASSES, Operator, Statistic
from tests.figures import rows

FIRST = date(2026, 1, 1)
DAYS = [FIRST + timedelta(days=n) for n in range(40)]
STATES = ("lead", "qualified", "lost", "landed")
some_day = st.one_of(st.none(), st.sampled_from(DAYS))
steps = st.lists(st.tuples(st.sampled_from(DAYS), st.sampled_from(STATES)), max_size=7).map(
    lambda found: sorted(found, key=lambda step: step[0])
)
facts = st.fixed_dictionaries(
    {
        "landed_on": some_day, "created_at": st.sampled_from(DAYS), "company": st.one_of(st.none(), st.integers(1, 3)),
        "route": st.sampled_from(["licence", "start_up", ""]), "state": st.sampled_from(STATES), "steps": steps,
        "first_funding": st.one_of(st.none(), st.decimals(0, 1000, places=2)),
    }
)  # fmt: skip
conditions = st.one_of(
    st.builds(Condition, st.just("company"), st.just(Operator.KNOWN), st.tuples(st.booleans())),
    st.builds(Condition, st.just("route"), st.sampled_from([Operator.IS, Operator.IS_NOT]), st.just(("licence",))),
    st.builds(
        Condition, st.just("landed_on"), st.just(Operator.COME), st.sampled_from([(True,), (False,), ("or_unknown",)])
    ),
    st.builds(
        Condition, st.just("state"), st.sampled_from([Operator.ONE_OF, Operator.NONE_OF]),
        st.lists(st.sampled_from(STATES), min_size=1, max_size=3, unique=True).map(tuple),
    ),
)  # fmt: skip
clauses = st.one_of(conditions, st.lists(conditions, min_size=1, max_size=3).map(lambda some: AnyOf(tuple(some))))
datings = st.one_of(
    st.just(Dating(("landed_on",))), st.just(Dating(("landed_on", "created_at"))),
    st.builds(Dating, st.just(()), st.sampled_from(STATES), st.booleans()),
)  # fmt: skip
rules = st.builds(Rule, st.just("project"), datings, st.lists(clauses, max_size=3).map(tuple))


def stood(record: Mapping, day: date) -> str | None:
    """Where the record stood at the end of a day, asked the slow way."""
    if not record["steps"]:
        return record["state"]
    return next((state for at, state in reversed(record["steps"]) if at <= day), None)


def holds(clause: Condition | AnyOf, record: Mapping, day: date) -> bool:
    """Whether a clause holds on one day."""
    if isinstance(clause, AnyOf):
        return any(holds(one, record, day) for one in clause.conditions)
    value = stood(record, day) if clause.field == "state" else record[clause.field]
    if clause.operator == Operator.COME:
        if value is None:
            return clause.values[0] is not True
        return (value <= day) is (clause.values[0] is not False)
    return {
        Operator.KNOWN: lambda: (value not in (None, "")) is clause.values[0],
        Operator.IS: lambda: value == clause.values[0],
        Operator.IS_NOT: lambda: value != clause.values[0],
        Operator.ONE_OF: lambda: value in clause.values,
        Operator.NONE_OF: lambda: value not in clause.values,
    }[clause.operator]()


def dated(dating: Dating, record: Mapping, day: date) -> date | None:
    """By which day the record counts, as of a day."""
    if dating.state:
        came = [at for at, state in record["steps"] if state == dating.state and at <= day]
        return (came[-1] if dating.is_last else came[0]) if came else None
    found = next((record[name] for name in dating.fields if record[name]), None)
    return found if found is not None and found <= day else None


@given(rules, facts)
def test_the_spans_are_the_days_on_which_each_day_by_itself_says_yes(rule: Rule, record: dict) -> None:
    found = evaluator(rule)(record)
    for day in DAYS:
        covering = [span.on for span in found if span.since <= day and (span.until is None or day < span.until)]
        on = dated(rule.on, record, day)
        counts = on is not None and all(holds(clause, record, day) for clause in rule.where)
        assert covering == ([on] if counts else []), (day, found)


def test_days_between_two_steps_are_counted_from_the_last_beginning() -> None:
    rule = Rule("project", Dating(state="landed"), statistic=Statistic.MEDIAN, since=Dating(state="lead"))
    record = {"steps": [(DAYS[2], "lead"), (DAYS[9], "landed")], "state": "landed"}
    assert [span.amount for span in evaluator(rule)(record)] == [Decimal(7)]
    assert evaluator(rule)({"steps": [(DAYS[9], "landed")], "state": "landed"}) == []


def test_what_has_no_amount_is_not_added() -> None:
    rule = Rule("project", Dating(("landed_on",)), statistic=Statistic.SUM, amount="first_funding")
    record = {"landed_on": DAYS[3], "first_funding": None, "steps": []}
    assert evaluator(rule)(record) == []
    assert evaluator(rule)({**record, "first_funding": Decimal("2.50")})[0].amount == Decimal("2.50")


@pytest.mark.parametrize("code", sorted(code for code, row in rows().items() if "record" in row.get("counts", {})))
def test_every_rule_of_the_pack_reads_fields_that_are_there_and_says_itself(code: str) -> None:
    rule = read(rows()[code]["counts"])
    assert fields_of(rule) <= set(CLASSES[rule.record].fields) | {"state"}
    words = said(rule)
    assert words.zh.endswith("。")
    assert words.en.endswith(".")
    assert "{" not in words.en + words.zh


def test_later_changes_are_taken_back_the_newest_first() -> None:
    now = {"route": "licence", "landed_on": DAYS[5], "company": 7, "first_funding": Decimal("9.00"), "trl_now": 4}
    later = [
        {"route": ["", "start_up"], "landed_on": [None, str(DAYS[3])], "trl_now": [3, 4]},
        {"route": ["start_up", "licence"], "landed_on": [str(DAYS[3]), str(DAYS[5])], "company": [None, "ORG-1"]},
        {"first_funding": ["3.50", "9.00"], "nobody": [1, 2]},
    ]
    then = as_then("project", now, later, lambda name, written: None)
    assert then == {
        "route": "", "landed_on": None, "company": None, "first_funding": Decimal("3.50"), "trl_now": Decimal(3),
    }  # fmt: skip


def test_conditions_that_no_day_changes_are_told_from_those_in_time() -> None:
    assert is_timed(Rule("project", Dating(("landed_on",))), Condition("state", Operator.IS, ("lead",)))
    assert not is_timed(Rule("project", Dating(("landed_on",))), Condition("route", Operator.IS, ("licence",)))
