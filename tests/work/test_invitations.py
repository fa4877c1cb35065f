"""From a fit to a proposal: a supplier is invited, says yes by proposing, both sides agree, the scenario ends it."""

import json
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction

from grandunion.records.matches import Match, OptOut, Tie
from grandunion.records.messages import Message
from grandunion.records.parties import Conflict, Membership
from grandunion.records.scenarios import Capability, Proposal
from grandunion.terms.matches import DeclineReason, Market, MatchState, Side, TieKind
from grandunion.terms.readers import house
from grandunion.terms.roles import Role
from grandunion.terms.scenarios import CapabilityState, OpportunityState, ProposalState
from grandunion.terms.secrecy import Secrecy
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Forbidden, Refused
from grandunion.work.actions import matches as actions
from grandunion.work.actions import scenarios
from grandunion.work.actions.matches import due, inviting
from grandunion.work.actions.messages.reading import read_journal
from grandunion.work.permissions import base as policy
from grandunion.work.permissions import matches as permissions
from grandunion.work.queries import journal, matches, plans
from grandunion.work.queries.base import Question, listing
from grandunion.work.queries.matches import figures, scenes, success
from grandunion.work.queries.parties import reader_of
from grandunion.work.queries.scenarios import opportunity as opened
from tests.cast import NOON, make_organisation, make_user
from tests.figures import make_indicator
from tests.inviting import FIRM, UNIT, made
from tests.watching import reading

pytestmark = pytest.mark.django_db


def told(match, reader):
    """Everything the page and the time line of a match tell the reader, as one text."""
    seen = matches.get(match.number, reader)
    found = matches.page(seen, reader, permissions.parts_of(reader, seen))
    lines = matches.veiled(journal.timeline(seen, policy.clearance(reader, seen)), seen, reader, is_desk=found.is_desk)
    return json.dumps([repr(found), repr(lines)], ensure_ascii=False)


def knows(match, reader, contact):
    return [secret for secret in contact.values() if secret in told(match, reader)]


def test_an_invitation_keeps_its_reasons_and_its_words_and_stands_once(lane, camera, ada, asked):
    assert (asked.state, asked.market, asked.owner, asked.offering) == ("sent", "scenario", lane.owner, camera.owner)
    assert asked.note == "请在本月提交。"
    assert matches.kept_score(asked).value == scenes.pair_fit(lane, camera, ada).value
    assert {part["part"] for part in asked.parts} >= {"text", "classification"}
    assert actions.invite(lane, camera, by=ada, at=NOON) == asked
    assert Match.objects.unscoped("counted by a test").count() == 1
    assert scenes.met(lane, ada) == {camera.pk: asked}
    assert scenes.met(camera, ada) == {lane.pk: asked}


def test_neither_side_learns_the_others_contact_before_both_agree(asked, ada, una, fay):
    for reader, contact in ((una, FIRM), (fay, UNIT)):
        assert not knows(asked, reader, contact)
    actions.accept(matches.get(asked.number, fay), Side.OFFERING, by=fay, at=NOON)
    assert not knows(asked, una, FIRM)
    assert not knows(asked, fay, UNIT)
    agreed = actions.accept(matches.get(asked.number, una), Side.NEEDING, by=una, at=NOON)
    assert agreed.state == MatchState.INTRODUCED
    assert len(knows(asked, una, FIRM)) == len(knows(asked, fay, UNIT)) == 3
    assert len(knows(asked, ada, UNIT) + knows(asked, ada, FIRM)) == 6


def test_the_officer_confirms_for_the_unit_only_on_its_word(asked, ada, fay, lane):
    actions.accept(matches.get(asked.number, fay), Side.OFFERING, by=fay, at=NOON)
    with pytest.raises(Forbidden):
        actions.accept(matches.get(asked.number, ada), Side.NEEDING, by=ada, at=NOON)
    actions.accept(matches.get(asked.number, ada), Side.NEEDING, by=ada, at=NOON, note="Una, by telephone on 3 May")
    assert len(knows(asked, fay, UNIT)) == 3


def test_proposing_is_the_answer_and_begins_the_page_with_the_capability(lane, camera, asked, fay):
    draft = actions.take_up(lane, by=fay, at=NOON)
    assert (draft.owner, draft.capability, draft.state) == (camera.owner, camera, ProposalState.DRAFT)
    assert (draft.trl, draft.weeks) == (8, 6)
    asked.refresh_from_db()
    assert (asked.state, asked.offering_accepted_by_id) == (MatchState.INTERESTED, fay.user_id)
    assert actions.take_up(lane, by=fay, at=NOON) == draft


def test_who_proposes_without_an_invitation_does_as_before(lane, bo):
    draft = actions.take_up(lane, by=bo, at=NOON)
    assert (draft.opportunity, draft.capability) == (lane, None)


def test_a_refusal_gives_its_reason_and_is_counted(asked, fay, ada):
    with pytest.raises(Refused):
        actions.accept(matches.get(asked.number, ada), Side.OFFERING, by=ada, at=NOON, note="")
    actions.decline(matches.get(asked.number, fay), DeclineReason.NO_CAPACITY, by=fay, at=NOON)
    assert matches.declined_counts(ada) == [("scenario", DeclineReason.NO_CAPACITY, 1)]
    with pytest.raises(Refused, match="tried before"):
        actions.invite(asked.opportunity, asked.capability, by=ada, at=NOON)
    again = actions.revive(matches.get(asked.number, ada), reason="the firm has people again", by=ada, at=NOON)
    sent = actions.invite(asked.opportunity, asked.capability, by=ada, at=NOON, note="请再次考虑。")
    assert (sent.pk, sent.state, sent.note) == (again.pk, MatchState.SENT, "请再次考虑。")
    assert again.pk == asked.pk


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda lane, camera: setattr(lane, "state", OpportunityState.MATCHING), "not taken now"),
        (lambda lane, camera: setattr(lane, "proposals_until", date(2020, 1, 1)), "not taken now"),
        (lambda lane, camera: setattr(camera, "state", CapabilityState.VERIFIED), "not on the list"),
        (lambda lane, camera: setattr(camera, "valid_until", date(2020, 1, 1)), "run out"),
        (lambda lane, camera: setattr(camera, "owner", lane.owner), "same organisation"),
    ],
)
def test_nobody_is_invited_where_it_makes_no_sense(lane, camera, ada, change, says):
    change(lane, camera)
    with pytest.raises(Refused, match=says):
        actions.invite(lane, camera, by=ada, at=NOON)


def test_a_tie_or_the_wish_not_to_be_suggested_keeps_the_desk_from_inviting(lane, camera, ada):
    tie = Tie.objects.create(
        tie_kind=TieKind.CONTROL, organisation=lane.owner, other_organisation=camera.owner, source="register",
        is_confirmed=True, declared_at=NOON, number="TIE-2026-0001",
    )  # fmt: skip
    with pytest.raises(Refused):
        actions.invite(lane, camera, by=ada, at=NOON)
    tie.is_confirmed = False
    tie.save(update_fields=["is_confirmed"])
    OptOut.objects.create(organisation=camera.owner, started_at=NOON)
    with pytest.raises(Refused):
        actions.invite(lane, camera, by=ada, at=NOON)
    assert not Match.objects.unscoped("counted by a test").exists()


def test_only_the_desk_of_the_scenario_invites(lane, camera, una, fay, bo, chen):
    for reader in (una, fay, bo, chen):
        with pytest.raises(Forbidden):
            actions.invite(lane, camera, by=reader, at=NOON)


def test_an_officer_does_not_invite_the_firm_the_officer_acts_for(lane, camera, ada_user):
    Membership.objects.create(
        user=ada_user, organisation=camera.owner, role=Role.ENTERPRISE, starts_on=date(2020, 1, 1)
    )
    with pytest.raises(Forbidden, match="own organisation"):
        actions.invite(lane, camera, by=reader_of(ada_user, NOON), at=NOON)


def test_a_conflict_of_the_officer_in_charge_keeps_no_supplier_from_proposing(lane, camera, asked, ada_user, fay):
    Conflict.objects.create(user=ada_user, organisation=camera.owner, declared_at=NOON)
    draft = actions.take_up(lane, by=fay, at=NOON)
    asked.refresh_from_db()
    assert (draft.state, asked.state) == (ProposalState.DRAFT, MatchState.SENT)


def test_only_the_two_sides_and_the_desk_see_the_invitation(asked, ada, una, fay, bo, chen):
    for reader, is_seen in ((ada, True), (una, True), (fay, True), (bo, False), (chen, False)):
        assert matches.visible_to(reader).filter(pk=asked.pk).exists() is is_seen


def test_an_invitation_that_nobody_answers_ends_with_the_list(lane, asked, ada):
    late = NOON.replace(year=2099)
    assert due.run_due(house(late), late) == 1
    asked.refresh_from_db()
    assert (asked.state, asked.reason, asked.declined_by) == (MatchState.DECLINED, DeclineReason.NO_ANSWER, "")
    assert due.run_due(house(late), late) == 0


def test_what_is_left_to_the_desk_takes_no_place_from_those_behind_it(asked, monkeypatch):
    refused = SimpleNamespace(opportunity_id=asked.opportunity_id, offering_id=None, offering_accepted_at=NOON,
                              state=MatchState.INTERESTED)  # fmt: skip
    really = inviting._end

    def end(match, *others):
        if match is refused:
            raise Refused(Text("A conflict came up.", "出现利益冲突。"))
        really(match, *others)

    found = scenes.ending(NOON.replace(year=2099).date())
    monkeypatch.setattr(scenes, "ending", lambda today: [refused, *found])
    monkeypatch.setattr(inviting, "_end", end)
    late = NOON.replace(year=2099)
    assert inviting.end_due(house(late), late, limit=1) == 1


def test_a_reminder_comes_before_the_end(asked, ada):
    later = NOON + timedelta(days=20)
    assert due.run_due(house(later), later) == 1
    assert "match.answer_due" in [line.verb for line in journal.timeline(asked, Secrecy.S1)]
    asked.refresh_from_db()
    assert asked.state == MatchState.SENT


PAGE = {"heading": "相机", "solution": "识别", "rationale": "已用", "plan": "四周", "trl": 8}


def tried(lane, chosen, others, ada):
    """The opportunity with the chosen proposal on trial and the others answered."""
    scenarios.move_opportunity(opened(lane.number, ada), "begin_matching", by=ada, at=NOON)
    scenarios.select(
        opened(lane.number, ada),
        Proposal.objects.unscoped("the test selects it as the desk would").get(pk=chosen.pk),
        by=ada,
        at=NOON,
    )
    for other in others:
        scenarios.decline(other, feedback="another was better", by=ada, at=NOON)
    scenarios.begin_trial(opened(lane.number, ada), site="Line 1", starts_on=NOON.date(), by=ada, at=NOON)


def handed_in(lane, reader):
    draft = actions.take_up(lane, by=reader, at=NOON)
    return scenarios.hand_in(draft, values=PAGE, by=reader, at=NOON)


def test_the_supplier_that_is_tried_has_succeeded_and_the_other_went_without(lane, camera, asked, ada, fay, transport):
    other = made(Capability, "SCP", 2, title_zh="违停识别雷达", text_zh="识别违停车辆。", domain=transport,
                 state=CapabilityState.PUBLISHED, owner=make_organisation("Radar", name_zh="雷达公司"))  # fmt: skip
    ray = reader_of(make_user("ray@radar.example", Role.ENTERPRISE, other.owner), NOON)
    second = actions.invite(lane, other, by=ada, at=NOON)
    mine, theirs = handed_in(lane, fay), handed_in(lane, ray)
    tried(lane, mine, [theirs], ada)
    assert due.run_due(house(NOON), NOON) == 2
    asked.refresh_from_db()
    second.refresh_from_db()
    assert (asked.state, asked.outcome) == (MatchState.SUCCESS, "trial")
    assert (second.state, second.reason) == (MatchState.DECLINED, DeclineReason.ALREADY_SOLVED)
    assert due.run_due(house(NOON), NOON) == 0
    report = figures.report(success.asked_of({"since": "2026-01-01"}, NOON.date()), ada)
    (line,) = [group for group in report.groups if group.key == "scenario"]
    assert {stage.value: line.counts[stage] for stage in line.counts if line.counts[stage]} == {
        "suggested": 2, "sent": 2, "interested": 2, "introduced": 1, "meeting": 1, "negotiating": 1, "success": 1,
        "declined": 1,
    }  # fmt: skip
    assert len(matches.decisions(Market.SCENARIO)) == 2


def test_reading_an_invitation_asks_a_bounded_number_of_questions(asked, fay, django_assert_max_num_queries):
    with reading(), django_assert_max_num_queries(14):
        seen = matches.get(asked.number, fay)
        found = matches.page(seen, fay, permissions.parts_of(fay, seen))
    assert found.opens_need
    assert found.opens_capability
    assert seen.asking == asked.opportunity


def test_a_match_asks_for_one_thing_only(asked):
    with pytest.raises(IntegrityError), transaction.atomic():
        Match.objects.unscoped("a test writes past the actions").filter(pk=asked.pk).update(capability=None)


def test_the_city_s_figures_count_the_introduction_and_name_the_scenario(asked, ada, una, fay, lane):
    actions.accept(asked, Side.OFFERING, by=fay, at=NOON)
    actions.accept(matches.get(asked.number, una), Side.NEEDING, by=una, at=NOON)
    found = plans.records(make_indicator("matches_introduced"), as_of=NOON.date(), reader=ada)
    columns, rows = listing.everything(found.listing, ada, Question())
    ((number, values),) = rows
    assert (number, values[[column.code for column in columns].index("title")]) == (asked.number, lane.title)


def test_each_side_is_told_what_it_is_asked_and_nobody_else(asked, fay, fay_user, una_user, bo_user, dee_user):
    while read_journal(at=NOON):
        pass
    told = {one.user.email: one.text.en for one in Message._base_manager.filter(verb="match.invited")}
    assert told == {
        "fay@eye.example": f"You are invited to propose for a scenario: propose or decline at {asked.number}.",
        "una@bus.example": f"A supplier was invited to propose for your scenario: {asked.number}.",
    }
