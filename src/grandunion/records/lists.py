"""Reference terms with stable codes, and the series that number records."""

from django.db import models
from django.db.models import Q

from grandunion.records.base import Drawn
from grandunion.terms.text import Text, either


class Term(Drawn):
    """One term of one list: an industry, a field, an area, a reason, a category."""

    list = models.CharField(max_length=40)
    code = models.CharField(max_length=60)
    name_zh = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    help_zh = models.TextField(blank=True)
    help_en = models.TextField(blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    position = models.PositiveIntegerField(default=0)
    retired_on = models.DateField(null=True)
    source = models.CharField(max_length=300, blank=True)
    verified_on = models.DateField(null=True)
    details = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["list", "code"], name="term_code_once"),
            models.CheckConstraint(name="term_named_twice", condition=~Q(name_zh="") & ~Q(name_en="")),
        ]

    @property
    def name(self) -> Text:
        return either(self.name_en, self.name_zh)


class NumberSeries(models.Model):
    """The last number given out of a series like NED-2026."""

    prefix = models.CharField(max_length=20, unique=True)
    last = models.PositiveIntegerField(default=0)


class Setting(models.Model):
    """A fact of the hub out of its pack: names, office hours, presets, holidays."""

    key = models.CharField(max_length=60, unique=True)
    value = models.JSONField()
