"""Forms with tables of rows: what is there, two empty rows for more, and empty rows left aside."""

from collections.abc import Iterable, Mapping

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.http import HttpRequest

from grandunion.interfaces.kit.forms import Form
from grandunion.interfaces.kit.tags import said
from grandunion.terms.text import Text

SPARE = 2
Rows = Iterable[Mapping[str, object]]


class _Grid(BaseFormSet):
    """Rows of which any may be left empty, those that were there before too: an emptied row is taken away."""

    def initial_form_count(self) -> int:
        return 0


class TableForm(Form):
    """A form with tables under its fields; `tables` maps a table's name to its heading and the form of one row."""

    tables: Mapping[str, tuple[Text, type[forms.Form]]] = {}

    def __init__(self, *args: object, given: Mapping[str, Rows] | None = None, **named: object) -> None:
        super().__init__(*args, **named)
        sent = self.data if self.is_bound else None
        self.grids = {
            name: _grid(row, name, (given or {}).get(name, ()), sent) for name, (_, row) in self.tables.items()
        }

    @classmethod
    def of(cls, request: HttpRequest, given: Mapping[str, Rows] | None = None, **initial: object) -> "TableForm":
        """The form as sent, or a fresh one with the rows that are there."""
        if request.method == "POST":
            return cls(request.POST, request.FILES)
        return cls(initial=initial, given=given)

    def is_valid(self) -> bool:
        """Whether the fields and every row are sound."""
        are_sound = [grid.is_valid() for grid in self.grids.values()]
        if not all(are_sound) and not self.non_field_errors():
            self.add_error(None, said(Text("Some rows below need correcting.", "下方有内容需要更正。")))
        return super().is_valid() and all(are_sound)

    def values(self) -> dict[str, object]:
        """The fields' values, and under each table's name its rows that are not empty."""
        return {**super().values(), **{name: _filled(grid) for name, grid in self.grids.items()}}

    def shown_tables(self) -> list[tuple[Text, BaseFormSet]]:
        """The tables as the template draws them."""
        return [(self.tables[name][0], grid) for name, grid in self.grids.items()]


def _grid(row: type[forms.Form], prefix: str, rows: Rows, sent: object) -> BaseFormSet:
    known = list(rows)
    made = formset_factory(row, formset=_Grid, extra=len(known) + SPARE, max_num=100, absolute_max=120)
    return made(sent, initial=known or None, prefix=prefix)


def _filled(grid: BaseFormSet) -> list[dict[str, object]]:
    return [
        row.cleaned_data for row in grid if any(value not in (None, "", False) for value in row.cleaned_data.values())
    ]
