"""What texts mean, in Chinese and English alike: read by a sentence model, kept beside the database, found again.

`put` and `drop` belong into the transaction of the record, `near` answers searches and only reads, `catch_up` reads
what waits; `standing` and `problems` say how it is.
"""

from grandunion.adapters.meaning.passages import by_language
from grandunion.adapters.meaning.proving import Standing, mend, problems, standing
from grandunion.adapters.meaning.searching import Hit, Near, first_step, near, next_step, passages_of
from grandunion.adapters.meaning.writing import catch_up, drop, put, put_many, refit
from grandunion.adapters.vectors.tables import digest_of, digests

__all__ = [
    "Hit",
    "Near",
    "Standing",
    "by_language",
    "catch_up",
    "digest_of",
    "digests",
    "drop",
    "first_step",
    "mend",
    "near",
    "next_step",
    "passages_of",
    "problems",
    "put",
    "put_many",
    "refit",
    "standing",
]
