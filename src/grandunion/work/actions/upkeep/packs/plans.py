"""The documents and indicators of a pack, and then its targets and published claims."""

from grandunion.adapters.packs import Pack
from grandunion.adapters.packs.indicators import Indicator as PackIndicator
from grandunion.adapters.packs.indicators import Meaning
from grandunion.adapters.packs.sections import Source
from grandunion.records.plans import Definition, Indicator, SourceDocument
from grandunion.terms.text import NOTHING
from grandunion.work.actions.upkeep.packs.claims import load_claims
from grandunion.work.actions.upkeep.packs.tally import Tally, kept
from grandunion.work.actions.upkeep.packs.targets import load_targets


def load_plans(pack: Pack, tally: Tally) -> None:
    """The documents first, then what refers to them."""
    documents = kept(SourceDocument)
    for source in pack.sources:
        tally.keep("sources", documents, SourceDocument, source.code, _document(source), code=source.code)
    indicators = kept(Indicator)
    for position, one in enumerate(pack.indicators):
        tally.keep("indicators", indicators, Indicator, one.code, _indicator(one, position), code=one.code)
    _load_definitions(pack, tally, indicators)
    load_targets(pack, tally, documents, indicators)
    load_claims(pack, tally, documents, indicators)


def _load_definitions(pack: Pack, tally: Tally, indicators: dict) -> None:
    """The dated definitions of each indicator; one that counts otherwise than before is counted anew."""
    rows = Definition.objects.select_related("indicator")
    known = {f"{row.indicator.code} {row.version}": row for row in rows}
    for one in pack.indicators:
        for meaning in one.meanings:
            code = f"{one.code} {meaning.version}"
            before = known[code].rule if code in known else None
            row = tally.keep("definitions", known, Definition, code, _meaning(meaning),
                             indicator=indicators[one.code], version=meaning.version)  # fmt: skip
            if before is not None and before != row.rule:
                row.counted_at = None
                row.save(update_fields=["counted_at"])


def _document(source: Source) -> dict[str, object]:
    publisher, note = source.publisher or NOTHING, source.note or NOTHING
    return {
        "title_zh": source.title.zh, "title_en": source.title.en, "published_on": source.published_on,
        "publisher": " · ".join(dict.fromkeys(name for name in (publisher.zh, publisher.en) if name))[:200],
        "note_zh": note.zh, "note_en": note.en, "is_news": source.is_news,
    }  # fmt: skip


def _indicator(one: PackIndicator, position: int) -> dict[str, object]:
    return {
        "name_zh": one.name.zh, "name_en": one.name.en, "definition_zh": one.definition.zh,
        "definition_en": one.definition.en, "unit_zh": one.unit.zh, "unit_en": one.unit.en,
        "indicator_kind": one.kind.value, "is_counted": one.counts is not None, "direction": one.direction.value,
        "owner_zh": (one.owner or NOTHING).zh, "owner_en": (one.owner or NOTHING).en,
        "period": one.period.value, "scope": one.scope.value, "why_uncounted_zh": (one.why_uncounted or NOTHING).zh,
        "why_uncounted_en": (one.why_uncounted or NOTHING).en, "double_count_zh": (one.double_count or NOTHING).zh,
        "double_count_en": (one.double_count or NOTHING).en, "position": position, "source": one.source,
        "verified_on": one.verified_on,
    }  # fmt: skip


def _meaning(one: Meaning | PackIndicator) -> dict[str, object]:
    why = one.why or NOTHING
    return {
        "valid_from": one.valid_from, "valid_until": one.valid_until, "indicator_kind": one.kind.value,
        "period": one.period.value, "unit_zh": one.unit.zh, "unit_en": one.unit.en,
        "definition_zh": one.definition.zh, "definition_en": one.definition.en,
        "rule": one.counts.rule if one.counts else {}, "why_zh": why.zh, "why_en": why.en,
    }  # fmt: skip
