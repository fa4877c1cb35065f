"""The life of an achievement, from the inventor's draft to its transformation.

Facts it reads: see `FACTS`. The screening clock stands still while information is wanted. An achievement that is
no service achievement (职务科技成果) belongs to its inventors and needs no rights review.
"""

from grandunion.engines.flows.guards import at_least, at_most, equals, given, is_false, is_true, one_of
from grandunion.engines.flows.pieces import Fact, Facts, Guard, Move, state
from grandunion.engines.flows.table import Flow
from grandunion.terms.achievements import AchievementState as S
from grandunion.terms.clocks import Clock
from grandunion.terms.rights import PriceMethod
from grandunion.terms.roles import Part
from grandunion.terms.text import Text

STAFF = frozenset({Part.IN_CHARGE, Part.OFFICER})
SIDE = frozenset({Part.OWNER, Part.INVENTOR})
OFFICE = STAFF | {Part.OWNER}
HOUSE = STAFF | {Part.SYSTEM}

FACTS = (
    Fact("title", Text("title", "名称")),
    Fact("kind", Text("kind", "成果类型"), "AchievementKind"),
    Fact("owner_org", Text("owner", "权利单位"), "anything that names it"),
    Fact("shares_total", Text("sum of the inventors' shares in per cent", "发明人份额合计（%）"), "Decimal"),
    Fact("unconfirmed_inventors", Text("inventors who have not confirmed", "未确认的发明人数"), "int"),
    Fact("has_public_disclosure_answer", Text("answer on earlier publication", "是否已公开的答复"), "bool"),
    Fact("reviews_without_conflict", Text("reviews without conflict", "无利益冲突的评审数"), "int"),
    Fact("trl", Text("technology readiness level", "技术成熟度等级"), "int 1–9"),
    Fact("trl_evidence", Text("evidence for that level", "该等级的证明材料数"), "int"),
    Fact("is_service_achievement", Text("service achievement", "是否职务科技成果"), "bool"),
    Fact("price_basis", Text("price basis", "定价方式"), "PriceMethod"),
    Fact("has_published_price", Text("name and price for the notice", "公示名称与价格"), "bool"),
    Fact("notice_days_left", Text("days of notice left", "公示剩余天数"), "int"),
    Fact("open_objections", Text("open objections", "未处理异议数"), "int"),
    Fact("active_projects", Text("projects under way", "进行中的项目数"), "int"),
    Fact("transformations", Text("contracts registered and companies landed", "已登记合同与落地企业数"), "int"),
    Fact("is_archive_due", Text("time to archive has come", "是否到归档期限"), "bool"),
)


def _price_is_ready(facts: Facts) -> bool:
    return facts.get("price_basis") != PriceMethod.NEGOTIATED or facts.get("has_published_price") is True


SHARES = equals(
    "shares_total",
    100,
    "The inventors' shares must add up to 100 per cent: correct them.",
    "发明人份额合计须为 100%，请调整。",
)
CONFIRMED = at_most(
    "unconfirmed_inventors",
    0,
    "Each inventor has to confirm the share: remind those who have not.",
    "须每位发明人确认份额，请提醒尚未确认者。",
)
ANSWERED = is_true(
    "has_public_disclosure_answer",
    "Say whether anything of it was made public already.",
    "请回答成果内容是否已公开。",
)
REVIEWED = at_least(
    "reviews_without_conflict",
    2,
    "Two reviewers without conflict of interest have to hand in their reviews.",
    "须有两位无利益冲突的评审专家提交评审意见。",
)
LEVEL = given("trl", "Record the technology readiness level.", "请记录技术成熟度等级。")
EVIDENCE = at_least("trl_evidence", 1, "Add evidence for that readiness level.", "请为该成熟度等级补充证明材料。")
PRICED = one_of(
    "price_basis",
    PriceMethod.codes(),
    "Record how the price comes about: negotiated, listed or by auction.",
    "请记录定价方式：协议定价、挂牌交易或拍卖。",
)
PRICE_PUBLISHED = Guard(
    "negotiated_price_published",
    Text(
        "A negotiated price is published: enter the name and the price for the notice.",
        "协议定价须公示成果名称和拟交易价格，请填写。",
    ),
    _price_is_ready,
    ("price_basis", "has_published_price"),
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
NOT_SERVICE = is_false(
    "is_service_achievement",
    "A service achievement passes rights review and public notice: begin with the rights review.",
    "职务科技成果须经赋权/处置审批和公示，请先发起审批。",
)
IN_PROJECT = at_least("active_projects", 1, "Link it to a project first.", "请先关联转化项目。")
NO_PROJECT = at_most(
    "active_projects",
    0,
    "A project is still under way: close or unlink it first.",
    "仍有进行中的项目，请先办结或解除关联。",
)
HAS_RESULT = at_least(
    "transformations",
    1,
    "A registered contract or a landed company has to show the transformation.",
    "须有已登记的技术合同或已落地的企业作为转化依据。",
)
ARCHIVE_DUE = is_true("is_archive_due", "It is kept until the archive period ends.", "归档期限未到。")

UNDER_REVIEW = Text("Under review", "审核中")
STATES = (
    state(S.DRAFT, is_private=True),
    state(S.SUBMITTED, UNDER_REVIEW, requires=("title", "kind", "owner_org"), is_private=True),
    state(S.SCREENING, UNDER_REVIEW, Clock(working_days=5, pauses_in=(S.MORE_INFO,)), is_private=True),
    state(S.MORE_INFO, Text("Waiting for information", "等待补充材料"), is_private=True),
    state(S.EVALUATING, UNDER_REVIEW, Clock(working_days=20), is_private=True),
    state(S.EVALUATED, UNDER_REVIEW, is_private=True),
    state(S.IN_LIBRARY, Text("On offer", "可对接")),
    state(S.NOT_PURSUED, Text("Not on offer", "暂不对外")),
    state(S.RELEASED_TO_INVENTOR, Text("With the inventor", "已归还发明人"), is_final=True, is_private=True),
    state(S.RIGHTS_REVIEW, Text("On offer", "可对接")),
    state(S.PUBLIC_NOTICE),
    state(S.DISPOSABLE, Text("On offer", "可对接")),
    state(S.LINKED_TO_PROJECT, Text("Being transferred", "转化中")),
    state(S.TRANSFORMED, is_final=True),
    state(S.WITHDRAWN, is_final=True, is_private=True),
    state(S.ARCHIVED, is_final=True, is_private=True),
)

OVER = {S.RELEASED_TO_INVENTOR, S.TRANSFORMED, S.WITHDRAWN, S.ARCHIVED}
MOVES = (
    Move("submit", Text("Submit", "提交披露"), (S.DRAFT,), S.SUBMITTED, STAFF | SIDE, (SHARES, CONFIRMED, ANSWERED)),
    Move("screen", Text("Begin screening", "开始形式审查"), (S.SUBMITTED,), S.SCREENING, STAFF),
    Move(
        "ask_more",
        Text("Ask for more information", "要求补正"),
        (S.SUBMITTED, S.SCREENING),
        S.MORE_INFO,
        STAFF,
        needs_reason=True,
    ),
    Move("supply", Text("Hand in the information", "提交补正材料"), (S.MORE_INFO,), S.SCREENING, STAFF | SIDE),
    Move("begin_evaluation", Text("Begin evaluation", "开始评价"), (S.SUBMITTED, S.SCREENING), S.EVALUATING, STAFF),
    Move(
        "conclude_evaluation",
        Text("Conclude evaluation", "完成评价"),
        (S.EVALUATING,),
        S.EVALUATED,
        STAFF,
        (REVIEWED, LEVEL, EVIDENCE),
    ),
    # The reason of the decision is always shared with the inventor.
    Move("take_in", Text("Take into the library", "入库"), (S.EVALUATED,), S.IN_LIBRARY, STAFF, needs_reason=True),
    Move(
        "set_aside",
        Text("Set aside", "暂不转化"),
        (S.EVALUATED, S.IN_LIBRARY),
        S.NOT_PURSUED,
        OFFICE,
        needs_reason=True,
    ),
    Move(
        "release",
        Text("Release to the inventor", "放弃并归还发明人"),
        (S.EVALUATED, S.IN_LIBRARY, S.NOT_PURSUED),
        S.RELEASED_TO_INVENTOR,
        OFFICE,
        needs_reason=True,
    ),
    Move("reconsider", Text("Evaluate again", "重新评价"), (S.NOT_PURSUED,), S.EVALUATING, STAFF, needs_reason=True),
    Move("review_rights", Text("Begin rights review", "发起赋权/处置审批"), (S.IN_LIBRARY,), S.RIGHTS_REVIEW, OFFICE),
    Move(
        "waive_review",
        Text("Free without rights review", "免审批转为可转化"),
        (S.IN_LIBRARY,),
        S.DISPOSABLE,
        STAFF,
        (NOT_SERVICE,),
    ),
    Move(
        "stop_review",
        Text("Stop the rights review", "终止审批"),
        (S.RIGHTS_REVIEW,),
        S.IN_LIBRARY,
        OFFICE,
        needs_reason=True,
    ),
    Move(
        "give_notice",
        Text("Give public notice", "发布公示"),
        (S.RIGHTS_REVIEW,),
        S.PUBLIC_NOTICE,
        OFFICE,
        (PRICED, PRICE_PUBLISHED),
    ),
    Move(
        "return_to_review",
        Text("Return to review", "退回审批"),
        (S.PUBLIC_NOTICE,),
        S.RIGHTS_REVIEW,
        OFFICE,
        needs_reason=True,
    ),
    Move(
        "end_notice",
        Text("End the notice", "公示结束"),
        (S.PUBLIC_NOTICE,),
        S.DISPOSABLE,
        HOUSE | {Part.OWNER},
        (NOTICE_OVER, NO_OBJECTIONS),
    ),
    Move("link", Text("Link to a project", "进入项目"), (S.DISPOSABLE,), S.LINKED_TO_PROJECT, HOUSE, (IN_PROJECT,)),
    Move(
        "unlink",
        Text("Release from the project", "退出项目"),
        (S.LINKED_TO_PROJECT,),
        S.DISPOSABLE,
        HOUSE,
        (NO_PROJECT,),
    ),
    Move(
        "transform",
        Text("Record the transformation", "确认转化"),
        (S.LINKED_TO_PROJECT,),
        S.TRANSFORMED,
        HOUSE,
        (HAS_RESULT,),
    ),
    Move(
        "withdraw",
        Text("Withdraw", "撤回"),
        tuple(word for word in S if word not in OVER),
        S.WITHDRAWN,
        STAFF | SIDE,
        needs_reason=True,
    ),
    Move(
        "archive",
        Text("Archive", "归档"),
        (S.NOT_PURSUED, S.RELEASED_TO_INVENTOR, S.TRANSFORMED, S.WITHDRAWN),
        S.ARCHIVED,
        HOUSE,
        (ARCHIVE_DUE,),
    ),
)

ACHIEVEMENT_FLOW = Flow("achievement", Text("Achievement", "科技成果"), "ACH", S.DRAFT, STATES, MOVES, FACTS)
