"""A published figure is entered as published, and counts only after a second person has compared it with its source."""

from datetime import date
from decimal import Decimal

import pytest

from grandunion.records.lists import Term
from grandunion.records.plans import Claim, Concept, Indicator, SourceDocument
from grandunion.terms.claims import Cause, ClaimState
from grandunion.terms.readers import Reader
from grandunion.terms.roles import Role
from grandunion.terms.verdicts import Absent, Forbidden, Invalid, Refused
from grandunion.work.actions.plans import claims
from grandunion.work.permissions.plans import claims as permissions
from grandunion.work.queries import plans
from grandunion.work.queries.parties import reader_of
from tests.cast import NOON, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def planner() -> Reader:
    return reader_of(make_user("planner@hub.example", Role.PLANNER), NOON)


@pytest.fixture
def known() -> Indicator:
    SourceDocument.objects.create(code="Z9", title_en="A report", title_zh="一份报告")
    family = Term.objects.create(list="figure_families", code="talent", name_zh="人才", name_en="Talent")
    found = Indicator.objects.create(
        code="talents_new", name_en="New talent", name_zh="新增人才数", definition_en="x", definition_zh="x",
        unit_en="persons", unit_zh="人", indicator_kind="flow", period="year",
    )  # fmt: skip
    Concept.objects.create(indicator=found, family=family, thing="person")
    return found


SAID = {"indicator": "talents_new", "source": "Z9", "level": "city", "qualifier": "nearly", "value": Decimal(10000),
        "unit_zh": "人", "unit_en": "persons", "period": "2025", "place": "p. 3"}  # fmt: skip


def test_an_entered_figure_counts_once_somebody_else_confirmed_it(known: Indicator, ada: Reader, planner: Reader,
                                                                  bo: Reader) -> None:  # fmt: skip
    made = claims.enter(SAID, by=ada, at=NOON)
    assert (made.code, made.state) == ("CLM-2026-0001", ClaimState.ENTERED)
    assert plans.claims(known) == ()
    with pytest.raises(Absent):
        plans.claim(made.code, bo)
    with pytest.raises(Refused, match="does not confirm it"):
        claims.move(made, "confirm", by=ada, at=NOON)
    claims.move(made, "confirm", by=planner, at=NOON)
    assert [one.said.en for one in plans.claims(known)] == ["nearly 10,000"]
    assert plans.claim(made.code, bo) == made
    assert (made.confirmed_by_id, made.verified_on) == (planner.user_id, NOON.date())


def test_a_confirmed_figure_is_sent_back_before_it_is_corrected(known: Indicator, ada: Reader, planner: Reader) -> None:
    made = claims.enter(SAID, by=ada, at=NOON)
    claims.move(made, "confirm", by=planner, at=NOON)
    with pytest.raises(Forbidden):
        claims.edit(made, SAID | {"value": Decimal(9000)}, by=ada, at=NOON)
    claims.move(made, "reject", by=planner, at=NOON, reason="Page 4 says otherwise.")
    claims.edit(made, SAID | {"value": Decimal(9000)}, by=planner, at=NOON)
    claims.move(made, "enter_again", by=planner, at=NOON)
    with pytest.raises(Refused):
        claims.move(made, "confirm", by=planner, at=NOON)  # who corrected it does not confirm it
    assert claims.move(made, "confirm", by=ada, at=NOON).value == 9000


@pytest.mark.parametrize("role", [Role.BUREAU, Role.ADMINISTRATOR])
def test_only_officers_and_planners_enter_figures(role: Role, known: Indicator) -> None:
    reader = reader_of(make_user("other@hub.example", role), NOON)
    assert not permissions.may_enter(reader)
    with pytest.raises(Forbidden):
        claims.enter(SAID, by=reader, at=NOON)


@pytest.mark.parametrize(
    "wrong",
    [{"period": "", "as_of": None}, {"period": "2025", "as_of": date(2025, 1, 1)}, {"period": "spring"},
     {"level": "moon"}, {"value": None}, {"source": "nowhere"}],
)  # fmt: skip
def test_a_figure_without_its_time_level_or_source_is_refused(wrong: dict, known: Indicator, ada: Reader) -> None:
    with pytest.raises(Invalid):
        claims.enter(SAID | wrong, by=ada, at=NOON)


def test_a_form_sent_twice_enters_one_figure(known: Indicator, ada: Reader) -> None:
    assert claims.enter(SAID, by=ada, at=NOON, submission="k") == claims.enter(SAID, by=ada, at=NOON, submission="k")
    assert Claim.objects.count() == 1


def test_a_table_is_taken_in_by_heads_of_either_language(known: Indicator, ada: Reader) -> None:
    rows = [
        (2, {"指标": "新增人才数", "来源": "一份报告", "发布层级": "市级", "限定词": "近", "数值": "10,000",
             "统计期": "2025"}),
        (3, {"Indicator": "talents_new", "Source": "Z9", "Level": "Press", "Qualifier": "over", "Value": "10000",
             "As of": "2025-12-31", "What it counts": "persons"}),
    ]  # fmt: skip
    assert claims.take_in(rows, by=ada, at=NOON) == 2
    assert sorted(Claim.objects.values_list("level", "qualifier", "value")) == [
        ("city", "nearly", 10000), ("press", "over", 10000),
    ]  # fmt: skip


def test_a_table_with_a_fault_is_not_taken_in_at_all_and_each_fault_is_named(known: Indicator, ada: Reader) -> None:
    good = {"Indicator": "talents_new", "Source": "Z9", "Level": "city", "Qualifier": "over", "Value": "1",
            "Period": "2025"}  # fmt: skip
    rows = [(2, good), (3, good | {"Indicator": "nothing"}), (4, good | {"Value": "many"})]
    with pytest.raises(Invalid) as refused:
        claims.take_in(rows, by=ada, at=NOON)
    assert [problem.row for problem in refused.value.problems] == [3, 4]
    assert refused.value.problems[0].text.zh.startswith("第 3 行")
    assert not Claim.objects.exists()


def test_entered_figures_are_reconciled_once_confirmed(known: Indicator, ada: Reader, planner: Reader) -> None:
    for values in (SAID, SAID | {"level": "press", "qualifier": "over"}):
        claims.move(claims.enter(values, by=ada, at=NOON), "confirm", by=planner, at=NOON)
    (found,) = [one for one in plans.reconciliation(reader=planner) if not one.figures]
    assert found.cause is Cause.QUALIFIER
    assert "excludes the other" in found.sentence.en


@pytest.mark.parametrize(
    ("written", "span"),
    [
        ("2023", (date(2023, 1, 1), date(2023, 12, 31))),
        ("2023-H2", (date(2023, 7, 1), date(2023, 12, 31))),
        ("2023-Q2", (date(2023, 4, 1), date(2023, 6, 30))),
        ("2024-02", (date(2024, 2, 1), date(2024, 2, 29))),
        ("2023-13", None),
        ("last year", None),
    ],
)
def test_periods_are_read_as_they_are_written(written: str, span: tuple | None) -> None:
    assert plans.period(written) == span
