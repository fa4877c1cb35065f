"""A paper says in Word and in PDF what it was given, in both languages, and nothing in it is ever run."""

import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import docx
import pytest
from docx.oxml.ns import qn

from grandunion.adapters.papers import as_pdf, as_word
from grandunion.terms.papers import Grid, Heading, Paper, Paragraph, Points
from grandunion.terms.verdicts import Invalid

PAPER = Paper(
    "座谈会会议纪要",
    "zh",
    (
        Heading("困难"),
        Paragraph('第一段\n#panic("run") $ *b* <a> & @b'),
        Points(("人才", "融资"), is_numbered=True),
        Grid(("企业", "金额"), (("甲公司", "1,000"), ("乙公司", "20")), "金额（万元）", (3, 1), (1,)),
        Paragraph("以签字稿为准", is_quiet=True),
    ),
    subtitle="2024 年 2 月 1 日",
    facts=(("主持人", "吕波"),),
    footer="科大硅谷",
)
ENGLISH = replace(PAPER, title="Minutes", language="en", blocks=(Paragraph("Progress"),))


def unpacked(pdf: bytes) -> bytes:
    """The file with its compressed streams opened."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    opened = []
    for stream in streams:
        try:
            opened.append(zlib.decompress(stream))
        except zlib.error:
            continue
    return pdf + b"\n".join(opened)


@pytest.mark.parametrize("paper", [PAPER, ENGLISH], ids=["zh", "en"])
def test_a_pdf_is_tagged_and_says_its_title_and_language(paper):
    text = unpacked(as_pdf(paper))
    assert text.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in text
    assert re.search(rb"/Marked\s+true", text)
    assert paper.title.encode() in text  # in the document's metadata (XMP)
    assert re.search(rb"/Lang\s*\(%s" % paper.language.encode(), text)
    assert b"pdfuaid:part" in text


def test_a_pdf_has_a_table_with_a_head():
    text = unpacked(as_pdf(PAPER))
    assert len(re.findall(rb"/S ?/TH\b", text)) == 2
    assert len(re.findall(rb"/S ?/TD", text)) == 4 + 2 * len(PAPER.facts)


def test_the_same_paper_is_the_same_pdf_and_another_is_another():
    assert as_pdf(PAPER) == as_pdf(PAPER)
    assert as_pdf(PAPER) != as_pdf(replace(PAPER, footer="合肥"))


STRANGE = "a\x01\x0b\ufeffb \u0378 \U00030000 \ud7ff \U0001f9ff \uffff" + "".join(map(chr, range(0x0E01, 0x0E20)))


@pytest.mark.parametrize("write", [as_word, as_pdf])
@pytest.mark.parametrize("sign", ["\x01", "\x0b", "\ufeff", "\u0378", "\U00030000", "\U0001f9ff", "\uffff", STRANGE])
def test_no_sign_that_somebody_wrote_keeps_a_paper_from_being_written(write, sign):
    paper = replace(PAPER, title=f"a{sign}", facts=((sign, "x"),), footer=sign,
                    blocks=(Paragraph(f"x{sign}y"), Points((sign,)), Grid((f"{sign}h",), ((sign,),))))  # fmt: skip
    assert len(write(paper)) > 1000


def mould(**altered: Callable[[bytes], bytes]) -> bytes:
    """A plain Word file with a head, some of whose parts (by the end of their name) are altered."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "HEAD"
    plain, made = BytesIO(), BytesIO()
    document.save(plain)
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            change = altered.get(name.rpartition("/")[2].partition(".")[0], bytes)
            new.writestr(name, change(old.read(name)))
    return made.getvalue()


def linked(relation: str) -> Callable[[bytes], bytes]:
    return lambda part: part.replace(b"</Relationships>", f"{relation}</Relationships>".encode())


def headed(xml: str) -> Callable[[bytes], bytes]:
    return lambda part: part.replace(b"</w:p>", f"{xml}</w:p>".encode(), 1)


KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
FIELD = "<w:r><w:instrText>{}</w:instrText></w:r>"


def test_a_plain_word_file_is_taken_as_a_mould():
    link = f'<Relationship Id="r9" Type="{KIND}hyperlink" Target="https://hub.example" TargetMode="External"/>'
    page = headed(FIELD.format(" PAGE ") + FIELD.format(' HYPERLINK "https://hub.example" '))
    document = docx.Document(BytesIO(as_word(PAPER, mould(document=linked(link), header1=page))))
    assert document.sections[0].header.paragraphs[0].text.startswith("HEAD")


def related(kind: str, target: str = "https://evil.example/x", mode: str = 'TargetMode="External"') -> dict:
    return {"document": linked(f'<Relationship Id="r9" Type="{KIND}{kind}" Target="{target}" {mode}/>')}


def recoded(part: bytes) -> bytes:
    """A part in a coding in which no plain search finds a word."""
    return related("frame")["document"](part).decode().replace("UTF-8", "UTF-16").encode("utf-16")


STRANGE_PARTS = {
    "template": related("attachedTemplate", mode="TargetMode='External'"),
    "picture": related("image", "https://evil.example/hyperlink", 'TargetMode = "External"'),
    "chunk": related("aFChunk", "part.mht", ""),
    "macros": related("vbaProject", "harmless.dat", ""),
    "coding": {"document": recoded},
    "cut field": {"header1": headed(FIELD.format("DDEA") + FIELD.format("UTO c:/cmd.exe"))},
    "fetched picture": {"header1": headed('<w:fldSimple w:instr="INCLUDEPICTURE x.png"/>')},
    "broken": {"header1": lambda part: part.replace(b"<w:hdr", b"<w:hdr <", 1)},
}


@pytest.mark.parametrize("altered", STRANGE_PARTS.values(), ids=STRANGE_PARTS)
def test_a_mould_that_runs_or_fetches_anything_is_refused(altered):
    with pytest.raises(Invalid):
        as_word(PAPER, mould(**altered))


def test_word_has_the_whole_paper_in_real_styles():
    document = docx.Document(BytesIO(as_word(PAPER)))
    said = [(one.style.name, one.text) for one in document.paragraphs if one.text]
    assert said == [
        ("Title", "座谈会会议纪要"),
        ("Subtitle", "2024 年 2 月 1 日"),
        ("Heading 1", "困难"),
        ("Normal", "第一段"),
        ("Normal", '#panic("run") $ *b* <a> & @b'),
        ("List Number", "人才"),
        ("List Number", "融资"),
        ("Caption", "金额（万元）"),
        ("Caption", "以签字稿为准"),
    ]
    facts, grid = document.tables
    assert [[cell.text for cell in row.cells] for row in facts.rows] == [["主持人", "吕波"]]
    assert [[cell.text for cell in row.cells] for row in grid.rows] == [
        ["企业", "金额"], ["甲公司", "1,000"], ["乙公司", "20"],
    ]  # fmt: skip
    assert grid.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert document.sections[0].footer.paragraphs[0].text == "科大硅谷"
    assert document.core_properties.title == "座谈会会议纪要"


def test_a_row_goes_whole_to_the_next_page_unless_it_is_long():
    rows = (("short", "row"), ("long", "word " * 200))
    document = docx.Document(BytesIO(as_word(replace(PAPER, blocks=(Grid(("A", "B"), rows),)))))
    head, short, long = document.tables[-1].rows
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in (head, short))
    assert long._tr.trPr is None
    assert as_pdf(replace(PAPER, blocks=(Grid(("A", "B"), (*rows, ("longest", "word " * 3000))),)))[:4] == b"%PDF"
