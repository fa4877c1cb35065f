"""What somebody sends who means harm, or whose program is broken: a clear problem, never an error of ours."""

import base64
import json

import pytest

from grandunion.records.parties import User
from tests.calling import Caller

pytestmark = pytest.mark.django_db
GIANT = 10**30


@pytest.fixture
def calls(ada_user: User) -> Caller:
    return Caller(ada_user)


def cursor(*values: object) -> str:
    """A cursor somebody made up."""
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


BODIES = {
    "no JSON": b"{",
    "nothing": b"",
    "a list": b"[]",
    "a text": b'"organisation"',
    "null": b"null",
    "not a number": b'{"organisation_kind": "enterprise", "name_en": "X", "staff_count": NaN}',
    "infinite": b'{"organisation_kind": "enterprise", "name_en": "X", "registered_capital": Infinity}',
    "infinite text": b'{"organisation_kind": "enterprise", "name_en": "X", "registered_capital": "Infinity"}',
    "a giant": f'{{"organisation_kind": "enterprise", "name_en": "X", "staff_count": {GIANT}}}'.encode(),
    "beyond the column": b'{"organisation_kind": "enterprise", "name_en": "X", "staff_count": 2147483648}',
    "below zero": b'{"organisation_kind": "enterprise", "name_en": "X", "staff_count": -1}',
    "a fraction": b'{"organisation_kind": "enterprise", "name_en": "X", "registered_capital": 0.1}',
    "too many places": b'{"organisation_kind": "enterprise", "name_en": "X", "registered_capital": "0.001"}',
    "too much money": b'{"organisation_kind": "enterprise", "name_en": "X", "registered_capital": "1e30"}',
    "a NUL byte": b'{"organisation_kind": "enterprise", "name_en": "X\\u0000"}',
    "half a character": b'{"organisation_kind": "enterprise", "name_en": "\\ud800"}',
    "broken UTF-8": b'{"organisation_kind": "enterprise", "name_en": "\xff\xfe"}',
    "bottomless": b'{"name_en": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "too long": json.dumps({"organisation_kind": "enterprise", "name_en": "X" * 201}).encode(),
    "an unknown field": b'{"organisation_kind": "enterprise", "name_en": "X", "is_admin": true}',
    "an unknown code": b'{"organisation_kind": "empire", "name_en": "X"}',
    "a number for a day": b'{"organisation_kind": "enterprise", "name_en": "X", "founded_on": 0}',
    "no day": b'{"organisation_kind": "enterprise", "name_en": "X", "founded_on": "2026-02-30"}',
    "a text for a yes": b'{"organisation_kind": "enterprise", "name_en": "X", "is_confirmed": "yes"}',
    "an object for a text": b'{"organisation_kind": "enterprise", "name_en": {"$ne": ""}}',
    "null for a code": b'{"organisation_kind": null, "name_en": "X"}',
    "no name": b'{"organisation_kind": "enterprise"}',
    "a citizen's number": b'{"organisation_kind": "enterprise", "name_en": "X", "city": "11010519491231002X"}',
}  # fmt: skip


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
def test_a_broken_body_is_refused_with_a_sentence(calls, body):
    answer = calls.call("POST", "organisations", body)
    assert answer.status_code in (400, 422), answer.content[:300]
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["detail"]
    assert calls.get("organisations").json()["items"] == []


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "nonsense"])
def test_what_is_not_json_is_not_guessed_at(calls, kind):
    answer = calls.call("POST", "persons", b'{"name_en": "X"}', Content_Type=kind)
    assert answer.status_code == 415
    assert answer["Content-Type"] == "application/problem+json"


def test_a_body_of_ten_megabytes_is_refused(calls):
    answer = calls.call("POST", "persons", b'{"name_en": "' + b"x" * 10_000_000 + b'"}')
    assert answer.status_code == 413
    assert answer.json()["status"] == 413


ADDRESSES = [
    "projects?q=%00", "projects?q=%ff%fe", "projects?q=%ed%a0%80", f"projects?limit={GIANT}", "projects?cursor=%00",
    "projects?cursor=" + "A" * 5000, f"projects?cursor={cursor('2026-11-18T00:00:00+00:00', GIANT)}",
    f"projects?cursor={cursor(GIANT, 1)}", f"projects?cursor={cursor('9999-12-31T23:59:59-23:59', 1)}",
    f"projects?cursor={cursor('0001-01-01T00:00:00+23:59', 1)}", f"projects?cursor={cursor([], {})}",
    f"projects?cursor={cursor(None, None)}", f"projects?cursor={cursor(True, True)}",
    f"organisations?cursor={cursor(chr(0), 1)}", f"organisations?cursor={cursor(chr(0xd800), 1)}",
    f"organisations?cursor={cursor(['a'], 1)}", f"organisations?cursor={cursor('a', 1.5)}",
    "projects?" + "&".join(f"a{n}=1" for n in range(600)), "projects?field=" + "a," * 2000, "projects?area=%00",
    "achievements?trl=99999999999999999999999", "achievements?owner=%00", "needs?due=%00", "needs?whose=%27--",
    "matches?q=pump", "matches?q=%00", "matches?need=%00", "persons?role=x%00", "organisations?industry=%00",
    "organisations?label=%00", "organisations?country=" + "x" * 3000,
    "indicators?as_of=0000-00-00", "indicators?as_of=9999-12-31", "indicators?as_of=%00", "indicators?area=%00",
    "indicators/%00", "indicators?colour=blue", "indicators/nothing/records", "indicators/nothing/history",
    "lists/%00", "words/%00",
    "projects/%00", "projects/%F0%9F%92%A9", "projects/" + "9" * 4000, "projects/..%2f..%2fetc%2fpasswd",
    "projects/PRJ-2026-0001/", "projects/PRJ-2026-0001/nothing", "nothing", "", "?x=%00", "docs", "openapi.json",
    "needs/%00/candidates", "offers/OFR-2026-9999/candidates", "offers?kind=%00", "rounds?market=%00",
    "reports/matches?as_of=%00", "reports/matches?as_of=9999-12-31", f"reports/matches?manager={GIANT}",
    "reports/matches?by=%27--", "reports/matches/rows?group=%00&by=reason", "reports/matches/rows?stage=%00",
    f"reports/matches/rows?cursor={cursor('9999-12-31T23:59:59-23:59', 1)}", "reports/matches?colour=blue",
    "weights/%00", "weights/technology/99999999999999999999", "weights/planets/1", "achievements/ACH-2026-9999/parts",
]  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda one: one[:40])
def test_a_broken_address_is_refused_with_a_sentence(calls, address):
    answer = calls.get(address)
    assert answer.status_code < 500
    if answer.status_code >= 400:
        assert answer["Content-Type"] == "application/problem+json"
        assert answer.json()["detail"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("If-Match", '"'),
        ("If-Match", '"ORG-2026-0001-99999999999999999999-s1"'),
        ("If-Match", "*"),
        ("If-Match", 'W/"x"'),
        ("If-Match", "\x00"),
        ("If-None-Match", "\x00"),
        ("Idempotency-Key", "x" * 10_000),
        ("Idempotency-Key", "\x00"),
        ("Accept-Language", "x" * 5000),
        ("Accept-Language", "\x00"),
        ("Authorization", "Bearer " + "x" * 9000),
    ],
)
def test_a_broken_header_is_refused_or_left_aside(calls, bo_company, name, value):
    headers = {name.replace("-", "_"): value}
    edited = calls.patch(f"organisations/{bo_company.number}", {"city": "Hefei"}, **headers)
    assert edited.status_code in (401, 412, 428)
    assert calls.get(f"organisations/{bo_company.number}", **headers).status_code in (200, 401)
    assert calls.post("persons", {"name_en": "X"}, **headers).status_code in (201, 401)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("rights", {"ip_type": "invention_patent", "status": "filed", "number": "x" * 61}),
        ("rights/99999999999999999999", {}),
        ("evidence/99999999999999999999", {}),
        ("objections/99999999999999999999/settle", {"is_upheld": True, "settlement": "x"}),
        ("inventors", {"inventors": [{"percent": "1"}] * 51}),
        ("inventors", {"inventors": [{"percent": "NaN", "name": "X"}]}),
        ("inventors/%00/confirm-on-paper", {"reason": "x"}),
        ("reviewers", {"email": "\x00@x"}),
        ("rights-case", {"scheme": "ownership", "use_right_first_years": 40_000}),
    ],
)
def test_a_broken_deed_is_refused_with_a_sentence(calls, path, body):
    made = calls.made("achievements", {"title_en": "A bearing"})
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        answer = calls.call(method, f"achievements/{made['number']}/{path}", body)
        assert 400 <= answer.status_code < 500, (method, answer.content[:300])
        assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(("method", "path"), [("DELETE", "projects"), ("PUT", "projects"), ("POST", "indicators"),
                                              ("OPTIONS", "projects"), ("TRACE", "projects")])  # fmt: skip
def test_a_method_that_is_not_done_here_says_which_are(calls, method, path):
    answer = calls.call(method, path)
    assert answer.status_code == 405
    assert "GET" in answer["Allow"]
    assert answer["Content-Type"] == "application/problem+json"


def test_a_browsers_session_opens_nothing(sign_in, ada_user):
    answer = sign_in(ada_user).get("/api/v1/projects")
    assert answer.status_code == 401
