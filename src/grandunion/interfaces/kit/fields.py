"""`{% bound_field field %}`: one field of a Django form in our look, written in Python as all that pages repeat."""

from django import template
from django.forms import BoundField
from django.template.loader import get_template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from grandunion.interfaces.kit.tags import icon

register = template.Library()
MARK = ' <span class="field-mark" aria-hidden="true">*</span>'
HALVES = ("_zh", "_en")


@register.simple_tag
def bound_field(field: BoundField) -> SafeString:
    """A field with its label, its error and its help.

    Long texts take the whole width, unless they are one half of a pair (_zh, _en). A field with `when` ("name=value")
    is asked only where that other field has that value.
    """
    if field.is_hidden:
        return mark_safe(str(field))  # noqa: S308 - drawn by Django's renderer
    kind = field.widget_type
    draw = {"checkbox": _box, "radioselect": _boxes, "checkboxselectmultiple": _boxes}.get(kind, _line)
    return mark_safe(draw(field))  # noqa: S308 - every value is escaped below


def _label(field: BoundField) -> str:
    return conditional_escape(field.label) + (MARK if field.field.required else "")


def _when(field: BoundField) -> str:
    when = getattr(field.field, "when", None)
    return f' data-when="{conditional_escape(when)}"' if when else ""


def _box(field: BoundField) -> str:
    return (
        f'<div class="field"><label class="check" for="{conditional_escape(field.id_for_label)}">{field}'
        f"<span>{_label(field)}</span></label>{_foot(field)}</div>"
    )


def _boxes(field: BoundField) -> str:
    told = f' aria-describedby="{conditional_escape(field.aria_describedby)}"' if field.aria_describedby else ""
    boxes = "".join([
        f'<label class="check" for="{conditional_escape(one.id_for_label)}">{one.tag()}'
        f"<span>{conditional_escape(one.choice_label)}</span></label>"
        for one in field
    ])  # fmt: skip
    return (
        f'<fieldset class="field field-wide" id="{conditional_escape(field.auto_id)}"{_when(field)}{told}>'
        f'<legend class="field-label">{_label(field)}</legend><div class="checks">{boxes}</div>{_foot(field)}'
        f"</fieldset>"
    )


def _line(field: BoundField) -> str:
    is_wide = field.widget_type == "textarea" and field.name[-3:] not in HALVES
    return (
        f'<div class="field bound{" field-wide" if is_wide else ""}"{_when(field)}>'
        f'<label for="{conditional_escape(field.id_for_label)}">{_label(field)}</label>{field}{_foot(field)}</div>'
        f"{_beneath(field)}"
    )


def _foot(field: BoundField) -> str:
    """The field's error and its help, with the ids Django points to."""
    drawn, place = "", conditional_escape(field.auto_id)
    if field.errors:
        said = " ".join([conditional_escape(error) for error in field.errors])
        drawn = f'<p class="field-error" id="{place}_error">{icon("circle-alert")}<span>{said}</span></p>'
    if field.help_text:
        drawn += f'<div class="field-help" id="{place}_helptext">{field.help_text}</div>'
    return drawn


def _beneath(field: BoundField) -> str:
    """What the subject chosen in this field asks, and where what it finds is shown."""
    drawn = ""
    if field.name == "subject" and getattr(field.form, "asked_at", ""):
        asked = get_template("kit/asked.html").render({"form": field.form})
        drawn = f'<div class="form-grid field-wide" id="asked-of-subject" aria-live="polite">{asked}</div>'
    if shows := getattr(field.field, "shows", None):
        place = conditional_escape(shows)
        drawn += f'<div class="similar field-wide" id="{place}" aria-live="polite"></div>'
    return drawn
