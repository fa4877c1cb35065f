"""The forms about targets: a target, its revision, its split."""

from collections.abc import Iterable

from django import forms

from grandunion.interfaces.kit.forms import Form, amount, choice, day, lines, one_of, saying, text
from grandunion.terms.plans import IndicatorKind, Operator
from grandunion.terms.targets import SplitMethod
from grandunion.terms.text import Text
from grandunion.work.queries import lists, plans

CARRIED = Text("Leave area and district empty for the whole hub.", "园区整体目标请将片区和区县留空。")
PART = "part_"


def _indicators() -> Iterable[tuple[str, Text]]:
    return ((one.code, one.name) for one in plans.indicators())


def _plans() -> Iterable[tuple[str, Text]]:
    return ((one.code, one.name) for one in plans.known_plans())


def _areas() -> Iterable[tuple[str, Text]]:
    return ((one.code, one.name) for one in lists.terms("areas"))


def _regions() -> Iterable[tuple[str, Text]]:
    return ((one.code, one.name) for one in plans.regions_with_areas())


class TargetForm(Form):
    """What is wanted of an indicator, by whom, by when."""

    plan = one_of("Plan", "规划", _plans)
    indicator = one_of("Indicator", "指标", _indicators)
    operator = choice("Comparison", "比较方式", Operator, required=False)
    value = amount("Value", "数值", help=Text("Empty for a target in words.", "定性目标留空。"))
    deadline = day("Deadline", "期限")
    area = one_of("Area", "片区", _areas, required=False)
    region = one_of("District or city", "区县或城市", _regions, required=False)
    partner = text("Partner's number", "合伙人编号", required=False, longest=40,
                   help=Text("Like ORG-2026-0007. Leave area and district empty then.",
                             "如 ORG-2026-0007，此时片区与区县留空。"))  # fmt: skip
    wording_zh = lines("Wording in Chinese", "中文表述", longest=1000)
    wording_en = lines("Wording in English", "英文表述", longest=1000)


class RevisionForm(Form):
    """What is wanted instead, and why."""

    operator = choice("Comparison", "比较方式", Operator, required=False)
    value = amount("New value", "新目标值")
    deadline = day("Deadline", "期限")
    wording_zh = lines("Wording in Chinese", "中文表述", longest=1000)
    wording_en = lines("Wording in English", "英文表述", longest=1000)
    reason = lines("Reason", "调整原因", required=True, longest=300)


class ReasonForm(Form):
    """Why."""

    reason = lines("Reason", "原因", required=True, longest=300)


class PlanForm(Form):
    """A plan and the document it stands in."""

    name_zh = text("Name in Chinese", "中文名称", longest=200)
    name_en = text("Name in English", "英文名称", longest=200)
    issuer_zh = text("Issued by, in Chinese", "发布单位（中文）", required=False, longest=200)
    issuer_en = text("Issued by, in English", "发布单位（英文）", required=False, longest=200)
    source = one_of("Document", "来源文件", plans.documents)


class PartnersForm(Form):
    """A split among partners."""

    method = choice("Method", "分解方式", SplitMethod)
    partners = lines(
        "Partners", "合伙人", required=True,
        help=Text("One a line: the number, a space, and the weight or part (none where divided equally).",
                  "每行一家：编号、空格、权重或分解值（平均分配可不填数值）。"),
    )  # fmt: skip


def split_form(who: Iterable[tuple[str, Text]]) -> type[Form]:
    """The form of a split: a number for each of those who can carry a part."""
    fields: dict[str, forms.Field] = {"method": choice("Method", "分解方式", SplitMethod)}
    for code, name in who:
        fields[f"{PART}{code}"] = forms.DecimalField(
            label=saying(name), required=False, min_value=0, max_digits=18, decimal_places=2,
            widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        )  # fmt: skip
    return type("SplitForm", (Form,), fields)


def is_text(code: str) -> bool:
    """Whether an indicator is told in words."""
    return plans.indicator(code).indicator_kind == IndicatorKind.TEXT
