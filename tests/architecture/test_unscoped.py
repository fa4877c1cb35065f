"""Opening all rows of a guarded record is counted: unscoped.txt grows only with review."""

from collections.abc import Iterable
from pathlib import Path

from tests.architecture.shapes import unscoped_calls
from tests.architecture.sources import Source, code

AGREED = Path(__file__).with_name("unscoped.txt")


def counted(sources: Iterable[Source]) -> str:
    """One line per file that opens all rows: how often, and its path."""
    named = (source for source in sources if source.is_under("src") and "unscoped" in source.text)
    counts = ((len(unscoped_calls(source)), source.path) for source in named)
    return "".join(f"{count} {path}\n" for count, path in counts if count)


def test_all_rows_are_opened_only_where_it_was_agreed() -> None:
    """If this fails, look at each new call with a colleague, then write what is found into unscoped.txt."""
    assert counted(code()) == AGREED.read_text("utf-8")


def test_a_new_call_is_counted() -> None:
    """Two calls in one file are two, and tests are free."""
    twice = 'Need.objects.unscoped("the import")\nrows.unscoped("the index")\n'
    sources = Source("src/grandunion/work/queries/needs.py", twice), Source("tests/work/test_needs.py", twice)
    assert counted(sources) == "2 src/grandunion/work/queries/needs.py\n"
