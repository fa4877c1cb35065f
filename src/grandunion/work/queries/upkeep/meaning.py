"""What the index of meaning should hold: the texts of every record that everybody may know, against what it has."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db import models

from grandunion.adapters import meaning
from grandunion.records.achievements import Achievement
from grandunion.records.matches import Offer
from grandunion.records.needs import Need
from grandunion.records.parties import Person
from grandunion.records.projects import Project

MEANT = (Achievement, Need, Offer, Person, Project)
KINDS = tuple(record.kind for record in MEANT)
standing, problems = meaning.standing, meaning.problems


@dataclass(frozen=True, slots=True)
class Differing:
    """Of one kind: records whose texts the index does not have, as (id, zh, en), and ids it should not have."""

    kind: str
    lacking: tuple[tuple[int, str, str], ...]
    gone: tuple[int, ...]

    @property
    def count(self) -> int:
        """How many records differ."""
        return len(self.lacking) + len(self.gone)

    @property
    def first(self) -> int:
        """The lowest of their ids."""
        return min([*(pk for pk, _, _ in self.lacking), *self.gone])


def is_on() -> bool:
    """Whether this hub reads what texts mean."""
    return settings.MEANING != "off"


def differing(record: type[models.Model]) -> Differing:
    """The records of a kind and the index, compared text by text; what waits to be read counts as there."""
    has = meaning.digests(record.kind)
    lacking, there = [], set()
    for pk, zh, en in texts(record):
        if zh or en:
            there.add(pk)
            if has.get(pk) != meaning.digest_of(zh, en):
                lacking.append((pk, zh, en))
    nothing = meaning.digest_of("", "")
    gone = sorted(pk for pk, digest in has.items() if pk not in there and digest != nothing)
    return Differing(record.kind, tuple(lacking), tuple(gone))


def texts(record: type[models.Model]) -> Iterator[tuple[int, str, str]]:
    """The id and the texts, Chinese and English, of every record of a kind."""
    rows = record.objects.unscoped("every text that everybody may know is compared, nobody reads it")
    for pk, *said in rows.order_by("pk").values_list("pk", *record.meant).iterator(2_000):
        yield pk, *meaning.by_language(said)
