"""What a need of a subject is asked besides its description, out of the pack's list of subjects."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from grandunion.records.lists import Term
from grandunion.terms.needs import QuestionKind
from grandunion.terms.text import Text, either

SUBJECTS = "need_subjects"


@dataclass(frozen=True, slots=True)
class SubjectQuestion:
    """One question of a subject; `choices` are (code, name) where one of several is chosen."""

    code: str
    name: Text
    kind: QuestionKind
    is_required: bool
    choices: tuple[tuple[str, Text], ...] = ()

    def said(self, value: object) -> Text:
        """An answer as it is shown."""
        if self.kind == QuestionKind.YES_NO:
            return Text("Yes", "是") if value else Text("No", "否")
        if self.kind == QuestionKind.CHOICE:
            return dict(self.choices).get(str(value), Text(str(value), str(value)))
        if self.kind == QuestionKind.DAY:
            day = date.fromisoformat(str(value))
            return Text(f"{day.day} {day:%b %Y}", f"{day.year} 年 {day.month} 月 {day.day} 日")
        return Text(str(value), str(value))


def questions_of(category: str, subject: Term | str | None) -> tuple[SubjectQuestion, ...]:
    """What a need is asked: the questions of its subject, then those of what stands above it, else of its category."""
    term = _term(subject) if isinstance(subject, str) else subject
    if term is None:
        term = _term(category)
    found: dict[str, SubjectQuestion] = {}
    while term is not None:
        for row in term.details.get("questions", ()):
            found.setdefault(row["code"], question_of(row))
        term = term.parent
    return tuple(found.values())


def _term(code: str) -> Term | None:
    """The subject of a code as somebody sent it, which may be no code at all."""
    return None if "\x00" in code else Term.objects.filter(list=SUBJECTS, code=code).first()


def question_of(row: Mapping) -> SubjectQuestion:
    """A question as the list of subjects keeps it."""
    choices = tuple((one["code"], either(one["name_en"], one["name_zh"])) for one in row.get("choices", ()))
    name = either(row["name_en"], row["name_zh"])
    return SubjectQuestion(row["code"], name, QuestionKind(row["kind"]), bool(row.get("is_required")), choices)


def details_said(category: str, subject: Term | None, details: Mapping) -> list[tuple[Text, Text]]:
    """The answers of a need beside their questions, in their order; one whose question is gone stands by its code."""
    if not details:
        return []
    known = {one.code: one for one in questions_of(category, subject)}
    rows = [(known[code].name, known[code].said(details[code])) for code in known if code in details]
    rest = [(Text(code, code), Text(str(value), str(value))) for code, value in details.items() if code not in known]
    return rows + rest
