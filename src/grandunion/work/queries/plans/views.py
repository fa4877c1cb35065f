"""Dashboards of the pack and views that people keep: which there are for a reader, and what each shows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import QuerySet

from grandunion.records.lists import Term
from grandunion.records.plans import Indicator, KeptView
from grandunion.terms.plans import Scope
from grandunion.terms.readers import Reader
from grandunion.terms.roles import Role
from grandunion.terms.text import Text, either
from grandunion.terms.verdicts import Absent
from grandunion.terms.views import HOLDS, TIMES, ChartKind, Cut
from grandunion.work.queries import lists
from grandunion.work.queries.base import one

EVERY = timedelta(days=7)  # between two mails of a view
OWN = Text("My view", "我的看板")


@dataclass(frozen=True, slots=True)
class Block:
    """One chart of a dashboard, as it is described: its shape, its indicators by code, and by what it is cut."""

    chart: ChartKind
    indicators: tuple[str, ...] = ()
    cut: Cut = Cut.NONE
    title: Text | None = None


@dataclass(frozen=True, slots=True)
class Dashboard:
    """A dashboard as the pack (or its keeper) describes it."""

    code: str
    name: Text
    summary: Text
    blocks: tuple[Block, ...]
    roles: frozenset[Role] = frozenset()
    level: Scope = Scope.HUB
    own_area: bool = False
    is_public: bool = False

    @property
    def codes(self) -> tuple[str, ...]:
        """The indicators it shows, each once, in their order."""
        return tuple(dict.fromkeys(code for block in self.blocks for code in block.indicators))


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to keep: a dashboard by its code, or indicators of their own choice."""

    name: str
    dashboard: str = ""
    indicators: tuple[str, ...] = ()
    cut: Cut = Cut.NONE
    area: Term | None = None


def every_dashboard() -> tuple[Dashboard, ...]:
    """All dashboards of the hub's pack, in their order."""
    return tuple(_dashboard(row) for row in lists.setting("views", []) or [])


def dashboards(reader: Reader) -> tuple[Dashboard, ...]:
    """Those meant for one of the reader's roles; the public one is everybody's."""
    return tuple(one for one in every_dashboard() if _is_for(one, reader))


def dashboard(code: str, reader: Reader) -> Dashboard:
    """The dashboard of this code, if it is for the reader; else Absent."""
    return _chosen(code, dashboards(reader))


def dashboard_and_hub(code: str, reader: Reader) -> tuple[Dashboard, lists.Hub]:
    """The same with the hub's own facts, which every page shows, in one question."""
    kept = lists.settings_of("views", *lists.OF_HUB)
    every = tuple(_dashboard(row) for row in kept.get("views") or [])
    return _chosen(code, tuple(one for one in every if _is_for(one, reader))), lists.hub_of(kept)


def _is_for(one: Dashboard, reader: Reader) -> bool:
    return one.is_public or reader.is_house or bool(one.roles & reader.roles)


def _chosen(code: str, among: tuple[Dashboard, ...]) -> Dashboard:
    found = next((one for one in among if one.code == code), None)
    if found is None:
        raise Absent
    return found


def first_of(reader: Reader) -> Dashboard | None:
    """The dashboard a reader begins with: who serves only some areas, the one of the area; else the first of a role."""
    mine = [one for one in dashboards(reader) if not one.is_public]
    own = [one for one in mine if one.own_area] if reader.areas else []
    return next(iter([*own, *mine]), None)


def find_public_dashboard() -> Dashboard | None:
    """The one that the portal shows; None for a hub whose pack has none."""
    return next((one for one in every_dashboard() if one.is_public), None)


def public_dashboard() -> Dashboard:
    """The one that the portal shows; Absent for a hub whose pack has none."""
    found = find_public_dashboard()
    if found is None:
        raise Absent
    return found


def _dashboard(row: Mapping) -> Dashboard:
    return Dashboard(
        code=row["code"], name=either(row["name_en"], row["name_zh"]),
        summary=either(row["summary_en"], row["summary_zh"]), blocks=tuple(_block(one) for one in row["blocks"]),
        roles=frozenset(Role(code) for code in row["roles"]), level=Scope(row["level"]),
        own_area=row["own_area"], is_public=row["is_public"],
    )  # fmt: skip


def _block(row: Mapping) -> Block:
    title = either(row["title_en"], row["title_zh"]) if row.get("title_zh") else None
    return Block(ChartKind(row["chart"]), tuple(row["indicators"]), Cut(row["cut"]), title)


def own_area(reader: Reader) -> Term | None:
    """The first of the areas an officer serves; None for who serves all."""
    if not reader.areas:
        return None
    return lists.terms("areas").filter(pk__in=reader.areas).first()


def kept_views(reader: Reader) -> QuerySet[KeptView]:
    """The views this reader keeps, the oldest first."""
    rows = KeptView.objects.unscoped("a kept view is its keeper's own")
    return rows.filter(user=reader.user_id or 0).select_related("area").order_by("pk")


def kept_view(pk: int, reader: Reader) -> KeptView:
    """One of the reader's own views, or Absent."""
    return one(kept_views(reader), pk=pk)


def due_views(at: datetime) -> QuerySet[KeptView]:
    """The views to be mailed: not mailed for a week, those that wait longest first."""
    rows = KeptView.objects.unscoped("the worker mails each view to its keeper")
    return rows.filter(is_mailed=True, mailed_at__lte=at - EVERY).order_by("mailed_at", "pk")


def described(view: KeptView, reader: Reader) -> Dashboard:
    """What a kept view shows: the dashboard it follows, or charts of its own indicators; Absent once that is closed."""
    name = Text(view.name, view.name)
    if view.dashboard:
        return replace(dashboard(view.dashboard, reader), name=name)
    return Dashboard(str(view.pk), name, OWN, tuple(_own_blocks(view.indicators, Cut(view.cut))))


def _own_blocks(codes: list[str], cut: Cut) -> Iterable[Block]:
    """The figures at a glance, then a chart for each indicator where they are to be told apart."""
    most = HOLDS[ChartKind.FIGURES][1]
    for first in range(0, len(codes), most):
        yield Block(ChartKind.FIGURES, tuple(codes[first : first + most]))
    if cut is not Cut.NONE:
        shape = ChartKind.COLUMNS if cut in TIMES else ChartKind.BARS
        yield from (Block(shape, (code,), cut) for code in codes)


def first_counted() -> str:
    """The code of the first indicator that is counted from the records; empty where none is."""
    rows = Indicator.objects.filter(is_counted=True).order_by("position", "pk")
    return rows.values_list("code", flat=True).first() or ""


def choices() -> tuple[tuple[str, Text], ...]:
    """The indicators a view can show, as (code, name), in the order of the pack."""
    rows = Indicator.objects.order_by("position", "pk").values_list("code", "name_en", "name_zh")
    return tuple((code, either(en, zh)) for code, en, zh in rows)
