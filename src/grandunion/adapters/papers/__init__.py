"""Turns a paper into Word and PDF; the libraries of both are loaded by the first paper only.

A paper that was written a moment ago is handed out again as it is: only who brings the very same words is given it.
"""

import importlib
from dataclasses import fields, is_dataclass, replace
from functools import lru_cache

from grandunion.terms.papers import Paper
from grandunion.terms.sound import seen

MOST = 16  # papers that are kept, those asked for last; a long one takes a megabyte


@lru_cache(maxsize=MOST)
def as_word(paper: Paper, styles: bytes | None = None) -> bytes:
    """The paper as an Office Open XML document (ISO/IEC 29500), in the styles of a Word file if one is given.

    Raises Invalid where that file is none, carries macros or lacks the styles a paper needs.
    """
    return importlib.import_module("grandunion.adapters.papers.word").written(_seen(paper), styles)


@lru_cache(maxsize=MOST)
def as_pdf(paper: Paper) -> bytes:
    """The paper as a PDF tagged for screen readers (PDF/UA-1, ISO 14289-1)."""
    return importlib.import_module("grandunion.adapters.papers.pdf").printed(_seen(paper))


def _seen(said: object) -> object:
    """The paper without characters that no file can hold, wherever in it they stand."""
    if isinstance(said, str):
        return seen(said)
    if isinstance(said, tuple):
        return tuple(map(_seen, said))
    if is_dataclass(said):
        return replace(said, **{field.name: _seen(getattr(said, field.name)) for field in fields(said)})
    return said
