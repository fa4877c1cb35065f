"""What an organisation or an expert offers, beside achievements: mandates, products, expertise, space, courses."""

from django.db import models
from django.db.models import F, Q

from grandunion.records.base import ASKED, S0, S1, S2, Titled, code_field, declared, one_of, sourced_once, titled
from grandunion.records.lists import Term
from grandunion.records.parties import Confidential, Person
from grandunion.terms.offers import OfferKind, OfferState, SpaceKind
from grandunion.terms.secrecy import Level


class Offer(Confidential, Titled):
    """One offer; the owner is the organisation whose it is, the person the expert where one is meant."""

    state = code_field(OfferState, OfferState.DRAFT)
    state_at = models.DateTimeField()
    offer_kind = code_field(OfferKind)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    text_zh = models.TextField(blank=True)
    text_en = models.TextField(blank=True)
    keywords = models.CharField(max_length=500, blank=True)
    industry = models.ForeignKey(Term, models.PROTECT, null=True, related_name="+")
    field = models.ForeignKey(Term, models.PROTECT, null=True, related_name="+")
    trl_min = models.PositiveSmallIntegerField(null=True)
    trl_max = models.PositiveSmallIntegerField(null=True)
    amount_min = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    amount_max = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, default="CNY")
    instruments = models.JSONField(default=list)  # Instrument codes
    stages = models.JSONField(default=list)  # FinanceRound codes
    licence_kinds = models.JSONField(default=list)  # Mode codes
    regions = models.JSONField(default=list)  # codes of the list “regions”; empty: everywhere
    space_kind = models.CharField(max_length=40, blank=True)
    square_metres = models.PositiveIntegerField(null=True)
    starts_on = models.DateField(null=True)  # of a course
    ends_on = models.DateField(null=True)
    quota = models.PositiveSmallIntegerField(null=True)  # introductions open at once
    partners_excluded = models.TextField(blank=True)
    terms = models.TextField(blank=True)
    valid_until = models.DateField(null=True)
    public_asked_at = models.DateTimeField(null=True)  # waits for a second person to open it to the public

    kind = "offer"
    searched = ("number", "title_zh", "title_en", "text_zh", "text_en", "keywords")
    meant = ("title_zh", "title_en", "text_zh", "text_en", "keywords")
    public_states = (OfferState.PUBLISHED,)
    secrecy = declared(
        {
            S0: "title_zh title_en state offer_kind person text_zh text_en keywords industry field trl_min trl_max "
            "amount_min amount_max currency instruments stages licence_kinds regions space_kind square_metres "
            "starts_on ends_on valid_until",
            S1: "state_at quota public_asked_at",
            S2: "partners_excluded terms",
        }
    )

    class Meta:
        constraints = [
            titled("offer_titled"),
            one_of("state", OfferState, "offer_state_known"),
            one_of("offer_kind", OfferKind, "offer_kind_known"),
            one_of("level", Level, "offer_level_known"),
            sourced_once("offer_source_once"),
            models.CheckConstraint(name="offer_space_kind_known", condition=Q(space_kind__in=("", *SpaceKind.codes()))),
            models.CheckConstraint(
                name="offer_days_ordered",
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(
                name="offer_trl_1_to_9",
                condition=(Q(trl_min=None) | Q(trl_min__range=(1, 9))) & (Q(trl_max=None) | Q(trl_max__range=(1, 9))),
            ),
            models.CheckConstraint(
                name="offer_trl_ordered",
                condition=Q(trl_min=None) | Q(trl_max=None) | Q(trl_max__gte=F("trl_min")),
            ),
            models.CheckConstraint(
                name="offer_amount_ordered",
                condition=Q(amount_min=None) | Q(amount_max=None) | Q(amount_max__gte=F("amount_min")),
            ),
            models.CheckConstraint(
                name="offer_amount_positive",
                condition=(Q(amount_min=None) | Q(amount_min__gte=0)) & (Q(amount_max=None) | Q(amount_max__gte=0)),
            ),
            models.CheckConstraint(
                name="offer_expert_named", condition=~Q(offer_kind=OfferKind.EXPERTISE.value) | ~Q(person=None)
            ),
        ]
        indexes = [
            models.Index(fields=["offer_kind", "state", "-updated_at", "-id"], name="offer_kind_state_recent"),
            models.Index(fields=["-updated_at", "-id", "state", *ASKED], name="offer_recent"),
            models.Index(fields=["id", *ASKED, "state", "offer_kind", "valid_until"], name="offer_seen"),
            models.Index(fields=["field", "-updated_at", "-id"], name="offer_field_recent"),
            models.Index(fields=["industry", "-updated_at", "-id"], name="offer_industry_recent"),
        ]
