"""Words for the government work report: how it stands, what a number in it rests on, what may be wrong with it."""

from grandunion.terms.text import Word


class WorkReportState(Word):
    """How a work report stands."""

    DRAFTED = "drafted", "Draft", "起草中"
    NUMBERS_CHECKED = "numbers_checked", "Numbers checked", "数据已核"
    REVIEWED = "reviewed", "Reviewed", "已复核"
    SIGNED = "signed", "Signed", "已签发"
    PUBLISHED = "published", "Published", "已发布"
    DROPPED = "dropped", "Dropped", "已终止"


SEALED_STATES = frozenset({WorkReportState.SIGNED, WorkReportState.PUBLISHED})


class Basis(Word):
    """What a number in the text rests on."""

    CLAIM = "claim", "Published figure", "已发布数据"
    FIGURE = "figure", "The hub's own count", "系统计算值"
    TARGET = "target", "Target", "规划目标"


class Fault(Word):
    """What is wrong with a sentence."""

    TYPED = "typed", "A number typed by hand", "手工录入数字"
    STALE = "stale", "A value has changed", "数据已变化"
    GAP = "gap", "One language is missing or says other numbers", "中英文缺失或数字不一致"


class BoundChange(Word):
    """What has become of the value under a number since it was last checked."""

    SAME = "same", "Unchanged", "未变化"
    KEPT = "kept", "Changed, and kept with a reason", "已变化，说明理由后保留"
    CHANGED = "changed", "Changed", "已变化"
    GONE = "gone", "No longer there", "已无此数"


class Check(Word):
    """What came of one check of an evidence file."""

    HOLDS = "holds", "Holds", "一致"
    DIFFERS = "differs", "Differs", "不一致"
    UNKNOWN = "unknown", "Cannot be told from this file", "本文件无法判断"
