"""What the pages of needs call things: fields, deeds in the time line, tones of states, the phases."""

from collections.abc import Mapping

from grandunion.terms.needs import AssignmentState, NeedState
from grandunion.terms.text import Text

S = NeedState
TONES: Mapping[str, str] = {
    S.RECEIVED: "info", S.TRIAGE: "info", S.DISPATCHED: "progress", S.ANSWERED: "good", S.RATED: "good",
    S.CALLED_BACK: "good", S.CLOSED_SOLVED: "good", S.CLOSED_PARTLY: "good", S.CLOSED_UNSOLVED: "warn",
    S.REOPENED: "warn", S.ESCALATED: "bad", S.SPAM: "neutral",
}  # fmt: skip
ASSIGNMENT_TONES: Mapping[str, str] = {
    AssignmentState.WAITING: "info", AssignmentState.TAKING_CARE: "progress", AssignmentState.DONE_HELPED: "good",
    AssignmentState.EXPIRED: "warn",
}  # fmt: skip
PHASES: tuple[tuple[Text, tuple[NeedState, ...]], ...] = (
    (Text("Registered", "登记"), (S.DRAFT, S.RECEIVED, S.TRIAGE, S.REOPENED, S.ESCALATED)),
    (Text("Dispatched", "分派"), (S.DISPATCHED,)),
    (Text("Answered", "答复"), (S.ANSWERED,)),
    (Text("Rated and called back", "评价回访"), (S.RATED, S.CALLED_BACK)),
    (
        Text("Closed", "办结"),
        (S.CLOSED_SOLVED, S.CLOSED_PARTLY, S.CLOSED_EXPLAINED, S.CLOSED_UNSOLVED, S.MERGED, S.SPAM, S.CANCELLED),
    ),
)
FIELDS: Mapping[str, Text] = {
    "title_zh": Text("Title in Chinese", "中文标题"),
    "title_en": Text("Title in English", "英文标题"),
    "text_zh": Text("Description in Chinese", "中文描述"),
    "text_en": Text("Description in English", "英文描述"),
    "category": Text("Category", "类别"),
    "subject": Text("Subject", "事项"),
    "urgency": Text("Urgency", "紧急程度"),
    "applicant_type": Text("Who asks", "提出方类型"),
    "applicant_name": Text("Name as told", "提出方（口述）"),
    "owner": Text("Stated by", "提出单位"),
    "contact_name": Text("Contact", "联系人"),
    "contact_phone": Text("Phone", "联系电话"),
    "contact_email": Text("E-mail", "联系邮箱"),
    "field": Text("Field", "领域"),
    "industry": Text("Industry", "行业"),
    "area": Text("Area", "片区"),
    "budget": Text("Budget", "预算"),
    "headcount": Text("People wanted", "需求人数"),
    "wanted_by": Text("Wanted by", "期望完成日期"),
    "trl_wanted": Text("Maturity wanted (TRL)", "期望技术成熟度"),
    "acceptance_criteria": Text("When it is solved", "验收标准"),
    "attempts_so_far": Text("Tried so far", "已做过的尝试"),
    "received_at": Text("Received", "登记时间"),
    "in_charge": Text("In charge", "经办人"),
    "level": Text("Open to", "公开范围"),
    "outcome": Text("Outcome", "办理成效"),
    "outcome_note": Text("How it ended", "办结说明"),
    "satisfaction": Text("Rating", "满意度"),
    "satisfaction_comment": Text("Comment", "评价意见"),
    "escalations": Text("Raised", "提级次数"),
    "merged_into": Text("Handled with", "并入"),
    "state": Text("State", "状态"),
}
TOLD = ("category", "urgency", "in_charge", "level", "outcome", "satisfaction", "merged_into")
VERBS: Mapping[str, Text] = {
    "need.begun": Text("began to write the need", "开始填写诉求"),
    "need.saved": Text("saved a step", "保存填写步骤"),
    "need.received": Text("handed the need in", "提交诉求"),
    "need.edited": Text("corrected the need", "修改诉求"),
    "need.handed_over": Text("put somebody in charge", "确定经办人"),
    "need.begin_triage": Text("began triage", "开始研判"),
    "need.dispatched": Text("dispatched the need", "分派诉求"),
    "need.take_back": Text("brought the need back to the desk", "收回研判"),
    "need.taken_on": Text("took it on", "接办"),
    "need.helped": Text("answered: helped", "答复：已解决"),
    "need.no_help_found": Text("answered: no help available", "答复：暂无可用支持"),
    "need.not_reached": Text("could not reach the applicant", "无法联系申请人"),
    "need.passed_on": Text("said it is not their business", "反馈非本单位职责"),
    "need.expired": Text("let an assignment expire", "承办超期终止"),
    "need.taken_up_again": Text("took it up again", "重新接办"),
    "need.answered": Text("the need is answered", "诉求已答复"),
    "need.rated": Text("rated the answer", "评价答复"),
    "need.called_back": Text("called back", "回访"),
    "need.called_in_vain": Text("called, nobody answered", "回访未接通"),
    "need.closed": Text("closed the need", "办结诉求"),
    "need.reopened": Text("reopened the need", "重新办理"),
    "need.escalated": Text("raised the need one level", "提级办理"),
    "need.merged": Text("merged it into another need", "并案"),
    "need.joined": Text("joined another need to this one", "并入其他诉求"),
    "need.separate": Text("separated it again", "解除并案"),
    "need.mark_as_spam": Text("marked it as spam", "标记为无效信息"),
    "need.restore": Text("took the spam mark away", "恢复为有效诉求"),
    "need.cancel": Text("cancelled the need", "撤销诉求"),
    "need.opened_to": Text("changed who may read it", "调整可见范围"),
    "access.given": Text("let somebody read it", "授权查阅"),
    "access.ended": Text("ended an access", "终止查阅授权"),
}
