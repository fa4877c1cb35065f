"""Indicators with their dated definitions, and the published documents that name them."""

from django.db import models
from django.db.models import F, Q

from grandunion.records.base import Titled, one_of, titled
from grandunion.terms.plans import Direction, IndicatorKind, IndicatorPeriod, Scope
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
    """A figure by its code, as its newest definition describes it; how it is counted stands in `Definition`."""

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
    direction = models.CharField(max_length=10, default=Direction.UP.value)
    is_counted = models.BooleanField(default=False)  # whether its newest definition counts it from the records
    owner_zh = models.CharField(max_length=200, blank=True)  # who answers for it
    owner_en = models.CharField(max_length=200, blank=True)
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
            one_of("direction", Direction, "indicator_direction_known"),
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

    @property
    def owner(self) -> Text:
        return either(self.owner_en, self.owner_zh)


class Definition(models.Model):
    """What an indicator means from one day to another, and by which rule it is counted (empty: by none)."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="+")
    version = models.PositiveSmallIntegerField(default=1)
    valid_from = models.DateField(null=True)  # empty: from the beginning
    valid_until = models.DateField(null=True)  # the first day on which it is no longer in force
    indicator_kind = models.CharField(max_length=10)
    period = models.CharField(max_length=20)
    unit_zh = models.CharField(max_length=40)
    unit_en = models.CharField(max_length=40)
    definition_zh = models.TextField()
    definition_en = models.TextField()
    rule = models.JSONField(default=dict)  # as the pack writes it under `counts`
    why_zh = models.CharField(max_length=200, blank=True)  # why a record counts, with {day}
    why_en = models.CharField(max_length=200, blank=True)
    counted_at = models.DateTimeField(null=True)  # since when the ledger follows this rule

    class Meta:
        constraints = [
            one_of("indicator_kind", IndicatorKind, "definition_kind_known"),
            one_of("period", IndicatorPeriod, "definition_period_known"),
            models.UniqueConstraint(fields=["indicator", "version"], name="definition_version_once"),
            models.CheckConstraint(
                name="definition_ends_after_start",
                condition=Q(valid_from=None) | Q(valid_until=None) | Q(valid_until__gt=F("valid_from")),
            ),
        ]

    @property
    def unit(self) -> Text:
        return either(self.unit_en, self.unit_zh)

    @property
    def definition(self) -> Text:
        return either(self.definition_en, self.definition_zh)
