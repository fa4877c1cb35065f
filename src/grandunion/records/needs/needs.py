"""Difficulties and needs of enterprises and teams."""

from django.db import models
from django.db.models import Q

from grandunion.records.base import (
    ASKED,
    S0,
    S1,
    S2,
    Titled,
    code_field,
    declared,
    one_of,
    sourced_once,
)
from grandunion.records.lists import Term
from grandunion.records.needs.issues import Issue
from grandunion.records.parties import Confidential, Person
from grandunion.terms.needs import (
    ApplicantType,
    Category,
    NeedState,
    Urgency,
)
from grandunion.terms.offers import FinanceRound
from grandunion.terms.secrecy import Level
from grandunion.terms.text import Text

PUBLISHED_STATES = (NeedState.RECEIVED, NeedState.TRIAGE, NeedState.DISPATCHED)


class Need(Confidential, Titled):
    """A need or difficulty from its first word to its closure."""

    state = code_field(NeedState, NeedState.DRAFT)
    state_at = models.DateTimeField()
    applicant_type = code_field(ApplicantType, ApplicantType.COMPANY)
    applicant_name = models.CharField(max_length=200, blank=True)  # as told, before it is a record here
    contact_name = models.CharField(max_length=100, blank=True)
    contact_email = models.EmailField(blank=True)
    contact_phone = models.CharField(max_length=40, blank=True)
    contact_person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    category = code_field(Category)
    subject = models.ForeignKey(Term, models.PROTECT, null=True, related_name="+")
    text_zh = models.TextField(blank=True)
    text_en = models.TextField(blank=True)
    industry = models.ForeignKey(Term, models.PROTECT, null=True, related_name="+")
    field = models.ForeignKey(Term, models.PROTECT, null=True, related_name="+")
    budget = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, default="CNY")
    modes_wanted = models.JSONField(default=list)  # Mode codes: how the technology may come; empty: any way
    finance_round = models.CharField(max_length=20, blank=True)
    instruments_wanted = models.JSONField(default=list)
    headcount = models.PositiveIntegerField(null=True)
    wanted_by = models.DateField(null=True)
    trl_wanted = models.PositiveSmallIntegerField(null=True)
    acceptance_criteria = models.TextField(blank=True)
    attempts_so_far = models.TextField(blank=True)
    urgency = code_field(Urgency, Urgency.NORMAL)
    details = models.JSONField(default=dict)  # answers to the questions of its subject, by their codes
    raised_at = models.CharField(max_length=40, blank=True)  # the number of the meeting at which it was raised
    issue = models.ForeignKey(Issue, models.PROTECT, null=True, related_name="+")  # the common problem it is part of
    step = models.CharField(max_length=20, blank=True)  # how far the form is filled
    due_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)  # since when the applicant owes an answer
    basket_at = models.DateTimeField(null=True)  # since when it waits until an answerer has room
    routed_at = models.DateTimeField(null=True)  # when the house last looked whom it could ask by itself
    received_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    call_due_at = models.DateTimeField(null=True)  # when the applicant is to be called again after the closing
    archived_at = models.DateTimeField(null=True)
    due_told_at = models.DateTimeField(null=True)  # the deadline whose passing has been told
    call_told_at = models.DateTimeField(null=True)  # the due call that has been told
    draft_told_at = models.DateTimeField(null=True)  # when its author was reminded to finish it
    outcome = models.CharField(max_length=60, blank=True)
    outcome_note = models.TextField(blank=True)
    was_contacted = models.BooleanField(null=True)
    was_useful = models.BooleanField(null=True)
    satisfaction = models.PositiveSmallIntegerField(null=True)
    satisfaction_comment = models.TextField(blank=True)
    escalations = models.PositiveSmallIntegerField(default=0)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    tracking = models.CharField(max_length=64, blank=True)  # fingerprint of the key that follows it without an account

    kind = "need"
    searched = ("number", "title_zh", "title_en", "text_zh", "text_en")
    meant = ("title_zh", "title_en", "text_zh", "text_en", "acceptance_criteria")
    public_states = PUBLISHED_STATES
    secrecy = declared(
        {
            S0: "title_zh title_en state category subject text_zh text_en industry field budget currency wanted_by "
            "trl_wanted acceptance_criteria modes_wanted finance_round instruments_wanted",
            S1: "state_at step applicant_type applicant_name urgency due_at received_at closed_at headcount outcome "
            "escalations merged_into satisfaction raised_at issue paused_at basket_at call_due_at archived_at "
            "due_told_at call_told_at draft_told_at routed_at",
            S2: "details contact_name contact_email contact_phone contact_person attempts_so_far outcome_note "
            "was_contacted was_useful satisfaction_comment tracking",
        }
    )

    @property
    def state_text(self) -> Text:
        return NeedState(self.state).text

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="need_titled",  # a draft may still be at its first step, the contact
                condition=~Q(title_zh="", title_en="") | Q(state__in=("draft", "cancelled")),
            ),
            one_of("state", NeedState, "need_state_known"),
            one_of("category", Category, "need_category_known"),
            one_of("level", Level, "need_level_known"),
            sourced_once("need_source_once"),
            models.CheckConstraint(
                name="need_finance_round_known", condition=Q(finance_round__in=("", *FinanceRound.codes()))
            ),
            models.CheckConstraint(name="need_budget_positive", condition=Q(budget=None) | Q(budget__gte=0)),
            models.CheckConstraint(
                name="need_satisfaction_1_to_5",
                condition=Q(satisfaction=None) | Q(satisfaction__range=(1, 5)),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "due_at", "id", *ASKED], name="need_state_due"),
            models.Index(fields=["-updated_at", "-id", "state", "archived_at", *ASKED], name="need_recent"),
        ]
