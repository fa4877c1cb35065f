"""Splits a target among areas, districts, partners or years, by a method, so that the parts come to the whole."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

from grandunion.engines.indicators import divided, steps
from grandunion.records.plans import Target
from grandunion.terms.plans import IndicatorKind, Scope
from grandunion.terms.readers import Reader
from grandunion.terms.targets import SplitAlong, SplitMethod, TargetStage
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Forbidden, Refused, invalid, require
from grandunion.work.actions import base, journal
from grandunion.work.actions.base import atomic
from grandunion.work.actions.plans.targets import add, move
from grandunion.work.permissions.plans import targets as permissions
from grandunion.work.queries.lists import term
from grandunion.work.queries.parties import organisation
from grandunion.work.queries.plans import children, figure_of_target

Given = Sequence[tuple[str, Decimal | None]]
COUNTED = (IndicatorKind.FLOW, IndicatorKind.STOCK)


@atomic
def split(
    target: Target,
    *,
    along: SplitAlong,
    method: SplitMethod,
    given: Given,
    by: Reader,
    at: datetime,
    version: int | None = None,
) -> tuple[Target, ...]:
    """Divide a target among those named in `given`, each with its weight or its part (none where divided equally).

    Those who have a part already keep it under its number; who is not named any more is withdrawn. Parts in force are
    not changed here: each is revised with its reason.
    """
    require(permissions.may_split(by, target), Forbidden)
    base.lock(target)
    old = _changeable(target)
    places = [_place(target, along, code, by) for code, _ in given]
    if len({_key(place) for place in places}) < max(len(places), 1):
        raise invalid("parts", "Name at least one of those who carry it, and nobody twice.",
                      "请至少选择一个承担方，且不得重复。")  # fmt: skip
    values = _values(target, along, method, [value for _, value in given], by, at)
    kept = {_key(vars(one)): one for one in old}
    made = tuple(
        _keep(target, kept.pop(_key(place), None), {**place, "value": value, "position": position}, by=by, at=at)
        for position, (place, value) in enumerate(zip(places, values, strict=True))
    )
    for gone in kept.values():
        move(gone, "withdraw", by=by, at=at, reason=f"{target.code}: split anew")
    changes = base.change(target, at=at, version=version, split_method=method.value, split_along=along.value)
    journal.note("target.split", target, by=by, at=at, changes={**changes, "parts": (len(old), len(made))})
    return made


def _changeable(target: Target) -> list[Target]:
    """The parts there are, where none of them is in force; refuses a target that has no parts by its nature."""
    if target.indicator.indicator_kind not in COUNTED:
        raise Refused(Text("A share or a target in words has no parts.", "比率或定性目标不能分解。"))
    old = children(target)
    if fixed := [one for one in old if one.state != TargetStage.PROPOSED]:
        raise Refused(
            Text("Its parts are in force ({n}): revise each of them instead.",
                 "已有 {n} 项分解目标下达，请逐项调整。").fill(n=len(fixed))
        )  # fmt: skip
    return old


def _key(place: Mapping[str, object]) -> tuple:
    """What tells a part from the others of its parent."""
    return tuple(place[name] for name in ("area_id", "region_id", "partner_id", "deadline"))


def _place(target: Target, along: SplitAlong, code: str, by: Reader) -> dict[str, object]:
    """Whose part it is, and until when."""
    mine = {"area_id": None, "region_id": None, "partner_id": None, "deadline": target.deadline}
    if along == SplitAlong.AREA:
        return {**mine, "area_id": term("areas", code, "parts").pk, "scope": Scope.AREA.value}
    if along == SplitAlong.DISTRICT:
        return {**mine, "region_id": term("regions", code, "parts").pk, "scope": Scope.DISTRICT.value}
    if along == SplitAlong.PARTNER:
        return {**mine, "partner_id": organisation(code, by).pk, "scope": Scope.PARTNER.value}
    if not code.isdecimal() or not date.min.year < int(code) <= target.deadline.year:
        raise invalid(
            "parts", "Write years like 2026, none after the deadline.", "年份请写成 2026 的形式，且不晚于期限。"
        )
    whose = {name: getattr(target, name) for name in ("area_id", "region_id", "partner_id", "scope")}
    return {**whose, "deadline": min(date(int(code), 12, 31), target.deadline)}


def _values(
    target: Target, along: SplitAlong, method: SplitMethod, given: Sequence[Decimal | None], by: Reader, at: datetime
) -> tuple[Decimal, ...]:
    """The parts' values; along years, a stock comes to its target in equal steps from where it stands."""
    is_stock = target.indicator.indicator_kind == IndicatorKind.STOCK
    if along != SplitAlong.YEAR or not is_stock:
        return divided(target.value, method.value, given, len(given))
    if method == SplitMethod.MANUAL:
        return divided(target.value, method.value, given, len(given))
    if method == SplitMethod.WEIGHTED:
        raise invalid("method", "A stock comes to its target in equal steps, or by values written by hand.",
                      "存量指标按年分解只能采用等步长或手工填写。")  # fmt: skip
    now = figure_of_target(target, as_of=timezone.localtime(at).date(), reader=by).cell.value
    return steps(now or Decimal(0), target.value, len(given))


def _keep(parent: Target, known: Target | None, values: Mapping[str, object], *, by: Reader, at: datetime) -> Target:
    if known is not None:
        changes = base.change(known, at=at, value=values["value"], position=values["position"])
        journal.note("target.changed", known, by=by, at=at, changes=changes)
        return known
    shared = {name: getattr(parent, name) for name in ("indicator", "plan", "operator", "unit_zh", "unit_en")}
    return add({**shared, **values, "parent": parent}, by=by, at=at)
