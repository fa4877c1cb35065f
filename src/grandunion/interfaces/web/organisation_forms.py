"""The forms of the pages of organisations."""

from collections.abc import Collection, Iterator

from django import forms

from grandunion.interfaces.kit import forms as kit
from grandunion.interfaces.web.parties import FIELDS
from grandunion.terms.parties import NameKind, OrganisationKind, PersonRole, Size
from grandunion.terms.secrecy import Level
from grandunion.terms.text import Text
from grandunion.work.queries import lists


def _terms(list_code: str) -> Iterator[tuple[str, Text]]:
    return ((term.code, term.name) for term in lists.terms(list_code))


def _line(name: str, *, longest: int = 200, help: Text | None = None) -> forms.CharField:
    return kit.text(FIELDS[name].en, FIELDS[name].zh, required=False, longest=longest, help=help)


def _term(name: str, list_code: str) -> forms.ChoiceField:
    return kit.one_of(FIELDS[name].en, FIELDS[name].zh, lambda: _terms(list_code), required=False)


def _day(name: str) -> forms.DateField:
    return kit.day(FIELDS[name].en, FIELDS[name].zh)


class OrganisationForm(kit.Form):
    """All facts of an organisation; what the reader may not set is left out."""

    name_zh = _line("name_zh")
    name_en = _line("name_en")
    short_name_zh = _line("short_name_zh", longest=100)
    short_name_en = _line("short_name_en", longest=100)
    sort_key = _line("sort_key", longest=150, help=Text(
        "Lists are sorted by it. Left empty, it is read from the name; correct it where a character has two readings.",
        "列表按此排序。留空则由名称自动生成；遇多音字可在此更正。"))  # fmt: skip
    is_confirmed = kit.yes_no("This is another organisation than those named", "确认与上述单位不是同一家")
    organisation_kind = kit.choice("Kind", "类型", OrganisationKind)
    credit_code = _line("credit_code", longest=30)
    ror = _line("ror", longest=60)
    stock_symbol = _line("stock_symbol", longest=20)
    area = _term("area", "areas")
    industry = _term("industry", "industries")
    size = kit.choice("Size", "企业规模", Size, required=False)
    founded_on = _day("founded_on")
    incorporated_on = _day("incorporated_on")
    landed_on = _day("landed_on")
    country = _term("country", "countries")
    region = _term("region", "regions")
    city = _line("city", longest=100)
    website = _line("website", longest=300)
    level = kit.choice("Open to", "公开范围", Level)
    registered_capital = kit.amount("Registered capital (CNY)", "注册资本（元）")
    staff_count = kit.whole("Staff", "员工人数", most=10_000_000)
    contact_name = _line("contact_name", longest=100)
    contact_email = kit.email("Contact's e-mail", "联系邮箱")
    contact_phone = _line("contact_phone", longest=40)
    summary_zh = kit.lines("Summary in Chinese", "中文简介")
    summary_en = kit.lines("Summary in English", "英文简介")

    GROUPS = (
        (Text("Names", "名称"), ("name_zh", "name_en", "short_name_zh", "short_name_en", "sort_key", "is_confirmed")),
        (Text("In the registers", "登记信息"), ("organisation_kind", "credit_code", "ror", "stock_symbol", "founded_on",
                                               "incorporated_on")),
        (Text("Place and trade", "地点与行业"), ("area", "landed_on", "industry", "size", "country", "region", "city",
                                               "website")),
        (Text("For the organisation and its officers only", "仅本单位与服务专员可见"),
         ("registered_capital", "staff_count", "contact_name", "contact_email", "contact_phone")),
        (Text("Summary", "简介"), ("summary_zh", "summary_en", "level")),
    )  # fmt: skip

    def __init__(self, *args: object, **named: object) -> None:
        super().__init__(*args, **named)
        for name in ("name_zh", "name_en"):
            self.fields[name].widget.attrs |= {
                "data-similar-url": "/w/organisations/similar", "data-similar-target": "similar", "autocomplete": "off",
            }  # fmt: skip

    def keep(self, names: Collection[str]) -> "OrganisationForm":
        """The form with only these fields (and the hidden ones)."""
        for name in list(self.fields):
            if name not in names and name not in ("version", "submission", "is_confirmed"):
                del self.fields[name]
        return self

    def take(self, refused: Exception) -> None:
        """Show the box to confirm only where a likely duplicate was found."""
        super().take(refused)
        self.asks = "is_confirmed" in self.errors

    def groups(self) -> list[tuple[Text, list]]:
        """The fields in their groups, for the page."""
        asks = getattr(self, "asks", False) or self.data.get("is_confirmed")
        shown = [(title, [self[name] for name in names if name in self.fields and (name != "is_confirmed" or asks)])
                 for title, names in self.GROUPS]  # fmt: skip
        return [(title, fields) for title, fields in shown if fields]


class NameForm(kit.Form):
    """A further name."""

    name = kit.text("Name", "名称", longest=200)
    name_kind = kit.choice("What it is", "名称类别", NameKind)


class LabelForm(kit.Form):
    """A recognition of a year."""

    label = kit.one_of("Recognition", "资质", lambda: _terms("labels"))
    year = kit.whole("Year", "年度", least=1980, most=2100, required=True)
    definition = kit.text(
        "By which rules", "认定依据", required=False, longest=200,
        help=Text("Left empty, the definition of the list is taken.", "留空则采用列表中的定义。"),
    )  # fmt: skip
    starts_on = kit.day("Valid from", "有效期自")
    ends_on = kit.day("Until", "有效期至")


class PositionForm(kit.Form):
    """What a person is at the organisation."""

    person = kit.text("Person: number or name", "人员编号或姓名", longest=100)
    role = kit.choice("Role", "身份", PersonRole)
    starts_on = kit.day("From", "开始日期", required=True)
    ends_on = kit.day("Until", "结束日期")
    share_percent = kit.amount("Share in percent", "持股比例（%）")


class CompanyForm(kit.Form):
    """What the business licence says of the company that a team became."""

    credit_code = kit.text("Unified social credit code", "统一社会信用代码", longest=30)
    name_zh = kit.text("Registered name", "企业名称", longest=200)
    name_en = kit.text("Name in English", "英文名称", required=False, longest=200)
    incorporated_on = kit.day("Incorporated on", "注册日期", required=True)
    registered_capital = kit.amount("Registered capital (CNY)", "注册资本（元）")
    area = kit.one_of("Area", "片区", lambda: _terms("areas"), required=False)


class CloseForm(kit.Form):
    """Why an organisation is closed."""

    reason = kit.text("Reason", "原因", longest=300)


class EndForm(kit.Form):
    """On which day something ends."""

    ends_on = kit.day("Ends on", "终止日期", required=True)
