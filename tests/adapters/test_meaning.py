"""What texts mean: found across languages by the real model, and said plainly where it cannot be."""

import importlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import numpy as np
import pytest
from django.db import transaction

from grandunion.adapters import meaning
from grandunion.adapters.meaning import centring, encoders, passages, searching, writing
from grandunion.adapters.vectors import tables
from grandunion.records.achievements import Achievement
from grandunion.records.base import S0
from grandunion.records.matches import Offer
from grandunion.records.needs import Need
from grandunion.records.parties import Person
from grandunion.records.projects import Project
from tests.adapters import sharing
from tests.posting import serving
from tests.watching import queries, reading

BATTERY = ("一种固态电池用的电解质，提高动力电池安全性。", "")
LIDAR = ("", "LiDAR perception for self-driving cars")
RICE = ("水稻基因编辑育种", "")


@pytest.fixture(name="hub")
def _hub(db: None, settings: object, tmp_path: Path) -> object:
    """A hub that reads what texts mean, with three achievements that wait to be read."""
    settings.MEANING, settings.MEANING_FOLDER = "auto", tmp_path / "meaning"
    for subject, texts in enumerate((BATTERY, LIDAR, RICE), 1):
        meaning.put("achievement", subject, *texts)
    return settings


def found(zh: str = "", en: str = "", **given: object) -> list[int]:
    """The achievements nearest to a text."""
    return [hit.subject_id for hit in meaning.near("achievement", zh, en, 3, **given).hits]


def test_a_text_is_found_in_the_other_language_without_a_shared_word(hub: object) -> None:
    """Before it was caught up with, and after; the passage that met is told."""
    with reading():
        near = meaning.near("achievement", "自动驾驶汽车怎样看清道路", "", 3)
    assert (near.hits[0].subject_id, near.hits[0].asked, near.hits[0].met) == (2, "zh", "en")
    assert near.hits[0].passage == LIDAR[1]
    assert near.missing is None
    assert meaning.catch_up() == 3
    with reading(), queries(at_most=12):
        again = meaning.near("achievement", "自动驾驶汽车怎样看清道路", "", 3)
    assert again == near
    assert meaning.catch_up() == 0
    assert found(en="making lithium batteries safe")[0] == 1
    assert found(en="plant genetics")[0] == 3


def test_only_records_the_reader_may_see_take_a_place(hub: object) -> None:
    """Waiting or read: others neither show nor push one out."""
    for _ in range(2):
        assert found("电池安全", within={2, 3}) == found("电池安全", within=[3, 2])
        assert set(found("电池安全", within={2, 3})) == {2, 3}
        assert found("电池安全", within=()) == []
        meaning.catch_up()


def test_a_changed_text_is_found_by_the_next_search_and_the_old_one_is_not(hub: object) -> None:
    """A forgotten record is gone at once, too."""
    meaning.catch_up()
    meaning.put("achievement", 1, "", "Telescopes for radio astronomy")
    near = meaning.near("achievement", "", "radio telescope", 3)
    assert near.hits[0].subject_id == 1
    assert BATTERY[0] not in {hit.passage for hit in near.hits}
    meaning.drop("achievement", 2)
    assert sorted(found(en="LiDAR")) == [1, 3]
    meaning.catch_up()
    assert sorted(found(en="LiDAR")) == [1, 3]
    assert list(meaning.problems(["achievement"])) == []


def test_what_is_rolled_back_is_not_found(hub: object) -> None:
    """The text waits in the record's own transaction."""
    with transaction.atomic():
        meaning.put("achievement", 9, "量子保密通信网络", "")
        assert found("量子通信")[0] == 9
        transaction.set_rollback(True)
    assert 9 not in found("量子通信")


def test_more_waiting_texts_than_a_search_reads_are_said_to_be_missing(
    hub: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page says how many, in both languages."""
    monkeypatch.setattr(searching, "AT_ONCE", 1)
    near = meaning.near("achievement", "电池", "", 5)
    assert [hit.subject_id for hit in near.hits] == [1]
    assert near.missing is not None
    assert (near.missing.en[:9], near.missing.zh[:8]) == ("2 records", "还有 2 条记录")


def test_the_same_passage_is_read_once(hub: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its vector is known by the fingerprint of the text, to every process."""
    meaning.catch_up()
    writing._LATELY.clear()
    meaning.put("need", 7, *BATTERY)
    monkeypatch.setattr(encoders.InHouse, "read", lambda *_: pytest.fail("read again"))
    assert meaning.catch_up() == 1


def test_files_that_differ_from_the_database_are_named_and_made_anew(hub: object) -> None:
    """`grandunion check` says so; `grandunion meaning mend` puts it right and reads nothing."""
    meaning.catch_up()
    assert list(meaning.problems(["achievement"])) == []
    rows = next(hub.MEANING_FOLDER.glob("achievement.zh.*.rows"))
    rows.write_bytes(b"\1\2\3\4" * (rows.stat().st_size // 4))
    (wrong,) = meaning.problems(["achievement"])
    assert wrong.en.startswith("2 passages")
    meaning.mend()
    assert list(meaning.problems(["achievement"])) == []


def test_another_model_makes_the_vectors_anew(hub: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """Until then the page says that records are being read; vectors of two models are never compared."""
    meaning.catch_up()
    other = encoders.encoder()
    monkeypatch.setattr(other, "model", "another:model/384")
    near = meaning.near("achievement", "电池", "", 3)
    assert near.hits == ()
    assert near.missing is not None
    assert meaning.catch_up() == 3
    assert sorted(found("动力电池")) == [1, 2, 3]
    assert {model for model, *_ in tables._rows("SELECT model FROM meaning_vector", [])} == {"another:model/384"}


@pytest.mark.parametrize("way", ["off", "absent", "http://127.0.0.1:9/v1"])
def test_without_a_model_the_search_says_why(hub: object, monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    """Switched off, not installed, or a service that does not answer: nothing is raised, nothing is lost."""
    if way == "absent":
        monkeypatch.setattr(encoders, "_in_house", lambda: None)
    else:
        hub.MEANING = way
    near = meaning.near("achievement", "电池", "", 3)
    assert near.hits == ()
    assert near.missing in (encoders.SWITCHED_OFF, encoders.NOT_INSTALLED, encoders.NO_ANSWER)
    assert meaning.catch_up() == 0
    hub.MEANING = "auto"
    monkeypatch.undo()
    assert found("电池")[0] == 1


def test_a_package_that_is_not_there_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """The wheel may be left out of an installation."""

    def refuse(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(importlib, "import_module", refuse)
    assert encoders._in_house.__wrapped__() is None


class Answering(BaseHTTPRequestHandler):
    """A service with the interface of OpenAI's embeddings, of which a vector says how long its text is."""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        rows = [{"index": at, "embedding": [1.0, len(text), 2.0]} for at, text in enumerate(asked["input"])]
        body = json.dumps({"data": rows[::-1]}).encode()
        self.send_response(200 if self.headers["Authorization"] == "Bearer secret" else 401)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None: ...


@pytest.fixture(name="service")
def _service() -> Iterator[str]:
    with serving(Answering) as place:
        yield f"http://{place}/v1"


def test_a_service_of_the_operators_own_is_asked_with_its_key(hub: object, service: str) -> None:
    """Vectors of other sizes are shelved as well; they are centred once the hub has fitted them."""
    hub.MEANING, hub.MEANING_KEY = service, "secret"
    meaning.catch_up()
    assert tables.state().model == f"{hub.MEANING_MODEL}@{service}/3"
    assert len(found("电池")) == 3
    assert list(meaning.problems(["achievement"])) == []
    hub.MEANING_KEY = "wrong"
    assert meaning.near("achievement", "又一问", "", 3).missing == encoders.NO_ANSWER


def test_centring_takes_the_language_out_and_can_be_fitted_anew(hub: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """Raw, a text is nearer to any text of its language than to its translation; no text is read for a new fit."""
    pairs = [
        ("动力电池热失控预警", "Thermal runaway warning for traction batteries"),
        ("水稻育种", "Rice breeding"),
        ("激光雷达点云分割", "LiDAR point cloud segmentation"),
        ("量子密钥分发", "Quantum key distribution"),
    ]
    model = encoders.encoder()
    zh, en = (model.read([pair[side] for pair in pairs]) for side in (0, 1))
    raw_wrong = sum((zh[at] @ zh[other]) > (zh[at] @ en[at]) for at in range(4) for other in range(4) if other != at)
    fit = centring.fit_of(tables.State("", 0, model.model, ""))
    zh, en = fit.apply(zh, "zh"), fit.apply(en, "en")
    wrong = sum((zh[at] @ zh[other]) > (zh[at] @ en[at]) for at in range(4) for other in range(4) if other != at)
    assert wrong < raw_wrong
    monkeypatch.setattr(centring, "ENOUGH", 2)
    meaning.catch_up()
    monkeypatch.setattr(encoders.InHouse, "read", lambda *_: pytest.fail("read again"))
    assert meaning.refit("own 1") == {"zh": (2, True), "en": (1, False)}
    assert meaning.standing().fit == "own 1"
    assert len(found("电池")) == 3
    assert list(meaning.problems(["achievement"])) == []


@pytest.mark.parametrize(
    ("text", "language"),
    [("激光雷达", "zh"), ("LiDAR", "en"), ("用于 SiC MOSFET 的驱动电路", "zh"), ("the 科大硅谷 programme", "en"),
     ("", "en"), ("X-2000 μm", "en"), ("5G基站", "zh")],
)  # fmt: skip
def test_a_text_is_of_the_language_that_carries_it(text: str, language: str) -> None:
    """Model numbers and Latin names inside Chinese do not make it English."""
    assert passages.language_of(text) == language


def test_long_texts_are_cut_at_sentences_and_nothing_is_endless() -> None:
    """A passage is short enough to be read whole; a text without end is cut by force."""
    cut = passages.pieces("本发明公开了一种电池。" * 60, "One sentence here. " * 200, "")
    assert {piece.language for piece in cut} == {"zh", "en"}
    assert all(len(piece.text) <= passages.AIM[piece.language] for piece in cut)
    assert all(piece.text[-1] in "。." for piece in cut)
    assert [len(piece.text) for piece in passages.pieces("".join(map(chr, range(0x4E00, 0x9000))))] == [480] * 6
    assert passages.pieces(" \n ", "") == []
    assert passages.opening("研制一种电池。" * 100) == "研制一种电池。" * 34
    assert [piece.text[:3] for piece in passages.openings(passages.pieces("电池。" * 200, "A cell. " * 200))] == [
        "电池。",
        "A c",
    ]


@pytest.mark.parametrize("text", ["\0", "\ud800", "🔋" * 50, "a" * 50_000, "<script>", "％ｓ %s {}"])
def test_odd_texts_are_read_as_any_other(hub: object, text: str) -> None:
    """Null signs, halves of signs, endless words."""
    assert len(meaning.near("achievement", text, "", 3).hits) == 3


@pytest.mark.parametrize("record", [Achievement, Need, Offer, Person, Project])
def test_only_what_everybody_may_know_is_read(record: type) -> None:
    """A ranking by meaning never depends on a hidden field."""
    assert {record.secrecy[name] for name in record.meant} == {S0}


def test_two_processes_that_write_and_search_at_once_see_the_same(tmp_path: Path) -> None:
    """Each keeps its own records and looks for the other's; neither loses one."""
    surroundings = {**os.environ, "GRANDUNION_HOME": str(tmp_path), "OMP_NUM_THREADS": "1"}
    surroundings.pop("GRANDUNION_DATABASE_URL", None)
    command = [sys.executable, "-m", sharing.__name__]
    subprocess.run([*command, "make"], env=surroundings, check=True)  # noqa: S603 - our own
    both = [
        subprocess.Popen([*command, name], env=surroundings, stdout=subprocess.PIPE)  # noqa: S603 - our own
        for name in ("1", "2")
    ]
    said = [json.loads(one.communicate(timeout=600)[0]) for one in both]
    assert [one.returncode for one in both] == [0, 0]
    assert said[0] == said[1] == sorted([*range(1001, 1021), *range(2001, 2021)])


def test_cosines_become_a_closeness_from_nought_to_one() -> None:
    """It grows with the cosine, and two languages need less for the same."""
    values = [searching.closeness_of(cosine, "zh", "zh") for cosine in np.linspace(-1, 1, 21)]
    assert values == sorted(values)
    assert 0 <= values[0] < 0.01 < 0.99 < values[-1] <= 1
    assert searching.closeness_of(0.3, "zh", "en") > searching.closeness_of(0.3, "zh", "zh")
