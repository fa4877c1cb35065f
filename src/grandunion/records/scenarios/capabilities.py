"""Scenario capabilities: what a firm can do in the real world, verified before it stands on the list."""

from django.db import models
from django.db.models import F, Q

from grandunion.records.base import ASKED, S0, S1, S2, Titled, code_field, declared, one_of, sourced_once, titled
from grandunion.records.lists import Term
from grandunion.records.parties import Confidential, User
from grandunion.terms.scenarios import CapabilityState
from grandunion.terms.secrecy import Level
from grandunion.terms.text import Text, either


class Capability(Confidential, Titled):
    """A capability; the owner is the firm that has it."""

    state = code_field(CapabilityState, CapabilityState.SUBMITTED)
    state_at = models.DateTimeField()
    domain = models.ForeignKey(Term, models.PROTECT, null=True, related_name="+")
    field = models.ForeignKey(Term, models.PROTECT, null=True, related_name="+")
    text_zh = models.TextField(blank=True)
    text_en = models.TextField(blank=True)
    references_zh = models.TextField(blank=True)  # where it runs already
    references_en = models.TextField(blank=True)
    trl = models.PositiveSmallIntegerField(null=True)
    price_min = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    price_max = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, default="CNY")
    weeks = models.PositiveSmallIntegerField(null=True)  # until it can be tried
    conditions = models.TextField(blank=True)  # what it needs of the site
    valid_until = models.DateField(null=True)
    contact_name = models.CharField(max_length=100, blank=True)
    contact_email = models.EmailField(blank=True)
    contact_phone = models.CharField(max_length=40, blank=True)
    verified_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    verified_at = models.DateTimeField(null=True)
    verified_note = models.CharField(max_length=500, blank=True)  # what was looked at

    kind = "capability"
    searched = ("number", "title_zh", "title_en", "text_zh", "text_en", "references_zh", "references_en")
    meant = ("title_zh", "title_en", "text_zh", "text_en")
    public_states = (CapabilityState.PUBLISHED,)
    secrecy = declared(
        {
            S0: "title_zh title_en state domain field text_zh text_en references_zh references_en trl price_min "
            "price_max currency weeks conditions valid_until verified_at",
            S1: "state_at verified_by",
            S2: "contact_name contact_email contact_phone verified_note",
        }
    )

    class Meta:
        constraints = [
            titled("capability_titled"),
            one_of("state", CapabilityState, "capability_state_known"),
            one_of("level", Level, "capability_level_known"),
            sourced_once("capability_source_once"),
            models.CheckConstraint(name="capability_trl_1_to_9", condition=Q(trl=None) | Q(trl__range=(1, 9))),
            models.CheckConstraint(
                name="capability_price_ordered",
                condition=(Q(price_min=None) | Q(price_min__gte=0))
                & (Q(price_max=None) | Q(price_max__gte=0))
                & (Q(price_min=None) | Q(price_max=None) | Q(price_max__gte=F("price_min"))),
            ),
        ]
        indexes = [models.Index(fields=["-updated_at", "-id", "state", *ASKED], name="capability_recent")]

    @property
    def text(self) -> Text:
        return either(self.text_en, self.text_zh)

    @property
    def references(self) -> Text:
        return either(self.references_en, self.references_zh)
