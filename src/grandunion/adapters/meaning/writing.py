"""Keeps the index of meaning in step with the records: texts wait in the record's transaction, are read after it."""

from collections.abc import Sequence

from django.conf import settings

from grandunion.adapters.meaning import centring
from grandunion.adapters.meaning.encoders import BATCH, Encoder, Unable, encoder
from grandunion.adapters.meaning.passages import Piece, openings, pieces
from grandunion.adapters.vectors import tables
from grandunion.adapters.vectors.tables import Passage, Waiting, digest_of

LATELY = 2_000  # vectors kept in memory, some 3 MB
_LATELY: dict[tuple[str, str], bytes] = {}


def put(kind: str, subject_id: int, zh: str, en: str) -> None:
    """Let a record's public texts be read; called in the transaction of the record, and quick."""
    if settings.MEANING == "off":
        return
    if zh.strip() or en.strip():
        tables.wait([(kind, subject_id, zh, en)])
    else:
        tables.forget(kind, subject_id)


def put_many(kind: str, rows: Sequence[tuple[int, str, str]]) -> None:
    """Let the public texts of many new records be read; `rows` are (id, zh, en)."""
    if settings.MEANING != "off":
        tables.wait([(kind, subject_id, zh, en) for subject_id, zh, en in rows if zh.strip() or en.strip()])


def drop(kind: str, subject_id: int) -> None:
    """Forget a record."""
    if settings.MEANING != "off":
        tables.forget(kind, subject_id)


def catch_up(most: int = 64) -> int:
    """Read up to so many texts that wait, or whose vectors are of another model; answers how many records that were.

    What cannot be read now (no model, no answer) goes on waiting. Safe to run twice at once.
    """
    try:
        model = encoder()
        if tables.state().model != model.model:
            tables.adopt(model.model)
        waiting = tables.waiting(most)
        if waiting:
            return tables.settle(model.model, read_texts(model, waiting))
        return _renewed(model, most)
    except Unable:
        return 0


def _renewed(model: Encoder, most: int) -> int:
    stale = tables.stale(model.model, most)
    for start in range(0, len(stale), BATCH):
        some = stale[start : start + BATCH]
        vectors = model.read([text for *_, text in some])
        rows = [(*key, vector.astype("<f4").tobytes()) for (*key, _), vector in zip(some, vectors, strict=True)]
        tables.renew(model.model, rows)
    return len(stale)


def read_texts(model: Encoder, waiting: Sequence[Waiting], *, is_short: bool = False) -> dict[Waiting, list[Passage]]:
    """The passages of texts with their vectors, or only the first in each language; none is read twice."""
    cut = {one: pieces(one.zh, one.en) for one in waiting}
    if is_short:
        cut = {one: openings(found) for one, found in cut.items()}
    vectors = vectors_of(model, [piece.text for found in cut.values() for piece in found])
    return {one: [_passage(place, piece, vectors) for place, piece in enumerate(found)] for one, found in cut.items()}


def _passage(place: int, piece: Piece, vectors: dict[str, bytes]) -> Passage:
    return Passage(place, piece.language, piece.text, vectors[digest_of(piece.text)])


def vectors_of(model: Encoder, texts: Sequence[str]) -> dict[str, bytes]:
    """The raw vector of each text by its fingerprint; what this or another process has read is not read again."""
    wanted = {digest_of(text): text for text in texts}
    found = tables.known(model.model, wanted)
    found |= {digest: _LATELY[model.model, digest] for digest in wanted if (model.model, digest) in _LATELY}
    new = sorted((digest for digest in wanted if digest not in found), key=lambda digest: len(wanted[digest]))
    for start in range(0, len(new), BATCH):
        some = new[start : start + BATCH]
        made = model.read([wanted[digest] for digest in some])
        found.update((digest, vector.astype("<f4").tobytes()) for digest, vector in zip(some, made, strict=True))
    _remember(model.model, {digest: found[digest] for digest in new})
    return found


def _remember(model: str, vectors: dict[str, bytes]) -> None:
    """What a search has read of waiting texts need not be read again when they are caught up with."""
    if len(_LATELY) + len(vectors) > LATELY:
        _LATELY.clear()
    _LATELY.update(((model, digest), vector) for digest, vector in vectors.items())


def refit(version: str) -> dict[str, tuple[int, bool]]:
    """Centre the vectors anew on the hub's own passages; answers for each language how many, and whether enough.

    A language with fewer than `centring.ENOUGH` passages keeps the centre it had. No text is read again.
    """
    state = tables.state()
    centres, counts = dict(centring.fit_of(state).centres), {}
    for language in ("zh", "en"):
        raw = centring.sampled(language, state)
        is_enough = len(raw) >= centring.ENOUGH
        counts[language] = (len(raw), is_enough)
        if is_enough:
            centres[language] = centring.fitted(raw)
    if any(is_enough for _, is_enough in counts.values()):
        tables.refit(version, centring.Fit(version, state.model, centres).written())
    return counts
