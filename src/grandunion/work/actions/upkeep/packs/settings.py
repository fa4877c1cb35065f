"""The facts of a pack that are kept as settings: the hub, its calendar, service levels, programmes, offices."""

from collections.abc import Iterator
from dataclasses import asdict, is_dataclass
from datetime import date, time
from decimal import Decimal

from grandunion.adapters.packs import Pack
from grandunion.adapters.packs.sections import OfficeHours
from grandunion.records.lists import Setting
from grandunion.terms.text import NOTHING, Text
from grandunion.work.actions.upkeep.packs.tally import Tally

DAYS_ZH, DAYS_EN = "一二三四五六日", ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def load_settings(pack: Pack, tally: Tally) -> None:
    """Every setting of the pack."""
    known = {row.key: row for row in Setting.objects.all()}
    for key, value in settings_of(pack):
        tally.keep("settings", known, Setting, key, {"value": value}, key=key)


def settings_of(pack: Pack) -> Iterator[tuple[str, object]]:
    """The settings a pack stands for."""
    yield "hub", _hub(pack)
    level = next(level for level in pack.service_levels if level.code == pack.hub.service_level)
    yield "sla", {**plain(level), "reminders": plain(pack.reminders)}
    yield "service_levels", plain(pack.service_levels)
    yield "calendar", _calendar(pack)
    yield "event_retention_days", pack.hub.event_retention_days
    yield "event_action_days", pack.hub.event_action_days
    yield "open_data", plain(pack.hub.open_data) if pack.hub.open_data else {}
    for part in ("programmes", "offices", "levels", "desk", "views"):
        yield part, plain(getattr(pack, part))


def plain(value: object) -> object:
    """A fact as JSON keeps it: a pair `name` becomes name_zh and name_en, days ISO, decimals text."""
    if is_dataclass(value):
        found: dict[str, object] = {}
        for key in asdict(value):
            inner = getattr(value, key)
            if isinstance(inner, Text):
                found |= {f"{key}_zh": inner.zh, f"{key}_en": inner.en}
            else:
                found[key] = plain(inner)
        return found
    if isinstance(value, tuple):
        return [plain(inner) for inner in value]
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal | str) else value


def _hub(pack: Pack) -> dict[str, object]:
    hub, hours = pack.hub, _hours(pack.hub.office_hours)
    operator = next(found for found in pack.organisations if found.code == hub.operator)
    other = hub.other_name.name if hub.other_name else NOTHING
    return {
        "code": hub.code, "zone": hub.zone, "currency": hub.currency, "country": hub.country, "region": hub.region,
        "name_zh": hub.name.name.zh, "name_en": hub.name.name.en, "other_name_zh": other.zh, "other_name_en": other.en,
        "summary_zh": hub.summary.name.zh, "summary_en": hub.summary.name.en,
        "operator_zh": operator.name.zh, "operator_en": operator.name.en,
        "office_hours_zh": hours.zh, "office_hours_en": hours.en,
        "land_km2": str(hub.land.square_kilometres) if hub.land else "",
    }  # fmt: skip


def _hours(hours: OfficeHours) -> Text:
    """The office hours as a person says them: Monday to Friday 8:30–18:00."""
    first, last = min(hours.weekdays) - 1, max(hours.weekdays) - 1
    span = f"{hours.opens.hour}:{hours.opens:%M}–{hours.closes.hour}:{hours.closes:%M}"
    if len(hours.weekdays) == last - first + 1 > 1:
        return Text(f"{DAYS_EN[first]}–{DAYS_EN[last]} {span}", f"周{DAYS_ZH[first]}至周{DAYS_ZH[last]} {span}")
    days = [day - 1 for day in sorted(hours.weekdays)]
    en, zh = ", ".join(DAYS_EN[day] for day in days), "、".join(f"周{DAYS_ZH[day]}" for day in days)
    return Text(f"{en} {span}", f"{zh} {span}")


def _calendar(pack: Pack) -> dict[str, object]:
    hours = pack.hub.office_hours
    return {
        **plain(pack.calendar),
        "opens": hours.opens.isoformat(), "closes": hours.closes.isoformat(), "weekdays": list(hours.weekdays),
        "zone": pack.hub.zone,
    }  # fmt: skip
