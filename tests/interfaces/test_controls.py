"""The controls of forms are written as Django's templates write them, sign for sign, and quicker."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates, get_default_renderer
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy, override
from hypothesis import given
from hypothesis import strategies as st

from grandunion.interfaces.kit.controls import CONTROLS, Written

HERS, OURS = DjangoTemplates(), Written()
CHOICES = [("", "—"), ("a&b", "A <b>"), (3, 4000), (None, gettext_lazy("Save")), ("safe", mark_safe("<i>safe</i>")),
           ("Group “1”", [("x", "X"), ('"y"', "Y")]), (Decimal("1234.50"), Decimal("1234.50")),
           (date(2026, 11, 18), datetime(2026, 11, 18, 4, tzinfo=UTC))]  # fmt: skip
WIDGETS = [
    forms.TextInput(), forms.TextInput({"maxlength": 3000, "required": True, "disabled": False, "data-x": None}),
    forms.NumberInput({"step": "any", "min": Decimal("0.5")}), forms.EmailInput(), forms.URLInput(),
    forms.PasswordInput(render_value=True), forms.HiddenInput({"title": gettext_lazy("Save")}),
    forms.DateInput({"type": "date"}, format="%Y-%m-%d"), forms.DateTimeInput(), forms.TimeInput(),
    forms.CheckboxInput({"class": mark_safe("a b")}), forms.FileInput({"accept": ".pdf,.docx"}),
    forms.Textarea({"rows": 4, "placeholder": "<script>\"'&"}), forms.Select(choices=CHOICES),
    forms.SelectMultiple(choices=CHOICES), forms.NullBooleanSelect(), forms.CheckboxSelectMultiple(choices=CHOICES),
    forms.RadioSelect(choices=CHOICES),
]  # fmt: skip
VALUES = [None, "", "text", "<script>alert('\"&')</script>", mark_safe("<b>"), gettext_lazy("Save"), 0, 12345, True,
          Decimal("1234567.89"), 1.5, date(2026, 11, 18), datetime(2026, 11, 18, 4, tzinfo=UTC), time(8, 30),
          "a&b", ["a&b", "x"], ("safe",), "量子\n\r\x00"]  # fmt: skip


def drawn(renderer: DjangoTemplates, widget: forms.Widget, name: str, value: object) -> str:
    return widget.render(name, value, {"id": f"id_{name}", "aria-describedby": "x"}, renderer)


@pytest.mark.parametrize("widget", WIDGETS, ids=lambda widget: type(widget).__name__)
@pytest.mark.parametrize("language", ["zh-hans", "en", "de"])
def test_every_control_is_written_as_django_writes_it(widget, language):
    with override(language):
        for value in VALUES:
            try:
                hers = drawn(HERS, widget, "a<b>", value)
            except (TypeError, AttributeError):
                continue  # a value that the widget itself does not take, whoever draws it
            assert drawn(OURS, widget, "a<b>", value) == hers


@given(st.text(), st.dictionaries(st.text(), st.text() | st.booleans() | st.none() | st.integers()))
def test_whatever_stands_in_it(value, attrs):
    for kind in (forms.TextInput, forms.Textarea, forms.CheckboxInput):
        assert drawn(OURS, kind(attrs), "name", value) == drawn(HERS, kind(attrs), "name", value)
    chosen = forms.Select(attrs, choices=[(value, value)])
    assert drawn(OURS, chosen, "name", value) == drawn(HERS, chosen, "name", value)


@pytest.mark.parametrize("widget", [forms.CheckboxSelectMultiple, forms.RadioSelect])
def test_each_of_several_boxes_alone_too(widget):
    made = [
        [str(one.tag(wrap_label=wrapped)) for wrapped in (False, True) for one in form["a"]]
        for form in (type("Boxes", (forms.Form,), {
            "a": forms.ChoiceField(choices=CHOICES, widget=widget), "default_renderer": renderer,
        })() for renderer in (HERS, OURS))
    ]  # fmt: skip
    assert made[0] == made[1]
    assert len(made[0]) == 18


def test_the_house_uses_them_and_each_is_proved_here():
    assert isinstance(get_default_renderer(), Written)
    proved = {widget.template_name for widget in WIDGETS} | {
        getattr(widget, "option_template_name", "") for widget in WIDGETS
    }
    assert set(CONTROLS) - proved == {f"django/forms/widgets/{name}.html" for name in ("input", "input_option")}
