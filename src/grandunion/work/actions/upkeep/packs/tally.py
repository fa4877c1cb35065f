"""Counts what a load made new, changed and left, and writes a row only when it differs."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import models

from grandunion.terms.verdicts import invalid


@dataclass
class Tally:
    """How many rows of each section are new, changed and as they were."""

    new: Counter = field(default_factory=Counter)
    changed: Counter = field(default_factory=Counter)
    same: Counter = field(default_factory=Counter)

    @property
    def changes(self) -> int:
        """How many rows were written at all."""
        return self.new.total() + self.changed.total()

    def sections(self) -> tuple[str, ...]:
        """Every section that had a row, in the order of loading."""
        return tuple(dict.fromkeys([*self.new, *self.changed, *self.same]))

    def keep(
        self, section: str, known: dict[str, models.Model], model: type[models.Model], code: str,
        values: Mapping[str, object], /, **identity: object,
    ) -> models.Model:  # fmt: skip
        """The row of this code, created or brought up to date; `known` has the rows that are there by code."""
        _fit(section, code, model, values)
        row = known.get(code)
        if row is None:
            row = known[code] = model.objects.create(**identity, **values)
            self.new[section] += 1
        elif different := [name for name, value in values.items() if _plain(row, name) != _key(value)]:
            for name in different:
                setattr(row, name, values[name])
            row.save(update_fields=different)
            self.changed[section] += 1
        else:
            self.same[section] += 1
        return row


def kept(model: type[models.Model]) -> dict[str, models.Model]:
    """The rows of a table that are there, by code."""
    return {row.code: row for row in model.objects.all()}


def _fit(section: str, code: str, model: type[models.Model], values: Mapping[str, object]) -> None:
    """Refuse what is longer than its column: SQLite would take it, PostgreSQL would not."""
    for name, value in values.items():
        longest = getattr(model._meta.get_field(name), "max_length", None)
        if longest and isinstance(value, str) and len(value) > longest:
            raise invalid(f"{section}: {code}: {name}", f"“{value}” is longer than {longest} characters.",
                          f"“{value}”超过 {longest} 个字符。")  # fmt: skip


def _plain(row: models.Model, name: str) -> object:
    """A column's value; a relation's by its key, so that nothing is read for comparing."""
    return getattr(row, row._meta.get_field(name).attname)


def _key(value: object) -> object:
    return value.pk if isinstance(value, models.Model) else value
