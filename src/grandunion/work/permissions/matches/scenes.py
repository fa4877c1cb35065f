"""Who may look for the other side of a scenario opportunity or of a capability."""

from grandunion.records.scenarios import Capability, Opportunity
from grandunion.terms.readers import Reader
from grandunion.terms.roles import Part
from grandunion.terms.verdicts import YES, Verdict, no
from grandunion.work.permissions.base import Rows, parts


def may_find_fitting(reader: Reader, record: Opportunity | Capability, rows: Rows | None = None) -> Verdict:
    """The desk, and whose the record is."""
    if parts(reader, record, rows) & {Part.IN_CHARGE, Part.OFFICER, Part.OWNER}:
        return YES
    return no("Only the desk and whose it is look for the other side.", "仅服务台和该记录所属单位可以查看推荐。")
