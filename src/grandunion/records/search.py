"""The words under which a record is found; the database keeps its own full-text index over them."""

from django.db import models


class SearchText(models.Model):
    """One record's words, cut by the text index adapter (Chinese as overlapping pairs of characters)."""

    subject_kind = models.CharField(max_length=20)
    subject_id = models.BigIntegerField()
    words = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject_kind", "subject_id"], name="search_text_once")]
