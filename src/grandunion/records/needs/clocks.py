"""The clocks of a need as intervals, so that any deadline can be counted again as of any moment."""

from django.db import models
from django.db.models import F, Q

from grandunion.records.base import Guarded, code_field, one_of
from grandunion.records.needs.assignments import Assignment
from grandunion.records.needs.needs import Need
from grandunion.records.parties import User
from grandunion.terms.needs import Correction, LimitUnit


class ClockRun(models.Model):
    """That a limit of the service level runs for a need, or for one of its assignments, from a moment on."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="+")
    assignment = models.ForeignKey(Assignment, models.CASCADE, null=True, related_name="+")
    step = models.CharField(max_length=40)  # of the service level, or the state whose own clock it is
    within = models.PositiveIntegerField()
    unit = code_field(LimitUnit)
    on_correction = code_field(Correction, Correction.CONTINUE)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)

    objects = Guarded()

    class Meta:
        constraints = [
            one_of("unit", LimitUnit, "clock_unit_known"),
            one_of("on_correction", Correction, "clock_correction_known"),
            models.CheckConstraint(name="clock_length_positive", condition=Q(within__gt=0)),
            models.CheckConstraint(
                name="clock_ends_not_before_start", condition=Q(ends_at=None) | Q(ends_at__gte=F("starts_at"))
            ),
        ]
        indexes = [models.Index(fields=["need", "starts_at"], name="clock_need")]


class Question(models.Model):
    """What the applicant was asked; until it is answered the clocks of the need stand still."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="+")
    text = models.TextField()
    answer = models.TextField(blank=True)
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    objects = Guarded()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["need"], name="question_one_open", condition=Q(answered_at=None)),
            models.CheckConstraint(
                name="question_answered_after_asked",
                condition=Q(answered_at=None) | Q(answered_at__gte=F("asked_at")),
            ),
        ]
