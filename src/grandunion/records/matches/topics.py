"""The topics learnt from texts open to members; the latest count, the ones before are kept."""

from django.db import models

from grandunion.records.base import Guarded


class TopicSet(models.Model):
    """Topics as `engines.matching.topics` writes them, with how many texts they were learnt from."""

    learnt_at = models.DateTimeField()
    texts = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)  # SHA-256 of what is kept
    fitted = models.BinaryField()

    objects = Guarded()
    kind = "topic_set"

    @property
    def number(self) -> str:
        """How the set is called: the day it was learnt on and the beginning of its digest."""
        return f"{self.learnt_at:%Y-%m-%d}.{self.digest[:8]}"
