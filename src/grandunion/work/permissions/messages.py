"""Who may see to letters, webhooks and the worker, and who may say how somebody is told."""

from grandunion.terms.readers import Reader
from grandunion.terms.roles import Role
from grandunion.terms.verdicts import YES, Verdict, no


def may_run(reader: Reader) -> Verdict:
    """Administrators see how the worker is, what could not be sent, and to which webhooks the hub speaks."""
    if reader.is_house or reader.has(Role.ADMINISTRATOR):
        return YES
    return no("Only the hub's administrators do this.", "此操作仅限系统管理员。")


def may_choose(reader: Reader) -> Verdict:
    """Everybody with an account says how they themselves are told."""
    if reader.is_signed_in:
        return YES
    return no("Sign in to choose how you are told.", "请先登录再设置提醒方式。")
