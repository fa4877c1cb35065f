"""A paper as a page shows it: its blocks by their kinds, each cell of a table with the head of its column."""

from collections.abc import Iterator

from grandunion.terms.papers import Paper

Shown = tuple[str, object, list]


def blocks(paper: Paper) -> Iterator[Shown]:
    """Each block as (kind, block, rows), where rows are lists of (head, cell)."""
    for block in paper.blocks:
        rows = [list(zip(block.head, row, strict=True)) for row in getattr(block, "rows", ())]
        yield type(block).__name__, block, rows
