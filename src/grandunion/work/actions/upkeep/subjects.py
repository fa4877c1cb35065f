"""The hub itself as the subject of a journal entry, for deeds that are about no single record."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hub:
    """What a deed of upkeep is about; `number` is the pack, the batch or the file."""

    number: str
    kind: str = "hub"
    pk: int | None = None
