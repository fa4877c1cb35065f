"""A funnel: how many came to each step, which share of the step before, and how long that took."""

from collections.abc import Sequence

from django.utils.safestring import SafeString

from grandunion.interfaces.kit.charts.bars import COMMA
from grandunion.interfaces.kit.charts.frame import Cell, framed
from grandunion.interfaces.kit.charts.marks import (
    WIDTH,
    About,
    Step,
    fitting,
    label,
    linked,
    most,
    place,
    plain,
    say,
    spoken,
)
from grandunion.terms.text import Text

LABEL, THICK, LINK = 17, 16, 20
LETTERS = 40
HEADS = (
    Text("Step", "环节"),
    Text("Projects", "项目数"),
    Text("Of the step before, %", "较上一环节转化率（%）"),
    Text("Median days", "中位天数"),
)
BETWEEN = Text("{share} % went on, in {days} days (median)", "转化率 {share}%，中位用时 {days} 天")
SHARE = Text("{share} % went on", "转化率 {share}%")
NOTHING_KNOWN = Text("too few to say", "样本过少")


def funnel(about: About, steps: Sequence[Step]) -> SafeString:
    """A bar for each step, as long as its count, and between two what went on."""
    peak = most(step.count for step in steps)
    drawing, y = [], 0.0
    for at, step in enumerate(steps):
        if at:
            drawing.append(label(12, y + 10, f"↓ {between(step)}", kind="chart-between"))
            y += LINK
        drawing.append(_step(step, y, float(step.count or 0) / float(peak)))
        y += LABEL + THICK + 6
    return framed(about, "".join(drawing), y, HEADS, [_row(step, at) for at, step in enumerate(steps)])


def _step(step: Step, y: float, share: float) -> str:
    count = written(step)
    reach = f'<rect class="reach" x="0" y="{place(y)}" width="{WIDTH}" height="{LABEL + THICK}"/>'
    bar_y = place(y + LABEL)
    if step.count is None:
        bar = f'<rect class="chart-gone" x=".5" y="{bar_y}" width="24" height="{THICK}" rx="2"/>'
    else:
        width = max(share * WIDTH, 3) if step.count else 0
        bar = f'<rect class="c1" x="0" y="{bar_y}" width="{place(width)}" height="{THICK}" rx="2"/>'
    texts = label(0, y + 12, fitting(step.label, LETTERS), kind="chart-label") + label(
        WIDTH, y + 12, say(count), anchor="end"
    )
    return linked(step.url, spoken(COMMA).join((spoken(step.label), spoken(count))), reach + texts + bar)


def written(step: Step) -> Text:
    """How many, or that it is not told."""
    if step.count is None:
        return step.said if step.said.en else NOTHING_KNOWN
    return Text(plain(step.count), plain(step.count))


def between(step: Step) -> str:
    """What went on from the step before, in words."""
    if step.share is None:
        return say(NOTHING_KNOWN)
    if step.days is None:
        return say(SHARE.fill(share=plain(step.share)))
    return say(BETWEEN.fill(share=plain(step.share), days=plain(step.days)))


def _row(step: Step, at: int) -> list[Cell]:
    share = "—" if not at or step.share is None else plain(step.share)
    days = "—" if not at or step.days is None else plain(step.days)
    return [(step.label, ""), (written(step), step.url), (share, ""), (days, "")]
