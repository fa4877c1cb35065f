"""Who may review the bids of a challenge, all ties known: a side's group, relatives and competitors stay away."""

from grandunion.records.parties import User
from grandunion.records.scenarios import Challenge
from grandunion.terms.readers import Reader
from grandunion.terms.verdicts import YES, Verdict, no
from grandunion.work.permissions import scenarios
from grandunion.work.queries.matches.stakes import has_stake


def may_be_reviewer(record: Challenge, user: User, reader: Reader) -> Verdict:
    """Whether the account stands to no side of the challenge, neither directly nor by a tie between parties."""
    near = scenarios.may_be_reviewer(record, user, reader)
    if not near:
        return near
    if has_stake(record, user, reader.at):
        return no(
            "A tie stands between them and the enterprise or a bidder (control, relatives, joint work or "
            "competition): ask somebody else.",
            "该专家与需求企业或揭榜方存在控制、亲属、合作或竞争等关联关系，请另行邀请。",
        )
    return YES


def may_still_review(record: Challenge, user: User, reader: Reader) -> Verdict:
    """Whether no tie has come to light since the reviewer was asked."""
    if scenarios.may_be_reviewer(record, user, reader) and not has_stake(record, user, reader.at):
        return YES
    return no(
        "A tie to the enterprise or a bidder is on record: the review ends here. Declare the conflict, or ask the "
        "desk to look into the tie.",
        "登记显示与需求企业或揭榜方存在关联关系，评审到此为止。请申报利益冲突，或请服务台核实该关联关系。",
    )
