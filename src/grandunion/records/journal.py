"""What happened, to what, by whom, when: append-only, hash-chained, without foreign keys out."""

from django.db import models


class Entry(models.Model):
    """One thing that happened. `values` holds {field: [before, after]}, each in its field's class."""

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=200)
    on_behalf = models.CharField(max_length=200, blank=True)
    verb = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField(null=True)
    subject_number = models.CharField(max_length=60, blank=True)
    values = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["subject_kind", "subject_id", "seq"], name="entry_subject")]


class Head(models.Model):
    """The end of the chain: one row, locked by whoever appends."""

    seq = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="")

    class Meta:
        constraints = [models.CheckConstraint(name="head_is_one", condition=models.Q(id=1))]


class Step(models.Model):
    """A record's passage from one state to another; indicators and funnels count these."""

    flow = models.CharField(max_length=20)
    subject_id = models.BigIntegerField()
    source = models.CharField(max_length=40, blank=True)
    target = models.CharField(max_length=40)
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["flow", "target", "at"], name="step_target"),
            models.Index(fields=["flow", "subject_id", "at"], name="step_subject"),
        ]


class Submission(models.Model):
    """A form sent once: its key keeps the second click from doing it twice."""

    key = models.CharField(max_length=64, unique=True)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    at = models.DateTimeField()
