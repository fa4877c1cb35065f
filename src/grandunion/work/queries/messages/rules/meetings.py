"""Who is told what of events and of what was promised there."""

from collections.abc import Callable

from grandunion.terms.events import RegistrationState
from grandunion.terms.messages import MessageKind
from grandunion.terms.text import Text
from grandunion.work.queries.messages import audiences as to
from grandunion.work.queries.messages.happenings import Happening
from grandunion.work.queries.messages.rules.pieces import Rule

EVENT, REMINDER = MessageKind.EVENT, MessageKind.REMINDER
RS = RegistrationState


def came(state: RegistrationState) -> Callable[[Happening], bool]:
    """Whether the registration stands so since the deed."""
    return lambda what: what.new("registration_state") == state


def is_elsewhere(what: Happening) -> bool:
    """Whether time or place have changed."""
    return any(what.new(name) for name in ("starts_at", "ends_at", "place_zh", "place_en"))


def is_put_off(what: Happening) -> bool:
    """Whether another day was set."""
    return bool(what.new("due_on"))


RULES = (
    Rule("event.invited", EVENT, (to.registrant,), Text("You are invited to {number}.", "诚邀您参加 {number}。")),
    Rule("event.registered", EVENT, (to.registrant,),
         Text("You are registered for {number}.", "您已成功报名 {number}。"), came(RS.COMPLETE)),
    Rule("event.registered", EVENT, (to.registrant,),
         Text("We have your registration for {number}. The organiser looks at it and tells you.",
              "我们已收到您对 {number} 的报名，主办方审核后将通知您。"), came(RS.PENDING)),
    Rule("event.registered", EVENT, (to.registrant,),
         Text("{number} is full: you are on the waiting list.", "{number} 名额已满，您已进入候补名单。"),
         came(RS.WAITLISTED)),
    Rule("event.registered", EVENT, (to.in_charge,),
         Text("Somebody registered for {number}.", "{number} 收到新的报名。")),
    Rule("event.accepted", EVENT, (to.in_charge,),
         Text("An invitation to {number} was accepted.", "{number} 的邀请已获接受。")),
    Rule("event.queued", EVENT, (to.registrant,),
         Text("{number} is full: you are on the waiting list.", "{number} 名额已满，您已进入候补名单。")),
    Rule("event.promoted", EVENT, (to.registrant,),
         Text("A place has become free: you are registered for {number}.", "名额空出，您已成功报名 {number}。")),
    Rule("event.admitted", EVENT, (to.registrant,),
         Text("Your registration for {number} is confirmed.", "您对 {number} 的报名已通过审核。")),
    Rule("event.rejected", EVENT, (to.registrant,),
         Text("Your registration for {number} could not be accepted.", "您对 {number} 的报名未通过审核。")),
    Rule("event.withdrawn", EVENT, (to.in_charge,),
         Text("Somebody has withdrawn from {number}.", "{number} 有人退出报名。")),
    Rule("event.edited", EVENT, (to.registrants,),
         Text("Time or place of {number} has changed.", "{number} 的时间或地点有调整。"), is_elsewhere),
    Rule("event.cancelled", EVENT, (to.registrants,), Text("{number} does not take place.", "{number} 已取消。")),
    Rule("event.reminded", REMINDER, (to.registrants,), Text("{number} is soon.", "{number} 即将举行。")),
    Rule("event.drafted", EVENT, (to.officers,),
         Text("The minutes of {number} wait for a second person to confirm them.", "{number} 的纪要待第二人核对。")),
    Rule("action.opened", EVENT, (to.in_charge, to.owners),
         Text("Something was promised that is yours to do: {number}.", "您有一项承诺事项待落实：{number}。")),
    Rule("action.edited", EVENT, (to.in_charge, to.owners),
         Text("Another day was set for {number}.", "{number} 的办理期限有调整。"), is_put_off),
    Rule("action.reminded", REMINDER, (to.in_charge, to.owners), Text("{number} is due.", "{number} 即将到期。")),
    Rule("action.overdue", REMINDER, (to.in_charge, to.owners), Text("{number} is overdue.", "{number} 已超期。")),
    Rule("action.done", EVENT, (to.in_charge,), Text("{number} is done.", "{number} 已办结。")),
)  # fmt: skip
