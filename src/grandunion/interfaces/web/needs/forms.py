"""The forms of needs: registering in one go or in steps, correcting, and what each move asks."""

import re
from collections.abc import Collection, Iterable, Mapping

from django import forms

from grandunion.interfaces.kit.forms import (
    Form,
    amount,
    choice,
    day,
    email,
    lines,
    one_of,
    several_of,
    text,
    whole,
)
from grandunion.interfaces.kit.subjects import SubjectForm
from grandunion.interfaces.kit.wanted import ASKS, WantedForm
from grandunion.terms.needs import ApplicantType, CallbackResult, Category, DraftStep, Outcome, Urgency
from grandunion.terms.readers import Reader
from grandunion.terms.secrecy import Level
from grandunion.terms.text import Text
from grandunion.work.queries import lists, needs

HAN = re.compile(r"[\u3400-\u9fff]")
SIMILAR = {"data-similar-url": "/w/matches/alike/need/", "data-similar-target": "similar"}
CALLERS = {"data-similar-url": "/w/needs/callers/", "data-similar-target": "callers"}
SCORES = (
    ("5", Text("5 – very satisfied", "5 分（非常满意）")),
    ("4", Text("4 – satisfied", "4 分（满意）")),
    ("3", Text("3 – fair", "3 分（基本满意）")),
    ("2", Text("2 – unsatisfied", "2 分（不满意）")),
    ("1", Text("1 – very unsatisfied", "1 分（非常不满意）")),
)
CHOOSE = ("", Text("Choose", "请选择"))
WHOM = Text("Numbers, full names or e-mails, separated by commas.", "填写单位编号、全称或电子邮箱，用逗号分隔。")
STILL = Text("The clocks of the need stand still until the answer is there.", "申请人补充之前，办理期限暂停计算。")
NAMED = Text("Number or full name.", "填写单位编号或全称。")
ROUTED = 8  # as many answerers stand in the form; the others are written by hand
YES_OR_NO = (("1", Text("Yes", "是")), ("0", Text("No", "否")))


def terms(list_code: str) -> Iterable[tuple[str, Text]]:
    """The terms of a list as choices."""
    return [(term.code, term.name) for term in lists.terms(list_code)]


def term(en: str, zh: str, list_code: str) -> forms.ChoiceField:
    """One term of a list, or none."""
    return one_of(en, zh, lambda: terms(list_code), required=False)


def in_languages(values: Mapping[str, object]) -> dict[str, object]:
    """What was typed once as title and text goes to the language it is written in."""
    given = dict(values)
    for name in ("title", "text"):
        if name in given:
            written = str(given.pop(name) or "")
            given[f"{name}_{'zh' if HAN.search(written) else 'en'}"] = written
    return given


class ContactForm(Form):
    """First step: whom to call back."""

    applicant_type = choice("Who asks", "提出方类型", ApplicantType)
    contact_name = text("Contact", "联系人", longest=100)
    contact_phone = text("Phone", "联系电话", required=False, longest=40)
    contact_email = email("E-mail", "联系邮箱")


class CompanyForm(Form):
    """Second step: the organisation, or the team that is not a company yet."""

    organisation = text(
        "Organisation or team", "单位或团队", required=False, longest=200,
        help=Text("Number or full name; a team before incorporation writes its name.",
                  "填写单位编号或全称；未注册团队填写团队名称。"),
    )  # fmt: skip
    industry = term("Industry", "行业", "industries")
    area = term("Area", "片区", "areas")


class DescriptionForm(SubjectForm, WantedForm):
    """Third step: what is needed."""

    category = choice("Category", "类别", Category)
    title = text("What is needed, in one line", "一句话说明需求")
    text = lines("Description", "详细描述", required=True)
    urgency = choice("Urgency", "紧急程度", Urgency)
    field = term("Field", "领域", "fields")
    wanted_by = day("Wanted by", "期望完成日期")
    budget = amount("Budget (CNY)", "预算（元）")
    headcount = whole("People wanted", "需求人数", most=100_000)
    trl_wanted = whole("Maturity wanted (TRL 1–9)", "期望技术成熟度（1–9 级）", least=1, most=9)
    acceptance_criteria = lines("When is it solved?", "解决到什么程度算完成")
    attempts_so_far = lines("What was tried so far?", "已做过哪些尝试")

    def __init__(self, *args: object, **named: object) -> None:
        super().__init__(*args, **named)
        self.fields["title"].widget.attrs |= SIMILAR
        self.fields["urgency"].initial = Urgency.NORMAL.value


STEP_FORMS = {
    DraftStep.CONTACT: ContactForm,
    DraftStep.COMPANY: CompanyForm,
    DraftStep.DESCRIPTION: DescriptionForm,
}
MORE = Text("More, if known", "补充信息（选填）")
GROUPS = (
    (Text("Who asks", "提出方"), ("organisation", "contact_name", "contact_phone", "contact_email", "applicant_type")),
    (Text("What is needed", "需求内容"), ("title", "text", "category", *ASKS, "urgency", "subject")),
    (
        MORE,
        ("field", "industry", "area", "wanted_by", "budget", "headcount", "trl_wanted",
         "acceptance_criteria", "attempts_so_far"),
    ),
)  # fmt: skip


class NeedForm(ContactForm, CompanyForm, DescriptionForm):
    """All of a need on one page, for the officer on the phone and for members."""

    is_own = False  # a member begins with what is needed: who asks is known already

    def found_by_contact(self) -> "NeedForm":
        """The form for an officer on the telephone: who asked before is found as the contact is typed."""
        for name in ("contact_name", "contact_phone", "contact_email"):
            self.fields[name].widget.attrs |= CALLERS
        self.fields["contact_email"].shows = CALLERS["data-similar-target"]
        return self

    def told_by(self, organisations: int) -> "NeedForm":
        """The form for a member; whoever acts for one organisation alone is not asked for which."""
        self.is_own = True
        if organisations == 1:
            del self.fields["organisation"]
        return self

    @property
    def groups(self) -> list[tuple[Text, list, bool]]:
        """The fields in their groups; what may be left out may stay closed."""
        order = (*GROUPS[1:], GROUPS[0]) if self.is_own else GROUPS
        return [
            (title, [self[name] for name in names if name in self.fields], title is MORE and not self.errors)
            for title, names in order
        ]


class EditForm(SubjectForm, WantedForm):
    """What a need says, in both languages."""

    asks_all = False
    title_zh = text("Title in Chinese", "中文标题", required=False)
    title_en = text("Title in English", "英文标题", required=False)
    text_zh = lines("Description in Chinese", "中文描述")
    text_en = lines("Description in English", "英文描述")
    category = choice("Category", "类别", Category)
    urgency = choice("Urgency", "紧急程度", Urgency)
    contact_name = text("Contact", "联系人", required=False, longest=100)
    contact_phone = text("Phone", "联系电话", required=False, longest=40)
    contact_email = email("E-mail", "联系邮箱")
    field = term("Field", "领域", "fields")
    industry = term("Industry", "行业", "industries")
    area = term("Area", "片区", "areas")
    wanted_by = day("Wanted by", "期望完成日期")
    budget = amount("Budget", "预算")
    headcount = whole("People wanted", "需求人数", most=100_000)
    trl_wanted = whole("Maturity wanted (TRL 1–9)", "期望技术成熟度（1–9 级）", least=1, most=9)
    acceptance_criteria = lines("When is it solved?", "解决到什么程度算完成")
    attempts_so_far = lines("What was tried so far?", "已做过哪些尝试")

    @property
    def groups(self) -> list[tuple[Text, list, bool]]:
        """All fields in one group."""
        shown = [one for one in self.visible_fields() if not hasattr(one.field, "is_asked")]
        return [(Text("The need", "需求"), shown, False)]


class ReasonForm(Form):
    """A move that asks why."""

    reason = text("Reason", "原因")


class AnswerForm(Form):
    """The answer to the applicant."""

    answer = lines("Answer to the applicant", "给申请人的答复", required=True)


class RateForm(Form):
    """What the applicant thinks of the answer."""

    satisfaction_score = one_of("Rating", "评分", lambda: (CHOOSE, *SCORES))
    was_contacted = one_of("Did somebody get in touch?", "是否有人联系过您？", lambda: YES_OR_NO, required=False)
    was_useful = one_of("Did it help?", "是否有帮助？", lambda: YES_OR_NO, required=False)
    comment = lines("Comment", "意见")


class CallBackForm(Form):
    """What the applicant said on the phone."""

    callback_result = choice("What the applicant said", "回访结果", CallbackResult)
    note = lines("Note", "备注")


class OutcomeForm(Form):
    """Closing with an outcome."""

    outcome = choice("What came of it", "办理成效", Outcome)
    note = lines("Note", "说明")


class ClosingForm(Form):
    """Closing with an explanation."""

    note = lines("Explanation to the applicant", "向申请人的说明", required=True)


class ReopenForm(Form):
    """Taking a need up again."""

    satisfaction_score = one_of("Rating", "评分", lambda: SCORES[3:], required=False)
    reason = text("Why", "原因")


class PassOnForm(Form):
    """Why it is not theirs, and whose it is."""

    reason = text("Reason", "原因")
    suggest = text("Whose business is it?", "应由哪个单位办理", required=False, longest=200, help=NAMED)


class QuestionForm(Form):
    """What the applicant is asked."""

    text = lines("What do you want to know?", "需申请人补充的内容", required=True, longest=2000, help=STILL)


class ReplyForm(Form):
    """What the applicant answers."""

    text = lines("Answer", "补充内容", required=True)


class LinkForm(Form):
    """The common problem a need is part of."""

    issue = text("Common problem: its number, or words of its title", "共性问题编号或标题关键词", longest=200)


class MergeForm(Form):
    """The need into which this one is merged."""

    merged_into = text("Number of the other need", "并入需求的编号", longest=40)


class HandOverForm(Form):
    """Who is to be in charge."""

    to = one_of("Officer", "服务专员", lambda: [(str(user.pk), user.name) for user in needs.officers()])


class LevelForm(Form):
    """Who may read the need."""

    level = choice("Open to", "公开范围", Level)


class OthersForm(Form):
    """Whom else to ask."""

    others = text("Organisations or officers", "承办单位或人员", longest=1000, help=WHOM)
    question = lines("What to ask them", "请其回答的问题")


def dispatch_form(need: object, reader: Reader, known: needs.Answerers | None = None) -> type[Form]:
    """The form of dispatching this need: whom the rules name, with the reason, then who usually answers."""
    found = known or needs.answerers_for(need, reader, needs.assignments(need))
    routed = _routed(found)
    named = {key for key, _ in routed}
    usual = [(one.number, one.name) for one in needs.usual_answerers(need.category, reader) if one.number not in named]
    category = choice("Category", "类别", Category)
    category.initial = need.category
    fields: dict[str, object] = {"category": category}
    if routed:
        fields["routed"] = several_of("May answer, and why", "可承办单位及理由", lambda: routed)
        fields["routed"].initial = _sure(found)
    if usual:
        fields["usual"] = several_of("Usually answered by", "常用承办单位", lambda: usual)
    fields["others"] = text(
        "Organisations or officers" if not usual and not routed else "Others",
        "承办单位或人员" if not usual and not routed else "其他承办方",
        required=not usual and not routed, longest=1000,
        help=WHOM,
    )  # fmt: skip
    fields["question"] = lines("What to ask them", "请其回答的问题")
    return type("DispatchForm", (Form,), fields)


def _sure(found: needs.Answerers) -> list[str]:
    """The first answerer, chosen already where the rules are sure of it and it has room."""
    return [one.key for one in found.able[:1] if one.ruling.answer and not one.ruling.is_full]


def _routed(found: needs.Answerers) -> list[tuple[str, Text]]:
    """The answerers the rules name, once each, with the reason beside the name."""
    choices: dict[str, Text] = {}
    for one in found.able[:ROUTED]:
        why = one.why
        named = Text("{name} ({why})", "{name}（{why}）").fill(name=one.who.name, why=why) if why.en else one.who.name
        choices.setdefault(one.key, named)
    return list(choices.items())


def answer_form(need: object) -> type[Form]:
    """The form of answering at the desk."""
    category = choice("Category", "类别", Category)
    category.initial = need.category
    return type("DeskAnswerForm", (AnswerForm,), {"category": category})


MOVE_FORMS: Mapping[str, type[Form]] = {
    "rate": RateForm,
    "call_back": CallBackForm,
    "close_solved": OutcomeForm,
    "close_partly": OutcomeForm,
    "close_explained": ClosingForm,
    "close_unsolved": ClosingForm,
    "reopen": ReopenForm,
    "escalate": ReasonForm,
    "merge": MergeForm,
    "separate": ReasonForm,
    "cancel": ReasonForm,
}
ASSIGNMENT_FORMS: Mapping[str, type[Form]] = {
    "help": AnswerForm,
    "find_no_help": AnswerForm,
    "pass_on": PassOnForm,
    "take_up_again": ReasonForm,
}


def move_forms(need: object, reader: Reader, codes: Collection[str]) -> dict[str, type[Form]]:
    """The form of each move of these codes on this need."""
    found = {**MOVE_FORMS, "answer": answer_form(need)}
    return {**found, "dispatch": dispatch_form(need, reader)} if "dispatch" in codes else found
