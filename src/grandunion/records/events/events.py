"""An event from the plan to the last thing it set going, and what is on at it."""

from django.db import models
from django.db.models import F, Q

from grandunion.records.base import (
    ASKED,
    S0,
    S1,
    S2,
    Guarded,
    Titled,
    code_field,
    declared,
    one_of,
    sourced_once,
    titled,
)
from grandunion.records.parties import Confidential, Organisation, User
from grandunion.terms.events import EventKind, EventState
from grandunion.terms.secrecy import Level
from grandunion.terms.text import Text, either

S = EventState
PUBLISHED_STATES = tuple(one for one in EventState if one not in (S.PLANNED, S.CANCELLED))


class Event(Confidential, Titled):
    """A meeting, a roadshow, a briefing: when, where, for how many, what was said and what followed."""

    state = code_field(EventState, EventState.PLANNED)
    state_at = models.DateTimeField()
    event_kind = code_field(EventKind, EventKind.MEETING)
    text_zh = models.TextField(blank=True)
    text_en = models.TextField(blank=True)
    place_zh = models.CharField(max_length=200, blank=True)
    place_en = models.CharField(max_length=200, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    capacity = models.PositiveIntegerField(null=True)  # None: as many as come
    needs_approval = models.BooleanField(default=False)
    registers_until = models.DateTimeField(null=True)  # None: until it starts
    follows = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    round_number = models.CharField(max_length=40, blank=True)  # the match round that a roadshow is held with
    summary_zh = models.TextField(blank=True)  # what the minutes say before the statements
    summary_en = models.TextField(blank=True)
    minutes_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    reminded_at = models.DateTimeField(null=True)
    retain_until = models.DateField(null=True)  # until when names and contacts of those registered are kept
    purged_at = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict)  # what stays of the registrations once they are purged

    kind = "event"
    searched = ("number", "title_zh", "title_en", "text_zh", "text_en", "place_zh", "place_en")
    public_states = PUBLISHED_STATES
    secrecy = declared(
        {
            S0: "title_zh title_en state event_kind text_zh text_en place_zh place_en starts_at ends_at capacity "
            "needs_approval registers_until round_number",
            S1: "state_at follows counts",
            S2: "summary_zh summary_en minutes_by confirmed_by reminded_at retain_until purged_at",
        }
    )

    class Meta:
        constraints = [
            titled("event_titled"),
            one_of("state", EventState, "event_state_known"),
            one_of("event_kind", EventKind, "event_kind_known"),
            one_of("level", Level, "event_level_known"),
            sourced_once("event_source_once"),
            models.CheckConstraint(name="event_ends_after_start", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(name="event_has_places", condition=Q(capacity=None) | Q(capacity__gt=0)),
        ]
        indexes = [
            models.Index(fields=["starts_at", "id", "state", *ASKED], name="event_starts"),
            models.Index(fields=["-updated_at", "-id", "state", *ASKED], name="event_recent"),
        ]

    @property
    def place(self) -> Text:
        """Where it is, as each language says it."""
        return either(self.place_en, self.place_zh)


class AgendaItem(models.Model):
    """One thing on the agenda: when it begins, what it is about, who speaks."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField(null=True)
    topic_zh = models.CharField(max_length=300, blank=True)
    topic_en = models.CharField(max_length=300, blank=True)
    speaker_zh = models.CharField(max_length=200, blank=True)
    speaker_en = models.CharField(max_length=200, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")

    objects = Guarded()
    kind = "agenda_item"

    class Meta:
        constraints = [
            titled("agenda_item_titled", "topic_zh", "topic_en"),
            models.UniqueConstraint(fields=["event", "place"], name="agenda_item_in_its_place"),
        ]

    @property
    def topic(self) -> Text:
        return either(self.topic_en, self.topic_zh)

    @property
    def speaker(self) -> Text:
        return either(self.speaker_en, self.speaker_zh)
