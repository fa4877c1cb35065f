"""How each database says the hub's month of a moment, the days between two, and the later of two."""

from dataclasses import dataclass

AT = '"at"'  # a word of its own in some dialects


@dataclass(frozen=True, slots=True)
class Dialect:
    """Patterns with places to fill: of a moment {0} its month and its day, of a day {0} its month and itself."""

    month: str
    month_of: str
    day: str
    day_of: str
    days: str  # from {1} to {0}
    later: str
    text: str
    is_shared: bool = False  # the steps are read once for all figures, into tables of the session's own

    def between(self, later: str, earlier: str) -> str:
        """The days from one moment to another, by the days in the hub."""
        return self.days.format(self.day.format(later), self.day.format(earlier))


SQLITE = Dialect(
    month="strftime('%Y-%m', {0}, '+8 hours')", month_of="substr({0}, 1, 7)", day="date({0}, '+8 hours')", day_of="{0}",
    days="CAST(julianday({0}) - julianday({1}) AS INTEGER)", later="MAX({0}, {1})", text="CAST({0} AS TEXT)",
)  # fmt: skip
_EAST = "(CAST({0} AS TIMESTAMP) + INTERVAL 8 HOUR)"
DUCKDB = Dialect(
    month=f"strftime({_EAST}, '%Y-%m')", month_of="strftime(CAST({0} AS DATE), '%Y-%m')", day=f"CAST({_EAST} AS DATE)",
    day_of="CAST({0} AS DATE)", days="date_diff('day', {1}, {0})", later="GREATEST({0}, {1})",
    text="CAST({0} AS VARCHAR)",
)  # fmt: skip
_THERE = "({0} AT TIME ZONE 'Asia/Shanghai')"
POSTGRESQL = Dialect(
    month=f"to_char({_THERE}, 'YYYY-MM')", month_of="to_char({0}, 'YYYY-MM')", day=f"CAST({_THERE} AS DATE)",
    day_of="{0}", days="({0} - {1})", later="GREATEST({0}, {1})", text="CAST({0} AS TEXT)",
)  # fmt: skip
