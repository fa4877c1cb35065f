"""Periodic returns: the forms, who has agreed to fill them in, the periods asked for, and what was reported."""

from django.db import models
from django.db.models import Q

from grandunion.records.base import (
    ASKED,
    S1,
    S2,
    Guarded,
    Titled,
    code_field,
    declared,
    one_of,
    sourced_once,
    titled,
)
from grandunion.records.parties import Confidential, Organisation, User
from grandunion.terms.returns import Reporter, ReturnPeriod, ReturnState, Span
from grandunion.terms.secrecy import Level
from grandunion.terms.text import Text, either


class ReturnForm(models.Model):
    """One edition of a form; a return keeps the edition it was opened with, whatever the pack says later."""

    code = models.CharField(max_length=60)
    edition = models.PositiveIntegerField(default=1)
    is_current = models.BooleanField(default=True)
    name_zh = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    reporter = code_field(Reporter)
    period = code_field(ReturnPeriod)
    starts_on = models.DateField()  # the first day it asks of
    ends_on = models.DateField(null=True)
    position = models.PositiveIntegerField(default=0)
    definition = models.JSONField(default=dict)  # schedule, instructions and fields, as the pack has them
    verified_on = models.DateField(null=True)

    class Meta:
        constraints = [
            one_of("reporter", Reporter, "return_form_reporter_known"),
            one_of("period", ReturnPeriod, "return_form_period_known"),
            models.UniqueConstraint(fields=["code", "edition"], name="return_form_edition_once"),
            models.UniqueConstraint(fields=["code"], condition=Q(is_current=True), name="return_form_current_once"),
        ]

    @property
    def name(self) -> Text:
        return either(self.name_en, self.name_zh)


class ReturnCycle(models.Model):
    """That a period of a form was opened, so that it is opened once."""

    form_code = models.CharField(max_length=60)
    starts_on = models.DateField()
    opened_at = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["form_code", "starts_on"], name="return_cycle_once")]


class Consent(models.Model):
    """That an enterprise agrees to fill in a form, from when and until when."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    form_code = models.CharField(max_length=60)
    given_at = models.DateTimeField()
    given_by = models.CharField(max_length=200)
    note = models.CharField(max_length=300, blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=200, blank=True)

    objects = Guarded()
    kind = "consent"  # in the journal; who has agreed to report is not told on the enterprise's own page

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "form_code"], condition=Q(withdrawn_at=None), name="consent_holds_once"
            ),
            models.CheckConstraint(
                name="consent_withdrawn_after",
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=models.F("given_at")),
            ),
        ]


class Return(Confidential, Titled):
    """What one reporter says in one form about one period."""

    form = models.ForeignKey(ReturnForm, models.PROTECT, related_name="+")
    form_code = models.CharField(max_length=60)
    starts_on = models.DateField()  # of the period it is about
    ends_on = models.DateField()  # the day after the period
    state = code_field(ReturnState, ReturnState.DUE)
    state_at = models.DateTimeField()
    values = models.JSONField(default=dict)  # field code → exact number as text, yes or no, text by language
    remark = models.TextField(blank=True)
    comments = models.JSONField(default=dict)  # field code → what is to be corrected
    due_at = models.DateTimeField()
    remind_at = models.DateTimeField(null=True)
    escalate_at = models.DateTimeField(null=True)
    reminders = models.PositiveIntegerField(default=0)
    reminded_at = models.DateTimeField(null=True)
    overdue_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    accepted_at = models.DateTimeField(null=True)

    kind = "return"
    searched = ("number", "title_zh", "title_en")
    secrecy = declared(
        {
            S1: "title_zh title_en form form_code starts_on ends_on state state_at due_at overdue_at escalated_at "
            "submitted_at accepted_at",
            S2: "values remark comments remind_at escalate_at reminders reminded_at submitted_by",
        }
    )

    class Meta:
        constraints = [
            titled("return_titled"),
            one_of("state", ReturnState, "return_state_known"),
            one_of("level", Level, "return_level_known"),
            sourced_once("return_source_once"),
            models.CheckConstraint(name="return_ends_after_start", condition=Q(ends_on__gt=models.F("starts_on"))),
            models.UniqueConstraint(
                fields=["form_code", "starts_on", "owner"], condition=~Q(owner=None), name="return_once_an_organisation"
            ),
            models.UniqueConstraint(
                fields=["form_code", "starts_on", "area"], condition=Q(owner=None), name="return_once_an_area"
            ),
        ]
        indexes = [
            models.Index(fields=["-due_at", "-id", "state", *ASKED], name="return_recent"),
            models.Index(fields=["state", "due_at"], name="return_standing"),
            models.Index(fields=["form_code", "starts_on", "state"], name="return_of_period"),
        ]

    @property
    def span(self) -> Span:
        """The period it is about."""
        return Span(ReturnPeriod(self.form.period), self.starts_on)
