"""Keeps the index of meaning: reads what waits, puts right what differs, centres it anew on the hub's own texts."""

from collections.abc import Callable
from datetime import datetime

from grandunion.adapters import meaning
from grandunion.terms.verdicts import no, require
from grandunion.work.actions.base import atomic
from grandunion.work.queries.upkeep.meaning import KINDS, MEANT, differing, is_on, standing

AT_ONCE = 16
Told = Callable[[int, int], None]


def read(most: int = AT_ONCE) -> int:
    """Read up to so many texts that wait; answers how many that were, none when all is read or no model is there."""
    return meaning.catch_up(most)


def read_all(told: Told = lambda done, of: None) -> int:
    """Read everything that waits, telling how far it is; answers how many records. Refuses without a model."""
    _need_a_model()
    done, of = 0, sum(waiting for _, waiting in standing().counts.values())
    while count := meaning.catch_up(AT_ONCE):
        done += count
        told(done, max(of, done))
    return done


@atomic
def refill() -> int:
    """Let every record wait whose texts the index does not have, and forget what is gone; answers how many."""
    _need_it_on()
    count = 0
    for record in MEANT:
        found = differing(record)
        meaning.put_many(found.kind, found.lacking)
        for pk in found.gone:
            meaning.drop(found.kind, pk)
        count += found.count
    return count


def mend() -> list:
    """Make the files of the index anew from the database; answers what is still wrong with them (nothing)."""
    meaning.mend()
    return list(meaning.problems(KINDS))


def refit(at: datetime) -> dict[str, tuple[int, bool]]:
    """Centre each language's vectors on the hub's own texts; answers how many passages there were, and if enough."""
    _need_it_on()
    return meaning.refit(f"own {at:%Y-%m-%dT%H:%M:%SZ}")


def _need_it_on() -> None:
    require(is_on() or no(
        "Search by meaning is switched off (GRANDUNION_MEANING=off).", "语义检索已关闭（GRANDUNION_MEANING=off）。",
    ))  # fmt: skip


def _need_a_model() -> None:
    _need_it_on()
    missing = standing().missing
    require(missing is None or no(missing.en, missing.zh))
