"""A table of notes: what its columns are called in either language, and how its rows and moments are read."""

from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone

from grandunion.terms.needs import NoteKind
from grandunion.terms.text import Text
from grandunion.terms.verdicts import invalid

# The heads of the export of a conversation are understood too: what it exports can be brought in elsewhere.
COLUMNS: Mapping[str, Text] = {
    "need": Text("Need", "需求"),
    "kind": Text("What", "事项"),
    "text": Text("Words", "内容"),
    "who": Text("Who", "人员"),
    "at": Text("When", "时间"),
}


def renamed(row: Mapping[str, str]) -> dict[str, str]:
    """A row by the names of our columns; a kind by its code."""
    heads = {head.strip().lower(): value for head, value in row.items() if head.strip()}
    found = {
        name: next((heads[one] for one in (name, text.en.lower(), text.zh) if heads.get(one)), "")
        for name, text in COLUMNS.items()
    }
    known = {spelling.lower(): one.value for one in NoteKind for spelling in (one.value, one.text.en, one.text.zh)}
    given = (heads.get("what", ""), heads.get("事项", ""), heads.get("kind", ""))
    found["kind"] = next((known[one.lower()] for one in given if one.lower() in known), found["kind"])
    return found


def moment(written: str) -> datetime:
    """A moment in the hub's time: 2026-03-31 14:00."""
    try:
        found = datetime.fromisoformat(written.strip().replace("/", "-"))
    except ValueError as error:
        raise invalid(
            "at",
            f"“{written}” is not a moment. Write it like 2026-03-31 14:00.",
            f"“{written}”不是时间，请写成 2026-03-31 14:00。",
        ) from error
    return found if timezone.is_aware(found) else timezone.make_aware(found)
