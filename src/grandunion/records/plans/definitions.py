"""Indicators, and the published documents that name them."""

from django.db import models

from grandunion.records.base import Titled, one_of, titled
from grandunion.terms.plans import IndicatorKind, IndicatorPeriod, Scope
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
    period = models.CharField(max_length=20, default=IndicatorPeriod.YEAR.value)  # over which a flow is counted
    scope = models.CharField(max_length=40, default=Scope.HUB.value)
    counts = models.CharField(max_length=60, blank=True)
    why_uncounted_zh = models.TextField(blank=True)
    why_uncounted_en = models.TextField(blank=True)
    double_count_zh = models.TextField(blank=True)
    double_count_en = models.TextField(blank=True)
    position = models.PositiveIntegerField(default=0)
    source = models.CharField(max_length=300, blank=True)
    verified_on = models.DateField(null=True)

    class Meta:
        constraints = [
            one_of("indicator_kind", IndicatorKind, "indicator_kind_known"),
            one_of("period", IndicatorPeriod, "indicator_period_known"),
        ]

    @property
    def name(self) -> Text:
        return either(self.name_en, self.name_zh)

    @property
    def definition(self) -> Text:
        return either(self.definition_en, self.definition_zh)

    @property
    def unit(self) -> Text:
        return either(self.unit_en, self.unit_zh)

    @property
    def why_uncounted(self) -> Text:
        return either(self.why_uncounted_en, self.why_uncounted_zh)

    @property
    def double_count(self) -> Text:
        return either(self.double_count_en, self.double_count_zh)
