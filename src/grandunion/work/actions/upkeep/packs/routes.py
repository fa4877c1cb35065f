"""The routing rules of a pack as a setting: institution, office and expert on one row for each answerer."""

from collections.abc import Iterable, Iterator, Mapping

from grandunion.adapters.packs import Pack
from grandunion.adapters.packs.service import AnsweringOffice, Institution
from grandunion.records.lists import Setting
from grandunion.work.actions.upkeep.packs.organisations import NAMED
from grandunion.work.actions.upkeep.packs.settings import plain
from grandunion.work.actions.upkeep.packs.tally import Tally
from grandunion.work.queries.lists import setting

FILTERS = (
    "categories", "subjects", "areas", "industries", "industries_out", "stages", "age_least", "age_most",
    "headcount_least", "headcount_most",
)  # fmt: skip


def load_routes(pack: Pack, tally: Tally) -> None:
    """Keep the rules with the numbers of the organisations, which are there by now."""
    numbers = {code: kept["number"] for code, kept in (setting(NAMED) or {}).items()}
    known = {row.key: row for row in Setting.objects.filter(key="routes")}
    value = routes_of(pack.institutions, numbers, pack.desk.capacity)
    tally.keep("settings", known, Setting, "routes", {"value": value}, key="routes")


def routes_of(
    institutions: Iterable[Institution], numbers: Mapping[str, str], capacity: int | None
) -> list[dict[str, object]]:
    """Every answerer of the rules; `numbers` has the organisations' numbers by the pack's codes."""
    return [
        {"institution_zh": one.name.zh, "institution_en": one.name.en, **row}
        for one in institutions
        for office in one.offices
        for row in _rows(one, office, numbers, capacity)
    ]


def _rows(
    institution: Institution, office: AnsweringOffice, numbers: Mapping[str, str], capacity: int | None
) -> Iterator[dict[str, object]]:
    """The office itself, and each of its experts, who answers within the office's conditions."""
    shared = {
        "organisation": numbers[office.organisation], "level": office.level,
        "capacity": office.capacity if office.capacity is not None else capacity,
    }  # fmt: skip
    above = [conditions_of(institution), conditions_of(office)]
    if not office.experts:
        yield {**shared, "code": office.code, "email": "", "is_automatic": office.is_automatic, "conditions": above}
    for expert in office.experts:
        yield {**shared, "code": expert.code, "email": expert.email, "is_automatic": expert.is_automatic,
               "conditions": [*above, conditions_of(expert)]}  # fmt: skip


def conditions_of(filters: object) -> dict[str, object]:
    """What a row narrows; what it leaves open is not there."""
    found = {name: plain(getattr(filters, name)) for name in FILTERS}
    return {name: value for name, value in found.items() if value not in (None, [])}
