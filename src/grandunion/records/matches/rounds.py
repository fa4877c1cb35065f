"""Rounds: an event at which many meet many, its participants, which pairs are possible, and who meets whom when."""

from django.db import models
from django.db.models import F, Q

from grandunion.records.achievements import Achievement
from grandunion.records.base import S0, S1, S2, Guarded, Titled, code_field, declared, one_of, titled
from grandunion.records.matches.offers import Offer
from grandunion.records.matches.pairs import Match
from grandunion.records.matches.weights import WeightSet
from grandunion.records.needs import Need
from grandunion.records.parties import Confidential, Organisation, Person
from grandunion.terms.matches import Market, Side
from grandunion.terms.rounds import AppointmentState, FairTo, Objective, RoundState
from grandunion.terms.secrecy import Level


class Round(Confidential, Titled):
    """A roadshow, a review or a consultation; the loads are those of a participant that names none of its own."""

    state = code_field(RoundState, RoundState.DRAFT)
    state_at = models.DateTimeField()
    market = code_field(Market)
    objective = code_field(Objective, Objective.TOTAL)
    fair_to = code_field(FairTo, FairTo.FIRSTS)
    place = models.CharField(max_length=200, blank=True)
    slots = models.JSONField(default=list)  # [{code, starts_at, ends_at, tables}]; empty: pairs without times
    tables = models.PositiveSmallIntegerField(null=True)  # meetings at once, where a slot says nothing; None: any
    needing_min = models.PositiveSmallIntegerField(default=0)
    needing_max = models.PositiveSmallIntegerField(default=1)
    offering_min = models.PositiveSmallIntegerField(default=0)
    offering_max = models.PositiveSmallIntegerField(default=1)
    weights = models.ForeignKey(WeightSet, models.PROTECT, null=True, related_name="+")
    answer = models.JSONField(default=dict)  # total, worst, bound, gap, is_exact, unplaced of the last assignment
    note = models.TextField(blank=True)

    kind = "round"
    public_states = (RoundState.PUBLISHED, RoundState.FINISHED)
    secrecy = declared(
        {
            S0: "title_zh title_en state market place",
            S1: "state_at objective fair_to slots tables needing_min needing_max offering_min offering_max",
            S2: "weights answer note",
        }
    )

    class Meta:
        constraints = [
            titled("round_titled"),
            one_of("state", RoundState, "round_state_known"),
            one_of("market", Market, "round_market_known"),
            one_of("objective", Objective, "round_objective_known"),
            one_of("fair_to", FairTo, "round_fair_to_known"),
            one_of("level", Level, "round_level_known"),
            models.CheckConstraint(
                name="round_loads_ordered",
                condition=Q(needing_max__gte=F("needing_min"), offering_max__gte=F("offering_min")),
            ),
        ]
        indexes = [models.Index(fields=["-updated_at", "-id"], name="round_recent")]


class Participant(models.Model):
    """One who takes part in a round, on one side: a need, an offer, an achievement, an organisation or an expert."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="+")
    side = code_field(Side)
    need = models.ForeignKey(Need, models.PROTECT, null=True, related_name="+")
    offer = models.ForeignKey(Offer, models.PROTECT, null=True, related_name="+")
    achievement = models.ForeignKey(Achievement, models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    min_load = models.PositiveSmallIntegerField(null=True)
    max_load = models.PositiveSmallIntegerField(null=True)
    not_free = models.JSONField(default=list)  # codes of slots
    joined_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)

    objects = Guarded()
    kind = "participant"

    class Meta:
        constraints = [
            one_of("side", Side, "participant_side_known"),
            models.CheckConstraint(
                name="participant_is_somebody",
                condition=~Q(need=None, offer=None, achievement=None, organisation=None, person=None),
            ),
            models.CheckConstraint(
                name="participant_loads_ordered",
                condition=Q(min_load=None) | Q(max_load=None) | Q(max_load__gte=F("min_load")),
            ),
        ]


class Pairing(models.Model):
    """How well two participants of a round fit, or why they may not or must meet."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="+")
    needing = models.ForeignKey(Participant, models.CASCADE, related_name="+")
    offering = models.ForeignKey(Participant, models.CASCADE, related_name="+")
    value = models.DecimalField(max_digits=5, decimal_places=4)
    confidence = models.DecimalField(max_digits=5, decimal_places=4, null=True)
    parts = models.JSONField(default=list)
    ruling = models.SmallIntegerField(default=0)  # −1 may not meet, 0 may, +1 must
    reason_en = models.CharField(max_length=500, blank=True)
    reason_zh = models.CharField(max_length=500, blank=True)
    is_by_hand = models.BooleanField(default=False)

    objects = Guarded()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "needing", "offering"], name="pairing_once"),
            models.CheckConstraint(name="pairing_ruling_known", condition=Q(ruling__in=(-1, 0, 1))),
            models.CheckConstraint(name="pairing_value_0_to_1", condition=Q(value__range=(0, 1))),
        ]


class Appointment(models.Model):
    """That two participants of a round meet, at a time where the round has times."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="+")
    needing = models.ForeignKey(Participant, models.CASCADE, related_name="+")
    offering = models.ForeignKey(Participant, models.CASCADE, related_name="+")
    slot = models.CharField(max_length=40, blank=True)
    table = models.CharField(max_length=40, blank=True)
    state = code_field(AppointmentState, AppointmentState.PLANNED)
    is_kept = models.BooleanField(default=False)  # a person wants it kept whatever is assigned anew
    match = models.ForeignKey(Match, models.PROTECT, null=True, related_name="+")
    note = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = Guarded()
    kind = "appointment"

    class Meta:
        constraints = [
            one_of("state", AppointmentState, "appointment_state_known"),
            models.UniqueConstraint(
                fields=["round", "needing", "offering"],
                name="appointment_once",
                condition=~Q(state=AppointmentState.CANCELLED.value),
            ),
            models.UniqueConstraint(
                fields=["round", "needing", "slot"],
                name="appointment_needing_free",
                condition=~Q(state=AppointmentState.CANCELLED.value) & ~Q(slot=""),
            ),
            models.UniqueConstraint(
                fields=["round", "offering", "slot"],
                name="appointment_offering_free",
                condition=~Q(state=AppointmentState.CANCELLED.value) & ~Q(slot=""),
            ),
        ]
