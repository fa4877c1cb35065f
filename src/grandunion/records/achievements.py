"""Disclosures of scientific achievements, their inventors, rights, evaluation and public notice."""

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q

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
from grandunion.records.parties import Confidential, Organisation, Person, User
from grandunion.terms.achievements import (
    AchievementKind,
    AchievementState,
    IpType,
    PatentStatus,
    PriorPublication,
    Recommendation,
)
from grandunion.terms.rights import PriceMethod, RightsScheme, RightsState
from grandunion.terms.secrecy import Level

PUBLISHED_STATES = (
    AchievementState.IN_LIBRARY,
    AchievementState.RIGHTS_REVIEW,
    AchievementState.PUBLIC_NOTICE,
    AchievementState.DISPOSABLE,
    AchievementState.LINKED_TO_PROJECT,
    AchievementState.TRANSFORMED,
)


class Achievement(Confidential, Titled):
    """A scientific achievement from its disclosure on."""

    state = code_field(AchievementState, AchievementState.DRAFT)
    state_at = models.DateTimeField()
    achievement_kind = code_field(AchievementKind, AchievementKind.INVENTION)
    keywords = models.CharField(max_length=500, blank=True)
    abstract_public_zh = models.TextField(blank=True)
    abstract_public_en = models.TextField(blank=True)
    abstract_confidential = models.TextField(blank=True)
    problem = models.TextField(blank=True)
    solution = models.TextField(blank=True)
    advantages = models.TextField(blank=True)
    limitations = models.TextField(blank=True)
    applications = models.TextField(blank=True)
    is_service_achievement = models.BooleanField(default=True)
    third_party_material = models.TextField(blank=True)
    prior_publication = models.CharField(max_length=20, blank=True)
    confidentiality = models.CharField(max_length=20, default="restricted")
    export_control_check = models.CharField(max_length=200, blank=True)
    trl = models.PositiveSmallIntegerField(null=True)
    innovation_degree = models.PositiveSmallIntegerField(null=True)
    advancement_degree = models.PositiveSmallIntegerField(null=True)
    five_values = models.JSONField(default=dict)  # {ValueDimension: sentence}
    industry = models.ForeignKey(Term, models.PROTECT, null=True, related_name="+")
    emerging_industry = models.ForeignKey(Term, models.PROTECT, null=True, related_name="+")
    field = models.ForeignKey(Term, models.PROTECT, null=True, related_name="+")
    modes_wanted = models.JSONField(default=list)
    price_min = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    price_max = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    partners_excluded = models.TextField(blank=True)
    found_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    found_on = models.DateField(null=True)
    channel = models.CharField(max_length=40, default="disclosure")
    owner_name = models.CharField(max_length=200, blank=True)  # as imported, before the owner is a record here
    decision = models.CharField(max_length=40, blank=True)
    decision_reason = models.TextField(blank=True)

    kind = "achievement"
    searched = (
        "number",
        "title_zh",
        "title_en",
        "keywords",
        "abstract_public_zh",
        "abstract_public_en",
        "owner_name",
    )
    meant = ("title_zh", "title_en", "keywords", "abstract_public_zh", "abstract_public_en")
    public_states = PUBLISHED_STATES
    secrecy = declared(
        {
            S0: "title_zh title_en state achievement_kind keywords abstract_public_zh abstract_public_en trl "
            "industry emerging_industry field modes_wanted owner_name",
            S1: "state_at is_service_achievement confidentiality channel found_on applications",
            S2: "price_min price_max found_by five_values innovation_degree advancement_degree prior_publication "
            "export_control_check decision decision_reason partners_excluded",
            S3: "abstract_confidential problem solution advantages limitations third_party_material",
        }
    )

    class Meta:
        constraints = [
            titled("achievement_titled"),
            one_of("state", AchievementState, "achievement_state_known"),
            one_of("achievement_kind", AchievementKind, "achievement_kind_known"),
            one_of("level", Level, "achievement_level_known"),
            sourced_once("achievement_source_once"),
            models.CheckConstraint(
                name="achievement_prior_publication_known",
                condition=Q(prior_publication__in=("", *PriorPublication.codes())),
            ),
            models.CheckConstraint(name="achievement_trl_1_to_9", condition=Q(trl=None) | Q(trl__range=(1, 9))),
            models.CheckConstraint(
                name="achievement_price_ordered",
                condition=Q(price_min=None) | Q(price_max=None) | Q(price_max__gte=F("price_min")),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-updated_at", "-id", *ASKED], name="achievement_state_recent"),
            models.Index(fields=["-updated_at", "-id", "state", *ASKED], name="achievement_recent"),
            models.Index(fields=["id", *ASKED, "state"], name="achievement_seen"),
            models.Index(fields=["field", "-updated_at", "-id"], name="achievement_field_recent"),
            models.Index(fields=["industry", "-updated_at", "-id"], name="achievement_industry_recent"),
        ]


class Inventor(models.Model):
    """An inventor's share, which the inventor confirms."""

    achievement = models.ForeignKey(Achievement, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    share_percent = models.DecimalField(max_digits=5, decimal_places=2)
    role = models.CharField(max_length=100, blank=True)
    is_representative = models.BooleanField(default=False)
    confirmed_at = models.DateTimeField(null=True)
    confirmation_note = models.CharField(max_length=300, blank=True)  # of a paper the transfer office holds

    objects = Guarded()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["achievement", "person"], name="inventor_once"),
            models.CheckConstraint(
                name="inventor_share_in_range", condition=Q(share_percent__gt=0) & Q(share_percent__lte=100)
            ),
        ]


class Funding(models.Model):
    """Public money that paid for the work, with what it obliges to."""

    achievement = models.ForeignKey(Achievement, models.CASCADE, related_name="+")
    programme = models.CharField(max_length=200)
    number = models.CharField(max_length=100, blank=True)
    amount = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    obligations = models.TextField(blank=True)

    objects = Guarded()


class PublicDisclosure(models.Model):
    """A publication or showing that bears on novelty."""

    achievement = models.ForeignKey(Achievement, models.CASCADE, related_name="+")
    disclosure_kind = models.CharField(max_length=60)
    on = models.DateField(null=True)
    place = models.CharField(max_length=200, blank=True)
    is_planned = models.BooleanField(default=False)

    objects = Guarded()


class IntellectualProperty(models.Model):
    """A patent, copyright or other right in the achievement."""

    achievement = models.ForeignKey(Achievement, models.CASCADE, related_name="+")
    ip_type = code_field(IpType)
    number = models.CharField(max_length=60, blank=True)
    office = models.CharField(max_length=10, default="CN")
    status = code_field(PatentStatus)
    filed_on = models.DateField(null=True)
    granted_on = models.DateField(null=True)
    expires_on = models.DateField(null=True)
    annuity_due_on = models.DateField(null=True)

    objects = Guarded()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["achievement", "office", "number"], name="ip_once", condition=~Q(number=""))
        ]


class TrlEvidence(models.Model):
    """What shows that a maturity level is reached."""

    achievement = models.ForeignKey(Achievement, models.CASCADE, related_name="+")
    level = models.PositiveSmallIntegerField()
    evidence = models.TextField()
    shown_on = models.DateField(null=True)

    objects = Guarded()

    class Meta:
        constraints = [models.CheckConstraint(name="evidence_level_1_to_9", condition=Q(level__range=(1, 9)))]


class Review(models.Model):
    """One reviewer's evaluation, or the conflict that keeps the reviewer out."""

    achievement = models.ForeignKey(Achievement, models.CASCADE, related_name="+")
    reviewer = models.ForeignKey(User, models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField()
    has_conflict = models.BooleanField(null=True)
    conflict_note = models.CharField(max_length=300, blank=True)
    market = models.PositiveSmallIntegerField(null=True)
    novelty = models.PositiveSmallIntegerField(null=True)
    team = models.PositiveSmallIntegerField(null=True)
    fit = models.PositiveSmallIntegerField(null=True)
    recommendation = models.CharField(max_length=10, blank=True)
    comment = models.TextField(blank=True)
    submitted_at = models.DateTimeField(null=True)

    objects = Guarded()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["achievement", "reviewer"], name="review_once"),
            models.CheckConstraint(
                name="review_recommendation_known",
                condition=Q(recommendation__in=("", *Recommendation.codes())),
            ),
        ]


class RightsCase(models.Model):
    """How the rights in an achievement are granted or disposed of."""

    number = models.CharField(max_length=40, unique=True)
    achievement = models.ForeignKey(Achievement, models.CASCADE, related_name="+")
    state = code_field(RightsState, RightsState.DRAFT)
    scheme = code_field(RightsScheme)
    inventor_share_percent = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    use_right_first_years = models.PositiveSmallIntegerField(null=True)
    use_right_total_years = models.PositiveSmallIntegerField(null=True)
    acceptor = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    opinion = models.TextField(blank=True)  # of all inventors
    implementation_plan = models.TextField(blank=True)
    price = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    price_method = models.CharField(max_length=20, blank=True)
    agreed_income = models.CharField(max_length=200, blank=True)
    reward_percent = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    duty_exemption_record = models.TextField(blank=True)
    agreement = models.CharField(max_length=300, blank=True)  # the signed agreement: number, day, where it lies
    duties_ended_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    objects = Guarded()
    kind = "rights_case"

    class Meta:
        constraints = [
            one_of("state", RightsState, "rights_state_known"),
            one_of("scheme", RightsScheme, "rights_scheme_known"),
            models.CheckConstraint(
                name="rights_price_method_known", condition=Q(price_method__in=("", *PriceMethod.codes()))
            ),
        ]


class PublicNotice(models.Model):
    """A notice that stands for a time; an open objection blocks what it announces."""

    achievement = models.ForeignKey(Achievement, models.CASCADE, related_name="+")
    rights_case = models.ForeignKey(RightsCase, models.PROTECT, null=True, related_name="+")
    text_zh = models.TextField()
    text_en = models.TextField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    objections_to = models.CharField(max_length=200)

    objects = Guarded()

    class Meta:
        constraints = [models.CheckConstraint(name="notice_ends_after_start", condition=Q(ends_on__gt=F("starts_on")))]

    @property
    def last_day(self) -> date:
        """The last day on which objections come in time."""
        return self.ends_on - timedelta(days=1)


class Objection(models.Model):
    """An objection to a public notice, and how it was settled."""

    notice = models.ForeignKey(PublicNotice, models.CASCADE, related_name="+")
    raised_by = models.CharField(max_length=200)
    contact = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    received_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    is_upheld = models.BooleanField(null=True)
    settlement = models.TextField(blank=True)

    objects = Guarded()
