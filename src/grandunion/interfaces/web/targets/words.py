"""What the pages of targets say: tones, deeds of the time line, and what is foreseen in words."""

from collections.abc import Mapping

from grandunion.interfaces.web.indicators import shown_aim
from grandunion.terms.targets import ProjectionMethod, SplitAlong, SplitMethod, TargetStage
from grandunion.terms.text import NOTHING, Text, Word
from grandunion.work.queries import plans

TONES = {
    TargetStage.PROPOSED: "neutral", TargetStage.ADOPTED: "info", TargetStage.IN_PROGRESS: "progress",
    TargetStage.MET: "good", TargetStage.MISSED: "bad", TargetStage.REVISED: "warn", TargetStage.WITHDRAWN: "neutral",
}  # fmt: skip
VERBS: Mapping[str, Text] = {
    "target.proposed": Text("Proposed", "拟定"), "target.changed": Text("Changed", "修改"),
    "target.adopt": Text("Adopted", "下达"), "target.begin": Text("Begun", "启动"),
    "target.revise": Text("Revised", "调整目标"), "target.meet": Text("Found met", "认定完成"),
    "target.miss": Text("Found missed", "认定未完成"), "target.reopen": Text("Judged anew", "重新认定"),
    "target.withdraw": Text("Withdrawn", "撤回"), "target.propose": Text("Proposed anew", "重新拟定"),
    "target.split": Text("Split", "分解"),
}  # fmt: skip
FIELDS: Mapping[str, Text] = {
    "value": Text("Value", "数值"), "operator": Text("Comparison", "比较方式"), "deadline": Text("Deadline", "期限"),
    "state": Text("State", "状态"), "decided_value": Text("Figure", "实际值"), "decided_on": Text("As of", "截至"),
    "split_method": Text("Split", "分解方式"), "split_along": Text("Among", "分解维度"), "parts": Text("Parts", "项数"),
    "reason": Text("Reason", "原因"),
}  # fmt: skip
WORDS: Mapping[str, type[Word]] = {"state": TargetStage, "split_method": SplitMethod, "split_along": SplitAlong}


def shown(aim: plans.Aim) -> dict:
    """A target as the tables of plans show it: with its stage, and what is foreseen."""
    stage = TargetStage(aim.target.state)
    return {
        **shown_aim(aim), "target_url": f"/w/targets/{aim.target.code}/", "stage": stage.text,
        "stage_tone": TONES[stage], "foreseen": foreseen(aim.projection), "whose": plans.whose(aim.target),
    }  # fmt: skip


def foreseen(projection: object | None) -> tuple[Text, Text] | None:
    """What is foreseen, and how sure it is: (820 – 960, 62 % likely to be met); nothing before it was worked out."""
    if projection is None:
        return None
    if projection.method == ProjectionMethod.UNKNOWN:
        return Text("unknown", "无法判断"), projection.why
    low, high = (plans.said_number(round(value)) for value in (projection.low, projection.high))
    span = Text("{low} – {high}", "{low}–{high}").fill(low=low, high=high)
    if projection.chance is None:
        return span, NOTHING
    return span, Text("{n} likely to be met", "完成可能性 {n}").fill(n=chance(projection.chance))


def chance(part: object) -> Text:
    """A chance in whole per cent; never 0 or 100, for nothing is certain."""
    percent = round(part * 100)
    if percent < 1:
        return Text("<1 %", "<1%")
    return Text(">99 %", ">99%") if percent > 99 else Text(f"{percent} %", f"{percent}%")
