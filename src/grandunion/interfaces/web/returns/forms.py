"""The forms of returns: one with the fields its form asks, comments by field, reasons, agreements, uploads."""

from collections.abc import Iterable, Mapping

from django import forms
from django.forms.utils import ErrorList
from django.http import HttpRequest

from grandunion.interfaces.kit.forms import Form, lines, one_of, saying, text
from grandunion.terms.returns import FieldType
from grandunion.terms.text import Text
from grandunion.work.actions.plans import returns as actions
from grandunion.work.queries.plans import returns

YES_NO = (("yes", Text("Yes", "是")), ("no", Text("No", "否")))
LANGUAGES = {"zh": Text("In Chinese", "中文"), "en": Text("In English", "英文")}
REMARK = Text("Say here why a figure differs much from last period, or from the hub's own count.",
              "如数据与上期相比变动较大，或与平台统计不一致，请在此说明原因。")  # fmt: skip
COMMENT, COMMENTS = "comment_", Text("What is to be corrected", "修改意见")
WHOLE = Text("The return as a whole", "对整份报表的意见")
FILE = Text("The spreadsheet as it was downloaded, with the column “value” filled in.",
            "请上传下载后填好 value 一列的表格。")  # fmt: skip


class ReturnForm(Form):
    """What every return has besides the fields of its form."""

    remark = lines("Remark", "备注", longest=4000, help=REMARK)


class ReasonForm(Form):
    """A move that asks why."""

    reason = text("Reason", "原因")


class WholeForm(Form):
    """One comment for all returns picked."""

    comment = text("What is to be corrected", "修改意见", longest=1000)


class UploadForm(Form):
    """A filled-in spreadsheet."""

    file = forms.FileField(label=saying(Text("Spreadsheet", "表格文件")), max_length=255, help_text=saying(FILE))


class AskForm(Form):
    """One more reporter for a period that is over."""

    who = text("Organisation number or area code", "单位编号或片区代码", longest=60)
    period = text("Period", "所属期", longest=10, help=Text("Like 2026-09, 2026-Q3, 2026-H1 or 2025.",
                                                          "如 2026-09、2026-Q3、2026-H1 或 2025。"))  # fmt: skip


class AgreementForm(Form):
    """What an enterprise has agreed to on paper or in person."""

    organisation = text("Number of the enterprise", "企业编号", longest=40)
    form = one_of("Form", "报表", lambda: [(one.code, one.name) for one in returns.asking()])
    note = text(
        "How it was agreed",
        "同意方式",
        help=Text("By letter of a day, in person to whom.", "如某日函件、当面向何人确认。"),
    )


def filled(request: HttpRequest, found: returns.Sheet, record: object) -> ReturnForm:
    """The form of one return: its own fields, what they begin with, and what was sent."""
    form = ReturnForm.of(request, version=record.version, remark=record.remark, **found.initial)
    own = {key: _control(field, key) for field in found.fields for key in field.keys}
    form.fields = {**own, **form.fields}
    return form


def _control(field: object, key: str) -> forms.Field:
    """What a field is written into; whether it is sound is judged where it is kept."""
    label = saying(field.name)
    if field.type is FieldType.YES_NO:
        choices = [(code, saying(name)) for code, name in YES_NO]
        return forms.ChoiceField(label=label, required=False, choices=choices, widget=forms.RadioSelect)
    if field.type is FieldType.TEXT:
        words = saying(LANGUAGES[key[-2:]])
        return forms.CharField(label=words, required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
    attrs = {"inputmode": "decimal" if field.places else "numeric", "autocomplete": "off"}
    return forms.CharField(label=label, required=False, max_length=40, widget=forms.TextInput(attrs=attrs))


def rows_of(form: ReturnForm, found: returns.Sheet) -> list[tuple[object, list]]:
    """Each line of the return with the controls it is filled in by."""
    return [(found.lines[field.code], [form[key] for key in field.keys]) for field in found.fields]


def commenting(request: HttpRequest, record: object, lines_: Iterable[object]) -> Form:
    """A comment for each field of a return, and one for the whole."""
    form = Form.of(request, version=record.version)
    for line in lines_:
        form.fields[f"{COMMENT}{line.field.code}"] = forms.CharField(
            label=saying(line.field.name), required=False, max_length=1000
        )
    form.fields[f"{COMMENT}{actions.WHOLE}"] = forms.CharField(label=saying(WHOLE), required=False, max_length=1000)
    return form


def comments_of(values: Mapping[str, object]) -> dict[str, str]:
    """The comments by the code of their field."""
    return {name.removeprefix(COMMENT): str(value) for name, value in values.items() if name.startswith(COMMENT)}


def at_comments(form: Form) -> Form:
    """Problems of a field said at its comment."""
    for name in [name for name in form.errors if f"{COMMENT}{name}" in form.fields]:
        form.errors[f"{COMMENT}{name}"] = form.errors.pop(name, ErrorList())
    return form


MOVE_FORMS: Mapping[str, type[Form]] = {"reopen": ReasonForm, "waive": ReasonForm, "ask_again": ReasonForm}
