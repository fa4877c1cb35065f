"""The matches a reader may see, what belongs to each, and the facts its flow reads."""

from django.db.models import Count, Q, QuerySet

from grandunion.records.achievements import Achievement
from grandunion.records.matches import Match, Meeting, Offer
from grandunion.records.parties import Conflict, Person
from grandunion.terms.matches import DeclineReason, FailReason, Market, MatchState, SuccessKind
from grandunion.terms.readers import Reader
from grandunion.work.queries.base import opened_of, visible
from grandunion.work.queries.base.kept import ASKER, SAMPLE, asked, stand_in
from grandunion.work.queries.matches.sight import values_seen

DRAWN = (
    "need", "need__owner__region__parent__parent", "need__field__parent", "need__industry", "need__area",
    "opportunity__owner", "opportunity__domain", "opportunity__field", "capability__domain", "capability__field",
    "achievement__field", "achievement__industry", "offer__field", "offer__owner", "offering", "expert", "owner",
    "area", "in_charge", "needing_accepted_by", "offering_accepted_by",
)  # fmt: skip
SHARED_FROM = frozenset(
    {MatchState.INTRODUCED, MatchState.MEETING, MatchState.NEGOTIATING, MatchState.SUCCESS, MatchState.FAILED}
)
COLUMNS = {"achievement": "achievement", "offer": "offer", "person": "expert"}  # where a match names what is offered
LIVE = frozenset(MatchState) - {MatchState.DECLINED, MatchState.FAILED}


def visible_to(reader: Reader) -> QuerySet[Match]:
    """The matches the reader may see: a mere suggestion is the desk's own until it is sent."""
    return _apart(visible(Match, reader), *_known_of(reader), asker=reader.user_id or 0)


def _known_of(reader: Reader) -> tuple[tuple[int, ...], bool]:
    """Whom the reader must not deal with, and whether they read what the desk does."""
    return ((), True) if reader.is_house else (tuple(sorted(reader.conflicts)), reader.reads_rows)


def _apart(rows: QuerySet[Match], conflicts: tuple[int, ...], is_desk: bool, asker: int = ASKER) -> QuerySet[Match]:
    if conflicts:
        rows = rows.exclude(offering__in=conflicts).exclude(need__owner__in=conflicts)
        rows = rows.exclude(opportunity__owner__in=conflicts)
    return rows if is_desk else rows.filter(~Q(state=MatchState.SUGGESTED) | Q(in_charge=asker))


def get(number: str, reader: Reader) -> Match:
    """The match with this number, if the reader may see it."""
    return opened_of(Match, reader, _apart, _known_of(reader), *DRAWN, number=number)


def tried(need: int, reader: Reader) -> list[tuple]:
    """What stands beside a need, as far as the reader sees it: (achievement, offer, expert, state, reason, number)."""
    return values_seen(Match, reader, _tried, _known_of(reader), need)


def _tried(rows: QuerySet[Match], conflicts: tuple[int, ...], is_desk: bool) -> QuerySet[Match]:
    rows = _apart(rows, conflicts, is_desk).filter(need=SAMPLE).order_by()
    return rows.values_list("achievement", "offer", "expert", "state", "reason", "number")


def beside(subject: Achievement | Offer | Person, reader: Reader) -> set[int]:
    """The needs beside which an offer stands already, as far as the reader sees their matches."""
    given = (COLUMNS[subject.kind], *_known_of(reader))
    return {need for (need,) in values_seen(Match, reader, _beside, given, subject.pk)}


def _beside(rows: QuerySet[Match], column: str, conflicts: tuple[int, ...], is_desk: bool) -> QuerySet[Match]:
    return _apart(rows, conflicts, is_desk).filter(**{column: SAMPLE}).order_by().values_list("need")


def of_need(need: object, reader: Reader) -> list[Match]:
    """The matches of a need that the reader may see, the latest first."""
    rows = visible_to(reader).filter(need=need).select_related("achievement", "offer", "offering", "expert")
    return list(rows.order_by("-updated_at", "-pk"))


def existing(need: object, subject: Achievement | Offer | Person) -> Match | None:
    """The match of this pair, seen or unseen: the pair stands once."""
    one, other = stand_in(0), stand_in(1)
    found = asked(_pair, (COLUMNS[subject.kind], one, other), {one: need.pk, other: subject.pk})
    return found[0] if found else None


def _pair(column: str, need: int, subject: int) -> QuerySet[Match]:
    rows = Match.objects.unscoped("a pair stands once, whoever suggested it first")
    beside = {"achievement": None, "offer": None, column: subject}
    return rows.select_related(*DRAWN).filter(need=need, **beside).order_by("pk")[:1]


def meetings(match: Match) -> list[Meeting]:
    """The meetings of a match that the reader has opened, the latest first."""
    rows = Meeting.objects.unscoped("meetings of a match the reader has opened").filter(match=match)
    return list(rows.select_related("noted_by").order_by("-at", "-pk"))


def facts(match: Match) -> dict:
    """What the flow of matches reads; see `engines.flows.matches.FACTS`."""
    return {
        "has_conflict": has_conflict(match),
        "has_offering_consent": match.offering_accepted_at is not None,
        "has_needing_consent": match.needing_accepted_at is not None,
        "decline_reason": match.reason if DeclineReason.has(match.reason) else None,
        "success_kind": match.outcome if SuccessKind.has(match.outcome) else None,
        "fail_reason": match.reason if FailReason.has(match.reason) else None,
    }


def has_conflict(match: Match) -> bool:
    """Whether the two sides are one, or the officer in charge must not deal with one of them."""
    asking = match.asking.owner_id
    sides = {pk for pk in (match.offering_id, match.owner_id, asking) if pk}
    if match.offering_id and match.offering_id in (match.owner_id, asking):
        return True
    return bool(match.in_charge_id) and bool(conflicts_of(match.in_charge_id) & sides)


def conflicts_of(user_id: int | None) -> frozenset[int]:
    """The organisations with which a user stands in conflict of interest."""
    if user_id is None:
        return frozenset()
    rows = Conflict.objects.unscoped("the conflicts of whoever runs a case keep the case clean")
    return frozenset(rows.filter(user=user_id, ended_at=None).values_list("organisation", flat=True))


def is_shared(match: Match) -> bool:
    """Whether each side may know the other's contact: both have consented, and the desk has introduced them."""
    return (
        match.state in SHARED_FROM and match.needing_accepted_at is not None and match.offering_accepted_at is not None
    )


def declined_counts(reader: Reader) -> list[tuple[Market, DeclineReason, int]]:
    """How often each reason to decline was given on each market, among the matches the reader may see."""
    rows = visible_to(reader).filter(state=MatchState.DECLINED).order_by()
    counted = rows.values_list("market", "reason").annotate(number=Count("pk")).order_by("market", "-number", "reason")
    return [(Market(m), DeclineReason(r), n) for m, r, n in counted if DeclineReason.has(r)]
