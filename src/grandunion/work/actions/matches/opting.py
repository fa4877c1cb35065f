"""On which markets a party is suggested, as it wishes itself or as it has told the desk."""

from collections.abc import Iterable
from datetime import datetime

from grandunion.records.matches import OptOut
from grandunion.records.parties import Organisation, Person
from grandunion.terms.matches import Market
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Forbidden, Refused, invalid, require
from grandunion.work.actions import base, journal
from grandunion.work.actions.base import atomic
from grandunion.work.actions.parties.values import sound
from grandunion.work.permissions import matches as permissions
from grandunion.work.queries.matches.opting import ALL, open_wishes

Party = Organisation | Person
EVERY = "all"


@atomic
def choose_markets(party: Party, wanted: Iterable[Market | str], *, by: Reader, at: datetime, reason: str = "") -> None:
    """Suggest a party on these markets and no other, from now on; on none of them, not on any to come either."""
    require(permissions.may_opt_out(by, party), Forbidden)
    said = sound("reason", reason.strip(), 300)
    if not said and not permissions.is_own_side(by, party):
        raise invalid("reason", "Say who asked for it, and how.", "请说明由谁、以何种方式提出。")
    base.lock(party)  # two who choose at once choose one after the other
    before = set(open_wishes(party).values_list("market", flat=True))
    chosen = {Market(one) for one in wanted}
    after = {market.value for market in Market if market not in chosen} if chosen else {ALL}
    if before == after:
        raise Refused(Text("That is how it is already.", "当前设置即为如此，未作更改。"))
    open_wishes(party).exclude(market__in=after).update(ended_at=at)
    OptOut.objects.bulk_create(
        [OptOut(market=market, reason=said, started_at=at, **{party.kind: party}) for market in sorted(after - before)]
    )
    changes = {"opted_out": (_said(before), _said(after)), **({"reason": ("", said)} if said else {})}
    journal.note("suggestions.chosen", party, by=by, at=at, changes=changes)


def _said(markets: set[str]) -> str:
    return " ".join(market or EVERY for market in sorted(markets))
