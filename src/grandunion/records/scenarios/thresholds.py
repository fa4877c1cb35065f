"""An indicator with its threshold, and a value measured against it, as scenarios and challenges both have them."""

from django.db import models

from grandunion.records.base import Guarded, code_field
from grandunion.records.documents import Document
from grandunion.records.parties import User
from grandunion.terms.scenarios import Operator
from grandunion.terms.text import Text, either


class Threshold(models.Model):
    """What must be reached: indicator, comparison, threshold, unit and how it is tested.

    One that is not reached can be waived: one person asks with a reason, a second one grants it.
    """

    name_zh = models.CharField(max_length=200, blank=True)
    name_en = models.CharField(max_length=200, blank=True)
    operator = code_field(Operator, Operator.AT_LEAST)
    threshold = models.DecimalField(max_digits=18, decimal_places=6)
    unit = models.CharField(max_length=40, blank=True)
    test_zh = models.CharField(max_length=500, blank=True)
    test_en = models.CharField(max_length=500, blank=True)
    is_required = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)
    waiver_reason = models.CharField(max_length=500, blank=True)
    waiver_asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    waiver_asked_at = models.DateTimeField(null=True)
    waived_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    waived_at = models.DateTimeField(null=True)

    objects = Guarded()

    class Meta:
        abstract = True

    @property
    def name(self) -> Text:
        return either(self.name_en, self.name_zh)

    @property
    def name_pair(self) -> Text:
        """The name as it is written, without borrowing one language for the other."""
        return Text(self.name_en, self.name_zh)

    @property
    def test_pair(self) -> Text:
        return Text(self.test_en, self.test_zh)

    @property
    def test(self) -> Text:
        return either(self.test_en, self.test_zh)


class Measured(models.Model):
    """One value measured, by whom, when, and the report that shows it; a later one stands, the earlier ones stay."""

    value = models.DecimalField(max_digits=18, decimal_places=6)
    measured_on = models.DateField()
    measured_by = models.CharField(max_length=200)  # the laboratory or body that tested
    report = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    note = models.CharField(max_length=500, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    objects = Guarded()

    class Meta:
        abstract = True
