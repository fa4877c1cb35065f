"""The public forms, step by step: ask for help, and disclose an achievement."""

from collections.abc import Iterator
from decimal import Decimal

from django import forms

from grandunion.interfaces.kit import forms as kit
from grandunion.interfaces.kit.subjects import SubjectForm
from grandunion.interfaces.kit.tags import said
from grandunion.interfaces.kit.wanted import WantedForm
from grandunion.terms.achievements import AchievementKind, Mode, PriorPublication, Readiness
from grandunion.terms.needs import ApplicantType, Category
from grandunion.terms.parties import PartnerRole
from grandunion.terms.text import Text
from grandunion.work.queries import lists

INVENTORS = 6
REACHABLE = Text("Leave a telephone number or an e-mail address.", "请至少填写电话或电子邮箱。")
TOO_MUCH = Text("The shares add up to {total} per cent: 100 at most.", "份额合计为 {total}%，不得超过 100%。")
NO_SHARE = Text("Write this inventor's share.", "请填写该发明人的份额。")
PRIVATE = Text("Only the hub's officers read this. It is never shown in public.", "仅本平台服务专员可见，不会公开。")


def _terms(list_code: str) -> Iterator[tuple[str, Text]]:
    """The upper terms of a list as choices."""
    return ((term.code, term.name) for term in lists.terms(list_code) if term.parent_id is None)


def _term(en: str, zh: str, list_code: str) -> forms.ChoiceField:
    return kit.one_of(en, zh, lambda: _terms(list_code), required=False)


class PublicForm(kit.Form):
    """One step of a public form; `opened` is a signed moment that the guard looks at."""

    opened = forms.CharField(required=False, widget=forms.HiddenInput)


class ContactForm(PublicForm):
    """Whom to call back."""

    contact_name = kit.text("Your name", "您的姓名", longest=100)
    contact_phone = kit.text(
        "Telephone", "电话", required=False, longest=40,
        help=Text("Telephone or e-mail: one is enough.", "电话、邮箱至少填一项。"),
    )  # fmt: skip
    contact_email = kit.email("E-mail", "电子邮箱")
    is_agreed = kit.yes_no("I agree that you keep these details to call me back", "同意保存以上信息用于联系我",
                           required=True)  # fmt: skip

    def clean(self) -> dict:
        """Somebody who asks has to be reached."""
        given = super().clean()
        if not self.errors and not given.get("contact_phone") and not given.get("contact_email"):
            self.add_error("contact_phone", said(REACHABLE))
        return given


class AskerForm(ContactForm):
    """Whom to call back about a need, and what they are; `about` names what they saw here."""

    applicant_type = kit.choice("I write for", "我代表", ApplicantType)
    about = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    field_order = ("contact_name", "applicant_type", "contact_phone", "contact_email", "is_agreed")


class TeamForm(PublicForm):
    """The organisation or team that has the need."""

    applicant_name = kit.text(
        "Organisation or team", "单位或团队名称", required=False, longest=200,
        help=Text("A team without a company yet is welcome.", "尚未注册公司的团队也可以。"),
    )  # fmt: skip
    area = _term("Area of the hub", "所在片区", "areas")
    industry = _term("Industry", "所属行业", "industries")


class NeedForm(PublicForm, SubjectForm, WantedForm):
    """What is needed."""

    asked_at = "/ask/questions/"
    category = kit.choice("What is it about?", "需求类别", Category)
    title = kit.text("In one line", "一句话说明", longest=200)
    text = kit.lines("What is the difficulty, and what would help?", "遇到什么困难，希望得到什么帮助？", required=True)
    attempts_so_far = kit.lines("What have you tried already?", "已经做过哪些尝试？")
    wanted_by = kit.day("Wanted by", "期望解决时间")
    budget = kit.amount("Budget in yuan, if there is one", "预算（元，可不填）")

    def __init__(self, *given: object, **named: object) -> None:
        super().__init__(*given, **named)
        self.fields["title"].widget.attrs |= {"data-similar-url": "/ask/alike/", "data-similar-target": "similar"}
        self.fields["title"].shows = "similar"


class ApplicantForm(PublicForm):
    """The organisation or person that would like to be a partner."""

    applicant_name = kit.text("Organisation, or your own name", "单位名称（个人请填姓名）", longest=200)
    place = kit.text("Country and city", "国家与城市", longest=100)
    homepage = kit.text("Website", "网站", required=False, longest=300)
    industry = _term("Industry", "所属行业", "industries")


class PartnershipForm(PublicForm):
    """What kind of partner, and what they bring."""

    partner_role = kit.choice("As what?", "合作类型", PartnerRole)
    brings = kit.lines(
        "What do you bring?", "您能带来什么？", required=True,
        help=Text("Technologies, companies, money, people, rooms, a network: with figures, if you have them.",
                  "技术、企业、资金、人才、空间或网络；如有数据请一并填写。"),
    )  # fmt: skip
    wants = kit.lines("What do you expect of the hub?", "希望获得哪些支持？")


class InventorForm(ContactForm):
    """Whom to call back about a disclosure: an inventor."""

    owner_name = kit.text(
        "Where you work", "所在单位", longest=200,
        help=Text("University, institute or company; or “independent”.", "高校、院所或企业；无单位请填“个人”。"),
    )  # fmt: skip
    field_order = ("contact_name", "owner_name", "contact_phone", "contact_email", "is_agreed")


class AchievementForm(PublicForm):
    """What may be told to everybody later."""

    title = kit.text("Name of the achievement", "成果名称", longest=300)
    achievement_kind = kit.choice("Kind", "成果类型", AchievementKind)
    trl = kit.choice("Technology readiness", "技术成熟度", Readiness, required=False)
    field = _term("Field", "技术领域", "fields")
    keywords = kit.text("Keywords", "关键词", required=False, longest=500)
    abstract = kit.lines(
        "What it does, in words for everybody", "成果简介（可公开）", required=True,
        help=Text(
            "Write nothing here that a patent still has to protect.", "请勿填写尚待专利保护的技术细节。"
        ),
    )  # fmt: skip


class SecretForm(PublicForm):
    """What stays confidential, and what was made public already."""

    prior_publication = kit.choice("Was anything of it made public already?", "成果内容是否已公开？", PriorPublication)
    is_service_achievement = kit.yes_no(
        "Made in the course of my employment, or with my employer's means", "系执行单位任务或主要利用单位条件完成"
    )
    abstract_confidential = kit.lines("How it works", "技术方案", help=PRIVATE)
    problem = kit.lines("Which problem it solves", "解决的问题", help=PRIVATE)
    funding = kit.text("Who paid for the work", "资助来源", required=False, longest=200)
    modes_wanted = kit.several_of("Ways of transfer wanted", "期望转化方式", lambda: ((m.value, m.text) for m in Mode))


def _percent(en: str, zh: str) -> forms.DecimalField:
    return forms.DecimalField(
        label=kit.saying(Text(en, zh)), required=False, min_value=Decimal("0.01"), max_value=100, max_digits=5,
        decimal_places=2, widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )  # fmt: skip


class SharesForm(PublicForm):
    """Who made it, and whose share is what; the first inventor is whoever writes."""

    share_1 = _percent("Your own share in per cent", "您本人的份额（%）")

    def __init__(self, *given: object, **named: object) -> None:
        super().__init__(*given, **named)
        self.fields["share_1"].required = True
        for place in range(2, INVENTORS + 1):
            self.fields[f"name_{place}"] = kit.text(f"Inventor {place}", f"发明人 {place}", required=False, longest=100)
            self.fields[f"share_{place}"] = _percent("Share in per cent", "份额（%）")

    def clean(self) -> dict:
        """Every inventor has a share, and together they have no more than the whole."""
        given = super().clean()
        for place in range(2, INVENTORS + 1):
            if given.get(f"name_{place}") and not given.get(f"share_{place}"):
                self.add_error(f"share_{place}", said(NO_SHARE))
        total = sum(share for _, share in self.others()) + (given.get("share_1") or 0)
        if total > 100:
            self.add_error("share_1", said(TOO_MUCH.fill(total=total)))
        return given

    def others(self) -> list[tuple[str, Decimal]]:
        """The other inventors who are named with a share."""
        given = [
            (self.cleaned_data.get(f"name_{p}"), self.cleaned_data.get(f"share_{p}")) for p in range(2, INVENTORS + 1)
        ]
        return [(name, share) for name, share in given if name and share]
