"""Charts: what is drawn, what is said of it, and what is honest about it."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from django.utils import translation

from grandunion.interfaces.kit import charts
from grandunion.interfaces.kit.charts import About, Band, Point, Series, Step
from grandunion.interfaces.kit.charts.lines import scale
from grandunion.interfaces.kit.charts.places import shade_of
from grandunion.terms.text import NOTHING, Text

HEAD = Text("Area", "片区")
CORE = Point(Text("Core & more", "核心区"), 12, url="/w/?a=1&b=2", group=Text("High-tech Zone", "高新区"))
TOWN = Point(Text("Town", "小镇"), None, Text("<5", "<5"), is_hidden=True)
NEW = Point(Text("New City", "新城"), None)
EMPTY = Point(Text("Empty", "空"), 0)
ONE = (Series(Text("Landed", "落地"), (CORE, TOWN, NEW, EMPTY)),)
TWO = (*ONE, Series(Text("Registered", "登记"), (EMPTY, CORE, TOWN, NEW)))
STEPS = (Step(Text("Lead", "线索"), 40, "/a/"), Step(Text("Landed", "落地"), 10, "/b/", Decimal(25), Decimal("90.5")))


def about(code: str = "x") -> About:
    return About(
        code, Text("Landed <by> area", "各片区落地数"), Text("projects", "个"), Text("the records", "系统记录"),
        as_of=date(2026, 3, 31),
    )  # fmt: skip


def drawn() -> dict[str, str]:
    months = tuple(Point(Text(f"{at} 2026", f"{at}月 2026"), at * 20_000, url="/m/") for at in range(1, 4))
    band = Band(Text("may come", "预测"), months, (Decimal(1),) * 3, (Decimal(70_000),) * 3)
    return {
        "bars": charts.bars(about(), ONE, HEAD), "grouped": charts.bars(about(), TWO, HEAD),
        "columns": charts.columns(about(), ONE, HEAD), "columns of two": charts.columns(about(), TWO, HEAD),
        "lines": charts.lines(about(), TWO, HEAD),
        "band": charts.lines(about(), (Series(Text("a", "a"), months),), HEAD, band=band, target=Decimal(65_000)),
        "funnel": charts.funnel(about(), STEPS), "places": charts.places(about(), ONE[0].points),
    }  # fmt: skip


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("name", list(drawn()))
def test_every_chart_is_well_formed_named_and_without_inline_style_or_script(name: str, language: str) -> None:
    with translation.override(language):
        markup = drawn()[name]
    ElementTree.fromstring(markup)  # noqa: S314 - our own words
    assert "style=" not in markup
    assert "<script" not in markup
    assert "onclick" not in markup
    assert all(f'id="x-{part}"' in markup for part in ("head", "title", "desc"))
    assert 'datetime="2026-03-31"' in markup
    assert ("来源：系统记录" if language != "en" else "Source: the records") in markup
    assert "<table" in markup


def test_what_has_an_address_is_a_link_in_the_drawing_and_in_the_table() -> None:
    with translation.override("en"):
        markup = charts.bars(about(), ONE, HEAD)
    assert markup.count('href="/w/?a=1&amp;b=2"') == 2
    assert 'aria-label="Core &amp; more, 12"' in markup


def test_hidden_unknown_and_nothing_are_told_apart() -> None:
    with translation.override("en"):
        markup = charts.bars(about(), ONE, HEAD)
    assert markup.count('class="chart-gone"') == 2
    cells = re.findall(r'<td class="num">(?:<a[^>]*>)?([^<]*)', markup)
    assert cells == ["12", "&lt;5", "not counted", "0"]


def test_a_line_is_broken_where_nothing_is_known() -> None:
    points = tuple(Point(Text(str(at), str(at)), value) for at, value in enumerate((1, 2, None, 3, 4)))
    with translation.override("en"):
        markup = charts.lines(about(), (Series(Text("a", "a"), points),), HEAD)
    assert markup.count('class="line line-1"') == 2


def test_a_funnel_says_what_went_on_and_how_long_it_took() -> None:
    with translation.override("en"):
        assert "25 % went on, in 90.5 days (median)" in charts.funnel(about(), STEPS)
    with translation.override("zh-hans"):
        assert "转化率 25%，中位用时 90.5 天" in charts.funnel(about(), STEPS)


def test_areas_stand_within_their_district_and_those_of_none_come_last() -> None:
    with translation.override("en"):
        markup = charts.places(about(), (NEW, CORE))
    assert markup.index("High-tech Zone") < markup.index("District not recorded")


@pytest.mark.parametrize(("values", "said"), [((0, None), []), ((1, 0), ["不超过 1"]), (
    (2, 1), ["不超过 1", "不超过 2"]), ((8, 1), ["不超过 2", "不超过 4", "不超过 6", "不超过 8"])])  # fmt: skip
def test_the_legend_of_a_map_has_only_shades_that_a_value_can_have(values: tuple, said: list[str]) -> None:
    points = tuple(replace(CORE, value=value, said=NOTHING, is_hidden=value is None) for value in values)
    with translation.override("zh-hans"):
        markup = charts.places(about(), points)
    assert re.findall("不超过 [0-9]+", markup) == said


@pytest.mark.parametrize(("value", "shade"), [(1, 1), (25, 1), (26, 2), (75, 3), (76, 4), (100, 4)])
def test_shades_part_the_way_to_the_peak_equally(value: int, shade: int) -> None:
    assert shade_of(value, Decimal(100)) == shade


@pytest.mark.parametrize("peak", ["1", "3", "7", "19", "120", "846", "1200000", "0.4"])
def test_a_scale_is_round_begins_at_zero_and_holds_the_peak(peak: str) -> None:
    ticks = scale(Decimal(peak))
    assert ticks[0] == 0
    assert ticks[-1] >= Decimal(peak)
    assert 2 <= len(ticks) <= 7
    assert len({after - before for before, after in pairwise(ticks)}) == 1


@pytest.mark.parametrize(
    ("value", "en", "zh"),
    [(9_999, "9,999", "9,999"), (10_000, "10k", "1万"), (1_234_567, "1.23m", "123万"), (2_500_000_000, "2.5bn", "25亿"),
     (Decimal("8.22"), "8.2", "8.2"), (10_000_000, "10m", "1,000万")],
)  # fmt: skip
def test_a_number_is_shortened_as_each_language_counts(value: object, en: str, zh: str) -> None:
    assert charts.short(value) == Text(en, zh)
