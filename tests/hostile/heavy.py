"""A program that imports 50,000 rows into a hub of its own, after 6,000 of which one is bad; tells in JSON."""

import csv
import json
import sys
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402 - the house wakes first
from django.utils import timezone  # noqa: E402

from grandunion.interfaces.cli.waking import bring_tables  # noqa: E402
from grandunion.records.journal import Entry  # noqa: E402
from grandunion.records.parties import Organisation  # noqa: E402
from grandunion.terms.readers import house  # noqa: E402
from grandunion.terms.verdicts import Refused  # noqa: E402
from grandunion.work.actions.upkeep import imports  # noqa: E402
from grandunion.work.queries.upkeep import mappings  # noqa: E402
from grandunion.work.queries.upkeep.imports import examine  # noqa: E402

ROWS, FEWER, BAD = 50_000, 6_000, 5_500  # several times what is examined and written at once


def write_file(path: Path, rows: int, *, with_bad_row: bool) -> None:
    with path.open("w", encoding="gb18030", newline="") as file:
        sheet = csv.writer(file)
        sheet.writerow(["source_ref", "name_zh", "kind", "city", "staff_count", "summary_zh"])
        for number in range(1, rows + 1):
            is_bad = with_bad_row and number == BAD
            name = f"合肥第{number}号精密仪器有限公司"
            sheet.writerow([f"R{number}", name, "no such kind" if is_bad else "enterprise", "合肥", 12, "说明" * 40])


def bring(path: Path) -> dict:
    """What the import came to: how many rows stand there afterwards, and what was wrong."""
    at, wanted = timezone.now(), mappings.mapping_of("template", "organisations")
    found = examine(mappings.table_of(path, wanted), wanted, house(at), is_template=True)
    try:
        imports.write(found, imports.Sent(path.name, "0" * 64), by=house(at), at=at)
        refused = ""
    except Refused as error:
        refused = str(error)
    rows = Organisation.objects.unscoped("everything is counted").count()
    problems = [(one.row, one.field) for one in found.problems]
    return {"refused": refused, "rows": rows, "problems": problems, "entries": Entry.objects.count()}


def peak() -> float:
    """The most memory this program has held, in megabytes; getrusage would count what its parent held at the fork."""
    line = next(one for one in Path("/proc/self/status").read_text().splitlines() if one.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def main() -> None:
    bring_tables()
    path = settings.HOME / "companies.csv"
    write_file(path, FEWER, with_bad_row=True)
    told = {"bad": bring(path)}
    write_file(path, ROWS, with_bad_row=False)
    told["good"] = bring(path)
    told["megabytes"] = peak()
    sys.stdout.write(json.dumps(told))


main()
