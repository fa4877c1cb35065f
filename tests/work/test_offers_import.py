"""Offers come in by spreadsheet, all or none, are found again, taken back, and go out as a list."""

import csv
import io
from pathlib import Path

import pytest

from grandunion.adapters import index
from grandunion.records.journal import Step
from grandunion.records.lists import Term
from grandunion.records.matches import Offer
from grandunion.terms.offers import OfferKind, OfferState
from grandunion.terms.readers import house
from grandunion.terms.secrecy import Level
from grandunion.terms.verdicts import Refused
from grandunion.work.actions.upkeep import imports, undoing
from grandunion.work.queries.upkeep import exports, mappings
from grandunion.work.queries.upkeep.imports import Examination, examine
from grandunion.work.queries.upkeep.imports.written import batch
from grandunion.work.queries.upkeep.templates import template
from tests.cast import NOON, make_person

pytestmark = pytest.mark.django_db
HEADS = ["source_ref", "kind", "title_zh", "text_zh", "offered_by", "person", "stages", "instruments", "regions",
         "amount_min", "amount_max", "state", "level"]  # fmt: skip
MANDATE = ["1", "投资意向", "天使资金", "投资量子信息。", "Bo Robotics", "", "angel;pre_a", "股权；可转债", "340000",
           "200万", "1000万", "published", "members"]  # fmt: skip


def file_of(folder: Path, *rows: list[str]) -> Path:
    kept = io.StringIO()
    csv.writer(kept).writerows([HEADS, *rows])
    path = folder / "offers.csv"
    path.write_text(kept.getvalue(), "utf-8")
    return path


def look(path: Path) -> Examination:
    wanted = mappings.mapping_of("template", "offers")
    return examine(mappings.table_of(path, wanted), wanted, house(NOON), is_template=True)


def bring(path: Path) -> object:
    return imports.write(look(path), imports.Sent(path.name, "0" * 64), by=house(NOON), at=NOON)


def changed(**values: str) -> list[str]:
    return list({**dict(zip(HEADS, MANDATE, strict=True)), **values}.values())


@pytest.fixture(autouse=True)
def region(db: None) -> None:
    Term.objects.create(list="regions", code="340000", name_zh="安徽省", name_en="Anhui")


def offers() -> list[Offer]:
    return list(Offer.objects.unscoped("tests look at what came in").order_by("pk"))


def test_offers_come_in_with_their_codes_words_and_first_step(tmp_path, bo_company):
    bring(file_of(tmp_path, MANDATE))
    (row,) = offers()
    assert (row.offer_kind, row.state, row.level) == (OfferKind.MANDATE, OfferState.PUBLISHED, Level.MEMBERS)
    assert (row.owner, row.stages, row.instruments) == (bo_company, ["angel", "pre_a"], ["equity", "convertible"])
    assert (row.regions, row.amount_min, row.amount_max) == (["340000"], 2_000_000, 10_000_000)
    assert index.newest("offer", "量子信息", 10) == [row.pk]
    assert Step.objects.filter(flow="offer", subject_id=row.pk, target="published").exists()


def test_a_second_time_changes_only_what_is_different_and_can_be_taken_back(tmp_path, bo_company):
    bring(file_of(tmp_path, MANDATE))
    assert look(file_of(tmp_path, MANDATE)).unchanged == 1
    made = bring(file_of(tmp_path, changed(stages="a", title_zh="A 轮资金")))
    (row,) = offers()
    assert (row.stages, row.title_zh) == (["a"], "A 轮资金")
    undoing.take_back(batch(made.pk), by=house(NOON), at=NOON)
    (row,) = offers()
    assert (row.stages, row.title_zh) == (["angel", "pre_a"], "天使资金")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"kind": "expertise"}, "person"),
        ({"person": "Nobody"}, "person"),
        ({"kind": "house"}, "kind"),
        ({"offered_by": "Nobody Ltd"}, "offered_by"),
        ({"offered_by": ""}, "offered_by"),
        ({"text_zh": ""}, "text_zh"),
        ({"level": "organisation"}, "level"),
        ({"state": "draft"}, "level"),
        ({"state": "paused"}, "state"),
        ({"amount_max": "100"}, "amount_max"),
        ({"stages": "z"}, "stages"),
        ({"regions": "999999"}, "regions"),
    ],
)
def test_a_bad_row_is_said_and_nothing_is_written(tmp_path, bo_company, values, field):
    found = look(file_of(tmp_path, changed(source_ref="2"), changed(**values)))
    assert next(problem.field for problem in found.problems) == field
    with pytest.raises(Refused):
        imports.write(found, imports.Sent("offers.csv", "0" * 64), by=house(NOON), at=NOON)
    assert offers() == []


def test_an_expert_is_found_by_number_or_name(tmp_path, bo_company):
    chen, other = make_person("Chen Jia", "陈佳"), make_person("Li Wei", "李伟")
    rows = [changed(source_ref=n, kind="expertise", person=who) for n, who in (("1", "陈佳"), ("2", other.number))]
    bring(file_of(tmp_path, *rows))
    assert [row.person for row in offers()] == [chen, other]


def test_the_workbook_to_fill_in_is_read_by_its_own_mapping(tmp_path):
    path = tmp_path / "offers.xlsx"
    path.write_bytes(template("offers"))
    table = mappings.table_of(path, mappings.template_mapping("offers"))
    assert list(table.columns) == [head for _, head in mappings.heads("offers")]
    assert any("专家编号或姓名" in head for head in table.columns)


def test_the_list_goes_out_as_a_file(tmp_path, bo_company):
    bring(file_of(tmp_path, MANDATE))
    path = tmp_path / "out.csv"
    assert exports.export("offers", path, house(NOON), "zh") == 1
    assert "天使资金" in path.read_text("utf-8-sig")
