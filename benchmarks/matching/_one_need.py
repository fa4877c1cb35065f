"""Asks a hub of many offers on the database that the environment names, and writes the figures down as JSON."""

import json
import resource
import sys
from collections.abc import Callable, Mapping
from functools import partial
from hashlib import sha256
from itertools import cycle
from pathlib import Path
from shutil import copyfile

import django

django.setup()  # the models below can be imported only then, and numpy minds what the settings say of threads

import numpy as np  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from benchmarks.matching import _crowd, _supply  # noqa: E402
from benchmarks.measure import compare  # noqa: E402
from grandunion.adapters import index  # noqa: E402
from grandunion.records import migrations  # noqa: E402
from grandunion.records.needs import Need  # noqa: E402
from grandunion.records.parties import User  # noqa: E402
from grandunion.terms.readers import Reader  # noqa: E402
from grandunion.terms.roles import Role  # noqa: E402
from grandunion.work.queries import matches  # noqa: E402
from grandunion.work.queries.matches.finding import FOUND, concepts  # noqa: E402
from grandunion.work.queries.matches.wants import DRAWN, asked_by  # noqa: E402
from grandunion.work.queries.parties import reader_of  # noqa: E402

ROUNDS = 36
KINDS = ("achievement", "offer")


def measure(rows: Mapping[str, int], passages: int, rounds: int = ROUNDS) -> dict[str, object]:
    """Every way in turns, each turn another need; the bare product is with two passages of each of the rows."""
    who_asks = readers()
    every = Need.objects.unscoped("what the benchmark asks").select_related(*DRAWN).order_by("pk")
    found = {}
    for language in ("zh", "en"):
        needs = [need for need in every if getattr(need, f"title_{language}")]
        vectors = partial(_vectors, _crowd.crowd(passages), rows)
        ways = {"bare vectors": _turns(vectors, needs), "bare words": _turns(_words, needs)}
        ways |= {who: _turns(partial(matches_of, reader), needs) for who, reader in who_asks.items()}
        timed = compare(ways, rounds)
        sizes = {who: [len(matches_of(reader, need).offers) for need in needs] for who, reader in who_asks.items()}
        found[language] = {"ways": {way: (t.cpu, t.wall, t.worst) for way, t in timed.items()}, "shown": sizes}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"database": connection.display_name, "needs": len(every), "languages": found, "peak": peak}


def readers() -> dict[str, Reader]:
    """Who asks: one who reads nearly all, and one who reads what is public."""
    now = timezone.now()
    return {
        "officer": reader_of(User.objects.get(email="officer@benchmark.example"), now),
        "bureau": Reader(now, user_id=10**6, roles=frozenset({Role.BUREAU})),
    }


def _turns(way: Callable[[Need], object], needs: list[Need]) -> Callable[[], object]:
    turns = cycle(needs)
    return lambda: way(next(turns))


def matches_of(reader: Reader, need: Need) -> object:
    """The whole path, from the need to the explained answer."""
    return matches.candidates(need, reader)


def _vectors(crowd: np.ndarray, rows: Mapping[str, int], need: Need) -> list[object]:
    """The product with every passage of both languages, and nothing else."""
    products = []
    for count in rows.values():
        for start in range(0, count * 2, len(crowd)):  # where there are more passages, the matrix is gone over again
            products.append(crowd[: count * 2 - start] @ crowd[150_000 + need.pk])
    return products


def _words(need: Need) -> list[object]:
    """The question to the text index, and nothing else."""
    text = asked_by(need, concepts()).widened
    return [index.any_of(kind, text, limit=FOUND) for kind in KINDS]


def lay_out(folder: Path, size: _supply.Size) -> None:
    """The hub in its database: on SQLite a copy of the kept one."""
    home = Path(connection.settings_dict["NAME"])
    kept = folder / f"supply.{size.offers_in_all}.{tables()}.sqlite3"
    if connection.vendor == "sqlite" and kept.exists():
        copyfile(kept, home)
        return
    call_command("migrate", verbosity=0)
    _supply.make(size)
    if connection.vendor == "sqlite":
        connection.close()  # the last connection folds the write-ahead log into the file
        copyfile(home, kept)


def tables() -> str:
    """The fingerprint of the tables: a hub that was kept with other tables is not taken."""
    files = sorted(Path(migrations.__path__[0]).glob("0*.py"))
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]


if __name__ == "__main__":
    asked = _supply.Size(int(sys.argv[1]))
    lay_out(Path(sys.argv[2]), asked)
    figures = measure({"achievement": asked.works, "offer": asked.offers}, 200_000)
    Path(sys.argv[3]).write_text(json.dumps(figures, ensure_ascii=False, indent=1), "utf-8")
