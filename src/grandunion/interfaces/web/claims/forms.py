"""The forms about published figures."""

from collections.abc import Iterable

from django import forms

from grandunion.interfaces.kit.forms import Form, amount, choice, day, lines, one_of, saying, text
from grandunion.terms.claims import Abroad, ClaimStage, Language, Medium, Thing
from grandunion.terms.plans import Qualifier, Scope
from grandunion.terms.text import Text
from grandunion.work.queries import lists, plans

OWN = Text("Only where the wording says other than the indicator.", "仅在原文口径与指标不同时填写。")


def _indicators() -> Iterable[tuple[str, Text]]:
    return ((one.code, one.name) for one in plans.indicators())


def _areas() -> Iterable[tuple[str, Text]]:
    return ((one.code, one.name) for one in lists.terms("areas"))


class ClaimForm(Form):
    """A figure as it was published."""

    indicator = one_of("Indicator", "指标", _indicators)
    qualifier = choice("Qualifier", "限定词", Qualifier)
    value = amount("Number as published", "数值（按原文）", required=True)
    unit_zh = text("Unit in Chinese", "单位（中文）", required=False, longest=40)
    unit_en = text("Unit in English", "单位（英文）", required=False, longest=40)
    level = choice("Published by", "发布层级", Scope)
    area = one_of("Area", "片区", _areas, required=False)
    period = text("Period", "统计期", required=False, longest=40,
                  help=Text("Like 2023, 2023-H1, 2023-Q2 or 2023-05; or give the day instead.",
                            "如 2023、2023-H1、2023-Q2、2023-05；或改填截至日期。"))  # fmt: skip
    as_of = day("As of", "截至日期")
    source = one_of("Document", "来源文件", plans.documents)
    place = text("Page or place", "页码或位置", required=False, longest=200)
    original = choice("The original is in", "原文语言", Language)
    wording_zh = lines("Wording in Chinese", "中文表述", longest=1000)
    wording_en = lines("Wording in English", "英文表述", longest=1000)
    thing = choice("What it counts", "计数对象", Thing, required=False)
    stage = choice("Stage", "阶段", ClaimStage, required=False)
    medium = choice("Measured of", "面积口径", Medium, required=False)
    abroad = choice("At home or abroad", "境内外", Abroad, required=False)

    def __init__(self, *given: object, **named: object) -> None:
        super().__init__(*given, **named)
        for name in ("thing", "stage", "medium", "abroad"):
            self.fields[name].help_text = saying(OWN)


class ReasonForm(Form):
    """Why."""

    reason = lines("Reason", "原因", required=True, longest=300)


class ImportForm(Form):
    """A table of published figures."""

    file = forms.FileField(label=saying(Text("Workbook or CSV", "工作簿或 CSV 文件")))


def entered(claim: object) -> dict[str, object]:
    """What the form of a claim begins with."""
    names = ("qualifier", "value", "unit_zh", "unit_en", "level", "period", "as_of", "place", "original", "wording_zh",
             "wording_en", "thing", "stage", "medium", "abroad")  # fmt: skip
    return {
        **{name: getattr(claim, name) for name in names}, "indicator": claim.indicator.code,
        "source": claim.source.code, "area": claim.area.code if claim.area else "",
    }  # fmt: skip
