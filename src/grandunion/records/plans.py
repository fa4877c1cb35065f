"""Indicators, plans and their targets, published claims, and the documents they stand in."""

from django.db import models

from grandunion.records.base import Titled, one_of, titled
from grandunion.records.lists import Term
from grandunion.terms.plans import IndicatorKind, IndicatorPeriod, Qualifier, Scope
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
