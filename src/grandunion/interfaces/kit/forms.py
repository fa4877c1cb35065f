"""Forms by Django, with labels in both languages, a version against stale saves and a key against double sends."""

import secrets
from collections.abc import Callable, Iterable

from django import forms
from django.http import HttpRequest
from django.utils.functional import lazy

from grandunion.interfaces.kit.tags import language, said
from grandunion.terms.text import Text, Word
from grandunion.terms.verdicts import Refused, Stale

Choices = Iterable[tuple[str, Text]]


def _said(text: Text) -> str:
    return text.in_(language())


MEDDLED = Text("Part of this form came back broken: open the page anew and send it again.",
               "表单内容不完整，请重新打开页面后再提交。")  # fmt: skip
saying = lazy(_said, str)  # a Text that waits for the reader's language


def text(en: str, zh: str, *, required: bool = True, longest: int = 300, help: Text | None = None) -> forms.CharField:
    """One line of text."""
    return forms.CharField(label=saying(Text(en, zh)), required=required, max_length=longest, help_text=_help(help))


def lines(
    en: str, zh: str, *, required: bool = False, longest: int = 5000, help: Text | None = None
) -> forms.CharField:
    """Several lines of text."""
    return forms.CharField(
        label=saying(Text(en, zh)), required=required, max_length=longest, help_text=_help(help),
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip


def email(en: str, zh: str, *, required: bool = False) -> forms.EmailField:
    """An e-mail address."""
    return forms.EmailField(label=saying(Text(en, zh)), required=required)


def day(en: str, zh: str, *, required: bool = False) -> forms.DateField:
    """A day, in the browser's own date field."""
    return forms.DateField(
        label=saying(Text(en, zh)), required=required, input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip


def amount(en: str, zh: str, *, required: bool = False, help: Text | None = None) -> forms.DecimalField:
    """An amount of money in the hub's currency, exact to the cent."""
    return forms.DecimalField(
        label=saying(Text(en, zh)),
        required=required,
        max_digits=16,
        decimal_places=2,
        min_value=0,
        help_text=_help(help),
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )


def whole(en: str, zh: str, *, least: int = 0, most: int = 10**9, required: bool = False) -> forms.IntegerField:
    """A whole number."""
    return forms.IntegerField(label=saying(Text(en, zh)), required=required, min_value=least, max_value=most)


def yes_no(en: str, zh: str, *, required: bool = False) -> forms.BooleanField:
    """A box to tick."""
    return forms.BooleanField(label=saying(Text(en, zh)), required=required)


def choice(
    en: str, zh: str, words: type[Word], *, required: bool = True, only: Iterable[Word] = ()
) -> forms.ChoiceField:
    """One code of a list of words."""
    return one_of(en, zh, lambda: ((word.value, word.text) for word in (only or words)), required=required)


def one_of(en: str, zh: str, choices: Callable[[], Choices], *, required: bool = True) -> forms.ChoiceField:
    """One of choices that are read when the form is shown (terms of a list, people, organisations)."""

    def shown() -> list[tuple[str, str]]:
        empty = [] if required else [("", "—")]
        return [*empty, *((code, said(name)) for code, name in choices())]

    return forms.ChoiceField(label=saying(Text(en, zh)), required=required, choices=shown)


def several_of(
    en: str, zh: str, choices: Callable[[], Choices], *, required: bool = False
) -> forms.MultipleChoiceField:
    """Any number of choices."""
    return forms.MultipleChoiceField(
        label=saying(Text(en, zh)), required=required, widget=forms.CheckboxSelectMultiple,
        choices=lambda: [(code, said(name)) for code, name in choices()],
    )  # fmt: skip


def _help(help: Text | None) -> object:
    return saying(help) if help else ""


class Form(forms.Form):
    """A form of the house: `values()` are the plain values for one action."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    submission = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    required_css_class = "is-required"

    @classmethod
    def of(cls, request: HttpRequest, **initial: object) -> "Form":
        """The form as sent, or a fresh one with a new submission key."""
        if request.method == "POST":
            return cls(request.POST, request.FILES)
        return cls(initial={"submission": secrets.token_urlsafe(16), **initial})

    def _post_clean(self) -> None:
        """A hidden field that came back broken is said above the form: at its own place nobody would see it."""
        super()._post_clean()
        for field in [field for field in self.hidden_fields() if field.name in self.errors]:
            del self.errors[field.name]
            self.add_error(None, said(MEDDLED))

    def values(self) -> dict[str, object]:
        """What was entered, cleaned, without the hidden fields' empty ones."""
        hidden = {"version", "submission"}
        return {k: v for k, v in self.cleaned_data.items() if k not in hidden or v not in (None, "")}

    def take(self, refused: Refused) -> None:
        """Show a refusal at the fields it is about, or above the form."""
        for problem in refused.problems:
            self.add_error(problem.field if problem.field in self.fields else None, said(problem.text))
        if not refused.problems:
            self.add_error(None, said(refused.reason))

    def compared(self, stale: Stale) -> tuple[tuple[str, str, str], ...]:
        """What somebody else saved beside what was typed, by label; the next save goes on from theirs."""
        self.data = self.data.copy()
        self.data["version"] = stale.version
        labels = {name: str(field.label) for name, field in self.fields.items()}
        return tuple((labels.get(name, name), theirs, yours) for name, theirs, yours in stale.differences)
