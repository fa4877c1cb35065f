"""A demand unit with a scenario, a firm with a capability, and the people of both; the invitation between them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from grandunion.adapters import index
from grandunion.records.lists import Term
from grandunion.records.scenarios import Capability, Opportunity
from grandunion.terms.roles import Role
from grandunion.terms.scenarios import CapabilityState, OpportunityState, SafetyPermit
from grandunion.terms.secrecy import Level
from grandunion.work.actions import matches as actions
from grandunion.work.queries.parties import reader_of
from tests.cast import NOON, make_organisation, make_user

UNIT = {"contact_name": "Secret Una", "contact_phone": "0551-1110000", "contact_email": "una-private@bus.example"}
FIRM = {"contact_name": "Secret Fay", "contact_phone": "0551-2220000", "contact_email": "fay-private@eye.example"}


def made(record, prefix, count, **values):
    """A scene straight into its table, with its words in the index."""
    row = record.objects.create(
        number=f"{prefix}-2026-{count:04d}", created_at=NOON, updated_at=NOON, state_at=NOON,
        **{"level": Level.MEMBERS, **values},
    )  # fmt: skip
    index.put_many(record.kind, [(row.pk, [getattr(row, name) or "" for name in record.searched])])
    return row


@pytest.fixture
def transport(db):
    return Term.objects.create(list="scenario_domains", code="transport", name_zh="交通出行", name_en="Transport")


@pytest.fixture
def lane(transport):
    return made(
        Opportunity, "SCO", 1, title_zh="公交专用道违停识别", title_en="Cars on the bus lane",
        pain_zh="专用道常被社会车辆占用，需要自动识别违停车辆。", domain=transport, state=OpportunityState.PUBLISHED,
        owner=make_organisation("City Bus", name_zh="市公交集团"), budget=500_000,
        proposals_until=timezone.localdate() + timedelta(days=60),
        safety_permit=SafetyPermit.NOT_NEEDED, **UNIT,
    )  # fmt: skip


@pytest.fixture
def camera(transport):
    return made(
        Capability, "SCP", 1, title_zh="违停车辆识别相机", title_en="A camera that sees parked cars",
        text_zh="车载相机自动识别违停车辆。", trl=8, weeks=6, domain=transport, state=CapabilityState.PUBLISHED,
        owner=make_organisation("Eye", name_zh="慧眼科技"), **FIRM,
    )  # fmt: skip


@pytest.fixture
def una_user(lane):
    return make_user("una@bus.example", Role.ENTERPRISE, lane.owner)


@pytest.fixture
def una(una_user):
    """Una runs the bus company's affairs."""
    return reader_of(una_user, NOON)


@pytest.fixture
def fay_user(camera):
    return make_user("fay@eye.example", Role.ENTERPRISE, camera.owner)


@pytest.fixture
def fay(fay_user):
    """Fay runs the affairs of the firm with the camera."""
    return reader_of(fay_user, NOON)


@pytest.fixture
def asked(lane, camera, ada):
    return actions.invite(lane, camera, by=ada, at=NOON, note="请在本月提交。")
