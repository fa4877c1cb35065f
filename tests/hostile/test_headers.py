"""What every answer carries, whatever it answers, and what no answer says."""

import pytest
from django.test import Client

from tests.calling import Caller

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_gate")]
ASKED = ["/", "/help/", "/technologies/", "/static/gu/gu.css", "/static/none.css", "/nothing/", "/w/", "/w/needs/",
         "/w/needs/NED-2026-0001/", "/w/needs/?format=csv", "/w/needs/?format=xlsx", "/accounts/login/", "/api/v1/",
         "/api/v1/needs", "/api/v1/nothing", "/api/v1/docs", "/robots.txt", "/feeds/news.atom", "/%00"]  # fmt: skip


def said_by(client: Client, address: str) -> dict[str, str]:
    return dict(client.get(address).headers)


@pytest.mark.parametrize("address", ASKED)
def test_every_answer_is_safe_to_show(address, sign_in, ada_user):
    for client in (Client(raise_request_exception=False), sign_in(ada_user)):
        headers = said_by(client, address)
        assert "script-src 'self'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert "Access-Control-Allow-Origin" not in headers
        assert "Server" not in headers
        assert "X-Powered-By" not in headers


@pytest.mark.parametrize("address", [one for one in ASKED if not one.startswith("/static/gu")])
def test_what_a_person_reads_is_kept_nowhere(address, sign_in, ada_user):
    kept = said_by(sign_in(ada_user), address).get("Cache-Control", "")
    assert "no-store" in kept or address in ("/api/v1/docs",)


def _broken(*given: object, **named: object) -> None:
    raise RuntimeError("secret /etc/hub password=hunter2 SELECT * FROM records_need")


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("address", "where"), [
    ("/w/", "grandunion.interfaces.kit.pages.render"), ("/api/v1/needs", "grandunion.interfaces.api.answers.after"),
    ("/", "grandunion.interfaces.kit.pages.lists.hub"),
])  # fmt: skip
def test_a_bug_is_owned_to_without_a_word_from_inside(monkeypatch, sign_in, ada_user, address, where, language):
    caller = Caller(ada_user)
    monkeypatch.setattr(where, _broken)
    client = caller.client if "api" in address else sign_in(ada_user)
    client.raise_request_exception = False
    answer = client.get(address, headers={"Accept-Language": language, "Authorization": f"Bearer {caller.key}"})
    said = answer.content.decode()
    assert answer.status_code == 500
    for word in ("secret", "hunter2", "SELECT", "Traceback", "grandunion", "site-packages", "RuntimeError", "Django"):
        assert word not in said
    assert ("broke on our side" if language == "en" else "系统出现问题") in said
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "no-store"
    assert answer["Content-Type"].startswith("application/problem+json" if "api" in address else "text/html")


def test_a_strange_host_is_told_nothing():
    answer = Client(raise_request_exception=False).get("/", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert "evil" not in answer.content.decode()
    assert "Location" not in answer.headers


def test_a_form_too_large_is_refused_as_too_large(sign_in, ada_user):
    client = sign_in(ada_user)
    for values in ({"title": "x" * 3_000_000}, {f"field-{n}": "x" for n in range(600)}):
        answer = client.post("/w/needs/new/", values, headers={"Accept-Language": "en"})
        assert answer.status_code == 413
        assert "2 MB" in answer.content.decode()


def test_a_broken_upload_is_said_to_be_one(sign_in, ada_user):
    answer = sign_in(ada_user).post("/w/needs/new/", b"broken", content_type="multipart/form-data; boundary=",
                                    headers={"Accept-Language": "en"})  # fmt: skip
    assert answer.status_code == 400
    assert "cannot be read" in answer.content.decode()
