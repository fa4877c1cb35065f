"""What may stand twice is found among what the reader may see, and only there."""

import pytest

from grandunion.adapters import index
from grandunion.engines.matching.identity import Writing
from grandunion.records.parties import OrganisationName
from grandunion.terms.parties import NameKind, OrganisationKind
from grandunion.terms.readers import visitor
from grandunion.work.actions import achievements as disclosing
from grandunion.work.actions import needs as actions
from grandunion.work.queries import achievements, needs, parties
from tests.cast import NOON, make_organisation

pytestmark = pytest.mark.django_db
WANTED = {
    "contact_name": "Bo",
    "contact_phone": "0551-1234567",
    "category": "technology",
    "title_zh": "寻找高场超导磁体线圈绕制技术",
    "title_en": "Looking for ways to wind high-field superconducting coils",
    "text_zh": "我们需要为聚变装置绕制高温超导线圈，要求临界电流不低于 500 A，可在洁净环境中连续工作，并提供检测报告。",
}


def indexed(name_en, name_zh, kind=OrganisationKind.ENTERPRISE, **values):
    row = make_organisation(name_en, kind, name_zh=name_zh, **values)
    index.put("organisation", row.pk, [name_en, name_zh, row.short_name_zh, row.short_name_en])
    return row


@pytest.fixture
def ustc(db):
    """A university with its names."""
    return indexed(
        "University of Science and Technology of China", "中国科学技术大学", OrganisationKind.UNIVERSITY,
        short_name_en="USTC", city="Hefei", country="CN",
    )  # fmt: skip


def test_a_need_written_again_is_found_with_its_reasons_in_either_language(bo, ada, reading):
    need = actions.register(WANTED, by=bo, at=NOON)
    again = Writing("高场超导磁体线圈绕制技术", "", WANTED["text_zh"][4:])
    english = Writing("", "Winding superconducting coils of high field: looking for ways")
    with reading():
        for typed in (again, english):
            found = needs.like_needs(typed, ada)
            assert [one.need for one in found] == [need]
            assert found[0].score.parts[0].evidence.zh.startswith("标题相似度")
        assert needs.like_needs(again, ada, apart_from=need.pk) == []


def test_a_need_is_no_twin_for_who_may_not_see_it_nor_of_another_matter(bo, ada, dee):
    actions.register(WANTED, by=bo, at=NOON)
    assert needs.like_needs(Writing("高场超导磁体线圈绕制技术"), dee) == []
    assert needs.like_needs(Writing("食堂改造", "A new canteen"), ada) == []


@pytest.mark.parametrize(
    "text",
    ["中国科学技术大学", "中科大", "USTC", "Dept. of Physics, Univ. of Sci. and Tech. of China, Hefei 230026, China"],
)
def test_an_organisation_is_meant_by_any_of_its_ways_to_be_written(text, ustc, ada, reading, queries):
    indexed("Hefei University of Technology", "合肥工业大学", OrganisationKind.UNIVERSITY, city="Hefei", country="CN")
    indexed("Bo Robotics", "合肥博一机器人有限公司", city="Hefei", country="CN")
    with reading(), queries(5):
        found = parties.meant(text, ada)
    assert found.organisation == ustc, found.answer.reason
    assert found.answer.reason.zh


def test_a_former_name_counts_and_a_stranger_s_name_finds_nobody(ustc, ada):
    bo = indexed("Bo Robotics", "合肥博一机器人有限公司")
    OrganisationName.objects.create(
        organisation=bo, name="安徽灵巧自动化有限公司", core="灵巧自动化", name_kind=NameKind.FORMER
    )
    index.put("organisation", bo.pk, ["Bo Robotics", "合肥博一机器人有限公司", "安徽灵巧自动化有限公司"])
    assert parties.meant("安徽灵巧自动化有限责任公司", ada).organisation == bo
    assert parties.meant("北京某某大学", ada).organisation is None
    assert parties.meant("", ada).nearest == ()


def test_an_organisation_nobody_may_see_is_not_meant(ustc):
    assert parties.meant("中国科学技术大学", visitor(NOON)).organisation is None


def test_an_achievement_is_compared_by_its_public_words_only(chen, university, dee):
    about = "磁轴承静音泵的转子悬浮控制方法，用于血液循环装置，噪声低于二十分贝。" * 2
    values = {
        "title_en": "Quiet pump with magnetic bearings", "title_zh": "磁轴承静音泵", "achievement_kind": "invention",
        "owner": university, "abstract_public_zh": about,
    }  # fmt: skip
    pump = disclosing.disclose(by=chen, at=NOON, **values)
    typed = Writing("静音泵（磁轴承）", "", about[:50])
    assert [one.achievement for one in achievements.like_achievements(typed, chen)] == [pump]
    assert achievements.like_achievements(typed, dee) == []
    assert achievements.like_achievements(typed, chen, apart_from=pump.pk) == []
