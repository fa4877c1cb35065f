"""Tables are read from what people really send, and hostile files are refused with a sentence."""

import gzip
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import orjson
import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from grandunion.adapters.tables import open_table, writer_for
from grandunion.adapters.tables.limits import MOST_COLUMNS
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Invalid

ROWS = [(2, {"名称": "博机器人", "城市": "合肥"}), (3, {"名称": "陈，实验室", "城市": ""})]
CSV = '名称,城市\r\n博机器人,合肥\r\n\r\n"陈，实验室",\r\n'


def written(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", CSV.encode()),
        ("a.csv", CSV.encode("utf-8-sig")),
        ("a.csv", CSV.encode("gb18030")),
        ("a.csv", CSV.encode("utf-16")),
        ("a.csv", CSV.replace(",", ";").encode()),
        ("a.tsv", CSV.replace(",", "\t").encode()),
        ("a.csv.gz", gzip.compress(CSV.encode(), mtime=0)),
    ],
)
def test_a_table_is_read_whatever_its_encoding_and_separator(tmp_path, name, content):
    found = list(open_table(written(tmp_path, name, content)).rows())
    assert [cells for _, cells in found] == [cells for _, cells in ROWS]
    assert [number for number, _ in found] == [2, 4]  # the empty line is row 3


def test_json_lines_name_their_bad_lines_and_go_on(tmp_path):
    path = written(tmp_path, "a.jsonl", b'{"a": 1, "b": ["x", 2]}\nnot json\n[1]\n{"a": null, "b": {"c": true}}\n')
    rows = dict(open_table(path).rows())
    assert rows[1] == {"a": "1", "b": ["x", "2"]}
    assert isinstance(rows[2], Text)
    assert isinstance(rows[3], Text)
    assert rows[4] == {"a": "", "b": '{"c":true}'}


def test_a_json_list_is_read_also_inside_an_object(tmp_path):
    for content in (b'[{"a": "x"}]', b'{"results": [{"a": "x"}]}'):
        assert list(open_table(written(tmp_path, "a.json", content)).rows()) == [(1, {"a": "x"})]


def workbook(path: Path, rows: list[list[object]]) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(number, column, value, day)
                else:
                    sheet.write(number, column, value)
    return path


def test_a_workbook_is_read_with_its_days_and_numbers_as_text(tmp_path):
    path = workbook(tmp_path / "a.xlsx", [["名称", "成立", "人数"], ["博", date(2020, 5, 1), 12], [None, None, None]])
    assert list(open_table(path).rows()) == [(2, {"名称": "博", "成立": "2020-05-01", "人数": "12"})]


def test_a_code_that_a_spreadsheet_has_rounded_is_a_bad_row(tmp_path):
    path = workbook(tmp_path / "a.xlsx", [["code"], [913401007048876543]])
    ((number, said),) = open_table(path).rows()
    assert number == 2
    assert "末位" in said.zh


def refused(path: Path) -> Invalid:
    with pytest.raises(Invalid) as stopped:
        list(open_table(path).rows())
    assert stopped.value.reason.zh
    return stopped.value


def test_a_spreadsheet_bomb_is_refused_before_it_is_parsed(tmp_path):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 12_000_000)
    assert "MB" in refused(path).reason.en


def test_a_bomb_that_lies_about_its_size_is_refused_too(tmp_path):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 12_000_000)
    honest = (12_000_000).to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(honest, (1000).to_bytes(4, "little")))
    assert "MB" in refused(path).reason.en


def test_a_packed_text_that_unpacks_to_far_more_is_refused(tmp_path):
    path = written(tmp_path, "a.csv.gz", gzip.compress(b"a,b\n") + gzip.compress(b"x" * 1_000_000) * 80)
    assert "MB" in refused(path).reason.en


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"%PDF"),
        ("a.csv", b""),
        ("a.csv", b"\xff\xfa\x81\xff"),
        ("a.csv", b"a,a\n1,2\n"),
        ("a.csv", (",".join(f"c{n}" for n in range(MOST_COLUMNS + 1)) + "\n").encode()),
        ("a.csv", b'a,b\n"never closed,1\n2,3\n'),
        ("a.xlsx", b"PK\x03\x04 not a zip"),
        ("a.xlsx", b"plain text"),
        ("a.json", b"[1, 2"),
        ("a.json", b'"text"'),
        ("a.csv.gz", b"\x1f\x8b broken"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_both_languages(tmp_path, name, content):
    assert refused(written(tmp_path, name, content)).reason.en


def test_a_row_wider_than_its_header_is_named(tmp_path):
    rows = dict(open_table(written(tmp_path, "a.csv", b"a,b\n1,2,3\n4\n")).rows())
    assert "3" in rows[2].en
    assert rows[3] == {"a": "4"}


VALUES = ["=1+1", "-x", -3, Decimal("1.50"), date(2026, 1, 2), None, datetime(2026, 1, 2, 1, 0, tzinfo=UTC)]


def test_formulas_are_neutralised_and_numbers_stay_numbers(tmp_path):
    for name in ("a.csv", "a.xlsx"):
        writer = writer_for(tmp_path / name, list("abcdefg"), ["=A", *"bcdefg"], "Title")
        writer.write(VALUES)
        writer.close()
    lines = (tmp_path / "a.csv").read_text("utf-8-sig").splitlines()
    assert lines == ["'=A,b,c,d,e,f,g", "'=1+1,'-x,-3,1.50,2026-01-02,,2026-01-02 09:00"]
    row = CalamineWorkbook.from_path(str(tmp_path / "a.xlsx")).get_sheet_by_index(0).to_python()[1]
    assert row[:4] == ["'=1+1", "'-x", -3, 1.5]


def test_json_lines_come_with_their_description(tmp_path):
    writer = writer_for(tmp_path / "all.jsonl", ["name", "price"], ["名称", "价格"], "单位")
    writer.write([{"zh": "博", "en": "Bo"}, Decimal("1.50")])
    writer.close()
    assert orjson.loads((tmp_path / "all.jsonl").read_bytes()) == {"name": {"zh": "博", "en": "Bo"}, "price": "1.50"}
    (resource,) = orjson.loads((tmp_path / "datapackage.json").read_bytes())["resources"]
    assert (resource["path"], resource["schema"]["fields"][1]["name"]) == ("all.jsonl", "price")


def test_an_export_needs_a_known_ending(tmp_path):
    with pytest.raises(Invalid):
        writer_for(tmp_path / "a.doc", [], [], "")
