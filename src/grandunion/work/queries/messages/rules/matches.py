"""Who is told what of matches, rounds and offers."""

from grandunion.terms.messages import MessageKind
from grandunion.terms.roles import Part
from grandunion.terms.text import Text
from grandunion.work.queries.messages import audiences as to
from grandunion.work.queries.messages.rules.pieces import Rule

MATCH, REMINDER = MessageKind.MATCH, MessageKind.REMINDER
OFFERING, NEEDING = to.holding(Part.OFFERING), to.holding(Part.NEEDING)
BOTH = (OFFERING, NEEDING, to.owners)

RULES = (
    Rule("match.sent", MATCH, BOTH,
         Text("A possible partner: look at {number} and say yes or no.",
              "为您推荐了合作对象：请查看 {number} 并表示同意或谢绝。")),
    Rule("match.asked", MATCH, (OFFERING,),
         Text("Somebody asks for what you offer: {number}.", "有单位希望获得您的供给：{number}。")),
    Rule("match.asked", MATCH, (to.desk,),
         Text("An applicant asked for an introduction: {number}.", "需求方申请对接：{number}。")),
    Rule("match.offered", MATCH, (NEEDING, to.owners),
         Text("Somebody offers what you need: {number}.", "有单位可以满足您的需求：{number}。")),
    Rule("match.offered", MATCH, (to.desk,),
         Text("Somebody offered to answer a need: {number}.", "有单位主动响应需求：{number}。")),
    Rule("match.invited", MATCH, (OFFERING,),
         Text("You are invited to propose for a scenario: propose or decline at {number}.",
              "诚邀您为一项应用场景提交方案：请在 {number} 提交方案或谢绝。")),
    Rule("match.invited", MATCH, (NEEDING, to.owners),
         Text("A supplier was invited to propose for your scenario: {number}.",
              "已为您的应用场景邀请一家供应方：{number}。")),
    Rule("match.lapsed", MATCH, (OFFERING,),
         Text("{number} is over: proposals are not taken any more.", "{number} 已结束：方案征集已截止。")),
    Rule("match.accepted_offering", MATCH, (NEEDING, to.owners, to.desk),
         Text("The offering side of {number} says yes.", "{number} 的供给方已同意。")),
    Rule("match.accepted_needing", MATCH, (OFFERING, to.desk),
         Text("The needing side of {number} says yes.", "{number} 的需求方已同意。")),
    Rule("match.declined", MATCH, (to.desk,), Text("{number} was declined.", "{number} 已被谢绝。")),
    Rule("match.introduced", MATCH, BOTH,
         Text("You are introduced: {number} has the contact.", "双方已对接：联系方式见 {number}。")),
    Rule("match.met", MATCH, BOTH, Text("A meeting was noted on {number}.", "{number} 已登记洽谈。")),
    Rule("match.succeeded", MATCH, (*BOTH, to.in_charge), Text("{number} has succeeded.", "{number} 撮合成功。")),
    Rule("match.failed", MATCH, (*BOTH, to.in_charge), Text("{number} came to nothing.", "{number} 撮合未成。")),
    Rule("match.revived", MATCH, BOTH, Text("{number} was taken up again.", "{number} 已重新启动。")),
    Rule("match.answer_due", REMINDER, BOTH,
         Text("{number} waits for your answer: say yes or no.", "{number} 等待您的答复，请表示同意或谢绝。")),
    Rule("match.answer_due", REMINDER, (to.desk,),
         Text("Nobody has answered {number}: call one of the sides.", "{number} 双方均未答复，请电话联系。")),
    Rule("match.consent_due", REMINDER, (OFFERING,),
         Text("The other side of {number} said yes and waits for you.", "{number} 对方已同意，正等待您的答复。"),
         lambda what: "offering" in (what.new("sides") or ())),
    Rule("match.consent_due", REMINDER, (NEEDING, to.owners),
         Text("The other side of {number} said yes and waits for you.", "{number} 对方已同意，正等待您的答复。"),
         lambda what: "needing" in (what.new("sides") or ())),
    Rule("match.consent_due", REMINDER, (to.desk,),
         Text("{number} waits for the consent of one side: call them.", "{number} 尚待一方同意，请电话联系。")),
    Rule("match.follow_up_due", REMINDER, (to.desk, to.in_charge),
         Text("Nothing has happened on {number} since the introduction: ask both sides how it goes.",
              "{number} 对接后一直没有进展，请回访双方。")),
    Rule("match.follow_up_due", REMINDER, BOTH,
         Text("How does {number} go? Note the meeting or what came of it.",
              "{number} 进展如何？请登记洽谈或结果。")),
    Rule("round.published", MATCH, (to.participants,),
         Text("The timetable of {number} is out: see whom you meet.", "{number} 的日程已发布，请查看您的洽谈安排。")),
    Rule("round.repaired", MATCH, (to.participants,),
         Text("The timetable of {number} has changed.", "{number} 的日程有调整。")),
    Rule("round.cancelled", MATCH, (to.participants,), Text("{number} does not take place.", "{number} 已取消。")),
    Rule("round.left", MATCH, (to.in_charge,), Text("Somebody has left {number}.", "{number} 有参加方退出。")),
    Rule("offer.published", MATCH, (to.owners,), Text("{number} is published.", "{number} 已发布。")),
    Rule("offer.paused", MATCH, (to.owners,), Text("{number} is paused.", "{number} 已暂停。")),
    Rule("offer.withdrawn", MATCH, (to.owners, to.in_charge), Text("{number} was withdrawn.", "{number} 已撤回。")),
)  # fmt: skip
