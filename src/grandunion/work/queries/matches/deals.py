"""What investors did before, as the hub's own matches tell the desk: introductions that led to an investment."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from grandunion.engines.matching import Part
from grandunion.engines.matching.library import Library
from grandunion.engines.matching.mandates import Deal, Mandate, Sought, learnt, part, score
from grandunion.records.matches import Match
from grandunion.records.needs import Need
from grandunion.terms.matches import MatchState, SuccessKind
from grandunion.terms.readers import Reader
from grandunion.terms.text import either
from grandunion.work.queries import needs
from grandunion.work.queries.matches.rows import visible_to
from grandunion.work.queries.matches.sight import Among
from grandunion.work.queries.matches.topics import tellings

LATEST = 400  # deals that are read at once


@dataclass(frozen=True, slots=True)
class Deals:
    """The deals of some investors that the reader may know, ready to be held against needs."""

    mandates: Mapping[int, Mandate]
    library: Library

    def parts(self, need: Need, reader: Reader) -> dict[int, Part]:
        """How each investor's deals fit a need, by the id of the investor; nothing of those without deals."""
        if not self.mandates:
            return {}
        sought = self._sought(need, reader)
        found = {pk: part(score(sought, mandate, self.library)) for pk, mandate in self.mandates.items()}
        return {pk: one for pk, one in found.items() if one is not None}

    def _sought(self, need: Need, reader: Reader) -> Sought:
        project = project_of(need)
        backers = {pk for pk, one in self.mandates.items() if any(deal.project == project for deal in one.deals)}
        amount = float(need.budget) if need.budget is not None and need.currency == CURRENCY else None
        words = tellings("\n".join((need.title_zh, need.title_en, need.text_zh, need.text_en)))
        return Sought(
            project, reader.at.date(), self.library.ask(words), _area(need.area_id), need.finance_round, amount,
            frozenset(map(str, backers)),
        )  # fmt: skip


CURRENCY = "CNY"  # amounts in other currencies are not compared
NONE = Deals({}, Library(()))


def deals(investors: Iterable[int], reader: Reader) -> Deals:
    """The deals of organisations, with those who invested beside them: for the desk, out of matches that it sees."""
    investors = set(investors) - {None}
    if not investors or not reader.reads_rows:
        return NONE
    rows = _done(reader)
    projects = rows.filter(Among(investors, "offering")).values("need")
    found = list(rows.filter(need__in=projects).order_by("-state_at", "-pk").select_related("need")[:LATEST])
    if not found:
        return NONE
    beside: dict[int, set[str]] = {}
    for one in found:
        beside.setdefault(one.need_id, set()).add(str(one.offering_id))
    done: dict[int, list[Deal]] = {}
    for one in (one for one in found if one.offering_id in investors):
        done.setdefault(one.offering_id, []).append(_deal(one, beside[one.need_id]))
    mandates = {pk: learnt(str(pk), some, reader.at.date()) for pk, some in done.items()}
    return Deals(
        {pk: one for pk, one in mandates.items() if one.deals},
        Library(deal.words for some in done.values() for deal in some),
    )


def _done(reader: Reader) -> object:
    """The matches that led to an investment, of needs that the reader sees too."""
    rows = visible_to(reader).filter(state=MatchState.SUCCESS, outcome=SuccessKind.INVESTMENT)
    return rows.filter(need__in=needs.visible_to(reader).order_by()).exclude(offering=None)


def _deal(match: Match, beside: set[str]) -> Deal:
    need = match.need
    return Deal(
        project=project_of(need),
        title=either(need.title_en, need.title_zh),
        on=match.state_at.date(),
        words=tellings("\n".join((need.title_zh, need.title_en, need.text_zh, need.text_en))),
        place=_area(need.area_id),
        stage=need.finance_round,
        amount=float(need.budget) if need.budget and need.currency == CURRENCY else None,
        beside=frozenset(beside - {str(match.offering_id)}),
    )


def project_of(need: Need) -> str:
    """What was invested in: the organisation that needed the money, else the need by itself."""
    return f"organisation {need.owner_id}" if need.owner_id else f"need {need.pk}"


def _area(pk: int | None) -> str:
    return "" if pk is None else str(pk)
