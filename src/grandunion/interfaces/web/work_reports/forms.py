"""What the pages of work reports ask."""

from collections.abc import Callable, Iterable

from django import forms

from grandunion.interfaces.kit.forms import Form, choice, day, email, lines, one_of, saying, text, whole
from grandunion.terms.plans import Qualifier
from grandunion.terms.text import LANGUAGES, Text
from grandunion.work.queries import lists
from grandunion.work.queries.plans import reports

FIELD = Text("Numbers stand as {name}; move them like words.", "数字写作 {名称}，可像文字一样移动。")
SPOKEN = {"zh": Text("Chinese", "中文"), "en": Text("English", "英文")}


def _templates() -> Iterable[tuple[str, Text]]:
    """Those that serve every year first: a report on a year gone by is begun far more often than one of 2023."""
    return ((one.code, one.name) for one in sorted(reports.templates(), key=lambda one: one.year is not None))


def _areas() -> Iterable[tuple[str, Text]]:
    return ((one.code, one.name) for one in lists.terms("areas"))


class NewForm(Form):
    """What a report begins with."""

    template = one_of("Template", "模板", _templates)
    year = whole("Year (where the template serves every year)", "年度（通用模板必填）", least=2000, most=2100)


class TitleForm(Form):
    """What a report is called."""

    title_zh = text("Title in Chinese", "名称（中文）", required=False)
    title_en = text("Title in English", "名称（英文）", required=False)


class SentenceForm(Form):
    """A sentence in both languages."""

    text_zh = lines("Chinese", "中文", help=FIELD, longest=4000)
    text_en = lines("English", "英文", help=FIELD, longest=4000)


class ReasonForm(Form):
    """Why."""

    reason = lines("Why", "理由", required=True, longest=300)


class CommentForm(Form):
    """What somebody has to say of a sentence."""

    text = lines("Comment", "批注", required=True, longest=2000)


class EmailForm(Form):
    """A person of the hub, by address."""

    email = email("E-mail address", "邮箱", required=True)


def _signers() -> Iterable[tuple[str, Text]]:
    return ((one.email, one.name) for one in reports.signers())


class SignerForm(Form):
    """Who signs: somebody of the staff, or any person of the hub by address."""

    who = one_of("Who signs", "签发人", _signers, required=False)
    email = email("Or somebody else, by e-mail address", "或其他人员（填写邮箱）")


class GrantForm(EmailForm):
    """To whom the evidence is opened, and what for."""

    reason = text("What the evidence is read for", "查阅用途")


class ErratumForm(Form):
    """What is right instead, and why."""

    now_zh = text("What is right, in Chinese", "正确内容（中文）", longest=200)
    now_en = text("What is right, in English", "正确内容（英文）", longest=200)
    reason_zh = lines("Why, in Chinese", "更正原因（中文）", longest=500)
    reason_en = lines("Why, in English", "更正原因（英文）", longest=500)


class MouldForm(Form):
    """A Word file of the staff's own, whose styles the report takes."""

    file = forms.FileField(
        label=saying(Text("Word file with your styles (.docx)", "带有本单位样式的 Word 文件（.docx）"))
    )
    language = one_of("Language", "语言", lambda: ((code, SPOKEN[code]) for code in LANGUAGES))


def bind_form(choices: Callable[[], Iterable[tuple[str, Text]]]) -> type[Form]:
    """What a number rests on, and how a counted one is said."""

    class BindForm(Form):
        """A number to bind."""

        rests_on = one_of("Rests on", "依据", choices)
        measure_zh = text("Chinese measure word (家, 个, 人)", "量词（如：家、个、人）", required=False, longest=20)
        as_of = day("Counted as of (only for the hub's own count)", "统计截至（仅系统计算值）")
        area = one_of("Area (only for the hub's own count)", "片区（仅系统计算值）", _areas, required=False)
        qualifier = choice("Said as (only for the hub's own count)", "表述（仅系统计算值）", Qualifier)

    return BindForm
