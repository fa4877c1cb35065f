"""Who may do what to a periodic return, its form and the agreement to report."""

from grandunion.engines.flows.pieces import Move
from grandunion.engines.flows.returns import RETURN_FLOW
from grandunion.records.parties import Organisation
from grandunion.records.plans import Return
from grandunion.terms.readers import Reader
from grandunion.terms.returns import OPEN
from grandunion.terms.roles import Part, Role
from grandunion.terms.verdicts import YES, Verdict, no
from grandunion.work.permissions.base import Standing, parts, staff_only
from grandunion.work.queries.plans import returns

DESK = frozenset({Part.IN_CHARGE, Part.OFFICER})


def standing(reader: Reader, record: Return, **given: object) -> Standing:
    """The facts of the return with what a form brought, and what the reader is to it."""
    facts = returns.facts(record, user_id=reader.user_id, earlier=returns.before(record))
    return Standing({**facts, **given}, sides(reader, record))


def sides(reader: Reader, record: Return) -> frozenset[Part]:
    """What the reader is to the return. Of an area's own return its officers are the reporter and no reviewer:
    planners review it, and officers who serve all areas may do either, though not both."""
    found = parts(reader, record)
    if record.owner_id is not None or reader.is_house:
        return found
    if reader.is_officer and reader.serves(record.area_id):
        found |= {Part.OWNER}
    return found if reader.areas is None else found - DESK


def offers(reader: Reader, record: Return) -> tuple[tuple[Move, Verdict], ...]:
    """The moves the flow offers the reader."""
    stand = standing(reader, record)
    return RETURN_FLOW.offers(record.state, stand.facts, stand.parts)


def may_fill(reader: Reader, record: Return) -> Verdict:
    """Its reporter fills it in while it is with them."""
    if Part.OWNER not in sides(reader, record):
        return no("Only the reporter fills in this return.", "仅限填报单位填写本报表。")
    if record.state not in OPEN:
        return no(
            "It is with the hub now. Take it back first, if it is not in review yet.",
            "报表已提交平台；如尚未开始审核，可先撤回再修改。",
        )
    return YES


def may_review(reader: Reader, record: Return) -> Verdict:
    """Officers of its area and planners review it; an area's own return, planners."""
    if sides(reader, record) & (DESK | {Part.PLANNER}):
        return YES
    return no("Only an officer of the area or a planner reviews this return.", "仅限片区服务专员或规划专员审核本报表。")


def may_run(reader: Reader) -> Verdict:
    """Officers and planners review returns in bulk, and open one for who joined late."""
    if reader.reads_rows:
        return YES
    return staff_only(reader)


def may_see_reported(reader: Reader) -> Verdict:
    """Officers and planners see what was reported in sum; a bureau sees it with small numbers hidden."""
    if reader.reads_rows or reader.has(Role.BUREAU):
        return YES
    return no(
        "Only the hub's staff and bureaus see what was reported in sum.", "汇总数据仅限平台工作人员和主管部门查看。"
    )


def may_agree(reader: Reader, organisation: Organisation) -> Verdict:
    """Whoever manages an enterprise's affairs agrees to report and takes it back; officers note what came on paper."""
    if organisation.pk in reader.organisation_ids or reader.is_officer:
        return YES
    return no("Only the enterprise itself agrees to report.", "仅限企业本单位同意或撤回报送。")
