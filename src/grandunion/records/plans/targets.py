"""Plans, what they want of an indicator by a day, how that was revised, and what is foreseen for the deadline."""

from django.db import models
from django.db.models import Q

from grandunion.records.base import S1, code_field, one_of
from grandunion.records.lists import Term
from grandunion.records.parties import Organisation
from grandunion.records.plans.definitions import Indicator, SourceDocument
from grandunion.terms.targets import ProjectionMethod, SplitAlong, SplitMethod, TargetStage
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

    kind = "plan"

    @property
    def number(self) -> str:
        """Its code is its number."""
        return self.code

    @property
    def name(self) -> Text:
        return either(self.name_en, self.name_zh)

    @property
    def issuer(self) -> Text:
        return either(self.issuer_en, self.issuer_zh)


class Target(models.Model):
    """What a plan wants of an indicator by a day; a target in words has neither operator nor value.

    It is the hub's, an area's, a region's (all areas in it) or a partner's; a child of a split names its parent.
    """

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+")
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="+")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    code = models.CharField(max_length=80, unique=True)
    scope = models.CharField(max_length=40)
    area = models.ForeignKey(Term, models.PROTECT, null=True, related_name="+")
    region = models.ForeignKey(Term, models.PROTECT, null=True, related_name="+")
    partner = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    deadline = models.DateField(null=True)
    operator = models.CharField(max_length=4, blank=True)
    value = models.DecimalField(max_digits=20, decimal_places=2, null=True)
    unit_zh = models.CharField(max_length=40, blank=True)  # in which the value is written
    unit_en = models.CharField(max_length=40, blank=True)
    wording_zh = models.TextField(blank=True)
    wording_en = models.TextField(blank=True)
    position = models.PositiveIntegerField(default=0)
    verified_on = models.DateField(null=True)
    state = code_field(TargetStage, TargetStage.IN_PROGRESS)
    state_at = models.DateTimeField(null=True)  # none: as its pack has it
    split_method = models.CharField(max_length=20, blank=True)  # of its children
    split_along = models.CharField(max_length=20, blank=True)
    decided_value = models.DecimalField(max_digits=20, decimal_places=2, null=True)  # the figure when met or missed
    decided_on = models.DateField(null=True)  # as of this day
    version = models.PositiveIntegerField(default=1)

    kind = "target"
    secrecy = dict.fromkeys(
        (
            "indicator",
            "plan",
            "area",
            "region",
            "partner",
            "deadline",
            "operator",
            "value",
            "unit_zh",
            "unit_en",
            "wording_zh",
            "wording_en",
            "state",
            "split_method",
            "split_along",
            "decided_value",
            "decided_on",
            "reason",
            "parts",
        ),
        S1,
    )  # of its time line, which planners and officers read

    class Meta:
        constraints = [
            one_of("state", TargetStage, "target_state_known"),
            models.CheckConstraint(
                name="target_split_known",
                condition=Q(split_method="", split_along="")
                | Q(split_method__in=SplitMethod.codes(), split_along__in=SplitAlong.codes()),
            ),
            models.CheckConstraint(
                name="target_of_one",
                condition=Q(area=None, region=None) | Q(area=None, partner=None) | Q(region=None, partner=None),
            ),
            models.CheckConstraint(
                name="target_value_has_unit", condition=Q(value=None) | ~Q(unit_zh="") & ~Q(unit_en="")
            ),
        ]

    @property
    def number(self) -> str:
        """Its code is its number."""
        return self.code

    @property
    def wording(self) -> Text:
        return either(self.wording_en, self.wording_zh)

    @property
    def unit(self) -> Text:
        return either(self.unit_en, self.unit_zh)

    @property
    def is_in_unit(self) -> bool:
        """Whether its indicator is still counted in the unit it was written in."""
        return self.value is None or self.unit == self.indicator.unit


class TargetRevision(models.Model):
    """What a target wanted before it was revised, until when, and why it was changed."""

    target = models.ForeignKey(Target, models.PROTECT, related_name="+")
    operator = models.CharField(max_length=4, blank=True)
    value = models.DecimalField(max_digits=20, decimal_places=2, null=True)
    deadline = models.DateField(null=True)
    wording_zh = models.TextField(blank=True)
    wording_en = models.TextField(blank=True)
    reason = models.TextField()
    revised_at = models.DateTimeField()
    revised_by = models.CharField(max_length=200, blank=True)

    @property
    def wording(self) -> Text:
        return either(self.wording_en, self.wording_zh)


class Projection(models.Model):
    """What is foreseen of a target's figure at its deadline, and a span that should hold it four times in five."""

    target = models.OneToOneField(Target, models.PROTECT, related_name="+")
    as_of = models.DateField()
    method = code_field(ProjectionMethod)
    current = models.DecimalField(max_digits=20, decimal_places=2, null=True)
    low = models.DecimalField(max_digits=20, decimal_places=2, null=True)
    middle = models.DecimalField(max_digits=20, decimal_places=2, null=True)
    high = models.DecimalField(max_digits=20, decimal_places=2, null=True)
    chance = models.DecimalField(max_digits=4, decimal_places=3, null=True)  # that the target is met
    why_zh = models.TextField(blank=True)
    why_en = models.TextField(blank=True)
    trials = models.PositiveSmallIntegerField(default=0)  # how often the method was tried on the hub's own past
    held = models.PositiveSmallIntegerField(default=0)  # how often the span held what came
    error = models.DecimalField(max_digits=20, decimal_places=2, null=True)  # mean distance of the middle from it

    class Meta:
        constraints = [one_of("method", ProjectionMethod, "projection_method_known")]

    @property
    def why(self) -> Text:
        return either(self.why_en, self.why_zh)
