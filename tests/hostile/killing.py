"""Lets a worker be killed again and again in a hub of its own, and says at the end what is there (JSON on stdout)."""

import json
import os
import random
import signal
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connections  # noqa: E402
from django.utils import timezone  # noqa: E402

from grandunion.interfaces.cli.waking import bring_tables  # noqa: E402
from grandunion.interfaces.cli.working import catch_up  # noqa: E402
from grandunion.records.journal import Entry  # noqa: E402
from grandunion.records.messages import Chore, Delivery, Mail, Message  # noqa: E402
from grandunion.records.parties import User  # noqa: E402
from grandunion.terms.readers import house  # noqa: E402
from grandunion.terms.roles import Role  # noqa: E402
from grandunion.work.actions import needs  # noqa: E402
from grandunion.work.actions.messages import hooks  # noqa: E402
from grandunion.work.actions.messages.worker import alone, steps  # noqa: E402
from grandunion.work.queries.journal import first_broken  # noqa: E402
from grandunion.work.queries.parties import reader_of  # noqa: E402
from tests.cast import make_organisation, make_user  # noqa: E402

ROUNDS, AT_FIRST, EACH = 10, 12, 2
OFFICERS = 3
PID = settings.HOME / "worker.pid"


def lay() -> User:
    """The people, the webhook and the first needs."""
    bring_tables()
    for number in range(OFFICERS):
        make_user(f"officer{number}@hub.example", Role.OFFICER)
    at = timezone.now()
    url = os.environ["HOOK_URL"]
    hooks.add({"name": "Hook", "url": url, "account": "officer0@hub.example", "verbs": "need.received"},
              by=house(at), at=at)  # fmt: skip
    bo = make_user("bo@company.example", Role.ENTERPRISE, make_organisation("Bo Robotics"))
    state(bo, AT_FIRST)
    return bo


def state(bo: User, count: int) -> None:
    """So many more needs."""
    for _ in range(count):
        at = timezone.now()
        told = {"contact_name": "Bo", "contact_phone": "1", "category": "technology", "title_en": "Coils",
                "text_en": "Wind them."}  # fmt: skip
        needs.register(told, by=reader_of(bo, at), at=at)


def a_quarter_of_an_hour_passes() -> None:
    """What somebody had in hand when it died may be taken anew."""
    Mail._base_manager.filter(state="waiting").update(due_at=timezone.now())
    Delivery._base_manager.filter(state="waiting").update(due_at=timezone.now())


def worker_that_dies(after: float | None) -> int:
    """A worker in a process of its own, killed after so many seconds, or by those it speaks to; its signal, or 0."""
    connections.close_all()
    pid = os.fork()
    if pid == 0:
        code = 1
        with suppress(BaseException), alone() as is_mine:
            code = 2
            if is_mine:
                catch_up(threading.Event())
                code = 0
        os._exit(code)
    PID.write_text(str(pid))
    end = time.monotonic() + (60 if after is None else after)
    done = os.waitpid(pid, os.WNOHANG)
    while not done[0] and time.monotonic() < end:
        time.sleep(0.01)
        done = os.waitpid(pid, os.WNOHANG)
    if not done[0]:
        os.kill(pid, signal.SIGKILL)
        done = os.waitpid(pid, 0)
    PID.unlink(missing_ok=True)
    return os.waitstatus_to_exitcode(done[1])


def told(ends: list[int]) -> dict:
    """What is there at the end."""
    received = list(Entry.objects.filter(verb="need.received").order_by("seq").values_list("seq", flat=True))
    return {
        "ends": ends,
        "received": received,
        "added": Entry.objects.get(verb="webhook.added").seq,
        "messages": [[one.seq, one.user.email] for one in Message._base_manager.select_related("user").order_by("pk")],
        "mails": [[one.message_id, one.state] for one in Mail._base_manager.order_by("pk")],
        "deliveries": [[one.delivery_id, one.seq, one.state] for one in Delivery._base_manager.order_by("pk")],
        "sent": [entry.values["message_id"][1] for entry in Entry.objects.filter(verb="mail.sent")],
        "called": [entry.values["id"][1] for entry in Entry.objects.filter(verb="webhook.called")],
        "unread": {user.email: user.unread for user in User.objects.filter(email__startswith="officer")},
        "problems": [row.problem for row in Chore.objects.exclude(problem="")],
        "broken": first_broken(),
    }


def main() -> None:
    """The ordeal itself."""
    chance = random.Random(int(os.environ["SEED"]))  # noqa: S311 - when to kill, no secret
    bo, ends = lay(), []
    list(steps())  # what the steps are made of is loaded once, not by each worker that dies
    for number in range(ROUNDS):
        ends.append(worker_that_dies(chance.uniform(0, 0.4) if number % 2 == 0 else 1.5))
        a_quarter_of_an_hour_passes()
        state(bo, EACH)
    for _ in range(20):
        ends.append(worker_that_dies(None))
        if ends[-1] == 0:
            break
        a_quarter_of_an_hour_passes()
    sys.stdout.write(json.dumps(told(ends)))


if __name__ == "__main__":
    assert Path(settings.HOME).name.startswith("killing")
    main()
