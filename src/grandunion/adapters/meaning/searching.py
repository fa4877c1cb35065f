"""Finds the records whose texts mean what is asked, in both languages, each language's passages by themselves."""

import math
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from itertools import chain, repeat
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
UNSURE = 0.0002  # nearness by which the order of cosines and that of their closeness may differ by rounding
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

    def likely(self, enough: int) -> int:
        """Among how many ids there should be so many that the reader may see, by what was asked so far."""


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
        self._languages = LANGUAGES if state.generation else ()  # without any the shelves are empty
        self._asking = _asking(self._model, texts, self._fit)
        self.missing = BEHIND.fill(count=unread) if unread else None

    def best(self, limit: int, within: frozenset[int] | None, sight: Sight | None) -> list[_Met]:
        """The nearest of those that count.

        The lists of two languages share the places, so that half of each mostly is enough to know who has them.
        """
        ground = _Ground(self.kind, self._state, self._fit, self._behind, within, sight)
        fresh = tuple(_fresh(ground, self._model, self._waiting, self._asking))
        lines = [_Line(ground, language, one, limit) for language in self._languages for one in self._asking]
        depth = limit if sight is None else min(limit, limit // 2 + limit // 16 + 1)
        while True:
            step = 0 if sight is None else first_step(sight.likely(depth))
            ground.may(chain(*(line.first(step) for line in lines)))  # asked of all lines at once
            found = [line.down_to(depth, step) for line in lines]
            sure = _sure(found)
            best, known = _merged((*fresh, *chain(*(met for met, _ in found))), sure)
            if known >= limit or not sure or depth == limit:
                return sorted(best[:limit])
            depth = min(limit, depth + (limit - known) // 2 + limit // 20 + 1)


def _asking(model: Encoder, texts: Sequence[str], fit: centring.Fit) -> list[_Asking]:
    """The texts that ask, read as those they are to meet: a record that asks was read before."""
    firsts = [opening(text) for text in texts]
    raw = vectors_of(model, firsts)
    found = []
    for text in firsts:
        vector = np.frombuffer(raw[digest_of(text)], dtype="<f4")[None, :]
        found.append(_Asking(language_of(text), fit.apply(vector, language_of(text))[0]))
    return found


class _Line:
    """A text that asks before one language's passages: these are scanned once, and looked at as deep as is wanted."""

    def __init__(self, ground: _Ground, language: str, one: _Asking, limit: int) -> None:
        shelf = _shelf(str(settings.MEANING_FOLDER), ground.kind, language)
        self._view = shelf.view(ground.state, partial(ground.fit.apply, language=language))
        self._ground, self._asked, self._limit = ground, one, limit
        self._language = language
        self._nearest = _Nearest(self._view, one.vector, limit * DEEPER, ground)

    def first(self, step: int) -> list[int]:
        """The subjects of so many of the nearest passages, whether they count or not."""
        return self._view.subjects[self._nearest.rows[:step]].tolist()

    def down_to(self, depth: int, step: int) -> tuple[list[_Met], float | None]:
        """The nearest passage of each of at least so many subjects; what lies below is farther than the figure said.

        It is None where nothing lies below that would count. Who may see what is asked of `step` passages first.
        """
        rows, cosines, is_all = self._nearest.counting(depth, step)
        subjects = self._view.subjects[rows]
        firsts = np.sort(np.unique(subjects, return_index=True)[1])[: self._limit]
        far = (-_closenesses(cosines[firsts], self._asked.language, self._language)).tolist()
        places = self._view.places[rows[firsts]].tolist()
        both = repeat(self._asked.language), repeat(self._language), repeat("")
        met = list(map(_Met._make, zip(far, subjects[firsts].tolist(), places, *both, strict=False)))
        is_whole = is_all or len(firsts) == self._limit or not far
        return met, None if is_whole else far[-1] - UNSURE


class _Nearest:
    """The rows that count, the nearest first, and their cosines: the first `most`, or fewer if there are enough.

    Who may see what is asked of the nearest only; where too many of them are not the reader's, all that are come first.
    """

    def __init__(self, view: View, asked: np.ndarray, most: int, ground: _Ground) -> None:
        self._view, self._asked, self._most, self._ground = view, asked, most, ground
        self._wider = most if ground.sight is None else most * WIDER[view.codes is not None]
        self.rows, self._cosines = self._scanned(self._wider, ground.within)

    def _scanned(self, most: int, within: Collection[int] | None) -> tuple[np.ndarray, np.ndarray]:
        view, ground = self._view, self._ground
        if ground.sight is None and within is not None and len(within) * 20 < len(view.vectors):
            few = view.rows_of(within - ground.behind)
            return nearest_of(view.vectors, self._asked, most, few)
        return nearest(view.vectors, self._asked, most, _allowed(view, ground, within), view.codes)

    def counting(self, enough: int, step: int) -> tuple[np.ndarray, np.ndarray, bool]:
        """Rows with at least so many subjects, their cosines, and whether there are no more that would count."""
        if self._ground.sight is None:
            return self.rows, self._cosines, True
        places, has_enough = _counting(self._view.subjects[self.rows], self._most, enough, step, self._ground)
        if has_enough or len(self.rows) < self._wider:
            is_all = not has_enough or len(places) == self._most
            return self.rows[places], self._cosines[places], is_all
        every = self._ground.may(self._ground.sight.every())
        return *self._scanned(self._most, every), True


def _counting(subjects: np.ndarray, most: int, enough: int, step: int, ground: _Ground) -> tuple[np.ndarray, bool]:
    """The places of the first `most` rows that count, or of those with `enough` subjects; and whether there are these.

    It is asked step by step, each time of as many more as should be enough.
    """
    every: list[int] = subjects.tolist()
    places: list[int] = []
    start = 0
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


def _allowed(view: View, ground: _Ground, within: Collection[int] | None) -> np.ndarray | None:
    """Which rows count; None where all of them do."""
    if not (view.has_gone or ground.behind or within is not None):
        return None
    allowed = view.subjects > 0
    if ground.behind:
        allowed &= ~np.isin(view.subjects, np.fromiter(ground.behind, dtype=np.int64))
    if within is not None:
        allowed &= np.isin(view.subjects, np.fromiter(within, dtype=np.int64, count=len(within)))
    return allowed


@cache
def _shelf(folder: str, kind: str, language: str) -> Shelf:
    return Shelf(Path(folder), kind, language)


def _fresh(
    ground: _Ground, model: Encoder, waiting: Sequence[tables.Waiting], asking: Sequence[_Asking]
) -> Iterator[_Met]:
    """The passages of texts that wait, read now; the next catching up finds them read."""
    if not waiting:
        return
    mine = ground.may(one.subject_id for one in waiting)
    counted = [one for one in waiting if one.subject_id in mine]
    for one, passages in read_texts(model, counted, is_short=True).items():
        for passage in passages:
            raw = np.frombuffer(passage.vector, dtype="<f4")[None, :]
            vector = ground.fit.apply(raw, passage.language)[0]
            for ask in asking:
                far = -closeness_of(float(vector @ ask.vector), ask.language, passage.language)
                yield _Met(far, one.subject_id, passage.place, ask.language, passage.language, passage.text)


def _merged(met: Iterable[_Met], sure: Mapping[str, float]) -> tuple[list[_Met], int]:
    """Each subject once, at its best rank in either language, so that both languages have their share of the places.

    Equal ranks by closeness, then the older record first. Beside them, how many of the first are sure to be so
    whatever lies farther: `sure` has, by language, what is nearer than anything that was not looked at.
    """
    found = sorted(met)
    ranks: dict[int, tuple[int, _Met]] = {}
    known = len(found)
    for language in LANGUAGES:
        firsts: dict[int, _Met] = {}
        for one in found:
            if one[4] == language:
                firsts.setdefault(one[1], one)
        if language in sure:
            known = min(known, bisect_left([one[0] for one in firsts.values()], sure[language]))  # the nearest first
        for rank, (subject_id, one) in enumerate(firsts.items()):
            before = ranks.get(subject_id)
            if before is None or (rank, one[0]) < (before[0], before[1][0]):
                ranks[subject_id] = (rank, one)
    best = sorted(ranks.values())
    return [one for _, one in best], bisect_left(best, (known,))


def _sure(found: Iterable[tuple[list[_Met], float | None]]) -> dict[str, float]:
    """By language, what is nearer than anything that was not looked at; languages that were looked at whole are not."""
    sure: dict[str, float] = {}
    for met, far in found:
        if far is not None:
            sure[met[0].met] = min(far, sure.get(met[0].met, far))
    return sure


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


def _closenesses(cosines: np.ndarray, asked: str, met: str) -> np.ndarray:
    """As `closeness_of`, of many at once."""
    middle, width = CLOSENESS[asked == met]
    return np.round(1 / (1 + np.exp((middle - cosines.astype(np.float64)) / width)), 4)
