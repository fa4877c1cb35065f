"""Everything that can be done to a target: proposed, changed, moved on, revised with its reason."""

from collections.abc import Mapping
from datetime import datetime

from grandunion.engines.flows.targets import TARGET_FLOW
from grandunion.records.plans import Indicator, Plan, SourceDocument, Target, TargetRevision
from grandunion.terms.plans import IndicatorKind, Operator, Scope
from grandunion.terms.readers import Reader
from grandunion.terms.targets import TargetStage
from grandunion.terms.text import NOTHING
from grandunion.terms.verdicts import Forbidden, invalid, require
from grandunion.work.actions import base, journal, lists
from grandunion.work.actions.base import atomic
from grandunion.work.permissions.plans import targets as permissions
from grandunion.work.queries.base import one
from grandunion.work.queries.journal import submitted
from grandunion.work.queries.lists import term
from grandunion.work.queries.parties import organisation
from grandunion.work.queries.plans import children, indicator, plan

Values = Mapping[str, object]
TOGETHER = ("adopt", "begin", "withdraw")  # what is done to the whole is done to its parts
WANTED = ("operator", "value", "deadline", "wording_zh", "wording_en")


@atomic
def start_plan(values: Values, *, by: Reader, at: datetime) -> Plan:
    """Open a plan, to which targets can be proposed; it names the document it stands in."""
    require(permissions.may_plan(by), Forbidden)
    source = one(SourceDocument.objects.all(), code=str(values["source"]))
    names = {name: str(values.get(name) or "") for name in ("name_zh", "name_en", "issuer_zh", "issuer_en")}
    if not names["name_zh"] or not names["name_en"]:
        raise invalid("name_zh", "Name the plan in both languages.", "请用中英文填写规划名称。")
    code = lists.next_numbers("PLN", at.year)[0]
    made = Plan.objects.create(code=code, source=source, position=Plan.objects.count(), **names)
    journal.note("plan.started", made, by=by, at=at, changes={name: (None, one_) for name, one_ in names.items()})
    return made


@atomic
def propose(values: Values, *, by: Reader, at: datetime, submission: str = "") -> Target:
    """Propose a target to a plan; a form sent twice makes one."""
    require(permissions.may_plan(by), Forbidden)
    before = submitted(submission, Target.kind)
    if before is not None:
        return Target.objects.get(pk=before)
    mine = plan(str(values["plan"]))
    made = add(_clean(values, by) | {"plan": mine, "position": Target.objects.filter(plan=mine).count()}, by=by, at=at)
    journal.keep_submission(submission, made, at)
    return made


def add(values: Values, *, by: Reader, at: datetime) -> Target:
    """A new target in its first state, with a number of its own; called by deeds that have judged already."""
    code = lists.next_numbers("TGT", at.year)[0]
    made = Target.objects.create(**{"state": TargetStage.PROPOSED, **values, "code": code, "state_at": at})
    journal.step(TARGET_FLOW.code, made, source="", target=made.state, by=by, at=at)
    told = {name: (None, value) for name, value in values.items() if value not in (None, "")}
    journal.note("target.proposed", made, by=by, at=at, changes=told)
    return made


def _clean(values: Values, by: Reader) -> dict[str, object]:
    """The values of a form as the table takes them: codes turned into rows, one place at most."""
    wanted = indicator(str(values["indicator"]))
    given = {name: values.get(name) or ("" if name != "deadline" else None) for name in WANTED if name != "value"}
    place = {
        "area": term("areas", str(values.get("area") or ""), "area"),
        "region": term("regions", str(values.get("region") or ""), "region"),
        "partner": organisation(str(values["partner"]), by) if values.get("partner") else None,
    }
    if sum(1 for one_ in place.values() if one_ is not None) > 1:
        raise invalid("area", "Name one of area, district and partner.", "片区、区县、合伙人只能填一项。")
    is_text = wanted.indicator_kind == IndicatorKind.TEXT
    value = None if is_text else values.get("value")
    operator = "" if is_text else str(given["operator"])
    _require_pair(operator, value)
    return {
        **given, **place, **_unit(wanted, value), "operator": operator, "value": value, "indicator": wanted,
        "scope": _scope(place),
    }  # fmt: skip


def _unit(wanted: Indicator, value: object) -> dict[str, str]:
    """A value is written in the unit in which its indicator is counted."""
    unit = NOTHING if value is None else wanted.unit
    return {"unit_zh": unit.zh, "unit_en": unit.en}


def _require_pair(operator: str, value: object) -> None:
    if (value is None) == bool(operator) or (operator and not Operator.has(operator)):
        raise invalid("value", "A target in numbers has both a comparison and a value.",
                      "定量目标须同时填写比较方式和数值。")  # fmt: skip


def _scope(place: Mapping[str, object]) -> str:
    if place["area"] is not None:
        return Scope.AREA.value
    if place["region"] is not None:
        return Scope.DISTRICT.value
    return Scope.PARTNER.value if place["partner"] is not None else Scope.HUB.value


@atomic
def edit(target: Target, values: Values, *, by: Reader, at: datetime, version: int | None = None) -> Target:
    """Change a target that is only proposed."""
    require(permissions.may_edit(by, target), Forbidden)
    changes = base.change(target, at=at, version=version, **_clean(values, by))
    journal.note("target.changed", target, by=by, at=at, changes=changes)
    return target


@atomic
def move(
    target: Target, deed: str, *, by: Reader, at: datetime, reason: str = "", version: int | None = None
) -> Target:
    """Take a target on by a move that asks nothing but a reason; parts that stand where it stood go along."""
    stand = permissions.standing(by, target)
    given = {"decided_value": None, "decided_on": None} if deed == "reopen" else {}
    source = target.state
    changes = base.move(target, TARGET_FLOW, deed, stand, by=by, at=at, reason=reason, version=version, **given)
    journal.note(f"target.{deed}", target, by=by, at=at,
                 changes={**changes, "state": (source, target.state), "reason": (None, reason)})  # fmt: skip
    for part in children(target) if deed in TOGETHER else ():
        if part.state == source:
            move(part, deed, by=by, at=at, reason=reason)
    return target


@atomic
def revise(
    target: Target, values: Values, *, reason: str, by: Reader, at: datetime, version: int | None = None
) -> Target:
    """Want something else from now on; what was wanted stays, with the day and the reason."""
    stand = permissions.standing(by, target)
    fresh = {name: values[name] if name in values else getattr(target, name) for name in WANTED}
    _require_pair(str(fresh["operator"] or ""), fresh["value"])
    if all(getattr(target, name) == value for name, value in fresh.items()):
        raise invalid("value", "Nothing would change: write another value or deadline.",
                      "没有变化，请填写新的数值或期限。")  # fmt: skip
    before = {name: getattr(target, name) for name in WANTED}
    changes = base.move(
        target, TARGET_FLOW, "revise", stand, by=by, at=at, reason=reason, version=version,
        **fresh, **_unit(target.indicator, fresh["value"]), decided_value=None, decided_on=None,
    )  # fmt: skip
    TargetRevision.objects.create(target=target, **before, reason=reason, revised_at=at, revised_by=by.name)
    journal.note("target.revise", target, by=by, at=at, changes={**changes, "reason": (None, reason)})
    return target
