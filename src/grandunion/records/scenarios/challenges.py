"""Open challenges: the need and its indicators, the money and its split, the notice, the instalments."""

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q

from grandunion.records.base import (
    ASKED,
    S0,
    S1,
    S2,
    Guarded,
    Titled,
    code_field,
    declared,
    one_of,
    sourced_once,
    titled,
)
from grandunion.records.documents import Document
from grandunion.records.lists import Term
from grandunion.records.parties import Confidential, User
from grandunion.records.scenarios.thresholds import Measured, Threshold
from grandunion.terms.scenarios import PUBLIC_CHALLENGE_STATES, ChallengeState, Operator
from grandunion.terms.secrecy import Level
from grandunion.terms.text import Text, either


class Challenge(Confidential, Titled):
    """An open challenge; the owner is the enterprise that has the need."""

    state = code_field(ChallengeState, ChallengeState.NEED_COLLECTED)
    state_at = models.DateTimeField()
    demand_name = models.CharField(max_length=200, blank=True)  # as told, before the enterprise is a record here
    field = models.ForeignKey(Term, models.PROTECT, null=True, related_name="+")
    industry = models.ForeignKey(Term, models.PROTECT, null=True, related_name="+")
    text_zh = models.TextField(blank=True)
    text_en = models.TextField(blank=True)
    total_budget = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    enterprise_share = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    fiscal_share = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, default="CNY")
    conditions_zh = models.TextField(blank=True)
    conditions_en = models.TextField(blank=True)
    exemption = models.TextField(blank=True)  # what is excused where diligence was due and the work still fails
    months = models.PositiveSmallIntegerField(null=True)
    bids_from = models.DateTimeField(null=True)
    bids_until = models.DateTimeField(null=True)
    contact_name = models.CharField(max_length=100, blank=True)
    contact_email = models.EmailField(blank=True)
    contact_phone = models.CharField(max_length=40, blank=True)
    contract_number = models.CharField(max_length=100, blank=True)
    contract_value = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    signed_on = models.DateField(null=True)

    kind = "challenge"
    searched = ("number", "title_zh", "title_en", "text_zh", "text_en", "demand_name")
    meant = ("title_zh", "title_en", "text_zh", "text_en")
    public_states = PUBLIC_CHALLENGE_STATES
    secrecy = declared(
        {
            S0: "title_zh title_en state field industry text_zh text_en total_budget enterprise_share fiscal_share "
            "currency conditions_zh conditions_en exemption months bids_from bids_until",
            S1: "state_at demand_name contract_value signed_on",
            S2: "contact_name contact_email contact_phone contract_number",
        }
    )

    class Meta:
        constraints = [
            titled("challenge_titled"),
            one_of("state", ChallengeState, "challenge_state_known"),
            one_of("level", Level, "challenge_level_known"),
            sourced_once("challenge_source_once"),
            models.CheckConstraint(
                name="challenge_money_positive",
                condition=(Q(total_budget=None) | Q(total_budget__gte=0))
                & (Q(enterprise_share=None) | Q(enterprise_share__gte=0))
                & (Q(fiscal_share=None) | Q(fiscal_share__gte=0))
                & (Q(contract_value=None) | Q(contract_value__gte=0)),
            ),
            models.CheckConstraint(
                name="challenge_bidding_ordered",
                condition=Q(bids_from=None) | Q(bids_until=None) | Q(bids_until__gt=F("bids_from")),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "bids_until"], name="challenge_due"),
            models.Index(fields=["-updated_at", "-id", "state", *ASKED], name="challenge_recent"),
        ]

    @property
    def text(self) -> Text:
        return either(self.text_en, self.text_zh)

    @property
    def conditions(self) -> Text:
        return either(self.conditions_en, self.conditions_zh)


class ChallengeIndicator(Threshold):
    """What the winner of the challenge must reach."""

    challenge = models.ForeignKey(Challenge, models.CASCADE, related_name="+")

    objects = Guarded()

    class Meta:
        constraints = [
            titled("challenge_indicator_named", "name_zh", "name_en"),
            one_of("operator", Operator, "challenge_indicator_operator_known"),
        ]
        indexes = [models.Index(fields=["challenge", "position"], name="challenge_indicators")]


class ChallengeResult(Measured):
    """A value measured for the acceptance of a challenge."""

    indicator = models.ForeignKey(ChallengeIndicator, models.CASCADE, related_name="+")

    objects = Guarded()


class ChallengeNotice(models.Model):
    """The public notice of who is to win; an open objection blocks the signing."""

    challenge = models.ForeignKey(Challenge, models.CASCADE, related_name="+")
    winner_zh = models.CharField(max_length=200)  # as announced
    winner_en = models.CharField(max_length=200)
    text_zh = models.TextField()
    text_en = models.TextField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    objections_to = models.CharField(max_length=200)

    objects = Guarded()

    class Meta:
        constraints = [
            models.CheckConstraint(name="challenge_notice_ends_after_start", condition=Q(ends_on__gt=F("starts_on")))
        ]

    @property
    def winner(self) -> Text:
        return either(self.winner_en, self.winner_zh)

    @property
    def text(self) -> Text:
        return either(self.text_en, self.text_zh)

    @property
    def last_day(self) -> date:
        """The last day on which objections come in time."""
        return self.ends_on - timedelta(days=1)


class ChallengeObjection(models.Model):
    """An objection to the notice of a challenge, and how it was settled."""

    notice = models.ForeignKey(ChallengeNotice, models.CASCADE, related_name="+")
    raised_by = models.CharField(max_length=200)
    contact = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    received_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    is_upheld = models.BooleanField(null=True)
    settlement = models.TextField(blank=True)

    objects = Guarded()


class Instalment(models.Model):
    """A part of the contract's money, due when its milestone is met."""

    challenge = models.ForeignKey(Challenge, models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()
    milestone_zh = models.CharField(max_length=300, blank=True)
    milestone_en = models.CharField(max_length=300, blank=True)
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    due_on = models.DateField()
    evidence = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    evidence_note = models.CharField(max_length=500, blank=True)
    met_at = models.DateTimeField(null=True)
    met_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    paid_on = models.DateField(null=True)
    payment = models.CharField(max_length=200, blank=True)  # the voucher: number, account
    paid_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    reminded_at = models.DateTimeField(null=True)

    objects = Guarded()

    class Meta:
        constraints = [
            titled("instalment_named", "milestone_zh", "milestone_en"),
            models.UniqueConstraint(fields=["challenge", "position"], name="instalment_once"),
            models.CheckConstraint(name="instalment_above_zero", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="instalment_paid_after_met", condition=Q(paid_on=None) | Q(met_at__isnull=False)
            ),
        ]

    @property
    def milestone(self) -> Text:
        return either(self.milestone_en, self.milestone_zh)
