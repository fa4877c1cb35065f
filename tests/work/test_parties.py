"""Organisations and persons: created, edited, warned of, incorporated, merged; each deed judged."""

import random
from datetime import date

import pytest
from pypinyin import lazy_pinyin
from pypinyin.constants import PHRASES_DICT
from pypinyin.seg.mmseg import seg

from grandunion.adapters import index
from grandunion.records.lists import Term
from grandunion.records.parties import Organisation
from grandunion.terms.identifiers import credit_check
from grandunion.terms.parties import NameKind, OrganisationKind
from grandunion.terms.readers import Reader
from grandunion.terms.roles import Role
from grandunion.terms.secrecy import Level, Secrecy
from grandunion.terms.verdicts import Invalid, Refused, Stale
from grandunion.work.actions.parties import incorporate, organisations, persons
from grandunion.work.permissions import parties as permissions
from grandunion.work.queries.base import Question
from grandunion.work.queries.base.listing import page
from grandunion.work.queries.base.plain import as_plain
from grandunion.work.queries.journal import first_broken, timeline
from grandunion.work.queries.parties import (
    ORGANISATION_LISTING,
    PERSON_LISTING,
    names,
    organisation,
    organisation_page,
    reader_of,
)
from grandunion.work.queries.parties import organisations as seen_by
from grandunion.work.queries.parties.duplicates import exact, similar
from tests.cast import NOON, make_organisation, make_user

pytestmark = pytest.mark.django_db


def code_of(place: int) -> str:
    """A credit code with a true check character."""
    first = f"91340100MA{place:07d}"
    return first + credit_check(first)


def new(by: Reader, name_zh: str, **values: object) -> Organisation:
    """An organisation made by the action."""
    return organisations.create(
        {"organisation_kind": OrganisationKind.ENTERPRISE, "name_zh": name_zh, **values}, by=by, at=NOON
    )


def test_a_team_becomes_a_company_and_keeps_its_row_its_number_and_its_former_name(ada: Reader) -> None:
    team = new(ada, "星火量子团队", name_en="Spark team", organisation_kind=OrganisationKind.TEAM)
    assert team.level == Level.ORGANISATION
    incorporate(
        team, credit_code=code_of(1), name_zh="合肥星火量子科技有限公司", area=None,
        incorporated_on=date(2026, 11, 2), registered_capital=1_000_000, by=ada, at=NOON,
    )  # fmt: skip
    found = organisation(team.number, ada)
    assert (found.pk, found.organisation_kind, found.name_zh) == (team.pk, "enterprise", "合肥星火量子科技有限公司")
    names = organisation_page(found, ada).names
    assert [(name.name, name.name_kind) for name in names] == [
        ("Spark team", NameKind.FORMER),
        ("星火量子团队", NameKind.FORMER),
    ]


@pytest.mark.parametrize(
    ("name", "core"),
    [
        ("合肥星火科技有限公司", "星火科技"),
        ("安徽省合肥市星火科技股份有限公司", "星火科技"),
        ("星火科技（合肥）有限公司", "星火科技"),
        ("星火科技集团有限公司", "星火科技"),
        ("ｓｐａｒｋ　Technology Co., Ltd.", "spark technology"),
        ("The Spark Group Inc.", "spark"),
        ("合肥有限公司", "合肥"),
        ("中国科学技术大学", "科学技术大学"),
        ("Co., Ltd.", "co ltd"),
    ],
)
def test_a_core_name_has_neither_place_nor_legal_form(name: str, core: str) -> None:
    assert names.core(name) == core


@pytest.mark.parametrize(
    ("name", "read"),
    [("曾志强", "zeng zhi qiang"), ("单晓雨", "shan xiao yu"), ("仇海燕", "qiu hai yan"), ("朴槿", "piao jin"),
     ("欧阳锋", "ou yang feng"), ("尉迟恭", "yu chi gong"), ("任正", "ren zheng")],
)  # fmt: skip
def test_surnames_are_read_as_surnames(name: str, read: str) -> None:
    assert names.reading(name, is_person=True) == read


def test_any_text_is_cut_and_read_as_pypinyin_would_cut_and_read_it() -> None:
    dice = random.Random(3)  # noqa: S311 - words, not secrets
    phrases, signs = sorted(PHRASES_DICT)[::40], "合肥量子科技有限公司重庆银行长春行长乐安"
    for _ in range(2000):
        text = "".join(dice.choice(phrases)[: dice.choice((1, 2, 3, 9))] + dice.choice(signs) for _ in range(3))
        assert names.pinyin(text) == [syllable for word in seg.cut(text) for syllable in lazy_pinyin([word])], text


def test_persons_are_found_by_pinyin_and_initials_and_a_mended_reading_stays(ada: Reader) -> None:
    person = persons.create({"name_zh": "曾志强"}, by=ada, at=NOON)
    for words in ("zengzhi", "zzq", "志强", "zeng zhi"):
        assert [row[0] for row in page(PERSON_LISTING, ada, Question(words=words)).rows] == [person.number], words
    persons.edit(person, {"sort_key": "ceng zhi qiang"}, by=ada, at=NOON)
    persons.edit(person, {"affiliation": "USTC", "sort_key": names.reading_of(person.sort_key)}, by=ada, at=NOON)
    assert person.sort_key.startswith("ceng zhi qiang")


SEEN_AS = [
    ({"name_zh": "安徽星火科技股份有限公司"}, "same name without place and legal form", True),
    ({"name_zh": "合肥星火科技", "credit_code": "other"}, "same name without place and legal form", False),
    ({"name_zh": "别的名字", "credit_code": "same"}, "same credit code", True),
    ({"name_zh": "星火科纪"}, "same pinyin", False),
    ({"name_zh": "合肥星火新能源科技有限公司"}, None, False),
    ({"name_en": "Hefei Sparks Technologies Ltd"}, "names alike", False),
    ({"name_zh": "老名字公司"}, "also called", False),
    ({"name_zh": "完全无关有限公司"}, None, False),
]


@pytest.mark.parametrize(("values", "reason", "is_exact"), SEEN_AS, ids=range(len(SEEN_AS)))
def test_look_alikes_are_named_with_their_reason(ada: Reader, values: dict, reason: str | None, is_exact: bool) -> None:
    known = new(ada, "合肥星火科技有限公司", name_en="Hefei Spark Technology Co., Ltd.", credit_code=code_of(1))
    organisations.add_name(known, "老名字公司", NameKind.FORMER, by=ada, at=NOON)
    codes = {"same": code_of(1), "other": code_of(2)}
    given = {**values, "credit_code": codes.get(values.get("credit_code", ""), "")}
    found = similar(given, ada)
    assert exact(given, ada) == next((one for one in found if one.is_exact), None)
    if reason is None:
        assert found == []
    else:
        assert [one.organisation.pk for one in found] == [known.pk]
        assert any(reason in text.en for text in found[0].reasons), found
        assert found[0].is_exact == is_exact


def test_a_known_credit_code_is_refused_naming_the_other_record_only_to_whom_may_see_it(
    ada: Reader, office: Reader
) -> None:
    known = new(ada, "合肥星火科技有限公司", credit_code=code_of(1))
    with pytest.raises(Invalid) as refused:
        new(ada, "别的有限公司", credit_code=code_of(1))
    assert known.number in refused.value.reason.en
    Organisation.objects.unscoped("the test hides the record").filter(pk=known.pk).update(level=Level.NAMED)
    with pytest.raises(Invalid) as refused:
        new(ada, "别的有限公司", credit_code=code_of(1))
    assert known.number not in refused.value.reason.en
    assert "星火" not in refused.value.reason.zh


def test_a_team_cannot_take_the_code_of_a_company_that_is_there(ada: Reader) -> None:
    known = new(ada, "合肥星火科技有限公司", credit_code=code_of(1))
    team = new(ada, "星火团队", organisation_kind=OrganisationKind.TEAM)
    with pytest.raises(Invalid) as refused:
        incorporate(team, credit_code=code_of(1), name_zh="星火科技有限公司", by=ada, at=NOON)
    assert known.number in refused.value.reason.zh
    with pytest.raises(Refused):
        incorporate(known, credit_code=code_of(2), name_zh="星火科技有限公司", by=ada, at=NOON)


BAD = [
    ({"credit_code": "91340100MA0000001X"}, "credit_code"),
    ({"ror": "123"}, "ror"),
    ({"size": "huge"}, "size"),
    ({"name_zh": "坏\x00名"}, "name_zh"),
    ({"name_zh": "\ud800"}, "name_zh"),
    ({"name_zh": "名" * 201}, "name_zh"),
    ({"summary_zh": "身份证 11010519491231002X"}, "summary_zh"),
    ({"website": "javascript:alert(1)"}, "website"),
    ({"contact_email": "x"}, "contact_email"),
    ({"area": "atlantis"}, "area"),
    ({"staff_count": -1}, "staff_count"),
    ({"staff_count": 2**70}, "staff_count"),
    ({"registered_capital": "NaN"}, "registered_capital"),
    ({"founded_on": "31.12.2020"}, "founded_on"),
    ({"merged_into": 1}, "merged_into"),
]


@pytest.mark.parametrize(("values", "field"), BAD, ids=range(len(BAD)))
def test_what_cannot_be_kept_is_refused_at_its_field(ada: Reader, values: dict, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        organisations.create({"organisation_kind": "enterprise", "name_zh": "好名字", **values}, by=ada, at=NOON)
    assert [problem.field for problem in refused.value.problems] == [field]


def test_an_organisation_without_a_name_is_refused(ada: Reader) -> None:
    with pytest.raises(Invalid):
        new(ada, "")


def test_what_creating_answers_is_the_row_that_stands_there_then_with_its_words_and_its_line(ada: Reader) -> None:
    area = Term.objects.create(list="areas", code="core", name_zh="核心区", name_en="Core")
    made = new(ada, "合肥星火科技有限公司", area="core", registered_capital="1200000.5", staff_count="12",
               founded_on="2019-05-06", size="small", website="https://spark.example")  # fmt: skip
    kept = seen_by(ada).select_related("area").get(pk=made.pk)
    fields = [field.attname for field in Organisation._meta.concrete_fields]
    assert [getattr(made, name) for name in fields] == [getattr(kept, name) for name in fields]
    assert as_plain(made, Secrecy.S4) == as_plain(kept, Secrecy.S4)
    assert (made.area, str(made.registered_capital)) == (area, "1200000.50")
    assert seen_by(ada).filter(pk__in=index.found("organisation", "星火")).get() == made
    (line,) = timeline(made, Secrecy.S4)
    assert (line.verb, dict((name, after) for name, _, after in line.changes)["area"]) == (
        "organisation.created",
        "core",
    )
    assert first_broken() is None


def test_a_record_made_after_another_was_taken_away_has_an_id_of_its_own(ada: Reader) -> None:
    first = new(ada, "合肥星火科技有限公司").pk
    seen_by(ada).filter(pk=first).delete()
    assert new(ada, "芜湖磁浮技术有限公司").pk == first + 1


def test_a_creation_the_database_refuses_leaves_nothing_behind(ada: Reader) -> None:
    new(ada, "合肥星火科技有限公司", source_kind="list", source_ref="7")
    with pytest.raises(Refused, match="a moment ago"):
        new(ada, "芜湖磁浮技术有限公司", source_kind="list", source_ref="7")
    assert new(ada, "芜湖磁浮技术有限公司").number.endswith("-0002")
    assert first_broken() is None


def test_a_stale_edit_overwrites_nothing_and_says_what_differs(bo_company: Organisation, ada: Reader) -> None:
    version = bo_company.version
    organisations.edit(bo_company, {"city": "Wuhu"}, by=ada, at=NOON, version=version)
    with pytest.raises(Stale) as refused:
        organisations.edit(bo_company, {"city": "Hefei"}, by=ada, at=NOON, version=version)
    assert refused.value.differences == (("city", "Wuhu", "Hefei"),)
    assert refused.value.version == version + 1


def test_a_second_click_makes_no_second_organisation(ada: Reader) -> None:
    values = {"organisation_kind": "enterprise", "name_zh": "星火有限公司"}
    first, second = (organisations.create(values, by=ada, at=NOON, key="k") for _ in range(2))
    assert first == second


# Deed × person: ada an officer, bo of the company, dee of another, the office of a university, an administrator.
MAY = {
    "create": {"ada"}, "create_team": {"ada", "office"}, "edit": {"ada", "bo"}, "manage": {"ada"}, "merge": {"ada"},
    "person": {"ada", "office"}, "place": {"ada", "bo"}, "accounts": {"admin"}, "grant": {"ada", "bo"},
    "duplicates": {"ada"},
}  # fmt: skip
JUDGES = {
    "create": lambda r, o: permissions.may_create(r),
    "create_team": lambda r, o: permissions.may_create(r, OrganisationKind.TEAM),
    "edit": permissions.may_edit,
    "manage": permissions.may_manage,
    "merge": lambda r, o: permissions.may_merge(r, o, make_organisation("Another")),
    "person": lambda r, o: permissions.may_create_person(r),
    "place": permissions.may_place,
    "accounts": lambda r, o: permissions.may_open_accounts(r),
    "grant": permissions.may_grant,
    "duplicates": lambda r, o: permissions.may_find_duplicates(r),
}


@pytest.mark.parametrize("deed", MAY)
def test_each_deed_is_for_its_people_and_each_refusal_has_a_sentence(
    deed: str, bo_company: Organisation, request: pytest.FixtureRequest
) -> None:
    readers = {name: request.getfixturevalue(name) for name in ("ada", "bo", "dee", "office")}
    readers["admin"] = reader_of(make_user("admin@hub.example", Role.ADMINISTRATOR), NOON)
    verdicts = {name: JUDGES[deed](reader, bo_company) for name, reader in readers.items()}
    assert {name for name, verdict in verdicts.items() if verdict} == MAY[deed]
    assert all(verdict.reason.zh and verdict.reason.en for verdict in verdicts.values() if not verdict)


def test_a_company_sets_its_own_facts_but_not_its_area_kind_or_openness(bo_company: Organisation, bo: Reader) -> None:
    organisations.edit(bo_company, {"website": "https://bo.example"}, by=bo, at=NOON)
    for values in ({"area": ""}, {"organisation_kind": "bureau"}, {"level": "public"}, {"credit_code": code_of(1)}):
        with pytest.raises(Invalid):
            organisations.edit(bo_company, values, by=bo, at=NOON)


def test_an_officer_of_another_area_does_not_edit(bo_company: Organisation) -> None:
    here, there = (
        Term.objects.create(list="areas", code=code, name_zh=code, name_en=code) for code in ("core", "shushan")
    )
    bo_company.area = here
    officer = reader_of(make_user("eve@hub.example", Role.OFFICER, area=there), NOON)
    assert not permissions.may_edit(officer, bo_company)
    assert permissions.may_edit(reader_of(make_user("fay@hub.example", Role.OFFICER, area=here), NOON), bo_company)


def test_labels_are_held_for_a_time_and_filter_the_list(bo_company: Organisation, ada: Reader) -> None:
    Term.objects.create(list="labels", code="gazelle", name_zh="瞪羚企业", name_en="Gazelle")
    row = organisations.add_label(bo_company, "gazelle", 2025, by=ada, at=NOON)
    asked = Question(filters={"label": "gazelle"})
    assert len(page(ORGANISATION_LISTING, ada, asked).rows) == 1
    with pytest.raises(Invalid):
        organisations.add_label(bo_company, "gazelle", 2025, by=ada, at=NOON)
    organisations.end_label(bo_company, row.pk, ends_on=date(2026, 1, 1), by=ada, at=NOON)
    assert page(ORGANISATION_LISTING, ada, asked).rows == ()


def test_a_page_shows_positions_of_today_first_and_only_of_visible_persons(
    bo_company: Organisation, ada: Reader, dee: Reader
) -> None:
    past, present, hidden = (
        persons.create({"name_en": name}, by=ada, at=NOON) for name in ("Past", "Present", "Hidden")
    )
    persons.place(past, bo_company, "manager", by=ada, at=NOON, starts_on=date(2026, 1, 1), ends_on=date(2026, 5, 1))
    persons.place(present, bo_company, "founder", by=ada, at=NOON, starts_on=date(2020, 1, 1))
    persons.place(hidden, bo_company, "expert", by=ada, at=NOON, starts_on=date(2020, 1, 1))
    persons.edit(hidden, {"level": "named"}, by=ada, at=NOON)
    shown = [row.person.name_en for row in organisation_page(bo_company, dee).positions]
    assert shown == ["Present", "Past"]
