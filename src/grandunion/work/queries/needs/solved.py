"""How often what somebody is typing was solved before, and how quickly: numbers only, never anybody's words."""

from dataclasses import dataclass
from statistics import median_high

from grandunion.adapters import index
from grandunion.engines.matching.identity.texts import Writing, likeness
from grandunion.records.needs import Need
from grandunion.terms.needs import NeedState

LOOKED, LONGEST = 240, 300
LIKE = 0.45  # from here on a title counts as saying much the same
FEWEST = 5  # fewer would tell of single applicants


@dataclass(frozen=True, slots=True)
class SolvedBefore:
    """So many needs like it were solved, half of them within so many days."""

    count: int
    days: int


def solved_before(title: str) -> SolvedBefore | None:
    """What became of needs with a title like this one; None where too few were solved to be told of."""
    typed = " ".join(title.replace("\x00", " ").split())[:LONGEST]
    if len(typed) < 2:
        return None
    near = [pk for pk, _ in index.any_of("need", typed, limit=LOOKED)]
    rows = Need.objects.unscoped("only how many like it were solved and how quickly; nobody's words are shown")
    ended = rows.filter(pk__in=near, state=NeedState.CLOSED_SOLVED).exclude(received_at=None).exclude(closed_at=None)
    wanted = Writing(title_zh=typed, title_en=typed)
    days = [
        max((closed_at - received_at).days, 1)
        for zh, en, received_at, closed_at in ended.values_list("title_zh", "title_en", "received_at", "closed_at")
        if likeness(wanted, Writing(title_zh=zh, title_en=en)).value >= LIKE
    ]
    return SolvedBefore(len(days), median_high(days)) if len(days) >= FEWEST else None
