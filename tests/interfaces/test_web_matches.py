"""The pages of matches: the workbench, the record of both sides, and contacts that stay closed until both agree."""

import pytest

from grandunion.records.achievements import Achievement
from grandunion.records.matches import Match
from grandunion.terms.achievements import AchievementState
from grandunion.terms.matches import MatchState
from grandunion.terms.needs import Category
from grandunion.terms.secrecy import Level
from grandunion.work.actions import base
from grandunion.work.actions import needs as need_actions
from tests.cast import NOON

pytestmark = pytest.mark.django_db

SECRETS = ("0551-7654321", "bo-private@company.example", "Secret Bo")
OWNERS_SECRETS = ("0551-1112223", "office-private@university.example", "Secret Office")


@pytest.fixture
def need(bo):
    return need_actions.register(
        {"contact_name": "Secret Bo", "contact_phone": "0551-7654321", "contact_email": "bo-private@company.example",
         "category": Category.TECHNOLOGY.value, "title_zh": "高温超导磁体线圈",
         "text_zh": "聚变装置需要高温超导磁体线圈。"},
        by=bo, at=NOON,
    )  # fmt: skip


@pytest.fixture
def coil(university):
    university.contact_name, university.contact_phone = "Secret Office", "0551-1112223"
    university.contact_email = "office-private@university.example"
    university.save(update_fields=["contact_name", "contact_phone", "contact_email"])
    made = Achievement.objects.create(
        number="ACH-2026-0001", title_zh="超导磁体线圈绕制工艺", owner=university, level=Level.MEMBERS,
        state=AchievementState.IN_LIBRARY, state_at=NOON, created_at=NOON, updated_at=NOON,
    )  # fmt: skip
    base.index_words(made)
    return made


def only():
    return Match.objects.unscoped("tests look at what was made").get()


def text_of(answer):
    return answer.content.decode()


def test_the_desk_asks_both_sides_with_one_click_and_contacts_open_only_when_both_agree(
    ada_user, bo_user, office_user, sign_in, need, coil
):
    ada, bo, office = map(sign_in, (ada_user, bo_user, office_user))
    bench = ada.get(f"/w/matches/for/need/{need.number}/")
    assert "超导磁体线圈绕制工艺" in text_of(bench)
    assert ada.post(f"/w/matches/for/need/{need.number}/pair/", {"achievement": coil.number}).status_code == 303
    base_url = f"/w/matches/{only().number}/"
    for browser, foreign in ((bo, OWNERS_SECRETS), (office, SECRETS)):
        shown = text_of(browser.get(base_url))
        assert not [secret for secret in foreign if secret in shown]
    office.post(f"{base_url}moves/accept/")
    assert not [secret for secret in OWNERS_SECRETS if secret in text_of(bo.get(base_url))]
    bo.post(f"{base_url}moves/accept/")
    assert not [secret for secret in OWNERS_SECRETS if secret in text_of(bo.get(base_url))]
    ada.post(f"{base_url}moves/introduce/")
    assert only().state == MatchState.INTRODUCED
    assert all(secret in text_of(bo.get(base_url)) for secret in OWNERS_SECRETS)
    assert all(secret in text_of(office.get(base_url)) for secret in SECRETS)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_opens_in_both_languages(ada_user, sign_in, need, coil, language):
    browser = sign_in(ada_user)
    browser.cookies["language"] = language
    browser.post(f"/w/matches/for/need/{need.number}/pair/", {"achievement": coil.number})
    number = only().number
    for address in ("", f"for/{need.number}/", f"for/need/{need.number}/", f"{number}/", f"{number}/moves/accept/",
                    f"{number}/moves/decline/", "?q=超导", f"?need={need.number}&waiting=introduction"):  # fmt: skip
        assert browser.get(f"/w/matches/{address}", follow=True).status_code == 200, address


def test_an_applicant_asks_for_an_introduction_and_an_outsider_finds_nothing(bo_user, dee_user, sign_in, need, coil):
    bo, dee = map(sign_in, (bo_user, dee_user))
    bo.post(f"/w/matches/for/need/{need.number}/pair/", {"achievement": coil.number})
    assert only().state == MatchState.INTERESTED
    assert dee.get(f"/w/matches/{only().number}/").status_code == 404
    assert dee.get(f"/w/matches/for/need/{need.number}/").status_code == 404
    assert only().number not in text_of(dee.get("/w/matches/?q=超导"))


def test_a_refused_move_says_why_and_keeps_what_was_typed(ada_user, sign_in, need, coil):
    ada = sign_in(ada_user)
    ada.post(f"/w/matches/for/need/{need.number}/pair/", {"achievement": coil.number})
    answer = ada.post(f"/w/matches/{only().number}/moves/decline/", {"decline_reason": "", "note": "keep me"})
    assert answer.status_code == 422
    assert "keep me" in text_of(answer)
