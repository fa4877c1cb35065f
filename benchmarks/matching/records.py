"""A hub's own records, each told in both languages: does the Chinese of one find its English, and back?"""

import numpy as np
import yaml

from benchmarks.matching import _ranks, _reading, report, sources
from benchmarks.matching.ipc import OTHER, shipped
from grandunion.adapters.meaning.centring import Fit
from grandunion.adapters.meaning.passages import opening

NAME = "records"
TITLE = "A hub's own records find their other language"
NEEDS = ()
TEXTS = ("title", "text", "abstract_public")
READING = """\
The achievements, needs and offers of the demonstration set that are told in both languages (`packs/hefei/demo`, written
by the house): the first passage of each record in one language is asked for with its first passage in the other.
Nothing was fitted on these texts. In the *mixed pool* stand all passages of both languages but the one that asks. The
set is small (a share of .01 is one record) and its records differ more than those of a full library.
"""


def run() -> list[str]:
    """Raw and centred, each language's passages by themselves and in one pool."""
    both = [one for one in map(_told, _rows()) if all(one.values())]
    raw = {language: _reading.vectors(f"records-{language}", [one[language] for one in both]) for language in OTHER}
    rows = []
    for asked, met in OTHER.items():
        for name, fit in (("raw", Fit("", "", {})), ("shipped centres", shipped())):
            question, pool = fit.apply(raw[asked], asked), fit.apply(raw[met], met)
            alone = _ranks.ranks(question @ pool.T, range(len(both)))
            scores = np.hstack([question @ pool.T, question @ question.T])
            np.fill_diagonal(scores[:, len(both) :], -9)
            mixed = _ranks.ranks(scores, range(len(both)))
            rows.append((f"{asked} → {met}, {name}", *_ranks.figures(alone), *_ranks.figures(mixed)))
    heads = ("way", "MRR", "first", "first ten", "mixed pool: MRR", "first", "first ten")
    return [*READING.splitlines(), "", f"{len(both)} records.", "", *report.grid(heads, rows)]


def _rows() -> list[dict]:
    """The records as the demonstration set tells them."""
    folder = sources.ROOT / "packs" / "hefei" / "demo"
    paths = sorted(path for name in ("achievements", "needs", "offers") for path in folder.glob(f"{name}*.yaml"))
    read = [yaml.safe_load(path.read_text("utf-8")) for path in paths]
    lists = [one if isinstance(one, list) else next(v for v in one.values() if isinstance(v, list)) for one in read]
    return [row for rows in lists for row in rows]


def _told(row: dict) -> dict[str, str]:
    """The first passage of a record in each language; empty where it is told in one only."""
    found = {}
    for language in OTHER:
        said = "\n".join(row[f"{name}_{language}"] for name in TEXTS if row.get(f"{name}_{language}"))
        found[language] = opening(said) if said else ""
    return found
