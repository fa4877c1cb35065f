"""Flows as pages to read: a Mermaid diagram, tables of states and moves, and who may do what, in both languages."""

from collections.abc import Iterable
from itertools import groupby

from grandunion.engines.flows.pieces import REASON, Move, State
from grandunion.engines.flows.table import Flow
from grandunion.terms.roles import Part
from grandunion.terms.text import Text, listed

CROWD = 6  # a move from more states than this is told in words; arrows would hide the rest


def flow_page(flow: Flow) -> str:
    """The Markdown page of one flow: diagram, states, moves and facts, English and Chinese side by side."""
    return "\n".join(
        [
            f"# {both(flow.name)} · `{flow.code}` · {flow.prefix}",
            "",
            "Generated from the flow's table; do not edit. 由流程表生成，请勿手工修改。",
            "",
            *diagram(flow),
            "",
            "## States 状态",
            "",
            *_table(STATE_HEAD, (_state_row(flow, state) for state in flow.states)),
            "",
            "## Moves 操作",
            "",
            *_table(MOVE_HEAD, (_move_row(flow, move) for move in flow.moves)),
            "",
            "## Facts 事实",
            "",
            *_table(FACT_HEAD, ((f"`{f.name}`", f.label.en, f.label.zh, f.shape) for f in flow.facts)),
            "",
        ]
    )


def pages(flows: Iterable[Flow]) -> dict[str, str]:
    """Every generated page by its path from the root: one per flow, and the matrix of them all."""
    flows = tuple(flows)
    drawn = {f"docs/generated/flows/{flow.code}.md": flow_page(flow) for flow in flows}
    return {**drawn, "docs/generated/permissions.md": permission_matrix(flows)}


def permission_matrix(flows: Iterable[Flow]) -> str:
    """The Markdown page of who may make which move in which flow; ● marks what a part allows."""
    lines = [
        "# Who may do what 操作权限",
        "",
        "Generated from the flows' tables; do not edit. 由流程表生成，请勿手工修改。",
        "",
        "A person has a part in one record, not in all: see the record's relations. "
        "人员对单条记录具有相应身份，并非对全部记录。",
    ]
    for flow in flows:
        parts = [part for part in Part if any(part in move.parts for move in flow.moves)]
        head = ("Move 操作", "From 当前状态", "To 目标状态", *(both(part.text) for part in parts))
        lines += ["", f"## {both(flow.name)} · `{flow.code}`", ""]
        lines += _table(head, (_matrix_row(flow, move, parts) for move in flow.moves))
    return "\n".join([*lines, ""])


def diagram(flow: Flow) -> list[str]:
    """The lines of the Mermaid state diagram, states of one group in one box."""
    drawn = [move for move in flow.moves if move.target and len(move.sources) <= CROWD]
    told = [move for move in flow.moves if move not in drawn]
    lines = ["```mermaid", "stateDiagram-v2"]
    for group, states in groupby(flow.states, key=lambda state: state.group):
        lines += _box(group, list(states))
    lines.append(f"    [*] --> {flow.initial}")
    lines += [f"    {a} --> {m.target}: {_plain(both(m.label))}" for m in drawn for a in m.sources]
    lines += [f"    {state.code} --> [*]" for state in flow.states if state.is_final]
    lines.append("```")
    for move in told:
        sources = listed(flow.state(code).name for code in move.sources)
        lines += ["", f"- **{both(move.label)}** → {both(_target(flow, move))}: {sources.en} · {sources.zh}"]
    return lines


def both(text: Text) -> str:
    """English, then Chinese; once if they are the same."""
    return text.en if text.en == text.zh else f"{text.en} {text.zh}"


STATE_HEAD = (
    "Code 代码",
    "State",
    "状态",
    "What the public sees 对外名称",
    "Required 必填",
    "Clock 时限",
    "Marks 标记",
)
MOVE_HEAD = (
    "Code 代码",
    "Move",
    "操作",
    "From 当前状态",
    "To 目标状态",
    "Who 操作人",
    "Asks 填写",
    "Guards 条件",
)
FACT_HEAD = ("Name 名称", "Meaning", "含义", "Shape 取值")
MARKS = {
    "is_final": Text("final", "终态"),
    "is_optional": Text("optional", "可选"),
    "is_private": Text("private", "不对外"),
    "is_retired": Text("retired", "停用"),
    "is_off": Text("switched off", "已关闭"),
}


def _box(group: Text | None, states: list[State]) -> list[str]:
    names = [f"{state.code}: {_plain(both(state.name))}" for state in states]
    if group is None:
        return [f"    {name}" for name in names]
    return [
        f'    state "{both(group)}" as phase_{states[0].code} {{',
        *(f"        {name}" for name in names),
        "    }",
    ]


def _state_row(flow: Flow, state: State) -> tuple[str, ...]:
    clock = state.clock
    said = both(clock.said()) if clock else ""
    if clock and clock.pauses_in:
        pauses = listed(flow.state(code).name for code in clock.pauses_in)
        again = (
            Text("then anew", "恢复后重新计时") if clock.on_correction == "reset" else Text("then on", "恢复后继续计时")
        )
        said += f"<br>stands still in 暂停于: {both(pauses)}, {both(again)}"
    return (
        f"`{state.code}`",
        state.name.en,
        state.name.zh,
        "" if state.is_private else both(state.public_name),
        _labels(flow, state.requires),
        said,
        "<br>".join(both(text) for mark, text in MARKS.items() if getattr(state, mark)),
    )


def _move_row(flow: Flow, move: Move) -> tuple[str, ...]:
    reason = (REASON.name,) if move.needs_reason else ()
    return (
        f"`{move.code}`",
        move.label.en,
        move.label.zh,
        "<br>".join(f"`{code}`" for code in move.sources),
        f"`{move.target}`" if move.target else both(_target(flow, move)),
        "<br>".join(both(part.text) for part in Part if part in move.parts),
        _labels(flow, (*move.asks, *reason)),
        "<br>".join(both(guard.says) for guard in move.guards),
    )


def _matrix_row(flow: Flow, move: Move, parts: list[Part]) -> tuple[str, ...]:
    return (
        both(move.label),
        "<br>".join(both(flow.state(code).name) for code in move.sources),
        both(_target(flow, move)),
        *("●" if part in move.parts else "" for part in parts),
    )


def _target(flow: Flow, move: Move) -> Text:
    return flow.state(move.target).name if move.target else flow.label(move.returns_to)


def _labels(flow: Flow, names: Iterable[str]) -> str:
    return "<br>".join(both(flow.label(name)) for name in names)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    lines = [head, tuple("---" for _ in head), *rows]
    return ["| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines]


def _plain(text: str) -> str:
    """Without the signs that end a label in Mermaid."""
    return text.replace(":", " –").replace(";", ",")
