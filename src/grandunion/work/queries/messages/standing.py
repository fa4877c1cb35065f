"""How the worker is: what each step did last, what waits, what was given up; for administrators and `check`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from grandunion.adapters import mail
from grandunion.records.journal import Head
from grandunion.records.messages import Chore, Delivery, Mail
from grandunion.records.plans import Cursor
from grandunion.terms.messages import DeliveryState, MailState
from grandunion.terms.text import Text
from grandunion.work.queries.messages.letters import letters
from grandunion.work.queries.needs.deadlines import said

SILENT = timedelta(minutes=10)  # without a sign of life the worker counts as stopped
SHOWN = 50
STEPS = {
    "journal": Text("Messages from the journal", "由日志生成消息"),
    "alerts": Text("Saved searches", "订阅检索"),
    "digests": Text("The day's letters", "每日汇总"),
    "mails": Text("Letters", "发送邮件"),
    "webhooks": Text("Webhooks", "Webhook 推送"),
    "forgetting": Text("Forgetting what is old", "清理过期数据"),
}
DUE = Text("Deadlines and reminders: {column}", "期限与提醒：{column}")


@dataclass(frozen=True, slots=True)
class Standing:
    """The worker at a moment: its steps, whether it lives, and how far behind it is."""

    chores: Sequence[tuple[Text, Chore]]
    ran_at: datetime | None
    is_running: bool
    behind: int  # entries of the journal not read yet
    is_mailed: bool
    waiting: int
    trouble: str  # what the latest letter that waits could not be sent for
    given_up: Sequence[Mail]
    calls_waiting: int
    calls_given_up: int


def standing(at: datetime) -> Standing:
    """How the worker is, in a handful of questions."""
    chores = {row.code: row for row in Chore.objects.order_by("pk")}
    ran_at = max((row.ran_at for row in chores.values() if row.ran_at), default=None)
    head = Head.objects.filter(pk=1).values_list("seq", flat=True).first() or 0
    mark = chores["journal"].position if "journal" in chores else 0
    waiting = letters().filter(state=MailState.WAITING)
    lost = letters().filter(state=MailState.GIVEN_UP)
    calls = Delivery.objects.unscoped("how much waits for webhooks; a count")
    return Standing(
        chores=[(_called(code), row) for code, row in chores.items()],
        ran_at=ran_at,
        is_running=ran_at is not None and ran_at > at - SILENT,
        behind=head - mark,
        is_mailed=mail.is_set_up(),
        waiting=waiting.count(),
        trouble=waiting.exclude(problem="").order_by("-pk").values_list("problem", flat=True).first() or "",
        given_up=list(lost.select_related("user").order_by("-pk")[:SHOWN]),
        calls_waiting=calls.filter(state=DeliveryState.WAITING).count(),
        calls_given_up=calls.filter(state=DeliveryState.GIVEN_UP).count(),
    )


def _called(code: str) -> Text:
    column = code.removesuffix(".due")
    return STEPS.get(code) or DUE.fill(column=COLUMNS.get(column, Text(column, column)))


COLUMNS = {
    "achievements": Text("achievements", "成果"),
    "needs": Text("needs", "需求"), "scenarios": Text("scenarios", "场景"),
    "matches": Text("matches", "撮合"), "projects": Text("projects", "项目"), "events": Text("events", "活动"),
    "plans": Text("plans and figures", "规划与指标"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """One check of the worker, as `grandunion check` says it."""

    about: Text
    wrong: Text | None = None
    is_warning: bool = True


def findings(at: datetime) -> Iterator[Finding]:
    """Whether the worker runs, keeps up, and what stopped it; each is a warning, for nothing is lost by waiting."""
    yield from _drifted()
    now = standing(at)
    about = Text("worker", "后台任务")
    if now.ran_at is None:
        yield Finding(about, Text("It has never run. Start: grandunion worker (serve does it too).",
                                  "从未运行，请启动：grandunion worker（serve 会同时运行）。"))  # fmt: skip
        return
    if not now.is_running:
        ago = said(now.ran_at, at)
        yield Finding(about, Text(f"It has stood still ({ago.en}). Start: grandunion worker",
                                  f"已停止运行（{ago.zh}），请启动：grandunion worker"))  # fmt: skip
        return
    failing = [(name, row) for name, row in now.chores if row.problem]
    for name, row in failing:
        yield Finding(about, Text(f"{name.en}: {row.problem}", f"{name.zh}：{row.problem}"))
    if now.given_up or now.calls_given_up:
        count, calls = len(now.given_up), now.calls_given_up
        yield Finding(about, Text(f"{count} letters and {calls} calls of webhooks were given up: see /w/worker/",
                                  f"{count} 封邮件、{calls} 次推送已放弃，详见 /w/worker/"))  # fmt: skip
    elif not failing:
        yield Finding(about)


def _drifted() -> Iterator[Finding]:
    """What the nightly count of all figures found."""
    cursor = Cursor.objects.filter(pk=1).first()
    if cursor is not None and cursor.drifted:
        yield Finding(
            Text("figures", "指标"),
            Text(f"On {cursor.checked_at:%Y-%m-%d} {cursor.drifted} figures differed from a full count: "
                 "look with grandunion check, mend with grandunion figures recount",
                 f"{cursor.checked_at:%Y-%m-%d} 核对时有 {cursor.drifted} 项指标与全量计算不一致："
                 "请执行 grandunion check 查看，用 grandunion figures recount 修正"),
        )  # fmt: skip
