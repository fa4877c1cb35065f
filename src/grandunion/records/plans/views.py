"""Views that people keep: a dashboard of the pack or indicators of their own choice, mailed weekly if they wish."""

from django.db import models
from django.db.models import Q

from grandunion.records.base import Guarded, Record, code_field, one_of
from grandunion.records.lists import Term
from grandunion.records.parties import User
from grandunion.terms.views import Cut


class KeptView(Record):
    """What one person looks at again and again: it follows a dashboard of the pack, or has indicators of its own."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    dashboard = models.CharField(max_length=60, blank=True)  # the pack's code of the dashboard it follows
    indicators = models.JSONField(default=list)  # codes, in the order they are shown
    cut = code_field(Cut, Cut.NONE)
    area = models.ForeignKey(Term, models.PROTECT, null=True, related_name="+")
    is_mailed = models.BooleanField(default=False)
    mailed_at = models.DateTimeField(null=True)  # the last time, or when the mail was asked for

    objects = Guarded()
    kind = "view"

    @property
    def number(self) -> str:
        """What its address and the journal call it."""
        return str(self.pk)

    class Meta:
        constraints = [
            one_of("cut", Cut, "view_cut_known"),
            models.CheckConstraint(name="view_shows_something", condition=~Q(dashboard="", indicators=[])),
        ]
        indexes = [
            models.Index(fields=["user", "id"], name="view_of_user"),
            models.Index(fields=["mailed_at", "id"], name="view_due", condition=Q(is_mailed=True)),
        ]
