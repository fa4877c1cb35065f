"""Counts a report's matches by group and by what came of them, in one question to the database."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, CharField, F, Value, When

from grandunion.engines.flows import MATCH_FLOW
from grandunion.terms.matches import MatchState
from grandunion.terms.periods import months_after
from grandunion.terms.reports import Cut
from grandunion.work.queries.matches import success
from grandunion.work.queries.matches.success import CAME_TO_NOTHING, HEIGHT, Asked

SECONDS = {
    "sqlite": "CAST(round((julianday({end}) - julianday({start})) * 86400) AS integer)",
    "postgresql": "CAST(extract(epoch FROM {end} - {start}) AS integer)",
}
GROUPED = {Cut.MARKET: "market", Cut.MANAGER: "in_charge", Cut.FIELD: "field_of"}
# Each match once beside what its steps before the day add up to, and the last of these: a subquery for each figure of
# each match took ten times as long. Of two steps in one moment the later row is the last one.
SQL = """
SELECT kept.part, {stood}, CASE WHEN {stood} IN ({nothing}) THEN COALESCE(latest.reason, kept.reason) ELSE '' END,
  COALESCE(past.height, {height_of_row}), {to_introduction},
  CASE WHEN latest.target = '{success}' THEN {to_success} END, COUNT(*)
FROM ({rows}) kept
LEFT JOIN (
  SELECT step.subject_id, MAX({height}) AS height, MAX(step.at) AS last_at,
    MIN(CASE WHEN step.target = '{introduced}' THEN step.at END) AS introduced_at
  FROM records_step step
  WHERE step.flow = '{flow}' AND step.at < %s AND step.subject_id IN (SELECT one.match_id FROM ({rows}) one)
  GROUP BY step.subject_id
) past ON past.subject_id = kept.match_id
LEFT JOIN records_step latest ON latest.flow = '{flow}' AND latest.subject_id = past.subject_id
  AND latest.at = past.last_at AND NOT EXISTS (
    SELECT 1 FROM records_step later WHERE later.flow = '{flow}' AND later.subject_id = latest.subject_id
    AND later.at = latest.at AND later.id > latest.id)
GROUP BY 1, 2, 3, 4, 5, 6"""


@dataclass(frozen=True, slots=True)
class Tally:
    """Matches of one group that stand alike: how many, and after how many seconds they were introduced and succeeded.

    `to_introduction` is from the suggestion, `to_success` from the introduction; None where it has not come so far.
    """

    part: str
    stood_in: str
    why: str
    height: int
    to_introduction: int | None
    to_success: int | None
    count: int


def tallies(asked: Asked) -> list[Tally]:
    """All matches of the report, each counted in one tally; the part is the group's key as the report gives it."""
    rows = success.kept(asked).order_by().annotate(match_id=F("pk"), part=_part(asked))
    try:
        sql, given = rows.values("match_id", "part", "state", "reason", "created_at").query.sql_with_params()
    except EmptyResultSet:
        return []
    with connection.cursor() as cursor:
        until = connection.ops.adapt_datetimefield_value(success.ends_at(asked))
        cursor.execute(_written(sql), [*given, until, *given])
        return [_tally(asked.cut, *row) for row in cursor.fetchall()]


def _part(asked: Asked) -> object:
    """By what the database tells the matches apart; reasons are told by how a match stands."""
    if asked.cut is Cut.MONTH:
        whens = [When(created_at__lt=success.start_of(after), then=Value(month)) for month, after in _months(asked)]
        return Case(*whens, output_field=CharField())
    return F(GROUPED[asked.cut]) if asked.cut in GROUPED else Value("")


def _months(asked: Asked) -> Iterator[tuple[str, date]]:
    """The months of the report, each with the first day after it."""
    first = asked.since.replace(day=1)
    while first <= asked.as_of:
        after = months_after(first, 1)
        yield f"{first:%Y-%m}", after
        first = after


def _written(rows: str) -> str:
    seconds = SECONDS[connection.vendor]
    return SQL.format(
        rows=rows, flow=MATCH_FLOW.code, stood="COALESCE(latest.target, kept.state)", height=_height("step.target"),
        height_of_row=_height("kept.state"), nothing=", ".join(f"'{state}'" for state in CAME_TO_NOTHING),
        introduced=MatchState.INTRODUCED.value, success=MatchState.SUCCESS.value,
        to_introduction=seconds.format(start="kept.created_at", end="past.introduced_at"),
        to_success=seconds.format(start="past.introduced_at", end="latest.at"),
    )  # fmt: skip


def _height(column: str) -> str:
    """How far up the ladder a state is, as SQL; states are the house's own words."""
    whens = " ".join(f"WHEN '{state}' THEN {height}" for state, height in HEIGHT.items())
    return f"CASE {column} {whens} ELSE 0 END"


def _tally(cut: Cut, part: object, stood_in: str, why: str, *figures: int | None) -> Tally:
    key = f"{stood_in}.{why}" if cut is Cut.REASON else "" if part is None else str(part)
    return Tally(key, stood_in, why, *figures)
