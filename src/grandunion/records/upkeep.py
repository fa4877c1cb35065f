"""Imports that were made: what file, what it changed, and by whom."""

from django.db import models


class ImportBatch(models.Model):
    """One import that was written."""

    subject_kind = models.CharField(max_length=40)
    file_name = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64)
    mapping = models.CharField(max_length=100, blank=True)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()
    actor_name = models.CharField(max_length=200)
