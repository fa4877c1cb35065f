"""How large a table may be, and how the refusals of one that is larger are worded."""

from grandunion.terms.text import Text
from grandunion.terms.verdicts import Invalid, Problem

MOST_BYTES = 500 * 1024 * 1024  # of a text table, unpacked
MOST_JSON = 100 * 1024 * 1024  # of a JSON file, which is read as a whole
MOST_UNPACKED = 200 * 1024 * 1024  # of a workbook
STEEPEST = 200  # how many times its packed size a file may unpack to
MOST_COLUMNS = 500
LONGEST_CELL = 1_000_000


def unreadable(en: str, zh: str, row: int | None = None, field: str = "file") -> Invalid:
    """The refusal of a whole file, with the row where reading stopped."""
    return Invalid(Problem(field, Text(en, zh), row))


def too_large(limit: int) -> Invalid:
    megabytes = limit // (1024 * 1024)
    return unreadable(
        f"The file unpacks to more than {megabytes} MB. Split it.",
        f"文件解压后超过 {megabytes} MB，请拆分后再导入。",
    )
