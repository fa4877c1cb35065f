"""The programmes and policies that the hub's pack knows, each with how much is known of it and from where."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from grandunion.records.lists import Setting
from grandunion.records.parties import Organisation
from grandunion.records.plans import SourceDocument
from grandunion.terms.money import Money
from grandunion.terms.programmes import Knowledge
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text, either
from grandunion.terms.verdicts import Absent
from grandunion.work.queries.base import visible


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme as its pack states it; `verified_on` is None where nobody compared it with its source."""

    code: str
    name: Text
    summary: Text
    known: Knowledge
    source: Text | None
    organisation: Text | None
    cap: Text | None
    cap_note: Text | None
    valid_from: date | None
    verified_on: date | None


def programmes(reader: Reader, words: str = "") -> tuple[Programme, ...]:
    """All programmes in the pack's order; with words, those whose name or summary has every one of them."""
    rows = _kept()
    sources = {row.code: row.title for row in SourceDocument.objects.filter(code__in=[row["source"] for row in rows])}
    keys = [row["organisation"] for row in rows if row.get("organisation")]
    named = visible(Organisation, reader).filter(source_kind__startswith="pack:", source_ref__in=keys)
    organisations = {row.source_ref: either(row.name_en, row.name_zh) for row in named}
    found = tuple(_programme(row, sources, organisations) for row in rows)
    wanted = words.lower().split()
    return tuple(one for one in found if all(word in _said(one) for word in wanted))


def programme(code: str, reader: Reader) -> Programme:
    """The programme of this code; raises Absent."""
    found = next((one for one in programmes(reader) if one.code == code), None)
    if found is None:
        raise Absent
    return found


def codes() -> list[str]:
    """The codes of all programmes, for the map of the site."""
    return [row["code"] for row in _kept()]


def _kept() -> list[Mapping]:
    row = Setting.objects.filter(key="programmes").first()
    return list(row.value) if row else []


def _said(one: Programme) -> str:
    return " ".join((one.name.en, one.name.zh, one.summary.en, one.summary.zh)).lower()


def _programme(row: Mapping, sources: Mapping[str, Text], organisations: Mapping[str, Text]) -> Programme:
    cap = row.get("cap")
    return Programme(
        code=row["code"],
        name=Text(row["name_en"], row["name_zh"]),
        summary=Text(row["summary_en"], row["summary_zh"]),
        known=Knowledge(row["known"]),
        source=sources.get(row["source"]),
        organisation=organisations.get(row.get("organisation") or ""),
        cap=Money(Decimal(cap), row.get("currency") or "CNY").said() if cap else None,
        cap_note=Text(row["cap_note_en"], row["cap_note_zh"]) if row.get("cap_note_en") else None,
        valid_from=_day(row.get("valid_from")),
        verified_on=_day(row.get("verified_on")),
    )


def _day(kept: str | None) -> date | None:
    return date.fromisoformat(kept) if kept else None
