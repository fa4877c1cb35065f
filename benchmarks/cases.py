"""The cases: the same question asked of the bare database, of a plain view, of our API and of our page."""

import json
import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import unescape

from benchmarks import bare
from benchmarks.doors import Doors
from benchmarks.world import LIVELY
from grandunion.records.lists import Term
from grandunion.terms.readers import Reader
from grandunion.work.queries import search, spaces

BARE, PLAIN, WHOLE, API, PAGE, QUERY = "bare SQL", "plain view", "plain view of the whole", "API", "page", "query"
RARE, LATIN, PAIR, LONG = "tokamak", "quantum", "量子", "机器人"
WITHIN = {API: (PLAIN, 1.2), PAGE: (PLAIN, 2.0)}
SOUGHT = {API: (BARE, 10.0), PAGE: (BARE, 10.0), QUERY: (BARE, 10.0)}
# What shows a row of the whole project on its page, and what stands there once for each row.
SHOWN = {
    "person__number", "person__name_zh", "achievement__number", "achievement__title_zh", "match__number",
    "match__need__title_zh", "number", "title", "name", "due_on", "technical_question", "note", "file_name",
}  # fmt: skip
ROWS = {
    "members": 'href="/w/persons/PER-',
    "visits": "/visits/",
    "files": 'href="/w/documents/DOC-',
    "contracts": "/contracts/CON-",
}
SIGNS = "国盾本源启科中创新光谷云智芯星河远景华彩辰禾航天蓝鲸赤羽"


@dataclass(frozen=True, slots=True)
class Case:
    """One question and the ways to ask it; `goals` are way → (the way it is held against, at most so many times)."""

    code: str
    name: str
    ways: Mapping[str, Callable[[], object]]
    goals: Mapping[str, tuple[str, float]]
    beside: Mapping[str, str] = field(default_factory=dict)  # way → another way it is set beside, without a goal
    peers: str = ""  # its row in the table of peers
    share: float = 1.0  # of the rounds: what takes half a second is asked less often


class Unlike(RuntimeError):
    """Two ways that should answer the same rows do not."""


def all_cases(doors: Doors, reader: Reader) -> list[Case]:
    """Every case but the import, which is measured in rows a second."""
    return [
        _list("organisations", "kind=enterprise", "plain/organisations", lambda: bare.ask(bare.ORGANISATIONS,
              "enterprise"), doors, "Organisations of one kind, by name", "list of organisations, filter + sort"),
        _list("projects", "phase=matching", "plain/projects", lambda: bare.ask(bare.PROJECTS, "matching"), doors,
              "Projects of one phase, the latest changed first", "list of projects"),
        _record(doors, LIVELY),
        _search("search-rare", RARE, ["tokamak"], doors, reader, "Search: a word few projects have",
                "search, English"),
        _search("search-english", LATIN, [LATIN], doors, reader, "Search: an English word", "search, English"),
        _search("search-pair", PAIR, [PAIR], doors, reader, "Search: a Chinese word of two characters",
                "search, Chinese"),
        _search("search-chinese", LONG, ["机器", "器人"], doors, reader, "Search: a Chinese word of three characters",
                "search, Chinese"),
        _create(doors),
        _areas(doors, reader),
    ]  # fmt: skip


def _list(code: str, asked: str, plain: str, sql: Callable, doors: Doors, name: str, peers: str) -> Case:
    ways = {
        BARE: sql,
        PLAIN: lambda: doors.plain.get(f"/{plain}/?{asked}"),
        API: lambda: doors.api.get(f"/api/v1/{code}?{asked}"),
        PAGE: lambda: doors.page.get(f"/w/{code}/?{asked}"),
    }
    numbers = [row[0] for row in sql()][:50]
    for way in (PLAIN, API):
        _same(code, way, numbers, [item["number"] for item in json.loads(ways[way]())["items"]])
    return Case(f"list-{code}", name, ways, WITHIN, peers=peers)


def _same(case: str, way: str, wanted: list[str], got: list[str]) -> None:
    if wanted != got or not wanted:
        raise Unlike(f"{case}: {way} answers {got[:3]}…, the bare database {wanted[:3]}…")


def _record(doors: Doors, number: str) -> Case:
    ways = {
        BARE: lambda: bare.ask(bare.PROJECT, number),
        PLAIN: lambda: doors.plain.get(f"/plain/projects/{number}/"),
        WHOLE: lambda: doors.plain.get(f"/plain/threads/{number}/"),
        API: lambda: doors.api.get(f"/api/v1/projects/{number}"),
        PAGE: lambda: doors.page.get(f"/w/projects/{number}/"),
    }
    _whole(json.loads(ways[WHOLE]()), unescape(ways[PAGE]().decode()))
    goals = {API: (PLAIN, 1.2), PAGE: (WHOLE, 2.0)}
    return Case("record", "One project", ways, goals, {PAGE: PLAIN}, "one record")


def _whole(told: Mapping[str, object], page: str) -> None:
    """The page and the plain view of the whole show the same: each row by its number, name or words, and no more."""
    rows = [row for rows in told.values() if isinstance(rows, list) for row in rows]
    wanted = [str(row[key]) for row in rows for key in SHOWN & {*row}]
    wanted += [told["project"][key] for key in ("number", "title_zh", "summary_zh", "owner")]
    wanted += [name["zh"] or name["en"] for name in told["names"].values() if name]
    missing = [words for words in wanted if words not in page]
    moments = [row["at"].replace("Z", "+00:00") for row in (*told["lines"], *told["steps"])]
    lines = re.findall(r'class="timeline-when" datetime="([^"]*T[^"]*)"', page)
    if missing or sorted(moments) != sorted(lines):
        raise Unlike(f"record: the page does not show {missing}, or its {len(lines)} lines are not the {len(moments)}")
    for rows, sign in ROWS.items():
        if len(told[rows]) != page.count(sign):
            raise Unlike(f"record: {len(told[rows])} {rows} in the plain view, {page.count(sign)} on the page")


def _search(code: str, words: str, pairs: list[str], doors: Doors, reader: Reader, name: str, peers: str) -> Case:
    ways = {
        BARE: lambda: bare.found(pairs),
        PLAIN: lambda: doors.plain.get(f"/plain/search/?q={_quoted(words)}"),
        API: lambda: doors.api.get(f"/api/v1/projects?q={_quoted(words)}"),
        QUERY: lambda: search.everywhere(words, reader),
        PAGE: lambda: doors.page.get(f"/w/search/?q={_quoted(words)}"),
    }
    numbers = [row[0] for row in ways[BARE]()][:50]
    _same(code, API, numbers, [item["number"] for item in json.loads(ways[API]())["items"]])
    return Case(code, name, ways, SOUGHT, peers=peers, share=0.25)


def _quoted(words: str) -> str:
    return "".join(f"%{byte:02X}" for byte in words.encode())


def _create(doors: Doors) -> Case:
    dice = random.Random(7)  # noqa: S311 - names, not secrets

    def body() -> bytes:
        zh = "".join(dice.choices(SIGNS, k=3))
        en = "".join(dice.choice("bcdfglmnprstv") + dice.choice("aeiou") for _ in range(5)).title()
        given = {"name_zh": f"合肥{zh}量子科技有限公司", "name_en": f"{en} Technology Ltd", "city": "Hefei",
                 "organisation_kind": "enterprise"}  # fmt: skip
        return json.dumps(given).encode()

    ways = {
        PLAIN: lambda: doors.plain.post("/plain/create/", body()),
        API: lambda: doors.api.post("/api/v1/organisations", body()),
    }
    return Case("create", "Create an organisation", ways, {API: (PLAIN, 1.5)}, peers="create")


def _areas(doors: Doors, reader: Reader) -> Case:
    area = Term.objects.get(list="areas", code="areas-3")
    ways = {
        BARE: lambda: bare.areas(area.pk),
        PLAIN: lambda: doors.plain.get(f"/plain/areas/{area.code}/"),
        QUERY: lambda: spaces.area_page(area.code, reader),
        PAGE: lambda: doors.page.get(f"/w/areas/{area.code}/"),
    }
    return Case("areas", "Organisations counted by area, kind and industry", ways,
                {QUERY: (PLAIN, 1.2), PAGE: (PLAIN, 2.0)}, peers="count and sum by area and industry")  # fmt: skip
