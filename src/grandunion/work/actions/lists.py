"""Numbers out of their series, terms and settings out of a pack."""

from collections.abc import Mapping

from grandunion.adapters.rows import Statement, together
from grandunion.records.lists import Setting, Term

TAKEN = (  # in one statement, so that two who take at once wait for each other
    "INSERT INTO records_numberseries (prefix, last) VALUES (%s, %s) "
    "ON CONFLICT (prefix) DO UPDATE SET last = records_numberseries.last + excluded.last RETURNING last"
)


def next_numbers(prefix: str, year: int, count: int = 1) -> list[str]:
    """The next `count` numbers of a series, like NED-2026-0007; held under the transaction's lock."""
    ((last,),) = together([taking(prefix, year, count)])[0]
    return [numbered(prefix, year, number) for number in range(last - count + 1, last + 1)]


def taking(prefix: str, year: int, count: int = 1) -> Statement:
    """What takes the next `count` numbers of a series and answers the last of them, to be written by `numbered`."""
    return TAKEN, [f"{prefix}-{year}", count]


def numbered(prefix: str, year: int, number: int) -> str:
    """A number as it is written: NED-2026-0007."""
    return f"{prefix}-{year}-{number:04d}"


def put_term(list_code: str, code: str, values: Mapping[str, object]) -> tuple[Term, bool]:
    """Create a term or bring it up to date; answers the term and whether it is new. Terms are never removed."""
    return Term.objects.update_or_create(list=list_code, code=code, defaults=dict(values))


def put_setting(key: str, value: object) -> None:
    """Keep a fact of the hub."""
    Setting.objects.update_or_create(key=key, defaults={"value": value})
