"""The life of a transfer project: five phases from a lead to a company that stands on its own.

Facts it reads: see `FACTS`. A phase is left only through its exit guards (`EXIT_GUARDS`). Optional on the way:
proof of concept (a loop inside evaluation), introduction and term sheet (own-company route), registering the
contract (registration is voluntary in law), space and first funding in either order. A failed project needs the
visit on record but no metrics: a company that is gone hands in none.
"""

from grandunion.engines.flows.guards import at_least, equals, is_false, is_true
from grandunion.engines.flows.pieces import Fact, Facts, Guard, Move, State, state
from grandunion.engines.flows.table import Flow
from grandunion.terms.projects import Phase, PocResult, Route
from grandunion.terms.projects import ProjectState as S
from grandunion.terms.roles import Part
from grandunion.terms.text import Text

STAFF = frozenset({Part.IN_CHARGE, Part.OFFICER})
HOUSE = STAFF | {Part.SYSTEM}

FACTS = (
    Fact("title", Text("title", "名称")),
    Fact("achievements", Text("linked achievements", "关联成果数"), "int"),
    Fact("is_owner_known", Text("owner of the achievement known", "权利单位是否明确"), "bool"),
    Fact("trl_evidence", Text("evidence for the readiness level", "成熟度证明材料数"), "int"),
    Fact("has_market_note", Text("market note", "是否有市场分析"), "bool"),
    Fact("is_conflict_checked", Text("conflict check done", "是否已核查利益冲突"), "bool"),
    Fact("poc_result", Text("result of the proof of concept", "概念验证结果"), "PocResult"),
    Fact("accepted_matches", Text("matches accepted by both sides", "双方认可的撮合数"), "int"),
    Fact("route", Text("route", "转化路径"), "Route"),
    Fact("contracts", Text("signed contracts", "已签合同数"), "int"),
    Fact("registered_contracts", Text("registered contracts", "已登记合同数"), "int"),
    Fact("company", Text("company", "落地企业"), "anything that names it"),
    Fact("credit_code", Text("unified social credit code", "统一社会信用代码")),
    Fact("area", Text("area", "片区"), "anything that names it"),
    Fact("has_lease_or_agreement", Text("lease or agreement", "是否有租约或入驻协议"), "bool"),
    Fact("first_funding", Text("first funding", "首笔资金"), "Decimal or Money"),
    Fact("has_visit", Text("visit of this period on record", "本期走访是否已记录"), "bool"),
    Fact("has_metrics", Text("metrics of this period handed in", "本期数据是否已报送"), "bool"),
    Fact("has_landed", Text("has landed before", "是否曾落地"), "bool"),
    Fact("loss_reason", Text("reason of the loss", "流失原因"), "LossReason"),
    Fact("came_from", Text("state before the hold or the loss", "暂缓或流失前的状态"), "ProjectState"),
)


def _may_contract(facts: Facts) -> bool:
    matches = facts.get("accepted_matches")
    return facts.get("route") == Route.START_UP or (isinstance(matches, int) and matches >= 1)


LINKED = at_least("achievements", 1, "Link the achievement it is about.", "请关联对应的科技成果。")
OWNER_KNOWN = is_true("is_owner_known", "Find out and record who owns it.", "请核实并记录权利单位。")
EVIDENCE = at_least("trl_evidence", 1, "Add evidence for the readiness level.", "请补充技术成熟度证明材料。")
MARKET_NOTE = is_true("has_market_note", "Write the market note.", "请撰写市场分析。")
CONFLICT_CHECK = is_true("is_conflict_checked", "Do the conflict check.", "请完成利益冲突核查。")
MATCHED = Guard(
    "matched_or_own_company",
    Text(
        "One match has to be accepted by both sides, or the route is an own company.",
        "须至少有一项双方认可的撮合，或选择自行创办企业路径。",
    ),
    _may_contract,
    ("accepted_matches", "route"),
)
OWN_COMPANY = equals(
    "route",
    Route.START_UP,
    "Only the own-company route goes without an introduction.",
    "仅自行创办企业路径可不经撮合。",
)
NOT_STOPPED = Guard(
    "poc_not_stopped",
    Text(
        "The proof of concept said stop: repeat it, or close the project.",
        "概念验证结论为停止：请重新验证或终止项目。",
    ),
    lambda facts: facts.get("poc_result") != PocResult.STOP,
    ("poc_result",),
)
SIGNED = at_least("contracts", 1, "Record the signed contract.", "请登记已签订的合同。")
REGISTERED = at_least("registered_contracts", 1, "The contract has to be registered first.", "合同须先完成认定登记。")
SETTLED = is_true("has_lease_or_agreement", "Record the lease or the agreement.", "请登记租约或入驻协议。")
CODED = Guard(
    "credit_code_given",
    Text("Record the company's unified social credit code.", "请登记企业统一社会信用代码。"),
    lambda facts: bool(facts.get("credit_code")),
    ("credit_code",),
)
PLACED = Guard(
    "area_given", Text("Record the area.", "请登记所在片区。"), lambda facts: bool(facts.get("area")), ("area",)
)
VISITED = is_true("has_visit", "Record the visit.", "请记录走访情况。")
MEASURED = is_true("has_metrics", "The metrics have to be handed in.", "请先报送本期经营数据。")
NOT_LANDED = is_false(
    "has_landed",
    "A landed project is not lost: resume it, then record its exit or failure.",
    "已落地项目不作流失处理：请先恢复，再登记退出或终止。",
)

# What has to be there before a project leaves the phase.
EXIT_GUARDS: dict[Phase, tuple[Guard, ...]] = {
    Phase.DISCOVERY: (LINKED, OWNER_KNOWN),
    Phase.EVALUATION: (EVIDENCE, MARKET_NOTE, CONFLICT_CHECK),
    Phase.MATCHING: (MATCHED,),
    Phase.LANDING: (CODED, PLACED, SETTLED),
    Phase.FOLLOW_UP: (VISITED, MEASURED),
}

PHASE_STATES: dict[Phase, tuple[S, ...]] = {
    Phase.DISCOVERY: (S.LEAD, S.CONTACTED, S.QUALIFIED),
    Phase.EVALUATION: (S.TRIAGE, S.DUE_DILIGENCE, S.POC, S.EVALUATED),
    Phase.MATCHING: (S.PROFILE_READY, S.MATCHING, S.INTRODUCED, S.NEGOTIATING, S.TERM_SHEET),
    Phase.LANDING: (
        S.CONTRACT_SIGNED,
        S.CONTRACT_REGISTERED,
        S.COMPANY_REGISTERED,
        S.SPACE_ASSIGNED,
        S.FIRST_FUNDING,
        S.LANDED,
    ),
    Phase.FOLLOW_UP: (
        S.MONTH_3,
        S.MONTH_6,
        S.MONTH_12,
        S.CHECK,
        S.GROWING,
        S.AT_RISK,
        S.STALLED,
        S.GRADUATED,
        S.EXITED,
        S.FAILED,
    ),
}
# The phase of every state but the side states on_hold and lost, which keep the phase they came from.
PHASES: dict[str, Phase] = {word.value: phase for phase, words in PHASE_STATES.items() for word in words}

ENDS = frozenset({S.GRADUATED, S.EXITED, S.FAILED})
OPTIONAL = frozenset({S.POC, S.TERM_SHEET, S.CONTRACT_REGISTERED, S.SPACE_ASSIGNED, S.FIRST_FUNDING})
REQUIRES: dict[S, tuple[str, ...]] = {
    S.COMPANY_REGISTERED: ("company", "credit_code"),
    S.SPACE_ASSIGNED: ("area",),
    S.FIRST_FUNDING: ("first_funding",),
    S.LANDED: ("company", "credit_code", "area"),
    S.LOST: ("loss_reason",),
    S.LEAD: ("title",),
}


def _project_state(word: S) -> State:
    phase = PHASES.get(word.value)
    return state(
        word,
        phase.text if phase else word.text,
        group=phase.text if phase else None,
        requires=REQUIRES.get(word, ()),
        is_final=word in ENDS or word == S.LOST,
        is_optional=word in OPTIONAL,
        is_private=phase in (None, Phase.DISCOVERY, Phase.EVALUATION, Phase.MATCHING),
    )


STATES = tuple(_project_state(word) for word in S)
BEFORE_LANDING = tuple(word for phase in list(Phase)[:4] for word in PHASE_STATES[phase] if word != S.LANDED)
FOLLOWED = tuple(word for word in PHASE_STATES[Phase.FOLLOW_UP] if word not in ENDS)
JUDGED = (S.GROWING, S.AT_RISK, S.STALLED)
TALKS = (S.INTRODUCED, S.NEGOTIATING, S.TERM_SHEET)
PERIOD = EXIT_GUARDS[Phase.FOLLOW_UP]

DISCOVERY_MOVES = (
    Move("contact", Text("Record first contact", "登记首次接触"), (S.LEAD,), S.CONTACTED, STAFF),
    Move("verify", Text("Verify", "核实"), (S.LEAD, S.CONTACTED), S.QUALIFIED, STAFF),
    Move(
        "begin_triage",
        Text("Begin triage", "开始初筛"),
        (S.QUALIFIED,),
        S.TRIAGE,
        STAFF,
        EXIT_GUARDS[Phase.DISCOVERY],
    ),
)
EVALUATION_MOVES = (
    Move("investigate", Text("Begin due diligence", "开始尽调"), (S.TRIAGE,), S.DUE_DILIGENCE, STAFF),
    Move("begin_poc", Text("Begin proof of concept", "开始概念验证"), (S.DUE_DILIGENCE, S.EVALUATED), S.POC, STAFF),
    Move(
        "end_poc",
        Text("End proof of concept", "结束概念验证"),
        (S.POC,),
        S.DUE_DILIGENCE,
        STAFF,
        (
            Guard(
                "poc_result_given",
                Text("Record what the proof of concept showed.", "请记录概念验证结果。"),
                lambda facts: PocResult.has(str(facts.get("poc_result"))),
                ("poc_result",),
            ),
        ),
        asks=("poc_result",),
    ),
    Move(
        "pass_evaluation", Text("Pass evaluation", "评估通过"), (S.DUE_DILIGENCE,), S.EVALUATED, STAFF, (NOT_STOPPED,)
    ),
    Move(
        "reassess",
        Text("Assess again", "重新评估"),
        (S.EVALUATED, S.PROFILE_READY, S.MATCHING),
        S.DUE_DILIGENCE,
        STAFF,
        needs_reason=True,
    ),
    Move(
        "finish_profile",
        Text("Finish the profile", "完成画像"),
        (S.EVALUATED,),
        S.PROFILE_READY,
        STAFF,
        EXIT_GUARDS[Phase.EVALUATION],
    ),
)
MATCHING_MOVES = (
    Move("begin_matching", Text("Begin matching", "开始撮合"), (S.PROFILE_READY,), S.MATCHING, STAFF),
    Move("introduce", Text("Record the introduction", "登记对接"), (S.MATCHING,), S.INTRODUCED, HOUSE),
    Move("negotiate", Text("Begin negotiating", "开始谈判"), (S.INTRODUCED,), S.NEGOTIATING, STAFF),
    Move(
        "go_own_way",
        Text("Take the own-company route", "转为自行创办企业"),
        (S.PROFILE_READY, S.MATCHING),
        S.NEGOTIATING,
        STAFF,
        (OWN_COMPANY,),
        asks=("route",),
    ),
    Move("agree_terms", Text("Record the term sheet", "登记意向"), (S.NEGOTIATING,), S.TERM_SHEET, STAFF),
    Move("match_again", Text("Match again", "重新撮合"), TALKS, S.MATCHING, STAFF, needs_reason=True),
    Move(
        "sign_contract",
        Text("Record the contract", "登记合同签订"),
        (S.NEGOTIATING, S.TERM_SHEET),
        S.CONTRACT_SIGNED,
        STAFF,
        (*EXIT_GUARDS[Phase.MATCHING], SIGNED),
    ),
)
LANDING_MOVES = (
    Move(
        "fall_through",
        Text("The contract fell through", "合同未能履行"),
        (S.CONTRACT_SIGNED, S.CONTRACT_REGISTERED),
        S.NEGOTIATING,
        STAFF,
        needs_reason=True,
    ),
    Move(
        "register_contract",
        Text("Record the contract's registration", "登记合同认定"),
        (S.CONTRACT_SIGNED,),
        S.CONTRACT_REGISTERED,
        HOUSE,
        (REGISTERED,),
    ),
    Move(
        "register_company",
        Text("Record the company", "登记公司注册"),
        (S.CONTRACT_SIGNED, S.CONTRACT_REGISTERED),
        S.COMPANY_REGISTERED,
        STAFF,
        asks=("company", "credit_code"),
    ),
    Move(
        "assign_space",
        Text("Record the space", "登记入驻"),
        (S.COMPANY_REGISTERED, S.FIRST_FUNDING),
        S.SPACE_ASSIGNED,
        STAFF,
        (SETTLED,),
        asks=("area", "has_lease_or_agreement"),
    ),
    Move(
        "record_funding",
        Text("Record the first funding", "登记首笔资金"),
        (S.COMPANY_REGISTERED, S.SPACE_ASSIGNED),
        S.FIRST_FUNDING,
        STAFF,
        asks=("first_funding",),
    ),
    Move(
        "land",
        Text("Land", "确认落地"),
        (S.COMPANY_REGISTERED, S.SPACE_ASSIGNED, S.FIRST_FUNDING),
        S.LANDED,
        STAFF,
        (SETTLED,),
        asks=("area", "has_lease_or_agreement"),
    ),
    Move(
        "begin_month_3",
        Text("Begin the three-month visit", "开始三个月回访"),
        (S.LANDED,),
        S.MONTH_3,
        HOUSE,
        EXIT_GUARDS[Phase.LANDING],
    ),
)
FOLLOW_UP_MOVES = (
    Move("begin_month_6", Text("Begin the six-month visit", "开始六个月回访"), (S.MONTH_3,), S.MONTH_6, HOUSE, PERIOD),
    Move(
        "begin_month_12",
        Text("Begin the twelve-month visit", "开始十二个月回访"),
        (S.MONTH_6,),
        S.MONTH_12,
        HOUSE,
        PERIOD,
    ),
    Move("begin_check", Text("Begin the yearly check", "开始年度检查"), (S.MONTH_12, *JUDGED), S.CHECK, HOUSE, PERIOD),
    Move("find_growing", Text("Growing", "评为成长良好"), (S.CHECK, S.AT_RISK, S.STALLED), S.GROWING, STAFF),
    Move(
        "find_at_risk",
        Text("At risk", "评为存在风险"),
        (S.CHECK, S.GROWING, S.STALLED),
        S.AT_RISK,
        STAFF,
        needs_reason=True,
    ),
    Move(
        "find_stalled",
        Text("Stalled", "评为停滞"),
        (S.CHECK, S.GROWING, S.AT_RISK),
        S.STALLED,
        STAFF,
        needs_reason=True,
    ),
    Move("graduate", Text("Graduate", "毕业"), (S.CHECK, S.GROWING), S.GRADUATED, STAFF, PERIOD),
    Move("exit", Text("Record the exit", "登记退出"), FOLLOWED, S.EXITED, STAFF, PERIOD, needs_reason=True),
    Move("fail", Text("Record the failure", "登记终止"), FOLLOWED, S.FAILED, STAFF, (VISITED,), needs_reason=True),
)
SIDE_MOVES = (
    Move(
        "hold", Text("Put on hold", "暂缓"), (*BEFORE_LANDING, S.LANDED, *FOLLOWED), S.ON_HOLD, STAFF, needs_reason=True
    ),
    Move("resume", Text("Resume", "恢复"), (S.ON_HOLD,), "", STAFF, returns_to="came_from"),
    Move(
        "lose",
        Text("Record the loss", "登记流失"),
        (*BEFORE_LANDING, S.ON_HOLD),
        S.LOST,
        STAFF,
        (NOT_LANDED,),
        asks=("loss_reason",),
    ),
    Move(
        "win_back", Text("Take up again", "重新启动"), (S.LOST,), "", STAFF, needs_reason=True, returns_to="came_from"
    ),
)

PROJECT_FLOW = Flow(
    "project",
    Text("Transfer project", "成果转化项目"),
    "PRJ",
    S.LEAD,
    STATES,
    (*DISCOVERY_MOVES, *EVALUATION_MOVES, *MATCHING_MOVES, *LANDING_MOVES, *FOLLOW_UP_MOVES, *SIDE_MOVES),
    FACTS,
)
