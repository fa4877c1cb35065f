"""A paper as PDF: tagged for screen readers (PDF/UA-1, ISO 14289-1), with the house's own Chinese font."""

from dataclasses import asdict
from pathlib import Path

import orjson
import typst

from grandunion.terms.papers import Paper

HERE = Path(__file__).parent
LAYOUT, FONTS = HERE / "paper.typ", HERE / "fonts"
STANDARD = "ua-1"


def printed(paper: Paper) -> bytes:
    """The paper as a tagged PDF of A4 pages, the same bytes for the same paper.

    What it says reaches the layout as data, so nothing in it is ever read as code. A character the house's font
    lacks is drawn from the fonts of the machine, where one has it.
    """
    return typst.compile(
        LAYOUT.read_bytes(),
        root=str(HERE),
        font_paths=[str(FONTS)],
        sys_inputs={"paper": orjson.dumps(_told(paper)).decode()},
        pdf_standards=STANDARD,
        timestamp=0,
    )


def _told(paper: Paper) -> dict:
    return {**asdict(paper), "blocks": [{"kind": type(block).__name__, **asdict(block)} for block in paper.blocks]}
