"""A round is planned, filled, worked out, assigned, published, repaired and recorded; weights are learned."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest

from grandunion.engines.matching import PLANS
from grandunion.records.matches import Match
from grandunion.terms.matches import Market, MatchState, Side, TieKind
from grandunion.terms.parties import OrganisationKind
from grandunion.terms.roles import Role
from grandunion.terms.rounds import AppointmentState, Disturbance, RoundState
from grandunion.terms.secrecy import Level
from grandunion.terms.verdicts import Forbidden, Invalid, Refused
from grandunion.work.actions import matches as actions
from grandunion.work.actions import needs as need_actions
from grandunion.work.permissions import matches as permissions
from grandunion.work.queries import matches
from grandunion.work.queries.matches.round_changes import Disturbed, meeting_rows_of, without_past
from grandunion.work.queries.matches.round_files import tables_of
from grandunion.work.queries.matches.round_page import round_page
from tests.cast import NOON, make_organisation, make_user

pytestmark = pytest.mark.django_db

SLOTS = [
    {"code": "t1", "starts_at": "2026-12-01T09:00", "ends_at": "2026-12-01T09:20"},
    {"code": "t2", "starts_at": "2026-12-01T09:20", "ends_at": "2026-12-01T09:40"},
]
ROADSHOW = {"title_zh": "科创路演", "market": "capital", "slots": SLOTS, "needing_min": 1, "needing_max": 2,
            "offering_max": 2, "place": "核心区"}  # fmt: skip
FIELDS = ("超导磁体线圈", "脑机接口康复", "激光雷达芯片")


def need_of(number, ada, company=None):
    company = company or make_organisation(f"Company {number}")
    values = {"organisation": company.number, "contact_name": "A", "category": "financing",
              "title_zh": f"{FIELDS[number]}企业融资", "text_zh": FIELDS[number], "budget": "3000000",
              "finance_round": "angel"}  # fmt: skip
    return need_actions.register(values, by=ada, at=NOON)


def mandate_of(number, ada):
    fund = make_organisation(f"Fund {number}", OrganisationKind.INVESTOR)
    values = {"offer_kind": "mandate", "owner": fund.number, "title_zh": f"投资{FIELDS[number]}",
              "text_zh": FIELDS[number], "stages": ["angel"]}  # fmt: skip
    return actions.publish_offer(actions.create_offer(values, by=ada, at=NOON), by=ada, at=NOON)


@pytest.fixture
def roadshow(ada):
    """Two companies and three investors, of whom two speak of the companies' fields, with every pair worked out."""
    made = actions.create_round(ROADSHOW, by=ada, at=NOON)
    for number in range(2):
        actions.add_participant(made, Side.NEEDING, need_of(number, ada), by=ada, at=NOON)
    for number in range(3):
        actions.add_participant(made, Side.OFFERING, mandate_of(number, ada), by=ada, at=NOON)
    assert actions.compute_pairs(made, by=ada, at=NOON) == 6
    return made


def sides(round_):
    return [matches.participants(round_, side) for side in (Side.NEEDING, Side.OFFERING)]


def met(round_, ada):
    return {(one.needing_id, one.offering_id, one.slot) for one in matches.appointments(round_, ada, is_desk=True)}


def test_a_round_is_assigned_so_that_who_fits_meets_and_nobody_is_in_two_places(roadshow, ada):
    found = actions.assign_round(roadshow, by=ada, at=NOON)
    needing, offering = sides(roadshow)
    meetings = met(roadshow, ada)
    assert (roadshow.state, found.exact, Decimal(roadshow.answer["gap"])) == (RoundState.ASSIGNED, True, 0)
    assert {(needing[n].pk, offering[n].pk) for n in range(2)} <= {(a, b) for a, b, _ in meetings}
    for side in (0, 1):
        seats = [(one[side], one[2]) for one in meetings]
        assert len(seats) == len(set(seats))
    json.dumps(roadshow.answer)


def test_what_a_pair_is_worth_keeps_its_reasons(roadshow):
    best = matches.pairings(roadshow)[0]
    parts = matches.kept_parts(best.parts)
    assert {part.code for part in parts} == set(PLANS[Market.CAPITAL].weights)
    assert best.confidence < 1


def test_nobody_but_who_takes_part_reads_a_meeting_and_only_once_it_is_published(roadshow, ada, as_reader, bo):
    needing, _ = sides(roadshow)
    owner = as_reader(make_user("co@x.example", Role.ENTERPRISE, needing[0].need.owner))
    actions.assign_round(roadshow, by=ada, at=NOON)
    assert matches.appointments(roadshow, owner) == []
    actions.publish_round(roadshow, by=ada, at=NOON)
    mine = matches.appointments(matches.get_round(roadshow.number, owner), owner)
    assert mine
    assert {one.needing_id for one in mine} == {needing[0].pk}
    assert matches.appointments(roadshow, bo) == []
    assert not permissions.may_read_all_meetings(owner, roadshow)


def test_after_a_cancellation_the_meetings_of_others_stay_as_they_were(roadshow, ada):
    actions.assign_round(roadshow, by=ada, at=NOON)
    actions.publish_round(roadshow, by=ada, at=NOON)
    before = met(roadshow, ada)
    _, offering = sides(roadshow)
    gone = next(one for one in offering if any(b == one.pk for _, b, _ in before))
    repaired = actions.cancel_participant(gone, reason="ill", by=ada, at=NOON)
    after = met(roadshow, ada)
    assert {one for one in before if one[1] != gone.pk} <= after
    assert not any(b == gone.pk for _, b, _ in after)
    assert repaired.kept == len(before & after)
    assert all(change.reason.en and change.reason.zh for change in repaired.changes)
    with pytest.raises(Refused, match="cancelled already"):
        actions.cancel_participant(matches.participants(roadshow, Side.OFFERING)[offering.index(gone)], reason="x",
                                   by=ada, at=NOON)  # fmt: skip


def test_a_pair_that_is_ruled_out_by_hand_does_not_meet_and_stays_so(roadshow, ada):
    needing, offering = sides(roadshow)
    actions.rule_pair(roadshow, needing[0], offering[0], -1, reason="same family", by=ada, at=NOON)
    actions.compute_pairs(roadshow, by=ada, at=NOON)
    actions.assign_round(roadshow, by=ada, at=NOON)
    assert (needing[0].pk, offering[0].pk) not in {(a, b) for a, b, _ in met(roadshow, ada)}


def test_meetings_are_recorded_once_the_round_is_published(roadshow, ada):
    actions.assign_round(roadshow, by=ada, at=NOON)
    row = matches.appointments(roadshow, ada, is_desk=True)[0]
    with pytest.raises(Refused, match="Publish"):
        actions.record_meeting(row, AppointmentState.HELD, by=ada, at=NOON)
    actions.publish_round(roadshow, by=ada, at=NOON)
    row.round.refresh_from_db()
    actions.record_meeting(row, AppointmentState.HELD, by=ada, at=NOON, note="a second talk in May")
    actions.finish_round(roadshow, by=ada, at=NOON)
    assert matches.appointments(roadshow, ada, is_desk=True)[0].state == AppointmentState.HELD
    with pytest.raises(Refused):
        actions.assign_round(roadshow, by=ada, at=NOON)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"market": "love"}, "market"),
        ({"needing_max": 0}, "needing_max"),
        ({"slots": [{"code": "a"}, {"code": "a"}]}, "slots"),
        ({"slots": [{"code": "a", "starts_at": "soon"}]}, "slots"),
        ({"title_zh": ""}, "title_zh"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_what_a_round_cannot_take_is_said_at_its_field(ada, values, field):
    with pytest.raises(Invalid) as wrong:
        actions.create_round({**ROADSHOW, **values}, by=ada, at=NOON)
    assert wrong.value.problems[0].field == field


@pytest.mark.parametrize("who", ["bo", "chen", "dee"])
def test_only_officers_plan_rounds(request, who):
    with pytest.raises(Forbidden):
        actions.create_round(ROADSHOW, by=request.getfixturevalue(who), at=NOON)


def test_nobody_takes_part_twice_and_an_empty_round_is_not_assigned(ada):
    made = actions.create_round(ROADSHOW, by=ada, at=NOON)
    with pytest.raises(Refused, match="Nobody of the needing side"):
        actions.assign_round(made, by=ada, at=NOON)
    need = need_of(0, ada)
    actions.add_participant(made, Side.NEEDING, need, by=ada, at=NOON, seat={"max_load": 1, "not_free": ["t2"]})
    with pytest.raises(Refused, match="already"):
        actions.add_participant(made, Side.NEEDING, need, by=ada, at=NOON)


def test_a_company_with_two_needs_never_sits_at_two_tables_at_one_time(roadshow, ada):
    company = sides(roadshow)[0][0].need.owner
    actions.add_participant(roadshow, Side.NEEDING, need_of(2, ada, company), by=ada, at=NOON)
    actions.compute_pairs(roadshow, by=ada, at=NOON)
    assert actions.assign_round(roadshow, by=ada, at=NOON).exact
    needing, offering = sides(roadshow)
    mine = {one.pk for one in needing if one.need.owner_id == company.pk}
    slots = [slot for a, _, slot in met(roadshow, ada) if a in mine]
    assert len(mine) == len(slots) == len(set(slots)) == 2
    _, members = tables_of(round_page(roadshow, ada, is_desk=True))["members"]
    assert [row["body"] for row in members].count(company.number) == 2
    ends = [(needing[n], offering[n]) for n in (0, 2)]
    twice = [{"slot": "t1", "key_a": a.need.number, "key_b": b.offer.number} for a, b in ends]
    with pytest.raises(Invalid, match="meets somebody else then"):
        actions.import_round(roadshow, {"meetings": twice}, by=ada, at=NOON)


def test_what_is_over_keeps_a_company_busy_for_its_other_needs(roadshow, ada):
    company = sides(roadshow)[0][0].need.owner
    actions.add_participant(roadshow, Side.NEEDING, need_of(2, ada, company), by=ada, at=NOON)
    actions.compute_pairs(roadshow, by=ada, at=NOON)
    actions.assign_round(roadshow, by=ada, at=NOON)
    actions.publish_round(roadshow, by=ada, at=NOON)
    rows = matches.appointments(roadshow, ada, is_desk=True)
    held = next(one for one in rows if one.needing.need.owner_id == company.pk)
    actions.record_meeting(held, AppointmentState.HELD, by=ada, at=NOON)
    plan = without_past(matches.round_plan(roadshow), meeting_rows_of(roadshow))
    mine = [one for one in plan.firsts if one.body == company.number]
    assert [held.slot in one.not_free for one in mine] == [True, True]


def test_a_tie_nobody_has_confirmed_keeps_a_pair_apart_and_says_what_to_confirm(roadshow, ada):
    needing, offering = sides(roadshow)
    one, other = needing[0].need.owner, offering[0].offer.owner
    actions.declare_tie(one, other, TieKind.CONTROL, source="a rumour", by=ada, at=NOON)
    actions.add_participant(roadshow, Side.NEEDING, one, by=ada, at=NOON)
    actions.compute_pairs(roadshow, by=ada, at=NOON)
    found = {(row.needing_id, row.offering_id): row for row in matches.pairings(roadshow)}
    bare = matches.participants(roadshow, Side.NEEDING)[-1]
    for seat in (needing[0], bare):  # with a need to compare, and with nothing but its name
        row = found[seat.pk, offering[0].pk]
        assert row.ruling == -1
        assert "controls the other" in row.reason_en
        assert "尚未核实" in row.reason_zh
        assert "请核实" in row.reason_zh
    assert found[bare.pk, offering[1].pk].ruling == 0


def test_what_was_held_stays_as_it_was_when_somebody_leaves_afterwards(roadshow, ada):
    actions.assign_round(roadshow, by=ada, at=NOON)
    actions.publish_round(roadshow, by=ada, at=NOON)
    held = matches.appointments(roadshow, ada, is_desk=True)[0]
    actions.record_meeting(held, AppointmentState.HELD, by=ada, at=NOON)
    roadshow.refresh_from_db()
    one = next(seat for seat in sides(roadshow)[0] if seat.pk == held.needing_id)
    actions.accept_change(roadshow, Disturbed(Disturbance.CANCELS, one, reason="ill"), by=ada, at=NOON)
    left = {row.pk: row for row in matches.appointments(roadshow, ada, is_desk=True)}
    assert left[held.pk].state == AppointmentState.HELD
    assert [row.pk for row in left.values() if row.needing_id == one.pk] == [held.pk]


def test_a_published_round_asks_both_sides_of_each_pair_and_opens_no_contact(roadshow, ada, as_reader):
    actions.assign_round(roadshow, by=ada, at=NOON)
    actions.publish_round(roadshow, by=ada, at=NOON)
    rows = matches.appointments(roadshow, ada, is_desk=True)
    assert {row.match.state for row in rows} == {MatchState.SENT}
    needing = sides(roadshow)[0][0].need.owner
    owner = as_reader(make_user("in@x.example", Role.ENTERPRISE, needing))
    mine = matches.get(next(row for row in rows if row.needing.need.owner_id == needing.pk).match.number, owner)
    page = matches.page(mine, owner, permissions.parts_of(owner, mine))
    assert {contact.organisation for contact in page.contacts} == {needing.name}


def past(number, need, offering, *, text, fresh, state, reason=""):
    """A match that ended, straight into its table."""
    plan = PLANS[Market.TECHNOLOGY]
    parts = [{"part": code, "weight": str(weight), "value": {"text": text, "freshness": fresh}.get(code),
              "evidence_en": "", "evidence_zh": ""} for code, weight in plan.weights.items()]  # fmt: skip
    return Match(
        number=f"MAT-2020-{number:04d}", level=Level.ORGANISATION, market=Market.TECHNOLOGY, state=state, need=need,
        offering=offering, parts=parts, score=Decimal("0.5"), reason=reason, state_at=NOON + timedelta(days=number),
        created_at=NOON, updated_at=NOON,
    )  # fmt: skip


def test_weights_are_proposed_from_outcomes_with_a_report_and_only_count_once_in_force(ada, bo, university):
    need = need_of(0, ada)
    with pytest.raises(Refused, match="Too little to learn from"):
        actions.propose_learned(Market.TECHNOLOGY, by=ada, at=NOON)
    rows = []
    for number in range(160):
        is_good = number % 2 == 0
        state = MatchState.SUCCESS if is_good else MatchState.DECLINED
        text, fresh = f"0.{5 + is_good}{number % 7}00", f"0.{(number * 37) % 90 + 10:02d}00"  # only the text tells
        reason = "" if is_good else "not_relevant"
        rows.append(past(number, need, university, text=text, fresh=fresh, state=state, reason=reason))
    Match.objects.bulk_create(rows)
    assert len(matches.decisions(Market.TECHNOLOGY)) == 160
    with pytest.raises(Forbidden):
        actions.propose_learned(Market.TECHNOLOGY, by=bo, at=NOON)
    made = actions.propose_learned(Market.TECHNOLOGY, by=ada, at=NOON)
    assert made.report["counts"]["learned"] + made.report["counts"]["held"] == 160
    assert Decimal(made.report["after"]["auc"]) > Decimal(made.report["before"]["auc"])
    assert matches.plan_of(Market.TECHNOLOGY).weights["text"] == Decimal("0.4000")
    actions.activate_weights(made, by=ada, at=NOON)
    assert matches.plan_of(Market.TECHNOLOGY).weights["text"] > Decimal("0.4000")
