"""What is looked for on a page that stands in the browser: faults a machine finds, and words in the wrong language."""

import re
from functools import cache

from playwright.sync_api import Page

from tests.journeys.ground import ROOT

AXE = ROOT / "tests" / "vendor" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN = """async tags => (await axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']}))
    .violations.map(one => one.id + ': ' + one.nodes.slice(0, 3).map(node => node.html.slice(0, 160)).join(' | '))"""
# The house's own words stand in these; what people wrote stands in links, cells and paragraphs.
LABELS = "button, th[scope=col], label, legend, summary, dt, h1, h2, .badge, .side-link, .tabbar a, .crumbs a, .chip"
WORDS = f"""() => [...document.querySelectorAll({LABELS!r})]
    .filter(one => one.checkVisibility() && !one.closest('[lang]:not(html), .content, .account, .language'))
    .map(one => [...one.childNodes].filter(node => !node.matches?.('input, select, textarea, kbd'))
    .map(node => node.textContent).join(' ').trim().replace(/\\s+/g, ' '))"""
LATIN = re.compile(r"[A-Za-z]{3,}")
HAN = re.compile(r"[\u4e00-\u9fff]")
# Names and codes that are the same in both languages.
SAME = re.compile(
    r"^(Ctrl K|Excel|CSV|XLSX|JSON|TRL( \d)?( · [\d-]+)?|ORCID|ROR|DOI|API.*|OpenAPI.*|USTC|[A-Z]{3}-\d{4}-\d{4}"
    r"|[a-z_]+(_[a-z]+)+|.*@.*|English|EN(glish)?)$"
)
WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
ONE_HEADING = "() => document.querySelectorAll('h1').length"


@cache
def _axe() -> str:
    return AXE.read_text("utf-8")


def violations(page: Page) -> list[str]:
    """What axe-core finds against WCAG 2.2 AA."""
    page.evaluate(_axe())
    return page.evaluate(RUN, TAGS)


def foreign(page: Page, language: str) -> list[str]:
    """Labels of the house that stand in the other language."""
    words = {one for one in page.evaluate(WORDS) if one and not SAME.match(one)}
    if language == "zh":
        return sorted(one for one in words if LATIN.search(one) and not HAN.search(one))
    return sorted(one for one in words if HAN.search(one) and not LATIN.search(one))


def sideways(page: Page, width: int) -> bool:
    """Whether the page has to be moved sideways to be read at this width."""
    page.set_viewport_size({"width": width, "height": 844})
    return page.evaluate(WIDER) > 0
