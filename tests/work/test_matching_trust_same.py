"""The same question has the same answer on both databases, and in one worker as in two at once, with real meaning."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from grandunion.adapters import index, meaning
from grandunion.records.achievements import Achievement
from grandunion.records.needs import Need
from grandunion.terms.achievements import AchievementState
from grandunion.terms.needs import Category, NeedState
from grandunion.terms.readers import house
from grandunion.terms.secrecy import Level
from grandunion.work.queries import matches
from tests.cast import NOON
from tests.tables import lay_tables

ROOT = Path(__file__).resolve().parents[2]
OFFERS = (
    {"title_en": "LiDAR perception for self-driving cars in rain and fog"},
    {"title_zh": "自动驾驶激光雷达"},
    {"title_zh": "水稻基因编辑育种"},
    {"title_en": "Gene editing of rice", "title_zh": "高产水稻"},
)
WANTED = {"title_zh": "自动驾驶汽车怎样看清道路", "text_zh": "雨雾天气下识别行人与障碍物。"}
SHARED = {"level": Level.MEMBERS, "state_at": NOON, "created_at": NOON, "updated_at": NOON}


def lay_out() -> None:
    """A need and some offers, in the tables and in both indexes."""
    rows = [Achievement(number=f"ACH-2026-{n:04d}", state=AchievementState.IN_LIBRARY, **said, **SHARED)
            for n, said in enumerate(OFFERS, 1)]  # fmt: skip
    rows.append(
        Need(number="NED-2026-0001", state=NeedState.DISPATCHED, category=Category.TECHNOLOGY, **WANTED, **SHARED)
    )
    for row in rows:
        row.save()
        index.put(row.kind, row.pk, [getattr(row, name) for name in row.searched])
        meaning.put(row.kind, row.pk, *meaning.by_language(getattr(row, name) for name in row.meant))
    while meaning.catch_up():
        pass


def answer() -> list[list[str]]:
    """What is answered, down to the sentence."""
    need = Need.objects.unscoped("the test asks for it").get()
    found = matches.candidates(need, house(NOON))
    return [
        [one.number, str(one.score.value), str(one.score.confidence), one.sentence.en, one.sentence.zh]
        for one in found.offers
    ]


HUB = """
import django, json, sys; django.setup()
from grandunion.interfaces.cli.waking import bring_tables
from tests.work import test_matching_trust_same as same
if sys.argv[1] == "lay out":
    bring_tables(); same.lay_out()
print(json.dumps(same.answer()))
"""


def worker(home: Path, what: str) -> subprocess.Popen:
    """A process of its own over the hub at this home, which is on SQLite."""
    surroundings = {**os.environ, "GRANDUNION_HOME": str(home), "GRANDUNION_MEANING": "auto",
                    "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]),
                    "DJANGO_SETTINGS_MODULE": "grandunion.config.settings"}  # fmt: skip
    surroundings.pop("GRANDUNION_DATABASE_URL", None)
    command = [sys.executable, "-c", HUB, what]
    return subprocess.Popen(command, env=surroundings, cwd=ROOT, stdout=subprocess.PIPE, text=True)  # noqa: S603


def said(process: subprocess.Popen) -> list[list[str]]:
    told, _ = process.communicate(timeout=600)
    assert process.returncode == 0
    return json.loads(told)


@pytest.mark.django_db
def test_one_worker_two_workers_and_either_database_answer_the_same(settings, tmp_path):
    settings.MEANING, settings.MEANING_FOLDER = "auto", tmp_path / "meaning"
    lay_out()
    here = answer()  # on the database that this round of the tests is about
    assert {number for number, *_ in here[:2]} == {"ACH-2026-0001", "ACH-2026-0002"}
    lay_tables(tmp_path)
    alone = said(worker(tmp_path, "lay out"))
    assert alone == here
    both = [worker(tmp_path, "ask") for _ in range(2)]
    assert [said(one) for one in both] == [here, here]
