"""Who plans: proposes targets, adopts, splits, revises and judges them."""

from grandunion.engines.flows import Move
from grandunion.engines.flows.targets import TARGET_FLOW
from grandunion.records.plans import Target
from grandunion.terms.readers import Reader
from grandunion.terms.roles import Part, Role
from grandunion.terms.targets import TargetStage
from grandunion.terms.verdicts import YES, Verdict, no
from grandunion.work.permissions.base import Standing
from grandunion.work.queries import plans


def standing(reader: Reader, target: Target, **given: object) -> Standing:
    """The facts of the target with what a form brought, and what the reader is to it."""
    return Standing({**plans.target_facts(target, reader.at), **given}, _parts(reader))


def _parts(reader: Reader) -> frozenset[Part]:
    if reader.is_house:
        return frozenset({Part.PLANNER, Part.SYSTEM})
    return frozenset({Part.PLANNER}) if reader.has(Role.PLANNER) else frozenset()


def offers(reader: Reader, target: Target) -> tuple[tuple[Move, Verdict], ...]:
    """The moves the flow offers the reader on this target."""
    stand = standing(reader, target)
    return TARGET_FLOW.offers(target.state, stand.facts, stand.parts)


def may_plan(reader: Reader) -> Verdict:
    """Planning officers set targets."""
    if reader.is_house or reader.has(Role.PLANNER):
        return YES
    return no("Only planning officers set targets; ask them to propose it.", "目标由规划专员制定，请联系规划专员。")


def may_edit(reader: Reader, target: Target) -> Verdict:
    """What is only proposed is changed freely; what is adopted is revised, with its reason."""
    planned = may_plan(reader)
    if not planned or target.state == TargetStage.PROPOSED:
        return planned
    return no("It is adopted: revise it, with the reason.", "目标已下达，请通过“调整目标”并说明原因。")


def may_split(reader: Reader, target: Target) -> Verdict:
    """A target with a number, that is not over, is split."""
    planned = may_plan(reader)
    if not planned:
        return planned
    if target.value is None or target.deadline is None:
        return no("Only a target with a value and a deadline can be split.", "只有填写了目标值和期限的目标才能分解。")
    if target.state in (TargetStage.MET, TargetStage.MISSED, TargetStage.WITHDRAWN):
        return no("It is over: nothing is left to be split.", "该目标已结束，不能再分解。")
    return YES
