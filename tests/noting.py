"""Notes of every kind and somebody's unsent words on every need, for the sweeps; and who hears which of them."""

import re

from grandunion.records.needs import Note, Unsent
from grandunion.terms.needs import NoteKind
from grandunion.terms.readers import Reader
from grandunion.terms.roles import Role
from grandunion.work.permissions.base import may_see
from grandunion.work.permissions.needs import hears
from tests.cast import NOON, make_user
from tests.planting import Planted

SAID = re.compile(r"yq([a-z]+)w([0-9]+)wqy")
UNSENT = "unsent"


def _word(kind: str, pk: int) -> str:
    return f"yq{kind.replace('_', '')}w{pk}wqy"


def say_everything(planted: dict[tuple[str, int], Planted]) -> dict[int, object]:
    """A note of each kind, withdrawn words gone, and somebody's unsent words, on every need; the needs."""
    author = make_user("author@sweep.example", Role.OFFICER)
    needs = {one.record.pk: one.record for (kind, _), one in planted.items() if kind == "need"}
    for need in needs.values():
        for kind in NoteKind:
            Note.objects.create(
                need=need, note_kind=kind.value, text=_word(kind.value, need.pk), author=author, at=NOON
            )
        Unsent.objects.create(
            need=need, user=author, form="note-internal", answers={"text": _word(UNSENT, need.pk)}, at=NOON
        )
    return needs


def heard_by(reader: Reader, needs: dict[int, object]) -> set[tuple[str, int]]:
    """The words that a reader may hear, as (kind, need)."""
    return {(kind.value.replace("_", ""), pk) for pk, need in needs.items() if may_see(reader, need)
            for kind in hears(reader, need)}  # fmt: skip


def said_in(text: str) -> set[tuple[str, int]]:
    """The words that stand in an answer, as (kind, need)."""
    return {(kind, int(pk)) for kind, pk in SAID.findall(text)}
