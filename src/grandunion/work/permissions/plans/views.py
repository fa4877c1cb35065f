"""Who may keep a view of figures, change it and have it mailed."""

from grandunion.records.plans import KeptView
from grandunion.terms.readers import Reader
from grandunion.terms.verdicts import YES, Verdict, no

MOST = 20  # views of one person


def may_keep(reader: Reader, kept: int) -> Verdict:
    """Everybody with an account, so many."""
    if not reader.is_signed_in:
        return no("Sign in first: a view is kept with your account.", "请先登录：看板保存在您的账户中。")
    if kept >= MOST:
        return no(f"You keep {MOST} views already: remove one first.", f"您已保存 {MOST} 个看板，请先删除一个。")
    return YES


def may_change(reader: Reader, view: KeptView) -> Verdict:
    """A view is its keeper's own."""
    if reader.is_house or view.user_id == reader.user_id:
        return YES
    return no("This view is somebody else's.", "该看板属于其他用户。")
