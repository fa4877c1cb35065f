"""What the pages of matches call things: fields, deeds in the time line, the phases."""

from collections.abc import Mapping

from grandunion.terms.matches import MatchState
from grandunion.terms.text import Text

S = MatchState
PHASES: tuple[tuple[Text, tuple[MatchState, ...]], ...] = (
    (Text("Suggested", "推荐"), (S.SUGGESTED,)),
    (Text("Both sides asked", "征求双方意见"), (S.SENT, S.VIEWED, S.INTERESTED, S.DECLINED)),
    (Text("Introduced", "对接"), (S.INTRODUCED,)),
    (Text("Talks", "洽谈"), (S.MEETING, S.NEGOTIATING)),
    (Text("Outcome", "结果"), (S.SUCCESS, S.FAILED)),
)
FIELDS: Mapping[str, Text] = {
    "state": Text("State", "状态"),
    "reason": Text("Reason", "原因"),
    "outcome": Text("Outcome", "撮合结果"),
    "declined_by": Text("Declined by", "谢绝方"),
}
VERBS: Mapping[str, Text] = {
    "match.suggested": Text("suggested this pair", "推荐该撮合"),
    "match.offered": Text("brought its offer before the need", "以供给方名义申请对接"),
    "match.invited": Text("invited the supplier to propose", "邀请供应方提交方案"),
    "match.lapsed": Text("closed it: proposals are not taken any more", "因方案征集截止而关闭"),
    "match.asked": Text("asked for this achievement", "代表需求方申请对接"),
    "match.answer_due": Text("nobody has answered yet", "超期未答复"),
    "match.consent_due": Text("one side has not consented yet", "一方超期未表态"),
    "match.follow_up_due": Text("nothing has happened for some time", "对接后超期无进展"),
    "match.sent": Text("sent it to both sides", "推送双方"),
    "match.viewed": Text("read it", "已查看"),
    "match.accepted_offering": Text("accepted for the offering side", "代表供给方同意"),
    "match.accepted_needing": Text("accepted for the needing side", "代表需求方同意"),
    "match.declined": Text("declined it", "谢绝撮合"),
    "match.introduced": Text("introduced the two sides", "为双方安排对接"),
    "match.met": Text("recorded a meeting", "记录洽谈"),
    "match.negotiating": Text("recorded that negotiations began", "开始谈判"),
    "match.succeeded": Text("recorded a success", "确认撮合成功"),
    "match.failed": Text("recorded that it came to nothing", "确认撮合未成"),
    "match.revived": Text("suggested it again", "重新推荐"),
    "access.given": Text("let a side read it", "授权查阅"),
}
