"""No acknowledged write is lost, whoever pulls the plug; of two who write at once one is told; a full disk is said."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from tests.hostile.ordeal_place import database_of_its_own
from tests.tables import lay_tables

PROGRAM = Path(__file__).with_name("ordeal.py")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: object) -> dict:
    """What the ordeal tells; it has a database of its own, as the hub has it, on whichever engine."""
    home = tmp_path_factory.mktemp("ordeal")
    lay_tables(home)
    with django_db_blocker.unblock(), database_of_its_own() as url:
        surroundings = {
            **os.environ, "GRANDUNION_HOME": str(home), "GRANDUNION_DATABASE_URL": url, "GRANDUNION_DEMO": "",
            "GRANDUNION_SECOND_FACTOR": "0", "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        }  # fmt: skip
        done = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, PROGRAM], env=surroundings, capture_output=True, text=True, timeout=600, check=False
        )
    assert done.returncode == 0, done.stderr[-4000:]
    return json.loads(done.stdout)


def test_what_was_acknowledged_before_the_kill_is_there(told):
    assert len(told["acknowledged"]) >= 10, "every writer had said something before it was killed"
    assert set(told["acknowledged"]) <= set(told["after kills"]["numbers"])


def test_after_every_kill_journal_index_and_database_hold(told):
    assert told["after kills"]["wrong"] == []
    assert told["at the end"]["wrong"] == []


def test_of_two_who_make_the_same_move_one_wins_and_the_other_is_told(told):
    assert sorted(told["moves"]) == ["Refused 409", "triage"] or sorted(told["moves"]) == ["Stale 409", "triage"]
    assert told["state"] == "triage"


def test_of_two_who_save_the_same_record_nobody_is_overwritten(told):
    refused, saved = sorted(told["edits"], key=lambda one: one.startswith("By"))
    assert refused == "Stale 409"
    assert told["title"] == saved


def test_a_form_sent_twice_at_the_same_moment_makes_one_record(told):
    numbers = {one for one in told["twice"] if one.startswith("NED")}
    assert len(numbers) == 1
    assert set(told["twice"]) - numbers <= {"Refused 409"}


def test_eight_who_write_at_once_get_numbers_of_their_own_without_a_gap(told):
    numbers = sorted(int(number[-4:]) for number in told["crowd"]["numbers"])
    assert numbers == list(range(numbers[0], numbers[0] + 40))


def test_every_connection_is_set_to_lose_nothing(told):
    if connection.vendor != "sqlite":
        assert told["crowd"]["pragmas"] == [{}] * 8
        return
    assert (
        told["crowd"]["pragmas"]
        == [{"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "trusted_schema": 0, "mmap_size": 0}] * 8
    )


def test_the_same_questions_are_answered_when_all_is_well(told):
    assert (told["well"]["form"], told["well"]["api"], told["well"]["read"]) == (303, 201, 200)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a size limit is set on a SQLite connection only")
@pytest.mark.parametrize(("trouble", "status", "word"), [("starved", 507, "full"), ("locked", 503, "busy")])
def test_trouble_with_the_disk_or_a_lock_is_said_and_reading_goes_on(told, trouble, status, word):
    went = told[trouble]
    assert (went["form"], went["api"]) == (status, status)
    assert word in went["page"]
    assert "A winding machine" in went["page"], "what was typed is still there"
    assert went["type"] == "application/problem+json"
    assert word in json.loads(went["problem"])["detail"]
    assert (went["read"], went["read by api"], went["first page"], went["afterwards"]) == (200, 200, 200, 303)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the file that is lost here is SQLite's")
def test_a_backup_made_while_somebody_writes_brings_the_hub_back_with_its_doors_shut(told):
    kept = told["kept"]
    assert set(kept["before"]) <= set(kept["afterwards"]["numbers"])
    assert kept["afterwards"]["wrong"] == []
    assert (kept["opened"]["officer"], kept["opened"]["stranger"]) == (200, 404)
    assert (kept["opened"]["officer finds"], kept["opened"]["stranger finds"]) == (True, False)
