"""Packs load without doubling; imports show what they would do, then do all of it or nothing."""

import csv
import io
from datetime import timedelta
from pathlib import Path

import pytest

from grandunion.adapters import index
from grandunion.records.journal import Entry, Step
from grandunion.records.lists import Term
from grandunion.records.needs import Need
from grandunion.records.parties import Organisation, OrganisationLabel, OrganisationName, Person
from grandunion.records.projects import Project
from grandunion.records.upkeep import ImportBatch
from grandunion.terms.identifiers import credit_check
from grandunion.terms.parties import OrganisationKind
from grandunion.terms.readers import house
from grandunion.terms.roles import Part, Role
from grandunion.terms.secrecy import Level
from grandunion.terms.verdicts import Forbidden, Invalid, Refused
from grandunion.work.actions.parties import let_in, organisations
from grandunion.work.actions.upkeep import imports, undoing
from grandunion.work.actions.upkeep.packs import load_pack
from grandunion.work.permissions import upkeep as permissions
from grandunion.work.queries import journal, lists
from grandunion.work.queries.parties import reader_of
from grandunion.work.queries.upkeep import checks, exports, mappings
from grandunion.work.queries.upkeep.imports import Examination, examine
from tests.cast import NOON, make_organisation, make_user
from tests.packs import hefei_pack

SENT = imports.Sent("list.csv", "0" * 64)


def code_of(number: int) -> str:
    """A credit code that passes its check."""
    first = f"91340100MA{number:07d}"
    return first + credit_check(first)


def file_of(folder: Path, heads: list[str], *rows: list[object], name: str = "list.csv") -> Path:
    kept = io.StringIO()
    csv.writer(kept).writerows([heads, *rows])
    path = folder / name
    path.write_text(kept.getvalue(), "utf-8")
    return path


def look(path: Path, kind: str = "organisations", mapping: str = "template", by=None, **options) -> Examination:
    wanted = mappings.mapping_of(mapping, kind)
    table = mappings.table_of(path, wanted)
    return examine(table, wanted, by or house(NOON), is_template=mapping == "template", **options)


def bring(path: Path, kind: str = "organisations", **options) -> ImportBatch:
    return imports.write(look(path, kind, **options), SENT, by=house(NOON), at=NOON)


def everybody() -> list[Organisation]:
    return list(Organisation.objects.unscoped("a test looks at what came in").order_by("pk"))


COMPANY = ["source_ref", "credit_code", "name_zh", "name_en", "kind", "city", "staff_count"]


def company(number: int, name_zh: str, **changes: object) -> list[object]:
    row = dict(zip(COMPANY, (f"R{number}", code_of(number), name_zh, "", "enterprise", "合肥", 12), strict=True))
    return list({**row, **changes}.values())


@pytest.mark.django_db
def test_a_pack_loads_and_loads_again_without_a_change():
    pack = hefei_pack()
    first = load_pack(pack, by=house(NOON), at=NOON)
    assert first.new["organisations"] == len(pack.organisations)
    assert lists.hub().name.zh == "科大硅谷"
    assert "8:30" in lists.hub().office_hours.en
    assert {area.code for area in lists.terms("areas")} == {area.code for area in pack.areas}
    before = Entry.objects.count()
    again = load_pack(pack, by=house(NOON), at=NOON + timedelta(days=1))
    assert (again.changes, Entry.objects.count()) == (0, before)


@pytest.mark.django_db
def test_a_second_load_keeps_what_a_person_changed():
    pack = hefei_pack()
    load_pack(pack, by=house(NOON), at=NOON)
    ustc = Organisation.objects.unscoped("a test looks at what was kept").get(
        source_kind="pack:hefei", source_ref="ustc"
    )
    organisations.edit(ustc, {"website": "https://en.ustc.edu.cn"}, by=house(NOON), at=NOON)
    load_pack(pack, by=house(NOON), at=NOON)
    ustc.refresh_from_db()
    assert ustc.website == "https://en.ustc.edu.cn"


def test_only_the_operator_and_administrators_load_packs(ada, bo):
    for reader in (ada, bo):
        assert not permissions.may_load_pack(reader)
        with pytest.raises(Forbidden):
            load_pack(hefei_pack(), by=reader, at=NOON)


@pytest.mark.django_db
def test_who_may_import_is_an_officer_for_all_areas(ada, bo, chen, dee):
    area = Term.objects.create(list="areas", code="core", name_zh="核心区", name_en="Core")
    local = reader_of(make_user("lu@hub.example", Role.OFFICER, area=area), NOON)
    planner = reader_of(make_user("pat@hub.example", Role.PLANNER), NOON)
    may = {name: bool(permissions.may_import(reader)) for name, reader in
           {"ada": ada, "bo": bo, "chen": chen, "dee": dee, "local": local, "planner": planner}.items()}  # fmt: skip
    assert may == {"ada": True, "bo": False, "chen": False, "dee": False, "local": False, "planner": False}
    assert permissions.may_open(planner)
    assert not permissions.may_open(bo)


@pytest.mark.django_db
def test_looking_writes_nothing(tmp_path, reading):
    path = file_of(tmp_path, COMPANY, company(1, "博机器人有限公司"))
    with reading():
        found = look(path)
    assert (found.new, found.changed, found.unchanged, found.bad) == (1, 0, 0, 0)
    assert everybody() == []


@pytest.mark.django_db
def test_what_is_written_is_numbered_found_and_journaled(tmp_path):
    path = file_of(tmp_path, [*COMPANY, "aliases"], [*company(1, "合肥博机器人有限公司"), "博机;Bo Robot"])
    batch = bring(path)
    (written,) = everybody()
    assert written.number == "ORG-2026-0001"
    assert (written.level, written.core_zh, written.sort_key[:7]) == (Level.MEMBERS, "博机器人", "he fei ")
    assert index.kept_ids("organisation") == {written.pk}
    assert list(
        Organisation.objects.unscoped("a test looks at what was kept").filter(
            pk__in=index.found("organisation", "机器人")
        )
    ) == [written]
    names = OrganisationName.objects.unscoped("a test looks at what was kept").filter(organisation=written)
    assert set(names.values_list("name", flat=True)) == {"博机", "Bo Robot"}
    assert [line.verb for line in journal.timeline(written, 4)] == ["organisation.imported"]
    assert journal.first_broken() is None
    assert (batch.added, batch.changed, batch.fingerprint) == (1, 0, "0" * 64)


@pytest.mark.django_db
def test_a_second_run_changes_nothing(tmp_path):
    path = file_of(tmp_path, COMPANY, company(1, "博机器人有限公司"), company(2, "陈实验室"))
    bring(path)
    before = Entry.objects.count()
    found = look(path)
    assert (found.new, found.changed, found.unchanged) == (0, 0, 2)
    assert Entry.objects.count() == before


@pytest.mark.django_db
def test_a_change_is_shown_field_by_field_and_then_kept(tmp_path):
    bring(file_of(tmp_path, COMPANY, company(1, "博机器人有限公司")))
    path = file_of(tmp_path, COMPANY, company(1, "博智能有限公司", staff_count=30, city=""))
    found = look(path)
    (difference,) = found.differences
    assert difference.number == "ORG-2026-0001"
    assert difference.fields == (("name_zh", "博机器人有限公司", "博智能有限公司"), ("staff_count", "12", "30"))
    imports.write(found, SENT, by=house(NOON), at=NOON)
    (written,) = everybody()
    assert (written.name_zh, written.staff_count, written.city, written.version) == ("博智能有限公司", 30, "合肥", 2)
    assert written.core_zh == "博智能"
    assert list(
        Organisation.objects.unscoped("a test looks at what was kept").filter(
            pk__in=index.found("organisation", "博智能")
        )
    ) == [written]
    assert journal.timeline(written, 4)[0].verb == "organisation.import_changed"


@pytest.mark.django_db
def test_a_row_finds_its_record_by_its_credit_code_and_never_raises_its_level(tmp_path):
    known = make_organisation("Bo", credit_code=code_of(1), level=Level.ORGANISATION)
    path = file_of(tmp_path, [*COMPANY, "level"], [*company(1, "博机器人有限公司"), "public"])
    bring(path)
    known.refresh_from_db()
    assert (known.name_zh, known.level, known.source_kind) == ("博机器人有限公司", Level.ORGANISATION, "")


@pytest.mark.django_db
def test_one_bad_row_stops_the_whole_file_and_every_one_is_named(tmp_path):
    path = file_of(
        tmp_path, COMPANY, company(1, "好公司"), company(2, "坏公司", credit_code="913401000000000000"),
        company(3, "", name_en=""), company(4, "人多公司", staff_count="many"), company(1, "又一个"),
    )  # fmt: skip
    found = look(path)
    assert (found.bad, found.is_sound) == (4, False)
    places = {(problem.row, problem.field) for problem in found.problems}
    assert places == {(3, "credit_code"), (4, "name_zh"), (5, "staff_count"), (6, "source_ref")}
    assert all(problem.text.zh and problem.text.en for problem in found.problems)
    with pytest.raises(Refused):
        imports.write(found, SENT, by=house(NOON), at=NOON)
    assert everybody() == []


CITIZEN = "11010519491231002X"


@pytest.mark.django_db
def test_a_column_of_citizen_numbers_is_refused_by_name_even_if_nobody_maps_it(tmp_path):
    path = file_of(tmp_path, [*COMPANY, "身份证"], [*company(1, "博机器人有限公司"), CITIZEN])
    with pytest.raises(Refused) as stopped:
        look(path)
    assert "身份证" in stopped.value.reason.zh
    assert CITIZEN not in stopped.value.reason.zh


@pytest.mark.django_db
def test_likely_twins_are_warned_of_and_may_still_be_written(tmp_path):
    known = make_organisation("x", name_zh="合肥博机器人有限公司", core_zh="博机器人")
    found = look(file_of(tmp_path, COMPANY, company(1, "上海博机器人有限公司"), company(2, "博机器人股份有限公司")))
    assert found.new == 2
    assert [(one.row, known.number in one.text.en) for one in found.warnings] == [(2, True), (3, True)]


@pytest.mark.django_db
def test_identifiers_of_two_records_in_one_row_are_a_bad_row(tmp_path):
    make_organisation("One", credit_code=code_of(1))
    make_organisation("Two", ror="04c4dkn09")
    found = look(file_of(tmp_path, [*COMPANY, "ror"], [*company(1, "一个"), "04c4dkn09"]))
    assert "Merge" in found.problems[0].text.en


@pytest.mark.django_db
def test_a_record_that_is_not_open_to_the_officer_is_neither_shown_nor_changed(tmp_path, ada):
    make_organisation("Hidden", credit_code=code_of(1), level=Level.NAMED)
    found = look(file_of(tmp_path, COMPANY, company(1, "新名称")), by=ada)
    assert (found.bad, found.differences) == (1, [])
    assert "not open to you" in found.problems[0].text.en


@pytest.mark.django_db
def test_what_was_examined_is_judged_anew_when_it_is_written(tmp_path):
    found = look(file_of(tmp_path, COMPANY, company(1, "新公司")))
    meanwhile = make_organisation("Meanwhile", credit_code=code_of(1))
    batch = imports.write(found, SENT, by=house(NOON), at=NOON)
    meanwhile.refresh_from_db()
    assert (batch.added, batch.changed, meanwhile.name_zh) == (0, 1, "新公司")


@pytest.mark.django_db
def test_nothing_is_written_when_a_row_has_become_bad_meanwhile(tmp_path):
    found = look(
        file_of(tmp_path, [*COMPANY, "ror"], [*company(1, "新公司"), ""], [*company(2, "另一家"), "04c4dkn09"])
    )
    make_organisation("One", credit_code=code_of(2))
    make_organisation("Two", ror="04c4dkn09")
    before = len(everybody())
    with pytest.raises(Refused):
        imports.write(found, SENT, by=house(NOON), at=NOON)
    assert len(everybody()) == before


@pytest.mark.django_db
def test_an_outsider_cannot_write_what_somebody_has_examined(tmp_path, dee):
    found = look(file_of(tmp_path, COMPANY, company(1, "博机器人有限公司")))
    with pytest.raises(Forbidden):
        imports.write(found, SENT, by=dee, at=NOON)


@pytest.mark.django_db
def test_needs_come_in_without_starting_the_clocks_of_the_desk(tmp_path):
    heads = ["source_ref", "title_zh", "text_zh", "category", "org_name", "budget", "due_on", "state"]
    bring(file_of(tmp_path, heads, ["1", "寻找激光雷达", "说明", "technology", "义城", "120万元", "2027/3/1", "登记"]),
          "needs")  # fmt: skip
    (need,) = Need.objects.unscoped("a test looks at what was kept")
    assert (need.state, need.due_at, need.received_at) == ("received", None, NOON)
    assert (need.budget, need.wanted_by.isoformat()) == (1_200_000, "2027-03-01")
    assert Step.objects.filter(flow="need", subject_id=need.pk, target="received").count() == 1


@pytest.mark.django_db
def test_a_need_comes_in_with_the_round_and_forms_of_money_it_looks_for(tmp_path):
    heads = ["title_zh", "category", "finance_round", "instruments_wanted", "modes_wanted"]
    bring(file_of(tmp_path, heads, ["寻找投资", "融资", "天使轮", "股权；loan", ""],
                  ["寻找技术", "technology", "", "", "转让;licence_sole"]), "needs")  # fmt: skip
    money, technology = Need.objects.unscoped("a test looks at what was kept").order_by("pk")
    assert (money.finance_round, money.instruments_wanted, money.modes_wanted) == ("angel", ["equity", "loan"], [])
    assert (technology.finance_round, technology.modes_wanted) == ("", ["transfer", "licence_sole"])
    found = look(file_of(tmp_path, heads, ["甲", "融资", "天使轮", "贝壳", ""]), "needs")
    assert [(one.row, one.field) for one in found.problems] == [(2, "instruments_wanted")]


@pytest.mark.django_db
def test_a_project_names_an_owner_that_is_here_and_skips_no_guard(tmp_path):
    make_organisation("Team", OrganisationKind.TEAM, name_zh="脑机团队")
    heads = ["source_ref", "title_zh", "owner_name", "state"]
    found = look(file_of(tmp_path, heads, ["1", "甲", "脑机团队", "matching"], ["2", "乙", "无此单位", "lead"],
                         ["3", "丙", "脑机团队", "landed"]), "projects")  # fmt: skip
    assert {(one.row, one.field) for one in found.problems} == {(3, "owner_name"), (4, "state")}
    bring(file_of(tmp_path, heads, ["1", "甲", "脑机团队", "matching"]), "projects")
    (project,) = Project.objects.unscoped("a test looks at what was kept")
    assert (project.phase, project.state) == ("matching", "matching")


@pytest.mark.django_db
def test_persons_are_found_again_by_their_orcid(tmp_path):
    heads = ["name_zh", "affiliation", "orcid"]
    bring(file_of(tmp_path, heads, ["曾静", "测试大学", "0000-0002-1825-0097"]), "persons")
    bring(file_of(tmp_path, heads, ["曾静", "另一大学", "https://orcid.org/0000-0002-1825-0097"]), "persons")
    (person,) = Person.objects.unscoped("a test looks at what was kept")
    assert (person.affiliation, person.sort_key.split("  ")[0]) == ("另一大学", "zeng jing")


MAPPING = """kind: organisations
key: [source_ref]
source: {kind: test, name_zh: 测试, name_en: Test, licence: none, publishable: false}
constants: {kind: enterprise, level: %s}
fields:
  source_ref: id
  name_zh: {from: [short, long], via: [strip, "truncate:5"]}
  aliases: {from_all: [long, short], via: ["split:|"]}
  city: {from: place, via: ["lookup:places"], default: 合肥}
joins:
- {name: more, on: id, with: key, fields: {website: {from: web, via: ["drop_longer:30"]}}}
skip:
- {column: state, in: [gone]}
tables:
  places: {SH: 上海}
"""


@pytest.mark.django_db
def test_a_mapping_converts_joins_skips_and_falls_back(tmp_path):
    (tmp_path / "test.yaml").write_text(MAPPING % "members", "utf-8")
    more = file_of(tmp_path, ["key", "web"], ["1", "bo.example"], ["2", f"http://{'x' * 40}.example"], name="more.csv")
    heads = ["id", "short", "long", "place", "state"]
    path = file_of(tmp_path, heads, ["1", "", " 博　机器人有限公司|博机 ", "SH", ""],
                   ["2", "陈", "", "??", "here"], ["3", "没了", "", "", "gone"])  # fmt: skip
    found = look(path, mapping=str(tmp_path / "test.yaml"), joins={"more": more})
    assert (found.new, found.skipped) == (2, 1)
    imports.write(found, SENT, by=house(NOON), at=NOON)
    first, second = everybody()
    assert (first.name_zh, first.city, first.website) == ("博 机器…", "上海", "http://bo.example")
    assert (second.name_zh, second.city, second.website) == ("陈", "合肥", "")


@pytest.mark.django_db
def test_content_that_must_not_be_published_cannot_come_in_as_public(tmp_path):
    (tmp_path / "test.yaml").write_text(MAPPING % "public", "utf-8")
    found = look(file_of(tmp_path, ["id", "short"], ["1", "陈"]), mapping=str(tmp_path / "test.yaml"))
    assert [one.field for one in found.problems] == ["level"]


@pytest.mark.django_db
def test_a_file_with_none_of_the_columns_says_which_it_has(tmp_path):
    with pytest.raises(Invalid) as stopped:
        look(file_of(tmp_path, ["foo", "bar"], ["1", "2"]))
    assert "foo, bar" in stopped.value.reason.en


def _states() -> dict[str, object]:
    """Everything of the organisations that an import can touch, but for versions and moments."""
    rows = Organisation.objects.unscoped("a test compares before and after").order_by("pk").values()
    names = OrganisationName.objects.unscoped("as above").values_list("organisation", "name")
    labels = OrganisationLabel.objects.unscoped("as above").values_list("organisation", "label__code", "year")
    found = sorted(pk for word in ("合肥", "量子", "新名", "星火") for pk in index.newest("organisation", word, 9))
    plain = [{name: value for name, value in row.items() if name not in ("version", "updated_at")} for row in rows]
    return {"rows": plain, "names": set(names), "labels": set(labels), "words": found}


@pytest.mark.django_db
def test_an_import_is_taken_back_as_a_whole_and_may_come_in_again(tmp_path, operator):
    area = Term.objects.create(list="areas", code="core", name_zh="核心区", name_en="Core")
    for code in ("high-tech", "gazelle"):
        Term.objects.create(list="labels", code=code, name_zh=code, name_en=code)
    heads = [*COMPANY, "area", "registered_capital", "founded_on", "aliases", "labels"]
    bring(file_of(tmp_path, heads, [*company(1, "星火科技有限公司"), "", "120.50", "2019-05-06", "", "high-tech"]))
    before = _states()
    second = [
        [*company(1, "新名科技有限公司", city="芜湖"), "core", "7", "2020-01-01", "老名;旧名", "high-tech;gazelle"],
        [*company(2, "量子科技有限公司"), area.code, "", "", "别名", "gazelle"],
    ]  # fmt: skip
    path = file_of(tmp_path, heads, *second)
    made = bring(path)
    after = _states()
    assert (made.added, made.changed) == (1, 1)
    undone = undoing.take_back(made, by=operator, at=NOON)
    assert ([one.subject_number[:3] for one in undone.added], len(undone.changed)) == (["ORG"], 1)
    assert _states() == before
    assert journal.first_broken() is None
    assert list(Entry.objects.order_by("-seq").values_list("verb", flat=True)[:3]) == [
        "import.taken_back", "organisation.import_taken_back", "organisation.import_taken_back",
    ]  # fmt: skip
    with pytest.raises(Refused, match="already"):
        undoing.take_back(made, by=operator, at=NOON)
    again = bring(path)
    assert (again.added, again.changed) == (1, 1)
    assert [row["name_zh"] for row in _states()["rows"]] == [row["name_zh"] for row in after["rows"]]


@pytest.mark.django_db
def test_an_import_of_records_with_states_is_taken_back_with_their_first_steps(tmp_path, operator):
    made = bring(file_of(tmp_path, ["title_zh", "category", "text_zh"], ["求购泵", "technology", "安静"]), "needs")
    assert (Need.objects.unscoped("a test counts").count(), Step.objects.count()) == (1, 1)
    undoing.take_back(made, by=operator, at=NOON)
    assert (Need.objects.unscoped("a test counts").count(), Step.objects.count()) == (0, 0)


@pytest.mark.django_db
@pytest.mark.parametrize("how", ["edited", "referred to", "let in", "changed by another import"])
def test_an_import_stays_where_somebody_went_on_with_one_of_its_records(tmp_path, operator, how):
    made = bring(file_of(tmp_path, COMPANY, company(1, "星火科技有限公司"), company(2, "量子科技有限公司")))
    first, second = everybody()
    if how == "edited":
        organisations.edit(second, {"city": "芜湖"}, by=operator, at=NOON)
    elif how == "referred to":
        make_user("bo@x.example", Role.ENTERPRISE, second)
    elif how == "let in":
        let_in(second, make_user("bo@x.example", None), Part.GRANTEE, by=operator, at=NOON, reason="to see")
    else:
        bring(file_of(tmp_path, COMPANY, company(2, "量子科技有限公司", city="芜湖")))
    with pytest.raises(Refused, match=second.number) as refused:
        undoing.take_back(made, by=operator, at=NOON)
    assert first.number not in refused.value.reason.en
    assert len(everybody()) == 2


@pytest.mark.django_db
def test_only_who_may_import_takes_an_import_back(tmp_path, dee):
    made = bring(file_of(tmp_path, COMPANY, company(1, "星火科技有限公司")))
    with pytest.raises(Forbidden):
        undoing.take_back(made, by=dee, at=NOON)


@pytest.mark.django_db
def test_a_large_file_takes_a_bounded_number_of_queries(tmp_path, queries):
    path = file_of(tmp_path, COMPANY, *(company(n, f"公司{n}") for n in range(2500)))
    with queries(at_most=16):
        found = look(path)
    with queries(at_most=60):
        imports.write(found, SENT, by=house(NOON), at=NOON)
    assert len(everybody()) == 2500
    assert journal.first_broken() is None


@pytest.mark.django_db
def test_an_export_has_exactly_the_rows_its_user_sees(tmp_path, bo, dee, bo_company):
    make_organisation("Open", level=Level.PUBLIC)
    make_organisation("Named", level=Level.NAMED)
    secret = make_organisation("Team", OrganisationKind.TEAM, level=Level.ORGANISATION)
    for reader in (bo, dee):
        path = tmp_path / f"{reader.user_id}.jsonl"
        exports.export("organisations", path, reader, "en")
        text = path.read_text("utf-8")
        assert "Open" in text
        assert "Named" not in text
        assert secret.number not in text
    with pytest.raises(Refused):
        exports.export("secrets", tmp_path / "a.csv", bo, "en")


def wrong() -> list[str]:
    return [found.about.en for found in checks.findings() if found.wrong and not found.is_warning]


@pytest.mark.django_db
def test_a_whole_hub_passes_its_checks_and_a_tampered_one_does_not(operator):
    organisations.create({"organisation_kind": "enterprise", "name_en": "Bo"}, by=operator, at=NOON)
    assert wrong() == []
    Entry.objects.update(actor_name="somebody else")
    index.drop("organisation", everybody()[0].pk)
    assert wrong() == ["journal", "index: organisation"]
