"""Who answers a need, and the calls to the enterprise after the answer."""

from django.db import models
from django.db.models import Q

from grandunion.records.base import Guarded, code_field, one_of
from grandunion.records.needs.needs import Need
from grandunion.records.parties import Organisation, User
from grandunion.terms.needs import AssignmentState, CallbackResult


class Assignment(models.Model):
    """That a need is with an answerer: an organisation, or one user."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    state = code_field(AssignmentState, AssignmentState.WAITING)
    question = models.TextField(blank=True)
    answer = models.TextField(blank=True)
    reason = models.CharField(max_length=300, blank=True)
    suggested = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")  # who should be asked
    route = models.CharField(max_length=60, blank=True)  # the routing rule by which it came to them
    why_zh = models.TextField(blank=True)
    why_en = models.TextField(blank=True)
    assigned_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    poked_at = models.DateTimeField(null=True)
    last_chance_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = Guarded()

    class Meta:
        constraints = [
            one_of("state", AssignmentState, "assignment_state_known"),
            models.CheckConstraint(name="assignment_to_one", condition=Q(user=None) ^ Q(organisation=None)),
        ]
        indexes = [
            models.Index(fields=["need"], name="assignment_need"),
            models.Index(fields=["state", "assigned_at", "id"], name="assignment_waiting"),
            models.Index(fields=["organisation", "assigned_at"], name="assignment_office"),
        ]


class CallBack(models.Model):
    """A call to the enterprise after the answer: what it said."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    round = models.PositiveSmallIntegerField(default=0)  # 0 before the closing, 1 and 2 after it
    result = code_field(CallbackResult)
    note = models.TextField(blank=True)

    objects = Guarded()
