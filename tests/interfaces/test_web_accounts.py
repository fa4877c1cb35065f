"""The administrator's pages: an account is opened by clicks, its owner chooses the password, nobody else comes in."""

import re

import pytest

from grandunion.records.parties import Membership, User
from grandunion.terms.roles import Role
from grandunion.work.queries.parties.readers import memberships
from tests.cast import make_user

pytestmark = pytest.mark.django_db
LINK = re.compile(r'<code class="number">http://testserver(/accounts/password/reset/key/[^<]+)</code>')


@pytest.fixture
def ann(sign_in):
    """The browser of Ann, the administrator."""
    return sign_in(make_user("ann@hub.example", Role.ADMINISTRATOR))


def test_an_account_is_opened_and_its_owner_chooses_the_password(ann, bo_company, client):
    typed = {"email": "eve@company.example", "name_zh": "伊芙", "name_en": "Eve", "role": "enterprise",
             "organisation": bo_company.number}  # fmt: skip
    shown = ann.post("/w/accounts/new/", typed)
    eve = User.objects.get(email="eve@company.example")
    assert [row.role for row in memberships(eve.pk)] == ["enterprise"]
    place = client.get(LINK.search(shown.content.decode())[1])["Location"]
    client.post(place, {"password1": "wind-over-the-lake-9", "password2": "wind-over-the-lake-9"})
    client.post("/accounts/login/", {"login": "eve@company.example", "password": "wind-over-the-lake-9"})
    assert client.get("/w/").status_code == 200
    assert not LINK.search(ann.get(f"/w/accounts/{eve.pk}/").content.decode())


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_opens_in_both_languages(ann, bo_user, language):
    ann.cookies["language"] = language
    asked = ("?q=bo&role=enterprise&standing=open&page=9", f"?page={'9' * 5000}")
    for place in ("", "new/", f"{bo_user.pk}/", f"{bo_user.pk}/roles/", *asked):
        answer = ann.get(f"/w/accounts/{place}")
        assert answer.status_code == 200, place
        assert answer.headers["Content-Language"].startswith(language)


def test_a_refusal_stands_at_its_field(ann, bo_user):
    shown = ann.post("/w/accounts/new/", {"email": "bo@company.example", "name_en": "Bo"})
    assert shown.status_code == 422
    assert "已开通账户" in shown.content.decode()
    assert ann.post(f"/w/accounts/{bo_user.pk}/roles/", {"role": "investor"}).status_code == 409


def test_roles_are_given_and_ended_and_an_account_suspended_by_clicks(ann, bo_user, bo_company):
    base = f"/w/accounts/{bo_user.pk}/"
    assert ann.post(f"{base}roles/", {"role": "investor", "organisation": "Bo Robotics"}).status_code == 303
    rows = Membership.objects.unscoped("a test looks at the roles of one account").filter(user=bo_user)
    assert {row.role for row in rows} == {"enterprise", "investor"}
    first = rows.get(role="enterprise")
    assert ann.post(f"{base}roles/{first.pk}/end/").status_code == 303
    assert ann.post(f"{base}suspend/").status_code == 303
    assert not User.objects.get(pk=bo_user.pk).is_active
    assert ann.post(f"{base}reopen/").status_code == 303
    assert ann.post(f"{base}link/").status_code == 200
    assert ann.post(f"{base}explode/").status_code == 404
    assert ann.get("/w/accounts/99999/").status_code == 404


@pytest.mark.parametrize("who", ["ada_user", "bo_user", "chen_user", "dee_user"])
def test_nobody_else_finds_these_pages(request, sign_in, who, office_user):
    user = request.getfixturevalue(who)
    browser, base = sign_in(user), f"/w/accounts/{office_user.pk}/"
    places = ("/w/accounts/", "/w/accounts/new/", base, f"{base}roles/")
    assert {browser.get(place).status_code for place in places} == {403}
    posts = ("link/", "suspend/", "reset-factor/", "end-sessions/", "roles/1/end/", "tokens/1/revoke/")
    assert {browser.post(f"{base}{place}").status_code for place in posts} == {403}
    assert "/w/accounts/" not in browser.get("/w/").content.decode()
