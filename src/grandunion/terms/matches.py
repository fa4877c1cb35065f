"""Words for matches: the markets, states, reasons to decline, outcomes, and how weights came about."""

from grandunion.terms.text import Word


class Market(Word):
    """Which two sides meet."""

    TECHNOLOGY = "technology", "Technology – company", "技术—企业"
    CAPITAL = "capital", "Capital – company", "资本—企业"
    TALENT = "talent", "Talent – company", "人才—企业"
    SUPPLY_CHAIN = "supply_chain", "Supply chain – company", "供应链—企业"
    SCENARIO = "scenario", "Scenario – capability", "场景—能力"
    EXPERT = "expert", "Expert – need", "专家—需求"
    REVIEW = "review", "Reviewer – application", "评审专家—申请"
    PREMISES = "premises", "Space – company", "空间—企业"


class MatchState(Word):
    """Where a match stands."""

    SUGGESTED = "suggested", "Suggested", "已推荐"
    SENT = "sent", "Sent", "已推送"
    VIEWED = "viewed", "Viewed", "已查看"
    INTERESTED = "interested", "Interested", "有意向"
    DECLINED = "declined", "Declined", "已谢绝"
    INTRODUCED = "introduced", "Introduced", "已对接"
    MEETING = "meeting", "Meeting", "洽谈"
    NEGOTIATING = "negotiating", "Negotiating", "谈判"
    SUCCESS = "success", "Success", "撮合成功"
    FAILED = "failed", "Failed", "撮合未成"


class DeclineReason(Word):
    """Why one side does not want a match; the counts feed the weights of matching."""

    NOT_RELEVANT = "not_relevant", "Does not answer the need", "与需求不符"
    WRONG_FIELD = "wrong_field", "Wrong field", "领域不符"
    TOO_IMMATURE = "too_immature", "Not mature enough", "成熟度不足"
    PRICE_TOO_HIGH = "price_too_high", "Too expensive", "价格过高"
    BUDGET_TOO_LOW = "budget_too_low", "Budget too low", "预算不足"
    TOO_FAR = "too_far", "Too far away", "距离过远"
    WRONG_SIZE = "wrong_size", "Partner too small or too large", "规模不匹配"
    NO_CAPACITY = "no_capacity", "No capacity now", "暂无承接能力"
    BAD_TIMING = "bad_timing", "Not now", "时机不合适"
    COMPETITOR = "competitor", "A competitor", "存在竞争关系"
    CONFLICT_OF_INTEREST = "conflict_of_interest", "Conflict of interest", "存在利益冲突"
    ALREADY_IN_TOUCH = "already_in_touch", "Already in touch", "已有联系"
    ALREADY_SOLVED = "already_solved", "Already solved", "需求已解决"
    NO_ANSWER = "no_answer", "No answer in time", "逾期未答复"
    OTHER = "other", "Other", "其他"


class FailReason(Word):
    """Why an introduction came to nothing."""

    PRICE = "price", "No agreement on price", "价格未达成一致"
    TERMS = "terms", "No agreement on terms", "条款未达成一致"
    IP_POSITION = "ip_position", "Intellectual property unclear", "知识产权不清晰"
    IMMATURE = "immature", "Not mature enough", "技术不成熟"
    NO_MONEY = "no_money", "No money", "资金不到位"
    NO_REPLY = "no_reply", "One side fell silent", "一方失去联系"
    WENT_ELSEWHERE = "went_elsewhere", "Went elsewhere", "选择其他合作方"
    NEED_GONE = "need_gone", "Need no longer exists", "需求取消"
    OTHER = "other", "Other", "其他"


class SuccessKind(Word):
    """What a successful match led to."""

    CONTRACT = "contract", "Contract", "签订合同"
    INVESTMENT = "investment", "Investment", "投资"
    HIRE = "hire", "Hire", "聘用"
    ORDER = "order", "Order", "订单"
    TRIAL = "trial", "Trial in the scenario", "场景应用验证"


class Side(Word):
    """One of the two sides of a match."""

    OFFERING = "offering", "Offering side", "供给方"
    NEEDING = "needing", "Needing side", "需求方"


class WeightState(Word):
    """Where a set of weights stands; one set of a market is in force."""

    PROPOSED = "proposed", "Proposed", "待启用"
    ACTIVE = "active", "In force", "启用中"
    RETIRED = "retired", "Retired", "已停用"


class WeightBasis(Word):
    """Where the figures of a set of weights come from."""

    FIRST = "first", "First weights of the house", "系统初始权重"
    LEARNED = "learned", "Learned from outcomes", "依据对接结果学习"
    MANUAL = "manual", "Set by hand", "人工设定"


class TieState(Word):
    """What is known of a tie between two parties."""

    WAITING = "waiting", "To be confirmed", "待核实"
    STANDS = "stands", "Stands", "属实"
    DENIED = "denied", "Does not stand", "不属实"
    ENDED = "ended", "Ended", "已终止"


class TieKind(Word):
    """What stands between two parties that should not be brought together as strangers."""

    SAME_ORGANISATION = "same_organisation", "Same organisation", "同一单位"
    CONTROL = "control", "One controls the other", "存在控制关系"
    CO_AUTHOR = "co_author", "Have worked together as inventors or authors", "共同发明人或合作作者"
    FAMILY = "family", "Close relatives", "近亲属关系"
    COMPETITOR = "competitor", "Competitors", "竞争关系"
    DECLARED = "declared", "Declared conflict of interest", "已申报的利益冲突"
