"""The plans of a pack and what they want; what was revised in the hub stays as it was revised."""

from grandunion.adapters.packs import Pack
from grandunion.adapters.packs.sections import Target as PackTarget
from grandunion.records.plans import Plan, Target, TargetRevision
from grandunion.terms.text import NOTHING
from grandunion.work.actions.upkeep.packs.tally import Tally, kept
from grandunion.work.actions.upkeep.packs.terms import known_terms

Known = dict[str, object]


def load_targets(pack: Pack, tally: Tally, documents: Known, indicators: Known) -> None:
    """Every plan with its targets, then which target is part of which."""
    plans, targets = kept(Plan), kept(Target)
    names = {found.code: found.name for found in pack.organisations}
    revised = set(TargetRevision.objects.values_list("target__code", flat=True))
    places = {"area": known_terms("areas"), "region": known_terms("regions")}
    for position, plan in enumerate(pack.plans):
        given = {
            "name_zh": plan.name.zh, "name_en": plan.name.en, "issuer_zh": names[plan.issuer].zh,
            "issuer_en": names[plan.issuer].en, "source": documents[plan.source], "position": position,
            "verified_on": plan.verified_on,
        }  # fmt: skip
        mine = tally.keep("plans", plans, Plan, plan.code, given, code=plan.code)
        for place, target in enumerate(plan.targets):
            given = {
                **_target(target, is_revised=target.code in revised), "indicator": indicators[target.indicator],
                "plan": mine, "position": place,
                **{name: known.get(getattr(target, name)) for name, known in places.items()},
            }  # fmt: skip
            tally.keep("targets", targets, Target, target.code, given, code=target.code)
    for target in (one for plan in pack.plans for one in plan.targets if one.parent):
        tally.keep("targets", targets, Target, target.code, {"parent": targets[target.parent]}, code=target.code)


def _target(target: PackTarget, *, is_revised: bool) -> dict[str, object]:
    whose = {
        "scope": target.scope.value, "verified_on": target.verified_on,
        "split_method": target.split_method.value if target.split_method else "",
        "split_along": target.split_along.value if target.split_along else "",
    }  # fmt: skip
    if is_revised:
        return whose
    unit = target.unit or NOTHING
    return whose | {
        "deadline": target.deadline, "value": target.value,
        "unit_zh": unit.zh, "unit_en": unit.en,
        "operator": target.operator.value if target.operator else "",
        "wording_zh": target.wording.zh, "wording_en": target.wording.en,
    }  # fmt: skip
