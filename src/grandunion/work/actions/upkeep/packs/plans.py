"""The documents, indicators, targets and published claims of a pack."""

from django.db import models

from grandunion.adapters.packs import Pack
from grandunion.adapters.packs.sections import Claim as PackClaim
from grandunion.adapters.packs.sections import Indicator as PackIndicator
from grandunion.adapters.packs.sections import Source
from grandunion.adapters.packs.sections import Target as PackTarget
from grandunion.records.plans import Claim, Disagreement, Indicator, Plan, SourceDocument, Target
from grandunion.terms.text import NOTHING
from grandunion.work.actions.upkeep.packs.tally import Tally
from grandunion.work.actions.upkeep.packs.terms import known_terms


def load_plans(pack: Pack, tally: Tally) -> None:
    """The documents first, then what refers to them."""
    documents, areas = _kept(SourceDocument), known_terms("areas")
    for source in pack.sources:
        tally.keep("sources", documents, SourceDocument, source.code, _document(source), code=source.code)
    indicators = _kept(Indicator)
    for position, one in enumerate(pack.indicators):
        tally.keep("indicators", indicators, Indicator, one.code, _indicator(one, position), code=one.code)
    _load_targets(pack, tally, documents, indicators, areas)
    claims = _kept(Claim)
    for claim in pack.claims:
        given = {
            **_claim(claim), "indicator": indicators[claim.indicator], "source": documents[claim.source],
            "area": areas.get(claim.area),
        }  # fmt: skip
        tally.keep("claims", claims, Claim, claim.code, given, code=claim.code)
    _load_disagreements(pack, tally, claims)


def _kept(model: type[models.Model]) -> dict[str, models.Model]:
    return {row.code: row for row in model.objects.all()}


def _load_targets(pack: Pack, tally: Tally, documents: dict, indicators: dict, areas: dict) -> None:
    plans, targets = _kept(Plan), _kept(Target)
    names = {found.code: found.name for found in pack.organisations}
    for position, plan in enumerate(pack.plans):
        given = {
            "name_zh": plan.name.zh, "name_en": plan.name.en, "issuer_zh": names[plan.issuer].zh,
            "issuer_en": names[plan.issuer].en, "source": documents[plan.source], "position": position,
            "verified_on": plan.verified_on,
        }  # fmt: skip
        kept = tally.keep("plans", plans, Plan, plan.code, given, code=plan.code)
        for place, target in enumerate(plan.targets):
            given = {
                **_target(target), "indicator": indicators[target.indicator], "plan": kept,
                "area": areas.get(target.area), "position": place,
            }  # fmt: skip
            tally.keep("targets", targets, Target, target.code, given, code=target.code)


def _load_disagreements(pack: Pack, tally: Tally, claims: dict) -> None:
    known = _kept(Disagreement)
    for position, one in enumerate(pack.disagreements):
        given = {
            "name_zh": one.name.zh, "name_en": one.name.en, "cause_zh": one.cause.zh, "cause_en": one.cause.en,
            "position": position,
        }  # fmt: skip
        row = tally.keep("disagreements", known, Disagreement, one.code, given, code=one.code)
        row.claims.set([claims[code] for code in one.claims])


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
        "indicator_kind": one.kind.value, "counts": one.counts.value if one.counts else "",
        "period": one.period.value, "scope": one.scope.value, "why_uncounted_zh": (one.why_uncounted or NOTHING).zh,
        "why_uncounted_en": (one.why_uncounted or NOTHING).en, "double_count_zh": (one.double_count or NOTHING).zh,
        "double_count_en": (one.double_count or NOTHING).en, "position": position, "source": one.source,
        "verified_on": one.verified_on,
    }  # fmt: skip


def _target(target: PackTarget) -> dict[str, object]:
    return {
        "scope": target.scope.value, "deadline": target.deadline, "value": target.value,
        "operator": target.operator.value if target.operator else "",
        "wording_zh": target.wording.zh, "wording_en": target.wording.en, "verified_on": target.verified_on,
    }  # fmt: skip


def _claim(claim: PackClaim) -> dict[str, object]:
    return {
        "level": claim.level.value, "qualifier": claim.qualifier.value, "value": claim.value,
        "unit_zh": claim.unit.zh, "unit_en": claim.unit.en, "period": claim.period, "as_of": claim.as_of,
        "wording_zh": claim.wording.zh, "wording_en": claim.wording.en, "verified_on": claim.verified_on,
    }  # fmt: skip
