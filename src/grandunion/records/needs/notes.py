"""What is said about a need: notes and letters, prepared replies, and what somebody has typed and not sent yet."""

from django.db import models
from django.db.models import Q

from grandunion.records.base import Guarded, Record, code_field, one_of
from grandunion.records.needs.needs import Need
from grandunion.records.parties import Organisation, User
from grandunion.terms.needs import Category, NoteKind
from grandunion.terms.text import Text


class Note(models.Model):
    """One thing said about a need: among the desk, to the applicant, or from outside by mail.

    What is withdrawn keeps its place and its moment; its words are gone. Its files are documents whose subject is
    the note itself, so that nobody who does not read the note comes to them through the need.
    """

    need = models.ForeignKey(Need, models.CASCADE, related_name="+")
    note_kind = code_field(NoteKind)
    text = models.TextField(blank=True)
    author = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    sender = models.CharField(max_length=254, blank=True)  # the address a letter came from
    message_id = models.CharField(max_length=250, blank=True)  # of the letter it was filed from
    mentioned = models.JSONField(default=list)  # ids of accounts
    left_out = models.JSONField(default=list)  # [name, why in Chinese, why in English] of attachments not kept
    at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = Guarded()
    kind = "note"

    class Meta:
        constraints = [
            one_of("note_kind", NoteKind, "note_kind_known"),
            models.UniqueConstraint(
                fields=["need", "message_id"], name="note_letter_once", condition=~Q(message_id="")
            ),
            models.CheckConstraint(name="note_says_something", condition=~Q(text="") | ~Q(withdrawn_at=None)),
        ]
        indexes = [models.Index(fields=["need", "id"], name="note_need")]


class Macro(Record):
    """A prepared handling of needs: fields to set, a reply with places, whom to ask, which move to make."""

    code = models.CharField(max_length=60, unique=True)
    name_zh = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100)
    category = models.CharField(max_length=30, blank=True)  # empty: for every need
    sets = models.JSONField(default=dict)  # field to value
    note_kind = models.CharField(max_length=20, blank=True)
    text_zh = models.TextField(blank=True)
    text_en = models.TextField(blank=True)
    assignee = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    move = models.CharField(max_length=40, blank=True)
    is_of_pack = models.BooleanField(default=False)
    retired_on = models.DateField(null=True)

    kind = "macro"

    @property
    def name(self) -> Text:
        return Text(self.name_en, self.name_zh)

    class Meta:
        constraints = [
            models.CheckConstraint(name="macro_category_known", condition=Q(category__in=("", *Category.codes()))),
            models.CheckConstraint(name="macro_note_known", condition=Q(note_kind__in=("", *NoteKind.codes()))),
        ]


class Unsent(models.Model):
    """What an officer has typed into a form of a need and not sent: there again on every machine until it is sent."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    need = models.ForeignKey(Need, models.CASCADE, related_name="+")
    form = models.CharField(max_length=40)
    answers = models.JSONField(default=dict)
    at = models.DateTimeField()

    objects = Guarded()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "need", "form"], name="unsent_once")]
