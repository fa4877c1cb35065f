"""Plans, and what they want of an indicator by a day."""

from django.db import models

from grandunion.records.lists import Term
from grandunion.records.plans.definitions import Indicator, SourceDocument
from grandunion.terms.text import Text, either


class Plan(models.Model):
    """A plan, or one year's commitments, of one issuer; a document may state several."""

    code = models.CharField(max_length=60, unique=True)
    name_zh = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    issuer_zh = models.CharField(max_length=200, blank=True)
    issuer_en = models.CharField(max_length=200, blank=True)
    source = models.ForeignKey(SourceDocument, models.PROTECT, related_name="+")
    position = models.PositiveIntegerField(default=0)
    verified_on = models.DateField(null=True)

    @property
    def name(self) -> Text:
        return either(self.name_en, self.name_zh)

    @property
    def issuer(self) -> Text:
        return either(self.issuer_en, self.issuer_zh)


class Target(models.Model):
    """What a plan wants of an indicator by a day; a target in words has neither operator nor value."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+")
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="+")
    code = models.CharField(max_length=80, unique=True)
    scope = models.CharField(max_length=40)
    area = models.ForeignKey(Term, models.PROTECT, null=True, related_name="+")
    deadline = models.DateField(null=True)
    operator = models.CharField(max_length=4, blank=True)
    value = models.DecimalField(max_digits=20, decimal_places=2, null=True)
    wording_zh = models.TextField(blank=True)
    wording_en = models.TextField(blank=True)
    position = models.PositiveIntegerField(default=0)
    verified_on = models.DateField(null=True)

    @property
    def wording(self) -> Text:
        return either(self.wording_en, self.wording_zh)
