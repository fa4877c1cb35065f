"""Pairs: an offer and a need, or a scenario and a capability; reasons, consent of both sides, meetings, outcome."""

from django.db import models
from django.db.models import Q

from grandunion.records.achievements import Achievement
from grandunion.records.base import S1, S2, Guarded, code_field, declared, one_of
from grandunion.records.matches.offers import Offer
from grandunion.records.needs import Need
from grandunion.records.parties import Confidential, Organisation, Person, User
from grandunion.records.scenarios import Capability, Opportunity
from grandunion.terms.matches import Market, MatchState
from grandunion.terms.secrecy import Level


class Match(Confidential):
    """One offer for one need, or one capability for one scenario. The owner is the needing organisation."""

    market = code_field(Market)
    state = code_field(MatchState, MatchState.SUGGESTED)
    state_at = models.DateTimeField()
    need = models.ForeignKey(Need, models.PROTECT, null=True, related_name="+")
    opportunity = models.ForeignKey(Opportunity, models.PROTECT, null=True, related_name="+")
    achievement = models.ForeignKey(Achievement, models.PROTECT, null=True, related_name="+")
    offer = models.ForeignKey(Offer, models.PROTECT, null=True, related_name="+")
    capability = models.ForeignKey(Capability, models.PROTECT, null=True, related_name="+")
    offering = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    expert = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    score = models.DecimalField(max_digits=5, decimal_places=4, null=True)
    confidence = models.DecimalField(max_digits=5, decimal_places=4, null=True)
    parts = models.JSONField(default=list)  # as work/queries/matches/kept.py writes and reads it
    note = models.TextField(blank=True)
    needing_accepted_at = models.DateTimeField(null=True)
    needing_accepted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    offering_accepted_at = models.DateTimeField(null=True)
    offering_accepted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    declined_by = models.CharField(max_length=20, blank=True)
    reason = models.CharField(max_length=60, blank=True)
    reason_note = models.TextField(blank=True)
    outcome = models.CharField(max_length=40, blank=True)

    kind = "match"
    secrecy = declared(
        {
            S1: "market state state_at need opportunity achievement offer capability offering expert score confidence "
            "parts note needing_accepted_at offering_accepted_at declined_by reason outcome",
            S2: "needing_accepted_by offering_accepted_by reason_note",
        }
    )

    class Meta:
        constraints = [
            one_of("market", Market, "match_market_known"),
            one_of("state", MatchState, "match_state_known"),
            one_of("level", Level, "match_level_known"),
            models.UniqueConstraint(
                fields=["need", "achievement"], name="match_achievement_once", condition=~Q(achievement=None)
            ),
            models.UniqueConstraint(fields=["need", "offer"], name="match_offer_once", condition=~Q(offer=None)),
            models.UniqueConstraint(
                fields=["opportunity", "capability"], name="match_capability_once", condition=~Q(capability=None)
            ),
            models.CheckConstraint(
                name="match_has_an_offer", condition=~Q(achievement=None, offer=None, offering=None, expert=None)
            ),
            models.CheckConstraint(  # a scenario meets a capability, a need everything else
                name="match_asks_for_one",
                condition=Q(opportunity=None, capability=None, need__isnull=False)
                | Q(opportunity__isnull=False, capability__isnull=False, need=None),
            ),
        ]
        indexes = [
            models.Index(fields=["-updated_at", "-id"], name="match_recent"),
            models.Index(fields=["market", "state"], name="match_market_state"),
        ]

    @property
    def asking(self) -> Need | Opportunity:
        """What is to be answered: the need, or the scenario opportunity."""
        return self.opportunity if self.need_id is None else self.need


class Meeting(models.Model):
    """A meeting of the two sides."""

    match = models.ForeignKey(Match, models.CASCADE, related_name="+")
    at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    noted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = Guarded()
