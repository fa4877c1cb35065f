"""`python -m benchmarks.desk`: lives a quarter of the need desk on SQLite, checks it, and writes RESULTS.md."""

import argparse
import os
import platform
import random
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

PLACE = tempfile.mkdtemp(prefix="desk-")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "grandunion.config.settings")
os.environ |= {"GRANDUNION_HOME": PLACE, "GRANDUNION_MEANING": "off"}
os.environ.pop("GRANDUNION_DATABASE_URL", None)

import django  # noqa: E402

django.setup()  # the models below can be imported only then

from django.core.management import call_command  # noqa: E402

from benchmarks.desk import _checks, _ground, report  # noqa: E402
from benchmarks.desk._quarter import Quarter  # noqa: E402
from grandunion.work.queries.lists import working_calendar  # noqa: E402

ZONE = ZoneInfo("Asia/Shanghai")
STARTS_AT, ENDS_AT = datetime(2026, 1, 5, tzinfo=ZONE), datetime(2026, 4, 6, tzinfo=ZONE)  # with the Spring Festival
HERE = Path(__file__).parent


def main() -> int:
    """Live the quarter, check it; the exit says whether every promise held."""
    said = argparse.ArgumentParser(prog="python -m benchmarks.desk", description=__doc__)
    said.add_argument("--needs", type=int, default=4000)
    said.add_argument("--sample", type=int, default=250, help="limits compared with the ticking clock")
    said.add_argument("--results", type=Path, help="the page to write; RESULTS.md beside this file at 4,000 needs")
    asked = said.parse_args()
    call_command("migrate", verbosity=0)
    ground = _ground.lay(STARTS_AT)
    calendar, began = working_calendar(), time.perf_counter()
    quarter = Quarter(ground, STARTS_AT, ENDS_AT, calendar, random.Random(20260105))  # noqa: S311 - a simulation
    quarter.live(asked.needs)
    lived = time.perf_counter() - began
    found = report.Found(
        needs=asked.needs, offices=_ground.OFFICES, seconds=lived, quarter=quarter,
        ticked=_checks.against_the_ticking_clock(calendar, ENDS_AT, asked.sample),
        shown=_checks.kept_deadlines(calendar), faults=_checks.faults(ENDS_AT, 30),
        machine=f"{platform.system()}, {os.cpu_count()} cores, Python {platform.python_version()}",
    )  # fmt: skip
    page = report.page(found)
    sys.stdout.write(page)
    to = asked.results or (HERE / "RESULTS.md" if asked.needs == 4000 else None)
    if to:
        to.write_text(page, "utf-8")
    return int(found.is_broken)


sys.exit(main())
