"""A real browser for the journeys: every tab fails on a request to another host and on any console or policy error.

`page` is one tab in English at 1440 × 900; `open_page(locale="zh-CN", viewport=…, java_script_enabled=False)`
opens further ones, each with its own cookies. Addresses are relative to the running house.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest.mock import patch
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response, sync_playwright

PROGRAM = Path(os.environ.get("GRANDUNION_BROWSER", "/usr/bin/chromium-headless-shell"))
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
LACKING = f"no browser at {PROGRAM}: apt-get install chromium-headless-shell"
OPEN_ARGUMENTS = {"locale": "en-GB", "viewport": {"width": 1440, "height": 900}}


class Witness:
    """Notes whatever a page does that it must not."""

    def __init__(self, page: Page, host: str) -> None:
        self.host = host
        self.complaints: list[str] = []
        page.on("request", self.asked)
        page.on("response", self.answered)
        page.on("console", self.printed)
        page.on("pageerror", lambda error: self.complaints.append(f"script error: {error}"))

    def asked(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in ("data", "blob", "about") and address.netloc != self.host:
            self.complaints.append(f"request to another host: {request.url}")

    def answered(self, response: Response) -> None:
        is_refusal = response.status >= 400 and response.request.resource_type != "document"
        if response.status >= 500 or (is_refusal and not response.request.is_navigation_request()):
            self.complaints.append(f"{response.status} for {response.url}")

    def printed(self, message: ConsoleMessage) -> None:
        # A refused form is a 4xx document, of which the console says only this; `answered` judges it.
        if message.type in ("error", "warning") and not message.text.startswith("Failed to load resource"):
            self.complaints.append(f"console {message.type}: {message.text}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser; where there is none the test is skipped, or fails if GRANDUNION_REQUIRE names it."""
    if not PROGRAM.exists():
        is_required = "browser" in os.environ.get("GRANDUNION_REQUIRE", "").split(",")
        (pytest.fail if is_required else pytest.skip)(LACKING)
    # Playwright keeps an event loop running in this thread, at which Django would refuse the database. Its variable
    # that allows it would reach every program that a later test starts, and `check` rightly calls it wrong.
    with sync_playwright() as playwright, patch("django.utils.asyncio.get_running_loop", side_effect=RuntimeError):
        started = playwright.chromium.launch(executable_path=str(PROGRAM), args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def open_page(browser: Browser, live_server: object) -> Iterator[Callable[..., Page]]:
    """Opens tabs on the running house; when the test ends, nothing may have been noted against them."""
    contexts, witnesses = [], []

    def open_one(**wishes: object) -> Page:
        context = browser.new_context(base_url=live_server.url, **(OPEN_ARGUMENTS | wishes))
        contexts.append(context)
        page = context.new_page()
        witnesses.append(Witness(page, urlsplit(live_server.url).netloc))
        return page

    yield open_one
    for context in contexts:
        context.close()
    noted = [complaint for witness in witnesses for complaint in witness.complaints]
    assert noted == []


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """One tab in English."""
    return open_page()
