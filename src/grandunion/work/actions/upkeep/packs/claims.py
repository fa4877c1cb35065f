"""What the figures of a pack are about, the published claims, and the planner's notes on those that disagree."""

from grandunion.adapters.packs import Pack
from grandunion.adapters.packs.sections import Claim as PackClaim
from grandunion.adapters.packs.sections import Concept as PackConcept
from grandunion.records.plans import Claim, Concept, Disagreement
from grandunion.work.actions.upkeep.packs.tally import Tally, kept
from grandunion.work.actions.upkeep.packs.terms import known_terms

Known = dict[str, object]


def load_claims(pack: Pack, tally: Tally, documents: Known, indicators: Known) -> None:
    """Concepts first, then the claims, then the notes that name them."""
    _load_concepts(pack, tally, indicators)
    claims, areas = kept(Claim), known_terms("areas")
    for claim in pack.claims:
        given = {
            **_claim(claim), "indicator": indicators[claim.indicator], "source": documents[claim.source],
            "area": areas.get(claim.area),
        }  # fmt: skip
        tally.keep("claims", claims, Claim, claim.code, given, code=claim.code)
    _load_disagreements(pack, tally, claims)


def _load_concepts(pack: Pack, tally: Tally, indicators: Known) -> None:
    families = known_terms("figure_families")
    known = {concept.indicator.code: concept for concept in Concept.objects.select_related("indicator")}
    for one in pack.concepts:
        given = {"family": families[one.family], **_facets(one)}
        tally.keep("concepts", known, Concept, one.indicator, given, indicator=indicators[one.indicator])


def _load_disagreements(pack: Pack, tally: Tally, claims: Known) -> None:
    known = kept(Disagreement)
    for position, one in enumerate(pack.disagreements):
        given = {
            "name_zh": one.name.zh, "name_en": one.name.en, "cause_zh": one.cause.zh, "cause_en": one.cause.en,
            "position": position,
        }  # fmt: skip
        row = tally.keep("disagreements", known, Disagreement, one.code, given, code=one.code)
        row.claims.set([claims[code] for code in one.claims])


def _claim(claim: PackClaim) -> dict[str, object]:
    return {
        "level": claim.level.value, "qualifier": claim.qualifier.value, "value": claim.value,
        "unit_zh": claim.unit.zh, "unit_en": claim.unit.en, "period": claim.period, "as_of": claim.as_of,
        "wording_zh": claim.wording.zh, "wording_en": claim.wording.en, "verified_on": claim.verified_on,
        "original": claim.original.value, "place": claim.place, **_facets(claim),
    }  # fmt: skip


def _facets(one: PackConcept | PackClaim) -> dict[str, object]:
    named = {name: getattr(one, name) for name in ("thing", "stage", "medium", "abroad")}
    return {name: word.value if word else "" for name, word in named.items()} | {"whole": one.whole}
