"""Persons through the API."""

from datetime import datetime

from ninja import Schema

from grandunion.interfaces.api import resources
from grandunion.interfaces.api.fields import Body, text
from grandunion.interfaces.api.organisations import PositionOut, position
from grandunion.interfaces.api.resources import Resource
from grandunion.terms.readers import Reader
from grandunion.terms.secrecy import Level
from grandunion.terms.text import Text
from grandunion.work.actions.parties import persons
from grandunion.work.queries import parties


class PersonBody(Body):
    """What of a person can be set."""

    name_zh: text(100) = ""
    name_en: text(100) = ""
    sort_key: text(200) = ""
    title_zh: text(100) = ""
    title_en: text(100) = ""
    affiliation: text(200) = ""
    orcid: text(40) = ""
    expertise: text(500) = ""
    email: text(254) = ""
    phone: text(40) = ""
    level: Level = Level.MEMBERS
    source_kind: text(60) = ""
    source_ref: text(200) = ""
    source_note: text(300) = ""


class PersonParts(Schema):
    """What belongs to a person."""

    positions: list[PositionOut]


def _parts(reader: Reader, record: object) -> dict[str, object]:
    rows = parties.person_page(record, reader).positions
    return {"positions": [position(row, row.organisation.number, record.number, row.organisation.name) for row in rows]}


def _create(values: dict, *, by: Reader, at: datetime, key: str) -> object:
    return persons.create(values, by=by, at=at, key=key)


PERSONS = Resource(Text("Person", "人员"), parties.PERSON_LISTING, parties.person, words={"level": Level})
router = resources.router_of(PERSONS, {})
resources.creates(router, PERSONS, PersonBody, _create)
resources.edits(router, PERSONS, PersonBody, persons.edit)
resources.reads_parts(router, PERSONS, _parts, PersonParts)
