"""Somebody at the screen: clicks that are counted, fields that are filled, and every page that was seen."""

import re

from playwright.sync_api import Locator, Page

from tests.cast import PASSWORD

HEADINGS = re.compile(r"<h[12][^>]*>(.*?)</h[12]>", re.S)  # a title may be content, in the language of its writer
HAN = re.compile("[\u4e00-\u9fff]")


class Walker:
    """One person in one tab. A click is a press of the mouse; typing and choosing in a field are none."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = 0
        self.seen: list[str] = []
        page.set_default_timeout(10_000)

    def go(self, place: str) -> None:
        """By an address somebody has kept."""
        self.page.goto(place)
        self._meets()

    def sign_in(self, email: str) -> None:
        """Through the log-in page."""
        self.go("/accounts/login/")
        self.fill(login=email, password=PASSWORD)
        self.press("Sign in")
        self.page.wait_for_url("**/w/")

    def click(self, target: Locator) -> None:
        """One click, and whatever page follows has come."""
        self.clicks += 1
        target.click()
        self.page.wait_for_load_state("load")
        self._meets()

    def _meets(self) -> None:
        """A page met for the first time exists in Chinese too, at the same address and moment."""
        place = self.page.url
        if place in self.seen:
            return
        self.seen.append(place)
        answer = self.page.request.get(place, headers={"Accept-Language": "zh-CN"})
        if answer.status == 405:  # the answer to a deed has no page of its own
            return
        text = answer.text()
        assert answer.ok, f"{answer.status} for {place} in Chinese"
        assert '<html lang="zh-Hans"' in text, place
        assert any(map(HAN.search, HEADINGS.findall(text))), f"no Chinese heading on {place}"

    def press(self, name: str) -> None:
        """A button of the page by its whole name."""
        self.click(self.page.locator("main").get_by_role("button", name=name, exact=True).first)

    def follow(self, name: str) -> None:
        """A link of the page by its whole name."""
        self.click(self.page.locator("main").get_by_role("link", name=name, exact=True).first)

    def section(self, name: str) -> None:
        """A section of the main menu."""
        self.click(self.page.get_by_role("navigation", name="Main menu").get_by_role("link", name=name, exact=True))

    def find(self, words: str, name: str) -> None:
        """By the search over everything: Ctrl-K, the words, and the line that is meant."""
        self.page.keyboard.press("Control+K")
        palette = self.page.locator("#palette")
        palette.get_by_role("combobox").fill(words)
        self.click(palette.locator("a").filter(has_text=name).first)

    def fill(self, within: str = "main", **values: object) -> None:
        """Fields by their names: text, a choice by its code, a tick by True (which is a click)."""
        for name, value in values.items():
            field = self.page.locator(f"{within} [name='{name.replace('__', '-')}']")
            if value is True:
                self.clicks += 1
                field.check()
            elif field.evaluate("one => one.tagName") == "SELECT":
                field.select_option(str(value))
            else:
                field.fill(str(value))

    def move(self, code: str, **values: object) -> None:
        """A move of the panel: opened, filled, made; it must lead to no complaint."""
        box = self.page.locator(f"#move-{code}")
        if box.get_attribute("open") is None:
            self.clicks += 1
            box.locator("summary").click()
        self.fill(f"#move-{code}", **values)
        self.click(box.locator("form button.button-primary"))
        self.sees_no_complaint()

    def sees_no_complaint(self) -> None:
        """Nothing on the page is refused or wrong."""
        complaints = self.page.locator("main .notice-error, main .field-error")
        assert complaints.count() == 0, complaints.all_inner_texts()

    def sees(self, *words: str) -> None:
        """All these words stand on the page."""
        text = self.page.locator("main").inner_text()
        for word in words:
            assert word in text, f"{word!r} is not on {self.page.url}: {text[:1500]}"

    def sees_not(self, word: str) -> None:
        """This word does not stand on the page."""
        assert word not in self.page.content()

    def state(self) -> str:
        """The state at the head of the record."""
        return self.page.locator(".page-head .badge").first.inner_text().strip()

    def number(self) -> str:
        """The number at the head of the record."""
        return self.page.locator(".page-head .number").first.inner_text().strip()
