"""What the clock does to scenarios and challenges: lists close, bidding opens and closes, payments fall due."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime

from django.db.models import F
from django.utils import timezone

from grandunion.records.scenarios import Challenge, Instalment, Opportunity, Proposal
from grandunion.terms.readers import Reader
from grandunion.terms.scenarios import ChallengeState, OpportunityState
from grandunion.terms.verdicts import Refused
from grandunion.work.actions import journal
from grandunion.work.actions.base import atomic, lock
from grandunion.work.actions.scenarios import challenges
from grandunion.work.actions.scenarios.moving import moved
from grandunion.work.queries.scenarios.rows import WAITING

Deed = Callable[[], None]


def run_due(by: Reader, at: datetime, limit: int = 200) -> int:
    """Do what is due, the oldest first, each in its own transaction; answers how many deeds were done.

    Nothing is done twice: each deed moves its record on or leaves its mark. Where a record does not stand as it did
    a moment ago, the deed is left to the next turn.
    """
    done, by = 0, replace(by, at=at)
    for _, deed in sorted(_due(by, at), key=lambda one: one[0])[:limit]:
        try:
            deed()
        except Refused:
            continue
        done += 1
    return done


def _due(by: Reader, at: datetime) -> Iterator[tuple[str, Deed]]:
    yield from _lists(by, at)
    yield from _bidding(by, at)
    yield from _payments(by, at)


def _lists(by: Reader, at: datetime) -> Iterator[tuple[str, Deed]]:
    """Opportunities whose last day for proposals has passed, if somebody has proposed."""
    today = timezone.localtime(at).date()
    asked = (
        Proposal.objects.unscoped("the clock looks at every record whose day has come")
        .filter(state__in=WAITING)
        .values("opportunity")
    )
    rows = Opportunity.objects.unscoped("the clock looks at every record whose day has come").filter(
        state=OpportunityState.PUBLISHED, proposals_until__lt=today, pk__in=asked
    )
    for row in rows.order_by("proposals_until", "pk"):
        yield row.proposals_until.isoformat(), lambda row=row: _close_list(row, by, at)


@atomic
def _close_list(row: Opportunity, by: Reader, at: datetime) -> None:
    moved(lock(row), "begin_matching", by=by, at=at)


def _bidding(by: Reader, at: datetime) -> Iterator[tuple[str, Deed]]:
    """Challenges whose bidding begins or ends."""
    rows = Challenge.objects.unscoped("the clock looks at every record whose day has come")
    for row in rows.filter(state=ChallengeState.LIST_PUBLISHED, bids_from__lte=at).order_by("bids_from", "pk"):
        yield row.bids_from.isoformat(), lambda row=row: _open_bids(row, by, at)
    for row in rows.filter(state=ChallengeState.BIDS_OPEN, bids_until__lte=at).order_by("bids_until", "pk"):
        yield row.bids_until.isoformat(), lambda row=row: _close_bids(row, by, at)


@atomic
def _open_bids(row: Challenge, by: Reader, at: datetime) -> None:
    challenges.moved(lock(row), "open_bids", by=by, at=at)


@atomic
def _close_bids(row: Challenge, by: Reader, at: datetime) -> None:
    challenges.close_bids(lock(row), by=by, at=at)


def _payments(by: Reader, at: datetime) -> Iterator[tuple[str, Deed]]:
    """Instalments whose milestone is late, or met and not paid; each is said once."""
    today = timezone.localtime(at).date()
    rows = Instalment.objects.unscoped("the clock looks at every record whose day has come").filter(
        paid_on=None, reminded_at=None, due_on__lt=today,
        challenge__state__in=(ChallengeState.IN_PROGRESS, ChallengeState.ACCEPTANCE),
    )  # fmt: skip
    for row in rows.select_related("challenge").order_by(F("due_on"), "pk"):
        yield row.due_on.isoformat(), lambda row=row: _remind(row, by, at)


@atomic
def _remind(row: Instalment, by: Reader, at: datetime) -> None:
    fresh = Instalment.objects.unscoped("the clock looks at every record whose day has come").filter(
        pk=row.pk, reminded_at=None
    )
    if fresh.update(reminded_at=at):
        verb = "challenge.milestone_late" if row.met_at is None else "challenge.payment_late"
        journal.note(verb, row.challenge, by=by, at=at, changes={"milestone": (None, row.milestone.zh)})
