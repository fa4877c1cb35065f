"""A sweep of all that can be sent: nobody changes or takes away what is somebody else's, whatever they post where."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import groupby
from urllib.parse import urlencode, urlsplit

import pytest
from django.apps import apps
from django.db import connection
from pytest_django import Settings

from grandunion.engines import flows
from grandunion.engines.flows.table import Flow
from grandunion.terms.roles import Role
from grandunion.terms.secrecy import Level
from tests.asking import Asker
from tests.cast import make_organisation, make_user
from tests.hostile.walking import TELLING, _Page
from tests.interfaces.test_sweep import FILLINGS, SECTIONS, routes, world
from tests.planting import KINDS, Planted
from tests.sameness import Refusals
from tests.watching import is_write

Others = list[tuple[str, Planted]]
pytestmark = pytest.mark.django_db
__all__ = ["world"]

# What a person might send; a form that asks more is read first and filled in.
SENT = {
    "reason": "because", "text": "hello", "note": "n", "title_zh": "Changed", "title_en": "Changed", "number": "1",
    "level": "public", "score": "5", "value": "1", "watch": "1", "comment": "c", "feedback": "f", "payment": "v",
    "settlement": "s", "is_upheld": "on", "answer": "a", "summary_zh": "x", "deed": "withdraw", "name": "n",
    "paid_on": "2026-01-01", "until": "2027-01-01", "email": "dee@elsewhere.example",
}  # fmt: skip
FORM = "application/x-www-form-urlencoded"
WRITTEN = urlencode(SENT)
DEEDS = [
    "take", "keep", "drop", "up", "down", "resolve", "reopen", "approve", "queue", "reject", "withdraw", "accept",
    "attend", "undo_attend", "need", "action", "settle", "strike", "waive", "grant", "refuse", "met", "pay", "release",
    "remove", "edit",
]  # fmt: skip
PARTS = 3  # of the sweep, each with sections of its own, so that workers share them
# What changes for everybody with each deed, and what is the sender's own.
COMMON = {"NumberSeries", "Head", "Entry", "Session", "Counted", "Cursor"}
SEEN = list(Level)[: list(Level).index(Level.MEMBERS) + 1]
MOVES = {one.code: tuple(move.code for move in one.moves) for one in vars(flows).values() if isinstance(one, Flow)}


def kept(written: set[str] | None = None) -> dict[tuple[str, int], tuple[str, ...]]:
    """Every row of every table, or of those into which something was written, but what each deed changes."""
    return {
        (table._meta.db_table, row[0]): tuple(map(str, row))
        for table in apps.get_app_config("records").get_models()
        if table.__name__ not in COMMON and (written is None or table._meta.db_table in written)
        for row in table._base_manager.values_list("pk", *(field.attname for field in table._meta.concrete_fields))
    }


@contextmanager
def writing() -> Iterator[set[str]]:
    """Inside, the tables into which something is written, whether it is kept or not."""
    written: set[str] = set()

    def heard(execute: Callable, sql: str, params: object, many: bool, context: dict) -> object:
        written.update(re.findall(r"records_\w+", sql) if is_write(sql) else ())
        return execute(sql, params, many, context)

    with connection.execute_wrapper(heard):
        yield written


def swept() -> list[tuple[str, list]]:
    """The routes of each section of the workspace that name a record."""
    found = sorted((text, names) for text, names in routes() if text.startswith("w/") and "number" in names)
    return [(section, list(rows)) for section, rows in groupby(found, key=lambda row: row[0].split("/")[1])]


def addresses(text: str, names: tuple[str, ...], others: Others) -> Iterator[tuple[str, Planted]]:
    """The route with each of the records that belong there, each move or deed, and each of their first parts."""
    named = {kind for kind in KINDS if f"/{kind}s/" in f"/{text}" or f"/{kind}/" in f"/{text}"}
    kinds = named | {kind for section, kind in SECTIONS.items() if f"/{section}/" in f"/{text}"}
    for kind, one in [pair for pair in others if pair[0] in kinds] or others[:1]:
        deeds = MOVES.get(kind, ()) if "code" in names else DEEDS if {"deed", "move"} & {*names} else ("x",)
        for deed in deeds:
            for filled in _filled(f"/{text}", names, {"kind": kind, "code": deed, "deed": deed, "move": deed}, one):
                yield filled, one


def _filled(address: str, names: tuple[str, ...], given: dict[str, str], one: Planted) -> Iterator[str]:
    for part in range(1, 3 if "<int:" in address else 2):
        found = address
        for name in names:
            shape = f"<int:{name}>" if f"<int:{name}>" in found else f"<str:{name}>"
            found = found.replace(
                shape, str(part) if shape.startswith("<int") else (FILLINGS | given).get(name, one.called)
            )
        yield found


def send(client: Asker, address: str) -> int:
    """Post what a person might; where the form asks for more, fill it in as it stands and post again."""
    answer = client.post(address, WRITTEN, FORM)
    if answer.status_code != 422:
        return answer.status_code
    page = _Page(address)
    page.feed("".join(TELLING.findall(client.get(address).content.decode())))
    fields = {
        name: field.plausible for form in page.forms if urlsplit(form.action).path == address
        for name, field in form.fields.items()
    }  # fmt: skip
    filled = {**fields, **{name: SENT[name] for name in SENT if not fields.get(name)}}
    return client.post(address, urlencode(filled, doseq=True), FORM).status_code


@pytest.mark.parametrize("part", range(PARTS))
def test_nobody_changes_what_is_somebody_elses(world, settings: Settings, part: int):
    settings.SECOND_FACTOR_REQUIRED = False
    planted, _ = world
    others = [
        (kind, one) for (kind, number), one in planted.items() if number < 10
    ]  # of the company that nobody belongs to
    client, refusals, sent = Asker(), Refusals(), 0
    client.force_login(make_user("dee@elsewhere.example", Role.ENTERPRISE, make_organisation("Dee's own")))
    before = kept()
    for section, rows in swept()[part::PARTS]:
        with writing() as written:
            for address, one in [found for text, names in rows for found in addresses(text, names, others)]:
                if not refusals.would_be_met(address, one):
                    with refusals.listening(address, one) as told:
                        status = send(client, address)
                        told(status)
                    assert status < 500, address
                sent += 1
        now = kept(written)
        changed = [row for row in before if row[0] in written and before[row] != now.get(row)]
        assert not changed, f"somewhere in {section}: {changed[:5]}"
        before |= now
    assert sent > 500, "the sweep must send something, or it proves nothing"
