"""Who writes and who uses prepared replies."""

from grandunion.records.needs import Macro
from grandunion.terms.readers import Reader
from grandunion.terms.roles import Role
from grandunion.terms.verdicts import YES, Verdict, no


def may_read_macros(reader: Reader) -> Verdict:
    """Whoever works at the desk sees what is prepared."""
    if reader.is_staff:
        return YES
    return no("Prepared replies are for the desk.", "快捷处理仅供服务台使用。")


def may_manage_macros(reader: Reader) -> Verdict:
    """Planners and administrators write prepared replies."""
    if reader.is_house or reader.has(Role.PLANNER, Role.ADMINISTRATOR):
        return YES
    return no("Planners and administrators write prepared replies.", "快捷处理由规划专员或系统管理员维护。")


def may_change_macro(reader: Reader, macro: Macro) -> Verdict:
    """What the pack brings is changed in the pack; the hub's own here."""
    if may := may_manage_macros(reader):
        if not macro.is_of_pack:
            return YES
        return no(
            "It comes with the pack and would be overwritten. Copy it and change the copy.",
            "该项来自配置包，重新加载会被覆盖；请复制后修改副本。",
        )
    return may
