"""Who is told what of work reports: the writer, the colleagues who review, whoever is to sign."""

from grandunion.terms.messages import MessageKind
from grandunion.terms.text import Text
from grandunion.work.queries.messages import audiences as to
from grandunion.work.queries.messages.rules.pieces import Rule, moved

MENTION, REMINDER = MessageKind.MENTION, MessageKind.REMINDER

RULES = (
    Rule("work_report.signer", MENTION, (to.meant("signer"),),
         Text("You are to sign the work report {number}.", "请您签发工作报告 {number}。")),
    Rule("work_report.commented", REMINDER, (to.in_charge,),
         Text("{who} commented on the work report {number}.", "{who}对工作报告 {number} 添加了批注。")),
    Rule("work_report.checked", REMINDER, (to.planners,),
         Text("The work report {number} waits for a second person's review.", "工作报告 {number} 待第二人复核。")),
    Rule("work_report.reviewed", REMINDER, (to.signing, to.in_charge),
         Text("The work report {number} was reviewed and waits to be signed.", "工作报告 {number} 已复核，待签发。")),
    Rule("work_report.sent_back", REMINDER, (to.in_charge,),
         Text("The work report {number} was sent back to the draft.", "工作报告 {number} 已退回修改。")),
    Rule("work_report.*", REMINDER, (to.in_charge,),
         Text("The work report {number} is now: {state}.", "工作报告 {number} 当前状态：{state}。"), moved),
)  # fmt: skip
