"""The watchers themselves: what counts as a write, and what a page must not do."""

import http.server
from collections.abc import Iterator

import pytest
from django.db import connection
from playwright.sync_api import Browser

from tests.browsing import Witness
from tests.posting import serving
from tests.watching import WroteWhileReading, is_write, queries, reading

PAGES = {
    "/": b"<!doctype html><title>x</title><script src=/own.js></script>",
    "/own.js": b"document.title = 'ours'",
    "/loud": b"<!doctype html><title>x</title><script src=/loud.js></script>",
    "/loud.js": b"console.error('broken')",
    "/away": b"<!doctype html><title>x</title><img src='http://127.0.0.2:9/x.png'>",
    "/inline": b"<!doctype html><title>x</title><script>document.title = 1</script>",
    "/hole": b"<!doctype html><title>x</title><script src=/nowhere.js></script>",
}


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO need VALUES (1)",
        "  update need set a = 1",
        "/* why */ DELETE FROM need",
        "-- why\nDELETE FROM need",
        "WITH old AS (SELECT 1) DELETE FROM need",
        "CREATE TABLE need (a)",
    ],
)
def test_a_write_is_seen(sql: str) -> None:
    """However it is spelled."""
    assert is_write(sql)


@pytest.mark.parametrize("sql", ["SELECT updated_at FROM need", "WITH x AS (SELECT 1) SELECT 1", "SAVEPOINT a"])
def test_a_read_is_left_alone(sql: str) -> None:
    """Column names and savepoints are no writes."""
    assert not is_write(sql)


@pytest.mark.django_db
def test_a_read_that_writes_fails_before_it_has_written() -> None:
    """The table is not there afterwards."""
    with pytest.raises(WroteWhileReading), reading(), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE watched (a integer)")
    assert "watched" not in connection.introspection.table_names()


@pytest.mark.django_db
def test_one_query_too_many_fails_and_is_listed() -> None:
    """The failure shows the statements."""
    with pytest.raises(AssertionError, match="2 queries, 1 agreed"):
        ask_twice()


def ask_twice() -> None:
    """Two statements where one is agreed."""
    with queries(at_most=1), connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.execute("SELECT 2")


@pytest.fixture
def small_house() -> Iterator[str]:
    """A server with one well-behaved page and four that are not; answers its host and port."""
    with serving(SmallHouse) as place:
        yield place


class SmallHouse(http.server.BaseHTTPRequestHandler):
    """Answers the pages above under a policy like the house's."""

    def do_GET(self) -> None:
        body = PAGES.get(self.path)
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "text/javascript" if self.path.endswith(".js") else "text/html")
        self.send_header("Content-Security-Policy", "default-src 'self'; img-src *")
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *said: object) -> None:
        """Say nothing while tests run."""


@pytest.mark.browser
@pytest.mark.parametrize(
    ("path", "complaint"),
    [
        ("/", None),
        ("/loud", "console error: broken"),
        ("/away", "request to another host: http://127.0.0.2:9/x.png"),
        ("/inline", "Content Security Policy"),
        ("/hole", "404 for"),
    ],
)
def test_a_witness_notes_what_a_page_must_not_do(
    browser: Browser, small_house: str, path: str, complaint: str | None
) -> None:
    """Each kind of trespass, in the real browser."""
    page = browser.new_page()
    witness = Witness(page, small_house)
    page.goto(f"http://{small_house}{path}", wait_until="networkidle")
    page.close()
    if complaint is None:
        assert witness.complaints == []
    else:
        assert any(complaint in noted for noted in witness.complaints), witness.complaints
