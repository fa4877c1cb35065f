"""Who is told what: messages, letters, webhooks with their deliveries, preferences, and how far the worker is."""

from django.db import models
from django.db.models import Q

from grandunion.records.base import Guarded, code_field, one_of
from grandunion.records.documents import Draft
from grandunion.records.parties import User
from grandunion.terms.messages import AlertState, DeliveryState, HookState, MailState, MessageKind, Way
from grandunion.terms.text import Text


class Chore(models.Model):
    """One thing the worker does again and again: how far it is, when it last ran, what stopped it."""

    code = models.CharField(max_length=40, unique=True)
    position = models.BigIntegerField(default=0)  # of a reader of the journal: the last entry read
    ran_at = models.DateTimeField(null=True)
    count = models.PositiveBigIntegerField(default=0)  # what it has done since it was first run
    problem = models.CharField(max_length=500, blank=True)  # why it did not come through, the last time
    failing_since = models.DateTimeField(null=True)


class Alert(models.Model):
    """A saved search of the portal: an address that is written to when something new answers it.

    Nothing is sent before the address has confirmed it; when it is ended the row is gone.
    """

    email = models.EmailField()
    language = models.CharField(max_length=10)
    section = models.CharField(max_length=40)
    words = models.CharField(max_length=200, blank=True)
    narrowed = models.JSONField(default=dict)  # the filters in force, by code
    state = code_field(AlertState, AlertState.UNCONFIRMED)
    created_at = models.DateTimeField()
    looked_at = models.DateTimeField(null=True)  # the last time, from the moment it was confirmed
    version = models.PositiveIntegerField(default=1)

    objects = Guarded()
    kind = "alert"

    class Meta:
        constraints = [one_of("state", AlertState, "alert_state_known")]
        indexes = [models.Index(fields=["state", "looked_at", "id"], name="alert_due")]


class Mail(models.Model):
    """One letter to one address; its Message-ID stays the same however often it is tried."""

    key = models.CharField(max_length=100, unique=True)  # what it is for: one entry, or one day's digest
    message_id = models.CharField(max_length=120, unique=True)
    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="+")
    address = models.EmailField(blank=True)  # of somebody without an account
    is_digest = models.BooleanField(default=False)
    alert = models.ForeignKey(Alert, models.SET_NULL, null=True, related_name="+")
    draft = models.ForeignKey(Draft, models.SET_NULL, null=True, related_name="+")  # of a form not handed in
    state = code_field(MailState, MailState.WAITING)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=500, blank=True)

    objects = Guarded()
    kind = "mail"

    class Meta:
        constraints = [
            one_of("state", MailState, "mail_state_known"),
            models.CheckConstraint(name="mail_to_one", condition=Q(user=None) ^ Q(address="")),
        ]
        indexes = [models.Index(fields=["state", "due_at", "id"], name="mail_due")]


class AlertItem(models.Model):
    """That a saved search was answered by a record: never told twice. Without a letter: it was there before."""

    alert = models.ForeignKey(Alert, models.CASCADE, related_name="+")
    subject_id = models.BigIntegerField()
    mail = models.ForeignKey(Mail, models.SET_NULL, null=True, related_name="+")

    objects = Guarded()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["alert", "subject_id"], name="alert_item_once")]


class Message(models.Model):
    """That somebody is told of one thing that happened; nobody is told twice of the same entry of the journal."""

    seq = models.BigIntegerField()  # the entry
    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="+")
    address = models.EmailField(blank=True)
    language = models.CharField(max_length=10, blank=True)
    message_kind = code_field(MessageKind)
    verb = models.CharField(max_length=60)
    text_en = models.CharField(max_length=400)
    text_zh = models.CharField(max_length=400)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField(null=True)
    subject_number = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()  # when it happened
    way = code_field(Way, Way.NEVER)
    mail = models.ForeignKey(Mail, models.SET_NULL, null=True, related_name="+")
    is_shown = models.BooleanField(default=True)  # in the person's list of messages
    read_at = models.DateTimeField(null=True)

    objects = Guarded()
    kind = "message"

    class Meta:
        constraints = [
            one_of("message_kind", MessageKind, "message_kind_known"),
            one_of("way", Way, "message_way_known"),
            models.CheckConstraint(name="message_to_one", condition=Q(user=None) ^ Q(address="")),
            models.UniqueConstraint(fields=["seq", "user"], name="message_user_once", condition=~Q(user=None)),
            models.UniqueConstraint(fields=["seq", "address"], name="message_address_once", condition=~Q(address="")),
        ]
        indexes = [
            models.Index(fields=["user", "is_shown", "-id"], name="message_shown"),
            models.Index(fields=["user", "id"], name="message_unread", condition=Q(read_at=None, is_shown=True)),
            models.Index(fields=["way", "user"], name="message_digest", condition=Q(mail=None, way="digest")),
        ]

    @property
    def text(self) -> Text:
        return Text(self.text_en, self.text_zh)


class Preference(models.Model):
    """How somebody is told of one kind of thing, where that is not the usual way."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    message_kind = code_field(MessageKind)
    way = code_field(Way)
    is_shown = models.BooleanField(default=True)

    objects = Guarded()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "message_kind"], name="preference_once"),
            one_of("message_kind", MessageKind, "preference_kind_known"),
            one_of("way", Way, "preference_way_known"),
        ]


class Silence(models.Model):
    """That an address without an account wants no more letters of a kind; only its fingerprint is kept."""

    fingerprint = models.CharField(max_length=64)
    message_kind = code_field(MessageKind)
    at = models.DateTimeField()

    objects = Guarded()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["fingerprint", "message_kind"], name="silence_once"),
            one_of("message_kind", MessageKind, "silence_kind_known"),
        ]


class Webhook(models.Model):
    """An address outside that is called when something happens which `user` may see.

    Its secret is worked out from the hub's key and `seed`, so that no copy of the database gives it away.
    """

    name = models.CharField(max_length=100)
    url = models.CharField(max_length=500)
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    verbs = models.JSONField(default=list)  # as need.* or match.introduced; empty: all
    seed = models.CharField(max_length=64)
    old_seed = models.CharField(max_length=64, blank=True)  # signs along until `old_until`
    old_until = models.DateTimeField(null=True)
    state = code_field(HookState, HookState.ACTIVE)
    reason = models.CharField(max_length=300, blank=True)
    failing_since = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    objects = Guarded()
    kind = "webhook"

    class Meta:
        constraints = [one_of("state", HookState, "webhook_state_known")]


class Delivery(models.Model):
    """One thing told to one webhook; its id stays the same however often it is tried."""

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="+")
    seq = models.BigIntegerField(null=True)  # the entry; none for a trial
    delivery_id = models.CharField(max_length=60, unique=True)
    verb = models.CharField(max_length=60)
    at = models.DateTimeField()  # when it happened
    subject_kind = models.CharField(max_length=40, blank=True)
    subject_id = models.BigIntegerField(null=True)
    subject_number = models.CharField(max_length=60, blank=True)
    state = code_field(DeliveryState, DeliveryState.WAITING)
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    status = models.PositiveSmallIntegerField(null=True)  # what the other side answered
    problem = models.CharField(max_length=300, blank=True)
    done_at = models.DateTimeField(null=True)

    objects = Guarded()

    class Meta:
        constraints = [
            one_of("state", DeliveryState, "delivery_state_known"),
            models.UniqueConstraint(fields=["webhook", "seq"], name="delivery_once", condition=~Q(seq=None)),
        ]
        indexes = [models.Index(fields=["state", "due_at", "id"], name="delivery_due")]
