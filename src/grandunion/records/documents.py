"""Files with a fingerprint and a confidentiality level, and unfinished forms."""

from django.db import models

from grandunion.records.base import S1, S2, Guarded, declared, one_of
from grandunion.records.parties import Confidential, User
from grandunion.terms.secrecy import Level


class Document(Confidential):
    """A file attached to a record; it is seen exactly when its record is, up to its own level."""

    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    title = models.CharField(max_length=200)
    file_name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    fingerprint = models.CharField(max_length=64)
    secrecy_class = models.PositiveSmallIntegerField(default=int(S2))
    uploaded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True)

    kind = "document"
    secrecy = declared(
        {
            S1: "subject_kind subject_id title file_name media_type size fingerprint secrecy_class removed_at",
            S2: "uploaded_by",
        }
    )

    class Meta:
        constraints = [one_of("level", Level, "document_level_known")]
        indexes = [models.Index(fields=["subject_kind", "subject_id"], name="document_subject")]


class Draft(models.Model):
    """An unfinished form, kept at each step; opened by its owner or by whoever holds its key."""

    key = models.CharField(max_length=64, unique=True)  # fingerprint of the secret in the address
    form = models.CharField(max_length=40)
    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="+")
    answers = models.JSONField(default=dict)
    step = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)  # once
    became = models.CharField(max_length=40, blank=True)  # the number of the record it became

    objects = Guarded()
