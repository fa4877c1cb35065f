"""A worker that is killed at any point loses nothing and doubles nothing."""

import json
import os
import random
import signal
import subprocess
import sys
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest

from tests.hostile.ordeal_place import database_of_its_own
from tests.tables import lay_tables

PROGRAM = Path(__file__).with_name("killing.py")
DEADLY = {2, 9, 17}  # letters and calls on whose arrival the worker is killed, before it hears that they are taken


@pytest.fixture
def told(tmp_path_factory, django_db_blocker, postbox, listener):
    """What the ordeal tells; the servers to which it speaks stand outside it and kill it now and then."""
    home = tmp_path_factory.mktemp("killing")
    lay_tables(home)

    def kill(count: int) -> None:
        if count in DEADLY:
            with suppress(OSError, ValueError):
                os.kill(int((home / "worker.pid").read_text()), signal.SIGKILL)

    postbox.when_taken = listener.when_taken = kill
    with django_db_blocker.unblock(), database_of_its_own() as url:
        surroundings = {
            **os.environ, "GRANDUNION_HOME": str(home), "GRANDUNION_DATABASE_URL": url, "GRANDUNION_DEMO": "",
            "GRANDUNION_EMAIL_HOST": "127.0.0.1", "GRANDUNION_EMAIL_PORT": str(postbox.port), "HOOK_URL": listener.url,
            "GRANDUNION_EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "GRANDUNION_WEBHOOKS_INSIDE": listener.url.split("/")[2], "SEED": str(random.randrange(10**6)),  # noqa: S311
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        }  # fmt: skip
        done = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, PROGRAM], env=surroundings, capture_output=True, text=True, timeout=300, check=False
        )
    assert done.returncode == 0, f"seed {surroundings['SEED']}: {done.stderr[-4000:]}"
    return {**json.loads(done.stdout), "seed": surroundings["SEED"]}


def test_a_worker_killed_at_any_point_loses_and_doubles_nothing(told, postbox, listener):
    kills = sum(end == -signal.SIGKILL for end in told["ends"])
    assert kills >= 5, told
    assert told["ends"][-1] == 0
    assert (told["problems"], told["broken"]) == ([], None)
    # Each of the three officers is told of each need, once; and the first that a webhook has their eyes.
    wanted = Counter((seq, f"officer{number}@hub.example") for seq in told["received"] for number in range(3))
    wanted[told["added"], "officer0@hub.example"] = 1
    assert Counter(map(tuple, told["messages"])) == wanted, told["seed"]
    assert told["unread"] == Counter(email for _, email in wanted)
    # Each message went out by one letter; a letter came twice only under the same Message-ID, and only after a kill.
    assert {state for _, state in told["mails"]} == {"sent"}
    taken = Counter(letter["Message-ID"] for _, letter in postbox.letters)
    assert set(taken) == {message_id for message_id, _ in told["mails"]}
    assert len(told["mails"]) == wanted.total()
    assert 0 < sum(count - 1 for count in taken.values()) <= kills
    assert Counter(told["sent"]) == Counter(set(taken))
    # The same of the webhook.
    assert Counter(seq for _, seq, _ in told["deliveries"]) == Counter(told["received"])
    assert {state for *_, state in told["deliveries"]} == {"delivered"}
    called = Counter(headers["webhook-id"] for headers, _ in listener.calls)
    assert set(called) == {one for one, *_ in told["deliveries"]}
    assert sum(count - 1 for count in called.values()) <= kills
    assert Counter(told["called"]) == Counter(set(called))
