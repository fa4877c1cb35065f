"""Who is told what of events and of what was promised there."""

from grandunion.terms.messages import MessageKind
from grandunion.terms.text import Text
from grandunion.work.queries.messages import audiences as to
from grandunion.work.queries.messages.rules.pieces import Rule

EVENT, REMINDER = MessageKind.EVENT, MessageKind.REMINDER

RULES = (
    Rule("event.invited", EVENT, (to.registrant,), Text("You are invited to {number}.", "诚邀您参加 {number}。")),
    Rule("event.registered", EVENT, (to.registrant,),
         Text("You are registered for {number}.", "您已成功报名 {number}。")),
    Rule("event.registered", EVENT, (to.in_charge,),
         Text("Somebody registered for {number}.", "{number} 收到新的报名。")),
    Rule("event.waitlisted", EVENT, (to.registrant,),
         Text("{number} is full: you are on the waiting list.", "{number} 名额已满，您已进入候补名单。")),
    Rule("event.moved_up", EVENT, (to.registrant,),
         Text("A place has become free: you are registered for {number}.", "名额空出，您已成功报名 {number}。")),
    Rule("event.approved", EVENT, (to.registrant,),
         Text("Your registration for {number} is confirmed.", "您对 {number} 的报名已通过审核。")),
    Rule("event.rejected", EVENT, (to.registrant,),
         Text("Your registration for {number} could not be accepted.", "您对 {number} 的报名未通过审核。")),
    Rule("event.withdrawn", EVENT, (to.in_charge,),
         Text("Somebody has withdrawn from {number}.", "{number} 有人退出报名。")),
    Rule("event.changed", EVENT, (to.registrants,),
         Text("Time or place of {number} has changed.", "{number} 的时间或地点有调整。")),
    Rule("event.cancelled", EVENT, (to.registrants,), Text("{number} does not take place.", "{number} 已取消。")),
    Rule("event.reminded", REMINDER, (to.registrants,), Text("{number} is soon.", "{number} 即将举行。")),
    Rule("action.opened", EVENT, (to.in_charge, to.owners),
         Text("Something was promised that is yours to do: {number}.", "您有一项承诺事项待落实：{number}。")),
    Rule("action.due", REMINDER, (to.in_charge, to.owners), Text("{number} is due.", "{number} 即将到期。")),
    Rule("action.overdue", REMINDER, (to.in_charge, to.owners), Text("{number} is overdue.", "{number} 已超期。")),
)  # fmt: skip
