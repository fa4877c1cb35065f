"""Everything a need's page shows, read in a bounded number of queries and only as deep as the reader reads."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from grandunion.engines.flows import NEED_FLOW
from grandunion.records.needs import Assignment, CallBack, Need, Question
from grandunion.terms.needs import OPEN_ASSIGNMENT_STATES, AssignmentState
from grandunion.terms.readers import Reader
from grandunion.terms.secrecy import Secrecy
from grandunion.terms.text import Text, either
from grandunion.work.queries.needs.clocks import questions
from grandunion.work.queries.needs.deadlines import STEPS, said
from grandunion.work.queries.needs.following import next_step
from grandunion.work.queries.needs.questions import details_said
from grandunion.work.queries.needs.rows import assignments, callbacks, similar, visible_to
from grandunion.work.queries.needs.rules import levels

HIDDEN = frozenset({AssignmentState.NOT_FOR_ME, AssignmentState.EXPIRED})


@dataclass(frozen=True, slots=True)
class Answerer:
    """One who was asked, and what came of it."""

    assignment: Assignment
    state: Text
    name: Text
    number: str  # of an organisation
    due: Text | None
    is_mine: bool
    why: Text | None = None  # why the routing rules chose them


@dataclass(frozen=True, slots=True)
class NeedPage:
    """What a need's page shows. What is deeper than the reader's class is not there at all."""

    state: Text  # as the desk calls it, or as the applicant reads it
    fields: Mapping[str, object]
    answerers: tuple[Answerer, ...]
    callbacks: tuple[CallBack, ...]
    similar: tuple[Need, ...]
    merged: tuple[Need, ...]  # needs handled together with this one
    due: Text | None
    is_overdue: bool
    questions: tuple[Question, ...] = ()  # to the applicant: for the desk, those who answer, and the applicant
    details: tuple[tuple[Text, Text], ...] = ()  # the answers to what the subject asks
    level: Text | None = None  # of the offices it was raised to
    is_desk: bool = False  # whether the reader works at the desk
    next: Text | None = None  # what happens next, as its applicant reads it


def page(need: Need, reader: Reader, depth: Secrecy) -> NeedPage:
    """The page of a need that the reader has opened, up to the class of fields the reader may read."""
    asked = assignments(need) if depth >= Secrecy.S1 else []
    is_desk = reader.reads_rows or need.in_charge_id == reader.user_id
    calls = callbacks(need) if is_desk and depth >= Secrecy.S2 else []
    # Once it is answered, the clock is the desk's own: calling back, closing.
    due_at = need.due_at if is_desk or (need.state in STEPS and depth >= Secrecy.S1) else None
    flow_state = NEED_FLOW.state(need.state)
    return NeedPage(
        state=flow_state.name if is_desk else flow_state.public_name,
        fields={name: getattr(need, name) for name, secrecy in need.secrecy.items() if secrecy <= depth},
        answerers=tuple(_answerers(need, asked, reader, depth, is_desk)),
        callbacks=tuple(calls),
        similar=tuple(similar(f"{need.title_zh} {need.title_en}", reader, apart_from=need.pk)) if is_desk else (),
        merged=tuple(visible_to(reader).filter(merged_into=need).order_by("pk")[:20]) if is_desk else (),
        due=said(due_at, reader.at),
        is_overdue=bool(due_at and due_at < reader.at),
        questions=tuple(questions(need)) if depth >= Secrecy.S2 else (),
        details=tuple(details_said(need.category, need.subject, need.details)) if depth >= Secrecy.S2 else (),
        level=_level(need) if depth >= Secrecy.S1 else None,
        is_desk=is_desk,
        next=next_step(need, asked, reader.at) if depth >= Secrecy.S3 and not is_desk else None,
    )


def _level(need: Need) -> Text | None:
    """The level of the offices to which a need was raised."""
    names = levels() if need.escalations else ()
    return names[min(need.escalations, len(names) - 1)] if names else None


def _answerers(need: Need, asked: list[Assignment], reader: Reader, depth: Secrecy, is_desk: bool) -> list[Answerer]:
    """The desk sees all; an assignee its own; the applicant the answers and who is at work on them."""
    found = [_answerer(row, reader, reader.at) for row in asked]
    if is_desk:
        return found
    if depth >= Secrecy.S3:
        return [one for one in found if one.assignment.state not in HIDDEN]
    return [one for one in found if one.is_mine]


def _answerer(row: Assignment, reader: Reader, at: datetime) -> Answerer:
    is_open = row.state in OPEN_ASSIGNMENT_STATES
    who = row.organisation or row.user
    return Answerer(
        assignment=row,
        state=AssignmentState(row.state).text,
        name=who.name,
        number=row.organisation.number if row.organisation else "",
        due=said(row.due_at, at) if is_open else None,
        is_mine=row.organisation_id in reader.organisation_ids or row.user_id == reader.user_id,
        why=either(row.why_en, row.why_zh) if row.why_en or row.why_zh else None,
    )
