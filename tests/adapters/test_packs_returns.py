"""Forms of periodic returns in a pack: what is wrong with them is named with file, line and what to write instead."""

import shutil
from pathlib import Path

import pytest

from grandunion.adapters.packs import check_pack, find_pack
from grandunion.terms.returns import FieldType, Reporter
from tests.packs import hefei_pack

NAME = "returns.yaml"


@pytest.fixture
def copy(tmp_path) -> Path:
    """A copy of the pack without its demonstration, to spoil."""
    return Path(shutil.copytree(find_pack("hefei"), tmp_path / "hefei", ignore=shutil.ignore_patterns("demo")))


def test_the_forms_of_hefei_ask_areas_partners_and_enterprises():
    forms = hefei_pack().returns.forms
    assert [one.reporter for one in forms] == [Reporter.AREA, Reporter.PARTNER, Reporter.ENTERPRISE]
    assert {field.type for one in forms for field in one.fields} == set(FieldType)
    assert all(one.verified_on is None for one in forms)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("reporter: area", "reporter: village", "is not known here"),
        ("period: month", "period: week", "is not known here"),
        ("since: 2026-09-01", "since: 2026-09-15", "Write 2026-09-01"),
        ("due_after: 5", "due_after: 0", "is not later than opens_after"),
        ("remind_every: 2", "remind_every: 0", "write at least 1"),
        ("remind_before: [3, 1]", "remind_before: [3, 0]", "from 1 on"),
        ('due_by: "14:00"', 'due_by: "25:00"', "is not a time"),
        ("indicator: projects_landed, use: checks", "indicator: projects_landed", "together, or neither"),
        ("indicator: talents_new, use: feeds", "indicator: talents_old, use: feeds", "There is no “talents_old”"),
        ("least: 0, most: 1000, indicator", "least: 10, most: 1, indicator", "most lies below least"),
        ("code: events_held", "code: investment", "stands twice"),
        ("unit_zh: 场, unit_en: events, ", "", "write its unit"),
        ("type: yes_no}", "type: yes_no, places: 2}", "only a number or an amount"),
        ("code: partner_quarterly", "code: area_monthly", "is taken in returns.yaml line"),
    ],
)
def test_a_mistake_in_a_form_is_named_with_its_line(copy, before, after, said):
    path = copy / NAME
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8")
    found = [problem for problem in check_pack(copy) if not problem.is_note]
    assert found[0].file == NAME
    assert found[0].line >= 1
    assert said in found[0].text.en
