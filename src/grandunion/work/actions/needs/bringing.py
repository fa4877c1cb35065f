"""Notes and letters kept elsewhere, brought in from a table: all of it, or nothing with every faulty row named."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from grandunion.records.needs import Note
from grandunion.terms.needs import NoteKind
from grandunion.terms.readers import Reader
from grandunion.terms.verdicts import Forbidden, Invalid, Problem, Refused, invalid, require
from grandunion.work.actions import journal
from grandunion.work.actions.base import atomic
from grandunion.work.actions.needs.notes import LONGEST
from grandunion.work.actions.parties.values import sound
from grandunion.work.permissions import needs as permissions
from grandunion.work.queries import needs
from grandunion.work.queries.base.sheets import told
from grandunion.work.queries.needs import sheets

Rows = Sequence[tuple[int, Mapping[str, str]]]


@atomic
def bring_notes(rows: Rows, *, by: Reader, at: datetime) -> tuple[int, int]:
    """File what was said elsewhere on the needs it is about, at its own moment; answers how many, and how many stood.

    A row that stands there already, word for word at the same moment, is left. Nobody is told: it is long said.
    """
    problems: list[Problem] = []
    found: list[Note] = []
    for number, row in rows:
        try:
            found.append(_note(sheets.renamed(row), by, at))
        except Refused as refused:
            problems += told(number, refused)
    if problems:
        raise Invalid(*problems)
    fresh = [note for note in found if not _stands(note)]
    for note in fresh:
        note.save(force_insert=True)
    for need in {note.need_id: note.need for note in fresh}.values():
        count = sum(note.need_id == need.pk for note in fresh)
        journal.note("need.notes_brought", need, by=by, at=at, changes={"notes": (None, count)})
    return len(fresh), len(found) - len(fresh)


def _note(row: Mapping[str, str], by: Reader, at: datetime) -> Note:
    """One row as a note; whoever said it stands as a name, for they may have no account here."""
    need = needs.get(row.get("need", "").upper(), by)
    require(permissions.may_bring_notes(by, need), Forbidden)
    kind = row.get("kind", "")
    if not NoteKind.has(kind) or kind == NoteKind.HELD:
        raise invalid("kind", f"“{kind}” is no kind of note.", f"“{kind}”不是备注类型。")
    said = sound("text", row.get("text", "").replace("\r\n", "\n"), LONGEST)
    if not said:
        raise invalid("text", "The note says nothing.", "备注没有内容。")
    moment = sheets.moment(row.get("at", ""))
    if moment > at:
        raise invalid("at", "It was not said yet: the moment lies ahead.", "时间晚于当前时间。")
    return Note(need=need, note_kind=kind, text=said, sender=sound("who", row.get("who", ""), 254), at=moment)


def _stands(note: Note) -> bool:
    rows = Note.objects.unscoped("what was brought in before is not brought in twice")
    return rows.filter(need=note.need_id, note_kind=note.note_kind, at=note.at, text=note.text).exists()
