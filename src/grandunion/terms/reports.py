"""Words for the report on what came of matches: how it is cut, and the steps that are counted."""

from grandunion.terms.text import Word


class Cut(Word):
    """By what the matches are told apart."""

    MARKET = "market", "Market", "撮合类型"
    MANAGER = "manager", "Technology manager", "技术经理人"
    REASON = "reason", "Reason it came to nothing", "未成原因"
    FIELD = "field", "Field of the need", "需求领域"
    MONTH = "month", "Month of suggestion", "推荐月份"


class Stage(Word):
    """A step that a match came to (or went past), or how it stands on the day."""

    SUGGESTED = "suggested", "Suggested", "推荐"
    SENT = "sent", "Sent to both sides", "推送双方"
    INTERESTED = "interested", "A side accepted", "一方有意向"
    INTRODUCED = "introduced", "Introduced", "对接"
    MEETING = "meeting", "Met", "洽谈"
    NEGOTIATING = "negotiating", "Negotiated", "谈判"
    SUCCESS = "success", "Succeeded", "成功"
    DECLINED = "declined", "Declined", "谢绝"
    FAILED = "failed", "Failed", "未成"
    OPEN = "open", "Still open", "在办"
