"""A paper as Word: real headings, lists and table heads, in fonts that every office has."""

from io import BytesIO

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from grandunion.adapters.papers.templates import emptied
from grandunion.terms.papers import Block, Grid, Heading, Paper, Paragraph, Points

LATIN, CHINESE = "Calibri", "微软雅黑"
LANGUAGES = {"zh": "zh-CN", "en": "en-GB"}
A4, MARGIN = (Mm(210), Mm(297)), Mm(22)
LONG = 400  # letters; a row with a longer text may go on on the next page


def written(paper: Paper, styles: bytes | None = None) -> bytes:
    """The paper as an Office Open XML document (ISO/IEC 29500): of A4 pages, or in the styles of a given Word file."""
    if styles is None:
        document = docx.Document()
        _prepare(document, paper)
    else:
        document = emptied(styles)
        _name(document, paper)
    document.add_paragraph(paper.title, "Title")
    if paper.subtitle:
        document.add_paragraph(paper.subtitle, _styled(document, "Subtitle"))
    if paper.facts:
        _facts(document, paper.facts)
    for block in paper.blocks:
        _add(document, block)
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


def _name(document: Document, paper: Paper) -> None:
    document.core_properties.title = paper.title
    document.core_properties.author = ""
    document.core_properties.language = LANGUAGES[paper.language]


def _styled(document: Document, name: str) -> str:
    """The style of this name, or plain text where the file has none."""
    return name if name in document.styles else "Normal"


def _prepare(document: Document, paper: Paper) -> None:
    _name(document, paper)
    section = document.sections[0]
    section.page_width, section.page_height = A4
    section.left_margin = section.right_margin = MARGIN
    section.footer.paragraphs[0].text = paper.footer
    _speak(document)


def _speak(document: Document) -> None:
    """Fonts and languages by script, so that a Chinese line stands in a Chinese font on every machine."""
    for style in document.styles:
        properties = getattr(style.element, "rPr", None)
        if properties is not None:
            fonts = properties.get_or_add_rFonts()
            for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                fonts.attrib.pop(qn(f"w:{theme}"), None)
            for name, font in (("ascii", LATIN), ("hAnsi", LATIN), ("eastAsia", CHINESE)):
                fonts.set(qn(f"w:{name}"), font)
    normal = document.styles["Normal"]
    normal.font.size = Pt(10.5)
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), "en-GB")
    spoken.set(qn("w:eastAsia"), "zh-CN")
    normal.element.get_or_add_rPr().append(spoken)


def _add(document: Document, block: Block) -> None:
    match block:
        case Heading():
            document.add_heading(block.text, block.depth)
        case Paragraph():
            for piece in block.text.split("\n"):
                document.add_paragraph(piece, _styled(document, "Caption") if block.is_quiet else "Normal")
        case Points():
            for text in block.texts:
                document.add_paragraph(text, _styled(document, "List Number" if block.is_numbered else "List Bullet"))
        case Grid():
            _grid(document, block)


def _grid(document: Document, grid: Grid) -> None:
    if grid.caption:
        document.add_paragraph(grid.caption, _styled(document, "Caption"))
    table = document.add_table(1 + len(grid.rows), len(grid.head), _table_style(document))
    repeat = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeat)
    for row, texts in zip(table.rows, (grid.head, *grid.rows), strict=True):
        if max(map(len, texts), default=0) <= LONG:
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for position, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            cell.text = text
            if position in grid.figures:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.add_paragraph()


def _table_style(document: Document) -> str | None:
    return next((name for name in ("Light Grid Accent 1", "Table Grid") if name in document.styles), None)


def _facts(document: Document, facts: tuple[tuple[str, str], ...]) -> None:
    table = document.add_table(len(facts), 2)
    for row, pair in zip(table.rows, facts, strict=True):
        for cell, text in zip(row.cells, pair, strict=True):
            cell.text = text
    table.columns[0].width = Mm(40)
    for cell in table.columns[0].cells:
        cell.width = Mm(40)
    document.add_paragraph()
