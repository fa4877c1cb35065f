"""The mapping files that ship are right, and mistakes in one are named with their line."""

from pathlib import Path

import pytest

from grandunion.adapters.packs import find_mapping, read_mapping
from grandunion.adapters.packs.mappings import check_mapping
from grandunion.terms.achievements import AchievementKind, AchievementState, Channel
from grandunion.terms.needs import ApplicantType, Category, NeedState
from grandunion.terms.parties import OrganisationKind
from grandunion.terms.secrecy import Level
from grandunion.terms.verdicts import Invalid
from tests.packs import hefei_pack

SHIPPED = (
    "financedatabase-china",
    "ror",
    "nasa-software-catalog",
    "eu-funding-calls-2026",
    "sbir-dod-topics",
    "bdci2019-needs",
    "cn-patents-bdci2022",
)
WORDS = {
    "organisations": {"kind": OrganisationKind, "level": Level},
    "achievements": {"kind": AchievementKind, "state": AchievementState, "level": Level, "channel": Channel},
    "needs": {
        "category": Category,
        "state": NeedState,
        "level": Level,
        "applicant_type": ApplicantType,
    },
}


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_mapping_has_no_mistake_and_finds_its_rows_again(name):
    mapping = read_mapping(find_mapping(name))
    assert mapping.key == ("source_ref",)
    assert "source_ref" in {rule.target for rule in mapping.fields}
    assert mapping.source.licence


@pytest.mark.parametrize("name", SHIPPED)
def test_the_constants_of_a_shipped_mapping_are_words_of_the_house(name):
    mapping = read_mapping(find_mapping(name))
    for target, words in WORDS[mapping.kind].items():
        if target in mapping.constants:
            assert words.has(mapping.constants[target]), (name, target)


def test_the_lookups_lead_to_codes_of_the_pack():
    pack = hefei_pack()
    listed = read_mapping(find_mapping("financedatabase-china"))
    assert set(listed.tables["industries"].values()) <= {term.code for term in pack.term_list("industries").terms}
    assert set(listed.tables["countries"].values()) <= {term.code for term in pack.term_list("countries").terms}
    assert set(listed.tables["listing"].values()) <= {term.code for term in pack.term_list("labels").terms}
    registry = read_mapping(find_mapping("ror"))
    assert all(OrganisationKind.has(kind) for kind in registry.tables["kinds"].values())


def test_data_that_must_not_be_redistributed_stays_with_members():
    for name in SHIPPED:
        mapping = read_mapping(find_mapping(name))
        if "do not redistribute" in mapping.source.licence:
            assert mapping.constants["level"] == Level.MEMBERS
            assert not mapping.source.publishable


def test_a_join_brings_the_chinese_names():
    (join,) = read_mapping(find_mapping("financedatabase-china")).joins
    assert (join.name, join.on, join.with_) == ("names", "symbol", "symbol")
    assert {rule.target for rule in join.fields} == {"name_zh", "short_name_zh"}


GOOD = """kind: needs
format: csv
key: [source_ref]
source: {kind: x, licence: MIT, name_zh: 测试, name_en: Test}
fields:
  source_ref: id
  title_en: {from: title, via: [strip]}
skip:
- {column: state, in: [closed]}
"""


def written(tmp_path: Path, before: str = "", after: str = "") -> Path:
    assert before in GOOD
    path = tmp_path / "mine.yaml"
    path.write_text(GOOD.replace(before, after, 1), encoding="utf-8")
    return path


def test_a_small_mapping_is_read(tmp_path):
    mapping = read_mapping(written(tmp_path))
    assert [rule.target for rule in mapping.fields] == ["source_ref", "title_en"]
    assert mapping.fields[1].converters[0].name == "strip"
    assert mapping.skip[0].values == ("closed",)


@pytest.mark.parametrize(
    ("before", "after", "line", "says"),
    [
        ("kind: needs", "kind: need", 1, "Did you mean “needs”?"),
        ("format: csv", "format: cvs", 2, "Did you mean “csv”?"),
        ("title_en:", "titel_en:", 7, "Did you mean “title_en”?"),
        ("via: [strip]", "via: [stripp]", 7, "Did you mean “strip”?"),
        ("via: [strip]", 'via: ["strip:x"]', 7, "takes no argument"),
        ("via: [strip]", 'via: ["truncate:long"]', 7, "needs its argument"),
        ("via: [strip]", 'via: ["lookup:nowhere"]', 7, "“nowhere” is not known here"),
        ("from: title, ", "", 7, "write “from” or “from_all”"),
        ("in: [closed]", "is: closed", 9, "“is” is not known here"),
        ("in: [closed]", 'matches: "("', 9, "is not a pattern"),
        ("licence: MIT, ", "", 4, "“licence” is missing"),
        ("key: [source_ref]", "key: [source_reff]", 3, "Did you mean “source_ref”?"),
        ("fields:", "field:", 5, "Did you mean “fields”?"),
    ],
)
def test_a_mistake_in_a_mapping_is_named_with_its_line(tmp_path, before, after, line, says):
    path = written(tmp_path, before, after)
    found = check_mapping(path)
    assert any(problem.line == line and says in problem.text.en for problem in found), found
    with pytest.raises(Invalid):
        read_mapping(path)
