"""The registration of a technology contract, and beside it its performance.

Facts they read: see `REGISTRATION_FACTS` and `PERFORMANCE_FACTS`. No clock stands here: the time for registering
is a rule with a date and comes from a pack; as the acceptance date moves to the day of the correction, such a clock
is reset on correction.
"""

from grandunion.engines.flows.guards import at_most, is_true
from grandunion.engines.flows.pieces import Fact, Move, state
from grandunion.engines.flows.table import Flow
from grandunion.terms.contracts import ContractPerformance as P
from grandunion.terms.contracts import ContractState as S
from grandunion.terms.roles import Part
from grandunion.terms.text import Text

STAFF = frozenset({Part.IN_CHARGE, Part.OFFICER})
SELLER = STAFF | {Part.OWNER, Part.OFFERING}
EITHER = SELLER | {Part.NEEDING}

REGISTRATION_FACTS = (
    Fact("kind", Text("kind of contract", "合同类别"), "ContractKind"),
    Fact("seller", Text("seller", "卖方"), "anything that names it"),
    Fact("buyer", Text("buyer", "买方"), "anything that names it"),
    Fact("value_total", Text("contract value", "合同成交额"), "Decimal or Money"),
    Fact("value_technical", Text("technical value", "技术交易额"), "Decimal or Money"),
    Fact("signed_on", Text("day of signature", "签订日期"), "date"),
    Fact("is_inside_validity", Text("inside the contract's validity", "是否在合同有效期内"), "bool"),
    Fact("registration_no", Text("registration number", "登记编号"), "text"),
)
PERFORMANCE_FACTS = (
    Fact("open_duties", Text("duties still open", "未履行义务数"), "int"),
    Fact("ended_on", Text("day of the end", "终止日期"), "date"),
)

IS_VALID = is_true(
    "is_inside_validity",
    "A contract is registered only while it is valid: check its dates.",
    "技术合同须在有效期内申请登记，请核对合同期限。",
)
NO_DUTIES = at_most(
    "open_duties", 0, "Deliveries or payments are still open: record them first.", "尚有交付或付款未完成，请先记录。"
)

STATES = (
    state(S.DRAFT, is_private=True),
    state(S.SIGNED, requires=("kind", "seller", "buyer", "value_total", "signed_on"), is_private=True),
    state(S.SUBMITTED, requires=("value_technical",), is_private=True),
    state(S.CORRECTION, is_private=True),
    state(S.REGISTERED, requires=("registration_no",), is_final=True, is_private=True),
    state(S.NOT_REGISTERED, is_final=True, is_private=True),
    state(S.CHANGED, is_final=True, is_private=True),
    state(S.CANCELLED, is_final=True, is_private=True),
)
VALID_REGISTRATION = (S.REGISTERED, S.CHANGED)
MOVES = (
    Move("sign", Text("Record the signature", "登记签订"), (S.DRAFT,), S.SIGNED, EITHER, asks=("signed_on",)),
    Move(
        "submit",
        Text("Submit for registration", "提交登记"),
        (S.SIGNED,),
        S.SUBMITTED,
        SELLER,
        (IS_VALID,),
        asks=("value_technical",),
    ),
    Move(
        "ask_correction",
        Text("Ask for a correction", "要求补正"),
        (S.SUBMITTED,),
        S.CORRECTION,
        STAFF,
        needs_reason=True,
    ),
    Move("correct", Text("Hand in the correction", "提交补正"), (S.CORRECTION,), S.SUBMITTED, SELLER, (IS_VALID,)),
    Move(
        "register",
        Text("Register", "准予登记"),
        (S.SUBMITTED,),
        S.REGISTERED,
        STAFF,
        (IS_VALID,),
        asks=("registration_no",),
    ),
    Move(
        "refuse_registration",
        Text("Refuse registration", "不予登记"),
        (S.SUBMITTED, S.CORRECTION),
        S.NOT_REGISTERED,
        STAFF,
        needs_reason=True,
    ),
    Move(
        "submit_again",
        Text("Submit again", "重新提交登记"),
        (S.NOT_REGISTERED,),
        S.SUBMITTED,
        SELLER,
        (IS_VALID,),
        needs_reason=True,
    ),
    Move("change", Text("Record a change", "登记变更"), (S.REGISTERED,), S.CHANGED, STAFF, needs_reason=True),
    Move(
        "cancel", Text("Cancel the registration", "注销登记"), VALID_REGISTRATION, S.CANCELLED, STAFF, needs_reason=True
    ),
)

PERFORMANCE_STATES = (
    state(P.ACTIVE, is_private=True),
    state(P.COMPLETED, requires=("ended_on",), is_final=True, is_private=True),
    state(P.BREACHED, is_private=True),
    state(P.TERMINATED, requires=("ended_on",), is_final=True, is_private=True),
)
PERFORMANCE_MOVES = (
    Move(
        "complete",
        Text("Record completion", "确认履行完毕"),
        (P.ACTIVE,),
        P.COMPLETED,
        EITHER,
        (NO_DUTIES,),
        asks=("ended_on",),
    ),
    Move("report_breach", Text("Report a breach", "登记违约"), (P.ACTIVE,), P.BREACHED, EITHER, needs_reason=True),
    Move("remedy", Text("Record the remedy", "确认补救"), (P.BREACHED,), P.ACTIVE, EITHER, needs_reason=True),
    Move(
        "terminate",
        Text("Terminate", "终止合同"),
        (P.ACTIVE, P.BREACHED),
        P.TERMINATED,
        EITHER,
        asks=("ended_on",),
        needs_reason=True,
    ),
)

CONTRACT_FLOW = Flow(
    "contract", Text("Technology contract", "技术合同"), "TCT", S.DRAFT, STATES, MOVES, REGISTRATION_FACTS
)
PERFORMANCE_FLOW = Flow(
    "performance",
    Text("Contract performance", "合同履行"),
    "TCT",
    P.ACTIVE,
    PERFORMANCE_STATES,
    PERFORMANCE_MOVES,
    PERFORMANCE_FACTS,
)
