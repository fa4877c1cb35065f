"""The granting of rights and the disposal of an achievement, from draft to the end of monitoring.

Facts it reads: see `FACTS`. Where the scheme moves the title, monitoring waits until the change is on record;
a licence or a right of use goes from the agreement straight to monitoring.
"""

from grandunion.engines.flows.guards import at_most, one_of
from grandunion.engines.flows.pieces import Fact, Facts, Guard, Move, state
from grandunion.engines.flows.table import Flow
from grandunion.terms.rights import PriceMethod, RightsScheme
from grandunion.terms.rights import RightsState as S
from grandunion.terms.roles import Part
from grandunion.terms.text import Text

STAFF = frozenset({Part.IN_CHARGE, Part.OFFICER})
OFFICE = STAFF | {Part.OWNER}
TITLE_SCHEMES = frozenset(
    {
        RightsScheme.OWNERSHIP,
        RightsScheme.GRANT_TRANSFER_AGREED_INCOME,
        RightsScheme.IN_KIND_CAPITAL,
        RightsScheme.TRANSFER,
    }
)

FACTS = (
    Fact("scheme", Text("scheme", "赋权/处置方式"), "RightsScheme"),
    Fact("acceptor_org", Text("accepting organisation", "受让单位"), "anything that names it"),
    Fact("all_inventors_opinion_doc", Text("opinion of all inventors", "全体发明人意见书"), "a document"),
    Fact("agreement_doc", Text("signed agreement", "已签协议"), "a document"),
    Fact("price_method", Text("price method", "定价方式"), "PriceMethod"),
    Fact("notice_days_left", Text("days of notice left", "公示剩余天数"), "int"),
    Fact("open_objections", Text("open objections", "未处理异议数"), "int"),
    Fact("is_title_changed", Text("change of title on record", "权属变更是否已登记"), "bool"),
    Fact("open_duties", Text("duties still open", "未履行义务数"), "int"),
)


def _title_is_settled(facts: Facts) -> bool:
    scheme = facts.get("scheme")
    return facts.get("is_title_changed") is True or (RightsScheme.has(str(scheme)) and scheme not in TITLE_SCHEMES)


PRICED = one_of(
    "price_method",
    PriceMethod.codes(),
    "Record how the price comes about: negotiated, listed or by auction.",
    "请记录定价方式：协议定价、挂牌交易或拍卖。",
)
NOTICE_OVER = at_most(
    "notice_days_left",
    0,
    "The public notice is still running: wait for its last day.",
    "公示期未满，请等待公示期结束。",
)
NO_OBJECTIONS = at_most(
    "open_objections", 0, "Objections are open: settle each of them first.", "尚有未处理的异议，请先逐一处理。"
)
TITLE_SETTLED = Guard(
    "title_settled",
    Text(
        "This scheme moves the title: record the change of title first.",
        "该方式涉及权属变更，请先登记权属变更。",
    ),
    _title_is_settled,
    ("scheme", "is_title_changed"),
)
NO_DUTIES = at_most(
    "open_duties", 0, "Agreed duties are still open: record their end first.", "尚有约定义务未履行完毕，请先记录。"
)

STATES = (
    state(S.DRAFT, is_private=True),
    state(S.UNIT_REVIEW, requires=("scheme", "acceptor_org", "all_inventors_opinion_doc"), is_private=True),
    state(S.TTO_REVIEW, is_private=True),
    state(S.NOTICE),
    state(S.APPROVED, is_private=True),
    state(S.AGREEMENT_SIGNED, requires=("agreement_doc",), is_private=True),
    state(S.TITLE_CHANGED, is_optional=True, is_private=True),
    state(S.MONITORING, is_private=True),
    state(S.CLOSED, is_final=True, is_private=True),
    state(S.REJECTED, is_final=True, is_private=True),
    state(S.REVOKED, is_final=True, is_private=True),
)

IN_REVIEW = (S.UNIT_REVIEW, S.TTO_REVIEW)
MOVES = (
    Move("submit", Text("Submit for review", "提交审核"), (S.DRAFT,), S.UNIT_REVIEW, OFFICE | {Part.INVENTOR}),
    Move("pass_unit", Text("Pass the department's review", "院系审核通过"), (S.UNIT_REVIEW,), S.TTO_REVIEW, OFFICE),
    Move("give_notice", Text("Give public notice", "发布公示"), (S.TTO_REVIEW,), S.NOTICE, OFFICE, (PRICED,)),
    Move("approve", Text("Approve", "批准"), (S.NOTICE,), S.APPROVED, OFFICE, (NOTICE_OVER, NO_OBJECTIONS)),
    Move(
        "sign",
        Text("Record the agreement", "登记协议"),
        (S.APPROVED,),
        S.AGREEMENT_SIGNED,
        OFFICE,
        asks=("agreement_doc",),
    ),
    Move(
        "change_title",
        Text("Record the change of title", "登记权属变更"),
        (S.AGREEMENT_SIGNED,),
        S.TITLE_CHANGED,
        OFFICE,
    ),
    Move(
        "monitor",
        Text("Begin monitoring", "开始履约跟踪"),
        (S.AGREEMENT_SIGNED, S.TITLE_CHANGED),
        S.MONITORING,
        OFFICE,
        (TITLE_SETTLED,),
    ),
    Move("close", Text("Close", "办结"), (S.MONITORING,), S.CLOSED, OFFICE, (NO_DUTIES,)),
    Move("send_back", Text("Send back", "退回修改"), IN_REVIEW, S.DRAFT, OFFICE, needs_reason=True),
    Move("reject", Text("Reject", "不予批准"), (*IN_REVIEW, S.NOTICE), S.REJECTED, OFFICE, needs_reason=True),
    Move(
        "revoke",
        Text("Revoke", "撤销"),
        (S.APPROVED, S.AGREEMENT_SIGNED, S.TITLE_CHANGED, S.MONITORING),
        S.REVOKED,
        OFFICE,
        needs_reason=True,
    ),
)

RIGHTS_FLOW = Flow("rights", Text("Rights and disposal", "赋权与处置"), "RGT", S.DRAFT, STATES, MOVES, FACTS)
