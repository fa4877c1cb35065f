"""A program that writes the way the house does and is killed, raced, locked out and starved; tells in JSON how it went.

It is run by `test_durability` on a database of its own. Every deed happens in a forked process, so that Django is
started once and no connection is shared.
"""

import json
import os
import random
import signal
import sqlite3
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import takewhile
from threading import Barrier

import django

django.setup()

from django.conf import settings  # noqa: E402 - the house wakes first
from django.db import connection  # noqa: E402
from django.template.loader import get_template  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils.translation import override  # noqa: E402

from grandunion.interfaces.cli.waking import bring_tables  # noqa: E402
from grandunion.records.needs import Need  # noqa: E402
from grandunion.terms.readers import house  # noqa: E402
from grandunion.terms.roles import Role  # noqa: E402
from grandunion.terms.verdicts import Refused  # noqa: E402
from grandunion.work.actions import needs as actions  # noqa: E402
from grandunion.work.actions.parties.accounts import enrol, issue_token, open_account  # noqa: E402
from grandunion.work.actions.upkeep.backups import back_up, restore  # noqa: E402
from grandunion.work.queries import needs  # noqa: E402
from grandunion.work.queries.upkeep.checks import findings  # noqa: E402

KILLS, THREADS, EACH = 10, 8, 5
PRAGMAS = ("journal_mode", "synchronous", "foreign_keys", "trusted_schema", "mmap_size")
PAGES = ("web/needs/list.html", "web/needs/form.html", "web/needs/record.html", "portal/front.html", "kit/error.html")
LONG = "coil " * 900  # more than a page of the database, so that there is no place left for it in a full one
# `looked`: what is like it was shown before it is sent.
FORM = {"contact_name": "Bo", "contact_phone": "0551-1", "category": "technology", "applicant_type": "company",
        "title": "A winding machine", "text": LONG, "urgency": "normal", "organisation": "",
        "looked": "1"}  # fmt: skip
NEED = {"contact_name": "Bo", "title_en": "A winding machine", "text_en": "For coils."}


def now() -> datetime:
    return datetime.now(UTC)


def forked(deed: Callable[[], object]) -> tuple[int, int]:
    """A process that does the deed and writes its answer into a pipe; the process, and where to read."""
    out, into = os.pipe()
    if pid := os.fork():
        os.close(into)
        return pid, out
    os.close(out)
    try:
        with os.fdopen(into, "w") as pipe:
            pipe.write(json.dumps(deed()))
        connection.close()
        os._exit(0)
    finally:
        os._exit(1)


def heard(pid: int, out: int) -> object:
    with os.fdopen(out) as pipe:
        said = pipe.read()
    os.waitpid(pid, 0)
    return json.loads(said) if said else None


def apart(deed: Callable[[], object]) -> object:
    """What the deed answers, done in a process of its own."""
    return heard(*forked(deed))


def write_until_killed(into: int) -> None:
    """Register needs for ever, acknowledging each once the action has answered."""
    while True:
        need = actions.register(NEED, by=house(now()), at=now())
        os.write(into, f"{need.number}\n".encode())


def killed(after: float) -> list[str]:
    """The needs a writer had acknowledged when it was killed, so many seconds after its first word."""
    out, into = os.pipe()
    pid = os.fork()
    if not pid:
        write_until_killed(into)
    os.close(into)
    said = os.read(out, 4096)
    time.sleep(after)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    while more := os.read(out, 65536):
        said += more
    os.close(out)
    return said.decode().splitlines()


def kills() -> list[str]:
    chance = random.Random(7)  # noqa: S311 - moments, no secrets
    return [number for _ in range(KILLS) for number in killed(chance.uniform(0, 0.12))]


def looked_at() -> dict:
    """What is there: the needs, and whatever is wrong with journal, index and database."""
    rows = Need.objects.unscoped("everything is counted").order_by("pk")
    # The checks from the files on are of the pack and the settings, which no kill touches.
    looked = takewhile(lambda found: found.about.en != "files", findings())
    wrong = [found.about.en for found in looked if found.wrong and not found.is_warning]
    return {"numbers": [need.number for need in rows], "wrong": wrong}


def raced(deed: Callable[[], str]) -> list[str]:
    """The answers of two processes that do the same at the same moment."""
    moment = time.time() + 0.3

    def run() -> str:
        connection.ensure_connection()
        time.sleep(max(moment - time.time(), 0))
        try:
            return deed()
        except Refused as refused:
            return f"{type(refused).__name__} {refused.status}"

    runners = [forked(run) for _ in range(2)]
    return [heard(*runner) for runner in runners]


def moving(number: str) -> Callable[[], str]:
    seen = apart(lambda: needs.get(number, house(now())).version)
    return lambda: (
        actions.move(needs.get(number, house(now())), "begin_triage", by=house(now()), at=now(), version=seen).state
    )


def editing(number: str) -> Callable[[], str]:
    seen = apart(lambda: needs.get(number, house(now())).version)

    def edit() -> str:
        need = needs.get(number, house(now()))
        return actions.edit(need, {"title_en": f"By {os.getpid()}"}, by=house(now()), at=now(), version=seen).title_en

    return edit


def crowd() -> dict:
    """Eight threads that register needs at once, and what each connection is set to."""
    start = Barrier(THREADS)

    def register() -> dict:
        start.wait()
        numbers = [actions.register(NEED, by=house(now()), at=now()).number for _ in range(EACH)]
        said = {}
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                said = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in PRAGMAS}
        connection.close()
        return {"numbers": numbers, "pragmas": said}

    with ThreadPoolExecutor(THREADS) as pool:
        told = [one.result() for one in [pool.submit(register) for _ in range(THREADS)]]
    return {"numbers": [n for one in told for n in one["numbers"]], "pragmas": [one["pragmas"] for one in told]}


def people() -> str:
    """An officer who can sign in, and a token."""
    by = house(now())
    user = open_account("ada@hub.example", "", "Ada", "a-long-enough-password", by=by, at=now())
    enrol(user, Role.OFFICER, starts_on=now().date(), by=by, at=now())
    return issue_token(user, "ordeal", ["read", "write"], 30, by=by, at=now())[1]


def ask(token: str) -> dict:
    """A page read, a need sent by form and one by token, under whatever the database is made to suffer."""
    client = Client(raise_request_exception=False, headers={"Accept-Language": "en"})
    client.force_login(needs.officers()[0], backend=settings.AUTHENTICATION_BACKENDS[0])
    return _asked(client, token)


def _asked(client: Client, token: str) -> dict:
    api = {"Authorization": f"Bearer {token}", "Accept-Language": "en"}
    form = client.post("/w/needs/new/", FORM)
    called = client.post(
        "/api/v1/needs", {"title_en": "x", "text_en": LONG, "contact_name": "x"}, content_type="application/json",
        headers=api,
    )  # fmt: skip
    return {
        "form": form.status_code, "page": form.content.decode(), "api": called.status_code,
        "problem": called.content.decode(), "type": called["Content-Type"],
        "read": client.get("/w/needs/").status_code,
        "read by api": client.get("/api/v1/needs", headers=api).status_code,
        "first page": Client().get("/").status_code,
    }  # fmt: skip


def starved(token: str) -> dict:
    """The disk is full from now on: the database may not take one more page."""
    client = Client(raise_request_exception=False, headers={"Accept-Language": "en"})
    client.force_login(needs.officers()[0], backend=settings.AUTHENTICATION_BACKENDS[0])
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA max_page_count = 1")  # SQLite makes of it what the file has now
        _fill()
        told = _asked(client, token)
        cursor.execute("PRAGMA max_page_count = 1000000")
    return told | {"afterwards": client.post("/w/needs/new/", FORM).status_code}


def _fill() -> None:
    """Use up the free places in the file's last pages."""
    try:
        for _ in range(500):
            actions.register(NEED | {"text_en": LONG}, by=house(now()), at=now())
    except django.db.OperationalError:
        return
    raise RuntimeError("the database never got full")


def locked(token: str) -> dict:
    """Somebody else holds the database and does not let go."""
    client = Client(raise_request_exception=False, headers={"Accept-Language": "en"})
    client.force_login(needs.officers()[0], backend=settings.AUTHENTICATION_BACKENDS[0])
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 50")
    holder = sqlite3.connect(settings.DATABASES["default"]["NAME"], isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    told = _asked(client, token)
    holder.execute("ROLLBACK")
    holder.close()
    return told | {"afterwards": client.post("/w/needs/new/", FORM).status_code}


def kept_and_restored() -> dict:
    """A backup made while somebody writes; the hub then lost; the backup put in its place, and opened as two people."""
    place = settings.HOME / "kept.tar.gz"
    before = apart(looked_at)["numbers"]
    out, into = os.pipe()
    writer = os.fork()
    if not writer:
        write_until_killed(into)
    os.read(out, 4096)
    apart(lambda: len(back_up(place, by=house(now()), at=now()).parts))
    os.kill(writer, signal.SIGKILL)
    os.waitpid(writer, 0)
    os.close(out)
    for part in settings.HOME.glob("hub.sqlite3*"):
        part.unlink()
    apart(lambda: restore(place, by=house(now()), at=now()).made_at)
    return {"before": before, "afterwards": apart(looked_at), "opened": apart(lambda: opened(before[0]))}


def opened(number: str) -> dict[str, int]:
    """The status of a need's page, and whether its words are found, for an officer and for somebody with no role."""
    by = house(now())
    stranger = open_account("dee@elsewhere.example", "", "Dee", "a-long-enough-password", by=by, at=now())
    told = {}
    for name, user in (("officer", needs.officers()[0]), ("stranger", stranger)):
        client = Client()
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
        # the oldest first: the writer may have written more needs than a page holds
        found = number in client.get("/w/needs/?q=winding&order=number").content.decode()
        told |= {name: client.get(f"/w/needs/{number}/").status_code, f"{name} finds": found}
    return told


def load() -> None:
    """Addresses and pages are read once, not by each forked process that opens some; no database is asked."""
    for language, _ in settings.LANGUAGES:
        with override(language):
            reverse("help")
    for page in PAGES:
        get_template(page)


def main() -> None:
    load()
    apart(bring_tables)
    token = apart(people)
    told: dict[str, object] = {"acknowledged": kills(), "after kills": apart(looked_at)}
    first, second = told["after kills"]["numbers"][:2]
    told["moves"], told["edits"] = raced(moving(first)), raced(editing(second))
    told["state"] = apart(lambda: needs.get(first, house(now())).state)
    told["title"] = apart(lambda: needs.get(second, house(now())).title_en)
    told["twice"] = raced(lambda: actions.register(NEED, by=house(now()), at=now(), submission="one-key").number)
    told["crowd"] = apart(crowd)
    told["well"] = apart(lambda: ask(token))
    if connection.vendor == "sqlite":
        told["starved"], told["locked"] = apart(lambda: starved(token)), apart(lambda: locked(token))
        told["kept"] = kept_and_restored()
    told["at the end"] = apart(looked_at)
    sys.stdout.write(json.dumps(told))


main()
