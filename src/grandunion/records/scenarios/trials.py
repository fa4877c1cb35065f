"""What a supplier proposes for an opportunity, the trial of the one selected, and the values measured in it."""

from django.db import models
from django.db.models import F, Q

from grandunion.records.base import ASKED, S0, S1, S2, Guarded, code_field, declared, one_of
from grandunion.records.scenarios.capabilities import Capability
from grandunion.records.scenarios.opportunities import Opportunity, OpportunityIndicator
from grandunion.records.scenarios.pages import PAGE_FIELDS, OnePage, price_positive, trl_known
from grandunion.records.scenarios.thresholds import Measured
from grandunion.terms.scenarios import ProposalState
from grandunion.terms.secrecy import Level

STANDING = [
    state.value
    for state in (ProposalState.DRAFT, ProposalState.SUBMITTED, ProposalState.SHORTLISTED, ProposalState.SELECTED)
]


class Proposal(OnePage):
    """One supplier's page for one opportunity; the owner is the supplier."""

    opportunity = models.ForeignKey(Opportunity, models.PROTECT, related_name="+")
    capability = models.ForeignKey(Capability, models.PROTECT, null=True, related_name="+")
    state = code_field(ProposalState, ProposalState.DRAFT)

    kind = "proposal"
    secrecy = declared(
        {
            S0: "state",
            S1: "opportunity capability state_at heading submitted_at",
            S2: PAGE_FIELDS.removeprefix("heading ") + " contact_name contact_email contact_phone feedback",
        }
    )

    class Meta:
        constraints = [
            one_of("state", ProposalState, "proposal_state_known"),
            one_of("level", Level, "proposal_level_known"),
            models.UniqueConstraint(  # who was answered may propose again when the opportunity is opened anew
                fields=["opportunity", "owner"], name="proposal_once", condition=Q(state__in=STANDING)
            ),
            trl_known("proposal_trl_1_to_9"),
            price_positive("proposal_price_positive"),
        ]
        indexes = [
            models.Index(fields=["opportunity", "state"], name="proposal_opportunity"),
            models.Index(fields=["-updated_at", "-id", "state", *ASKED], name="proposal_recent"),
        ]


class Trial(models.Model):
    """The trial of the selected proposal: where, from when to when."""

    opportunity = models.ForeignKey(Opportunity, models.CASCADE, related_name="+")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="+")
    site = models.CharField(max_length=300)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)  # the last day
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    is_passed = models.BooleanField(null=True)  # as the evidence decided when the trial ended

    objects = Guarded()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["opportunity"], name="trial_one_open", condition=Q(ended_at=None)),
            models.CheckConstraint(
                name="trial_days_ordered", condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on"))
            ),
        ]


class TrialResult(Measured):
    """A value measured in a trial for one of its indicators."""

    trial = models.ForeignKey(Trial, models.CASCADE, related_name="+")
    indicator = models.ForeignKey(OpportunityIndicator, models.PROTECT, related_name="+")

    objects = Guarded()

    class Meta:
        indexes = [models.Index(fields=["trial"], name="trial_results")]
