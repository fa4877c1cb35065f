"""The generated pages say what the code says today."""

import importlib

import pytest

from tests.architecture.sources import HOUSE

WRITER = "grandunion.interfaces.cli.docs"


def written_by_hand(pages: dict[str, str], kept: dict[str, str]) -> list[str]:
    """The pages that differ from what the generator prints, are missing, or that nobody generates."""
    return sorted(path for path in pages.keys() | kept.keys() if pages.get(path) != kept.get(path))


def test_the_generated_pages_are_current() -> None:
    """If this fails, run `make docs` and commit what changed."""
    if not (HOUSE / "src" / (WRITER.replace(".", "/") + ".py")).exists():
        pytest.skip("there is no generator of pages yet")
    pages = {str(path): text for path, text in importlib.import_module(WRITER).pages().items()}
    folder = HOUSE / "docs" / "generated"
    kept = {path.relative_to(HOUSE).as_posix(): path.read_text("utf-8") for path in folder.rglob("*") if path.is_file()}
    assert written_by_hand(pages, kept) == []


def test_a_page_changed_by_hand_is_named() -> None:
    """A changed, a missing and an unknown page are all found."""
    pages = {"docs/generated/a.md": "a", "docs/generated/b.md": "b", "docs/generated/c.md": "c"}
    kept = {"docs/generated/a.md": "a", "docs/generated/b.md": "mended", "docs/generated/d.md": "d"}
    assert written_by_hand(pages, kept) == [
        "docs/generated/b.md",
        "docs/generated/c.md",
        "docs/generated/d.md",
    ]
