"""Takes a table of returns in, each row the draft of its return: all of it or nothing, every bad row named."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.db import transaction

from grandunion.terms.readers import Reader
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Refused
from grandunion.work.actions.plans.returns.filling import save, submit
from grandunion.work.queries.plans import returns


@dataclass
class Taken:
    """How many returns were taken in, and what was refused: line, number, sentence."""

    count: int = 0
    refused: list[tuple[int, str, Text]] = field(default_factory=list)


def take_many(path: Path, *, is_submitted: bool, by: Reader, at: datetime) -> Taken:
    """Every row of a table saved as a draft, or submitted; where one is refused, nothing is kept."""
    taken = Taken()
    with transaction.atomic():
        for line, number, sent in returns.read_many(path):
            try:
                with transaction.atomic():
                    record = returns.get(number, by)
                    (submit if is_submitted else save)(record, sent, by=by, at=at)
                taken.count += 1
            except Refused as refused:
                taken.refused += [(line, number, reason) for reason in _reasons(refused)]
        if taken.refused:
            taken.count = 0
            transaction.set_rollback(True)
    return taken


def _reasons(refused: Refused) -> list[Text]:
    """Each cell's sentence with its column, or the one sentence for the row."""
    if not refused.problems:
        return [refused.reason]
    return [Text(f"{one.field}: {one.text.en}", f"{one.field}：{one.text.zh}") for one in refused.problems]
