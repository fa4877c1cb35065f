"""One of two processes that share an index of vectors: keeps twenty records and waits to see the other's twenty."""

import importlib
import json
import sys
import time

import django
import numpy as np

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402

from grandunion.adapters.vectors import tables  # noqa: E402
from grandunion.adapters.vectors.shelves import Shelf  # noqa: E402
from grandunion.adapters.vectors.tables import Passage  # noqa: E402

MODEL = "made-up/64"
EACH, PATIENCE = 20, 300


def make() -> None:
    """The tables of the index, and nothing else of the hub."""
    settings.HOME.mkdir(parents=True, exist_ok=True)
    statements = importlib.import_module("grandunion.records.migrations.0003_meaning").STATEMENTS
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement.format(blob="blob"))
    tables.adopt(MODEL)


def share(first: int) -> list[int]:
    """Keep records numbered from `first` one by one, searching after each; answers all that is seen in the end."""
    shelf = Shelf(settings.MEANING_FOLDER, "need", "zh")
    for subject in range(first, first + EACH):
        tables.wait([("need", subject, f"text {subject}", "")])
        mine = [one for one in tables.waiting(100) if one.subject_id == subject]
        vector = np.random.default_rng(subject).standard_normal(64).astype("<f4").tobytes()
        tables.settle(MODEL, {one: [Passage(0, "zh", one.zh, vector)] for one in mine})
        assert subject in seen(shelf), "a record that was kept was not found by the next search"
    ends_at = time.monotonic() + PATIENCE
    while len(seen(shelf)) < EACH * 2 and time.monotonic() < ends_at:
        time.sleep(0.05)
    return sorted(seen(shelf))


def seen(shelf: Shelf) -> list[int]:
    """The subjects on the shelf as of now; each row's vector is the one of its subject."""
    view = shelf.view(tables.state(), lambda raw: raw)
    for row in np.flatnonzero(view.subjects):
        expected = np.random.default_rng(int(view.subjects[row])).standard_normal(64).astype("<f4")
        assert np.array_equal(view.vectors[row], expected), "a row has another's vector"
    return [int(one) for one in view.subjects if one]


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make()
    else:
        sys.stdout.write(json.dumps(share(int(sys.argv[1]) * 1000 + 1)))
