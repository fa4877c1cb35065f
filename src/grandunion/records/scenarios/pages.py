"""The one page that a supplier or a bidder writes, within the limits of `terms.scenarios.ONE_PAGE`."""

from django.db import models
from django.db.models import Q

from grandunion.records.parties import Confidential
from grandunion.terms.scenarios import ONE_PAGE
from grandunion.terms.text import Text


class OnePage(Confidential):
    """What is proposed, why it works, what shows it, the plan, and what it costs; in the writer's own language."""

    state_at = models.DateTimeField()
    heading = models.CharField(max_length=ONE_PAGE["heading"], blank=True)
    solution = models.TextField(blank=True)
    rationale = models.TextField(blank=True)
    validation = models.TextField(blank=True)
    plan = models.TextField(blank=True)
    needs = models.TextField(blank=True)
    trl = models.PositiveSmallIntegerField(null=True)
    expertise = models.JSONField(default=list)
    techniques = models.JSONField(default=list)
    references = models.JSONField(default=list)
    price = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, default="CNY")
    weeks = models.PositiveSmallIntegerField(null=True)
    contact_name = models.CharField(max_length=100, blank=True)
    contact_email = models.EmailField(blank=True)
    contact_phone = models.CharField(max_length=40, blank=True)
    feedback = models.TextField(blank=True)  # to whoever was not chosen
    submitted_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @property
    def title(self) -> Text:
        """The heading, in the one language in which it is written."""
        return Text(self.heading, self.heading)


PAGE_FIELDS = (
    "heading solution rationale validation plan needs trl expertise techniques references price currency weeks"
)


def trl_known(name: str) -> models.CheckConstraint:
    """The promise that a maturity, where given, is a level from 1 to 9."""
    return models.CheckConstraint(name=name, condition=Q(trl=None) | Q(trl__range=(1, 9)))


def price_positive(name: str) -> models.CheckConstraint:
    """The promise that a price, where given, is not below zero."""
    return models.CheckConstraint(name=name, condition=Q(price=None) | Q(price__gte=0))
