"""The transfer project: the thread from discovery to landing and the years after."""

from django.db import models
from django.db.models import F, Q

from grandunion.records.achievements import Achievement
from grandunion.records.base import (
    ASKED,
    S0,
    S1,
    S2,
    S3,
    Guarded,
    Titled,
    code_field,
    declared,
    one_of,
    sourced_once,
    titled,
)
from grandunion.records.lists import Term
from grandunion.records.matches import Match
from grandunion.records.parties import Confidential, Organisation, Person, User
from grandunion.terms.contracts import ContractKind, ContractPerformance, ContractState
from grandunion.terms.projects import Phase, ProjectState
from grandunion.terms.secrecy import Level


class Project(Confidential, Titled):
    """A transfer project. The owner is the team, or the company the team became."""

    state = code_field(ProjectState, ProjectState.LEAD)
    state_at = models.DateTimeField()
    phase = code_field(Phase, Phase.DISCOVERY)
    state_before_hold = models.CharField(max_length=40, blank=True)
    summary_zh = models.TextField(blank=True)
    summary_en = models.TextField(blank=True)
    founder_type = models.CharField(max_length=40, blank=True)
    manager_type = models.CharField(max_length=40, blank=True)
    route = models.CharField(max_length=40, blank=True)
    field = models.ForeignKey(Term, models.PROTECT, null=True, related_name="+")
    industry = models.ForeignKey(Term, models.PROTECT, null=True, related_name="+")
    university = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    host_partner = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    company = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    trl_at_entry = models.PositiveSmallIntegerField(null=True)
    trl_now = models.PositiveSmallIntegerField(null=True)
    market_note = models.TextField(blank=True)
    conflict_check = models.CharField(max_length=300, blank=True)
    risk_level = models.CharField(max_length=20, blank=True)
    risk_reason = models.CharField(max_length=300, blank=True)
    why_hefei = models.TextField(blank=True)
    source_region = models.CharField(max_length=20, blank=True)  # domestic | overseas
    next_step = models.CharField(max_length=300, blank=True)
    next_step_on = models.DateField(null=True)
    landed_on = models.DateField(null=True)
    building = models.CharField(max_length=200, blank=True)
    space_agreement = models.CharField(max_length=200, blank=True)  # lease or agreement
    first_funding = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    lost_reason = models.CharField(max_length=40, blank=True)
    lost_note = models.TextField(blank=True)

    kind = "project"
    searched = ("number", "title_zh", "title_en", "summary_zh", "summary_en")
    meant = ("title_zh", "title_en", "summary_zh", "summary_en")
    secrecy = declared(
        {
            S0: "title_zh title_en state phase summary_zh summary_en field industry route trl_now",
            S1: "state_at state_before_hold founder_type manager_type university host_partner company trl_at_entry "
            "source_region next_step next_step_on landed_on building lost_reason",
            S2: "risk_level risk_reason why_hefei space_agreement first_funding lost_note conflict_check",
            S3: "market_note",
        }
    )

    class Meta:
        constraints = [
            titled("project_titled"),
            one_of("state", ProjectState, "project_state_known"),
            one_of("phase", Phase, "project_phase_known"),
            one_of("level", Level, "project_level_known"),
            sourced_once("project_source_once"),
            models.CheckConstraint(name="project_trl_1_to_9", condition=Q(trl_now=None) | Q(trl_now__range=(1, 9))),
            models.CheckConstraint(name="project_landed_with_company", condition=Q(landed_on=None) | ~Q(company=None)),
        ]
        indexes = [
            models.Index(fields=["phase", "-updated_at", "-id", *ASKED], name="project_phase_recent"),
            models.Index(fields=["state", "-updated_at", "-id", *ASKED], name="project_state_recent"),
            models.Index(fields=["-updated_at", "-id", *ASKED], name="project_recent"),
            models.Index(fields=["area", "field"], name="project_area_field"),
            models.Index(fields=["in_charge", "next_step_on"], name="project_next_step"),
        ]


class ProjectAchievement(models.Model):
    """That an achievement is carried by a project."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="+")
    achievement = models.ForeignKey(Achievement, models.PROTECT, related_name="+")

    objects = Guarded()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "achievement"], name="project_achievement_once")]


class ProjectMatch(models.Model):
    """That a match belongs to a project."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="+")
    match = models.OneToOneField(Match, models.PROTECT, related_name="+")

    objects = Guarded()


class Member(models.Model):
    """A person in the project's team."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    role = models.CharField(max_length=100, blank=True)
    is_full_time = models.BooleanField(null=True)
    share_percent = models.DecimalField(max_digits=5, decimal_places=2, null=True)

    objects = Guarded()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "person"], name="project_member_once")]


class ProofOfConcept(models.Model):
    """A proof of concept: its questions, money and result."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="+")
    centre = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    budget = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    technical_question = models.TextField()
    scene_question = models.TextField(blank=True)
    starts_on = models.DateField()
    ended_on = models.DateField(null=True)
    result = models.CharField(max_length=10, blank=True)  # go | pivot | stop
    finding = models.TextField(blank=True)

    objects = Guarded()


class Contract(models.Model):
    """A technology contract; the seller registers it."""

    number = models.CharField(max_length=40, unique=True)
    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    contract_kind = code_field(ContractKind)
    contract_subkind = models.CharField(max_length=20, blank=True)
    state = code_field(ContractState, ContractState.DRAFT)
    performance = models.CharField(max_length=20, blank=True)
    title = models.CharField(max_length=300)
    seller = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    buyer = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    is_import = models.BooleanField(default=False)
    currency = models.CharField(max_length=3, default="CNY")
    value_total = models.DecimalField(max_digits=18, decimal_places=2)
    value_technical = models.DecimalField(max_digits=18, decimal_places=2)
    deductions = models.JSONField(default=list)  # [{what, amount}]: equipment, material; total less these is technical
    payment = models.CharField(max_length=20, blank=True)
    ip_clause = models.TextField(blank=True)
    effective_from = models.DateField(null=True)
    effective_to = models.DateField(null=True)
    signed_on = models.DateField(null=True)
    registration_number = models.CharField(max_length=60, blank=True)
    accepted_on = models.DateField(null=True)
    decided_on = models.DateField(null=True)
    decision_reason = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    objects = Guarded()

    class Meta:
        constraints = [
            one_of("contract_kind", ContractKind, "contract_kind_known"),
            one_of("state", ContractState, "contract_state_known"),
            models.CheckConstraint(
                name="contract_performance_known",
                condition=Q(performance__in=("", *ContractPerformance.codes())),
            ),
            models.CheckConstraint(
                name="contract_technical_within_total",
                condition=Q(value_technical__gte=0) & Q(value_technical__lte=F("value_total")),
            ),
            models.CheckConstraint(
                name="contract_ends_after_start",
                condition=Q(effective_from=None) | Q(effective_to=None) | Q(effective_to__gt=F("effective_from")),
            ),
            models.UniqueConstraint(
                fields=["registration_number"],
                name="registration_number_once",
                condition=~Q(registration_number=""),
            ),
        ]


class Milestone(models.Model):
    """Something to be reached by a day, with what shows it; a delivery or payment if a contract owes it."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="+")
    contract = models.ForeignKey(Contract, models.PROTECT, null=True, related_name="+")  # where a contract owes it
    name = models.CharField(max_length=200)
    due_on = models.DateField()
    done_on = models.DateField(null=True)
    evidence = models.TextField(blank=True)

    objects = Guarded()


class Interaction(models.Model):
    """A call, visit or message, and the next step it leaves."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="+")
    on = models.DateField()
    interaction_kind = models.CharField(max_length=40)
    who = models.CharField(max_length=200, blank=True)
    note = models.TextField()
    noted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = Guarded()


class Visit(models.Model):
    """A follow-up visit that falls due by itself after landing, and the figures it brings home."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="+")
    label = models.CharField(max_length=20)  # month_3 | month_6 | month_12 | check
    due_on = models.DateField()
    visited_on = models.DateField(null=True)
    visited_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    staff_count = models.PositiveIntegerField(null=True)
    revenue = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    rd_spending = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    note = models.TextField(blank=True)

    objects = Guarded()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "label", "due_on"], name="visit_once")]
        indexes = [models.Index(fields=["due_on"], name="visit_due", condition=Q(visited_on=None))]
