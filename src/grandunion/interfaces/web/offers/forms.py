"""The forms of offers: of each kind only the fields it needs, and what each move asks."""

from collections.abc import Iterable, Mapping

from django import forms

from grandunion.interfaces.kit.forms import (
    Form,
    amount,
    choice,
    day,
    lines,
    one_of,
    saying,
    several_of,
    whole,
)
from grandunion.interfaces.kit.forms import text as line
from grandunion.interfaces.web.offers.words import AMOUNTS, KINDS, PRICE
from grandunion.terms.achievements import Mode
from grandunion.terms.offers import FinanceRound, Instrument, OfferKind, SpaceKind
from grandunion.terms.readers import Reader
from grandunion.terms.secrecy import Level
from grandunion.terms.text import Text, Word
from grandunion.work.queries import lists, parties

OPEN_TO = (Level.MEMBERS, Level.PUBLIC)
OFFICERS = Text("Full name or number of the organisation.", "填写单位全称或编号。")
EXPERT = Text("Name or number of the expert's record.", "填写专家姓名或档案编号。")
BOTH = Text("Chinese or English; you can add the other language later.", "中英文均可，之后可补充另一语言。")
ALIKE = {"data-similar-url": "/w/matches/alike/offer/", "data-similar-target": "similar"}
SECOND = Text("To the public a second person opens it: until then members read it.",
              "向公众公开须由第二人办理，在此之前对会员公开。")  # fmt: skip
OWN_EYES = Text("Only the desk and your side read this.", "仅服务台和本方可见。")


def _terms(list_code: str) -> Iterable[tuple[str, Text]]:
    return [(term.code, term.name) for term in lists.terms(list_code)]


def _term(en: str, zh: str, list_code: str) -> forms.ChoiceField:
    return one_of(en, zh, lambda: _terms(list_code), required=False)


def _several(en: str, zh: str, words: type[Word]) -> forms.MultipleChoiceField:
    return several_of(en, zh, lambda: [(word.value, word.text) for word in words])


def _opened_to() -> forms.ChoiceField:
    field = choice("Open to", "公开范围", Level, only=OPEN_TO)
    field.help_text = saying(SECOND)
    return field


class OfferForm(Form):
    """Every field an offer may have; `of_kind` keeps those of one kind."""

    owner = line("Offered by", "供给单位", required=False, longest=200, help=OFFICERS)
    person = line("Expert", "专家", required=False, longest=200, help=EXPERT)
    title = line("In one line", "一句话说明", help=BOTH)
    text = lines("Description", "说明", required=True, help=BOTH)
    title_zh = line("Title in Chinese", "中文标题", required=False)
    title_en = line("Title in English", "英文标题", required=False)
    text_zh = lines("Description in Chinese", "中文说明")
    text_en = lines("Description in English", "英文说明")
    stages = _several("Rounds", "投资轮次", FinanceRound)
    instruments = _several("Form of finance", "融资方式", Instrument)
    space_kind = choice("Kind of space", "空间类型", SpaceKind, required=False)
    square_metres = whole("Size in square metres", "面积（平方米）", least=1, most=10_000_000)
    starts_on = day("Begins on", "开始日期")
    ends_on = day("Ends on", "结束日期")
    amount_min = amount("from", "下限")
    amount_max = amount("up to", "上限")
    field = _term("Field", "领域", "fields")
    industry = _term("Industry", "行业", "industries")
    area = _term("Area", "片区", "areas")
    trl_min = whole("Maturity from (TRL 1–9)", "技术成熟度最低（1–9 级）", least=1, most=9)
    trl_max = whole("Maturity to (TRL 1–9)", "技术成熟度最高（1–9 级）", least=1, most=9)
    licence_kinds = _several("Form of transfer", "转化方式", Mode)
    regions = several_of("For companies in (none: everywhere)", "面向地区（不选即不限）", lambda: _terms("regions"))
    valid_until = day("Valid until", "有效期至")
    quota = whole("Introductions open at once", "同时对接名额", least=1, most=10_000)
    keywords = line("Keywords", "关键词", required=False, longest=500)
    terms = lines("Terms", "合作条件", help=OWN_EYES)
    partners_excluded = lines("Not to be introduced to", "不愿对接的单位", help=OWN_EYES)
    opened_to = _opened_to()

    kind = OfferKind.PRODUCT

    @property
    def groups(self) -> list[tuple[Text, list, bool]]:
        """The fields in their groups; what may be left out may stay closed."""
        found = []
        for title, names in GROUPS:
            fields = [self[name] for name in names if name in self.fields]
            if fields:
                found.append((title, fields, title is MORE and not self.errors))
        return found

    def of_kind(self, kind: OfferKind, *, is_new: bool) -> "OfferForm":
        """The form with the fields of one kind, under the names they have for it."""
        self.kind = kind
        wanted = {*(NEW if is_new else EDITED), *OF_KIND[kind], *ALWAYS}
        for name in [name for name in self.fields if name not in wanted]:
            del self.fields[name]
        said, money = KINDS[kind], AMOUNTS.get(kind, PRICE)
        if is_new:
            self.fields["title"].label = saying(said.title)
            self.fields["title"].widget.attrs |= ALIKE
            self.fields["text"].label = saying(said.text)
        for name, ending in (("amount_min", FROM), ("amount_max", UP_TO)):
            if name in self.fields:
                self.fields[name].label = saying(ending.fill(what=money))
        if kind is OfferKind.EXPERTISE:
            self.fields["person"].required = True
        return self

    def written_by(self, reader: Reader) -> "OfferForm":
        """The form for a member: whose the offer is, is known or chosen among the own organisations."""
        if reader.is_officer:
            return self
        if len(reader.organisation_ids) > 1:
            self.fields["owner"] = one_of("Offered by", "供给单位", lambda: _own(reader), required=False)
        elif "owner" in self.fields:
            del self.fields["owner"]
        if not reader.organisation_ids and "person" in self.fields:
            del self.fields["person"]  # whoever acts for no organisation offers what they are good at themselves
        return self


def _own(reader: Reader) -> list[tuple[str, Text]]:
    rows = parties.organisations(reader).filter(pk__in=reader.organisation_ids).order_by("sort_key")
    return [(row.number, row.name) for row in rows]


FROM, UP_TO = Text("{what} from (CNY)", "{what}下限（元）"), Text("{what} up to (CNY)", "{what}上限（元）")
NEW = ("title", "text", "opened_to")
EDITED = ("title_zh", "title_en", "text_zh", "text_en", "keywords")
ALWAYS = ("owner", "version", "submission", "valid_until", "quota", "terms", "partners_excluded", "keywords")
OF_KIND: Mapping[OfferKind, tuple[str, ...]] = {
    OfferKind.MANDATE: ("stages", "instruments", "amount_min", "amount_max", "field", "industry", "regions"),
    OfferKind.EXPERTISE: ("person", "field", "area"),
    OfferKind.PRODUCT: (
        "field", "industry", "trl_min", "trl_max", "amount_min", "amount_max", "area", "licence_kinds", "regions",
    ),
    OfferKind.SCENARIO_CAPABILITY: ("field", "industry", "trl_min", "trl_max", "amount_min", "amount_max", "area"),
    OfferKind.SPACE: ("space_kind", "square_metres", "amount_min", "amount_max", "area"),
    OfferKind.COURSE: ("starts_on", "ends_on", "amount_min", "amount_max", "field", "area"),
}  # fmt: skip
MORE = Text("More, if you like", "补充信息（选填）")
GROUPS = (
    (
        Text("What is offered", "供给内容"),
        ("owner", "person", "title", "text", "title_zh", "title_en", "text_zh", "text_en"),
    ),
    (
        Text("What a match is found by", "用于撮合的信息"),
        ("stages", "instruments", "space_kind", "square_metres", "starts_on", "ends_on", "amount_min", "amount_max",
         "field", "industry", "area", "trl_min", "trl_max"),
    ),
    (Text("Who finds it", "发布范围"), ("opened_to",)),
    (MORE, ("valid_until", "quota", "keywords", "licence_kinds", "regions", "terms", "partners_excluded")),
)  # fmt: skip


class LevelForm(Form):
    """To whom an offer is opened."""

    opened_to = _opened_to()


class ReasonForm(Form):
    """A move that asks why."""

    reason = line("Reason", "原因")


MOVE_FORMS: Mapping[str, type[Form]] = {
    "publish": LevelForm,
    "resume": LevelForm,
    "pause": ReasonForm,
    "withdraw": ReasonForm,
}
