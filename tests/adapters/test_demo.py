"""The demonstration set gives every page life, breaks no promise and names nobody real."""

import shutil
from collections import Counter
from pathlib import Path

import pytest

from grandunion.adapters.packs import check_pack, find_pack
from grandunion.terms.achievements import AchievementState
from grandunion.terms.identifiers import credit_code
from grandunion.terms.needs import Category, NeedState
from grandunion.terms.parties import OrganisationKind
from grandunion.terms.projects import ProjectState
from grandunion.terms.roles import Role
from tests.packs import hefei_demo

ORGANISATION_CODE_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LEAST = {"organisations": 40, "persons": 60, "achievements": 30, "projects": 25, "needs": 40, "matches": 15}


@pytest.fixture(scope="module")
def demo():
    return hefei_demo()


@pytest.fixture
def copy(tmp_path) -> Path:
    return Path(shutil.copytree(find_pack("hefei"), tmp_path / "hefei"))


def test_the_set_is_large_enough_that_every_page_has_life(demo):
    for part, least in LEAST.items():
        assert len(getattr(demo, part)) >= least, part


def test_one_log_in_per_role_is_shown_on_the_first_page(demo):
    shown = Counter(account.role for account in demo.accounts if account.is_shown)
    assert shown == Counter(set(Role))
    assert {account.email.rpartition("@")[2] for account in demo.accounts} == {"demo.grandunion.example"}
    assert len(demo.password) >= 12


def test_every_kind_of_organisation_is_there_and_six_teams_are_not_yet_companies(demo):
    kinds = Counter(organisation.kind for organisation in demo.organisations)
    assert set(kinds) == set(OrganisationKind) - {OrganisationKind.OTHER}
    assert kinds[OrganisationKind.TEAM] == 6


def test_needs_stand_in_every_state_and_category(demo):
    assert {need.state for need in demo.needs} == set(NeedState)
    assert {need.category for need in demo.needs} == set(Category)


def test_achievements_stand_in_every_state_but_the_archive(demo):
    states = {achievement.state for achievement in demo.achievements}
    assert states == set(AchievementState) - {AchievementState.ARCHIVED}


def test_projects_stand_in_every_phase_on_hold_and_lost_for_different_reasons(demo):
    states = {project.state for project in demo.projects}
    assert {ProjectState.LEAD, ProjectState.POC, ProjectState.TERM_SHEET, ProjectState.LANDED} <= states
    assert {ProjectState.MONTH_6, ProjectState.GROWING, ProjectState.AT_RISK, ProjectState.ON_HOLD} <= states
    reasons = [project.lost_reason for project in demo.projects if project.state == ProjectState.LOST]
    assert len(set(reasons)) == len(reasons) >= 3


def test_no_credit_code_of_the_set_can_belong_to_a_real_company(demo):
    codes = [found.credit_code for found in demo.organisations if found.credit_code]
    assert len(set(codes)) == len(codes) > 20
    for code in codes:
        assert credit_code(code) == code
        total = sum(
            DIGITS.index(sign) * weight for sign, weight in zip(code[8:16], ORGANISATION_CODE_WEIGHTS, strict=True)
        )
        assert code[16] != "0123456789X0"[11 - total % 11]


def test_no_patent_number_of_the_set_can_be_a_real_one(demo):
    numbers = [right.number for item in demo.achievements for right in item.ip if right.number and right.office == "CN"]
    serials = [number.partition(".")[0][5:] for number in numbers if number[0].isdigit()]
    assert len(serials) > 10
    assert all(serial.startswith("9999") for serial in serials)


def test_a_published_abstract_has_three_sentences_or_more_in_both_languages(demo):
    for achievement in demo.achievements:
        assert achievement.abstract_public.zh.count("。") >= 3, achievement.code
        assert achievement.abstract_public.en.count(". ") >= 2, achievement.code


SPOILT = [
    ("achievements-1.yaml", "share_percent: 60", "share_percent: 61", "make 101, not 100"),
    ("achievements-1.yaml", "state: transformed", "state: transforming", "Did you mean “transformed”?"),
    ("achievements-3.yaml", "state: screening", "state: in_library", "needs two reviews"),
    ("achievements-2.yaml", "202519999011.", "202519999012.", "fails its check digit"),
    ("organisations.yaml", '"91340100MADEM0', '"91340100MADEM1', "fails its check character"),
    ("needs-1.yaml", "contact: kang", "contact: kangg", "Did you mean “kang”?"),
    ("needs-3.yaml", "merged_into: n_bus_common\n", "urgency: low\n", "belongs to the state merged"),
    (
        "needs-2.yaml",
        "rating: {score: 2, was_useful: false, comment_zh: 关键",
        "rating: {score: 4, comment_zh: 关键",
        "1 or 2",
    ),
    ("matches.yaml", "offering_accepted_day: -38, ", "", "consent of both sides"),
    ("matches.yaml", "state: success, outcome: order", "state: success", "belongs to the state success"),
    ("matches.yaml", "stands: true, ", "", "go together"),
    ("matches.yaml", "kind: family, person: cheng, ", "kind: family, ", "an organisation or a person"),
    ("projects-3.yaml", "  lost_reason: no_demand\n", "", "belongs to the state lost"),
    ("projects-3.yaml", "  state_before: contacted\n", "", "where it stood"),
    ("projects-1.yaml", "value_technical: 720000", "value_technical: 7200000", "larger than the contract"),
    ("projects-1.yaml", ", landed_day: -32", "", "needs `landing`"),
    ("projects-2.yaml", "moved_day: -6\n", "moved_day: 6\n", "in the future"),
    ("accounts.yaml", "officer@demo.grandunion.example", "officer@ustc.edu.cn", "end in .example"),
    ("persons.yaml", "persons:", "people:", "no part of a demonstration set"),
]


@pytest.mark.parametrize(("file", "before", "after", "says"), SPOILT)
def test_a_broken_promise_of_the_set_is_named_with_its_file(copy, file, before, after, says):
    path = copy / "demo" / file
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    found = [problem for problem in check_pack(copy) if not problem.is_note]
    assert any(problem.file == f"demo/{file}" and says in problem.text.en for problem in found), found
