"""The pack of Hefei is right, and mistakes in a pack are named with file, line and what to write instead."""

import shutil
from datetime import date, time
from decimal import Decimal
from pathlib import Path

import pytest

from grandunion.adapters.packs import check_pack, find_mapping, find_pack, read_pack, sound_pack
from grandunion.adapters.packs.checking import CLOSED_LISTS
from grandunion.adapters.packs.sheets import read_toml, read_yaml
from grandunion.terms.plans import Operator, Qualifier, Scope
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent, Invalid
from tests.packs import hefei_pack


@pytest.fixture(scope="module")
def hefei():
    return hefei_pack()


@pytest.fixture
def copy(tmp_path) -> Path:
    """A copy of the pack without its demonstration, to spoil."""
    return Path(shutil.copytree(find_pack("hefei"), tmp_path / "hefei", ignore=shutil.ignore_patterns("demo")))


def spoil(folder: Path, name: str, before: str, after: str) -> int:
    """Replace one thing in one file; the line it stands on."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert before in text, f"{before!r} no longer stands in {name}"
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    return text[: text.index(before)].count("\n") + 1


def mistakes(folder: Path) -> list:
    return [problem for problem in check_pack(folder) if not problem.is_note]


def test_the_pack_of_hefei_has_no_mistake():
    assert [problem.said().en for problem in check_pack(find_pack("hefei")) if not problem.is_note] == []


def test_the_hub_keeps_the_office_hours_its_page_publishes(hefei):
    assert hefei.hub.office_hours.opens == time(8, 30)
    assert hefei.hub.office_hours.closes == time(18)
    assert hefei.hub.office_hours.weekdays == (1, 2, 3, 4, 5)
    assert hefei.hub.name.name == Text("Grand Union of Innovation", "科大硅谷")
    assert hefei.hub.land.square_kilometres == Decimal("8.22")


def test_the_four_areas_of_the_plan_are_open_and_the_expansion_areas_are_planned(hefei):
    open_areas = [area.code for area in hefei.areas if area.status == "open"]
    assert open_areas == ["core", "high_tech", "shushan", "iflytek_town"]
    assert {area.verified_on for area in hefei.areas if area.status == "planned"} == {None}


def test_the_lists_have_the_official_counts(hefei):
    industries = hefei.term_list("industries").terms
    assert [sum(len(term.code) == length for term in industries) for length in (1, 3)] == [20, 97]
    emerging = hefei.term_list("emerging_industries").terms
    assert [sum(bool(term.parent) is below for term in emerging) for below in (False, True)] == [9, 40]
    assert [term.code for term in hefei.term_list("trl").terms] == [str(level) for level in range(1, 10)]


def test_the_closed_lists_are_the_words_of_the_house(hefei):
    for code, words in CLOSED_LISTS.items():
        assert {term.code for term in hefei.term_list(code).terms} == set(words.codes())


def test_the_plan_of_2022_wants_five_figures_by_2025_and_a_vision_for_2035(hefei):
    plan = next(plan for plan in hefei.plans if plan.code == "plan-2022")
    wanted = {target.indicator: (target.operator, target.value) for target in plan.targets}
    assert wanted == {
        "talents": (Operator.OVER, 100_000),
        "fund_scale": (Operator.OVER, 200_000_000_000),
        "organisations_in_hub": (Operator.OVER, 10_000),
        "high_tech_enterprises": (Operator.EXACTLY, 1_000),
        "listed_and_unicorns": (Operator.OVER, 50),
        "vision_2035": (None, None),
    }
    assert {target.deadline for target in plan.targets} == {date(2025, 12, 31), date(2035, 12, 31)}


def test_the_846_is_kept_with_both_its_readings(hefei):
    claims = {claim.code: claim for claim in hefei.claims}
    province, city = claims["province-enterprises-2023"], claims["city-projects-2023"]
    assert (province.value, province.qualifier, province.level) == (846, Qualifier.EXACTLY, Scope.PROVINCE)
    assert (city.value, city.qualifier, city.level) == (800, Qualifier.OVER, Scope.CITY)
    quarrel = next(item for item in hefei.disagreements if item.code == "the-846")
    assert {province.code, city.code} <= set(quarrel.claims)


def test_an_indicator_that_nobody_can_count_says_why(hefei):
    for indicator in hefei.indicators:
        assert (indicator.counts is None) != (indicator.why_uncounted is None)


def test_what_is_unverified_ships_unverified_and_is_a_note():
    notes = [problem for problem in check_pack(find_pack("hefei")) if problem.is_note]
    assert any(problem.file == "sla.yaml" for problem in notes)
    labels = hefei_pack().term_list("labels").terms
    assert {term.verified_on for term in labels} == {None}


MISTAKES = [
    ("routes.yaml", "organisation: lingyang,", "organisation: lingyan,", "Did you mean “lingyang”?"),
    ("routes.yaml", "subjects: [scenario_trial]", "subjects: [scenario_trail]", "Did you mean “scenario_trial”?"),
    ("routes.yaml", "stages: [team,", "stages: [teams,", "Did you mean “team”?"),
    ("routes.yaml", "industries_out: [J, P]", "industries: [J], industries_out: [J, P]", "is both in and out"),
    ("routes.yaml", "capacity: 15}", "age_least: 5, age_most: 2, capacity: 15}", "age_most lies below age_least"),
    ("routes.yaml", "  - {code: city_raised", "  - {code: zone_raised", "is taken in routes.yaml line"),
    ("desk.yaml", "measure: late,", "measure: latest,", "Did you mean “late”?"),
    ("desk.yaml", "service_level: shandong", "service_level: shangdong", "Did you mean “shandong”?"),
    ("sla.yaml", "within: 24, unit: hours", "within: 24, on_correction: restart, unit: hours", "is not known here"),
    (
        "lists/need_subjects.yaml",
        "kind: number, is_required: true",
        "kind: count, is_required: true",
        "is not known here",
    ),
    ("areas.yaml", "district: HF-GX", "distrikt: HF-GX", "Did you mean “district”?"),
    ("areas.yaml", "  name_zh: 核心区\n", "", "“name_zh” is missing"),
    ("areas.yaml", "status: open", "status: opened", "Did you mean “open”?"),
    ("areas.yaml", "- code: shushan", "- code: core", "is taken in areas.yaml line 4"),
    ("plans.yaml", "indicator: talents,", "indicator: talent,", "Did you mean “talents”?"),
    ("plans.yaml", 'operator: ">", value: 100000', 'operator: "=>", value: 100000', "is not known here"),
    ("plans.yaml", "deadline: 2025-12-31", "deadline: 31.12.2025", "Write 2025-12-31."),
    ("plans.yaml", 'operator: ">", value: 100000, ', "", "needs `operator` and `value`"),
    (
        "plans.yaml",
        "unit_zh: 人, unit_en: persons",
        "unit_zh: 万人, unit_en: persons",
        "Write unit_zh: 人, unit_en: persons",
    ),
    ("plans.yaml", "unit_zh: 元, unit_en: CNY, ", "", "Its unit is “nothing”"),
    ("plans.yaml", "wording_zh: 设立风投", "unit_zh: 个, unit_en: units, wording_zh: 设立风投", "in words has no unit"),
    ("claims.yaml", "source: S7", "source: S777", "Did you mean “S7”?"),
    ("claims.yaml", "area: shushan", "area: shushann", "Did you mean “shushan”?"),
    ("claims.yaml", "value: 846", "value: many", "is not a number"),
    ("indicators.yaml", "record: project, on: landed_on}", "record: projet, on: landed_on}", "Did you mean “project”?"),
    ("indicators.yaml", "record: project, on: landed_on}", "record: project, on: landed}", "Did you mean “landed_on”?"),
    ("indicators.yaml", "record: project, on: landed_on}", "record: project, on: route}", "“route” is no date"),
    ("indicators.yaml", "record: project, on: landed_on}", "record: project}", "by which day a record counts"),
    ("indicators.yaml", "{first: evaluated}}", "{frist: evaluated}}", "Did you mean “first”?"),
    ("indicators.yaml", "{first: evaluated}}", "{first: evaluatd}}", "Did you mean “evaluated”?"),
    ("indicators.yaml", "state, is_not: spam", "state, isnt: spam", "Did you mean “is_not”?"),
    ("indicators.yaml", "state, is_not: spam", "state, is_not: spamm", "Did you mean “spam”?"),
    ("indicators.yaml", "state, is_not: spam", "stat, is_not: spam", "Did you mean “state”?"),
    ("indicators.yaml", "is_in_time, is: true", "is_in_time, is: yess", "Write one of: false, true"),
    ("indicators.yaml", "amount: value_total}", "amount: title}", "is not known here"),
    ("indicators.yaml", "statistic: sum, amount: value_total}", "amount: value_total}", "a count has neither"),
    ("indicators.yaml", "come: or_unknown", "come: perhaps", "is not known here"),
    ("indicators.yaml", "one_of: [listed, unicorn]", "one_of: [listed, unicron]", "Did you mean “unicorn”?"),
    (
        "indicators.yaml",
        "{of: assignments_in_time, to: assignments_answered}",
        "{of: assignments_in_tim, to: assignments_answered}",
        "Did you mean “assignments_in_time”?",
    ),
    (
        "indicators.yaml",
        "{of: assignments_in_time, to: assignments_answered}",
        "{of: answers_in_time_share, to: assignments_answered}",
        "made of itself",
    ),
    (
        "indicators.yaml",
        "{of: assignments_in_time, to: assignments_answered}",
        "{of: contract_value_total, to: assignments_answered}",
        "different units",
    ),
    (
        "indicators.yaml",
        "{record: project, on: {first: lead}}",
        "{of: projects_landed, to: needs_closed}",
        "A ratio, and only a ratio",
    ),
    ("indicators.yaml", "unit_en: CNY, kind: flow", "unit_en: persons, kind: flow", "the unit is “persons”"),
    (
        "indicators.yaml",
        "counts: {record: project, on: landed_on}\n",
        "counts: {record: project, on: landed_on}\n  earlier: [{version: 0, valid_until: 2026-01-01, kind: flow, "
        "period: year, unit_zh: 个, unit_en: projects, definition_zh: 旧, definition_en: Old.}]\n",
        "Two definitions are valid on",
    ),
    ("claims.yaml", "unit_zh: 家科技型企业", "unit_zh: 元", "does not measure what its indicator does"),
    ("reports/hefei-2023.yaml", "claim: city-space-2023", "claim: city-space-2032", "Did you mean “city-space-2023”?"),
    ("reports/hefei-2023.yaml", "target: city-units,", "target: city-unit,", "Did you mean “city-units”?"),
    ("reports/hefei-2023.yaml", "空间{space}", "空间{spaces}", "Did you mean “space”?"),
    ("reports/hefei-2023.yaml", "空间{space}", "空间", "does not stand in the sentence's zh"),
    ("reports/hefei-2023.yaml", "{name: district, target: city-district}", "{name: district}", "one of claim, figure"),
    ("reports/hefei-2023.yaml", "scope: city", "scope: town", "is not known here"),
    ("reports/shushan-2023.yaml", "area: shushan", "area: shushann", "Did you mean “shushan”?"),
    ("lists/industries.yaml", "parent: A}", "parent: Z}", "stands nowhere above"),
    ("lists/loss_reasons.yaml", "code: team_split", "code: team_quarrel", "has exactly the codes"),
    ("calendar.yaml", "on: 2024-02-04", "on: 2024-02-05", "no Saturday or Sunday"),
    ("organisations.yaml", "kind: operator", "kind: boss", "is not known here"),
    ("hub.toml", 'operator = "operator"', 'operator = "nobody"', "There is no “nobody”"),
    ("hub.toml", 'zone = "Asia/Shanghai"', 'zone = "Asia/Hefei"', "is not a time zone"),
    ("hub.toml", 'currency = "CNY"', "currency = CNY", "This is not TOML"),
]


@pytest.mark.parametrize(("file", "before", "after", "says"), MISTAKES)
def test_a_mistake_is_named_with_its_file_and_what_to_write(copy, file, before, after, says):
    spoil(copy, file, before, after)
    found = mistakes(copy)
    assert any(problem.file == file and says in problem.text.en for problem in found), found
    assert all(problem.text.zh for problem in found)


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        ("areas.yaml", "status: open", "status: opened"),
        ("claims.yaml", "value: 846", "value: many"),
        ("hub.toml", 'operator = "operator"', 'operator = "nobody"'),
        ("lists/fields.yaml", "parent: quantum,", "parent: quantums,"),
    ],
)
def test_a_mistake_is_named_with_the_line_it_stands_on(copy, file, before, after):
    line = spoil(copy, file, before, after)
    assert (file, line) in {(problem.file, problem.line) for problem in mistakes(copy)}


def test_a_pack_with_a_mistake_is_refused_as_a_whole(copy):
    spoil(copy, "areas.yaml", "status: open", "status: opened")
    with pytest.raises(Invalid) as refused:
        read_pack(copy)
    assert refused.value.problems[0].field == "areas.yaml:7"
    assert "opened" in refused.value.reason.en


def test_a_target_in_another_unit_is_refused_on_loading_with_its_file_and_line(copy):
    line = spoil(copy, "plans.yaml", "unit_zh: 元, unit_en: CNY", "unit_zh: 亿元, unit_en: 100 million CNY")
    with pytest.raises(Invalid) as refused:
        sound_pack(copy)
    assert [problem.field for problem in refused.value.problems] == [f"plans.yaml:{line}"]
    assert "unit_zh: 元" in refused.value.reason.zh


def test_a_missing_file_and_a_file_that_nobody_reads_are_named(copy):
    (copy / "claims.yaml").rename(copy / "klaims.yaml")
    said = [problem.said().en for problem in mistakes(copy)]
    assert any(line.startswith("claims.yaml:1: claims.yaml is missing") for line in said)
    assert any(line.startswith("klaims.yaml:1: Nobody reads this file") for line in said)


def test_a_missing_list_is_named(copy):
    (copy / "lists" / "fields.yaml").unlink()
    assert any("fields" in problem.text.en for problem in mistakes(copy))


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("a: 1\nb: [1,\n", 3, "This is not YAML"),
        ("a: 1\nb: 2\na: 3\n", 3, "stands here twice"),
        ("a: &x [1]\nb: *x\n", 1, "Anchors and aliases"),
        ("a: !!python/object:os.system x\n", 1, "is not used here"),
        ("a: 2025-02-30\n", 1, "is not a timestamp"),
        ("[1, 2]: 3\n", 1, "A key is one word"),
    ],
)
def test_a_sheet_that_cannot_be_read_says_where(copy, text, line, says):
    (copy / "areas.yaml").write_text(text, encoding="utf-8")
    found = [problem for problem in mistakes(copy) if problem.file == "areas.yaml"]
    assert (found[0].line, says in found[0].text.en) == (line, True), found


def test_a_sheet_in_another_encoding_is_refused_with_a_sentence(copy):
    (copy / "areas.yaml").write_bytes("areas: 核心区".encode("gb18030"))
    assert any("not UTF-8" in problem.text.en for problem in mistakes(copy))


def test_codes_that_look_like_other_things_stay_text():
    row = read_yaml('a: 01\nb: NO\nc: on\nd: 1.10\ne: "340100"\nf: ~\n', "x.yaml")
    assert {key: node.value for key, node in row.value.items()} == {
        "a": "01",
        "b": "NO",
        "c": "on",
        "d": Decimal("1.10"),
        "e": "340100",
        "f": None,
    }


def test_toml_values_know_their_line():
    sheet = read_toml("a = 1\n\n[office_hours]\nopens = 08:30:00\n", "hub.toml")
    assert sheet.get("office_hours").get("opens").line == 4
    assert sheet.get("a").line == 1


def test_a_pack_nobody_wrote_is_absent_with_a_suggestion():
    with pytest.raises(Absent, match="Did you mean “hefei”"):
        find_pack("hefai")
    with pytest.raises(Absent):
        find_mapping("no-such-mapping")


def test_parts_that_do_not_come_to_their_target_are_refused_with_what_is_missing(copy):
    with (copy / "plans.yaml").open("a", encoding="utf-8") as plans:
        plans.write(
            "\n  - {code: part-a, indicator: talents, parent: talents-2025, scope: area, area: shushan, "
            'deadline: 2025-12-31, operator: ">", value: 40000, unit_zh: 人, unit_en: persons, '
            "wording_zh: 蜀山园, wording_en: Shu, original: en}\n"
        )
    assert [problem.said().en for problem in mistakes(copy)] == [
        "plans.yaml:11: Its parts come to 40000, not to 100000: +60000 is missing."
    ]
