"""What the pages of work reports call things: fields, deeds in the time line, phases, tones."""

from collections.abc import Mapping

from grandunion.terms.text import Text, Word
from grandunion.terms.work_reports import BoundChange, Fault, WorkReportState

S = WorkReportState
PHASES: tuple[tuple[Text, tuple[WorkReportState, ...]], ...] = (
    (Text("Draft", "起草"), (S.DRAFTED, S.DROPPED)),
    (Text("Numbers checked", "数据核对"), (S.NUMBERS_CHECKED,)),
    (Text("Reviewed", "复核"), (S.REVIEWED,)),
    (Text("Signed", "签发"), (S.SIGNED,)),
    (Text("Published", "发布"), (S.PUBLISHED,)),
)
TONES = {S.DRAFTED: "warn", S.NUMBERS_CHECKED: "progress", S.REVIEWED: "info", S.SIGNED: "good", S.PUBLISHED: "good",
         S.DROPPED: "neutral"}  # fmt: skip
FAULT_TONES = {Fault.TYPED: "warn", Fault.STALE: "bad", Fault.GAP: "warn"}
CHANGE_TONES = {BoundChange.SAME: "good", BoundChange.KEPT: "gold", BoundChange.CHANGED: "bad", BoundChange.GONE: "bad"}
FIELDS: Mapping[str, Text] = {
    "state": Text("State", "状态"),
    "title_zh": Text("Title in Chinese", "名称（中文）"),
    "title_en": Text("Title in English", "名称（英文）"),
    "sentence": Text("Sentence", "语句"),
    "figure": Text("Number", "数字"),
    "rests_on": Text("Rests on", "依据"),
    "value": Text("Value", "数值"),
    "number": Text("Typed number", "手工数字"),
    "reason": Text("Reason", "理由"),
    "signer": Text("Signer", "签发人"),
    "digest": Text("Seal", "校验值"),
    "part": Text("As", "身份"),
}
WORDS: Mapping[str, type[Word]] = {"state": WorkReportState}
VERBS: Mapping[str, Text] = {
    "work_report.drafted": Text("began the report", "开始起草"),
    "work_report.edited": Text("changed the title", "修改名称"),
    "work_report.sentence_added": Text("added a sentence", "新增语句"),
    "work_report.reworded": Text("reworded a sentence", "修改语句"),
    "work_report.sentence_dropped": Text("took a sentence out", "删除语句"),
    "work_report.shifted": Text("moved a sentence", "调整语句次序"),
    "work_report.bound": Text("bound a number", "绑定数字"),
    "work_report.value_taken": Text("took a new value", "采用新值"),
    "work_report.value_kept": Text("kept a value with a reason", "说明理由保留原值"),
    "work_report.justified": Text("answered for a typed number", "说明手工数字的理由"),
    "work_report.commented": Text("commented", "添加批注"),
    "work_report.comment_settled": Text("settled a comment", "处理批注"),
    "work_report.comment_reopened": Text("took a comment up again", "重新打开批注"),
    "work_report.signer": Text("named the signer", "指定签发人"),
    "work_report.checked": Text("checked the numbers", "完成数据核对"),
    "work_report.reviewed": Text("reviewed the report", "通过复核"),
    "work_report.sent_back": Text("sent it back to the draft", "退回修改"),
    "work_report.signed": Text("signed and sealed it", "签发并封存"),
    "work_report.published": Text("published it", "发布"),
    "work_report.dropped": Text("dropped it", "终止"),
    "work_report.taken_up": Text("took it up again", "恢复起草"),
    "work_report.corrected": Text("added an erratum", "发布勘误"),
    "work_report.evidence": Text("was given the evidence", "取得证据文件"),
    "access.given": Text("let somebody in", "授权查阅"),
}
