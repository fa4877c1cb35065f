"""An officer's own list of difficulties as a spreadsheet: whom to call, where, how urgent; each wrong cell is named."""

import pytest

from grandunion.records.lists import Term
from grandunion.records.needs import Need
from grandunion.work.queries.needs import desk
from tests.work.test_upkeep import bring, file_of, look

pytestmark = pytest.mark.django_db
HEADS = ["title_zh", "text_zh", "category", "org_name", "contact_name", "contact_phone", "contact_email", "area",
         "urgency", "headcount"]  # fmt: skip


@pytest.fixture(autouse=True)
def area(db):
    return Term.objects.create(list="areas", code="core", name_zh="核心区", name_en="Core")


def test_a_list_of_askers_lies_on_the_desk_with_whom_to_call(tmp_path, ada):
    row = ["招聘工程师", "两名", "人才", "义城", "张三", "0551-65300000", "z@example.cn", "core", "high", "2"]
    bring(file_of(tmp_path, HEADS, row), "needs")
    (need,) = Need.objects.unscoped("a test looks at what was kept")
    assert (need.contact_name, need.contact_phone, need.contact_email) == ("张三", "0551-65300000", "z@example.cn")
    assert (need.area.code, need.urgency, need.headcount) == ("core", "high", 2)
    assert [task.number for pile in desk(ada) if pile.code == "unassigned" for task in pile.tasks] == [need.number]


def test_every_wrong_cell_is_named_by_row_and_field(tmp_path):
    good = ["招聘工程师", "两名", "人才", "", "张三", "", "z@example.cn", "core", "high", "2"]
    bad = ["招聘工程师", "两名", "人才", "", "张三", "", "nobody", "月球", "asap", "-1"]
    found = look(file_of(tmp_path, HEADS, good, bad), "needs")
    named = {(one.row, one.field) for one in found.problems}
    assert named == {(3, "contact_email"), (3, "area"), (3, "urgency"), (3, "headcount")}
    assert all(one.text.zh and one.text.en for one in found.problems)
