"""Who comes to an event: registered, invited, waiting, there."""

from django.db import models
from django.db.models import Q

from grandunion.records.base import Guarded, code_field, one_of
from grandunion.records.events.events import Event
from grandunion.records.parties import Organisation, Person, User
from grandunion.terms.events import GONE, Attendance, CameBy, RegistrationState
from grandunion.terms.text import Text, either

HERE = Q(state__in=[one.value for one in RegistrationState if one not in GONE])


class Registration(models.Model):
    """That somebody comes to an event, or wants to; names and contacts go when the event's are purged."""

    number = models.CharField(max_length=40, unique=True)
    event = models.ForeignKey(Event, models.CASCADE, related_name="+")
    state = code_field(RegistrationState, RegistrationState.PENDING)
    state_at = models.DateTimeField()
    attends_as = code_field(Attendance, Attendance.GUEST)
    came_by = code_field(CameBy, CameBy.DESK)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    organisation_zh = models.CharField(max_length=200, blank=True)  # as told, where it is no record here
    organisation_en = models.CharField(max_length=200, blank=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    name_zh = models.CharField(max_length=100, blank=True)
    name_en = models.CharField(max_length=100, blank=True)
    position_zh = models.CharField(max_length=200, blank=True)
    position_en = models.CharField(max_length=200, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    note = models.TextField(blank=True)
    reason = models.CharField(max_length=300, blank=True)  # why it was not admitted
    language = models.CharField(max_length=2, default="zh")
    registered_at = models.DateTimeField()
    checked_in_at = models.DateTimeField(null=True)
    tracking = models.CharField(max_length=64, blank=True)  # fingerprint of the key held without an account
    version = models.PositiveIntegerField(default=1)

    objects = Guarded()
    kind = "registration"

    class Meta:
        constraints = [
            one_of("state", RegistrationState, "registration_state_known"),
            one_of("attends_as", Attendance, "registration_attends_as_known"),
            one_of("came_by", CameBy, "registration_came_by_known"),
            models.UniqueConstraint(
                fields=["event", "user"], name="registration_once_by_user", condition=HERE & ~Q(user=None)
            ),
            models.UniqueConstraint(
                fields=["event", "email", "name_zh", "name_en"],
                name="registration_once_by_email",
                condition=HERE & ~Q(email=""),
            ),
        ]
        indexes = [
            models.Index(fields=["event", "state", "id"], name="registration_event"),
            models.Index(fields=["user", "state"], name="registration_user"),
            models.Index(fields=["tracking"], name="registration_tracking"),
        ]

    @property
    def name(self) -> Text:
        return either(self.name_en, self.name_zh)

    @property
    def position(self) -> Text:
        return either(self.position_en, self.position_zh)

    @property
    def body(self) -> Text:
        """The organisation somebody comes for: the record's name, else as told."""
        return self.organisation.name if self.organisation else either(self.organisation_en, self.organisation_zh)
