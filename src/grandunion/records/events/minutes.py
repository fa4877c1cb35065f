"""What was said at an event, sentence by sentence."""

from django.db import models
from django.db.models import Q

from grandunion.records.base import Guarded, code_field, one_of, titled
from grandunion.records.events.events import Event
from grandunion.records.lists import Term
from grandunion.records.needs import Need
from grandunion.records.parties import Organisation, User
from grandunion.terms.events import StatementKind
from grandunion.terms.text import Text, either


class Statement(models.Model):
    """One thing said: by whom, for which organisation, about what; a difficulty leads to a need."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    organisation_zh = models.CharField(max_length=200, blank=True)  # as told, where it is no record here
    organisation_en = models.CharField(max_length=200, blank=True)
    speaker_zh = models.CharField(max_length=200, blank=True)
    speaker_en = models.CharField(max_length=200, blank=True)
    topic = models.ForeignKey(Term, models.PROTECT, null=True, related_name="+")
    statement_kind = code_field(StatementKind)
    text_zh = models.TextField(blank=True)
    text_en = models.TextField(blank=True)
    need = models.ForeignKey(Need, models.PROTECT, null=True, related_name="+")
    settled_note = models.CharField(max_length=300, blank=True)  # why nothing follows from it
    source_ref = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects = Guarded()
    kind = "statement"

    class Meta:
        constraints = [
            titled("statement_written", "text_zh", "text_en"),
            one_of("statement_kind", StatementKind, "statement_kind_known"),
            models.UniqueConstraint(fields=["event", "place"], name="statement_in_its_place"),
            models.UniqueConstraint(
                fields=["event", "source_ref"], name="statement_source_once", condition=~Q(source_ref="")
            ),
        ]

    @property
    def text(self) -> Text:
        return either(self.text_en, self.text_zh)

    @property
    def speaker(self) -> Text:
        return either(self.speaker_en, self.speaker_zh)

    @property
    def body(self) -> Text:
        """The organisation somebody spoke for: the record's name, else as told."""
        return self.organisation.name if self.organisation else either(self.organisation_en, self.organisation_zh)
