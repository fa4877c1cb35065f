"""A paper as PDF: tagged for screen readers (PDF/UA-1, ISO 14289-1), with the house's own Chinese font."""

import re
from dataclasses import asdict
from functools import cache
from pathlib import Path

import orjson
import typst

from grandunion.terms.papers import Paper

HERE = Path(__file__).parent
LAYOUT, FONTS = HERE / "paper.typ", HERE / "fonts"
STANDARD = "ua-1"
MOST = 12  # kinds of signs without a picture that are looked for one by one
INSTEAD = "□"
NAMED = re.compile(r'`"(.+?)"`')
CODED = re.compile(r"\\u\{([0-9a-f]{1,6})\}")


def printed(paper: Paper) -> bytes:
    """The paper as a tagged PDF of A4 pages, the same bytes for the same paper.

    What it says reaches the layout as data, so nothing in it is ever read as code. A character the house's font
    lacks is drawn from the fonts of the machine, where one has it; where none has, a box stands for it.
    """
    told = orjson.dumps(_told(paper)).decode()
    for _ in range(MOST):
        try:
            return _drawn(told, STANDARD)
        except typst.TypstError as error:
            strange = _strange(str(error))
            if not strange & set(told):
                raise
            told = told.translate(dict.fromkeys(map(ord, strange), INSTEAD))
    return _drawn(told, None)  # too many strange signs: without the tags, but printed


def _drawn(told: str, standard: str | None) -> bytes:
    return typst.compile(
        LAYOUT.read_bytes(),
        root=str(HERE),
        font_paths=_fonts(),
        sys_inputs={"paper": told},
        pdf_standards=standard or [],
        timestamp=0,
    )


@cache
def _fonts() -> typst.Fonts:
    """The house's font and those of the machine: to look through them costs many times what a paper does."""
    return typst.Fonts(font_paths=[str(FONTS)])


def _strange(problem: str) -> set[str]:
    """The signs of the text that cannot be drawn, as the problem names it."""
    named = "".join(NAMED.findall(problem.partition(" with font")[0]))
    return {sign for sign in CODED.sub(lambda one: chr(int(one[1], 16)), named) if ord(sign) > 127}


def _told(paper: Paper) -> dict:
    return {**asdict(paper), "blocks": [{"kind": type(block).__name__, **asdict(block)} for block in paper.blocks]}
