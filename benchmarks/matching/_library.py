"""A hub of its own that is kept: real needs, with Chinese patents and NASA's software as what is on offer.

`python -m benchmarks.matching._library HOME WHAT` answers in JSON on its standard output, and is what the case `pairs`
asks; it is a process of its own because a hub's home is settled once a process.
"""

import json
import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

HOME = Path(sys.argv[1]) if __name__ == "__main__" else Path()
os.environ["GRANDUNION_HOME"] = str(HOME)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "grandunion.config.settings")

import django  # noqa: E402
import numpy as np  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402

from benchmarks.matching import _reading, _registers, sources  # noqa: E402
from grandunion.adapters import index  # noqa: E402
from grandunion.adapters.vectors import tables  # noqa: E402
from grandunion.records.achievements import Achievement  # noqa: E402
from grandunion.records.needs import Need  # noqa: E402
from grandunion.terms.achievements import AchievementState  # noqa: E402
from grandunion.terms.matches import Market  # noqa: E402
from grandunion.terms.needs import Category, NeedState  # noqa: E402
from grandunion.terms.readers import house  # noqa: E402
from grandunion.terms.secrecy import Level  # noqa: E402
from grandunion.work.queries import matches  # noqa: E402

AT = datetime(2026, 11, 1, tzinfo=UTC)
COMPANIES = 3_200  # rows of the English register before the software


def make() -> None:
    """Fill the hub where it is empty: words of titles and abstracts, meaning of titles (`_registers` has read them)."""
    HOME.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)
    if Need.objects.unscoped("the library of the benchmark is its own").exists():
        return
    tables.adopt(_reading.model().model)
    with transaction.atomic():
        _keep(Need, list(_needs()))
        offers = _keep(Achievement, list(_achievements()))
        zh = _reading.vectors("register-zh", _registers.chinese())
        en = _reading.vectors("register-en", _registers.english())[COMPANIES:]
        patents = sum(one.source_kind == "patent" for one in offers)
        _read(offers, np.concatenate([zh[:patents], en[: len(offers) - patents]]))


def _keep(table: type, rows: list) -> list:
    kept = table.objects.bulk_create(rows, batch_size=500)
    index.put_many(table.kind, [(one.pk, [getattr(one, name) for name in table.searched]) for one in kept])
    return kept


def _read(offers: list[Achievement], vectors: np.ndarray) -> None:
    """Keep the vector of each offer's title, as if the model had read it now."""
    tables.wait([(one.kind, one.pk, one.title_zh, one.title_en) for one in offers])
    waiting = {one.subject_id: one for one in tables.waiting(len(offers), Achievement.kind)}
    read = {
        waiting[one.pk]: [_passage(one, vector.astype("<f4").tobytes())]
        for one, vector in zip(offers, vectors, strict=True)
    }
    tables.settle(_reading.model().model, read)


def _passage(one: Achievement, vector: bytes) -> tables.Passage:
    return tables.Passage(0, "zh" if one.title_zh else "en", one.title_zh or one.title_en, vector)


def _achievements() -> Iterator[Achievement]:
    shared = {"level": Level.MEMBERS, "state": AchievementState.IN_LIBRARY, "state_at": AT, "created_at": AT,
              "updated_at": AT}  # fmt: skip
    patents = sources.lines("cn-patents-bdci2022", "cn_patents.jsonl.gz")
    for place, row in enumerate(patents, 1):
        yield Achievement(number=f"ACH-2026-{place:05d}", source_ref=row["id"], source_kind="patent",
                          title_zh=row["title"][:300], abstract_public_zh=row["abstract"], **shared)  # fmt: skip
    software = sources.lines("nasa-software-catalog", "nasa_code.jsonl.gz")
    for place, row in enumerate(software, 50_001):
        yield Achievement(number=f"ACH-2026-{place:05d}", source_ref=row["id"], source_kind="nasa",
                          title_en=row["name"][:300], abstract_public_en=row["description"], **shared)  # fmt: skip


def _needs() -> Iterator[Need]:
    for place, row in enumerate(sources.table("bdci2019-needs", "requirements.csv.gz"), 1):
        yield Need(number=f"NED-2026-{place:05d}", source_ref=row["Rid"], source_kind="bdci", level=Level.MEMBERS,
                   state=NeedState.RECEIVED, category=Category.TECHNOLOGY, title_zh=row["title"][:300],
                   text_zh=row["content"], state_at=AT, received_at=AT, created_at=AT, updated_at=AT)  # fmt: skip


def ranked(needs: list[str], most: int) -> dict[str, list[tuple[str, str, int]]]:
    """The engine's whole answer for each need: (register, id, percent), best first."""
    reader, found = house(AT), {}
    for ref in needs:
        need = Need.objects.unscoped("the library of the benchmark is its own").select_related(None).get(source_ref=ref)
        answer = matches.candidates(need, reader, most, Market.TECHNOLOGY)
        found[ref] = [(one.subject.source_kind, one.subject.source_ref, one.percent) for one in answer.offers]
    return found


def scored(pairs: list[list[str]]) -> list[int]:
    """The engine's score, out of 100, of each pair (need, offer)."""
    reader, found = house(AT), {}
    for ref in {need for need, _ in pairs}:
        need = Need.objects.unscoped("the library of the benchmark is its own").get(source_ref=ref)
        refs = [offer for one, offer in pairs if one == ref]
        rows = matches.on_offer(reader).filter(source_ref__in=refs)
        answer = matches.compared(need, rows, reader, Market.TECHNOLOGY)
        found |= {(ref, subject.source_ref): round(score.value * 100) for subject, score in answer}
    return [found[need, offer] for need, offer in pairs]


def main() -> int:
    """Make the library, then answer what the standard input asks: {"ranked": …, "most": …} or {"scored": …}."""
    asked = json.load(sys.stdin)
    make()
    answer = {}
    if "ranked" in asked:
        answer["ranked"] = ranked(asked["ranked"], asked["most"])
    if "scored" in asked:
        answer["scored"] = scored(asked["scored"])
    json.dump(answer, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
