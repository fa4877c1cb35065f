"""What an administrator does to the way somebody signs in: a link, the second factor, sessions, suspending."""

from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session

from grandunion.adapters.mail import Letter
from grandunion.records.parties import User
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Forbidden, Refused, require
from grandunion.work.actions import journal
from grandunion.work.actions.base import atomic
from grandunion.work.actions.parties.letters import send_once
from grandunion.work.permissions import parties as permissions
from grandunion.work.queries.journal import has_done
from grandunion.work.queries.parties.accounts import sessions

A_MOMENT = timedelta(minutes=1)


@atomic
def hand_link(user: User, link: str, *, by: Reader, at: datetime) -> None:
    """Send the account's owner the link at which a password is chosen; the journal says that one was made."""
    require(permissions.may_look_after(by, user.pk), Forbidden)
    if not user.is_active:
        raise Refused(Text("This account is suspended. Reopen it first.", "该账户已停用，请先恢复。"))
    if has_done(user, "account.link_made", by.user_id or 0, since=at - A_MOMENT):
        raise Refused(Text("A link was sent a moment ago. Wait a minute before sending another one.",
                           "链接刚刚已发送，请一分钟后再试。"))  # fmt: skip
    journal.note("account.link_made", user, by=by, at=at)
    letter = Letter(
        user.email, user.language, Text("Choose your password", "请设置登录密码"),
        Text(f"The hub's administrator made a link for you. Choose your password here:\n\n{link}\n",
             f"平台管理员已为您生成链接，请在此设置登录密码：\n\n{link}\n"),
    )  # fmt: skip
    send_once([letter], user, by=by, at=at)


@atomic
def reset_second_factor(user: User, *, by: Reader, at: datetime) -> None:
    """Take the second factor and its recovery codes away, for somebody who lost the device; sessions end with it."""
    require(permissions.may_look_after(by, user.pk), Forbidden)
    gone, _ = Authenticator.objects.filter(user=user).delete()
    if not gone:
        raise Refused(Text("This account has no second factor.", "该账户未启用双重验证。"))
    _end(user, at)
    journal.note("account.second_factor_reset", user, by=by, at=at)
    letter = Letter(
        user.email, user.language, Text("Your second factor was reset", "您的双重验证已重置"),
        Text("The hub's administrator reset your second factor. If you did not ask for it, tell the hub at once.",
             "平台管理员已重置您的双重验证。如非您本人申请，请立即联系平台。"),
    )  # fmt: skip
    send_once([letter], user, by=by, at=at)


@atomic
def end_sessions(user: User, *, by: Reader, at: datetime) -> int:
    """Sign the account out everywhere; answers how many sessions ended."""
    require(permissions.may_look_after(by, user.pk), Forbidden)
    ended = _end(user, at)
    if not ended:
        raise Refused(Text("Nobody is signed in with this account.", "该账户当前没有登录会话。"))
    journal.note("account.sessions_ended", user, by=by, at=at, changes={"sessions": (ended, 0)})
    return ended


def _end(user: User, at: datetime) -> int:
    return Session.objects.filter(session_key__in=sessions(user.pk, at)).delete()[0]


@atomic
def reopen_account(user: User, *, by: Reader, at: datetime) -> None:
    """Let a suspended account be used again, with the roles that still hold."""
    require(permissions.may_look_after(by, user.pk), Forbidden)
    if user.is_active:
        raise Refused(Text("This account is open.", "该账户未停用。"))
    user.is_active = True
    user.save(update_fields=["is_active"])
    journal.note("account.reopened", user, by=by, at=at)
