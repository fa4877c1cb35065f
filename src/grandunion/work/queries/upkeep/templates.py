"""The workbook to fill in for a kind: a header in both languages, and a sheet that explains every column."""

from io import BytesIO

import xlsxwriter

from grandunion.terms.text import Word
from grandunion.work.queries.upkeep import mappings
from grandunion.work.queries.upkeep.imports import kind_of
from grandunion.work.queries.upkeep.imports.kinds import CHOICES

HINT_HEADS = ("字段", "Field", "填写说明", "What to write")
LIST_ROWS = 1000


def template(kind_code: str) -> bytes:
    """An .xlsx whose first sheet is read by the mapping “template”; choices come as drop-downs."""
    kind, kept = kind_of(kind_code), BytesIO()
    with xlsxwriter.Workbook(kept, {"strings_to_formulas": False}) as book:
        bold, text = book.add_format({"bold": True, "text_wrap": True}), book.add_format({"num_format": "@"})
        sheet, hints = book.add_worksheet(kind.name.zh), book.add_worksheet("说明 Help")
        hints.write_row(0, 0, HINT_HEADS, bold)
        for column, (target, head) in enumerate(mappings.heads(kind_code)):
            sheet.write(0, column, head, bold)
            # Text, so that a code of eighteen digits keeps its last three.
            sheet.set_column(column, column, 22, text)
            words = CHOICES.get((kind_code, target))
            if words:
                spellings = [word.text.zh for word in words]
                sheet.data_validation(1, column, LIST_ROWS, column, {"validate": "list", "source": _fitting(spellings)})
            label = mappings.LABELS[target]
            hints.write_row(column + 1, 0, (label.zh, label.en, *_hint(words)))
        sheet.freeze_panes(1, 0)
        hints.set_column(0, 3, 40)
    return kept.getvalue()


def _fitting(spellings: list[str]) -> list[str]:
    """A drop-down of a workbook holds 255 characters."""
    while len(",".join(spellings)) > 255:
        spellings = spellings[:-1]
    return spellings


def _hint(words: tuple[Word, ...] | None) -> tuple[str, str]:
    if not words:
        return "", ""
    return "、".join(f"{word.text.zh}（{word.value}）" for word in words), ", ".join(
        f"{word.text.en} ({word.value})" for word in words
    )
