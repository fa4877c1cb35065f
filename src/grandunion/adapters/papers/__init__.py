"""Turns a paper into Word and PDF; the libraries of both are loaded by the first paper only."""

import importlib

from grandunion.terms.papers import Paper


def as_word(paper: Paper, styles: bytes | None = None) -> bytes:
    """The paper as an Office Open XML document (ISO/IEC 29500), in the styles of a Word file if one is given.

    Raises Invalid where that file is none, carries macros or lacks the styles a paper needs.
    """
    return importlib.import_module("grandunion.adapters.papers.word").written(paper, styles)


def as_pdf(paper: Paper) -> bytes:
    """The paper as a PDF tagged for screen readers (PDF/UA-1, ISO 14289-1)."""
    return importlib.import_module("grandunion.adapters.papers.pdf").printed(paper)
