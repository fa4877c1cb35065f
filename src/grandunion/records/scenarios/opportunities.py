"""Scenario opportunities: what a demand unit opens, what must be reached, and where."""

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
from grandunion.records.parties import Confidential
from grandunion.records.scenarios.thresholds import Threshold
from grandunion.terms.scenarios import (
    PUBLIC_OPPORTUNITY_STATES,
    DemandType,
    Operator,
    OpportunityState,
    ProcurementRoute,
    SafetyPermit,
)
from grandunion.terms.secrecy import Level
from grandunion.terms.text import Text, either


class Opportunity(Confidential, Titled):
    """A scenario opportunity; the owner is the demand unit, the officer in charge the scenario manager."""

    state = code_field(OpportunityState, OpportunityState.COLLECTED)
    state_at = models.DateTimeField()
    demand_name = models.CharField(max_length=200, blank=True)  # as told, before the unit is a record here
    demand_type = code_field(DemandType, DemandType.GOVERNMENT)
    domain = models.ForeignKey(Term, models.PROTECT, null=True, related_name="+")
    field = models.ForeignKey(Term, models.PROTECT, null=True, related_name="+")
    pain_zh = models.TextField(blank=True)
    pain_en = models.TextField(blank=True)
    base_data = models.TextField(blank=True)
    base_site = models.TextField(blank=True)
    base_permits = models.TextField(blank=True)
    budget = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, default="CNY")
    procurement_route = code_field(ProcurementRoute, ProcurementRoute.UNDECIDED)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)  # the last day
    proposals_until = models.DateField(null=True)  # the last day
    openness = models.JSONField(default=list)  # Openness codes
    safety_permit = code_field(SafetyPermit, SafetyPermit.UNKNOWN)
    permit_note = models.CharField(max_length=300, blank=True)
    is_first_use = models.BooleanField(default=False)
    contact_name = models.CharField(max_length=100, blank=True)
    contact_email = models.EmailField(blank=True)
    contact_phone = models.CharField(max_length=40, blank=True)
    test_report = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    follow_on_value = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    follow_on_note = models.CharField(max_length=300, blank=True)  # the contract: number, day

    kind = "opportunity"
    searched = ("number", "title_zh", "title_en", "pain_zh", "pain_en", "demand_name")
    meant = ("title_zh", "title_en", "pain_zh", "pain_en")
    public_states = PUBLIC_OPPORTUNITY_STATES
    secrecy = declared(
        {
            S0: "title_zh title_en state demand_type domain field pain_zh pain_en base_data base_site base_permits "
            "budget currency procurement_route starts_on ends_on proposals_until openness safety_permit is_first_use",
            S1: "state_at demand_name permit_note follow_on_value",
            S2: "contact_name contact_email contact_phone test_report follow_on_note",
        }
    )

    class Meta:
        constraints = [
            titled("opportunity_titled"),
            one_of("state", OpportunityState, "opportunity_state_known"),
            one_of("level", Level, "opportunity_level_known"),
            one_of("demand_type", DemandType, "opportunity_demand_type_known"),
            one_of("procurement_route", ProcurementRoute, "opportunity_route_known"),
            one_of("safety_permit", SafetyPermit, "opportunity_permit_known"),
            sourced_once("opportunity_source_once"),
            models.CheckConstraint(name="opportunity_budget_positive", condition=Q(budget=None) | Q(budget__gte=0)),
            models.CheckConstraint(
                name="opportunity_value_positive", condition=Q(follow_on_value=None) | Q(follow_on_value__gte=0)
            ),
            models.CheckConstraint(
                name="opportunity_days_ordered",
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "proposals_until"], name="opportunity_due"),
            models.Index(fields=["-updated_at", "-id", "state", *ASKED], name="opportunity_recent"),
        ]

    @property
    def pain(self) -> Text:
        return either(self.pain_en, self.pain_zh)


class OpportunityIndicator(Threshold):
    """What a trial of this opportunity must reach."""

    opportunity = models.ForeignKey(Opportunity, models.CASCADE, related_name="+")

    objects = Guarded()

    class Meta:
        constraints = [
            titled("opportunity_indicator_named", "name_zh", "name_en"),
            one_of("operator", Operator, "opportunity_indicator_operator_known"),
        ]
        indexes = [models.Index(fields=["opportunity", "position"], name="opportunity_indicators")]


class Place(models.Model):
    """A site where it is tried, or a place to which it can be carried over."""

    opportunity = models.ForeignKey(Opportunity, models.CASCADE, related_name="+")
    name_zh = models.CharField(max_length=200, blank=True)
    name_en = models.CharField(max_length=200, blank=True)
    is_replication = models.BooleanField(default=False)
    used_since = models.DateField(null=True)  # when it was put to use there

    objects = Guarded()

    class Meta:
        constraints = [titled("place_named", "name_zh", "name_en")]
        indexes = [models.Index(fields=["opportunity"], name="opportunity_places")]

    @property
    def name(self) -> Text:
        return either(self.name_en, self.name_zh)
