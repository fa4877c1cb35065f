"""What the applicant of a need reads: its public state, what happens next in words, the answers, the letters."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from grandunion.engines.flows import NEED_FLOW
from grandunion.records.documents import Document
from grandunion.records.needs import Assignment, Need, Question
from grandunion.terms.needs import CLOSED_NEED_STATES, OPEN_ASSIGNMENT_STATES, AssignmentState, NeedState, NoteKind
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text, listed
from grandunion.terms.verdicts import Absent
from grandunion.work.queries.documents import Tracked, tracked
from grandunion.work.queries.needs.clocks import questions
from grandunion.work.queries.needs.deadlines import when
from grandunion.work.queries.needs.notes import said_about
from grandunion.work.queries.needs.rows import assignments

HEARD = frozenset({NoteKind.TO_APPLICANT, NoteKind.FROM_APPLICANT})
EXPLAINED = (NeedState.CLOSED_EXPLAINED, NeedState.CLOSED_UNSOLVED)
DESK = Text("the desk", "服务台")
COLLEAGUE = Text("a colleague of the desk", "服务台专员")
WAITING = Text("We wait for your answer to our question. Until it is there, no deadline runs.",
               "等待您回复我们的问题，回复前不计算办理期限。")  # fmt: skip
FULL = Text("Everybody who could answer has their hands full. It goes to the first who has room.",
            "可承办单位目前均已饱和，一有空位即转交办理。")  # fmt: skip
LATE = Text("{who} should have answered by now. The desk has been told, and brings it one level up.",
            "{who}未能按期答复，服务台已收到提醒并将提级办理。")  # fmt: skip
ANSWERS = Text("{who} answers by {when}.", "{who}将于 {when} 前答复。")
ANSWER_SOON = Text("{who} is working on the answer.", "{who}正在办理。")
# What happens in a state, with and without a deadline; who does it is the desk.
STEPS = {
    NeedState.DRAFT: Text("Finish it and hand it in: nobody reads it before.", "请填写完毕并提交，提交前无人可见。"),
    NeedState.RECEIVED: Text("The desk reads it and gets in touch with you", "服务台将审阅并与您联系"),
    NeedState.TRIAGE: Text("The desk decides who answers", "服务台将确定承办单位"),
    NeedState.REOPENED: Text("The desk takes it up again and decides who answers", "服务台将重新办理并确定承办单位"),
    NeedState.ESCALATED: Text("It is one level up: a lead decides who answers", "已提级，由上级负责人确定承办单位"),
    NeedState.ANSWERED: Text("Read the answer and tell us whether it helped. Otherwise we call you",
                             "请查看答复并评价；如未评价，我们将电话回访"),
    NeedState.RATED: Text("Thank you. The desk closes it, or takes it up again if you are not satisfied",
                          "感谢评价。服务台将据此办结；如不满意可要求重新办理"),
    NeedState.CALLED_BACK: Text("The desk closes it as you said on the telephone", "服务台将按回访结果办结"),
    NeedState.MERGED: Text("It is handled together with a need that says the same", "已与相同诉求合并办理"),
    NeedState.CANCELLED: Text("It was withdrawn; nothing more happens", "已撤销，不再办理"),
    NeedState.SPAM: Text("It is not being handled", "该诉求不予办理"),
}  # fmt: skip
BY, END = Text("{step} by {when}.", "{step}（{when} 前）。"), Text("{step}.", "{step}。")
CLOSED = Text("It is closed. If it is not solved, have it taken up again.", "已办结。如问题仍未解决，可要求重新办理。")
CLOSED_CALL = Text("It is closed; we call you about {when} to ask how it went. If it is not solved, have it taken up "
                   "again.", "已办结，我们将于 {when} 左右回访。如问题仍未解决，可要求重新办理。")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """What one of those who were asked has answered."""

    who: Text
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Letter:
    """What was written to the applicant, or by them."""

    at: datetime
    is_mine: bool
    text: str
    is_withdrawn: bool
    files: tuple[Document, ...]


@dataclass(frozen=True, slots=True)
class Followed:
    """A need as its applicant follows it; nothing of it is for the desk alone."""

    tracked: Tracked
    title: Text
    next: Text
    question: str
    asked_before: tuple[Question, ...]
    answers: tuple[Answer, ...]
    letters: tuple[Letter, ...]
    ended_with: str
    rating: int | None


def follow(need: Need, reader: Reader) -> Followed:
    """Everything the applicant reads of a need that they have opened by its key."""
    asked, given = questions(need), assignments(need)
    return Followed(
        tracked=tracked(NEED_FLOW, need, {NeedState.DRAFT: None}),
        title=need.title,
        next=next_step(need, given, reader.at),
        question=next((one.text for one in asked if one.answered_at is None), ""),
        asked_before=tuple(one for one in asked if one.answer),
        answers=_answers(given),
        letters=_letters(need, reader),
        ended_with=need.outcome_note if need.state in EXPLAINED else "",
        rating=need.satisfaction,
    )


def next_step(need: Need, asked: Sequence[Assignment], at: datetime) -> Text:
    """What happens next, who does it, and by when: as the applicant reads it."""
    if need.paused_at is not None:
        return WAITING
    if need.state == NeedState.DISPATCHED:
        return _awaited(need, asked, at)
    if need.state in CLOSED_NEED_STATES:
        due = need.call_due_at
        return CLOSED_CALL.fill(when=when(due, at)) if due and due > at else CLOSED
    if need.basket_at is not None:
        return FULL
    step = STEPS[NeedState(need.state)]
    due = need.due_at if need.state not in (NeedState.RATED, NeedState.CALLED_BACK) else None
    return BY.fill(step=step, when=when(due, at)) if due and due > at else END.fill(step=step)


def _awaited(need: Need, asked: Sequence[Assignment], at: datetime) -> Text:
    """Whose answer is awaited, and by when: the latest of their days, else the need's own."""
    waiting = [row for row in asked if row.state in OPEN_ASSIGNMENT_STATES]
    who = _capital(listed([_name(row) for row in waiting]) if waiting else DESK)
    last = max((row.due_at for row in waiting if row.due_at), default=need.due_at)
    if last is None:
        return ANSWER_SOON.fill(who=who)
    return ANSWERS.fill(who=who, when=when(last, at)) if last > at else LATE.fill(who=who)


def _capital(who: Text) -> Text:
    return Text(who.en[:1].upper() + who.en[1:], who.zh)


def _name(row: Assignment) -> Text:
    """An organisation by its name; whoever works for the hub is not named to the outside."""
    return row.organisation.name if row.organisation else COLLEAGUE


def _answers(given: Sequence[Assignment]) -> tuple[Answer, ...]:
    told = (AssignmentState.DONE_HELPED, AssignmentState.DONE_NO_HELP_AVAILABLE)
    rows = [row for row in given if row.answer and row.answered_at and row.state in told]
    return tuple(Answer(_name(row), row.answered_at, row.answer) for row in rows)


def _letters(need: Need, reader: Reader) -> tuple[Letter, ...]:
    return tuple(
        Letter(one.note.at, one.note.note_kind == NoteKind.FROM_APPLICANT, one.note.text,
               one.note.withdrawn_at is not None, one.files)
        for one in said_about(need, reader, HEARD)
    )  # fmt: skip


def letter_file(need: Need, reader: Reader, number: str) -> Document:
    """A file of a letter to the applicant, or of theirs; raises Absent."""
    files = (file for letter in _letters(need, reader) for file in letter.files)
    found = next((file for file in files if file.number == number), None)
    if found is None:
        raise Absent
    return found
