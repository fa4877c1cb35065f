"""A hub in which every kind of record stands in every state, and its people."""

import pytest
from django.core.cache import cache
from django.db import connection
from pytest_django import Settings

from grandunion.adapters import index
from grandunion.engines import flows
from grandunion.records.parties import Organisation, User
from grandunion.terms.matches import Market
from grandunion.terms.needs import Category
from grandunion.terms.parties import OrganisationKind
from grandunion.terms.roles import Role
from grandunion.terms.secrecy import Level
from tests.cast import make_organisation, make_person, make_user
from tests.planting import plant


@pytest.fixture(autouse=True)
def _fresh_counts() -> None:
    """Nobody has tried anything yet; on PostgreSQL the counts go with the test's transaction."""
    if connection.vendor == "sqlite":
        cache.clear()


@pytest.fixture
def open_gate(settings: Settings) -> None:
    """Officers come in without a second factor."""
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def mine(db: None) -> Organisation:
    """The company that owns the world."""
    return make_organisation("Bo Robotics", OrganisationKind.ENTERPRISE, name_zh="博机器人有限公司")


@pytest.fixture
def world(mine: Organisation) -> list[str]:
    """The address of each kind of record in each of its states, all owned by one company."""
    addresses = [f"/w/organisations/{mine.number}/"]
    person = plant("person", 1, Level.MEMBERS).record
    addresses.append(f"/w/persons/{person.number}/")
    achievements = _in_every_state("achievement", flows.ACHIEVEMENT_FLOW, owner=mine)
    needs = _in_every_state("need", flows.NEED_FLOW, owner=mine, category=Category.TECHNOLOGY)
    pairs = [{"need": need, "achievement": one} for need, one in zip(needs, achievements, strict=False)]
    matches = _in_every_state("match", flows.MATCH_FLOW, pairs, owner=mine, market=Market.TECHNOLOGY)
    projects = _in_every_state("project", flows.PROJECT_FLOW, owner=mine, phase="matching")
    sections = {"achievements": achievements, "needs": needs, "matches": matches, "projects": projects}
    return addresses + [f"/w/{name}/{one.number}/" for name, rows in sections.items() for one in rows]


def _in_every_state(kind: str, flow: object, further: list[dict] | None = None, **values: object) -> list[object]:
    each = further or [{}] * len(flow.states)
    rows = [
        plant(kind, number, Level.ORGANISATION, state=state.code, **values, **more).record
        for number, (state, more) in enumerate(zip(flow.states, each, strict=False))
    ]
    for row in rows if hasattr(rows[0], "searched") else ():
        index.put(row.kind, row.pk, [getattr(row, name) for name in row.searched])
    return rows


@pytest.fixture
def people(mine: Organisation) -> dict[str, User]:
    """One account for each role; those who need an organisation belong to the one that owns the world."""
    hub = (Role.OFFICER, Role.PLANNER, Role.BUREAU, Role.ADMINISTRATOR)
    return {
        role.value: make_user(
            f"{role.value}@hub.example", role, None if role in hub else mine, person=make_person(f"Person {role.value}")
        )
        for role in Role
    }
