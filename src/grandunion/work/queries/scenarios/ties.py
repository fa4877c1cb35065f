"""What keeps somebody from reviewing the bids of a challenge: they belong to a side of it, or declared a conflict."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from grandunion.records.parties import Conflict, Membership, Position, User
from grandunion.records.scenarios import Challenge
from grandunion.work.queries.scenarios.rows import STANDING_BIDS, ChallengeRows

MOST = 100


def sides(record: Challenge, rows: ChallengeRows) -> frozenset[int]:
    """The organisations that have a stake in the review: who has the need, and everybody who bids."""
    bidders = {one.owner_id for one in rows.bids if one.state in STANDING_BIDS and one.owner_id}
    return frozenset(bidders | ({record.owner_id} if record.owner_id else set()))


def tied(organisations: Collection[int], at: datetime) -> Q:
    """The accounts that stand to one of these organisations: as member, employee, or by a declared conflict."""
    today = timezone.localtime(at).date()
    now = Q(starts_on__lte=today) & (Q(ends_on=None) | Q(ends_on__gt=today))
    members = (
        Membership.objects.unscoped("whoever belongs to a side never reviews its bid")
        .filter(now, organisation__in=organisations)
        .values("user")
    )
    holders = (
        Position.objects.unscoped("whoever belongs to a side never reviews its bid")
        .filter(now, organisation__in=organisations)
        .values("person")
    )
    declared = (
        Conflict.objects.unscoped("whoever belongs to a side never reviews its bid")
        .filter(organisation__in=organisations, ended_at=None)
        .values("user")
    )
    return Q(pk__in=members) | Q(person__in=holders) | Q(pk__in=declared)


def is_tied(record: Challenge, rows: ChallengeRows, user: User, at: datetime) -> bool:
    """Whether the account stands to a side of the challenge."""
    return User.objects.filter(tied(sides(record, rows), at), pk=user.pk).exists()


def possible_reviewers(record: Challenge, rows: ChallengeRows, at: datetime, apart: Q | None = None) -> QuerySet[User]:
    """Accounts without a tie to any side that are not asked yet, nor kept apart, by name, at most a hundred."""
    bound = tied(sides(record, rows), at)
    free = User.objects.filter(is_active=True).exclude(bound if apart is None else bound | apart)
    return free.exclude(pk__in=[one.reviewer_id for one in rows.reviewers]).order_by("name_zh", "email")[:MOST]
