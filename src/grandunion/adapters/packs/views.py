"""The sections of a pack for seeing: dashboards for each role and level, and the licence of the open data."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from grandunion.adapters.packs.desk import Desk
from grandunion.adapters.packs.facts import (
    code,
    flag,
    one_of,
    pair,
    refers,
    refers_all,
    rows,
    some_of,
    text,
    verified,
)
from grandunion.adapters.packs.sheets import Node
from grandunion.terms.plans import Scope
from grandunion.terms.roles import Role
from grandunion.terms.text import Text
from grandunion.terms.views import CUTS, HOLDS, ChartKind, Cut

SEVERAL = 2  # from here on figures share a scale and so a unit


@dataclass(frozen=True, slots=True)
class Block:
    """One chart of a dashboard; without a title it bears the indicator's name."""

    chart: Annotated[ChartKind, one_of(ChartKind)]
    indicators: Annotated[tuple[str, ...], refers_all("indicators")]
    cut: Annotated[Cut, one_of(Cut, required=False, empty=Cut.NONE)]
    title: Annotated[Text | None, pair(required=False)]


@dataclass(frozen=True, slots=True)
class View:
    """A dashboard: whom it is for, whose figures it is about, and its charts in their order.

    `own_area` begins with the reader's own area; `is_public` shows it on the portal, too.
    """

    code: Annotated[str, code()]
    name: Annotated[Text, pair()]
    summary: Annotated[Text, pair()]
    roles: Annotated[tuple[Role, ...], some_of(Role)]
    level: Annotated[Scope, one_of(Scope)]
    own_area: Annotated[bool, flag()]
    is_public: Annotated[bool, flag()]
    blocks: Annotated[tuple[Block, ...], rows(Block, required=True)]


@dataclass(frozen=True, slots=True)
class Licence:
    """Under which terms the open data may be used; `code` as SPDX writes it."""

    code: Annotated[str, code()]
    name: Annotated[Text, pair()]
    address: Annotated[str, text()]
    source: Annotated[str, refers("sources", required=False)]
    verified_on: Annotated[date | None, verified()]


def check_views(views: tuple[View, ...], units: dict[str, Text], desk: Desk) -> None:
    """Each chart has as many indicators as it can hold, of one unit where they share a scale, and a cut it can draw."""
    for view in views:
        place = desk.codes["views"][view.code]
        if not view.roles and not view.is_public:
            desk.complain(place, "Nobody sees it: write `roles` or `is_public: true`.",
                          "无人可见：请填写 roles 或 is_public: true。")  # fmt: skip
        for number, block in enumerate(view.blocks, 1):
            _check_block(block, number, place, units, desk)
    if sum(view.is_public for view in views) > 1:
        desk.complain(Node({}, "views.yaml", 1), "Only one view is public.", "只能有一个公开看板。")


def _check_block(block: Block, number: int, place: Node, units: dict[str, Text], desk: Desk) -> None:
    if block.chart is None or block.cut is None:
        return
    least, most = HOLDS[block.chart]
    if not least <= len(block.indicators) <= most:
        desk.complain(
            place,
            f"Block {number}: “{block.chart}” holds {least} to {most} indicators.",
            f"第 {number} 块：“{block.chart}”可含 {least} 至 {most} 个指标。",
        )
    if block.cut not in CUTS[block.chart]:
        known = ", ".join(CUTS[block.chart])
        desk.complain(
            place,
            f"Block {number}: “{block.chart}” is cut by one of {known}.",
            f"第 {number} 块：“{block.chart}”的 cut 可填 {known}。",
        )
    found = {units.get(code) for code in block.indicators}
    if block.chart is not ChartKind.FIGURES and len(found) >= SEVERAL:
        desk.complain(
            place,
            f"Block {number}: indicators of one chart need one unit.",
            f"第 {number} 块：同一图表中的指标单位须相同。",
        )
