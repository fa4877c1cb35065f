"""The subject of a need in a form: chosen from the hub's tree, with what that subject asks besides."""

from collections.abc import Callable, Mapping

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from grandunion.interfaces.kit.forms import Choices, Form, day, one_of, saying, text
from grandunion.interfaces.kit.tags import said
from grandunion.interfaces.kit.wanted import ASKS
from grandunion.terms.needs import Category, QuestionKind
from grandunion.terms.text import Text, either
from grandunion.work.queries import lists
from grandunion.work.queries.needs import SubjectQuestion, questions_of

LIST, PART, PREFIX = "need_subjects", "kit/asked.html", "details."
CHOOSE = ("", Text("Choose", "请选择"))  # nothing is answered for anybody beforehand
YES_OR_NO = (("1", Text("Yes", "是")), ("0", Text("No", "否")))
LONGEST = 2000


def _grouped() -> list[tuple[str, object]]:
    """The subjects under their categories, as a select shows them."""
    rows = list(lists.terms(LIST).select_related("parent"))
    groups: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        if row.parent is not None:
            groups.setdefault(said(row.parent.name), []).append((row.code, said(row.name)))
    return [("", "—"), *groups.items()]


def _text(one: SubjectQuestion, wanted: dict) -> forms.Field:
    return text(one.name.en, one.name.zh, longest=LONGEST, **wanted)


def _number(one: SubjectQuestion, wanted: dict) -> forms.Field:
    made = text(one.name.en, one.name.zh, longest=30, **wanted)
    made.widget.attrs["inputmode"] = "decimal"
    return made


def _chosen(one: SubjectQuestion, choices: Choices, wanted: dict) -> forms.Field:
    """A choice that begins with none; `one_of` begins so by itself where nothing need be chosen."""
    shown = (CHOOSE, *choices) if wanted["required"] else choices
    return one_of(one.name.en, one.name.zh, lambda: shown, **wanted)


FIELDS: Mapping[QuestionKind, Callable[[SubjectQuestion, dict], forms.Field]] = {
    QuestionKind.TEXT: _text,
    QuestionKind.NUMBER: _number,
    QuestionKind.YES_NO: lambda one, wanted: _chosen(one, YES_OR_NO, wanted),
    QuestionKind.CHOICE: lambda one, wanted: _chosen(one, one.choices, wanted),
    QuestionKind.DAY: lambda one, wanted: day(one.name.en, one.name.zh, **wanted),
}


class SubjectForm(Form):
    """A form with the subject of a need; what the subject asks stands below it as fields of their own."""

    subject = forms.ChoiceField(label=saying(Text("Subject", "具体事项")), required=False, choices=_grouped)
    asked_at = "/w/needs/questions/"  # the address of the fragment with what a subject asks
    asks_all = True  # whether what the subject must know has to be answered here

    def __init__(self, *given: object, **named: object) -> None:
        super().__init__(*given, **named)
        self.fields["subject"].widget.attrs |= {
            "data-similar-url": self.asked_at,
            "data-similar-target": "asked-of-subject",
        }
        self._ask(self._subject())
        before = [name for name in self.fields if name in ("category", *ASKS)]
        rest = [name for name in self.fields if name not in ("subject", *before)]
        place = min((list(self.fields).index(name) for name in before), default=0)
        ahead = [name for name in list(self.fields)[:place] if name in rest]
        self.order_fields([*ahead, *before, "subject", *rest])

    def _subject(self) -> str:
        """The subject as it was sent, or as it stands; empty for what can be no code."""
        given = str((self.data.get("subject", "") if self.is_bound else self.initial.get("subject", "")) or "")
        return "" if "\x00" in given else given

    def _ask(self, subject: str) -> None:
        """Add what the subject asks, each answer a field named `details.<code>`."""
        for one in questions_of("", subject) if subject else ():
            wanted = {"required": one.is_required and self.asks_all}
            field = FIELDS[one.kind](one, wanted)
            field.is_asked = True
            self.fields[f"{PREFIX}{one.code}"] = field

    @property
    def asked(self) -> list[forms.BoundField]:
        """The fields of what the subject asks."""
        return [self[name] for name in self.fields if name.startswith(PREFIX)]

    @property
    def subject_help(self) -> Text | None:
        """What the pack advises to write about this subject."""
        term = lists.terms(LIST).filter(code=self._subject()).first() if self._subject() else None
        return either(term.help_en, term.help_zh) if term is not None and (term.help_en or term.help_zh) else None

    def clean(self) -> dict:
        """A subject belongs to one category: whoever chooses it has chosen that."""
        given = super().clean()
        term = lists.terms(LIST).filter(code=given.get("subject") or "").select_related("parent").first()
        if term is not None and term.parent is not None and Category.has(term.parent.code) and "category" in given:
            given["category"] = term.parent.code
        return given

    def values(self) -> dict[str, object]:
        """What was entered; the answers to what the subject asks together as `details`."""
        given = super().values()
        answers = {name[len(PREFIX) :]: given.pop(name) for name in list(given) if name.startswith(PREFIX)}
        is_told = any(value not in (None, "") for value in answers.values())
        return {**given, "details": answers} if answers and (is_told or self.asks_all) else given


def fragment(form: type[SubjectForm]) -> Callable[[HttpRequest], HttpResponse]:
    """The view of what a subject asks, for the script that fetches it when a subject is chosen."""

    def asked(request: HttpRequest) -> HttpResponse:
        return render(request, PART, {"form": form(initial={"subject": request.GET.get("q", "")[:60]})})

    return asked
