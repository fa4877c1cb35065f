"""The forms of common problems: putting one down, answering it, saying why."""

from collections.abc import Mapping

from grandunion.interfaces.kit.forms import Form, choice, lines, one_of, text
from grandunion.terms.needs import Category
from grandunion.terms.secrecy import Level
from grandunion.terms.text import Text
from grandunion.work.queries import lists

ALL = Text("Every linked need without an answer gets this one.", "所有尚未答复的关联需求都会收到此答复。")


def terms(list_code: str) -> list[tuple[str, Text]]:
    """The terms of a list as choices."""
    return [(term.code, term.name) for term in lists.terms(list_code)]


class IssueForm(Form):
    """What many enterprises lack in the same way."""

    title_zh = text("Title in Chinese", "中文标题", required=False)
    title_en = text("Title in English", "英文标题", required=False)
    text_zh = lines("Description in Chinese", "中文描述")
    text_en = lines("Description in English", "英文描述")
    category = choice("Category", "类别", Category)
    industry = one_of("Industry or chain", "行业（产业链）", lambda: terms("industries"), required=False)
    area = one_of("Area", "片区", lambda: terms("areas"), required=False)
    level = choice("Open to", "公开范围", Level)


class AnswerForm(Form):
    """The one answer."""

    answer = lines("Answer", "答复", required=True, help=ALL)


class ReasonForm(Form):
    """A move that asks why."""

    reason = text("Reason", "原因")


MOVE_FORMS: Mapping[str, type[Form]] = {"answer": AnswerForm, "drop": ReasonForm, "reopen": ReasonForm}
