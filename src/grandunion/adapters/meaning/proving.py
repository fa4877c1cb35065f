"""Says where the index of meaning stands, and proves that its files show what the database says."""

import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from django.conf import settings

from grandunion.adapters.meaning import centring
from grandunion.adapters.meaning.encoders import Unable, encoder
from grandunion.adapters.vectors import tables
from grandunion.adapters.vectors.shelves import Centre as Centring
from grandunion.adapters.vectors.shelves import Shelf, View, pieces_of
from grandunion.terms.text import LANGUAGES, Text

ROUNDING = 1e-4  # of numbers between -1 and 1, worked out in other groups


@dataclass(frozen=True, slots=True)
class Standing:
    """The model in use or why there is none, the fit of its centres, and (read, waiting) records of every kind."""

    model: str
    fit: str
    counts: dict[str, tuple[int, int]]
    missing: Text | None


def standing() -> Standing:
    """Where the index stands; the model is looked for, nothing is read by it."""
    state = tables.state()
    try:
        encoder()
        missing = None
    except Unable as unable:
        missing = unable.reason
    return Standing(state.model, centring.fit_of(state).version, tables.counts(), missing)


def problems(kinds: Sequence[str]) -> Iterator[Text]:
    """What of the files differs from the database; they are made afresh to compare, where they are behind."""
    state = tables.state()
    if not state.generation:
        return
    fit = centring.fit_of(state)
    for kind in kinds:
        for language in LANGUAGES:
            centre = partial(fit.apply, language=language)
            view = Shelf(Path(settings.MEANING_FOLDER), kind, language).view(state, centre)
            odd = _odd(view, tables.all_vectors(kind, language, state.model), centre)
            if odd:
                yield Text(
                    f"{odd} passages of “{kind}” ({language}) differ between the index of meaning and the database.",
                    f"“{kind}”（{language}）有 {odd} 段文字的语义索引与数据库不一致。",
                )


def _odd(view: View, kept: Iterable[tuple[int, int, bytes]], centre: Centring) -> int:
    """How many passages are on one side only, or have another vector."""
    alive = np.flatnonzero(view.subjects)
    rows = {(int(view.subjects[row]), int(view.places[row])): int(row) for row in alive}
    odd = len(alive) - len(rows)  # one passage on two rows
    for some in pieces_of(kept):
        shelved = [(rows.pop((subject, place), None), vector) for subject, place, vector in some]
        found = [(row, bytes(vector)) for row, vector in shelved if row is not None]
        odd += len(shelved) - len(found)
        if found:
            raw = np.frombuffer(b"".join(vector for _, vector in found), dtype="<f4").reshape(len(found), -1)
            apart = np.abs(view.vectors[[row for row, _ in found]] - centre(raw)).max(axis=1)
            odd += int(np.count_nonzero(apart > ROUNDING))
    return odd + len(rows)


def mend() -> None:
    """Throw the files away; the next search makes them anew from the database, and reads no text again."""
    shutil.rmtree(settings.MEANING_FOLDER, ignore_errors=True)
