"""Bids for open challenges, sealed until bidding is over, who reviews them, and the points given."""

from django.db import models
from django.db.models import Q

from grandunion.records.base import ASKED, S0, S1, S2, Guarded, code_field, declared, one_of
from grandunion.records.parties import User
from grandunion.records.scenarios.challenges import Challenge
from grandunion.records.scenarios.pages import PAGE_FIELDS, OnePage, price_positive, trl_known
from grandunion.terms.scenarios import BidState
from grandunion.terms.secrecy import Level

STANDING = [state.value for state in (BidState.DRAFT, BidState.SUBMITTED, BidState.QUALIFIED, BidState.AWARDED)]


class Bid(OnePage):
    """One bidder's page for one challenge; until bidding is over its level is `named`, so no officer opens it."""

    challenge = models.ForeignKey(Challenge, models.PROTECT, related_name="+")
    team = models.TextField(blank=True)
    milestones = models.TextField(blank=True)
    state = code_field(BidState, BidState.DRAFT)

    kind = "bid"
    secrecy = declared(
        {
            S0: "state",
            S1: "challenge state_at heading submitted_at",
            S2: PAGE_FIELDS.removeprefix("heading ") + " team milestones contact_name contact_email contact_phone "
            "feedback",
        }
    )

    class Meta:
        constraints = [
            one_of("state", BidState, "bid_state_known"),
            one_of("level", Level, "bid_level_known"),
            models.UniqueConstraint(  # who was answered may bid again when the challenge is announced anew
                fields=["challenge", "owner"], name="bid_once", condition=Q(state__in=STANDING)
            ),
            models.UniqueConstraint(
                fields=["challenge"], name="bid_one_awarded", condition=Q(state=BidState.AWARDED.value)
            ),
            trl_known("bid_trl_1_to_9"),
            price_positive("bid_price_positive"),
        ]
        indexes = [
            models.Index(fields=["challenge", "state"], name="bid_challenge"),
            models.Index(fields=["-updated_at", "-id", "state", *ASKED], name="bid_recent"),
        ]


class ChallengeReviewer(models.Model):
    """Somebody asked to review the bids of a challenge, or the conflict that keeps them out."""

    challenge = models.ForeignKey(Challenge, models.CASCADE, related_name="+")
    reviewer = models.ForeignKey(User, models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField()
    has_conflict = models.BooleanField(null=True)
    conflict_note = models.CharField(max_length=300, blank=True)
    declared_at = models.DateTimeField(null=True)

    objects = Guarded()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["challenge", "reviewer"], name="challenge_reviewer_once")]


class BidScore(models.Model):
    """One reviewer's points for one bid, 0 to 10 for each criterion; final once given."""

    bid = models.ForeignKey(Bid, models.CASCADE, related_name="+")
    reviewer = models.ForeignKey(User, models.PROTECT, related_name="+")
    technical = models.PositiveSmallIntegerField()
    feasibility = models.PositiveSmallIntegerField()
    team = models.PositiveSmallIntegerField()
    value = models.PositiveSmallIntegerField()
    comment = models.TextField(blank=True)
    submitted_at = models.DateTimeField()

    objects = Guarded()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bid", "reviewer"], name="bid_score_once"),
            models.CheckConstraint(
                name="bid_score_0_to_10",
                condition=Q(technical__lte=10) & Q(feasibility__lte=10) & Q(team__lte=10) & Q(value__lte=10),
            ),
        ]
