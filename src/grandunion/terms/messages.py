"""Words for telling people: what about, by which way, where a letter or a delivery stands, and when to try again."""

from datetime import datetime, timedelta
from hashlib import sha256

from grandunion.terms.text import Word


class MessageKind(Word):
    """What a message is about; everybody chooses for each kind how they are told."""

    REMINDER = "reminder", "Reminders and deadlines", "提醒与期限"
    MENTION = "mention", "Somebody names me", "提及我的内容"
    NEED = "need", "Needs", "需求"
    SCENARIO = "scenario", "Scenarios and challenges", "场景与揭榜"
    MATCH = "match", "Matches and rounds", "撮合与专场"
    ACHIEVEMENT = "achievement", "Achievements", "成果"
    PROJECT = "project", "Projects", "项目"
    EVENT = "event", "Meetings and events", "会议与活动"
    RETURN = "return", "Periodic returns", "定期报表"
    WATCHED = "watched", "Records I watch", "我关注的记录"
    ACCESS = "access", "Access and accounts", "授权与账户"
    FIGURES = "figures", "Weekly figures", "每周指标"
    HUB = "hub", "Running the hub", "平台运行"


class Way(Word):
    """How somebody wants to be written to."""

    AT_ONCE = "at_once", "At once", "即时"
    DIGEST = "digest", "Once a day", "每日汇总"
    NEVER = "never", "Not by mail", "不发邮件"


class MailState(Word):
    """Where a letter stands."""

    WAITING = "waiting", "Waiting", "待发送"
    SENT = "sent", "Sent", "已发送"
    GIVEN_UP = "given_up", "Given up", "已放弃"
    DROPPED = "dropped", "Not to be sent any more", "无需再发"


class HookState(Word):
    """Whether a webhook is called."""

    ACTIVE = "active", "Active", "启用"
    PAUSED = "paused", "Paused", "暂停"


class DeliveryState(Word):
    """Where the delivery of one event stands."""

    WAITING = "waiting", "Waiting", "待投递"
    DELIVERED = "delivered", "Delivered", "已送达"
    GIVEN_UP = "given_up", "Given up", "已放弃"
    DROPPED = "dropped", "Not to be delivered any more", "无需再投递"


class AlertState(Word):
    """Where a saved search of the portal stands."""

    UNCONFIRMED = "unconfirmed", "Waits for its letter to be answered", "待邮件确认"
    ACTIVE = "active", "Active", "启用"


# What applies until somebody chooses otherwise.
USUAL_WAY = {kind: Way.AT_ONCE for kind in MessageKind} | {
    MessageKind.PROJECT: Way.DIGEST,
    MessageKind.ACHIEVEMENT: Way.DIGEST,
    MessageKind.WATCHED: Way.DIGEST,
}
LEASE = timedelta(minutes=15)  # who has taken a letter to send it and is not back by then has died
MINUTES = (1, 5, 15, 60, 180, 480, 1440)  # a letter: eight tries within a day and a half
SECONDS = (5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400)  # a webhook, as Standard Webhooks 1.0.0 proposes
MAIL_WAITS = tuple(timedelta(minutes=count) for count in MINUTES)
HOOK_WAITS = tuple(timedelta(seconds=count) for count in SECONDS)
PAUSED_AFTER = timedelta(days=5)  # of nothing but failure


def next_try(tried: int, at: datetime, waits: tuple[timedelta, ...], key: str = "") -> datetime | None:
    """When to try again after `tried` failures, the last of them at `at`; None when it is given up.

    Each wait is lengthened by up to a tenth, always the same for the same key and count, so that what failed
    together does not come back together. Raises ValueError for a count below one.
    """
    if tried < 1:
        raise ValueError("only what was tried is tried again")
    if tried > len(waits):
        return None
    share = int.from_bytes(sha256(f"{key}:{tried}".encode()).digest()[:4], "big") / 2**32
    return at + waits[tried - 1] * (1 + share / 10)
