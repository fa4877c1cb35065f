"""The ledger: for which days a record counts in a figure, and from when to when the hub knew it."""

from django.db import models
from django.db.models import F, Q

from grandunion.records.plans.definitions import Definition


class Counted(models.Model):
    """That a record counts by a definition on the days `since` … `until`, for the period in which `on` lies.

    `known_from` … `known_until` is when the hub knew it so; nothing is ever rewritten, what was known stays.
    The dimensions hold ids, so that a count never joins.
    """

    definition = models.ForeignKey(Definition, models.CASCADE, related_name="+", db_index=False)
    subject_kind = models.CharField(max_length=40)  # a code of RecordClass
    subject_id = models.BigIntegerField()
    on = models.DateField()
    since = models.DateField()
    until = models.DateField(null=True)  # the first day on which it counts no more
    amount = models.DecimalField(max_digits=20, decimal_places=2)
    key = models.CharField(max_length=60, blank=True)  # what counts once, however many records it has
    area = models.BigIntegerField(null=True)
    partner = models.BigIntegerField(null=True)
    university = models.BigIntegerField(null=True)
    field = models.BigIntegerField(null=True)
    industry = models.BigIntegerField(null=True)
    known_from = models.DateTimeField()
    known_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="counted_ends_after_start", condition=Q(until=None) | Q(until__gt=F("since"))),
            models.CheckConstraint(
                name="counted_known_in_order", condition=Q(known_until=None) | Q(known_until__gt=F("known_from"))
            ),
        ]
        # What is known now is apart from what was: it stays as quick to read however long the hub has been at work.
        indexes = [
            models.Index(fields=["definition", "on"], name="counted_now", condition=Q(known_until=None)),
            models.Index(fields=["definition", "subject_id"], name="counted_subject", condition=Q(known_until=None)),
            models.Index(
                fields=["definition", "known_until"], name="counted_ended", condition=Q(known_until__isnull=False)
            ),
        ]


class Cursor(models.Model):
    """How far the ledger has followed the journal: one row, held by whoever goes on."""

    seq = models.BigIntegerField(default=0)
    at = models.DateTimeField(null=True)  # of the last entry followed
    checked_at = models.DateTimeField(null=True)  # when it was last held against a full count
    drifted = models.PositiveIntegerField(default=0)  # definitions in which it differed then

    class Meta:
        constraints = [models.CheckConstraint(name="cursor_is_one", condition=Q(id=1))]
