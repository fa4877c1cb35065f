"""What was promised at an event: who does it, until when, and what came of it."""

from django.db import models

from grandunion.records.base import ASKED, S0, S1, S2, Titled, code_field, declared, one_of, sourced_once, titled
from grandunion.records.events.events import Event
from grandunion.records.events.minutes import Statement
from grandunion.records.parties import Confidential
from grandunion.terms.events import ActionState
from grandunion.terms.secrecy import Level


class Action(Confidential, Titled):
    """One thing promised: `owner` is the organisation that does it, `in_charge` the officer who sees to it."""

    state = code_field(ActionState, ActionState.OPEN)
    state_at = models.DateTimeField()
    event = models.ForeignKey(Event, models.PROTECT, related_name="+")
    statement = models.ForeignKey(Statement, models.PROTECT, null=True, related_name="+")
    owner_zh = models.CharField(max_length=200, blank=True)  # who does it as told, where it is no record here
    owner_en = models.CharField(max_length=200, blank=True)
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True)
    result = models.TextField(blank=True)
    reminded_at = models.DateTimeField(null=True)  # that it is due
    warned_at = models.DateTimeField(null=True)  # that it is overdue

    kind = "action"
    secrecy = declared(
        {
            S0: "title_zh title_en state",
            S1: "state_at event statement owner_zh owner_en due_on done_at",
            S2: "result reminded_at warned_at",
        }
    )

    class Meta:
        constraints = [
            titled("action_titled"),
            one_of("state", ActionState, "action_state_known"),
            one_of("level", Level, "action_level_known"),
            sourced_once("action_source_once"),
            models.UniqueConstraint(fields=["statement"], name="action_of_a_statement_once"),
        ]
        indexes = [
            models.Index(fields=["state", "due_on", "id", *ASKED], name="action_due"),
            models.Index(fields=["event", "id"], name="action_event"),
        ]
