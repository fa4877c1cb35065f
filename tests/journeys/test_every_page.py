"""Every page of a living demonstration, for every role: in both languages, on every screen, without faults."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browsing import Witness
from tests.journeys import looking
from tests.journeys.ground import ROOT

pytestmark = pytest.mark.browser
ROLES = ["officer", "planner", "bureau", "administrator", "university", "inventor", "enterprise", "investor", "partner",
         "student"]  # fmt: skip
SECRET = re.search(r"^password: (\S+)", (ROOT / "packs/hefei/demo/accounts.yaml").read_text("utf-8"), re.M)[1]
SERVING = re.compile(r"http://localhost:(\d+)/")
HREF = re.compile(r'(?:href|action)="(/[^"#]*)"')
H1, LANG = re.compile(r"<h1[\s>]"), re.compile(r'<html lang="([^"]+)"')
PUBLIC = ("/", "/technologies/", "/needs/", "/news/", "/areas/", "/hours/", "/ask/", "/disclose/", "/help/",
          "/accounts/login/", "/accounts/password/reset/", "/api/v1/docs", "/nowhere/")  # fmt: skip
OWN = ("/w/", "/w/account/", "/accounts/password/change/", "/accounts/2fa/", "/w/search/?q=a", "/w/search/?q=传感")
# No pages: fragments, files, switches, feeds, and addresses that only take a deed.
NOT_PAGES = re.compile(
    r"^(static/|language/|theme/|feeds/|sitemap|robots|api/v1/(?!docs)|accounts/logout|.*similar$|.*suggest$|.*\.xlsx$"
    r"|w/documents/<str:number>/$|.*/drop/$|.*/pair/$|.*/picked/$|w/matches/for/.*/weights/$|w/matches/for/.*/ties/<int:pk>/$|.*/seen/$|.*/clicks/|.*/take/$|.*/revoke/$|w/accounts/<int:user>/(link|roles/.*end|<str:deed>)/$|.*/write/$|.*/discard/$"
    r"|w/messages/read/$|w/messages/<int:pk>/open/$|w/worker/mails/|w/worker/webhooks/<int:pk>/(send-again|<str:deed>)/$)"
)


@dataclass
class Hub:
    """A demonstration that runs as everybody runs it, and what its browser was seen to do wrong."""

    url: str
    browser: Browser
    witnesses: list[Witness] = field(default_factory=list)

    def enter(self, role: str = "", **wishes: object) -> BrowserContext:
        """A browser of its own, signed in through the log-in page."""
        context = self.browser.new_context(base_url=self.url, **wishes)
        context.on("page", lambda page: self.witnesses.append(Witness(page, urlsplit(self.url).netloc)))
        if role:
            page = context.new_page()
            page.goto("/accounts/login/")
            page.locator("input[name=login]:visible").fill(f"{role}@demo.grandunion.example")
            page.locator("input[name=password]:visible").fill(SECRET)
            page.locator("input[name=password]:visible").press("Enter")
            page.wait_for_url("**/w/")
            page.close()
        return context


@pytest.fixture(scope="module")
def demo(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    """`grandunion demo` in an empty home."""
    home = tmp_path_factory.mktemp("demo")
    given = {name: value for name, value in os.environ.items() if not name.startswith(("GRANDUNION_", "DJANGO_"))}
    words = [sys.executable, "-m", "grandunion.interfaces.cli", "demo", "--port", "0", "--language", "en"]
    with subprocess.Popen(  # noqa: S603 - our own command
        words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=home,
        env={**given, "GRANDUNION_HOME": str(home), "PYTHONPATH": str(ROOT / "src"), "PYTHONUNBUFFERED": "1"},
    ) as process:  # fmt: skip
        said = []
        for line in process.stdout:
            said.append(line)
            if found := SERVING.search(line):
                break
        else:
            pytest.fail("".join(said))
        yield Hub(f"http://localhost:{found[1]}", browser)
        process.terminate()


def route_of(path: str) -> str:
    """The pattern behind an address, nothing for what is no page."""
    try:
        route = resolve(urlsplit(path).path).route
    except Resolver404:
        return ""
    return "" if NOT_PAGES.match(route) else route


def walked(context: BrowserContext, starts: tuple[str, ...], faults: list[str], who: str) -> dict[str, str]:
    """One address for each pattern that links and forms lead to; each is a whole page in both languages."""
    found, waiting = {}, [(one, "") for one in starts]
    while waiting:
        path, source = waiting.pop(0)
        route = route_of(path) or ("nowhere" if path == "/nowhere/" else "")
        if not route or route in found or (who == "visitor" and route.startswith("w/")):
            continue
        pages = {language: _fetched(context, path, language) for language in ("en", "zh-Hans")}
        if None in pages.values():
            continue
        found[route] = path
        for language, (status, text) in pages.items():
            if status not in ((404,) if route == "nowhere" else (200, 403, 409, 422)):
                faults.append(f"{who} {path} {language}: answers {status}, led to from {source}")
            elif len(H1.findall(text)) != 1 or LANG.findall(text) != [language]:
                faults.append(f"{who} {path} {language}: {len(H1.findall(text))} h1, lang {LANG.findall(text)}")
        waiting += [(one.replace("&amp;", "&"), path) for one in HREF.findall(pages["en"][1])]
    return found


def origin(context: BrowserContext) -> str:
    """The root of the house: a cookie set for it holds on every page."""
    address = urlsplit(context.pages[0].url)
    return f"{address.scheme}://{address.netloc}/"


def _fetched(context: BrowserContext, path: str, language: str) -> tuple[int, str] | None:
    """The page, or nothing for what answers with no page."""
    context.add_cookies([{"name": "language", "value": language[:2], "url": origin(context)}])
    answer = context.request.get(path)
    if answer.status == 405 or "text/html" not in answer.headers.get("content-type", ""):
        return None
    return answer.status, answer.text()


def faults_of(page: Page, path: str, *, is_dark: bool) -> Iterator[str]:
    """Everything wrong with one page in the browser, in both languages."""
    for language, dark in (("en", is_dark), ("zh", not is_dark)):
        page.context.add_cookies([
            {"name": "language", "value": language, "url": origin(page.context)},
            {"name": "theme", "value": "dark" if dark else "light", "url": origin(page.context)},
        ])  # fmt: skip
        page.set_viewport_size({"width": 1440 if language == "en" else 390, "height": 900})
        page.goto(path)
        where = f"{path} {language}{' dark' if dark else ''}"
        yield from (f"{where}: {one}" for one in looking.violations(page))
        yield from (f"{where}: in the other language: {one}" for one in looking.foreign(page, language))
        yield from (f"{where}: sideways at {width}" for width in (390, 320) if looking.sideways(page, width))


def test_every_page_stands_in_both_languages_on_every_screen(demo):
    faults, first = [], {}
    for role in ("", *ROLES):
        context = demo.enter(role)
        page = context.new_page()
        page.goto("/")
        found = walked(context, OWN if role else PUBLIC, faults, role or "visitor")
        fresh = [(route, path) for route, path in found.items() if route not in first]
        first |= dict(fresh)
        for at, (_, path) in enumerate(fresh):
            faults += [f"{role} {one}" for one in faults_of(page, path, is_dark=at % 3 == 1)]
        context.close()
    faults += [complaint for witness in demo.witnesses for complaint in witness.complaints]
    assert len(first) > 60, sorted(first)
    assert faults == [], f"{len(faults)} faults:\n" + "\n".join(faults)


def test_the_looking_finds_what_is_planted(browser):
    page = browser.new_page()
    page.set_content("<html lang='zh-Hans'><title>x</title><main><h1>Left in English</h1><button></button>"
                     "<p style='width: 2000px'>wide</p></main>")  # fmt: skip
    assert any(one.startswith("button-name") for one in looking.violations(page))
    assert looking.foreign(page, "zh") == ["Left in English"]
    assert looking.sideways(page, 390)
    page.close()


SHOWN = {
    "home": "/w/", "project": "/w/projects/{PRJ}/", "board": "/w/projects/board/", "need": "/w/needs/{NED}/",
    "match": "/w/matches/{MAT}/", "indicator": "/w/indicators/technology_enterprises_landed/",
    "search": "/w/search/?q=传感", "portal": "/",
}  # fmt: skip
LARGEST = 200 * 1024


def test_the_readme_has_its_pictures(demo, tmp_path):
    """Written to docs/screenshots where GRANDUNION_SCREENSHOTS=1 asks for it; the demonstration's days move on."""
    folder = ROOT / "docs" / "screenshots" if os.environ.get("GRANDUNION_SCREENSHOTS") == "1" else tmp_path
    folder.mkdir(exist_ok=True)
    context = demo.enter("officer", viewport={"width": 1440, "height": 900}, device_scale_factor=0.7)
    page = context.new_page()
    page.goto("/")
    for name, place in SHOWN.items():
        for language in ("zh", "en"):
            context.add_cookies([{"name": "language", "value": language, "url": origin(context)}])
            page.goto(PICKED.sub(lambda found: _number(page, found[1]), place))
            picture = folder / f"{name}-{language}.png"
            page.screenshot(path=picture)
            assert 10_000 < picture.stat().st_size <= LARGEST, picture.name
    context.close()


PICKED = re.compile(r"\{([A-Z]{3})\}")
LISTS = {
    "PRJ": "/w/projects/?phase=landing", "NED": "/w/needs/?state=dispatched", "MAT": "/w/matches/?state=interested",
}  # fmt: skip


def _number(page: Page, prefix: str) -> str:
    """The number of the first record of a list."""
    page.goto(LISTS[prefix])
    return page.locator(f"main tbody th a[href*='/{prefix}-']").first.get_attribute("href").rstrip("/").split("/")[-1]
