"""Indicators counted by the rules of the pack, for tests that write their records straight into the tables."""

from collections.abc import Iterable
from functools import cache

from grandunion.adapters.packs.counts import plain
from grandunion.adapters.packs.sheets import read_sheet
from grandunion.records.plans import Definition, Indicator
from grandunion.work.actions.plans import ledger
from tests.architecture.sources import HOUSE
from tests.cast import NOON

PACK = HOUSE / "packs/hefei/indicators.yaml"


@cache
def rows() -> dict[str, dict]:
    """The indicators of the pack by their codes, as written."""
    return {row["code"]: row for row in plain(read_sheet(PACK, PACK.name))["indicators"]}


def make_indicator(counts: str, **values: object) -> Indicator:
    """An indicator counted by the rule of the pack's indicator of this code (empty: by none), and counted now."""
    made = _made(counts, values)
    ledger.keep_up(at=NOON)
    return made


def make_indicators(codes: Iterable[str]) -> None:
    """Indicators counted by the rules of the pack's of these codes, all of them counted at once."""
    for code in codes:
        _made(code, {})
    ledger.keep_up(at=NOON)


def _made(counts: str, values: dict[str, object]) -> Indicator:
    row = rows().get(counts, {})
    given = {
        "name_en": counts, "name_zh": "指标", "definition_en": "What it is.", "definition_zh": "定义。",
        "unit_en": "pieces", "unit_zh": "个", "indicator_kind": row.get("kind", "flow"),
        "period": row.get("period", "year"), "is_counted": bool(counts), **values,
    }  # fmt: skip
    code = values.get("code", counts)
    indicator = Indicator.objects.update_or_create(code=code, defaults=given)[0]
    rule = row.get("counts", {})
    for part in (rule["of"], rule["to"]) if "to" in rule else ():
        _made(part, {})
    _defined(indicator, rule, why_en=row.get("why_en", ""), why_zh=row.get("why_zh", ""))
    return indicator


def define(indicator: Indicator, rule: dict, version: int = 1, **values: object) -> Definition:
    """A definition of the indicator, counted now."""
    found = _defined(indicator, rule, version, **values)
    ledger.keep_up(at=NOON)
    return found


def _defined(indicator: Indicator, rule: dict, version: int = 1, **values: object) -> Definition:
    same = ("indicator_kind", "period", "unit_zh", "unit_en", "definition_zh", "definition_en")
    given = {**{name: getattr(indicator, name) for name in same}, "rule": rule, "counted_at": None, **values}
    return Definition.objects.update_or_create(indicator=indicator, version=version, defaults=given)[0]


def recounted() -> None:
    """Rows that were written without the journal's knowledge are counted too."""
    ledger.recount(at=NOON)
