"""Who could take part in a round: found by number, by words, or everybody whom its market brings together."""

from collections.abc import Iterable, Sequence
from itertools import islice

from django.db.models import Q, QuerySet

from grandunion.engines.matching import EXPERT, PLANS, markets_of
from grandunion.records.achievements import Achievement
from grandunion.records.matches import Offer, Participant, Round
from grandunion.records.needs import Need
from grandunion.records.parties import Organisation, Person
from grandunion.terms.achievements import AchievementState
from grandunion.terms.matches import Market, Side
from grandunion.terms.needs import Category
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text
from grandunion.work.queries.base import visible
from grandunion.work.queries.matches.demand import OPEN_NEEDS
from grandunion.work.queries.matches.supply import pools

Brought = Need | Offer | Achievement | Organisation | Person
TABLES: dict[str, type[Brought]] = {
    "NED": Need, "OFR": Offer, "ACH": Achievement, "ORG": Organisation, "PER": Person,
}  # fmt: skip
REVIEWED = (AchievementState.SUBMITTED, AchievementState.SCREENING, AchievementState.EVALUATING)
SHOWN = 60
MOST = 500  # brought in with one click


def seated(round_: Round) -> set[tuple[str, int]]:
    """What takes part in a round now, by kind and id; who has cancelled may come back."""
    kinds = [table.kind for table in TABLES.values()]
    rows = Participant.objects.unscoped("who takes part in a round the reader has opened")
    found = rows.filter(round=round_, cancelled_at=None).values_list(*(f"{kind}_id" for kind in kinds))
    return {(kind, pk) for row in found for kind, pk in zip(kinds, row, strict=True) if pk}


def brought(numbers: Iterable[str], reader: Reader) -> dict[str, Brought]:
    """The records with these numbers that the reader sees and that can take part; one question for each kind."""
    by_kind: dict[str, list[str]] = {}
    for number in numbers:
        by_kind.setdefault(number[:3], []).append(number)
    found = {
        row.number: row
        for prefix, some in by_kind.items() if prefix in TABLES
        for row in visible(TABLES[prefix], reader).filter(number__in=some)
    }  # fmt: skip
    return {number: found[number] for some in by_kind.values() for number in some if number in found}


def eligible(round_: Round, side: Side, reader: Reader, words: str = "", most: int = SHOWN) -> list[Brought]:
    """Whom the market of a round brings together on a side and who does not take part yet, by words or all."""
    there = seated(round_)
    found: list[Brought] = []
    for rows in _pools(Market(round_.market), side, reader, is_searched=bool(words.strip())):
        rows = rows.filter(_said(rows.model, words)) if words.strip() else rows
        fresh = (row for row in rows.order_by("-updated_at", "-pk")[: most + len(there)]
                 if (row.kind, row.pk) not in there)  # fmt: skip
        found += islice(fresh, most - len(found))
    return found


def _pools(market: Market, side: Side, reader: Reader, *, is_searched: bool) -> Sequence[QuerySet]:
    """The open needs of the market, or what is on offer there; for a review the achievements that are evaluated.

    Whoever looks for words finds organisations on the needing side too; nobody brings all of them in at once.
    """
    if side is Side.OFFERING:
        return pools(PLANS[market].kinds or (EXPERT,), reader)
    organisations = (visible(Organisation, reader),) if is_searched else ()
    if market is Market.REVIEW:
        evaluated = visible(Achievement, reader).filter(state__in=REVIEWED).select_related("owner")
        return (evaluated, *organisations)
    categories = [category for category in Category if market in markets_of(category)]
    rows = visible(Need, reader).filter(state__in=OPEN_NEEDS).select_related("owner")
    return (rows.filter(category__in=categories) if categories else rows, *organisations)


def _said(table: type[Brought], words: str) -> Q:
    named = ("name",) if table in (Person, Organisation) else ("title", "owner__name")
    names = [f"{one}_{language}" for one in named for language in ("zh", "en")]
    condition = Q(number__iexact=words.strip())
    for name in names:
        condition |= Q(**{f"{name}__icontains": words.strip()})
    return condition


def called(one: Brought) -> Text:
    """What a record is called where one chooses."""
    return one.name if hasattr(one, "name") else one.title
