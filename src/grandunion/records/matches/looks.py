"""When somebody last looked at what is new for them."""

from django.db import models

from grandunion.records.parties import User


class Look(models.Model):
    """What a person has seen of new matches: everything up to this moment."""

    user = models.OneToOneField(User, models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()
