"""Who is told what of needs."""

from grandunion.terms.messages import MessageKind
from grandunion.terms.needs import NoteKind
from grandunion.terms.text import Text
from grandunion.work.queries.messages import audiences as to
from grandunion.work.queries.messages.happenings import Happening
from grandunion.work.queries.messages.rules.pieces import Rule, moved

NEED, REMINDER, MENTION = MessageKind.NEED, MessageKind.REMINDER, MessageKind.MENTION
WATCHED = MessageKind.WATCHED
NOTED = Text("{who} left a note on {number}.", "{who}在 {number} 留了备注。")


def by_applicant(what: Happening) -> bool:
    """Whether a letter is the applicant's; those of others are for the desk alone."""
    return what.new("note_kind") == NoteKind.FROM_APPLICANT


def by_another(what: Happening) -> bool:
    """Whether a held letter is a person's, who is not the one its address was given to."""
    return bool(what.new("is_by_another"))


RULES = (
    Rule("need.received", NEED, (to.desk,), Text("A need came in: {number}.", "收到新需求：{number}。")),
    Rule(
        "need.received", NEED, (to.applicant,),
        Text("We have received {number}. Somebody of the desk reads it first and gets in touch.",
             "我们已收到 {number}，服务台将先行审阅并与您联系。"),
    ),
    Rule("need.dispatched", NEED, (to.asked_now,),
         Text("You are asked to answer {number}.", "请您办理并答复 {number}。")),
    Rule(
        "need.dispatched", NEED, (to.applicant,),
        Text("{number} is now with those who can answer it.", "{number} 已转交承办方办理。"),
    ),
    Rule("need.handed_over", NEED, (to.meant("in_charge"),),
         Text("{who} put you in charge of {number}.", "{who}将 {number} 交由您经办。")),
    Rule("need.handed_over", NEED, (to.before("in_charge"),),
         Text("{number} was handed over to somebody else.", "{number} 已转交他人经办。")),
    Rule("need.taken_on", NEED, (to.in_charge,), Text("{who} has taken {number} on.", "{who}已承接 {number}。")),
    Rule("need.passed_on", NEED, (to.desk,),
         Text("{who} says that {number} is not theirs to answer.", "{who}认为 {number} 不属于其办理范围。")),
    Rule("need.expired", NEED, (to.desk,), Text("{number} was not answered in time.", "{number} 未在期限内答复。")),
    Rule("need.no_help_found", NEED, (to.in_charge,),
         Text("{who} found no help for {number}.", "{who}未能为 {number} 找到解决办法。")),
    Rule("need.not_reached", NEED, (to.in_charge,),
         Text("{who} could not reach the applicant of {number}.", "{who}未能联系上 {number} 的提出方。")),
    Rule("need.answered", NEED, (to.in_charge,), Text("{number} is answered.", "{number} 已答复。")),
    Rule(
        "need.answered", NEED, (to.applicant,),
        Text("There is an answer to {number}. Tell us whether it helped.", "{number} 已有答复，请告诉我们是否有帮助。"),
    ),
    Rule("need.rated", NEED, (to.in_charge, to.answerers),
         Text("{number} was rated by the applicant.", "提出方已评价 {number}。")),
    Rule("need.escalated", REMINDER, (to.desk, to.assignees),
         Text("{number} was raised one level.", "{number} 已提级办理。")),
    Rule("need.reopened", NEED, (to.desk,), Text("{number} was opened again.", "{number} 已重新办理。")),
    Rule("need.reopened", NEED, (to.applicant,), Text("{number} is being handled again.", "{number} 已重新办理。")),
    Rule("need.closed", NEED, (to.applicant,),
         Text("{number} is closed: {public_state}.", "{number} 已办结：{public_state}。"), moved),
    Rule("need.merged", NEED, (to.applicant,),
         Text("{number} is now handled together with a need that says the same.", "{number} 已与相同诉求合并办理。")),
    Rule("need.cancel", NEED, (to.in_charge, to.assignees), Text("{number} was cancelled.", "{number} 已取消。")),
    Rule("need.mentioned", MENTION, (to.meant("mentioned"),),
         Text("{who} names you on {number}.", "{who}在 {number} 中提到了您。"), is_inner=True),
    Rule("need.mentioned", WATCHED, (to.desk_watchers,), NOTED, is_inner=True),
    Rule("need.noted", WATCHED, (to.desk_watchers,), NOTED, is_inner=True),
    Rule("need.written_to", NEED, (to.applicant,),
         Text("The desk writes to you about {number}.", "服务台就 {number} 给您留言。"), is_inner=True),
    Rule("need.written_to", WATCHED, (to.desk_watchers,),
         Text("{who} wrote to the applicant of {number}.", "{who}就 {number} 致信申请人。"), is_inner=True),
    Rule("need.applicant_wrote", NEED, (to.desk, to.assignees, to.desk_watchers),
         Text("The applicant of {number} has written.", "{number} 的申请人来信。"), is_inner=True),
    Rule("need.answerer_wrote", NEED, (to.desk, to.desk_watchers),
         Text("Those who answer {number} have written.", "{number} 的承办方来信。"), is_inner=True),
    Rule("need.mail_filed", NEED, (to.desk, to.assignees, to.desk_watchers),
         Text("A mail of the applicant came in for {number}.", "{number} 收到申请人来信。"), by_applicant,
         is_inner=True),
    Rule("need.mail_filed", NEED, (to.desk, to.desk_watchers),
         Text("A mail came in for {number}.", "{number} 收到一封来信。"), is_inner=True),
    Rule("need.mail_held", NEED, (to.desk,),
         Text("A letter for {number} came from an address that is not its reader's own. Look at it and take it in.",
              "{number} 收到一封来自其他邮箱的来信，请查看并决定是否收录。"), by_another, is_inner=True),
    Rule("need.asked", NEED, (to.applicant,),
         Text("There is a question to you about {number}. The clocks wait for your answer.",
              "关于 {number} 有一个问题需要您答复，办理期限暂停计算。")),
    Rule("need.replied", NEED, (to.in_charge, to.assignees),
         Text("The applicant answered the question about {number}.", "提出方已答复关于 {number} 的问题。")),
    Rule("need.poked", REMINDER, (to.waited_for,),
         Text("{number} still waits for your answer.", "{number} 仍待您答复。")),
    Rule("need.reminded", REMINDER, (to.assignees,),
         Text("{number} still waits for your answer.", "{number} 仍待您答复。")),
    Rule("need.last_chance", REMINDER, (to.waited_for,),
         Text("Last chance: answer {number} before it goes to somebody else.",
              "最后提醒：请尽快答复 {number}，否则将转交他人。")),
    Rule("need.put_in_basket", REMINDER, (to.desk,),
         Text("All who could answer {number} are full; it waits for room.",
              "可承办 {number} 的单位均已饱和，暂存待派。")),
    Rule("need.overdue", REMINDER, (to.desk,), Text("{number} is overdue.", "{number} 已超期。")),
    Rule(
        "need.abandoned", NEED, (to.applicant,),
        Text("Nobody has answered {number} so far. It is with the desk again, and we are sorry.",
             "{number} 至今未获答复，已退回服务台继续办理，谨致歉意。"),
    ),
    Rule("need.abandoned", REMINDER, (to.desk,),
         Text("{number} was abandoned by those who were asked.", "{number} 承办方逾期未办，已退回服务台。")),
    Rule("need.call_due", REMINDER, (to.desk,),
         Text("It is time to call back about {number}.", "{number} 已到回访时间。")),
    Rule("need.unfinished", NEED, (to.applicant,),
         Text("{number} is not handed in yet. You can go on where you stopped.",
              "{number} 尚未提交，您可以从中断处继续填写。")),
    Rule("issue.answered", NEED, (to.desk,),
         Text("The common problem {number} is answered.", "共性问题 {number} 已答复。")),
)  # fmt: skip
