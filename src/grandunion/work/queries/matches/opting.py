"""On which markets a party wants to be suggested."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from grandunion.records.matches import OptOut
from grandunion.records.parties import Organisation, Person
from grandunion.terms.matches import Market

Party = Organisation | Person
ALL = ""  # the market of whoever wants no suggestions at all


@dataclass(frozen=True, slots=True)
class Opting:
    """What a party has opted out of, by the code of the market; `""` is every market, those to come too."""

    out: Mapping[str, OptOut]

    @property
    def wanted(self) -> tuple[Market, ...]:
        """The markets on which it is suggested."""
        return () if ALL in self.out else tuple(market for market in Market if market.value not in self.out)

    def since(self, market: Market) -> OptOut | None:
        """The wish that keeps it out of a market."""
        return self.out.get(ALL) or self.out.get(market.value)


def opting_of(party: Party) -> Opting:
    """What an organisation or a person has opted out of now."""
    return Opting({row.market: row for row in open_wishes(party).order_by("pk")})


def open_wishes(party: Party) -> QuerySet[OptOut]:
    """The wishes of a party that hold."""
    rows = OptOut.objects.unscoped("a party's own page says on which markets it is suggested")
    return rows.filter(**{party.kind: party}, ended_at=None)
