"""Needs and difficulties through the API."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field, StrictBool, StrictInt

from grandunion.interfaces.api import resources
from grandunion.interfaces.api.described import Bilingual
from grandunion.interfaces.api.fields import (
    Amount,
    Body,
    Count,
    Day,
    Nothing,
    Readiness,
    Reason,
    YesNo,
    numbered,
    term,
    text,
)
from grandunion.interfaces.api.resources import Deed, Resource, told
from grandunion.terms.achievements import Mode
from grandunion.terms.needs import (
    ApplicantType,
    AssignmentState,
    CallbackResult,
    Category,
    NeedState,
    Outcome,
    Urgency,
)
from grandunion.terms.offers import FinanceRound, Instrument
from grandunion.terms.readers import Reader
from grandunion.terms.secrecy import Level
from grandunion.terms.text import Text
from grandunion.terms.verdicts import invalid
from grandunion.work.actions import needs as actions
from grandunion.work.actions.needs.answering import HANDLED
from grandunion.work.actions.needs.closing import CLOSINGS
from grandunion.work.actions.needs.desk import PLAIN_MOVES
from grandunion.work.permissions import needs as permissions
from grandunion.work.queries import needs, parties

Score = Annotated[int, Field(strict=True, ge=1, le=5)]
Answered = StrictBool | StrictInt | text(2000)
Addresses = Annotated[
    list[text(254)],
    Field(min_length=1, max_length=50, description="Organisations by number or full name, users by e-mail address."),
]


class NeedBody(Body):
    """What a need says; `organisation` states it, else `applicant_name` tells who does."""

    applicant_type: ApplicantType = ApplicantType.COMPANY
    contact_name: text(100) = ""
    contact_email: text(254) = ""
    contact_phone: text(40) = ""
    organisation: numbered(Text("the organisation that states the need", "提出需求的单位"), "ORG-2026-0007") = ""
    applicant_name: text(200) = ""
    area: term("areas") = ""
    industry: term("industries") = ""
    category: Category = Category.OTHER
    subject: term("need_subjects") = ""
    title_zh: text(300) = ""
    title_en: text(300) = ""
    text_zh: text() = ""
    text_en: text() = ""
    field: term("fields") = ""
    budget: Amount | None = None
    currency: text(3) = "CNY"
    headcount: Count | None = None
    wanted_by: Day = None
    trl_wanted: Readiness | None = None
    modes_wanted: Annotated[list[Mode], Field(max_length=len(Mode))] = []
    finance_round: FinanceRound | Literal[""] = ""
    instruments_wanted: Annotated[list[Instrument], Field(max_length=len(Instrument))] = []
    acceptance_criteria: text() = ""
    attempts_so_far: text() = ""
    details: Annotated[dict[text(60), Answered], Field(max_length=40)] = {}
    urgency: Urgency = Urgency.NORMAL
    source_kind: text(60) = ""
    source_ref: text(200) = ""
    source_note: text(300) = ""


class Dispatch(Body):
    """Who shall answer."""

    to: Addresses
    question: text() = ""
    category: Category | None = None


class Asking(Body):
    """Who else shall answer."""

    to: Addresses
    question: text() = ""


class Answer(Body):
    """The desk's own answer."""

    answer: text()
    category: Category | None = None


class RatingBody(Body):
    """What the applicant thinks of the answer."""

    score: Score
    was_contacted: YesNo | None = None
    was_useful: YesNo | None = None
    comment: text() = ""


class CallBackBody(Body):
    """What the applicant said when called back."""

    result: CallbackResult
    note: text() = ""


class NeedClosing(Body):
    """What came of it, or why it ends."""

    outcome: Outcome | None = None
    note: text(300) = ""


class Reopening(Body):
    """Why the applicant is not satisfied."""

    reason: text(300) = ""
    score: Score | None = None


class NeedMerging(Body):
    """The need that this one is handled with."""

    into: numbered(Text("the other need", "另一项需求"), "NED-2026-0007")


class HandingOver(Body):
    """The officer who takes charge, by the address of the account."""

    email: text(254)


class OpeningTo(Body):
    """Who may read the need; publishing takes a second person."""

    level: Level


class Handling(Body):
    """What an assignee answers, or why not."""

    answer: text() = ""
    reason: text(300) = ""


class PassingOn(Body):
    """Why it is not the answerer's business, and whose it is: an organisation's number or full name."""

    reason: text(300) = ""
    suggest: text(200) = ""


class Words(Body):
    """What the applicant is asked, or answers."""

    text: text(10_000)


class Linking(Body):
    """The common problem that a need tells of."""

    to: numbered(Text("the common problem", "共性问题"), "CMI-2026-0007")


class QuestionOut(Schema):
    """A question to the applicant; while it has no answer the clocks of the need stand still."""

    text: str
    answer: str
    asked_at: datetime
    answered_at: datetime | None


class AnswererOut(Schema):
    """Somebody the routing rules know: `may` is null where the need does not say enough; `why` gives the reason."""

    name: Bilingual
    address: str
    rule: str
    may: bool | None
    is_full: bool
    why: Bilingual


class AssignmentOut(Schema):
    """Somebody who was asked to answer."""

    id: int
    name: Bilingual
    organisation: str
    state: AssignmentState
    question: str
    answer: str
    reason: str
    assigned_at: datetime
    due_at: datetime | None
    answered_at: datetime | None


class CallBackOut(Schema):
    """A call back to the applicant."""

    at: datetime
    result: CallbackResult
    note: str


class NeedParts(Schema):
    """What belongs to a need."""

    assignments: list[AssignmentOut]
    call_backs: list[CallBackOut]
    similar: list[str]
    merged: list[str]
    questions: list[QuestionOut]
    answerers: list[AnswererOut]


def _parts(reader: Reader, record: object) -> dict[str, object]:
    page = needs.page(record, reader, NEEDS.depth(reader, record))
    return {
        "assignments": [
            {**told(one.assignment, AssignmentOut, but=("name", "organisation")), "name": one.name,
             "organisation": one.number}
            for one in page.answerers
        ],
        "call_backs": [told(row, CallBackOut) for row in page.callbacks],
        "questions": [told(row, QuestionOut) for row in page.questions],
        "answerers": _answerers(record, reader) if page.is_desk else [],
        "similar": [row.number for row in page.similar],
        "merged": [row.number for row in page.merged],
    }  # fmt: skip


def _answerers(record: object, reader: Reader) -> list[dict[str, object]]:
    """Whom the rules name for a need, the best first, and then those they do not."""
    found = needs.answerers_for(record, reader, needs.assignments(record))
    return [
        {"name": one.who.name, "address": one.key, "rule": one.route.rule.code, "may": one.ruling.answer,
         "is_full": one.ruling.is_full, "why": one.why}
        for one in (*found.able, *found.unable)
    ]  # fmt: skip


def _create(values: dict, *, by: Reader, at: datetime, key: str) -> object:
    return actions.register(values, by=by, at=at, submission=key)


def _found(to: list[str], by: Reader) -> list[object]:
    return actions.answerers("\n".join(to), by)


def _dispatch(need: object, *, to: list[str], by: Reader, category: str | None = None, **more: object) -> object:
    wanted = Category(category) if category else None
    return actions.dispatch(need, to=_found(to, by), by=by, category=wanted, **more)


def _ask_also(need: object, *, to: list[str], by: Reader, **more: object) -> object:
    return actions.ask_also(need, to=_found(to, by), by=by, **more)


def _answer(need: object, *, answer: str, category: str | None = None, **more: object) -> object:
    return actions.answer(need, text=answer, category=Category(category) if category else None, **more)


def _rate(need: object, *, by: Reader, at: datetime, **given: object) -> object:
    return actions.rate(need, actions.Rating(**given), by=by, at=at)


def _call_back(need: object, *, result: str, **more: object) -> object:
    return actions.call_back(need, result=CallbackResult(result), **more)


def _reopen(need: object, *, reason: str = "", **more: object) -> object:
    return actions.reopen(need, reason=reason, **more)


def _escalate(need: object, *, reason: str = "", **more: object) -> object:
    return actions.escalate(need, reason=reason, **more)


def _closing(code: str) -> Callable[..., object]:
    def done(need: object, *, outcome: str | None = None, **more: object) -> object:
        return actions.close(need, code, outcome=Outcome(outcome) if outcome else None, **more)

    return done


def _plain(code: str) -> Callable[..., object]:
    def done(need: object, **more: object) -> object:
        return actions.move(need, code, **more)

    return done


def _handling(code: str) -> Callable[..., object]:
    def done(need: object, child: int, **more: object) -> object:
        return actions.handle(needs.assignment(need, child), code, **more)

    return done


def _pass_on(need: object, child: int, *, reason: str = "", **more: object) -> object:
    return actions.pass_on(needs.assignment(need, child), reason=reason, **more)


def _ask(need: object, *, text: str, **more: object) -> object:
    return actions.ask_applicant(need, text, **more)


def _reply(need: object, *, text: str, **more: object) -> object:
    return actions.reply(need, text, **more)


def _follow_up(need: object, *, result: str, **more: object) -> object:
    return actions.follow_up(need, result=CallbackResult(result), **more)


def _hand_over(need: object, *, email: str, **more: object) -> object:
    officer = parties.user_by_email(email)
    if officer is None:
        raise invalid("email", "Nobody here has this address.", "没有使用该邮箱的账户。")
    return actions.hand_over(need, to=officer, **more)


def _open_to(need: object, *, level: str, **more: object) -> object:
    return actions.open_to(need, Level(level), **more)


LABELS = {move.code: move.label for move in permissions.NEED_FLOW.moves}
HANDLING_LABELS = {move.code: move.label for move in permissions.ASSIGNMENT_FLOW.moves}
OWN_FORMS: dict[str, tuple[Callable[..., object], type[Body]]] = {
    "submit": (actions.submit, Nothing),
    "dispatch": (_dispatch, Dispatch),
    "answer": (_answer, Answer),
    "call_back": (_call_back, CallBackBody),
    "reopen": (_reopen, Reopening),
    "escalate": (_escalate, Reason),
    "merge": (actions.merge, NeedMerging),
    **{code: (_plain(code), Reason) for code in sorted(PLAIN_MOVES)},
    **{code: (_closing(code), NeedClosing) for code in CLOSINGS},
}
MOVES: Mapping[str, Deed] = {
    "rate": Deed("moves/rate", LABELS["rate"], _rate, RatingBody),
    **{code: Deed(f"moves/{code}", LABELS[code], act, body, has_version=True)
       for code, (act, body) in OWN_FORMS.items()},
}  # fmt: skip
DEEDS = (
    Deed("ask-also", Text("Ask further answerers", "增加承办方"), _ask_also, Asking),
    Deed("take", Text("Take charge", "承接经办"), actions.take),
    Deed("hand-over", Text("Put an officer in charge", "转交经办人"), _hand_over, HandingOver),
    Deed("open-to", Text("Say who may read it", "设定可见范围"), _open_to, OpeningTo, has_version=True),
    Deed("ask", Text("Ask the applicant", "向申请人提问"), _ask, Words, has_version=True),
    Deed("reply", Text("Answer the question", "补充信息"), _reply, Words),
    Deed("follow-up", Text("Call after the closing", "办结后回访"), _follow_up, CallBackBody, has_version=True),
    Deed("link", Text("Link to a common problem", "关联共性问题"), actions.link, Linking, has_version=True),
    Deed("unlink", Text("Take out of the common problem", "取消关联共性问题"), actions.unlink, has_version=True),
    Deed("archive", Text("Archive", "归档"), actions.archive),
    Deed("bring-back", Text("Take out of the archive", "恢复在列"), actions.bring_back),
    Deed("assignments/{int:child}/moves/pass_on", HANDLING_LABELS["pass_on"], _pass_on, PassingOn),
    *(Deed(f"assignments/{{int:child}}/moves/{code}", HANDLING_LABELS[code], _handling(code), Handling)
      for code in HANDLED if code not in ("expire", "pass_on")),
)  # fmt: skip
NEEDS = Resource(
    Text("Need", "需求"), needs.LISTING, needs.get,
    words={"state": NeedState, "category": Category, "urgency": Urgency, "applicant_type": ApplicantType,
           "level": Level},
    offers=permissions.offers,
    timeline=lambda reader, need, depth: needs.history(need, depth, permissions.hears(reader, need)),
)  # fmt: skip
router = resources.router_of(NEEDS, MOVES)
resources.creates(router, NEEDS, NeedBody, _create)
resources.edits(router, NEEDS, NeedBody, actions.edit)
resources.reads_parts(router, NEEDS, _parts, NeedParts)
for deed in (*MOVES.values(), *DEEDS):
    resources.does(router, NEEDS, deed)
