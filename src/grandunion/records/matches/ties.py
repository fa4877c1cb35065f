"""What stands between two parties, so that they are not brought together as strangers; and who wants no matches."""

from django.db import models
from django.db.models import Q

from grandunion.records.base import Guarded, code_field, one_of
from grandunion.records.parties import Organisation, Person, User
from grandunion.terms.matches import Market, TieKind


class Tie(models.Model):
    """A tie between two organisations, two persons, or a person and an organisation; it reads the same both ways."""

    number = models.CharField(max_length=40, unique=True)
    tie_kind = code_field(TieKind)
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    other_organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, related_name="+")
    other_person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    source = models.CharField(max_length=300)  # where it is known from
    is_confirmed = models.BooleanField(null=True)  # nobody has looked yet; looked: it stands; looked: it does not
    declared_at = models.DateTimeField()
    declared_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    settled_why = models.CharField(max_length=300, blank=True)  # what whoever looked found
    ended_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = Guarded()
    kind = "tie"

    class Meta:
        constraints = [
            one_of("tie_kind", TieKind, "tie_kind_known"),
            models.CheckConstraint(name="tie_from_one", condition=Q(organisation=None) ^ Q(person=None)),
            models.CheckConstraint(name="tie_to_one", condition=Q(other_organisation=None) ^ Q(other_person=None)),
        ]
        indexes = [
            models.Index(fields=["organisation"], name="tie_organisation"),
            models.Index(fields=["other_organisation"], name="tie_other_organisation"),
            models.Index(fields=["person"], name="tie_person"),
            models.Index(fields=["other_person"], name="tie_other_person"),
        ]


class OptOut(models.Model):
    """That an organisation or a person does not want to be suggested, on one market or on all."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    market = models.CharField(max_length=40, blank=True)  # empty: all markets
    reason = models.CharField(max_length=300, blank=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = Guarded()
    kind = "opt_out"

    class Meta:
        constraints = [
            models.CheckConstraint(name="opt_out_of_one", condition=Q(organisation=None) ^ Q(person=None)),
            models.CheckConstraint(name="opt_out_market_known", condition=Q(market__in=("", *Market.codes()))),
        ]
