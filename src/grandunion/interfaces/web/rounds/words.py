"""What the pages of rounds call things: fields, deeds in the time line, the phases."""

from collections.abc import Mapping

from grandunion.terms.rounds import FairTo, Objective, RoundState
from grandunion.terms.text import Text, Word

S = RoundState
PHASES: tuple[tuple[Text, tuple[RoundState, ...]], ...] = (
    (Text("Planning", "策划"), (S.DRAFT,)),
    (Text("Assigned", "编排"), (S.ASSIGNED,)),
    (Text("Published", "发布"), (S.PUBLISHED,)),
    (Text("Over", "结束"), (S.FINISHED, S.CANCELLED)),
)
FIELDS: Mapping[str, Text] = {
    "state": Text("State", "状态"),
    "place": Text("Place", "地点"),
    "objective": Text("Aim", "编排目标"),
    "fair_to": Text("Fair to", "保障对象"),
    "reason": Text("Reason", "原因"),
    "times": Text("Times", "时段"),
}
WORDS: Mapping[str, type[Word]] = {"state": RoundState, "objective": Objective, "fair_to": FairTo}
VERBS: Mapping[str, Text] = {
    "round.created": Text("planned the round", "新建专场"),
    "round.edited": Text("changed loads or times", "修改场次或时段"),
    "round.joined": Text("added participants", "添加参与者"),
    "round.seated": Text("set a participant's loads", "设定参与者场次"),
    "round.left": Text("took a participant out", "移出参与者"),
    "round.paired": Text("worked out the pairs", "计算配对"),
    "round.ruled": Text("ruled on a pair by hand", "人工指定配对"),
    "round.assigned": Text("assigned the meetings", "编排会谈"),
    "round.published": Text("published the round", "发布专场"),
    "round.away": Text("noted that somebody is not there at times", "登记参与者部分时段不在场"),
    "round.slot_lost": Text("noted that a time is lost", "登记时段取消"),
    "round.repaired": Text("repaired the meetings", "调整会谈安排"),
    "round.met": Text("recorded a meeting", "登记会谈结果"),
    "round.imported": Text("imported a file", "导入文件"),
    "round.finished": Text("closed the round", "结束专场"),
    "round.cancelled": Text("called the round off", "取消专场"),
    "round.reopened": Text("planned it anew", "重新策划"),
}
