"""Areas: organisations counted for whoever asks, and no small cell for a bureau."""

import pytest

from grandunion.records.lists import Term
from grandunion.terms.parties import OrganisationKind, OrganisationStatus
from grandunion.terms.readers import Reader
from grandunion.terms.roles import Role
from grandunion.terms.secrecy import Level
from grandunion.terms.verdicts import Absent
from grandunion.work.actions.spaces import put_area
from grandunion.work.queries.parties import reader_of
from grandunion.work.queries.spaces import area_page, areas
from tests.cast import NOON, make_organisation, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def core(db: None) -> Term:
    return Term.objects.create(list="areas", code="core", name_zh="核心区", name_en="Core Area")


@pytest.fixture
def bureau(db: None) -> Reader:
    return reader_of(make_user("bureau@city.example", Role.BUREAU), NOON)


def fill(area: Term, kind: OrganisationKind, count: int, **values: object) -> None:
    for place in range(count):
        make_organisation(f"{kind} {place}", kind, area=area, **values)


def test_an_officer_counts_the_living_organisations_of_an_area(core: Term, ada: Reader) -> None:
    fill(core, OrganisationKind.ENTERPRISE, 3)
    fill(core, OrganisationKind.ENTERPRISE, 2, status=OrganisationStatus.CLOSED)
    assert [row.organisations.said for row in areas(ada)] == ["3"]


def test_nobody_counts_what_they_may_not_see_but_a_bureau_adds_up_all(core: Term, dee: Reader, bureau: Reader) -> None:
    fill(core, OrganisationKind.TEAM, 6, level=Level.ORGANISATION)
    assert areas(dee)[0].organisations.number == 0
    assert areas(bureau)[0].organisations.number == 6


@pytest.mark.parametrize(
    ("enterprises", "teams", "institutes", "shown"),
    [
        (12, 1, 0, [("Others", "13")]),
        (8, 3, 2, [("Enterprise", "8"), ("Others", "5")]),
        (9, 6, 1, [("Enterprise", "9"), ("Others", "7")]),
        (6, 5, 0, [("Enterprise", "6"), ("Team before incorporation", "5")]),
        (2, 1, 0, [("Others", "<5")]),
        (0, 0, 0, []),
    ],
)
def test_a_bureau_cannot_work_a_small_cell_out_from_the_sum(
    core: Term, bureau: Reader, enterprises: int, teams: int, institutes: int, shown: list
) -> None:
    fill(core, OrganisationKind.ENTERPRISE, enterprises)
    fill(core, OrganisationKind.TEAM, teams)
    fill(core, OrganisationKind.INSTITUTE, institutes)
    assert [(name.en, cell.said) for name, _, cell in area_page("core", bureau).kinds] == shown


def test_a_division_counts_for_its_section_and_nothing_is_lost(core: Term, ada: Reader) -> None:
    section = Term.objects.create(list="industries", code="C", name_zh="制造业", name_en="Manufacturing")
    division = Term.objects.create(list="industries", code="C39", name_zh="电子", name_en="Electronics", parent=section)
    fill(core, OrganisationKind.ENTERPRISE, 2, industry=division)
    fill(core, OrganisationKind.INSTITUTE, 1, industry=section)
    fill(core, OrganisationKind.TEAM, 1)
    found = [(name.en, code, cell.number) for name, code, cell in area_page("core", ada).industries]
    assert found == [("Manufacturing", "C", 3), ("Not recorded", "", 1)]


def test_areas_are_read_in_few_questions(core: Term, ada: Reader, queries: object, reading: object) -> None:
    put_area(core, {"is_open": True, "land_km2": "2.5"})
    with queries(at_most=3), reading():
        assert areas(ada)[0].area.is_open
    with pytest.raises(Absent):
        area_page("atlantis\x00", ada)
