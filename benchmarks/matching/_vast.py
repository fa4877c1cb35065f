"""Grows the vast hub of one size in its own home, or asks it and writes the figures down; started by `million`."""

import json
import os
import sys
import time
from pathlib import Path

import django

django.setup()  # what is below can be imported only then

from django.db import connection  # noqa: E402

from benchmarks.matching import _multiplied, _one_need  # noqa: E402
from benchmarks.matching._supply import Size  # noqa: E402
from grandunion.records.needs import Need  # noqa: E402
from grandunion.work.queries.matches.wants import DRAWN  # noqa: E402

ROUNDS = 6
LEAST_DIFFERENT = 200_000  # what the bare product and the small hub draw from
KEPT = "built.json"


def grow(home: Path, size: int, folder: Path) -> None:
    """The vast hub in its home; how long it took is added up over all the times it was broken off."""
    path, small = home / KEPT, Size(size // _multiplied.TIMES)
    known = json.loads(path.read_text("utf-8")) if path.exists() else {"seconds": 0.0, "is_grown": False}
    if known["is_grown"]:
        return
    before, began = known["seconds"], time.perf_counter()

    def kept() -> None:
        known["seconds"] = before + time.perf_counter() - began
        path.write_text(json.dumps(known), "utf-8")

    if not (home / "small").exists():
        Path(connection.settings_dict["NAME"]).unlink(missing_ok=True)
        _one_need.lay_out(folder, small)
        (home / "small").touch()
    connection.close()
    _multiplied.grow(Path(connection.settings_dict["NAME"]), small, max(size, LEAST_DIFFERENT), kept)
    known["is_grown"] = True
    kept()


def first_question(home: Path) -> dict:
    """The first question makes the files of the index out of the database; its time is kept with the hub."""
    known = json.loads((home / KEPT).read_text("utf-8"))
    if "index_wall" not in known:
        began, began_cpu = time.perf_counter(), time.process_time()
        need = Need.objects.unscoped("what the benchmark asks").select_related(*DRAWN).order_by("pk")[0]
        _one_need.matches_of(_one_need.readers()["officer"], need)
        known |= {"index_wall": time.perf_counter() - began, "index_cpu": time.process_time() - began_cpu}
        (home / KEPT).write_text(json.dumps(known), "utf-8")
    return known


def memory() -> dict[str, float]:
    """What this process holds now, in MB: all of it, and what no file stands behind."""
    lines = [line.split() for line in Path("/proc/self/status").read_text("utf-8").splitlines()]
    held = {words[0]: int(words[1]) / 1024 for words in lines if words[0] in ("VmHWM:", "RssAnon:", "RssFile:")}
    return {"peak": held["VmHWM:"], "own": held["RssAnon:"], "mapped": held["RssFile:"]}


def ask(home: Path, size: int, target: Path) -> None:
    """Ask, and write it all down."""
    known = first_question(home)
    rows = {"achievement": size * 4 // 5, "offer": size * 3 // 10}
    found = _one_need.measure(rows, max(size, LEAST_DIFFERENT), ROUNDS)
    files = {"database": Path(connection.settings_dict["NAME"]).stat().st_size,
             "index": sum(one.stat().st_size for one in (home / "meaning").rglob("*") if one.is_file())}  # fmt: skip
    target.write_text(json.dumps({**found, **known, "memory": memory(), "files": files}, ensure_ascii=False), "utf-8")


if __name__ == "__main__":  # two processes: what growing takes is no memory of asking
    deed = {"grow": grow, "ask": ask}[sys.argv[1]]
    deed(Path(os.environ["GRANDUNION_HOME"]), int(sys.argv[2]), Path(sys.argv[3]))
