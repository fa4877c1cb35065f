"""Scenarios and capabilities on their market: the best of the other side with reasons, nobody tied, nobody shut out."""

import pytest

from grandunion.records.matches import OptOut, Tie
from grandunion.records.scenarios import Capability, Opportunity
from grandunion.terms.matches import TieKind
from grandunion.terms.roles import Role
from grandunion.terms.scenarios import CapabilityState, OpportunityState
from grandunion.terms.secrecy import Level
from grandunion.work.permissions.matches import may_find_fitting
from grandunion.work.queries.matches.scenes import fitting
from grandunion.work.queries.parties import reader_of
from tests.cast import NOON, make_organisation, make_user
from tests.inviting import made
from tests.watching import reading

pytestmark = pytest.mark.django_db


@pytest.fixture
def lane(transport):
    bus = make_organisation("City Bus", name_zh="市公交集团")
    return made(
        Opportunity,
        "SCO",
        1,
        title_zh="公交专用道违停识别",
        pain_zh="专用道常被社会车辆占用，需要自动识别违停车辆。",
        domain=transport,
        owner=bus,
        state=OpportunityState.PUBLISHED,
        budget=500_000,
    )


@pytest.fixture
def able(transport):
    """Four firms: one that sees parked cars, one that measures water, one whose paper has run out, one not listed."""
    texts = (("违停车辆识别相机", "车载相机自动识别违停车辆。", {}), ("水质监测浮标", "测量水质。", {}),
             ("违停车辆识别相机二", "自动识别违停车辆。", {"valid_until": "2026-01-01"}),
             ("违停车辆识别相机三", "自动识别违停车辆。", {"state": CapabilityState.VERIFIED}))  # fmt: skip
    return [
        made(Capability, "SCP", n + 1, title_zh=title, text_zh=text, domain=transport, owner=make_organisation(f"F{n}"),
             **{"state": CapabilityState.PUBLISHED, **more})
        for n, (title, text, more) in enumerate(texts)
    ]  # fmt: skip


def test_the_best_capability_stands_first_with_its_reasons_and_what_is_not_open_is_not_there(lane, able, ada):
    with reading():
        found = fitting(lane, ada)
    assert found[0].record == able[0]
    assert {one.record.number for one in found} <= {able[0].number, able[1].number}
    assert found[0].percent > (found[1].percent if len(found) > 1 else 0)
    assert found[0].sentence.zh
    assert found[0].sentence.en
    assert {part.code for part in found[0].score.parts} >= {"text", "classification", "budget"}


def test_a_capability_finds_the_open_opportunities_it_answers(lane, able, ada):
    found = fitting(able[0], ada)
    assert [one.record for one in found] == [lane]
    assert found[0].sentence.zh
    lane.state = OpportunityState.SELECTED
    lane.save(update_fields=["state"])
    assert fitting(able[0], ada) == ()


def test_whoever_is_tied_to_the_demand_unit_or_wants_no_suggestions_is_left_out(lane, able, ada):
    tie = Tie.objects.create(
        tie_kind=TieKind.CONTROL, organisation=lane.owner, other_organisation=able[0].owner, source="register",
        is_confirmed=True, declared_at=NOON, number="TIE-2026-0001",
    )  # fmt: skip
    assert able[0] not in [one.record for one in fitting(lane, ada)]
    tie.is_confirmed = False
    tie.save(update_fields=["is_confirmed"])
    assert fitting(lane, ada)[0].record == able[0]
    OptOut.objects.create(organisation=able[0].owner, started_at=NOON)
    assert able[0] not in [one.record for one in fitting(lane, ada)]


def test_only_what_the_reader_may_see_is_compared_and_only_the_desk_and_the_owner_look(lane, able, ada, bo):
    una = reader_of(make_user("una@bus.example", Role.ENTERPRISE, lane.owner), NOON)
    assert may_find_fitting(ada, lane)
    assert may_find_fitting(una, lane)
    assert not may_find_fitting(bo, lane)
    able[0].level = Level.NAMED
    able[0].save(update_fields=["level"])
    assert able[0] not in [one.record for one in fitting(lane, una)]


def test_the_number_of_questions_does_not_grow_with_the_firms(
    lane, able, ada, transport, django_assert_max_num_queries
):
    for n in range(10, 25):
        made(Capability, "SCP", n, title_zh=f"识别相机{n}", text_zh="识别车辆。", domain=transport,
             owner=make_organisation(f"G{n}"), state=CapabilityState.PUBLISHED)  # fmt: skip
    with django_assert_max_num_queries(14):
        assert fitting(lane, ada)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_pages_show_it_and_nobody_else_opens_it(lane, able, ada_user, bo_user, sign_in, settings, language):
    settings.SECOND_FACTOR_REQUIRED = False
    browser = sign_in(ada_user)
    browser.cookies["language"] = language
    for mine, theirs in ((lane, able[0]), (able[0], lane)):
        home = "scenarios" if mine is lane else "capabilities"
        address = f"/w/matches/fitting/{mine.kind}/{mine.number}/"
        assert address in browser.get(f"/w/{home}/{mine.number}/").content.decode()
        assert theirs.number in browser.get(address).content.decode()
    assert sign_in(bo_user).get(f"/w/matches/fitting/opportunity/{lane.number}/").status_code == 403
