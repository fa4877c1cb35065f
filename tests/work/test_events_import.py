"""Events come in by spreadsheet, all or none, are found again, and go out as a list."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest

from grandunion.records.events import Event
from grandunion.terms.readers import house
from grandunion.work.actions.upkeep import imports
from grandunion.work.queries import events
from grandunion.work.queries.upkeep import exports, mappings
from grandunion.work.queries.upkeep.imports import examine
from grandunion.work.queries.upkeep.templates import template
from tests.cast import NOON

pytestmark = pytest.mark.django_db
HEADS = ["source_ref", "kind", "title_zh", "starts_at", "ends_at", "organiser", "capacity", "state", "place_zh"]
ROW = ["1", "项目路演", "冬季路演", "2026-12-01 14:00", "2026/12/01 16:00", "Bo Robotics", "60", "planned", "创谷"]


def look(folder: Path, *rows: list[str]):
    kept = io.StringIO()
    csv.writer(kept).writerows([HEADS, *rows])
    path = folder / "events.csv"
    path.write_text(kept.getvalue(), "utf-8")
    wanted = mappings.mapping_of("template", "events")
    return examine(mappings.table_of(path, wanted), wanted, house(NOON), is_template=True)


def bring(folder: Path, *rows: list[str]):
    return imports.write(look(folder, *rows), imports.Sent("events.csv", "0" * 64), by=house(NOON), at=NOON)


def changed(**values: str) -> list[str]:
    return list({**dict(zip(HEADS, ROW, strict=True)), **values}.values())


def kept() -> list[Event]:
    return list(Event.objects.unscoped("tests look at what came in").order_by("pk"))


def test_events_come_in_once_are_changed_by_a_second_file_and_go_out(tmp_path, ada, bo_company):
    bring(tmp_path, ROW)
    (event,) = kept()
    assert (event.event_kind, event.state, event.owner, event.capacity) == ("roadshow", "planned", bo_company, 60)
    assert (event.starts_at.isoformat(), event.retain_until) == ("2026-12-01T06:00:00+00:00", date(2027, 12, 1))
    bring(tmp_path, changed(capacity="80"))
    assert [row.capacity for row in kept()] == [80]
    assert list(events.visible_to(ada)) == [event]
    assert exports.export("events", tmp_path / "out.jsonl", ada, "zh") == 1
    assert "冬季路演" in (tmp_path / "out.jsonl").read_text("utf-8")
    assert exports.export("actions", tmp_path / "actions.csv", ada, "en") == 0


@pytest.mark.parametrize(
    "values",
    [
        {"starts_at": ""},
        {"ends_at": ""},
        {"ends_at": "2026-12-01 13:00"},
        {"starts_at": "soon"},
        {"starts_at": "2026-12-01 25:99"},
        {"starts_at": "2026-12-01 14:00\x00"},
        {"capacity": "0"},
        {"capacity": "1e99"},
        {"state": "done"},
        {"kind": "party"},
        {"organiser": "Nobody Ltd"},
        {"title_zh": ""},
        {"title_zh": "长" * 301},
    ],
)
def test_a_row_that_cannot_be_an_event_is_refused_with_a_sentence(tmp_path, bo_company, values):
    found = look(tmp_path, changed(**values))
    assert not found.is_sound
    assert found.problems[0].text.zh


def test_the_template_explains_its_columns():
    assert template("events").startswith(b"PK")
