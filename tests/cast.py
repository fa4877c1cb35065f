"""The cast: Ada (officer), Bo (company), Chen (researcher), Dee (outsider), and how more people are made."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cache

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.db.models import Model
from django.test import Client

from grandunion.interfaces.kit.sessions import SessionStore
from grandunion.records.lists import Term
from grandunion.records.parties import Membership, Organisation, Person, User
from grandunion.terms.parties import OrganisationKind
from grandunion.terms.readers import Reader, house
from grandunion.terms.roles import Role
from grandunion.terms.secrecy import Level
from grandunion.work.queries.parties import reader_of

NOON = datetime(2026, 11, 18, 4, 0, tzinfo=UTC)  # a Wednesday, noon in Hefei
LONG_AGO = date(2020, 1, 1)
PASSWORD = "a-long-enough-password"  # noqa: S105 - of people who exist only here


@pytest.fixture
def noon() -> datetime:
    """The moment at which tests happen."""
    return NOON


@pytest.fixture
def operator(db: None) -> Reader:
    """The house itself."""
    return house(NOON)


def _rows_of(table: type[Model]) -> int:
    """How many there are, in SQL as it stands: tests number their organisations and persons thousands of times."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT COUNT(*) FROM "{table._meta.db_table}"')  # noqa: S608 - a table of ours
        return cursor.fetchone()[0]


def make_organisation(
    name: str, kind: OrganisationKind = OrganisationKind.ENTERPRISE, **values: object
) -> Organisation:
    """An organisation straight into its table, for tests about something else."""
    count = _rows_of(Organisation) + 1
    given = {
        "level": Level.MEMBERS,
        "number": f"ORG-2020-{count:04d}",
        "name_en": name,
        "name_zh": values.pop("name_zh", ""),
    }
    return Organisation.objects.create(
        organisation_kind=kind, created_at=NOON, updated_at=NOON, sort_key=name.lower(), **{**given, **values}
    )


def make_person(name_en: str, name_zh: str = "", **values: object) -> Person:
    """A person straight into the table."""
    count = _rows_of(Person) + 1
    return Person.objects.create(
        number=f"PER-2020-{count:04d}", name_en=name_en, name_zh=name_zh, created_at=NOON, updated_at=NOON, **values
    )


def make_user(
    email: str,
    role: Role | None,
    organisation: Organisation | None = None,
    *,
    person: Person | None = None,
    area: Term | None = None,
) -> User:
    """An account with one role, for the hub or for an organisation."""
    user = User(email=email, name_en=email.split("@")[0].title(), person=person, date_joined=NOON)
    user.password = _hashed()
    user.save()
    if role is not None:
        Membership.objects.create(user=user, organisation=organisation, role=role, area=area, starts_on=LONG_AGO)
    return user


@cache
def _hashed() -> str:
    """Everybody's password, hashed once: nobody compares two people's hashes."""
    return make_password(PASSWORD)


@pytest.fixture
def as_reader() -> Callable[[User], Reader]:
    """What a user is to the hub at noon."""
    return lambda user: reader_of(user, NOON)


@pytest.fixture
def ada_user(db: None) -> User:
    return make_user("ada@hub.example", Role.OFFICER)


@pytest.fixture
def ada(ada_user: User) -> Reader:
    """Ada, an officer of the hub for all areas."""
    return reader_of(ada_user, NOON)


@pytest.fixture
def bo_company(db: None) -> Organisation:
    return make_organisation("Bo Robotics", name_zh="博机器人有限公司")


@pytest.fixture
def bo_user(bo_company: Organisation) -> User:
    return make_user("bo@company.example", Role.ENTERPRISE, bo_company)


@pytest.fixture
def bo(bo_user: User) -> Reader:
    """Bo, who manages a company's affairs."""
    return reader_of(bo_user, NOON)


@pytest.fixture
def university(db: None) -> Organisation:
    return make_organisation("Test University", OrganisationKind.UNIVERSITY, name_zh="测试大学")


@pytest.fixture
def chen_person(db: None) -> Person:
    return make_person("Chen Jia", "陈佳")


@pytest.fixture
def chen_user(university: Organisation, chen_person: Person) -> User:
    return make_user("chen@university.example", Role.INVENTOR, university, person=chen_person)


@pytest.fixture
def chen(chen_user: User) -> Reader:
    """Chen, a researcher and inventor at a university."""
    return reader_of(chen_user, NOON)


@pytest.fixture
def office_user(university: Organisation) -> User:
    return make_user("office@university.example", Role.UNIVERSITY, university)


@pytest.fixture
def office(office_user: User) -> Reader:
    """The university's transfer office."""
    return reader_of(office_user, NOON)


@pytest.fixture
def dee_user(db: None) -> User:
    return make_user(
        "dee@elsewhere.example", Role.INVESTOR, make_organisation("Elsewhere Capital", OrganisationKind.INVESTOR)
    )


@pytest.fixture
def dee(dee_user: User) -> Reader:
    """Dee, an outsider: a member of the hub with nothing to do with the case."""
    return reader_of(dee_user, NOON)


def pytest_collection_finish() -> None:
    """`force_login` begins the session and nothing else; Django begins two, ends one and writes down the moment."""

    def let_in(self: Client, user: User, backend: str | None = None) -> None:
        session = SessionStore()
        session[SESSION_KEY], session[BACKEND_SESSION_KEY] = user._meta.pk.value_to_string(user), backend
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save(must_create=True)
        self.cookies[settings.SESSION_COOKIE_NAME] = session.session_key

    Client._login = let_in


@pytest.fixture
def sign_in() -> Callable[[User], Client]:
    """A browser in which the user has signed in, without the log-in page."""

    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return signed_in
