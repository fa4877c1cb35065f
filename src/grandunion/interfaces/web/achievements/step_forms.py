"""The forms of the four steps of a disclosure."""

from collections.abc import Iterator

from django import forms

from grandunion.interfaces.kit import forms as kit
from grandunion.interfaces.web.achievements.tables import TableForm
from grandunion.interfaces.web.achievements.words import FIELDS
from grandunion.terms.achievements import (
    AchievementKind,
    Confidentiality,
    DisclosureKind,
    InventorRole,
    IpType,
    Mode,
    PatentStatus,
    PriorPublication,
    Readiness,
)
from grandunion.terms.text import Text
from grandunion.work.queries import lists


def terms(list_code: str) -> Iterator[tuple[str, Text]]:
    """The terms of a list as choices."""
    return ((term.code, term.name) for term in lists.terms(list_code))


def long(name: str) -> forms.CharField:
    """Several lines, called as everywhere."""
    return kit.lines(FIELDS[name].en, FIELDS[name].zh)


def line(name: str, longest: int = 300, help: Text | None = None) -> forms.CharField:
    """One line, called as everywhere."""
    return kit.text(FIELDS[name].en, FIELDS[name].zh, required=False, longest=longest, help=help)


def title(name: str) -> forms.CharField:
    """A title; while it is typed, achievements called alike are shown."""
    field = line(name)
    field.widget.attrs.update({"data-similar-url": "/w/matches/alike/achievement/", "data-similar-target": "similar"})
    return field


def listed(en: str, zh: str, list_id: str, *, required: bool = False, help: Text | None = None) -> forms.CharField:
    """One line with suggestions."""
    field = kit.text(en, zh, required=required, help=help)
    field.widget.attrs.update(list=list_id, autocomplete="off")
    return field


def term(name: str, list_code: str) -> forms.ChoiceField:
    """One term of a list, or none."""
    return kit.one_of(FIELDS[name].en, FIELDS[name].zh, lambda: terms(list_code), required=False)


class WhatForm(kit.Form):
    """What the achievement is."""

    title_zh = title("title_zh")
    title_en = title("title_en")
    achievement_kind = kit.choice("Kind", "成果类型", AchievementKind)
    owner = listed("Owner", "权利单位", "organisations", help=Text("Full name or number.", "单位全称或编号。"))
    field = term("field", "fields")
    trl = kit.choice("Technology readiness", "技术成熟度", Readiness, required=False)
    emerging_industry = term("emerging_industry", "emerging_industries")
    keywords = line("keywords", 500, Text("Separated by commas.", "用逗号分隔。"))
    abstract_public_zh = long("abstract_public_zh")
    abstract_public_en = long("abstract_public_en")
    applications = long("applications")
    abstract_confidential = long("abstract_confidential")
    problem = long("problem")
    solution = long("solution")
    advantages = long("advantages")
    limitations = long("limitations")

    groups = (
        (
            Text("The achievement", "成果概况"),
            Text("A title in one language is enough to begin.", "填写一种语言的名称即可开始。"),
            ("title_zh", "title_en", "achievement_kind", "owner", "field", "trl", "emerging_industry", "keywords"),
        ),
        (
            Text("What everybody may read later", "日后可公开的内容"),
            Text(
                "Write nothing here that a patent still has to protect.",
                "请勿填写尚待专利保护的技术细节。",
            ),
            ("abstract_public_zh", "abstract_public_en", "applications"),
        ),
        (
            Text("Confidential", "保密内容"),
            Text(
                "Only the inventors, the owner, the officer in charge and the reviewers read this; others' reading is "
                "recorded.",
                "仅发明人、权利单位、经办人和评审专家可查阅，查阅留痕。",
            ),
            ("abstract_confidential", "problem", "solution", "advantages", "limitations"),
        ),
    )


class InventorRow(forms.Form):
    """One inventor."""

    person = listed("Inventor", "发明人", "people", required=True)
    percent = forms.DecimalField(
        label=kit.saying(Text("Share in per cent", "份额（%）")),
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
    )
    role = kit.choice("Role", "角色", InventorRole, required=False)
    is_representative = kit.yes_no("Represents all inventors", "赋权代表")
    is_new = kit.yes_no("Not recorded yet: add this person", "尚无记录，新增该人员")


class WhoForm(TableForm):
    """Who made it, and whose share is what."""

    is_own_confirmed = kit.yes_no("I confirm my own share", "本人确认以上份额")
    tables = {
        "inventors": (Text("Inventors; the shares add up to 100 per cent", "发明人（份额合计 100%）"), InventorRow)
    }
    groups = ()


class PublicationRow(forms.Form):
    """One publication or showing."""

    disclosure_kind = kit.choice("How", "公开方式", DisclosureKind, required=False)
    on = kit.day("When", "日期")
    place = kit.text("Where", "场合", required=False, longest=200)
    is_planned = kit.yes_no("Only planned", "尚在计划中")


class FundingRow(forms.Form):
    """One source of money."""

    programme = kit.text("Programme", "资助计划", longest=200)
    number = kit.text("Number", "项目编号", required=False, longest=100)
    amount = kit.amount("Amount in yuan", "金额（元）")
    obligations = kit.text("Obligations", "约定义务", required=False, longest=1000)


class OriginForm(TableForm):
    """What was made public, and who paid."""

    prior_publication = kit.choice("Was anything of it made public already?", "成果内容是否已公开？", PriorPublication)
    is_service_achievement = kit.yes_no(
        "Made in the owner's employ or with its means (service achievement)", "系职务科技成果"
    )
    third_party_material = long("third_party_material")
    tables = {
        "publications": (Text("Publications and showings", "公开情况"), PublicationRow),
        "fundings": (Text("Who paid for it", "资助情况"), FundingRow),
    }
    groups = ((None, None, ("prior_publication", "is_service_achievement", "third_party_material")),)


class RightRow(forms.Form):
    """One right of intellectual property."""

    ip_type = kit.choice("Right", "知识产权类型", IpType, required=False)
    number = kit.text("Number", "申请号/登记号", required=False, longest=60)
    office = kit.one_of("Office", "受理机构", lambda: terms("ip_offices"), required=False)
    status = kit.choice("Status", "法律状态", PatentStatus, required=False)
    filed_on = kit.day("Filed on", "申请日")
    granted_on = kit.day("Granted on", "授权日")


class RightsForm(TableForm):
    """Rights in it, and how its makers wish it to be transferred."""

    modes_wanted = kit.several_of("Ways of transfer wanted", "期望转化方式", lambda: ((m.value, m.text) for m in Mode))
    price_min = kit.amount("Lowest price in yuan", "最低价格（元）")
    price_max = kit.amount("Highest price in yuan", "最高价格（元）")
    confidentiality = kit.choice("Confidentiality", "密级", Confidentiality)
    export_control_check = line("export_control_check", 200)
    partners_excluded = long("partners_excluded")
    tables = {"rights": (Text("Patents and other rights", "专利及其他知识产权"), RightRow)}
    groups = (
        (
            Text("Wishes", "转化意向"),
            None,
            ("modes_wanted", "price_min", "price_max", "confidentiality", "export_control_check", "partners_excluded"),
        ),
    )
