"""Setting candidates aside: the desk says why several do not fit, and they are not suggested again."""

from collections.abc import Iterable
from datetime import datetime

from grandunion.records.achievements import Achievement
from grandunion.records.matches import Match, Offer
from grandunion.records.needs import Need
from grandunion.records.parties import Person
from grandunion.terms.matches import DeclineReason
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Refused
from grandunion.work.actions.base import atomic
from grandunion.work.actions.matches.consent import decline
from grandunion.work.actions.matches.pairing import suggest

Pair = tuple[Need, Achievement | Offer | Person]
MOST = 50


@atomic
def dismiss(pairs: Iterable[Pair], reason: DeclineReason, *, by: Reader, at: datetime, note: str = "") -> list[Match]:
    """Keep each pair as declined by the desk, with one counted reason for all; all of them or none."""
    pairs = tuple(pairs)
    if not pairs:
        raise Refused(Text("Tick at least one first.", "请先勾选至少一项。"))
    if len(pairs) > MOST:
        raise Refused(Text(f"Set aside at most {MOST} at a time.", f"一次最多排除 {MOST} 项。"))
    return [decline(suggest(need, subject, by=by, at=at), reason, by=by, at=at, note=note) for need, subject in pairs]
