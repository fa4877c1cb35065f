"""Who is told what of periodic returns: the reporter what is asked of them, the hub what has come or has not."""

from grandunion.terms.messages import MessageKind
from grandunion.terms.text import Text
from grandunion.work.queries.messages import audiences as to
from grandunion.work.queries.messages.rules.pieces import Rule, moved

RETURN, REMINDER = MessageKind.RETURN, MessageKind.REMINDER

RULES = (
    Rule("return.opened", RETURN, (to.reporter,),
         Text("A return is to be filled in: {number}.", "有新的报表待填报：{number}。")),
    Rule("return.reminded", REMINDER, (to.reporter,),
         Text("Please remember the return {number}.", "请及时填报 {number}。")),
    Rule("return.overdue", REMINDER, (to.reporter, to.reviewers),
         Text("The return {number} is overdue.", "报表 {number} 已逾期。")),
    Rule("return.escalated", REMINDER, (to.planners, to.reporter),
         Text("The return {number} has still not come, and is raised one level.",
              "报表 {number} 逾期仍未报送，已提级督办。")),
    Rule("return.submit", RETURN, (to.reviewers,),
         Text("A return waits for review: {number}.", "有报表待审核：{number}。")),
    Rule("return.send_back", REMINDER, (to.reporter,),
         Text("{number} was sent back with comments: please correct it.", "{number} 已退回，请按意见修改后重新报送。")),
    Rule("return.reopen", REMINDER, (to.reporter,),
         Text("{number} was opened again for correction.", "{number} 已退回更正，请修改后重新报送。")),
    Rule("return.accept", RETURN, (to.reporter,), Text("{number} was accepted.", "{number} 已审核通过。")),
    Rule("return.*", RETURN, (to.reporter,), Text("{number} is now: {state}.", "{number} 当前状态：{state}。"), moved),
)  # fmt: skip
