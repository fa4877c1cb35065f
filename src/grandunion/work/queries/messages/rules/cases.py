"""Who is told what of achievements and projects."""

from grandunion.terms.messages import MessageKind
from grandunion.terms.roles import Part
from grandunion.terms.text import Text
from grandunion.work.queries.messages import audiences as to
from grandunion.work.queries.messages.rules.pieces import Rule, moved

ACHIEVEMENT, PROJECT, REMINDER = MessageKind.ACHIEVEMENT, MessageKind.PROJECT, MessageKind.REMINDER
INVENTORS, REVIEWERS = to.holding(Part.INVENTOR), to.holding(Part.REVIEWER)
PARTIES = (to.owners, to.holding(Part.OFFERING), to.holding(Part.NEEDING))

RULES = (
    Rule("achievement.inventors_named", ACHIEVEMENT, (INVENTORS,),
         Text("You are named as an inventor of {number}: confirm your share.",
              "您被列为 {number} 的发明人，请确认您的份额。")),
    Rule("achievement.received", ACHIEVEMENT, (to.desk,),
         Text("An achievement was disclosed: {number}.", "收到新的成果披露：{number}。")),
    Rule("achievement.submit", ACHIEVEMENT, (to.desk, to.owners),
         Text("{number} was handed in.", "{number} 已提交披露。")),
    Rule("achievement.ask_more", ACHIEVEMENT, (INVENTORS, to.owners),
         Text("{number} lacks information: please complete it.", "{number} 需补充材料，请尽快补正。")),
    Rule("achievement.supply", ACHIEVEMENT, (to.desk,),
         Text("The information that {number} lacked has come.", "{number} 的补正材料已提交。")),
    Rule("achievement.reviewer_asked", ACHIEVEMENT, (REVIEWERS,),
         Text("You are asked for a review of {number}.", "请您评审 {number}。")),
    Rule("achievement.review_handed_in", ACHIEVEMENT, (to.in_charge,),
         Text("A review of {number} is in.", "{number} 收到一份评审意见。")),
    Rule("achievement.conflict_declared", ACHIEVEMENT, (to.desk,),
         Text("A reviewer of {number} declared a conflict of interest: ask another.",
              "{number} 的一位评审专家申报利益冲突，请另行邀请。")),
    Rule("achievement.objected", REMINDER, (to.desk, to.owners),
         Text("There is an objection to {number}.", "{number} 收到异议。")),
    Rule("achievement.objection_settled", ACHIEVEMENT, (to.owners, INVENTORS),
         Text("The objection to {number} is settled.", "{number} 的异议已处理。")),
    Rule("achievement.notice_given", ACHIEVEMENT, (to.owners, INVENTORS),
         Text("{number} stands in public notice.", "{number} 已进入公示。")),
    Rule("achievement.published", ACHIEVEMENT, (to.owners, INVENTORS),
         Text("{number} is public.", "{number} 已公开发布。")),
    Rule("achievement.notice_ended", REMINDER, (to.desk, to.owners),
         Text("The public notice of {number} has ended: take the next step.",
              "{number} 公示期已满，请办理下一步。")),
    Rule("achievement.screening_due", REMINDER, (to.desk,),
         Text("The screening of {number} is overdue.", "{number} 的形式审查已超期。")),
    Rule("achievement.evaluation_due", REMINDER, (to.owing_reviewers,),
         Text("Your review of {number} is overdue: please hand it in.", "您对 {number} 的评审已超期，请尽快提交。")),
    Rule("achievement.evaluation_due", REMINDER, (to.desk,),
         Text("The evaluation of {number} is overdue: the reviewers were reminded.",
              "{number} 的评价已超期，已提醒评审专家。")),
    Rule("achievement.*", ACHIEVEMENT, (to.in_charge, to.owners, INVENTORS),
         Text("{number} is now: {state}.", "{number} 当前状态：{state}。"), moved),
    Rule("project.opened", PROJECT, (to.in_charge, *PARTIES),
         Text("The project {number} was opened.", "项目 {number} 已立项。")),
    Rule("project.member_added", PROJECT, PARTIES, Text("{number} has a new member.", "{number} 新增成员。")),
    Rule("project.milestone_reached", PROJECT, (to.in_charge, *PARTIES),
         Text("A milestone of {number} is reached.", "{number} 已达成一个里程碑。")),
    Rule("project.milestone_postponed", PROJECT, (to.in_charge,),
         Text("A milestone of {number} was postponed.", "{number} 的一个里程碑已延期。")),
    Rule("project.risk", REMINDER, (to.in_charge,),
         Text("The risk of {number} was judged anew.", "{number} 的风险等级有变化。")),
    Rule("project.visit_due", REMINDER, (to.in_charge,),
         Text("A visit to {number} is due.", "{number} 到了走访时间。")),
    Rule("project.next_step_due", REMINDER, (to.in_charge,),
         Text("The next step of {number} is due.", "{number} 的下一步工作已到期。")),
    Rule("project.*", PROJECT, (to.in_charge, *PARTIES),
         Text("{number} is now: {state}.", "{number} 当前状态：{state}。"), moved),
)  # fmt: skip
