"""The answers to the questions of a need's subject: each of its kind, and the required ones there."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from grandunion.records.lists import Term
from grandunion.terms.needs import QuestionKind
from grandunion.terms.sound import sound
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Invalid, Problem, invalid
from grandunion.work.queries.needs.questions import SubjectQuestion, questions_of

YES, NO = frozenset({"1", "true", "yes", "是"}), frozenset({"0", "false", "no", "否"})
LONGEST = 2000


def sound_details(given: object, category: str, subject: Term | None) -> dict[str, object]:
    """The answers as they are kept. Raises Invalid at `details.<code>` for each that does not fit or is missing.

    Who gives answers at all gives every required one; empty answers are left out.
    """
    if not isinstance(given, Mapping):
        raise invalid("details", "Send the answers by the codes of their questions.", "请按问题代码填写补充信息。")
    known = questions_of(category, subject)
    kept, problems = fitting(known, given)
    problems += [one for one in missing(known, kept) if one.field not in {p.field for p in problems}]
    if problems:
        raise Invalid(*problems)
    return kept


def fitting(questions: Iterable[SubjectQuestion], given: Mapping) -> tuple[dict[str, object], list[Problem]]:
    """The answers in the shape of their questions, and what is wrong with those that do not fit."""
    known, problems, kept = {one.code: one for one in questions}, [], {}
    for code, value in given.items():
        if code not in known:
            problems.append(_problem(code, f"“{code}” is not asked here.", f"该事项没有“{code}”这一项。"))
            continue
        try:
            answer = _answer(known[code], value)
        except Invalid as wrong:
            problems.extend(wrong.problems)
            continue
        if answer is not None:
            kept[code] = answer
    return kept, problems


def missing(questions: Iterable[SubjectQuestion], answered: Collection[str]) -> list[Problem]:
    """What has to be answered and is not among the codes answered."""
    return [
        _problem(one.code, f"Answer: {one.name.en}.", f"请填写“{one.name.zh}”。")
        for one in questions
        if one.is_required and one.code not in answered
    ]


def _problem(code: str, en: str, zh: str) -> Problem:
    return Problem(f"details.{code}", Text(en, zh))


def _answer(question: SubjectQuestion, value: object) -> object:
    """The answer in the shape of its kind; None for no answer."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    return KINDS[question.kind](question, value)


def _text(question: SubjectQuestion, value: object) -> str:
    return sound(f"details.{question.code}", str(value).strip(), LONGEST)


def _number(question: SubjectQuestion, value: object) -> str:
    try:
        number = Decimal(str(value).strip().replace(",", ""))
    except InvalidOperation:
        number = Decimal("NaN")
    if isinstance(value, bool) or not number.is_finite() or abs(number) >= Decimal(10) ** 15:
        raise Invalid(_problem(question.code, f"“{value}” is not a number.", f"“{value}”不是数字。"))
    return f"{number:f}"


def _yes_no(question: SubjectQuestion, value: object) -> bool:
    word = str(value).strip().lower()
    if word not in YES | NO:
        raise Invalid(_problem(question.code, "Answer yes or no.", "请选择“是”或“否”。"))
    return word in YES


def _choice(question: SubjectQuestion, value: object) -> str:
    codes = [code for code, _ in question.choices]
    if str(value) not in codes:
        en = f"“{value}” is not one of: {', '.join(codes)}."
        raise Invalid(_problem(question.code, en, f"“{value}”不在可选范围内。"))
    return str(value)


def _day(question: SubjectQuestion, value: object) -> str:
    try:
        return (value if isinstance(value, date) else date.fromisoformat(str(value).strip())).isoformat()
    except ValueError as error:
        raise Invalid(_problem(question.code, f"“{value}” is not a day.", f"“{value}”不是日期。")) from error


KINDS: Mapping[QuestionKind, Callable[[SubjectQuestion, object], object]] = {
    QuestionKind.TEXT: _text,
    QuestionKind.NUMBER: _number,
    QuestionKind.YES_NO: _yes_no,
    QuestionKind.CHOICE: _choice,
    QuestionKind.DAY: _day,
}
