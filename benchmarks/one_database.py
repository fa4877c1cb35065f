"""Measures every case on the database that the environment names, and writes the figures down as JSON."""

import json
import os
import platform
import sys
import time
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from shutil import copyfile

import django

django.setup()  # the models below can be imported only then

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from benchmarks import importing, world  # noqa: E402
from benchmarks.cases import Case, all_cases  # noqa: E402
from benchmarks.doors import open_doors  # noqa: E402
from benchmarks.measure import compare  # noqa: E402
from grandunion import records  # noqa: E402
from grandunion.records.parties import Organisation, Person, User  # noqa: E402
from grandunion.records.projects import Project  # noqa: E402
from grandunion.terms.readers import house  # noqa: E402
from grandunion.work.queries.parties import reader_of  # noqa: E402


@dataclass(frozen=True, slots=True)
class Wanted:
    """How large the world is, how often each way is asked, and where figures and worlds are kept."""

    scale: float
    rounds: int
    folder: Path


def run(wanted: Wanted) -> None:
    """Make the world, or take the kept one, measure, and write `<database>.json`."""
    _lay_out(wanted)
    now, sizes = timezone.now(), _sizes()
    officer = User.objects.get(email="officer@benchmark.example")
    doors = open_doors(officer, now)
    figures = [_figure(case, wanted.rounds) for case in all_cases(doors, reader_of(officer, now))]
    count = max(200, int(10_000 * wanted.scale))
    _say(f"import of {count:,} organisations")
    rates = {way: asdict(rate) for way, rate in importing.measure(count, wanted.folder, house(now)).items()}
    found = {**_machine(), "sizes": sizes, "rounds": wanted.rounds, "cases": figures, "import": rates}
    (wanted.folder / f"{connection.vendor}.json").write_text(json.dumps(found, ensure_ascii=False, indent=1), "utf-8")


def _figure(case: Case, rounds: int) -> dict[str, object]:
    _say(case.name)
    timings = compare(case.ways, max(5, int(rounds * case.share)))
    return {"code": case.code, "name": case.name, "peers": case.peers, "goals": case.goals, "beside": case.beside,
            "ways": {way: asdict(timing) for way, timing in timings.items()}}  # fmt: skip


def _lay_out(wanted: Wanted) -> None:
    """The world in its database: on SQLite a copy of the kept one, so that every run finds the same."""
    if connection.vendor != "sqlite":
        _make(wanted.scale)
        return
    kept = wanted.folder / f"world-{wanted.scale:g}-{_print()}.sqlite3"
    used = Path(connection.settings_dict["NAME"])
    _clear(used)
    if not kept.exists():
        for other in wanted.folder.glob(f"world-{wanted.scale:g}-*.sqlite3"):
            other.unlink()
        _make(wanted.scale)
        connection.close()  # the last connection folds the write-ahead log into the file
        used.replace(kept)
    _clear(used)
    copyfile(kept, used)


def _clear(path: Path) -> None:
    for end in ("", "-wal", "-shm"):
        Path(f"{path}{end}").unlink(missing_ok=True)


def _make(scale: float) -> None:
    _say(f"a world at scale {scale:g}")
    began = time.perf_counter()
    call_command("migrate", verbosity=0)
    world.make(scale)
    with connection.cursor() as cursor:  # on PostgreSQL what autovacuum does within a minute
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM (ANALYZE)")
    _say(f"made in {time.perf_counter() - began:.0f} s")


def _print() -> str:
    """What names a world: how it is made, and the tables it is made in."""
    tables = sorted((Path(records.__file__).parent / "migrations").glob("*.py"))
    made = b"".join(path.read_bytes() for path in (Path(world.__file__), *tables))
    return sha256(made).hexdigest()[:12]


def _sizes() -> dict[str, int]:
    return {
        record.kind: record.objects.unscoped("how large the world of the benchmark is").count()
        for record in (Organisation, Person, Project)
    }


def _machine() -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version")
        version = cursor.fetchone()[0].split()[0]
    cpu = Path("/proc/cpuinfo")
    lines = cpu.read_text("utf-8").splitlines() if cpu.exists() else []
    model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
    return {
        "vendor": connection.vendor, "database": f"{connection.display_name} {version}",
        "python": platform.python_version(), "django": django.get_version(), "day": f"{timezone.now():%Y-%m-%d}",
        "machine": f"{model or platform.machine()}, {os.cpu_count()} cores, {platform.system()}",
    }  # fmt: skip


def _say(text: str) -> None:
    sys.stderr.write(f"{connection.vendor}: {text}\n")


if __name__ == "__main__":
    run(Wanted(float(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])))
