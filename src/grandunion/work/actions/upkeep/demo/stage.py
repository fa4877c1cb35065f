"""The stage of the demonstration: the records its rows have become, and the people who act."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import QuerySet

from grandunion.adapters.packs import Demo
from grandunion.records.achievements import Achievement
from grandunion.records.events import Event
from grandunion.records.lists import Term
from grandunion.records.matches import Match, Offer, Round, Tie
from grandunion.records.needs import Issue, Need
from grandunion.records.parties import Organisation, Person, User
from grandunion.records.plans import Plan, Return, Target, WorkReport
from grandunion.records.projects import Project
from grandunion.records.scenarios import Capability, Challenge, Opportunity
from grandunion.terms.readers import Reader, house
from grandunion.terms.roles import HUB_ROLES, Role
from grandunion.terms.text import Text
from grandunion.work.actions.upkeep.demo.diary import Diary
from grandunion.work.queries.base import kept
from grandunion.work.queries.parties import reader_of

RECORDS = {
    "organisation": Organisation, "person": Person, "achievement": Achievement, "need": Need, "issue": Issue,
    "match": Match, "offer": Offer, "round": Round, "tie": Tie, "project": Project, "event": Event,
    "capability": Capability, "opportunity": Opportunity, "challenge": Challenge,
    "return": Return, "work_report": WorkReport,
}  # fmt: skip
OPEN = {"plan": Plan, "target": Target}  # everybody may read their tables
OFFICER = "officer"


@dataclass
class Stage:
    """Codes of the set to the ids of their records; `terms` are the hub's terms by list and code."""

    demo: Demo
    diary: Diary
    ids: dict[tuple[str, str], int] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    terms: dict[tuple[str, str], Term] = field(default_factory=dict)

    def put(self, kind: str, code: str, record: object) -> None:
        """Remember what a row of the set has become."""
        self.ids[kind, code] = record.pk

    def get(self, kind: str, code: str) -> object:
        """The record of a code, read anew: somebody may have changed it since."""
        (record,) = kept.of(_rows, [self.ids[kind, code]], kind)
        return record

    def some(self, kind: str, code: str) -> object | None:
        """The record of a code that may be empty."""
        return self.get(kind, code) if code else None

    def term(self, list_code: str, code: str) -> Term | None:
        return self.terms[list_code, code] if code else None

    def as_(self, account: str, at: datetime) -> Reader:
        """Who holds an account, at the moment."""
        return reader_of(self.users[account], at)

    def officer(self, at: datetime) -> Reader:
        """The hub's first officer."""
        return self.as_(OFFICER, at)

    def house(self, at: datetime) -> Reader:
        return house(at)

    def account_of_person(self, person: str) -> str:
        """The account a person of the set signs in with, or nothing."""
        return next((one.code for one in self.demo.accounts if one.person == person), "")

    def account_at(self, organisation: str, *roles: Role) -> str:
        """An account that manages the affairs of an organisation, or nothing."""
        for one in self.demo.accounts:
            is_theirs = one.organisation == organisation and one.role not in (*HUB_ROLES, Role.INVENTOR, Role.STUDENT)
            if organisation and is_theirs and (not roles or one.role in roles):
                return one.code
        return ""


def _rows(ids: list[int], kind: str) -> QuerySet:
    if kind in OPEN:
        return OPEN[kind].objects.filter(pk__in=ids)
    rows = RECORDS[kind].objects.unscoped("the demonstration acts on the records it has made itself")
    return rows.filter(pk__in=ids)


def written(text: Text | None) -> str:
    """What somebody of the hub wrote: in one language, Chinese where the demonstration has it."""
    return (text.zh or text.en) if text else ""


def both(text: Text | None, between: str = "\n") -> str:
    """What is kept where a record has one field for both languages."""
    return between.join(dict.fromkeys(part for part in (text.zh, text.en) if part)) if text else ""
