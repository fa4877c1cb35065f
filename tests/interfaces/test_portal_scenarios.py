"""What the public reads of scenarios and open challenges, and how anybody objects to an award."""

from datetime import timedelta

import pytest
from django.utils import timezone

from grandunion.interfaces.portal import guarding
from grandunion.records.scenarios import ChallengeNotice
from grandunion.terms.scenarios import CapabilityState, ChallengeState, OpportunityState
from grandunion.terms.secrecy import Level
from grandunion.work.queries import scenarios
from tests.cast import make_organisation
from tests.planting import plant

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db):
    owner = make_organisation("Hidden Owner", name_zh="不公开单位")
    kinds = {"opportunity": OpportunityState.PUBLISHED, "capability": CapabilityState.PUBLISHED,
             "challenge": ChallengeState.BIDS_OPEN}  # fmt: skip
    return {
        (kind, level): plant(kind, number, level, state=state, owner=owner).record
        for kind, state in kinds.items()
        for number, level in enumerate((Level.PUBLIC, Level.MEMBERS))
    }


SECTIONS = (("scenarios", "opportunity"), ("capabilities", "capability"), ("challenges", "challenge"))


@pytest.mark.parametrize(("section", "kind"), SECTIONS)
def test_a_public_list_shows_public_rows_and_public_fields_only(client, world, section, kind):
    shown, hidden = world[kind, Level.PUBLIC], world[kind, Level.MEMBERS]
    for language in ("zh", "en"):
        page = client.get(f"/{section}/?lang={language}").content.decode()
        assert shown.number in page
        assert hidden.number not in page
        one = client.get(f"/{section}/{shown.number}/?lang={language}").content.decode()
        for secret in ("不公开单位", "Hidden Owner", shown.contact_name, shown.contact_phone):
            assert secret not in one
    assert client.get(f"/{section}/{hidden.number}/").status_code == 404


@pytest.mark.parametrize(("section", "kind"), SECTIONS)
def test_an_owner_is_not_found_out_by_a_filter_or_an_order(client, world, section, kind):
    everything = client.get(f"/{section}/").content.decode()
    assert world[kind, Level.PUBLIC].number in everything
    by_owner = client.get(f"/{section}/?owner=ORG-2020-9999").content.decode()
    assert world[kind, Level.PUBLIC].number in by_owner  # nobody asks a public list by organisation
    assert client.get(f"/{section}/?domain=nowhere").status_code == 200


def test_what_is_not_published_yet_or_over_is_not_there(client, world):
    record = world["opportunity", Level.PUBLIC]
    for state in (OpportunityState.COLLECTED, OpportunityState.FAILED, OpportunityState.CLOSED_NO_SUPPLIER):
        rows = type(record).objects.unscoped("a test puts a record into another state")
        rows.filter(pk=record.pk).update(state=state)
        assert client.get(f"/scenarios/{record.number}/").status_code == 404


def test_anybody_objects_to_an_award_while_its_notice_stands(client, world):
    record = world["challenge", Level.PUBLIC]
    rows = type(record).objects.unscoped("a test puts a challenge into its notice")
    rows.filter(pk=record.pk).update(state=ChallengeState.NOTICE)
    today = timezone.localdate()
    notice = ChallengeNotice.objects.create(
        challenge=record, winner_zh="博机器人", winner_en="Bo Robotics", text_zh="拟由博机器人中榜", text_en="To Bo",
        starts_on=today, ends_on=today + timedelta(days=3), objections_to="desk@hub.example",
    )  # fmt: skip
    at = f"/challenges/notices/{notice.pk}/"
    assert at in client.get("/news/").content.decode()
    page = client.get(at)
    opened = guarding.stamp(timezone.now() - timedelta(minutes=1))
    assert "拟由博机器人中榜" in page.content.decode()
    assert client.post(at, {"raised_by": "", "text": "x", "opened": opened}).status_code == 422
    at_once = guarding.stamp(timezone.now())
    assert client.post(at, {"raised_by": "Dee", "text": "It is copied.", "opened": at_once}).status_code == 409
    assert client.post(at, {"raised_by": "Dee", "text": "It is copied.", "opened": opened}).status_code == 303
    (raised,) = scenarios.challenge_rows(record).objections
    assert (raised.raised_by, raised.settled_at) == ("Dee", None)
    assert client.get(f"/challenges/notices/{notice.pk + 1}/").status_code == 404


def test_the_site_map_names_every_public_page(client, world):
    text = client.get("/sitemap.xml").content.decode()
    for section, kind in SECTIONS:
        assert f"/{section}/{world[kind, Level.PUBLIC].number}/" in text
        assert world[kind, Level.MEMBERS].number not in text
