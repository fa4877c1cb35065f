"""The organisations that a pack's documents name, as records; what a person changed since stays."""

import hashlib
import json
from datetime import datetime

from grandunion.adapters.packs import Pack
from grandunion.adapters.packs.sections import NamedOrganisation
from grandunion.records.parties import Organisation
from grandunion.terms.readers import Reader
from grandunion.terms.secrecy import Level
from grandunion.terms.text import NOTHING
from grandunion.work.actions.lists import put_setting
from grandunion.work.actions.parties import organisations
from grandunion.work.actions.upkeep.packs.settings import plain
from grandunion.work.actions.upkeep.packs.tally import Tally
from grandunion.work.queries.lists import setting
from grandunion.work.queries.parties import duplicates
from grandunion.work.queries.parties import organisations as visible

NAMED = "pack_organisations"  # the setting: code in the pack → number of the record, fingerprint of the pack's row


def load_organisations(pack: Pack, tally: Tally, *, by: Reader, at: datetime) -> None:
    """Create each organisation once; change it only where the pack's own row has changed since the last load."""
    kept = dict(setting(NAMED) or {})
    before = dict(kept)
    for named in pack.organisations:
        print_of = fingerprint(named)
        known = kept.get(named.code)
        if known and known["fingerprint"] == print_of:
            tally.same["organisations"] += 1
            continue
        record = _kept(named, known, pack, tally, by=by, at=at)
        kept[named.code] = {"number": record.number, "fingerprint": print_of}
    if kept != before:
        put_setting(NAMED, kept)


def _kept(
    named: NamedOrganisation, known: dict | None, pack: Pack, tally: Tally, *, by: Reader, at: datetime
) -> Organisation:
    values = _values(named, pack)
    record = visible(by).filter(number=known["number"]).first() if known else None
    record = record or duplicates.of_code(ror=named.ror)
    if record is None:
        tally.new["organisations"] += 1
        return organisations.create(values, by=by, at=at, is_confirmed=True)
    changed = {name: value for name, value in values.items() if value and not name.startswith(("source", "level"))}
    tally.changed["organisations"] += 1
    return organisations.edit(record, changed, by=by, at=at)


def _values(named: NamedOrganisation, pack: Pack) -> dict[str, object]:
    short, summary = named.short_name or NOTHING, named.summary or NOTHING
    return {
        "organisation_kind": named.kind.value, "level": Level.PUBLIC.value,
        "name_zh": named.name.zh, "name_en": named.name.en,
        "short_name_zh": short.zh, "short_name_en": short.en, "area": named.area, "region": named.region,
        "country": pack.hub.country if named.region else "",
        "ror": named.ror, "stock_symbol": named.stock_symbol, "website": named.website, "summary_zh": summary.zh,
        "summary_en": summary.en, "source_kind": f"pack:{pack.code}", "source_ref": named.code,
        "source_note": _note(named),
    }  # fmt: skip


def _note(named: NamedOrganisation) -> str:
    """Which document names it, and how sure the Chinese name is."""
    return f"{named.source} · {named.zh_source.text.zh} {named.zh_source.text.en}"


def fingerprint(named: NamedOrganisation) -> str:
    """What tells a changed row of the pack from an unchanged one."""
    return hashlib.sha256(json.dumps(plain(named), sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]
