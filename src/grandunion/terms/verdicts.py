"""Saying yes, or no with a sentence a person can use."""

from dataclasses import dataclass

from grandunion.terms.text import NOTHING, Text


@dataclass(frozen=True, slots=True)
class Verdict:
    """True, or false with the sentence that says what stopped, why, and what to do next."""

    is_yes: bool
    reason: Text = NOTHING

    def __bool__(self) -> bool:
        return self.is_yes


YES = Verdict(True)


def no(en: str, zh: str) -> Verdict:
    """A refusal with its sentence in both languages."""
    return Verdict(False, Text(en, zh))


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with what came in: where, and the sentence that says what to write instead."""

    field: str
    text: Text
    row: int | None = None


class Refused(Exception):
    """The only error we expect: each door knows how to say it."""

    status = 409

    def __init__(self, reason: Text, problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(reason.en)
        self.reason = reason
        self.problems = problems


class Forbidden(Refused):
    """The person may see the record but not do this to it."""

    status = 403


class Absent(Refused):
    """There is no such record, or it is not yours: the two are not told apart."""

    status = 404

    def __init__(self, reason: Text = Text("There is no such record here.", "这里没有这条记录。")) -> None:
        super().__init__(reason)


class Invalid(Refused):
    """What came in cannot be taken; `problems` says what is wrong, field by field."""

    status = 422

    def __init__(self, *problems: Problem) -> None:
        super().__init__(problems[0].text if problems else Text("Invalid input.", "输入无效。"), problems)


class Stale(Refused):
    """Somebody else saved first; `differences` has (field, theirs, yours), `version` is what they saved."""

    def __init__(self, differences: tuple[tuple[str, str, str], ...] = (), version: int | None = None) -> None:
        super().__init__(
            Text(
                "Somebody else saved this first. Nothing was overwritten: compare, then save again.",
                "已有他人先保存。未覆盖任何内容：请比较后再次保存。",
            )
        )
        self.differences = differences
        self.version = version


def require(verdict: Verdict, error: type[Refused] = Refused) -> None:
    """Go on if the verdict is yes; otherwise refuse with its sentence."""
    if not verdict:
        raise error(verdict.reason)


def invalid(field: str, en: str, zh: str) -> Invalid:
    """A refusal of one field of the input."""
    return Invalid(Problem(field, Text(en, zh)))
