"""Reads reference terms and the hub's settings."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import lru_cache
from types import MappingProxyType

from django.db import connection
from django.db.models import Q, QuerySet

from grandunion.adapters.tickets import as_qr
from grandunion.engines.calendars import WorkingCalendar
from grandunion.records.lists import Term
from grandunion.terms.text import NOTHING, Text, either
from grandunion.terms.verdicts import invalid
from grandunion.work.queries.base.kept import by_code

OF_HUB = ("hub", "demo")  # the settings it is made of
CHOICES = "SELECT list, code, name_zh, name_en FROM records_term"


def terms(list_code: str, on: date | None = None) -> QuerySet[Term]:
    """The terms of a list that are in use, in their order."""
    rows = Term.objects.filter(list=list_code)
    if on is not None:
        rows = rows.filter(Q(retired_on=None) | Q(retired_on__gt=on))
    return rows.order_by("position", "code")


class Choices(tuple[tuple[str, Text], ...]):
    """What can be chosen, as (code, name): the very same for as long as nobody changes it.

    It is told apart by being itself, so that what is drawn of it can be kept.
    """

    __slots__ = ()
    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:
        return self is other


def choices(*list_codes: str) -> Mapping[str, Choices]:
    """The terms of several lists as (code, name), in their order, in one question."""
    if not list_codes:
        return {}
    marks = ", ".join(["%s"] * len(list_codes))
    with connection.cursor() as cursor:
        cursor.execute(f"{CHOICES} WHERE list IN ({marks}) ORDER BY position, code", list_codes)
        return _choices(list_codes, tuple(cursor.fetchall()))


@lru_cache(maxsize=100)
def _choices(list_codes: tuple[str, ...], rows: tuple[tuple[str, str, str, str], ...]) -> Mapping[str, Choices]:
    """The rows by list; a list that reads the same is the same."""
    found: dict[str, list[tuple[str, Text]]] = {code: [] for code in list_codes}
    for list_code, code, zh, en in rows:
        found[list_code].append((code, either(en, zh)))
    return MappingProxyType({code: Choices(pairs) for code, pairs in found.items()})


def term(list_code: str, code: str, field: str = "code") -> Term | None:
    """The term with this code, None for an empty code; refuses an unknown one with a sentence."""
    if not code:
        return None
    # What no code can be is not asked for: PostgreSQL takes no NUL byte.
    found = by_code(_coded, code, list_code) if code.isprintable() else None
    if found is None:
        raise invalid(
            field,
            f"“{code}” is not a code of the list “{list_code}”. Choose one from the list.",
            f"“{code}”不在“{list_code}”列表中，请从列表中选择。",
        )
    return found


def _coded(code: str, list_code: str) -> QuerySet[Term]:
    return Term.objects.filter(list=list_code, code=code)


def named(list_code: str, code: str) -> Text | str:
    """The name of a code that a record keeps as text; the code itself where the list does not know it."""
    found = by_code(_coded, code, list_code)
    return found.name if found else code


def setting(key: str, default: object = None) -> object:
    """A fact of the hub out of its pack."""
    return settings_of(key).get(key, default)


def settings_of(*keys: str) -> dict[str, object]:
    """Several facts of the hub in one question, asked at every page and so written out."""
    marks = ", ".join(["%s"] * len(keys))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT key, value FROM records_setting WHERE key IN ({marks})", keys)  # noqa: S608
        return {key: json.loads(value) for key, value in cursor.fetchall()}


@dataclass(frozen=True, slots=True)
class Hub:
    """The hub as its pack names it."""

    code: str
    name: Text
    operator: Text
    office_hours: Text
    summary: Text = NOTHING
    currency: str = "CNY"
    is_demo: bool = False


def hub() -> Hub:
    """The hub's own facts; a hub without a pack is named plainly."""
    return hub_of(settings_of(*OF_HUB))


def hub_of(kept: Mapping[str, object]) -> Hub:
    """The hub out of settings that were read already."""
    facts = kept.get("hub") or {}

    def text(key: str, en: str, zh: str) -> Text:
        return Text(facts.get(f"{key}_en") or en, facts.get(f"{key}_zh") or zh)

    return Hub(
        code=facts.get("code", "hub"),
        name=text("name", "Grand Union", "科创服务平台"),
        operator=text("operator", "", ""),
        office_hours=text("office_hours", "", ""),
        summary=text("summary", "", ""),
        currency=facts.get("currency", "CNY"),
        is_demo=bool(kept.get("demo")),
    )


def working_calendar(facts: Mapping[str, object] | None = None) -> WorkingCalendar:
    """The hub's working time (setting “calendar”); what it leaves out is Monday to Friday 8:30–18:00."""
    given: Mapping = setting("calendar", {}) or {} if facts is None else facts
    known = {}
    if given.get("opens") and given.get("closes"):
        known |= {"opens": time.fromisoformat(given["opens"]), "closes": time.fromisoformat(given["closes"])}
    if given.get("weekdays"):
        known["weekdays"] = frozenset(day - 1 for day in given["weekdays"])
    makeup = frozenset(date.fromisoformat(row["on"]) for row in given.get("working_weekends", ()))
    closed = frozenset(day for row in given.get("holidays", ()) for day in _span(row))
    return WorkingCalendar(
        holidays=closed - makeup, makeup_days=makeup, zone=given.get("zone", "Asia/Shanghai"), **known
    )


def _span(row: Mapping) -> list[date]:
    """The days of a holiday, the last one among them."""
    first, last = date.fromisoformat(row["starts_on"]), date.fromisoformat(row["ends_on"])
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


@lru_cache(maxsize=100)
def scanned(address: str) -> str:
    """An address of the hub as a QR code in SVG, for a telephone's camera."""
    return as_qr(address)
