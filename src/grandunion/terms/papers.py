"""A paper to print: a title, facts, and headings, paragraphs, lists and tables, in one language."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading below the title; `depth` 1 to 3."""

    text: str
    depth: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; a quiet one is a note in small print."""

    text: str
    is_quiet: bool = False


@dataclass(frozen=True, slots=True)
class Points:
    """A list of short texts, numbered or not."""

    texts: tuple[str, ...]
    is_numbered: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its head, its rows (each as long as the head), what it shows, and the widths in parts of the page.

    The columns named by position in `figures` are set to the right.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    widths: tuple[int, ...] = ()
    figures: tuple[int, ...] = ()


Block = Heading | Paragraph | Points | Grid


@dataclass(frozen=True, slots=True)
class Paper:
    """What is printed: all of it in `language` ("zh" or "en"); `facts` stand below the title as label and value."""

    title: str
    language: str
    blocks: tuple[Block, ...]
    subtitle: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    footer: str = ""
