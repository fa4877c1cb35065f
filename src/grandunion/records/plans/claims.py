"""Figures as they were published, what each of them is about, and those that are taken for one and are not."""

from django.db import models
from django.db.models import Q

from grandunion.records.base import S1, code_field, one_of
from grandunion.records.lists import Term
from grandunion.records.parties import User
from grandunion.records.plans.definitions import Indicator, SourceDocument
from grandunion.terms.claims import Abroad, ClaimStage, ClaimState, Language, Medium, Thing
from grandunion.terms.plans import Qualifier, Scope
from grandunion.terms.text import Text, Word, either


def _facet() -> models.CharField:
    return models.CharField(max_length=20, blank=True)


def _known(name: str, **facets: type[Word]) -> list[models.CheckConstraint]:
    return [
        models.CheckConstraint(name=f"{name}_{facet}_known", condition=Q(**{f"{facet}__in": ("", *words.codes())}))
        for facet, words in facets.items()
    ]


class Faceted(models.Model):
    """What a figure is about, in words by which two of them can be told apart; empty: does not apply."""

    thing = _facet()
    stage = _facet()
    medium = _facet()
    abroad = _facet()
    whole = models.CharField(max_length=60, blank=True)  # of which whole it is a figure: all_funds, guidance_fund

    class Meta:
        abstract = True


FACETS = {"thing": Thing, "stage": ClaimStage, "medium": Medium, "abroad": Abroad}


class Concept(Faceted):
    """What an indicator is about: figures of one family are taken for one another."""

    indicator = models.OneToOneField(Indicator, models.PROTECT, related_name="+")
    family = models.ForeignKey(Term, models.PROTECT, related_name="+")  # of the list figure_families

    class Meta:
        constraints = _known("concept", **FACETS)


class Claim(Faceted):
    """A published figure with its qualifier, scope and source; a facet of its own goes before the indicator's."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, null=True, related_name="+")
    source = models.ForeignKey(SourceDocument, models.PROTECT, related_name="+")
    code = models.CharField(max_length=80, unique=True)
    level = models.CharField(max_length=20)  # province | city | district | operator | press
    area = models.ForeignKey(Term, models.PROTECT, null=True, related_name="+")
    qualifier = models.CharField(max_length=20)  # exactly | over | nearly | at_least
    value = models.DecimalField(max_digits=20, decimal_places=2)
    unit_zh = models.CharField(max_length=40, blank=True)
    unit_en = models.CharField(max_length=40, blank=True)
    period = models.CharField(max_length=40, blank=True)
    as_of = models.DateField(null=True)
    wording_zh = models.TextField(blank=True)
    wording_en = models.TextField(blank=True)
    original = code_field(Language, Language.BOTH)
    place = models.CharField(max_length=200, blank=True)  # page, paragraph or address within the source
    verified_on = models.DateField(null=True)
    state = code_field(ClaimState, ClaimState.CONFIRMED)  # a pack's claims come confirmed
    state_at = models.DateTimeField(null=True)
    entered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    kind = "claim"
    secrecy = dict.fromkeys(
        (
            "indicator",
            "source",
            "level",
            "area",
            "qualifier",
            "value",
            "period",
            "as_of",
            "wording_zh",
            "wording_en",
            "place",
            "state",
            "verified_on",
            "reason",
        ),
        S1,
    )  # of its time line, which planners and officers read

    class Meta:
        constraints = [
            one_of("level", Scope, "claim_level_known"),
            one_of("qualifier", Qualifier, "claim_qualifier_known"),
            one_of("original", Language, "claim_original_known"),
            one_of("state", ClaimState, "claim_state_known"),
            *_known("claim", **FACETS),
        ]

    @property
    def number(self) -> str:
        """Its code is its number."""
        return self.code

    @property
    def unit(self) -> Text:
        return either(self.unit_en, self.unit_zh)

    @property
    def wording(self) -> Text:
        return either(self.wording_en, self.wording_zh)


class Disagreement(models.Model):
    """The planner's note on claims, also of different indicators, that are taken for one figure and are not."""

    code = models.CharField(max_length=60, unique=True)
    name_zh = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    cause_zh = models.TextField()
    cause_en = models.TextField()
    claims = models.ManyToManyField(Claim, related_name="+")
    position = models.PositiveIntegerField(default=0)

    @property
    def name(self) -> Text:
        return either(self.name_en, self.name_zh)

    @property
    def cause(self) -> Text:
        return either(self.cause_en, self.cause_zh)
