"""Topics without a number of topics: each direction in which texts differ counts by how surely it is more than chance.

A direction of weight w (the texts' squares along it) counts by w / (w + rest). How large the rest should be is asked of
texts alone: half the words of texts that were left out are to be foretold from their other half.
"""

from collections.abc import Sequence

import numpy as np

from benchmarks.matching import sources
from grandunion.engines.matching.library import Library
from grandunion.engines.matching.terms import terms
from grandunion.engines.matching.topics import DEPTHS

RESTS = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 6.0, 8.0)
LEFT_OUT = 4  # every fourth text is foretold, the others are learnt from
MOST, SHORTEST, SIGNS = 1_000, 20, 2_000
OTHERS = {  # sets of texts that have nothing to do with the experts: file, columns
    "nasa-software-catalog": ("nasa_code.jsonl.gz", ("name", "description")),
    "sbir-dod-topics": ("sbir_topics.jsonl.gz", ("title", "objective", "description")),
    "eu-funding-calls-2026": ("eu_calls.jsonl.gz", ("title", "description")),
    "cn-patents-bdci2022": ("cn_patents.jsonl.gz", ("title", "abstract")),
    "yc-companies": ("yc_companies_2024-05-11.csv.gz", ("short_description", "long_description")),
}


def others(name: str) -> list[tuple[str, ...]]:
    """The words of a set's texts."""
    file, columns = OTHERS[name]
    rows = sources.table(name, file) if ".csv" in file else sources.lines(name, file)
    return [terms(". ".join(str(row.get(column) or "") for column in columns)[:SIGNS]) for row in rows]


def of_length_one(rows: np.ndarray) -> np.ndarray:
    """Rows scaled to length one."""
    return rows / np.maximum(np.linalg.norm(rows, axis=-1, keepdims=True), 1e-9)


def near(rows: np.ndarray, rests: Sequence[float]) -> list[np.ndarray]:
    """How near all texts are to each other, 0 to 1, for each rest."""
    whole = rows.astype(np.float64)
    weights, sides = np.linalg.eigh(whole @ whole.T)
    weights = np.maximum(weights, 0)
    found = (of_length_one(sides * (weights / np.sqrt(weights + rest))) for rest in rests)
    return [np.clip(seen @ seen.T, 0, 1) for seen in found]


def foretold(texts: Sequence[tuple[str, ...]]) -> dict[str, float]:
    """The mean cosine of what is foretold of the other half and that half: for the words as they are, for so many
    topics that count in full (`DEPTHS`), and for each rest."""
    chance = np.random.default_rng(7)
    long = [text for text in texts if len(text) >= SHORTEST]
    kept = [long[at] for at in chance.permutation(len(long))[:MOST]]
    library = Library(kept)
    learnt, asked = [text for at, text in enumerate(kept) if at % LEFT_OUT], kept[::LEFT_OUT]
    halves = [(text, chance.random(len(text)) < 0.5) for text in asked]
    given, hidden = (
        library.rows(tuple(word for word, is_first in zip(text, sides, strict=True) if is_first is np.bool_(side))
                     for text, sides in halves).astype(np.float64)
        for side in (True, False)
    )  # fmt: skip
    rows = library.rows(learnt).astype(np.float64)
    _, spread, directions = np.linalg.svd(rows, full_matrices=False)
    weights = spread**2
    share = len(learnt) / len(kept)

    def told(counting: np.ndarray) -> float:
        seen = of_length_one(((given @ directions.T) * counting) @ directions)
        return float((seen * hidden).sum(axis=1).mean())

    found = {"words": float((given * hidden).sum(axis=1).mean())}
    found |= {f"{depth}": told(np.arange(len(weights)) < depth) for depth in DEPTHS}
    return found | {f"rest {rest:g}": told(weights / (weights + rest * share)) for rest in RESTS}
