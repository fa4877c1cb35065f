"""The answers to a subject's questions out of one cell of a sheet, or out of an object of a JSON line."""

import re
from collections.abc import Iterable, Mapping

from grandunion.records.lists import Term
from grandunion.terms.needs import Category, NeedState, QuestionKind
from grandunion.terms.verdicts import Problem
from grandunion.work.queries.needs.answers import fitting, missing
from grandunion.work.queries.needs.questions import SubjectQuestion, questions_of
from grandunion.work.queries.upkeep.imports.references import References

PARTS = re.compile(r"[;；\n]")


def answered(values: dict[str, object], refers: References) -> tuple[list[Problem], list[Problem]]:
    """Put the row's answers into the shape of their questions; what does not fit, and what a new need still lacks.

    A need that was closed elsewhere lacks nothing: nobody asks any more.
    """
    written, subject = values.get("details"), values.get("subject_id")
    if not written and subject is None:
        return [], []
    questions = _questions(str(values.get("category") or Category.OTHER.value), subject, refers)
    kept, wrong = fitting(questions, told(questions, written or {}))
    if written:
        values["details"] = kept
    if not subject or values.get("state", NeedState.RECEIVED) != NeedState.RECEIVED:
        return wrong, []
    said = {one.field for one in wrong}
    return wrong, [one for one in missing(questions, kept) if one.field not in said]


def _questions(category: str, subject: int | None, refers: References) -> tuple[SubjectQuestion, ...]:
    """What is asked, read once for each subject of the file."""
    key = (category, subject)
    if key not in refers.questions:
        term = Term.objects.select_related("parent").filter(pk=subject).first() if subject else None
        refers.questions[key] = questions_of(category, term)
    return refers.questions[key]


def told(questions: Iterable[SubjectQuestion], written: object) -> Mapping[str, object]:
    """The answers of a cell by the codes of their questions: “Term in months: 24; Is a loan running now?: no”.

    A question is named by its code or its name in either language. What names none continues the answer before it;
    where there is none before it, it is kept under itself, so that it is found wrong.
    """
    if isinstance(written, Mapping):
        return written
    spelt = {name.casefold(): one for one in questions for name in (one.code, one.name.zh, one.name.en)}
    found: dict[str, str] = {}
    last: SubjectQuestion | None = None
    for part in filter(None, (part.strip() for part in PARTS.split(str(written)))):
        name, value = _named(part, spelt)
        if name:
            last = spelt[name]
            found[last.code] = value
        elif last is not None:
            found[last.code] = f"{found[last.code]}; {part}"
        else:
            found[part[:60]] = ""
    return {one.code: _code(one, found.pop(one.code)) for one in questions if one.code in found} | found


def _named(part: str, spelt: Mapping[str, SubjectQuestion]) -> tuple[str, str]:
    """The question a part begins with, and what stands after its colon."""
    folded = part.casefold()
    for name in sorted(spelt, key=len, reverse=True):
        if folded.startswith(name) and folded[len(name) :].lstrip()[:1] in (":", "："):
            return name, part[len(name) :].lstrip()[1:].strip()
    return "", ""


def _code(question: SubjectQuestion, value: str) -> str:
    """The code of a choice that was written by its name."""
    if question.kind != QuestionKind.CHOICE:
        return value
    names = {spelling.casefold(): code for code, name in question.choices for spelling in (code, name.zh, name.en)}
    return names.get(value.casefold(), value)
