"""Areas of the hub; buildings and leases come later."""

from django.db import models

from grandunion.records.lists import Term


class Area(models.Model):
    """What is known of an area beyond its name: its district, its land, whether it is open."""

    term = models.OneToOneField(Term, models.PROTECT, related_name="+")
    district = models.ForeignKey(Term, models.PROTECT, null=True, related_name="+")
    land_km2 = models.DecimalField(max_digits=8, decimal_places=3, null=True)
    is_open = models.BooleanField(default=True)
    summary_zh = models.TextField(blank=True)
    summary_en = models.TextField(blank=True)
    source = models.CharField(max_length=300, blank=True)
