"""The secret addresses under which people read their own calendar."""

from django.db import models
from django.db.models import Q

from grandunion.records.base import Guarded
from grandunion.records.parties import User


class CalendarKey(models.Model):
    """A secret address of somebody's calendar; only its fingerprint is kept, a new one ends the old."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    fingerprint = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    objects = Guarded()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user"], name="calendar_key_once", condition=Q(revoked_at=None)),
        ]
