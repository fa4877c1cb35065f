"""Who has a stake in some organisations by a tie: their groups, whoever is tied to them, and the accounts of these."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from grandunion.records.matches import Tie
from grandunion.records.parties import Position, User
from grandunion.records.scenarios import Challenge
from grandunion.work.queries import scenarios
from grandunion.work.queries.matches.bonds import ONE_HOUSE, Parties, ends, parties_of


def stakes(organisations: Collection[int], at: datetime) -> Parties:
    """The organisations, all they control or are controlled by over any number of steps, and who is tied to these.

    A tie nobody has looked into counts; one that was looked into and does not stand does not. Close relatives and
    co-authors of the organisations' own people are among the persons.
    """
    group = _group(organisations)
    side = parties_of(group, _people(group, at))
    found = [end for tie in _ties(side) for end in ends(tie)]
    return parties_of(
        side.organisations | {end.pk for end in found if end.kind == "organisation"},
        {end.pk for end in found if end.kind == "person"},
    )


def free_reviewers(record: Challenge, at: datetime) -> QuerySet[User]:
    """Accounts that may be asked to review the bids: without a tie of any kind to a side, and not asked yet."""
    rows = scenarios.challenge_rows(record)
    found = stakes(scenarios.sides(record, rows), at)
    return scenarios.possible_reviewers(record, rows, at, apart=_held(found, at))


def has_stake(record: Challenge, user: User, at: datetime) -> bool:
    """Whether a tie stands between the account and a side of the challenge."""
    found = stakes(scenarios.sides(record, scenarios.challenge_rows(record)), at)
    return User.objects.filter(_held(found, at), pk=user.pk).exists()


def _held(found: Parties, at: datetime) -> Q:
    return scenarios.tied(found.organisations, at) | Q(person__in=found.persons)


def _ties(side: Parties, **only: object) -> QuerySet[Tie]:
    standing = (
        Tie.objects.unscoped("whoever has a stake in a side does not review its bids")
        .filter(ended_at=None, **only)
        .exclude(is_confirmed=False)
    )
    rows = standing.filter(side.asked("") | side.asked("other_"))
    return rows.select_related("organisation", "person", "other_organisation", "other_person").order_by("pk")


def _group(organisations: Collection[int]) -> frozenset[int]:
    """The organisations with everything above and below them; one question for each step."""
    known, fresh = frozenset(organisations), frozenset(organisations)
    while fresh:
        rows = _ties(parties_of(fresh), tie_kind__in=ONE_HOUSE)
        fresh = frozenset(end.pk for tie in rows for end in ends(tie) if end.kind == "organisation") - known
        known |= fresh
    return known


def _people(organisations: Collection[int], at: datetime) -> list[int]:
    today = timezone.localtime(at).date()
    rows = Position.objects.unscoped("whoever has a stake in a side does not review its bids").filter(
        organisation__in=organisations, starts_on__lte=today
    )
    return list(rows.filter(Q(ends_on=None) | Q(ends_on__gt=today)).values_list("person", flat=True))
