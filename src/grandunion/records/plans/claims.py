"""Figures as they were published, and those of them that are taken for one and are not."""

from django.db import models

from grandunion.records.base import one_of
from grandunion.records.lists import Term
from grandunion.records.plans.definitions import Indicator, SourceDocument
from grandunion.terms.plans import Qualifier, Scope
from grandunion.terms.text import Text, either


class Claim(models.Model):
    """A published figure with its qualifier, scope and source."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, null=True, related_name="+")
    source = models.ForeignKey(SourceDocument, models.PROTECT, related_name="+")
    code = models.CharField(max_length=80, unique=True)
    level = models.CharField(max_length=20)  # province | city | district | operator | press
    area = models.ForeignKey(Term, models.PROTECT, null=True, related_name="+")
    qualifier = models.CharField(max_length=20)  # exactly | over | nearly | at_least
    value = models.DecimalField(max_digits=20, decimal_places=2)
    unit_zh = models.CharField(max_length=40, blank=True)
    unit_en = models.CharField(max_length=40, blank=True)
    period = models.CharField(max_length=40, blank=True)
    as_of = models.DateField(null=True)
    wording_zh = models.TextField(blank=True)
    wording_en = models.TextField(blank=True)
    verified_on = models.DateField(null=True)

    class Meta:
        constraints = [
            one_of("level", Scope, "claim_level_known"),
            one_of("qualifier", Qualifier, "claim_qualifier_known"),
        ]

    @property
    def unit(self) -> Text:
        return either(self.unit_en, self.unit_zh)

    @property
    def wording(self) -> Text:
        return either(self.wording_en, self.wording_zh)


class Disagreement(models.Model):
    """Claims, also of different indicators, that are taken for one figure and are not, and why."""

    code = models.CharField(max_length=60, unique=True)
    name_zh = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    cause_zh = models.TextField()
    cause_en = models.TextField()
    claims = models.ManyToManyField(Claim, related_name="+")
    position = models.PositiveIntegerField(default=0)

    @property
    def name(self) -> Text:
        return either(self.name_en, self.name_zh)

    @property
    def cause(self) -> Text:
        return either(self.cause_en, self.cause_zh)
