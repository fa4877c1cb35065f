"""Who is told what of access, accounts and the running of the hub."""

from grandunion.terms.messages import MessageKind
from grandunion.terms.text import Text
from grandunion.work.queries.messages import audiences as to
from grandunion.work.queries.messages.rules.pieces import Rule

ACCESS, HUB = MessageKind.ACCESS, MessageKind.HUB

RULES = (
    Rule("access.granted", ACCESS, (to.meant("reader"),),
         Text("{who} let you read {number}.", "{who}已授权您查阅 {number}。")),
    Rule("account.second_factor_reset", ACCESS, (to.account,),
         Text("Your second factor was reset. If you did not ask for it, tell the hub at once.",
              "您的双重验证已重置。如非您本人申请，请立即联系平台。"), is_written=False),
    Rule("account.sessions_ended", ACCESS, (to.account,),
         Text("You were signed out everywhere by an administrator.", "系统管理员已将您的账户在所有设备上退出登录。")),
    Rule("account.reopened", ACCESS, (to.account,), Text("Your account is open again.", "您的账户已恢复使用。")),
    Rule("membership.given", ACCESS, (to.account,), Text("You were given a role.", "您已被赋予新的角色。")),
    Rule("membership.ended", ACCESS, (to.account,), Text("One of your roles has ended.", "您的一项角色已终止。")),
    Rule("conflict.declared", ACCESS, (to.account,),
         Text("A conflict of interest was declared for you.", "已为您登记一项利益冲突。")),
    Rule("token.issued", ACCESS, (to.account,),
         Text("A key to the API was issued in your name.", "已以您的名义签发一个 API 令牌。")),
    Rule("webhook.added", ACCESS, (to.meant("account"),),
         Text("{who} added a webhook that has your eyes: it is told of what you may see.",
              "{who}新增了一个以您的权限查看的 Webhook，将向外部系统推送您可见的事件。")),
    Rule("webhook.edited", ACCESS, (to.meant("user"),),
         Text("{who} gave a webhook your eyes: it is told of what you may see.",
              "{who}将一个 Webhook 改为以您的权限查看，将向外部系统推送您可见的事件。")),
    Rule("mail.given_up", HUB, (to.administrators,),
         Text("A letter could not be sent and was given up.", "一封邮件多次发送失败，已放弃。")),
    Rule("letter.failed", HUB, (to.administrators,),
         Text("A letter about access or an account could not be sent. Send it again, or tell the person.",
              "一封授权或账户邮件未能发出，请重新发送或另行告知。")),
    Rule("webhook.paused_by_failure", HUB, (to.administrators,),
         Text("A webhook was paused: it has failed for days.", "一个 Webhook 连续多日失败，已自动暂停。")),
)  # fmt: skip
