"""The policy written twice, in SQL and in Python, says the same in random worlds; and there is no back door."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grandunion.records.base import NotScoped
from grandunion.records.lists import Term
from grandunion.records.needs import Need
from grandunion.records.parties import Access, Conflict, Membership, Organisation, User
from grandunion.terms.needs import Category, NeedState
from grandunion.terms.parties import OrganisationKind
from grandunion.terms.roles import Part, Role
from grandunion.terms.secrecy import Level, Secrecy
from grandunion.terms.verdicts import Absent
from grandunion.work.permissions.base import clearance, may_see, readable
from grandunion.work.queries.base import opened, visible
from grandunion.work.queries.parties import reader_of
from tests.cast import LONG_AGO, NOON, make_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db):
    """Two areas, two organisations, and one user whom each example gives other roles."""
    areas = [Term.objects.create(list="areas", code=c, name_zh=c, name_en=c) for c in ("core", "shushan")]
    owners = [make_organisation(name, OrganisationKind.ENTERPRISE) for name in ("One", "Two")]
    user = User.objects.create(email="who@example.org")
    other = User.objects.create(email="other@example.org")
    return areas, owners, user, other


def _need(number, level, state, owner, area, in_charge):
    (made,) = _needs([(number, level, state, owner, area, in_charge)])
    return made


def _needs(rows):
    return Need.objects.bulk_create(
        Need(number=number, level=level, state=state, state_at=NOON, owner=owner, area=area, in_charge=in_charge,
             category=Category.TALENT, title_en=number, created_at=NOON, updated_at=NOON)
        for number, level, state, owner, area, in_charge in rows
    )  # fmt: skip


def _opens(reader, need):
    try:
        return opened(Need, reader, "owner", number=need.number).pk == need.pk
    except Absent:
        return False


ROLES = st.lists(
    st.tuples(st.sampled_from(list(Role)), st.sampled_from([None, 0, 1]), st.sampled_from([None, 0, 1])), max_size=3
)
ACCESS = st.lists(
    st.tuples(st.integers(0, 7), st.sampled_from(["user", "one", "two"]), st.sampled_from(list(Part)), st.booleans()),
    max_size=4,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), roles=ROLES, access=ACCESS, conflicts=st.sets(st.integers(0, 1)), signed_in=st.booleans())
def test_sql_and_python_agree_on_who_sees_what(world, data, roles, access, conflicts, signed_in):
    areas, owners, user, other = world
    for table in (Need, Membership, Access, Conflict):
        table.objects.unscoped("each example starts with an empty world").delete()
    row = st.tuples(
        st.sampled_from(list(Level)), st.sampled_from([NeedState.DRAFT, NeedState.RECEIVED]),
        st.sampled_from([None, *owners]), st.sampled_from([None, *areas]), st.sampled_from([None, user, other]),
    )  # fmt: skip
    needs = _needs([(f"NED-2026-{n:04d}", *data.draw(row)) for n in range(8)])
    Membership.objects.bulk_create(
        Membership(
            user=user, role=role, starts_on=LONG_AGO,
            organisation=None if owner is None else owners[owner], area=None if area is None else areas[area],
        )
        for role, owner, area in roles
    )  # fmt: skip
    to = {"user": {"user": user}, "one": {"organisation": owners[0]}, "two": {"organisation": owners[1]}}
    Access.objects.bulk_create(
        Access(
            subject_kind="need", subject_id=needs[n].pk, part=part, reason="test", granted_by="test", granted_at=NOON,
            expires_at=NOON - timedelta(days=1) if has_expired else NOON + timedelta(days=1), **to[who],
        )
        for n, who, part, has_expired in access
    )  # fmt: skip
    Conflict.objects.bulk_create(
        Conflict(user=user, organisation=owners[n], reason="test", declared_at=NOON) for n in conflicts
    )
    reader = reader_of(user, NOON) if signed_in else reader_of(None, NOON)

    in_sql = set(visible(Need, reader).values_list("pk", flat=True))
    in_python = {need.pk for need in needs if may_see(reader, need)}
    assert in_sql == in_python
    assert {need.pk for need in needs if _opens(reader, need)} == in_python

    in_sql = set(visible(Organisation, reader).values_list("pk", flat=True))
    assert in_sql == {owner.pk for owner in owners if may_see(reader, owner)}


def test_reading_confidential_rows_without_saying_for_whom_is_refused(db):
    for read in (Need.objects.all, Need.objects.count, lambda: Need.objects.get(pk=1), Need.objects.first):
        with pytest.raises(NotScoped):
            read()


def test_an_administrator_is_not_a_reader_of_organisations_affairs(world, as_reader):
    _, owners, user, _ = world
    Membership.objects.create(user=user, role=Role.ADMINISTRATOR, starts_on=LONG_AGO)
    _need("NED-2026-0001", Level.ORGANISATION, NeedState.RECEIVED, owners[0], None, None)
    assert not visible(Need, as_reader(user)).exists()


def test_a_right_taken_away_is_gone_at_once(world, as_reader):
    _, owners, user, _ = world
    held = Membership.objects.create(user=user, organisation=owners[0], role=Role.ENTERPRISE, starts_on=LONG_AGO)
    need = _need("NED-2026-0001", Level.ORGANISATION, NeedState.RECEIVED, owners[0], None, None)
    assert may_see(as_reader(user), need)
    held.delete()
    assert not may_see(as_reader(user), need)


def test_fields_deeper_than_ones_class_are_not_there_at_all(world, as_reader, dee, ada, bo):
    _, owners, _user, _ = world
    need = _need("NED-2026-0001", Level.MEMBERS, NeedState.RECEIVED, owners[0], None, None)
    need.contact_phone = "123"
    assert clearance(dee, need) == Secrecy.S1
    assert "contact_phone" not in readable(need, clearance(dee, need))
    assert clearance(ada, need) == Secrecy.S2
    assert readable(need, clearance(ada, need))["contact_phone"] == "123"
