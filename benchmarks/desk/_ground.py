"""The ground of the quarter: the pack of Hefei, forty offices with rules of their own, enterprises, an officer."""

from dataclasses import dataclass
from datetime import date, datetime

from grandunion.adapters.packs import find_pack, read_pack
from grandunion.records.lists import Term
from grandunion.records.parties import Membership, Organisation, User
from grandunion.terms.needs import Category
from grandunion.terms.parties import OrganisationKind
from grandunion.terms.readers import Reader, house
from grandunion.terms.roles import Role
from grandunion.terms.secrecy import Level
from grandunion.work.actions.lists import put_setting
from grandunion.work.actions.upkeep.packs import load_pack
from grandunion.work.queries.lists import setting
from grandunion.work.queries.parties import reader_of

OFFICES, COMPANIES = 40, 300
AREAS = ("core", "high_tech", "shushan", "iflytek_town")
LONG_AGO = date(2020, 1, 1)


@dataclass(frozen=True, slots=True)
class Ground:
    """Who acts in the quarter."""

    officer: User
    offices: dict[int, User]  # by the organisation's key
    companies: tuple[Organisation, ...]

    def as_officer(self, at: datetime) -> Reader:
        return reader_of(self.officer, at)

    def as_office(self, organisation_id: int, at: datetime) -> Reader:
        return reader_of(self.offices[organisation_id], at)


def lay(at: datetime) -> Ground:
    """Load the pack and make the forty offices; most categories of an area are with one office, with some overlap."""
    load_pack(read_pack(find_pack("hefei")), by=house(at), at=at)
    areas = {term.code: term for term in Term.objects.filter(list="areas")}
    offices = [_organisation(n, OrganisationKind.SERVICE, at, f"第{n}服务所", f"Office {n}") for n in range(OFFICES)]
    companies = tuple(
        _organisation(1000 + n, OrganisationKind.ENTERPRISE, at, f"企业{n}有限公司", f"Company {n}",
                      area=areas[AREAS[n % 4]], founded_on=date(2012 + n % 13, 1 + n % 12, 5),
                      staff_count=5 + n * 3 % 400)
        for n in range(COMPANIES)
    )  # fmt: skip
    put_setting("routes", [*_rules(offices), *_above()])
    accounts = {
        office.pk: _account(f"office{n}@desk.example", Role.PARTNER, office) for n, office in enumerate(offices)
    }
    return Ground(_account("officer@desk.example", Role.OFFICER, None), accounts, companies)


def _rules(offices: list[Organisation]) -> list[dict]:
    """Each category in each area has an automatic answerer; every fifth office also one wider rule by hand."""
    rows, codes = [], Category.codes()
    for place, office in enumerate(offices):
        area = AREAS[place % 4]
        mine = [code for n, code in enumerate(codes) if n % 10 == place // 4]
        rows.append(_rule(f"r{place}", office, {"categories": mine, "areas": [area]}, is_automatic=True))
        if place % 5 == 0:
            rows.append(_rule(f"w{place}", office, {"categories": mine}))
    return rows


def _rule(code: str, office: Organisation, condition: dict, *, is_automatic: bool = False) -> dict:
    return {
        "institution_zh": office.name_zh, "institution_en": office.name_en, "code": code, "organisation": office.number,
        "email": "", "level": 0, "capacity": 30, "is_automatic": is_automatic, "conditions": [condition],
    }  # fmt: skip


def _above() -> list[dict]:
    """The pack's own answerers of the higher levels."""
    return [row for row in setting("routes") or () if row["level"] > 0]


def _organisation(n: int, kind: OrganisationKind, at: datetime, zh: str, en: str, **more: object) -> Organisation:
    return Organisation.objects.create(
        number=f"ORG-2020-{n + 1:04d}", organisation_kind=kind, name_zh=zh, name_en=en, sort_key=en.lower(),
        level=Level.MEMBERS, created_at=at, updated_at=at, **more,
    )  # fmt: skip


def _account(email: str, role: Role, organisation: Organisation | None) -> User:
    user = User.objects.create(email=email, name_en=email.split("@")[0])
    Membership.objects.create(user=user, organisation=organisation, role=role, starts_on=LONG_AGO)
    return user
