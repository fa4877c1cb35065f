"""Who is told what of scenarios and open challenges."""

from grandunion.terms.messages import MessageKind
from grandunion.terms.roles import Part
from grandunion.terms.text import Text
from grandunion.work.queries.messages import audiences as to
from grandunion.work.queries.messages.rules.pieces import Rule, moved

SCENARIO, REMINDER = MessageKind.SCENARIO, MessageKind.REMINDER
SUPPLIER, DEMANDING, REVIEWERS = to.holding(Part.OFFERING), to.holding(Part.NEEDING), to.holding(Part.REVIEWER)
NOW = Text("{number} is now: {state}.", "{number} 当前状态：{state}。")

RULES = (
    Rule("opportunity.collected", SCENARIO, (to.desk,),
         Text("A scenario opportunity came in: {number}.", "收到新的场景机会：{number}。")),
    Rule("opportunity.waiver_asked", SCENARIO, (to.desk,),
         Text("A waiver is asked for in the trial of {number}.", "{number} 的应用验证有一项指标申请豁免。")),
    Rule("opportunity.measured", SCENARIO, (to.in_charge, to.owners),
         Text("A measured value came in for {number}.", "{number} 登记了新的实测值。")),
    Rule("opportunity.*", SCENARIO, (to.in_charge, to.owners, SUPPLIER), NOW, moved),
    Rule("capability.handed_in", SCENARIO, (to.desk,),
         Text("A scenario capability was handed in: {number}.", "收到新的场景能力：{number}。")),
    Rule("capability.*", SCENARIO, (to.in_charge, to.owners), NOW, moved),
    Rule("proposal.handed_in", SCENARIO, (to.desk, DEMANDING),
         Text("A proposal was handed in: {number}.", "收到新的方案：{number}。")),
    Rule("proposal.selected", SCENARIO, (to.owners,),
         Text("Your proposal {number} was selected.", "您的方案 {number} 已被选定。")),
    Rule("proposal.declined", SCENARIO, (to.owners,),
         Text("Your proposal {number} was not selected; the reasons stand with it.",
              "您的方案 {number} 未被选中，反馈意见见方案页面。")),
    Rule("proposal.*", SCENARIO, (to.owners,),
         Text("Your proposal {number} is now: {public_state}.", "您的方案 {number} 当前状态：{public_state}。"), moved),
    Rule("challenge.collected", SCENARIO, (to.desk,),
         Text("A need for an open challenge came in: {number}.", "收到新的揭榜需求：{number}。")),
    Rule("challenge.reviewer_asked", SCENARIO, (REVIEWERS,),
         Text("You are asked to review the bids for {number}.", "请您评审 {number} 的揭榜申请。")),
    Rule("challenge.conflict_declared", SCENARIO, (to.desk,),
         Text("A reviewer of {number} declared a conflict of interest: ask another.",
              "{number} 的一位评审专家申报利益冲突，请另行邀请。")),
    Rule("challenge.objected", REMINDER, (to.desk,), Text("There is an objection to {number}.", "{number} 收到异议。")),
    Rule("challenge.milestone_late", REMINDER, (to.in_charge, to.owners, SUPPLIER),
         Text("A milestone of {number} is overdue.", "{number} 有里程碑已超期。")),
    Rule("challenge.payment_late", REMINDER, (to.in_charge, to.owners),
         Text("An instalment of {number} is overdue.", "{number} 有一笔分期款逾期未付。")),
    Rule("challenge.milestone_met", SCENARIO, (to.in_charge, to.owners, SUPPLIER),
         Text("A milestone of {number} is met.", "{number} 已达成一个里程碑。")),
    Rule("challenge.instalment_paid", SCENARIO, (to.in_charge, SUPPLIER),
         Text("An instalment of {number} was paid.", "{number} 已支付一笔分期款。")),
    Rule("challenge.*", SCENARIO, (to.in_charge, to.owners, SUPPLIER), NOW, moved),
    Rule("bid.awarded", SCENARIO, (to.owners,), Text("Your bid {number} has won.", "您的揭榜申请 {number} 已中榜。")),
    Rule("bid.*", SCENARIO, (to.owners,),
         Text("Your bid {number} is now: {public_state}.", "您的揭榜申请 {number} 当前状态：{public_state}。"), moved),
)  # fmt: skip
