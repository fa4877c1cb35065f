"""Organisations through the API."""

from collections.abc import Mapping
from datetime import date, datetime

from ninja import Schema

from grandunion.interfaces.api import resources
from grandunion.interfaces.api.described import Bilingual
from grandunion.interfaces.api.fields import Amount, Body, Count, Day, Share, YesNo, numbered, term, text
from grandunion.interfaces.api.resources import Deed, Resource
from grandunion.terms.parties import NameKind, OrganisationKind, OrganisationStatus, PersonRole, Size
from grandunion.terms.readers import Reader
from grandunion.terms.secrecy import Level
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Verdict
from grandunion.work.actions.parties import merging, organisations, persons
from grandunion.work.permissions import parties as permissions
from grandunion.work.queries import parties


class OrganisationEdit(Body):
    """What of an organisation can be set; an organisation sets its own names, contact and figures only."""

    name_zh: text(200) = ""
    name_en: text(200) = ""
    short_name_zh: text(100) = ""
    short_name_en: text(100) = ""
    sort_key: text(300) = ""
    level: Level = Level.MEMBERS
    credit_code: text(18) = ""
    ror: text(40) = ""
    stock_symbol: text(20) = ""
    country: text(2) = ""
    region: term("regions") = ""
    city: text(100) = ""
    area: term("areas") = ""
    industry: term("industries") = ""
    size: Size | None = None
    founded_on: Day = None
    incorporated_on: Day = None
    landed_on: Day = None
    website: text(300) = ""
    summary_zh: text() = ""
    summary_en: text() = ""
    registered_capital: Amount | None = None
    staff_count: Count | None = None
    contact_name: text(100) = ""
    contact_email: text(254) = ""
    contact_phone: text(40) = ""
    source_kind: text(60) = ""
    source_ref: text(200) = ""
    source_note: text(300) = ""


class OrganisationCreate(OrganisationEdit):
    """A new organisation; `is_confirmed` says that one of nearly the same name is another one."""

    organisation_kind: OrganisationKind
    is_confirmed: YesNo = False


class Incorporation(Body):
    """A team becomes a company."""

    credit_code: text(18)
    name_zh: text(200) = ""
    name_en: text(200) = ""
    incorporated_on: Day = None
    registered_capital: Amount | None = None
    area: term("areas") = ""


class Closing(Body):
    """Why the organisation is no more."""

    reason: text(300)


class Merging(Body):
    """The record that is the same organisation."""

    absorbed: numbered(Text("the other organisation", "另一家单位"), "ORG-2026-0007")


class FurtherName(Body):
    """A further name."""

    name: text(200)
    name_kind: NameKind = NameKind.ALIAS


class Label(Body):
    """A recognition of a year."""

    label: term("labels")
    year: Count
    definition: text(200) = ""
    starts_on: Day = None
    ends_on: Day = None


class Ending(Body):
    """From which day on it is so no more."""

    ends_on: date


class Placing(Body):
    """What a person is at the organisation."""

    person: numbered(Text("the person", "人员"), "PER-2026-0007")
    role: PersonRole
    starts_on: Day
    ends_on: Day = None
    share_percent: Share | None = None
    is_full_time: YesNo | None = None


class NameOut(Schema):
    """A further name."""

    id: int
    name: str
    name_kind: NameKind
    until: date | None


class LabelOut(Schema):
    """A recognition."""

    id: int
    label: str
    name: Bilingual
    year: int
    definition: str
    starts_on: date | None
    ends_on: date | None


class PositionOut(Schema):
    """What somebody is at an organisation."""

    id: int
    person: str
    organisation: str
    name: Bilingual
    role: PersonRole
    starts_on: date
    ends_on: date | None


class OrganisationParts(Schema):
    """What belongs to an organisation."""

    names: list[NameOut]
    labels: list[LabelOut]
    positions: list[PositionOut]
    absorbed: list[str]


def _parts(reader: Reader, record: object) -> dict[str, object]:
    page = parties.organisation_page(record, reader)
    return {
        "names": [resources.told(row, NameOut) for row in page.names],
        "labels": [
            {**resources.told(row, LabelOut, but=("label", "name")), "label": row.label.code, "name": row.label.name}
            for row in page.labels
        ],
        "positions": [position(row, record.number, row.person.number, row.person.name) for row in page.positions],
        "absorbed": page.absorbed,
    }


def position(row: object, organisation: str, person: str, name: Text) -> dict[str, object]:
    """A position as the pages of both sides show it."""
    told = resources.told(row, PositionOut, but=("person", "organisation", "name"))
    return {**told, "person": person, "organisation": organisation, "name": name}


def _create(values: dict, *, by: Reader, at: datetime, key: str) -> object:
    is_confirmed = values.pop("is_confirmed", False)
    return organisations.create(values, by=by, at=at, key=key, is_confirmed=is_confirmed)


def _merge(record: object, *, absorbed: str, by: Reader, at: datetime) -> object:
    return merging.merge(record, resources.linked("absorbed", absorbed, parties.organisation, by), by=by, at=at)


def _place(record: object, *, person: str, by: Reader, at: datetime, **values: object) -> object:
    found = resources.linked("person", person, parties.person, by)
    return persons.place(found, record, by=by, at=at, **values)


def _label(record: object, *, by: Reader, at: datetime, **values: object) -> object:
    return organisations.add_label(record, by=by, at=at, **values)


def _name(record: object, *, name: str, by: Reader, at: datetime, name_kind: str = NameKind.ALIAS) -> object:
    return organisations.add_name(record, name, NameKind(name_kind), by=by, at=at)


def _end_label(record: object, child: int, **values: object) -> object:
    return organisations.end_label(record, child, **values)


def _offers(reader: Reader, record: object) -> list[tuple[object, Verdict]]:
    found = permissions.offers(reader, record)
    return [(resources.Named(code, MOVES[code].label), found[code]) for code in MOVES if code in found]


MOVES: Mapping[str, Deed] = {
    "incorporate": Deed("moves/incorporate", Text("Register as a company", "登记为企业"), organisations.incorporate,
                        Incorporation),
    "close": Deed("moves/close", Text("Close", "注销"), organisations.close, Closing, has_version=True),
    "reopen": Deed("moves/reopen", Text("Take the closing back", "撤销注销"), organisations.reopen),
}  # fmt: skip
DEEDS = (
    Deed("merge", Text("Merge another record into it", "合并其他记录"), _merge, Merging),
    Deed("names", Text("Add a further name", "新增名称"), _name, FurtherName),
    Deed("names/{int:child}", Text("Take a further name away", "删除名称"), organisations.remove_name, method="DELETE"),
    Deed("labels", Text("Record a recognition", "登记资质"), _label, Label),
    Deed("labels/{int:child}/end", Text("End a recognition", "终止资质"), _end_label, Ending),
    Deed("positions", Text("Say what a person is there", "登记任职"), _place, Placing),
    Deed("positions/{int:child}/end", Text("End a position", "终止任职"), persons.end_position, Ending),
)
ORGANISATIONS = Resource(
    Text("Organisation", "单位"), parties.ORGANISATION_LISTING, parties.organisation,
    words={"organisation_kind": OrganisationKind, "status": OrganisationStatus, "level": Level}, offers=_offers,
    is_made_whole=True,
)  # fmt: skip
router = resources.router_of(ORGANISATIONS, MOVES)
resources.creates(router, ORGANISATIONS, OrganisationCreate, _create)
resources.edits(router, ORGANISATIONS, OrganisationEdit, organisations.edit)
resources.reads_parts(router, ORGANISATIONS, _parts, OrganisationParts)
for deed in (*MOVES.values(), *DEEDS):
    resources.does(router, ORGANISATIONS, deed)
