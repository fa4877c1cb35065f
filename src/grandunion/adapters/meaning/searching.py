"""Finds the records whose texts mean what is asked, in both languages, each language's passages by themselves."""

import math
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple, Protocol

import numpy as np
from django.conf import settings

from grandunion.adapters.meaning import centring
from grandunion.adapters.meaning.encoders import Encoder, Unable, encoder
from grandunion.adapters.meaning.passages import language_of, opening
from grandunion.adapters.meaning.writing import read_texts, vectors_of
from grandunion.adapters.vectors import tables
from grandunion.adapters.vectors.scanning import nearest, nearest_of
from grandunion.adapters.vectors.shelves import Shelf, View
from grandunion.adapters.vectors.tables import digest_of
from grandunion.terms.text import LANGUAGES, Text

AT_ONCE = 8  # records that wait and are read by the search itself, each by its first passages
DEEPER = 3  # passages looked at for every record wanted: a record has several
WIDER = {True: 2, False: 8}  # times as many are looked at first, for some are not the reader's; among signs fewer
CLOSENESS = {True: (0.42, 0.08), False: (0.33, 0.06)}  # (cosine that is 0.5, how steep), by one language or two
NO_ROOM = Text(
    "The index of meaning cannot be written (is the disk full?); words alone were compared.",
    "语义索引无法写入（磁盘是否已满？），仅按字词比对。",
)
BEHIND = Text(
    "{count} records are still being read for their meaning; by words they are found already.",
    "还有 {count} 条记录正在建立语义索引，目前可按字词查到。",
)


class Hit(NamedTuple):
    """A record that means what is asked.

    `closeness` is 0 to 1; `asked` and `met` are the languages of the text that asked and of the `passage` it met,
    which stands at `place` among the record's; it is empty where passages were not asked for.
    """

    subject_id: int
    closeness: float
    asked: str
    met: str
    passage: str
    place: int = 0


@dataclass(frozen=True, slots=True)
class Near:
    """The records nearest in meaning, best first; `missing` says why meaning was not, or not wholly, compared."""

    hits: tuple[Hit, ...]
    missing: Text | None = None
    search: "_Search | None" = field(default=None, compare=False, repr=False)

    def others(self, ids: Iterable[int], *, is_told: bool = True) -> tuple[Hit, ...]:
        """How near those of the ids are that are not among the hits; whoever asks may see them."""
        left = frozenset(ids).difference(hit.subject_id for hit in self.hits)
        if self.search is None or not self.hits or not left:
            return ()
        try:
            return _said(self.search.kind, self.search.best(len(left), left, None), is_told=is_told)
        except (Unable, OSError):
            return ()


@dataclass(frozen=True, slots=True)
class _Asking:
    """A text that asks: its language and its centred vector."""

    language: str
    vector: np.ndarray


class _Met(NamedTuple):
    """A passage that was met, the nearest first, of equals the older record: `far` is its closeness below nothing.

    `text` is empty where the database has it.
    """

    far: float
    subject_id: int
    place: int
    asked: str
    met: str
    text: str = ""


class Sight(Protocol):
    """Says what a reader may see: of some ids, or all there is."""

    def among(self, ids: Iterable[int]) -> Collection[int]:
        """Those of the ids that the reader may see."""

    def every(self) -> Collection[int]:
        """All ids that the reader may see."""


@dataclass(frozen=True, slots=True)
class _Ground:
    """What one search looks through: subjects that wait are left out of the shelves, for their old texts are past."""

    kind: str
    state: tables.State
    fit: centring.Fit
    behind: frozenset[int]
    within: frozenset[int] | None
    sight: Sight | None = None

    def may(self, ids: Iterable[int]) -> Collection[int]:
        """Those of the ids that count."""
        ids = set(ids) if self.within is None else self.within.intersection(ids)
        return ids if self.sight is None else self.sight.among(ids)


def near(
    kind: str, zh: str, en: str, limit: int, within: Collection[int] | None = None, *, sight: Sight | None = None,
    is_told: bool = True,
) -> Near:  # fmt: skip
    """The records of a kind nearest in meaning to a text given in one language or both, best first.

    `within` are the ids that count, or `sight` says which do (those the reader may see); others neither show nor take
    a place. What was committed before is found: up to `AT_ONCE` waiting texts are read first, more are said to be
    missing. Only reads. Where not `is_told`, the passages are left to be read by `passages_of`.
    """
    texts = [text for text in (zh, en) if text.strip()]
    try:
        search = _Search(kind, texts)
        best = search.best(limit, None if within is None else frozenset(within), sight)
        return Near(_said(kind, best, is_told=is_told), search.missing, search)
    except Unable as unable:
        return Near((), unable.reason)
    except OSError:
        return Near((), NO_ROOM)


class _Search:
    """One question to the index of one kind, made ready once: what stands on the shelves, what waits, what asks."""

    def __init__(self, kind: str, texts: Sequence[str]) -> None:
        self.kind, self._model = kind, encoder()
        state = tables.state()
        waiting = tables.waiting(AT_ONCE + 1, kind)
        self._waiting = waiting[:AT_ONCE]
        self._behind = frozenset(
            tables.waiting_ids(kind) if len(waiting) > AT_ONCE else (one.subject_id for one in waiting)
        )
        unread = len(self._behind) - len(self._waiting)
        if state.model != self._model.model:  # the first texts of a hub, or another model: what was read says nothing
            unread += len(tables.subject_ids(kind) - self._behind)
            state = tables.State("", 0, self._model.model, "")
        self._state, self._fit = state, centring.fit_of(state)
        self._asking = _asking(self._model, texts, self._fit)
        self.missing = BEHIND.fill(count=unread) if unread else None

    def best(self, limit: int, within: frozenset[int] | None, sight: Sight | None) -> list[_Met]:
        """The nearest of those that count."""
        ground = _Ground(self.kind, self._state, self._fit, self._behind, within, sight)
        met = [*_shelved(ground, self._asking, limit), *_fresh(ground, self._model, self._waiting, self._asking)]
        return sorted(_merged(met)[:limit])


def _asking(model: Encoder, texts: Sequence[str], fit: centring.Fit) -> list[_Asking]:
    """The texts that ask, read as those they are to meet: a record that asks was read before."""
    firsts = [opening(text) for text in texts]
    raw = vectors_of(model, firsts)
    found = []
    for text in firsts:
        vector = np.frombuffer(raw[digest_of(text)], dtype="<f4")[None, :]
        found.append(_Asking(language_of(text), fit.apply(vector, language_of(text))[0]))
    return found


def _shelved(ground: _Ground, asking: Sequence[_Asking], limit: int) -> Iterator[_Met]:
    """The nearest passages on the shelves, each language's by itself, the best of each subject."""
    if not ground.state.generation:
        return
    for language in LANGUAGES:
        view = _shelf(str(settings.MEANING_FOLDER), ground.kind, language).view(
            ground.state, partial(ground.fit.apply, language=language)
        )
        for one in asking:
            rows, cosines = _nearest(view, one.vector, limit * DEEPER, ground, enough=limit)
            firsts = np.sort(np.unique(view.subjects[rows], return_index=True)[1])[:limit]
            chosen = rows[firsts]
            far = [-closeness_of(cosine, one.language, language) for cosine in cosines[firsts].tolist()]
            pair = (one.language, language)
            passages = zip(far, view.subjects[chosen].tolist(), view.places[chosen].tolist(), strict=True)
            yield from [_Met(*passage, *pair) for passage in passages]


def _nearest(
    view: View, asked: np.ndarray, most: int, ground: _Ground, enough: int | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """The rows that count, the nearest first, and their cosines: the first `most`, or `enough` subjects' and more.

    Who may see what is asked of the nearest only; where too many of them are not the reader's, all that are come first.
    """
    if ground.sight is None:
        if ground.within is not None and len(ground.within) * 20 < len(view.vectors):
            few = view.rows_of(ground.within.difference(ground.behind))
            return nearest_of(view.vectors, asked, most, few)
        return nearest(view.vectors, asked, most, _allowed(view.subjects, ground, ground.within), view.codes)
    wider = most * WIDER[view.codes is not None]
    rows, cosines = nearest(view.vectors, asked, wider, _allowed(view.subjects, ground, ground.within), view.codes)
    places, is_all = _counting(view.subjects[rows], most, enough or most, ground)
    if is_all or len(rows) < wider:
        return rows[places], cosines[places]
    every = ground.may(ground.sight.every())
    return nearest(view.vectors, asked, most, _allowed(view.subjects, ground, every), view.codes)


def _counting(subjects: np.ndarray, most: int, enough: int, ground: _Ground) -> tuple[np.ndarray, bool]:
    """The places of the first `most` rows that count, or of those with `enough` subjects; and whether there are these.

    It is asked step by step, each time of as many more as should be enough.
    """
    every: list[int] = subjects.tolist()
    places: list[int] = []
    start, step = 0, first_step(enough)
    while True:
        mine = ground.may(every[start : start + step])
        places += [at for at, subject in enumerate(every[start : start + step], start) if subject in mine]
        has = len({every[at] for at in places[:most]})
        if len(places) >= most or has >= enough:
            return np.array(places[:most], dtype=np.int64), True
        start += step
        step = next_step(start, has, enough)
        if start >= len(every):
            return np.array(places, dtype=np.int64), False


def first_step(enough: int) -> int:
    """Of how many of the nearest it is asked first who may see them, where so many that may be seen are wanted."""
    return enough + enough // 8


def next_step(asked: int, has: int, enough: int) -> int:
    """Of how many more it is asked, when among so many asked of there were so many: as the share lets expect."""
    missing = enough - has
    return min(missing * asked // max(has, 1) + missing // 4 + 8, asked * 8)


def _allowed(subjects: np.ndarray, ground: _Ground, within: Collection[int] | None) -> np.ndarray:
    allowed = subjects > 0
    if ground.behind:
        allowed &= ~np.isin(subjects, np.fromiter(ground.behind, dtype=np.int64))
    if within is not None:
        allowed &= np.isin(subjects, np.fromiter(within, dtype=np.int64, count=len(within)))
    return allowed


@cache
def _shelf(folder: str, kind: str, language: str) -> Shelf:
    return Shelf(Path(folder), kind, language)


def _fresh(
    ground: _Ground, model: Encoder, waiting: Sequence[tables.Waiting], asking: Sequence[_Asking]
) -> Iterator[_Met]:
    """The passages of texts that wait, read now; the next catching up finds them read."""
    mine = ground.may(one.subject_id for one in waiting)
    counted = [one for one in waiting if one.subject_id in mine]
    for one, passages in read_texts(model, counted, is_short=True).items():
        for passage in passages:
            raw = np.frombuffer(passage.vector, dtype="<f4")[None, :]
            vector = ground.fit.apply(raw, passage.language)[0]
            for ask in asking:
                far = -closeness_of(float(vector @ ask.vector), ask.language, passage.language)
                yield _Met(far, one.subject_id, passage.place, ask.language, passage.language, passage.text)


def _merged(met: Iterable[_Met]) -> list[_Met]:
    """Each subject once, at its best rank in either language, so that both languages have their share of the places.

    Equal ranks by closeness, then the older record first.
    """
    found = sorted(met)
    ranks: dict[int, tuple[int, _Met]] = {}
    for language in LANGUAGES:
        firsts: dict[int, _Met] = {}
        for one in found:
            if one[4] == language:
                firsts.setdefault(one[1], one)
        for rank, (subject_id, one) in enumerate(firsts.items()):
            before = ranks.get(subject_id)
            if before is None or (rank, one[0]) < (before[0], before[1][0]):
                ranks[subject_id] = (rank, one)
    return [one for _, one in sorted(ranks.values())]


def _said(kind: str, best: Sequence[_Met], *, is_told: bool) -> tuple[Hit, ...]:
    """The hits, with the passages that met where they are asked for."""
    places = [(one.subject_id, one.place) for one in best if is_told and not one.text]
    texts = passages_of(kind, places) if places else {}
    return tuple(
        Hit(subject_id, -far, asked, met, text or texts.get((subject_id, place), ""), place)
        for far, subject_id, place, asked, met, text in best
    )


def passages_of(kind: str, places: Sequence[tuple[int, int]]) -> dict[tuple[int, int], str]:
    """The passages at (id, place), as the database has them; those that are no more are left out."""
    return tables.texts_of(kind, places)


def closeness_of(cosine: float, asked: str, met: str) -> float:
    """A centred cosine as 0 to 1; texts of two languages are never as close as two of one (docs/adr/0015)."""
    middle, width = CLOSENESS[asked == met]
    return round(1 / (1 + math.exp(-(cosine - middle) / width)), 4)
