"""Organisations, persons, their roles in time, users and what each may open."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from grandunion.records.base import (
    S0,
    S1,
    S2,
    Guarded,
    Record,
    Sourced,
    code_field,
    declared,
    one_of,
    sourced_once,
    titled,
)
from grandunion.records.lists import Term
from grandunion.terms.parties import NameKind, OrganisationKind, OrganisationStatus, PersonRole, Size
from grandunion.terms.roles import Part, Role
from grandunion.terms.secrecy import Level
from grandunion.terms.text import Text, either


class Person(Record, Sourced):
    """A researcher, founder, alumnus, student or officer."""

    number = models.CharField(max_length=40, unique=True)
    level = code_field(Level, Level.MEMBERS)
    name_zh = models.CharField(max_length=100, blank=True)
    name_en = models.CharField(max_length=100, blank=True)
    sort_key = models.CharField(max_length=200, blank=True, db_index=True)
    title_zh = models.CharField(max_length=100, blank=True)
    title_en = models.CharField(max_length=100, blank=True)
    affiliation = models.CharField(max_length=200, blank=True)
    orcid = models.CharField(max_length=19, blank=True)
    expertise = models.CharField(max_length=500, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)

    objects = Guarded()
    kind = "person"
    searched = ("number", "name_zh", "name_en", "affiliation", "expertise", "sort_key")
    meant = ("expertise",)
    secrecy = declared(
        {S0: "name_zh name_en sort_key title_zh title_en affiliation orcid expertise", S2: "email phone"}, is_case=False
    )

    class Meta:
        constraints = [
            titled("person_named", "name_zh", "name_en"),
            sourced_once("person_source_once"),
            models.UniqueConstraint(fields=["orcid"], name="person_orcid_once", condition=~Q(orcid="")),
        ]

    @property
    def name(self) -> Text:
        return either(self.name_en, self.name_zh)


class UserManager(BaseUserManager):
    """Finds users by their e-mail address."""

    def get_by_natural_key(self, username: str) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """An account by which a person signs in."""

    email = models.EmailField(unique=True)
    name_zh = models.CharField(max_length=100, blank=True)
    name_en = models.CharField(max_length=100, blank=True)
    person = models.OneToOneField(Person, models.PROTECT, null=True, related_name="+")
    language = models.CharField(max_length=10, blank=True)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(null=True)
    unread = models.PositiveIntegerField(default=0)  # messages; kept here because every page shows it

    USERNAME_FIELD = "email"
    kind = "account"
    objects = UserManager()

    @property
    def name(self) -> Text:
        return either(self.name_en or self.name_zh or self.email, self.name_zh)


class Organisation(Record, Sourced):
    """An organisation of any kind; a team before incorporation is one too and stays the same row as a company."""

    number = models.CharField(max_length=40, unique=True)
    level = code_field(Level, Level.MEMBERS)
    organisation_kind = code_field(OrganisationKind)
    status = code_field(OrganisationStatus, OrganisationStatus.ACTIVE)
    name_zh = models.CharField(max_length=200, blank=True)
    name_en = models.CharField(max_length=200, blank=True)
    short_name_zh = models.CharField(max_length=100, blank=True)
    short_name_en = models.CharField(max_length=100, blank=True)
    sort_key = models.CharField(max_length=300, blank=True)
    core_zh = models.CharField(max_length=200, blank=True, db_index=True)
    core_en = models.CharField(max_length=200, blank=True, db_index=True)
    credit_code = models.CharField(max_length=18, blank=True)
    ror = models.CharField(max_length=9, blank=True)
    stock_symbol = models.CharField(max_length=20, blank=True)
    country = models.CharField(max_length=2, blank=True)
    city = models.CharField(max_length=100, blank=True)
    region = models.ForeignKey(Term, models.PROTECT, null=True, related_name="+")
    area = models.ForeignKey(Term, models.PROTECT, null=True, related_name="+")
    industry = models.ForeignKey(Term, models.PROTECT, null=True, related_name="+")
    size = models.CharField(max_length=20, blank=True)
    founded_on = models.DateField(null=True)
    incorporated_on = models.DateField(null=True)
    landed_on = models.DateField(null=True)
    website = models.URLField(max_length=300, blank=True)
    summary_zh = models.TextField(blank=True)
    summary_en = models.TextField(blank=True)
    registered_capital = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    staff_count = models.PositiveIntegerField(null=True)
    contact_name = models.CharField(max_length=100, blank=True)
    contact_email = models.EmailField(blank=True)
    contact_phone = models.CharField(max_length=40, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    objects = Guarded()
    kind = "organisation"
    searched = (
        "number",
        "name_zh",
        "name_en",
        "short_name_zh",
        "short_name_en",
        "credit_code",
        "stock_symbol",
        "sort_key",
        "city",
        "summary_zh",
        "summary_en",
    )
    secrecy = declared(
        {
            S0: "organisation_kind status name_zh name_en short_name_zh short_name_en sort_key core_zh core_en "
            "credit_code ror stock_symbol country city region area industry founded_on website summary_zh summary_en",
            S1: "size incorporated_on landed_on merged_into",
            S2: "registered_capital staff_count contact_name contact_email contact_phone",
        },
        is_case=False,
    )

    class Meta:
        constraints = [
            titled("organisation_named", "name_zh", "name_en"),
            one_of("organisation_kind", OrganisationKind, "organisation_kind_known"),
            one_of("status", OrganisationStatus, "organisation_status_known"),
            one_of("level", Level, "organisation_level_known"),
            models.CheckConstraint(name="organisation_size_known", condition=Q(size__in=("", *Size.codes()))),
            models.UniqueConstraint(
                fields=["credit_code"],
                name="credit_code_once",
                condition=~Q(credit_code="") & ~Q(status="merged"),
            ),
            models.UniqueConstraint(fields=["ror"], name="ror_once", condition=~Q(ror="") & ~Q(status="merged")),
            sourced_once("organisation_source_once"),
        ]
        indexes = [
            # Status and level at the end, so that counting a list reads no rows.
            models.Index(
                fields=["organisation_kind", "sort_key", "id", "status", "level"],
                name="organisation_kind_sorted",
            ),
            models.Index(fields=["sort_key", "id", "status", "level"], name="organisation_sorted"),
            # All that counting by area, kind and industry reads, so that the rows themselves stay unread.
            models.Index(
                fields=["area", "industry", "organisation_kind", "status", "level"], name="organisation_counted"
            ),
        ]

    @property
    def name(self) -> Text:
        return either(self.name_en, self.name_zh)

    @property
    def owner_id(self) -> int:
        """An organisation owns itself."""
        return self.id


class OrganisationName(models.Model):
    """A further name: alias, former name, abbreviation."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    core = models.CharField(max_length=200, db_index=True)
    name_kind = code_field(NameKind, NameKind.ALIAS)
    until = models.DateField(null=True)

    objects = Guarded()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="organisation_name_once"),
            one_of("name_kind", NameKind, "organisation_name_kind_known"),
        ]

    @property
    def kind_text(self) -> Text:
        return NameKind(self.name_kind).text


class OrganisationLabel(models.Model):
    """A recognition such as high-tech enterprise, by a dated definition of an issuer."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    label = models.ForeignKey(Term, models.PROTECT, related_name="+")
    definition = models.CharField(max_length=200, blank=True)
    year = models.PositiveIntegerField()
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)

    objects = Guarded()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "label", "year"], name="label_once_a_year")]

    @property
    def rules(self) -> Text:
        """By whose rules of which year; the list's own definition is known in both languages."""
        details = self.label.details
        zh, en = (f"{details.get(f'issuer_{tongue}', '')} {details.get('year', '')}".strip() for tongue in ("zh", "en"))
        return Text(en, zh) if self.definition == zh[:200] else either(self.definition, self.definition)


class Merge(models.Model):
    """That one record was merged into another, with what it was."""

    survivor = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    absorbed_number = models.CharField(max_length=40)
    snapshot = models.JSONField()
    at = models.DateTimeField()
    actor_name = models.CharField(max_length=200)

    objects = Guarded()


class Position(models.Model):
    """What a person is at an organisation, for a time."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    role = code_field(PersonRole)
    share_percent = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    is_full_time = models.BooleanField(null=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    objects = Guarded()

    class Meta:
        constraints = [
            one_of("role", PersonRole, "position_role_known"),
            models.CheckConstraint(
                name="position_ends_after_start",
                condition=Q(ends_on=None) | Q(ends_on__gt=models.F("starts_on")),
            ),
            models.UniqueConstraint(fields=["person", "organisation", "role", "starts_on"], name="position_once"),
        ]

    @property
    def role_text(self) -> Text:
        return PersonRole(self.role).text


class Membership(models.Model):
    """That a user acts in a role: for the hub (no organisation) or for one organisation, in one area or all."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    role = code_field(Role)
    area = models.ForeignKey(Term, models.PROTECT, null=True, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    objects = Guarded()

    class Meta:
        constraints = [
            one_of("role", Role, "membership_role_known"),
            models.CheckConstraint(
                name="membership_ends_after_start",
                condition=Q(ends_on=None) | Q(ends_on__gt=models.F("starts_on")),
            ),
        ]


class Conflict(models.Model):
    """That a user stands in conflict of interest with an organisation: denies beat every allow."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    reason = models.CharField(max_length=300)
    declared_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = Guarded()


class Access(models.Model):
    """That a user or an organisation may open one record: as inventor, reviewer, side of a match, or by grant."""

    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, related_name="+")
    part = code_field(Part)
    secrecy = models.PositiveSmallIntegerField(default=int(S1))
    reason = models.CharField(max_length=300)
    granted_by = models.CharField(max_length=200)
    granted_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)

    objects = Guarded()

    class Meta:
        indexes = [
            models.Index(fields=["subject_kind", "subject_id"], name="access_subject"),
            models.Index(fields=["user", "subject_kind"], name="access_user"),
            models.Index(fields=["organisation", "subject_kind"], name="access_organisation"),
        ]
        constraints = [
            one_of("part", Part, "access_part_known"),
            models.CheckConstraint(name="access_for_one", condition=Q(user=None) ^ Q(organisation=None)),
        ]


class Watch(models.Model):
    """That a user wants to be told what happens to a record."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    at = models.DateTimeField()

    objects = Guarded()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject_kind", "subject_id", "user"], name="watched_once"),
        ]


class Token(models.Model):
    """A key to the API for a user, with scopes; only its fingerprint is kept."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    name = models.CharField(max_length=100)
    fingerprint = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    objects = Guarded()


class Confidential(Record, Sourced):
    """A record of a case: who owns it, who is in charge, where, and who may open it."""

    number = models.CharField(max_length=40, unique=True)
    level = code_field(Level, Level.ORGANISATION)
    owner = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    in_charge = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    area = models.ForeignKey(Term, models.PROTECT, null=True, related_name="+")

    objects = Guarded()

    class Meta:
        abstract = True
