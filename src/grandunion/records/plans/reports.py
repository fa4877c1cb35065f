"""Government work reports: sentences whose every number is bound to what it rests on, and what happens to them."""

from django.db import models
from django.db.models import Q

from grandunion.records.base import (
    S0,
    S1,
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
from grandunion.records.parties import Confidential, User
from grandunion.records.plans.claims import Claim
from grandunion.records.plans.definitions import Indicator
from grandunion.records.plans.targets import Target
from grandunion.terms.plans import Qualifier, Scope
from grandunion.terms.secrecy import Level
from grandunion.terms.text import Text, either
from grandunion.terms.work_reports import Basis, WorkReportState


class ReportTemplate(models.Model):
    """What a level's report of a year begins with, as the pack writes it; without a year it serves every year."""

    code = models.CharField(max_length=60, unique=True)
    name_zh = models.CharField(max_length=300)
    name_en = models.CharField(max_length=300)
    scope = models.CharField(max_length=20)
    area = models.ForeignKey(Term, models.PROTECT, null=True, related_name="+")
    year = models.PositiveSmallIntegerField(null=True)
    body = models.JSONField(default=list)  # its sections with their sentences and numbers
    source = models.CharField(max_length=300, blank=True)
    verified_on = models.DateField(null=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [one_of("scope", Scope, "report_template_scope_known")]

    @property
    def name(self) -> Text:
        return either(self.name_en, self.name_zh)


class ReportStyle(models.Model):
    """A Word file of the hub's own, whose styles, head and foot the reports of a level or of one template take."""

    scope = models.CharField(max_length=20)
    template = models.CharField(max_length=60, blank=True)  # empty: every report of the level without one of its own
    file_name = models.CharField(max_length=200)
    size = models.PositiveIntegerField()
    fingerprint = models.CharField(max_length=64)
    kept_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    kept_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    kind = "report_style"

    class Meta:
        constraints = [
            one_of("scope", Scope, "report_style_scope_known"),
            models.UniqueConstraint(fields=["scope", "template"], name="report_style_once"),
        ]

    @property
    def number(self) -> str:
        """What its address and the journal call it: its template, or its level."""
        return self.template or self.scope


class WorkReport(Confidential, Titled):
    """One level's report on a year and its plan for the next; once signed, `frozen` is what it says for good."""

    state = code_field(WorkReportState, WorkReportState.DRAFTED)
    state_at = models.DateTimeField()
    scope = models.CharField(max_length=20)  # whose report it is: province, city, district, hub
    year = models.PositiveSmallIntegerField()  # the year it reviews
    template = models.CharField(max_length=60, blank=True)
    reviewed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    signer = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)
    frozen = models.JSONField(null=True)
    proofs = models.JSONField(null=True)  # the records each counted figure was made of when it was signed
    digest = models.CharField(max_length=64, blank=True)

    kind = "work_report"
    searched = ("number", "title_zh", "title_en")
    public_states = (WorkReportState.PUBLISHED,)
    secrecy = declared(
        {
            S0: "title_zh title_en state scope year signed_at frozen digest",
            S1: "state_at template reviewed_by signer",
            S3: "proofs",
        }
    )

    class Meta:
        constraints = [
            titled("work_report_titled"),
            one_of("state", WorkReportState, "work_report_state_known"),
            one_of("scope", Scope, "work_report_scope_known"),
            one_of("level", Level, "work_report_level_known"),
            sourced_once("work_report_source_once"),
            models.CheckConstraint(
                name="work_report_sealed_when_signed",
                condition=~Q(state__in=(WorkReportState.SIGNED, WorkReportState.PUBLISHED)) | ~Q(digest=""),
            ),
        ]
        indexes = [models.Index(fields=["scope", "area", "year"], name="work_report_of_year")]


class ReportSection(models.Model):
    """A part of a report: the review of the year, the plan for the next."""

    report = models.ForeignKey(WorkReport, models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=40)
    title_zh = models.CharField(max_length=300, blank=True)
    title_en = models.CharField(max_length=300, blank=True)

    objects = Guarded()
    kind = "report_section"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "place"], name="report_section_in_its_place")]

    @property
    def title(self) -> Text:
        return either(self.title_en, self.title_zh)


class Sentence(models.Model):
    """One sentence in both languages; `{name}` stands where a number goes."""

    section = models.ForeignKey(ReportSection, models.CASCADE, related_name="+")
    place = models.PositiveIntegerField()
    text_zh = models.TextField(blank=True)
    text_en = models.TextField(blank=True)
    justified = models.JSONField(default=dict)  # numbers typed by hand that may stay, each with why
    version = models.PositiveIntegerField(default=1)

    objects = Guarded()
    kind = "report_sentence"

    @property
    def text(self) -> Text:
        return Text(self.text_en, self.text_zh)


class Binding(models.Model):
    """A number in a sentence: what it rests on, and its value when it was last checked."""

    sentence = models.ForeignKey(Sentence, models.CASCADE, related_name="+")
    name = models.CharField(max_length=40)
    basis = models.CharField(max_length=10)
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+")
    claim = models.ForeignKey(Claim, models.PROTECT, null=True, related_name="+")
    target = models.ForeignKey(Target, models.PROTECT, null=True, related_name="+")
    area = models.ForeignKey(Term, models.PROTECT, null=True, related_name="+")
    as_of = models.DateField(null=True)
    qualifier = models.CharField(max_length=20, default=Qualifier.EXACTLY.value)  # how a counted value is said
    measure_zh = models.CharField(max_length=20, blank=True)
    measure_en = models.CharField(max_length=40, blank=True)
    bound = models.JSONField(default=dict)  # the value as it was last checked: value, qualifier, words
    kept = models.JSONField(null=True)  # the later value that was seen and not taken
    kept_reason = models.CharField(max_length=300, blank=True)
    checked_at = models.DateTimeField(null=True)

    objects = Guarded()
    kind = "report_binding"

    class Meta:
        constraints = [
            one_of("basis", Basis, "binding_basis_known"),
            one_of("qualifier", Qualifier, "binding_qualifier_known"),
            models.UniqueConstraint(fields=["sentence", "name"], name="binding_named_once"),
            models.CheckConstraint(
                name="binding_rests_on_its_basis",
                condition=Q(basis=Basis.CLAIM, claim__isnull=False, target=None)
                | Q(basis=Basis.TARGET, target__isnull=False, claim=None)
                | Q(basis=Basis.FIGURE, claim=None, target=None, as_of__isnull=False),
            ),
        ]


class ReportComment(models.Model):
    """What somebody says about a sentence, until it is settled."""

    sentence = models.ForeignKey(Sentence, models.CASCADE, related_name="+")
    text = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    resolved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    resolved_at = models.DateTimeField(null=True)

    objects = Guarded()
    kind = "report_comment"


class Erratum(models.Model):
    """A correction of a signed report: which number, what it said, what is right, why; the report itself stays."""

    report = models.ForeignKey(WorkReport, models.CASCADE, related_name="+")
    figure = models.CharField(max_length=80)  # the number's key in `frozen`
    was_zh = models.CharField(max_length=200)
    was_en = models.CharField(max_length=200)
    now_zh = models.CharField(max_length=200)
    now_en = models.CharField(max_length=200)
    reason_zh = models.CharField(max_length=500, blank=True)
    reason_en = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    objects = Guarded()
    kind = "erratum"

    class Meta:
        constraints = [titled("erratum_reasoned", "reason_zh", "reason_en")]

    @property
    def was(self) -> Text:
        return Text(self.was_en, self.was_zh)

    @property
    def now(self) -> Text:
        return Text(self.now_en, self.now_zh)

    @property
    def reason(self) -> Text:
        return either(self.reason_en, self.reason_zh)
