"""Coming in: guessed passwords, whose account exists, second factors, and rights that end."""

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from grandunion.records.parties import Membership, User
from grandunion.terms.roles import Role
from grandunion.terms.verdicts import Forbidden, Refused
from grandunion.work.actions.parties.accounts import close_account, end_membership, issue_token, revoke_token
from grandunion.work.queries.parties import reader_of
from tests.cast import PASSWORD, make_user

pytestmark = pytest.mark.django_db
LOGIN, RESET, CHANGE = "/accounts/login/", "/accounts/password/reset/", "/accounts/password/change/"


def client(**options: object) -> Client:
    return Client(headers={"Accept-Language": "en"}, **options)


def enter(browser: Client, email: str, password: str, **more: str) -> object:
    return browser.post(LOGIN, {"login": email, "password": password}, **more)


def entered(user: User) -> Client:
    """A browser in which the user has typed address and password."""
    browser = client()
    assert enter(browser, user.email, PASSWORD).status_code == 302
    return browser


def test_guessing_one_persons_password_is_stopped_and_the_right_one_is_no_way_around(bo_user):
    answers = [enter(client(), bo_user.email, f"guess-number-{n}").content.decode() for n in range(6)]
    assert "Too many failed" not in answers[0]
    assert "Too many failed" in answers[-1]
    stopped = enter(client(), bo_user.email, PASSWORD)
    assert stopped.status_code == 200, "the account waits, whoever asks"


def test_guessing_at_many_accounts_from_one_place_is_stopped_whatever_the_headers_claim(bo_user):
    for n in range(12):
        enter(client(), f"somebody-{n}@company.example", "a guess", HTTP_X_FORWARDED_FOR=f"203.0.113.{n}")
    assert enter(client(), bo_user.email, PASSWORD).status_code != 302


def test_the_count_of_guesses_is_shared_by_all_workers(bo_user, settings: Settings):
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "records_cache"}
    }
    call_command("createcachetable", verbosity=0)
    for n in range(6):
        cache.close()
        enter(client(), bo_user.email, f"guess-number-{n}")
    assert enter(client(), bo_user.email, PASSWORD).status_code == 200


def test_the_door_does_not_say_whose_account_exists(bo_user):
    def without_token(answer: object, email: str) -> str:
        text = answer.content.decode().replace(email, "")
        return "\n".join(line for line in text.splitlines() if "csrfmiddlewaretoken" not in line)

    here, nowhere = bo_user.email, "nobody@company.example"
    assert without_token(enter(client(), here, "wrong-password"), here) == without_token(
        enter(client(), nowhere, "wrong-password"), nowhere
    )
    one, other = client().post(RESET, {"email": here}), client().post(RESET, {"email": nowhere})
    assert (one.status_code, one["Location"]) == (other.status_code, other["Location"])


def test_nobody_opens_an_account_alone(db):
    answer = client().post("/accounts/signup/", {"email": "x@x.example", "password1": PASSWORD, "password2": PASSWORD})
    assert answer.status_code in (200, 302)
    assert not User.objects.filter(email="x@x.example").exists()


@pytest.mark.parametrize("weak", ["short-1", "password123", "9384756102", "bo@company.example"])
def test_a_weak_password_is_not_taken(bo_user, weak):
    answer = entered(bo_user).post(CHANGE, {"oldpassword": PASSWORD, "password1": weak, "password2": weak})
    bo_user.refresh_from_db()
    assert bo_user.check_password(PASSWORD)
    assert answer.status_code == 200, "the form comes back with the reason"


def test_a_changed_password_ends_every_other_session(bo_user):
    here, elsewhere = entered(bo_user), entered(bo_user)
    new = "another-long-password"
    assert here.post(CHANGE, {"oldpassword": PASSWORD, "password1": new, "password2": new}).status_code == 302
    assert here.get("/w/").status_code == 200
    assert elsewhere.get("/w/").status_code == 302


def test_a_session_gets_a_new_name_at_the_door_and_is_gone_after_leaving(bo_user):
    browser = client()
    browser.get(LOGIN)
    browser.cookies["sessionid"] = "planted-by-somebody-else"
    enter(browser, bo_user.email, PASSWORD)
    kept = browser.cookies["sessionid"]
    assert kept.value != "planted-by-somebody-else"
    assert kept["httponly"]
    assert kept["samesite"] == "Lax"
    browser.post("/accounts/logout/")
    browser.cookies["sessionid"] = kept.value
    assert browser.get("/w/").status_code == 302


@pytest.mark.parametrize("role", [Role.OFFICER, Role.PLANNER, Role.ADMINISTRATOR])
def test_staff_without_a_second_factor_are_led_to_it_and_nowhere_else(settings: Settings, role):
    settings.SECOND_FACTOR_REQUIRED = True
    browser = entered(make_user("staff@hub.example", role))
    for address in ("/w/", "/w/needs/", "/w/search/?q=a", "/"):
        answer = browser.get(address)
        assert (answer.status_code, answer["Location"]) == (302, "/accounts/2fa/totp/activate/"), address
    assert browser.post("/w/needs/new/", {"title": "x"}).status_code == 302
    assert browser.get("/accounts/2fa/totp/activate/").status_code == 200


def test_members_come_in_without_a_second_factor(settings: Settings, bo_user):
    settings.SECOND_FACTOR_REQUIRED = True
    assert entered(bo_user).get("/w/").status_code == 200


def test_a_role_that_ends_is_gone_with_the_next_click(bo_user, operator, sign_in):
    browser = sign_in(bo_user)
    assert browser.get("/w/needs/new/").status_code == 200
    end_membership(Membership.objects.unscoped("the test ends it").get(user=bo_user), by=operator, at=timezone.now())
    assert browser.get("/w/needs/new/").status_code == 403


def test_a_closed_account_is_out_with_the_next_click(bo_user, ada, operator, sign_in):
    browser = sign_in(bo_user)
    with pytest.raises(Forbidden):
        close_account(bo_user, by=ada, at=timezone.now())
    close_account(bo_user, by=operator, at=timezone.now())
    assert browser.get("/w/").status_code == 302
    again = client()
    enter(again, bo_user.email, PASSWORD)
    assert again.get("/w/").status_code == 302, "and does not come in again"
    with pytest.raises(Refused):
        close_account(bo_user, by=operator, at=timezone.now())


def test_a_revoked_token_opens_nothing_from_then_on(bo_user):
    now = timezone.now()
    by = reader_of(bo_user, now)
    token, key = issue_token(bo_user, "program", ["read"], 30, by=by, at=now)
    asked = {"headers": {"Authorization": f"Bearer {key}"}}
    assert Client().get("/api/v1/needs", **asked).status_code == 200
    revoke_token(token, by=by, at=now)
    assert Client().get("/api/v1/needs", **asked).status_code == 401


OUTSIDE = ("https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "https:evil.example",
           "\x00//evil.example", "http://testserver@evil.example/")  # fmt: skip


@pytest.mark.parametrize("to", OUTSIDE)
def test_no_door_leads_out_of_the_house(bo_user, sign_in, to):
    anybody, bo = Client(), sign_in(bo_user)
    answers = [
        anybody.post("/language/", {"language": "en", "next": to}),
        anybody.post("/theme/", {"theme": "dark", "next": to}),
        Client().post(f"{LOGIN}", {"login": bo_user.email, "password": PASSWORD, "next": to}),
        bo.get(LOGIN, {"next": to}),
        bo.post("/accounts/logout/", {"next": to}),
    ]
    for answer in answers:
        assert "evil" not in answer.headers.get("Location", ""), answer
        assert "javascript" not in answer.headers.get("Location", "")


def test_a_session_left_open_changes_neither_address_nor_second_factor(bo_user, sign_in):
    browser = sign_in(bo_user)
    assert browser.post("/accounts/email/", {"email": "thief@evil.example", "action_add": ""}).status_code == 404
    for address in ("/accounts/2fa/totp/activate/", "/accounts/2fa/recovery-codes/generate/"):
        answer = browser.post(address, {"code": "000000"})
        assert answer.status_code == 302, address
        assert answer["Location"].startswith("/accounts/reauthenticate/"), address


@pytest.mark.parametrize("cookie", ['sessionid="aaaaaaaa\\000"', "sessionid=' OR 1=1 --", "sessionid=" + "x" * 9000,
                                    'csrftoken="\\000"; language="\\000"; theme="><script>"'])  # fmt: skip
def test_a_cookie_that_is_not_ours_is_left_aside(db, cookie):
    answer = Client(headers={"Cookie": cookie}).get("/")
    assert answer.status_code == 200
    assert "><script>" not in answer.content.decode()
