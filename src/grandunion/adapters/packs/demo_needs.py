"""The needs of the demonstration: who answers them, questions, calls, common problems, and who answers what."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from grandunion.adapters.packs.facts import code, flag, number, one, one_of, pair, refers, rows, some_of, text, whole
from grandunion.adapters.packs.service import Filters
from grandunion.terms.achievements import Mode
from grandunion.terms.needs import (
    ApplicantType,
    AssignmentState,
    CallbackResult,
    Category,
    IssueState,
    NeedState,
    NoteKind,
    Outcome,
    Urgency,
)
from grandunion.terms.offers import FinanceRound, Instrument
from grandunion.terms.secrecy import Level
from grandunion.terms.text import Text


@dataclass(frozen=True, slots=True)
class DemoOffice(Filters):
    """An office of the demonstration that answers."""

    code: Annotated[str, code()]
    organisation: Annotated[str, refers("demo_organisations")]
    level: Annotated[int, whole(empty=0)]
    capacity: Annotated[int | None, whole()]
    is_automatic: Annotated[bool, flag()]


@dataclass(frozen=True, slots=True)
class DemoInstitution(Filters):
    """An institution of the demonstration with its offices."""

    code: Annotated[str, code()]
    name: Annotated[Text, pair("")]
    offices: Annotated[tuple[DemoOffice, ...], rows(DemoOffice, required=True)]


@dataclass(frozen=True, slots=True)
class DemoIssue:
    """A common problem, collected on a day; the needs of the set say which one they are part of."""

    code: Annotated[str, code()]
    title: Annotated[Text, pair()]
    text: Annotated[Text, pair()]
    category: Annotated[Category, one_of(Category)]
    industry: Annotated[str, refers("list:industries", required=False)]
    area: Annotated[str, refers("areas", required=False)]
    level: Annotated[Level, one_of(Level, required=False, empty=Level.ORGANISATION)]
    state: Annotated[IssueState, one_of(IssueState)]
    collected_day: Annotated[int, whole(required=True)]
    answered_day: Annotated[int | None, whole()]
    answer: Annotated[Text | None, pair(required=False)]


@dataclass(frozen=True, slots=True)
class DemoAssignment:
    """That a need is with an answerer, and what it said."""

    organisation: Annotated[str, refers("demo_organisations")]
    state: Annotated[AssignmentState, one_of(AssignmentState)]
    assigned_day: Annotated[int, whole(required=True)]
    answered_day: Annotated[int | None, whole()]
    question: Annotated[Text | None, pair(required=False)]
    answer: Annotated[Text | None, pair(required=False)]
    reason: Annotated[Text | None, pair(required=False)]
    suggests: Annotated[str, refers("demo_organisations", required=False)]


@dataclass(frozen=True, slots=True)
class DemoQuestion:
    """What the applicant was asked on a day, and the answer."""

    asked_day: Annotated[int, whole(required=True)]
    text: Annotated[Text, pair()]
    answered_day: Annotated[int | None, whole()]
    answer: Annotated[Text | None, pair(required=False)]


@dataclass(frozen=True, slots=True)
class DemoRating:
    """What the applicant thinks of the answer, 1 to 5."""

    was_contacted: Annotated[bool, flag(empty=True)]
    was_useful: Annotated[bool, flag(empty=True)]
    score: Annotated[int, whole(required=True)]
    comment: Annotated[Text | None, pair(required=False)]


@dataclass(frozen=True, slots=True)
class DemoCallback:
    """What was said when the applicant was called back."""

    day: Annotated[int, whole(required=True)]
    result: Annotated[CallbackResult, one_of(CallbackResult)]
    comment: Annotated[Text, pair()]


@dataclass(frozen=True, slots=True)
class DemoNote:
    """Something said about a need on a day: among the desk, to the applicant, or by the applicant."""

    day: Annotated[int, whole(required=True)]
    kind: Annotated[NoteKind, one_of(NoteKind)]
    text: Annotated[Text, pair("")]


@dataclass(frozen=True, slots=True)
class DemoAnswer:
    """The answer to one of the questions of the need's subject."""

    code: Annotated[str, text()]
    answer: Annotated[str, text()]


@dataclass(frozen=True, slots=True)
class DemoNeed:
    """A need: received on `received_day`, in its present state since `moved_day`."""

    code: Annotated[str, code()]
    title: Annotated[Text, pair()]
    text: Annotated[Text, pair()]
    category: Annotated[Category, one_of(Category)]
    subject: Annotated[str, refers("list:need_subjects")]
    state: Annotated[NeedState, one_of(NeedState)]
    level: Annotated[Level, one_of(Level, required=False, empty=Level.ORGANISATION)]
    applicant_type: Annotated[ApplicantType, one_of(ApplicantType)]
    organisation: Annotated[str, refers("demo_organisations")]
    contact: Annotated[str, refers("demo_persons", required=False)]
    area: Annotated[str, refers("areas", required=False)]
    field: Annotated[str, refers("list:fields", required=False)]
    industry: Annotated[str, refers("list:industries", required=False)]
    received_day: Annotated[int, whole(required=True)]
    moved_day: Annotated[int, whole(required=True)]
    wanted_day: Annotated[int | None, whole()]
    budget: Annotated[Decimal | None, number()]
    currency: Annotated[str, text(required=False)]
    headcount: Annotated[int | None, whole()]
    trl_wanted: Annotated[int | None, whole()]
    modes_wanted: Annotated[tuple[Mode, ...], some_of(Mode)]
    finance_round: Annotated[FinanceRound | None, one_of(FinanceRound, required=False)]
    instruments_wanted: Annotated[tuple[Instrument, ...], some_of(Instrument)]
    acceptance_criteria: Annotated[Text | None, pair(required=False)]
    attempts_so_far: Annotated[Text | None, pair(required=False)]
    urgency: Annotated[Urgency, one_of(Urgency, required=False, empty=Urgency.NORMAL)]
    assignments: Annotated[tuple[DemoAssignment, ...], rows(DemoAssignment)]
    rating: Annotated[DemoRating | None, one(DemoRating)]
    callback: Annotated[DemoCallback | None, one(DemoCallback)]
    outcome: Annotated[Outcome | None, one_of(Outcome, required=False)]
    outcome_note: Annotated[Text | None, pair(required=False)]
    merged_into: Annotated[str, refers("demo_needs", required=False)]
    question: Annotated[DemoQuestion | None, one(DemoQuestion)]
    follow_up: Annotated[DemoCallback | None, one(DemoCallback)]
    issue: Annotated[str, refers("demo_issues", required=False)]
    notes: Annotated[tuple[DemoNote, ...], rows(DemoNote)]
    answers: Annotated[tuple[DemoAnswer, ...], rows(DemoAnswer)]
