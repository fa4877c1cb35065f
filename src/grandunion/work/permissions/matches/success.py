"""Who may read what came of the hub's matches."""

from grandunion.terms.readers import Reader
from grandunion.terms.roles import Role
from grandunion.terms.verdicts import YES, Verdict, no


def may_read_success(reader: Reader) -> Verdict:
    """Officers and planners read the report; a bureau reads it with small numbers hidden."""
    if reader.reads_rows or reader.has(Role.BUREAU):
        return YES
    return no(
        "The report is read by the hub's officers and planners, and by the bureaus that oversee it.",
        "撮合成效仅供服务专员、规划专员和主管部门查看。",
    )


def may_compare_managers(reader: Reader) -> Verdict:
    """Only who works in the hub sees the figures of single technology managers."""
    if reader.reads_rows:
        return YES
    return no("Figures of single people stay within the hub.", "技术经理人的个人数据仅供平台内部查看。")
