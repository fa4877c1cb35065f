"""Words for rights and disposal: granting rights to inventors and selling or licensing an achievement."""

from grandunion.terms.text import Word


class RightsState(Word):
    """Where the granting of rights or the disposal of an achievement stands."""

    DRAFT = "draft", "Draft", "草稿"
    UNIT_REVIEW = "unit_review", "Review by the department", "院系审核"
    TTO_REVIEW = "tto_review", "Review by the transfer office", "成果转化办公室审核"
    NOTICE = "notice", "In public notice", "公示"
    APPROVED = "approved", "Approved", "已批准"
    AGREEMENT_SIGNED = "agreement_signed", "Agreement signed", "协议已签订"
    TITLE_CHANGED = "title_changed", "Title changed", "权属已变更"
    MONITORING = "monitoring", "Being monitored", "履约跟踪"
    CLOSED = "closed", "Closed", "已办结"
    REJECTED = "rejected", "Rejected", "未批准"
    REVOKED = "revoked", "Revoked", "已撤销"


class RightsScheme(Word):
    """By which scheme rights pass."""

    OWNERSHIP = "ownership", "Ownership granted to inventors", "赋予所有权"
    LONG_TERM_USE = "long_term_use", "Long-term right of use", "赋予长期使用权"
    GRANT_TRANSFER_AGREED_INCOME = (
        "grant_transfer_agreed_income",
        "Grant, transfer and agreed income",
        "赋权+转让+约定收益",
    )
    IN_KIND_CAPITAL = "in_kind_capital", "Capital in kind", "作价入股"
    TRANSFER = "transfer", "Transfer", "转让"
    LICENCE = "licence", "Licence", "许可"
    USE_FIRST_THEN_TRANSFER = "use_first_then_transfer", "Use first, transfer later", "先用后转"


class PriceMethod(Word):
    """How the price came about."""

    NEGOTIATED = "negotiated", "Negotiated", "协议定价"
    LISTED = "listed", "Listed on an exchange", "挂牌交易"
    AUCTION = "auction", "Auction", "拍卖"


class AgreedIncome(Word):
    """In which form the inventors owe the university its agreed income."""

    PERCENT = "percent", "A share of the proceeds", "按比例"
    AMOUNT = "amount", "A fixed amount", "固定金额"
    TRIGGER = "trigger", "On an agreed event", "约定触发条件"
