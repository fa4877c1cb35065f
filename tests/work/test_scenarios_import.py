"""Scenarios, capabilities and challenges come in by spreadsheet with their indicators, and go out again."""

import csv
import io

import pytest

from grandunion.records.lists import Term
from grandunion.records.scenarios import Challenge, Opportunity, OpportunityIndicator
from grandunion.terms.readers import house
from grandunion.terms.scenarios import OpportunityState
from grandunion.terms.secrecy import Level
from grandunion.terms.verdicts import Refused
from grandunion.work.actions.upkeep import imports, undoing
from grandunion.work.queries import scenarios
from grandunion.work.queries.upkeep import exports, mappings
from grandunion.work.queries.upkeep.imports import examine
from grandunion.work.queries.upkeep.imports.written import batch
from grandunion.work.queries.upkeep.templates import template
from tests.cast import NOON, make_organisation

pytestmark = pytest.mark.django_db
ROW = {
    "source_ref": "1", "title_zh": "公交专用道违停识别", "pain_zh": "常被占用。", "domain": "transport",
    "offered_by": "City Bus", "budget": "80万", "openness": "data;site", "demand_type": "soe",
    "indicators": "识别准确率 / Accuracy ≥ 95 % | 第三方检测；误报率 ≤ 2 %",
}  # fmt: skip


@pytest.fixture(autouse=True)
def ground(db):
    Term.objects.create(list="scenario_domains", code="transport", name_zh="交通出行", name_en="Transport")
    make_organisation("City Bus", name_zh="市公交集团")


def look(folder, kind, *rows):
    kept = io.StringIO()
    writer = csv.DictWriter(kept, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    path = folder / f"{kind}.csv"
    path.write_text(kept.getvalue(), "utf-8")
    wanted = mappings.mapping_of("template", kind)
    return examine(mappings.table_of(path, wanted), wanted, house(NOON), is_template=True)


def bring(folder, kind, *rows):
    return imports.write(look(folder, kind, *rows), imports.Sent("f.csv", "0" * 64), by=house(NOON), at=NOON)


def opportunities():
    return Opportunity.objects.unscoped("a test looks at what came in")


def test_an_opportunity_comes_in_with_what_must_be_reached(tmp_path):
    bring(tmp_path, "scenarios", ROW)
    (record,) = opportunities()
    assert (record.state, record.level, record.openness) == (
        OpportunityState.COLLECTED, Level.ORGANISATION, ["data", "site"]
    )  # fmt: skip
    assert record.budget == 800_000
    assert record.owner.name_en == "City Bus"
    first, second = scenarios.opportunity_rows(record).indicators
    assert (first.name_en, first.test_zh, scenarios.written(second)) == ("Accuracy", "第三方检测", "≤ 2 %")
    found = scenarios.opportunity(record.number, house(NOON))
    assert found.pk == record.pk


@pytest.mark.parametrize(
    "wrong",
    [
        {"indicators": "没有数字"}, {"indicators": "a ≥ 1e99"}, {"indicators": "≥ 5"}, {"indicators": "a ≥ 1;" * 41},
        {"indicators": "x" * 20_001}, {"indicators": "a \x00 ≥ 1"}, {"domain": "moon"}, {"budget": "-5"},
        {"budget": "NaN"}, {"demand_type": "nobody"}, {"state": "scaled"}, {"openness": "data;stars"},
        {"offered_by": "Nobody here"}, {"title_zh": ""}, {"starts_on": "2026-05-02", "ends_on": "2026-05-01"},
        {"title_zh": "=cmd|' /C calc'!A0", "indicators": "=1+1"},
    ],
)  # fmt: skip
def test_a_bad_row_keeps_everything_out_and_says_where(tmp_path, wrong):
    good = {**ROW, "source_ref": "2", "starts_on": "", "ends_on": "", "state": ""}
    found = look(tmp_path, "scenarios", good, {**good, **wrong, "source_ref": "3"})
    assert found.bad == 1
    assert all(problem.row is not None for problem in found.problems)
    with pytest.raises(Refused):
        imports.write(found, imports.Sent("f.csv", "0" * 64), by=house(NOON), at=NOON)
    assert not opportunities().exists()


def test_a_file_with_citizen_numbers_is_refused_as_a_whole(tmp_path):
    with pytest.raises(Refused, match="citizen"):
        look(tmp_path, "scenarios", ROW, {**ROW, "indicators": "张三 11010519491231002X ≥ 1"})


def test_a_second_import_changes_and_a_first_one_is_taken_back_with_its_indicators(tmp_path):
    made = bring(tmp_path, "scenarios", ROW)
    again = bring(tmp_path, "scenarios", ROW)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 1)
    undoing.take_back(batch(made.pk), by=house(NOON), at=NOON)
    assert not opportunities().exists()
    assert not OpportunityIndicator.objects.unscoped("a test looks for what should be gone").exists()


def test_capabilities_and_challenges_come_in_too_and_go_out_as_lists(tmp_path):
    bring(tmp_path, "capabilities", {"source_ref": "1", "title_en": "Camera", "offered_by": "City Bus", "trl": "8",
                                     "domain": "transport", "amount_min": "5", "amount_max": "9"})  # fmt: skip
    bring(tmp_path, "challenges", {"source_ref": "1", "title_zh": "高温涂层", "org_name": "需方公司", "budget": "500万",
                                   "enterprise_share": "400万", "fiscal_share": "100万", "months": "18",
                                   "indicators": "耐温 ≥ 1200 °C"})  # fmt: skip
    (challenge,) = Challenge.objects.unscoped("a test looks at what came in")
    assert (challenge.demand_name, len(scenarios.challenge_rows(challenge).indicators)) == ("需方公司", 1)
    for kind in ("scenarios", "capabilities", "challenges", "proposals", "bids"):
        rows = exports.export(kind, tmp_path / f"{kind}-out.csv", house(NOON), "zh", every_column=True)
        assert rows == (1 if kind in ("capabilities", "challenges") else 0)


@pytest.mark.parametrize("kind", ["scenarios", "capabilities", "challenges"])
def test_there_is_a_template_to_fill_in(tmp_path, kind):
    path = tmp_path / f"{kind}.xlsx"
    path.write_bytes(template(kind))
    wanted = mappings.mapping_of("template", kind)
    assert any("Own reference" in name for name in mappings.table_of(path, wanted).columns)
