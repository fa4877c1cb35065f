"""The sections of a pack for the need desk: limits, questions, who answers what, and which offices are watched."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated

from grandunion.adapters.packs.desk import Desk
from grandunion.adapters.packs.facts import (
    code,
    day,
    flag,
    number,
    one,
    one_of,
    pair,
    refers,
    refers_all,
    rows,
    some_of,
    text,
    verified,
    whole,
)
from grandunion.adapters.packs.sheets import Node
from grandunion.terms.needs import (
    REPLY_MOVES,
    REPLY_PLACES,
    Category,
    Correction,
    LimitUnit,
    NoteKind,
    QuestionKind,
    Stage,
    Urgency,
    WatchMeasure,
)
from grandunion.terms.text import Text


@dataclass(frozen=True, slots=True)
class Limit:
    """How long one step of a case may take, and what its clock does once the enterprise has answered a question."""

    step: Annotated[str, text()]
    name: Annotated[Text, pair("")]
    within: Annotated[int, whole(required=True)]
    unit: Annotated[LimitUnit, one_of(LimitUnit)]
    on_correction: Annotated[Correction, one_of(Correction, required=False, empty=Correction.CONTINUE)]


@dataclass(frozen=True, slots=True)
class ServiceLevel:
    """A set of limits for the need desk."""

    code: Annotated[str, code()]
    name: Annotated[Text, pair()]
    limits: Annotated[tuple[Limit, ...], rows(Limit, required=True)]
    source: Annotated[str, refers("sources")]
    verified_on: Annotated[date | None, verified()]


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to choose."""

    code: Annotated[str, code()]
    name: Annotated[Text, pair("")]


@dataclass(frozen=True, slots=True)
class SubjectQuestion:
    """What a need of a subject is asked besides its description."""

    code: Annotated[str, code()]
    name: Annotated[Text, pair("")]
    kind: Annotated[QuestionKind, one_of(QuestionKind)]
    is_required: Annotated[bool, flag()]
    choices: Annotated[tuple[Choice, ...], rows(Choice)]


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows whom an institution, an office or an expert answers; what is left out narrows nothing."""

    categories: Annotated[tuple[Category, ...], some_of(Category)]
    subjects: Annotated[tuple[str, ...], refers_all("list:need_subjects")]
    areas: Annotated[tuple[str, ...], refers_all("areas")]
    industries: Annotated[tuple[str, ...], refers_all("list:industries")]
    industries_out: Annotated[tuple[str, ...], refers_all("list:industries")]
    stages: Annotated[tuple[Stage, ...], some_of(Stage)]
    age_least: Annotated[int | None, whole()]
    age_most: Annotated[int | None, whole()]
    headcount_least: Annotated[int | None, whole()]
    headcount_most: Annotated[int | None, whole()]


@dataclass(frozen=True, slots=True)
class Expert(Filters):
    """Somebody of an office who answers in person, by the account's address."""

    code: Annotated[str, code()]
    email: Annotated[str, text()]
    is_automatic: Annotated[bool, flag()]


@dataclass(frozen=True, slots=True)
class AnsweringOffice(Filters):
    """An organisation that answers: at which level, how much at once, and whether the house may ask it by itself."""

    code: Annotated[str, code()]
    organisation: Annotated[str, refers("organisations")]
    level: Annotated[int, whole(empty=0)]
    capacity: Annotated[int | None, whole()]
    is_automatic: Annotated[bool, flag()]
    experts: Annotated[tuple[Expert, ...], rows(Expert, section="routes")]


@dataclass(frozen=True, slots=True)
class Institution(Filters):
    """An institution with its offices; what it does not answer none of its offices does."""

    code: Annotated[str, code()]
    name: Annotated[Text, pair("")]
    source: Annotated[str, refers("sources")]
    verified_on: Annotated[date | None, day()]
    offices: Annotated[tuple[AnsweringOffice, ...], rows(AnsweringOffice, required=True, section="routes")]


@dataclass(frozen=True, slots=True)
class OfficeLevel:
    """One level of the tree of offices; a need that is raised goes one level up."""

    level: Annotated[int, whole(required=True)]
    name: Annotated[Text, pair("")]


@dataclass(frozen=True, slots=True)
class CategoryService:
    """The service level of one category, where it is not the hub's."""

    category: Annotated[Category, one_of(Category)]
    service_level: Annotated[str, refers("service_levels")]


@dataclass(frozen=True, slots=True)
class Threshold:
    """A published threshold of the watch-list, and the least number of cases it says anything about."""

    code: Annotated[str, code()]
    measure: Annotated[WatchMeasure, one_of(WatchMeasure)]
    value: Annotated[Decimal, number(required=True)]
    minimum: Annotated[int, whole(required=True)]


@dataclass(frozen=True, slots=True)
class Watching:
    """How offices are watched: over how many days, by which thresholds, published when."""

    days: Annotated[int, whole(required=True)]
    published_on: Annotated[date | None, day()]
    thresholds: Annotated[tuple[Threshold, ...], rows(Threshold, required=True, section="thresholds")]


@dataclass(frozen=True, slots=True)
class PreparedReply:
    """What the desk does often, in one go: fields to set, words to write, whom to ask, which move to make."""

    code: Annotated[str, code()]
    name: Annotated[Text, pair("")]
    category: Annotated[Category | None, one_of(Category, required=False)]
    urgency: Annotated[Urgency | None, one_of(Urgency, required=False)]
    takes: Annotated[bool, flag()]
    note_kind: Annotated[NoteKind | None, one_of(NoteKind, required=False)]
    text: Annotated[Text | None, pair(required=False)]
    organisation: Annotated[str, refers("organisations", required=False)]
    move: Annotated[str, text(required=False)]


@dataclass(frozen=True, slots=True)
class DeskRules:
    """How the need desk works by itself."""

    is_automatic: Annotated[bool, flag()]
    capacity: Annotated[int | None, whole()]
    escalate_after: Annotated[Limit | None, one(Limit)]
    first_call_days: Annotated[int, whole(empty=10)]
    second_call_months: Annotated[int, whole(empty=5)]
    archive_after_days: Annotated[int, whole(empty=365)]
    remind_draft_after_days: Annotated[int, whole(empty=3)]
    services: Annotated[tuple[CategoryService, ...], rows(CategoryService)]
    watch: Annotated[Watching, one(Watching, required=True)]
    macros: Annotated[tuple[PreparedReply, ...], rows(PreparedReply, section="macros")]
    source: Annotated[str, refers("sources", required=False)]
    verified_on: Annotated[date | None, day()]


PLACE = re.compile(r"\{([a-z_]{1,20})\}")
SPANS = (("age_least", "age_most"), ("headcount_least", "headcount_most"))


def check_service(
    levels: tuple[OfficeLevel, ...], institutions: tuple[Institution, ...], rules: DeskRules, desk: Desk
) -> None:
    """What the desk's sections say must make sense together."""
    numbers = [row.level for row in levels]
    if numbers != list(range(len(numbers))):
        desk.complain(
            Node({}, "routes.yaml", 1), "levels: number them 0, 1, 2 … in order.", "levels：请按 0、1、2…… 依次编号。"
        )
    for institution in institutions:
        place = desk.codes["institutions"][institution.code]
        _check_spans(institution, place, desk)
        for office in institution.offices:
            _check_office(office, numbers, desk)
    for reply in rules.macros:
        _check_reply(reply, desk.codes["macros"][reply.code], desk)
    categories = [row.category for row in rules.services]
    for twice in sorted({found for found in categories if categories.count(found) > 1}):
        desk.complain(Node({}, "desk.yaml", 1), f"services: “{twice}” stands twice.", f"services：“{twice}”重复。")


def _check_reply(reply: PreparedReply, place: Node, desk: Desk) -> None:
    """A prepared reply makes a move that it can make, and its text has only places that are filled."""
    if reply.move and reply.move not in REPLY_MOVES:
        known = ", ".join(sorted(REPLY_MOVES))
        desk.complain(place, f"move: write one of {known}.", f"move：可填 {known}。")
    words = f"{reply.text.zh}{reply.text.en}" if reply.text else ""
    if strange := sorted(set(PLACE.findall(words)) - REPLY_PLACES):
        desk.complain(
            place, f"text: nothing fills {', '.join(strange)}.", f"text：占位符 {'、'.join(strange)} 无法替换。"
        )


def _check_office(office: AnsweringOffice, numbers: list[int], desk: Desk) -> None:
    place = desk.codes["routes"][office.code]
    _check_spans(office, place, desk)
    if office.level not in numbers:
        desk.complain(
            place, f"level {office.level} is none of the levels above.", f"level {office.level} 不在 levels 之内。"
        )
    if office.capacity is not None and office.capacity < 1:
        desk.complain(place, "capacity: write a number from 1 on.", "capacity：请填写不小于 1 的数。")
    for expert in office.experts:
        _check_spans(expert, desk.codes["routes"][expert.code], desk)


def _check_spans(filters: Filters, place: Node, desk: Desk) -> None:
    for low, high in SPANS:
        least, most = getattr(filters, low), getattr(filters, high)
        if least is not None and most is not None and most < least:
            desk.complain(place, f"{high} lies below {low}. Exchange the two.", f"{high} 小于 {low}，请对调。")
    if both := sorted(set(filters.industries) & set(filters.industries_out)):
        desk.complain(place, f"“{both[0]}” is both in and out.", f"“{both[0]}”同时被纳入和排除。")
