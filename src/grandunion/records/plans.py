"""Indicators, targets, published claims, and the documents they stand in."""

from django.db import models

from grandunion.records.base import Titled, titled
from grandunion.records.lists import Term
from grandunion.terms.text import Text, either


class SourceDocument(Titled):
    """A published document: plan, work report, article."""

    code = models.CharField(max_length=20, unique=True)
    publisher = models.CharField(max_length=200, blank=True)
    published_on = models.DateField(null=True)
    note_zh = models.TextField(blank=True)
    note_en = models.TextField(blank=True)
    is_news = models.BooleanField(default=False)

    class Meta:
        constraints = [titled("source_titled")]


class Indicator(models.Model):
    """A figure with its definition; `counts` names the counting rule, or is empty where nothing counts it yet."""

    code = models.CharField(max_length=60, unique=True)
    name_zh = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    definition_zh = models.TextField()
    definition_en = models.TextField()
    unit_zh = models.CharField(max_length=40)
    unit_en = models.CharField(max_length=40)
    indicator_kind = models.CharField(max_length=10)  # stock | flow | ratio | text
    counts = models.CharField(max_length=60, blank=True)
    position = models.PositiveIntegerField(default=0)
    source = models.CharField(max_length=300, blank=True)
    verified_on = models.DateField(null=True)

    @property
    def name(self) -> Text:
        return either(self.name_en, self.name_zh)


class Target(models.Model):
    """What a plan wants of an indicator by a day."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+")
    plan = models.ForeignKey(SourceDocument, models.PROTECT, related_name="+")
    code = models.CharField(max_length=80, unique=True)
    scope = models.CharField(max_length=40)
    area = models.ForeignKey(Term, models.PROTECT, null=True, related_name="+")
    deadline = models.DateField(null=True)
    operator = models.CharField(max_length=4)
    value = models.DecimalField(max_digits=20, decimal_places=2, null=True)
    wording_zh = models.TextField(blank=True)
    wording_en = models.TextField(blank=True)


class Claim(models.Model):
    """A published figure with its qualifier, scope and source."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, null=True, related_name="+")
    source = models.ForeignKey(SourceDocument, models.PROTECT, related_name="+")
    code = models.CharField(max_length=80, unique=True)
    level = models.CharField(max_length=20)  # province | city | district | operator | press
    qualifier = models.CharField(max_length=20)  # exactly | over | nearly | at_least
    value = models.DecimalField(max_digits=20, decimal_places=2)
    unit_zh = models.CharField(max_length=40, blank=True)
    unit_en = models.CharField(max_length=40, blank=True)
    period = models.CharField(max_length=40, blank=True)
    as_of = models.DateField(null=True)
    wording_zh = models.TextField(blank=True)
    wording_en = models.TextField(blank=True)
