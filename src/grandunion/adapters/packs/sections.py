"""The sections of a pack, one frozen class for each kind of row."""

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Annotated

from grandunion.adapters.packs.facts import (
    Clock,
    Plain,
    Several,
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
    strings,
    text,
    verified,
    whole,
)
from grandunion.adapters.packs.indicators import Indicator
from grandunion.adapters.packs.reports import ReportTemplate
from grandunion.adapters.packs.returns import Returns
from grandunion.adapters.packs.service import (
    DeskRules,
    Institution,
    Limit,
    OfficeLevel,
    ServiceLevel,
    SubjectQuestion,
)
from grandunion.adapters.packs.views import Licence, View
from grandunion.terms.claims import Abroad, ClaimStage, Language, Medium, Thing
from grandunion.terms.parties import OrganisationKind
from grandunion.terms.plans import (
    Operator,
    Qualifier,
    Scope,
)
from grandunion.terms.programmes import Knowledge
from grandunion.terms.targets import SplitAlong, SplitMethod
from grandunion.terms.text import Text, Word


class ChineseName(Word):
    """How sure a Chinese name is that the English documents do not give."""

    PUBLISHED = "published", "Read in a source", "见于公开来源"
    OFFICIAL = "official", "Well-known official name", "通行官方名称"
    UNVERIFIED = "unverified", "Unverified translation", "待核实译名"


class AreaStatus(Word):
    """Whether an area is open or still planned."""

    OPEN = "open", "Open", "已启用"
    PLANNED = "planned", "Planned", "规划中"


@dataclass(frozen=True, slots=True)
class Source:
    """A published document that rows refer to."""

    code: Annotated[str, code()]
    title: Annotated[Text, pair()]
    publisher: Annotated[Text | None, pair(required=False)]
    published_on: Annotated[date | None, day()]
    address: Annotated[str, text(required=False)]
    note: Annotated[Text | None, pair(required=False)]
    is_news: Annotated[bool, flag()]


@dataclass(frozen=True, slots=True)
class Naming:
    """What the hub is called."""

    name: Annotated[Text, pair("")]
    source: Annotated[str, refers("sources")]
    verified_on: Annotated[date | None, verified()]


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """When the hub works; weekdays 1 Monday to 7 Sunday."""

    opens: Annotated[time, Clock()]
    closes: Annotated[time, Clock()]
    weekdays: Annotated[tuple[int, ...], Several(of=Plain(type=int))]
    source: Annotated[str, refers("sources")]
    verified_on: Annotated[date | None, verified()]


@dataclass(frozen=True, slots=True)
class Land:
    """How much land the hub covers."""

    square_kilometres: Annotated[Decimal, number(required=True)]
    note: Annotated[Text | None, pair(required=False)]
    source: Annotated[str, refers("sources")]
    verified_on: Annotated[date | None, verified()]


@dataclass(frozen=True, slots=True)
class Hub:
    """The hub itself."""

    code: Annotated[str, code()]
    zone: Annotated[str, text()]
    currency: Annotated[str, text()]
    languages: Annotated[tuple[str, ...], strings()]
    country: Annotated[str, text()]
    region: Annotated[str, refers("list:regions")]
    operator: Annotated[str, refers("organisations")]
    service_level: Annotated[str, refers("service_levels")]
    name: Annotated[Naming, one(Naming, required=True)]
    other_name: Annotated[Naming | None, one(Naming)]
    summary: Annotated[Naming, one(Naming, required=True)]
    office_hours: Annotated[OfficeHours, one(OfficeHours, required=True)]
    land: Annotated[Land | None, one(Land)]
    open_data: Annotated[Licence | None, one(Licence)]
    event_retention_days: Annotated[int, whole(empty=365)]  # names and contacts of an event's guests
    event_action_days: Annotated[int, whole(empty=30)]  # until what was promised at an event is due


@dataclass(frozen=True, slots=True)
class Area:
    """A part of the hub on the map."""

    code: Annotated[str, code()]
    name: Annotated[Text, pair()]
    status: Annotated[AreaStatus, one_of(AreaStatus)]
    district: Annotated[str, refers("list:regions", required=False)]
    square_kilometres: Annotated[Decimal | None, number()]
    summary: Annotated[Text | None, pair(required=False)]
    source: Annotated[str, refers("sources")]
    verified_on: Annotated[date | None, verified()]


@dataclass(frozen=True, slots=True)
class ListTerm:
    """A term of a list; an organisation label also has an issuer and a year, a subject of needs its questions."""

    code: Annotated[str, code()]
    name: Annotated[Text, pair("")]
    parent: Annotated[str, text(required=False)]
    help: Annotated[Text | None, pair(required=False)]
    issuer: Annotated[Text | None, pair(required=False)]
    year: Annotated[int | None, whole()]
    questions: Annotated[tuple[SubjectQuestion, ...], rows(SubjectQuestion)]
    retired_on: Annotated[date | None, day()]
    source: Annotated[str, refers("sources")]
    verified_on: Annotated[date | None, verified()]


@dataclass(frozen=True, slots=True)
class TermList:
    """A list of reference terms in their order."""

    code: Annotated[str, code()]
    name: Annotated[Text, pair("")]
    source: Annotated[str, refers("sources", required=False)]
    verified_on: Annotated[date | None, day()]
    terms: Annotated[tuple[ListTerm, ...], rows(ListTerm, required=True)]


@dataclass(frozen=True, slots=True)
class NamedOrganisation:
    """An organisation named in a document, with how sure its Chinese name is (`zh_source`)."""

    code: Annotated[str, code()]
    name: Annotated[Text, pair()]
    short_name: Annotated[Text | None, pair(required=False)]
    kind: Annotated[OrganisationKind, one_of(OrganisationKind)]
    parent: Annotated[str, refers("organisations", required=False)]
    area: Annotated[str, refers("areas", required=False)]
    region: Annotated[str, refers("list:regions", required=False)]
    ror: Annotated[str, text(required=False)]
    stock_symbol: Annotated[str, text(required=False)]
    website: Annotated[str, text(required=False)]
    summary: Annotated[Text | None, pair(required=False)]
    zh_source: Annotated[ChineseName, one_of(ChineseName)]
    source: Annotated[str, refers("sources")]
    verified_on: Annotated[date | None, verified()]


@dataclass(frozen=True, slots=True)
class Office:
    """A public office and who held it, as published."""

    code: Annotated[str, code()]
    title: Annotated[Text, pair()]
    holder: Annotated[Text, pair()]
    organisation: Annotated[str, refers("organisations")]
    as_of: Annotated[date, day(required=True)]
    zh_source: Annotated[ChineseName, one_of(ChineseName)]
    source: Annotated[str, refers("sources")]
    verified_on: Annotated[date | None, verified()]


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme or policy named in a document."""

    code: Annotated[str, code()]
    name: Annotated[Text, pair()]
    summary: Annotated[Text, pair()]
    organisation: Annotated[str, refers("organisations", required=False)]
    known: Annotated[Knowledge, one_of(Knowledge)]
    cap: Annotated[Decimal | None, number()]
    currency: Annotated[str, text(required=False)]
    cap_note: Annotated[Text | None, pair(required=False)]
    valid_from: Annotated[date | None, day()]
    source: Annotated[str, refers("sources")]
    verified_on: Annotated[date | None, verified()]


@dataclass(frozen=True, slots=True)
class Target:
    """What a plan wants; a target in words has neither operator nor value."""

    code: Annotated[str, code()]
    indicator: Annotated[str, refers("indicators")]
    parent: Annotated[str, refers("targets", required=False)]
    scope: Annotated[Scope, one_of(Scope)]
    area: Annotated[str, refers("areas", required=False)]
    region: Annotated[str, refers("list:regions", required=False)]
    split_method: Annotated[SplitMethod | None, one_of(SplitMethod, required=False)]
    split_along: Annotated[SplitAlong | None, one_of(SplitAlong, required=False)]
    deadline: Annotated[date | None, day()]
    operator: Annotated[Operator | None, one_of(Operator, required=False)]
    value: Annotated[Decimal | None, number()]
    unit: Annotated[Text | None, pair(required=False)]
    wording: Annotated[Text, pair()]
    original: Annotated[Language, one_of(Language)]
    place: Annotated[Text | None, pair(required=False)]
    source: Annotated[str, refers("sources")]
    verified_on: Annotated[date | None, verified()]


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan or a year's commitments, and the document that states it."""

    code: Annotated[str, code()]
    name: Annotated[Text, pair()]
    issuer: Annotated[str, refers("organisations")]
    source: Annotated[str, refers("sources")]
    verified_on: Annotated[date | None, verified()]
    targets: Annotated[tuple[Target, ...], rows(Target, required=True, section="targets")]


@dataclass(frozen=True, slots=True)
class Claim:
    """A published figure with its qualifier, its level, its time and its source."""

    code: Annotated[str, code()]
    indicator: Annotated[str, refers("indicators")]
    level: Annotated[Scope, one_of(Scope)]
    area: Annotated[str, refers("areas", required=False)]
    qualifier: Annotated[Qualifier, one_of(Qualifier)]
    value: Annotated[Decimal, number(required=True)]
    unit: Annotated[Text, pair()]
    period: Annotated[str, text(required=False)]
    as_of: Annotated[date | None, day()]
    wording: Annotated[Text, pair()]
    original: Annotated[Language, one_of(Language)]
    place: Annotated[str, text(required=False)]
    thing: Annotated[Thing | None, one_of(Thing, required=False)]
    stage: Annotated[ClaimStage | None, one_of(ClaimStage, required=False)]
    medium: Annotated[Medium | None, one_of(Medium, required=False)]
    abroad: Annotated[Abroad | None, one_of(Abroad, required=False)]
    whole: Annotated[str, text(required=False)]
    source: Annotated[str, refers("sources")]
    verified_on: Annotated[date | None, verified()]


@dataclass(frozen=True, slots=True)
class Concept:
    """What an indicator is about: its family, and the facets that tell its figures from others of the family."""

    indicator: Annotated[str, refers("indicators")]
    family: Annotated[str, refers("list:figure_families")]
    thing: Annotated[Thing | None, one_of(Thing, required=False)]
    stage: Annotated[ClaimStage | None, one_of(ClaimStage, required=False)]
    medium: Annotated[Medium | None, one_of(Medium, required=False)]
    abroad: Annotated[Abroad | None, one_of(Abroad, required=False)]
    whole: Annotated[str, text(required=False)]
    source: Annotated[str, refers("sources")]
    verified_on: Annotated[date | None, verified()]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Claims that do not agree, and why."""

    code: Annotated[str, code()]
    name: Annotated[Text, pair()]
    claims: Annotated[tuple[str, ...], refers_all("claims")]
    cause: Annotated[Text, pair()]


@dataclass(frozen=True, slots=True)
class Holiday:
    """A span of days on which the hub is closed; both days belong to it."""

    name: Annotated[Text, pair("")]
    starts_on: Annotated[date, day(required=True)]
    ends_on: Annotated[date, day(required=True)]
    source: Annotated[str, refers("sources")]
    verified_on: Annotated[date | None, verified()]


@dataclass(frozen=True, slots=True)
class WorkingWeekend:
    """A Saturday or Sunday on which the hub works."""

    on: Annotated[date, day(required=True)]
    source: Annotated[str, refers("sources")]
    verified_on: Annotated[date | None, verified()]


@dataclass(frozen=True, slots=True)
class Calendar:
    """Public holidays and working weekends, and until when they are known."""

    known_until: Annotated[date, day(required=True)]
    verified_on: Annotated[date | None, day()]
    note: Annotated[Text | None, pair(required=False)]
    holidays: Annotated[tuple[Holiday, ...], rows(Holiday, required=True)]
    working_weekends: Annotated[tuple[WorkingWeekend, ...], rows(WorkingWeekend)]


@dataclass(frozen=True, slots=True)
class Pack:
    """Everything particular to one hub."""

    hub: Hub
    sources: tuple[Source, ...]
    areas: tuple[Area, ...]
    lists: tuple[TermList, ...]
    organisations: tuple[NamedOrganisation, ...]
    offices: tuple[Office, ...]
    programmes: tuple[Programme, ...]
    indicators: tuple[Indicator, ...]
    plans: tuple[Plan, ...]
    claims: tuple[Claim, ...]
    concepts: tuple[Concept, ...]
    disagreements: tuple[Disagreement, ...]
    calendar: Calendar
    service_levels: tuple[ServiceLevel, ...]
    reminders: tuple[Limit, ...]
    levels: tuple[OfficeLevel, ...]
    institutions: tuple[Institution, ...]
    desk: DeskRules
    views: tuple[View, ...]
    reports: tuple[ReportTemplate, ...]
    returns: Returns

    @property
    def code(self) -> str:
        return self.hub.code

    def term_list(self, code: str) -> TermList:
        """The list of this code; KeyError when the pack has none."""
        return {found.code: found for found in self.lists}[code]
