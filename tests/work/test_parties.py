"""Organisations and persons: created, edited, warned of, incorporated, merged; each deed judged."""

from datetime import date

import pytest

from grandunion.records.parties import Organisation
from grandunion.terms.identifiers import credit_check
from grandunion.terms.parties import NameKind, OrganisationKind
from grandunion.terms.readers import Reader
from grandunion.terms.secrecy import Level
from grandunion.terms.verdicts import Forbidden, Invalid, Refused, Stale
from grandunion.work.actions.parties import incorporate, organisations
from grandunion.work.queries.parties import organisation, organisation_page
from tests.cast import NOON

pytestmark = pytest.mark.django_db


def code_of(place: int) -> str:
    """A credit code with a true check character."""
    first = f"91340100MA{place:07d}"
    return first + credit_check(first)


def new(by: Reader, name_zh: str, **values: object) -> Organisation:
    """An organisation made by the action."""
    return organisations.create(
        {"organisation_kind": OrganisationKind.ENTERPRISE, "name_zh": name_zh, **values}, by=by, at=NOON
    )


def test_a_team_becomes_a_company_and_keeps_its_row_its_number_and_its_former_name(ada: Reader) -> None:
    team = new(ada, "星火量子团队", organisation_kind=OrganisationKind.TEAM)
    assert team.level == Level.ORGANISATION
    incorporate(
        team, credit_code=code_of(1), name_zh="合肥星火量子科技有限公司", name_en="Spark Quantum", area=None,
        incorporated_on=date(2026, 11, 2), registered_capital=1_000_000, by=ada, at=NOON,
    )  # fmt: skip
    found = organisation(team.number, ada)
    assert (found.pk, found.organisation_kind, found.name_zh) == (team.pk, "enterprise", "合肥星火量子科技有限公司")
    names = organisation_page(found, ada).names
    assert [(name.name, name.name_kind) for name in names] == [("星火量子团队", NameKind.FORMER)]
