"""An officer plans a round by clicks, looks at what a cancellation would change, and hands out timetables."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from grandunion.adapters.tables.books import write_book
from grandunion.records.matches import Match, Participant
from grandunion.terms.matches import MatchState, Side
from grandunion.terms.parties import OrganisationKind
from grandunion.terms.roles import Role
from grandunion.terms.rounds import RoundState
from grandunion.work.actions import matches as actions
from grandunion.work.queries import matches
from grandunion.work.queries.matches.round_files import COLUMNS
from tests.cast import NOON, make_organisation, make_user
from tests.work.test_rounds import ROADSHOW, mandate_of, need_of, roadshow  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(db):
    client = Client()
    client.force_login(make_user("desk@hub.example", Role.OFFICER))
    return client


@pytest.fixture
def planned(roadshow, ada):  # noqa: F811
    """The roadshow with its meetings assigned."""
    actions.assign_round(roadshow, by=ada, at=NOON)
    return roadshow


def of(round_):
    return f"/w/rounds/{round_.number}/"


def test_a_round_is_planned_filled_and_assigned_by_clicks(officer, ada):
    for number in range(2):
        need_of(number, ada)
        mandate_of(number, ada)
    sent = {"title_zh": "路演", "title_en": "", "market": "capital", "place": "", "area": "", "day": "2026-12-01",
            "starts": "09:00", "minutes": "20", "pause": "5", "count": "3", "tables": "4", "needing_min": "1",
            "needing_max": "3", "offering_min": "0", "offering_max": "3", "objective": "total",
            "fair_to": "firsts"}  # fmt: skip
    answer = officer.post("/w/rounds/new/", sent)
    assert answer.status_code == 303
    base = answer.url.split("participants")[0]
    assert officer.post(f"{base}participants/", {"side": "needing", "all": "1"}).status_code == 303
    assert officer.post(f"{base}participants/", {"side": "offering", "all": "1"}).status_code == 303
    assert officer.post(f"{base}plan/").status_code == 303
    round_ = matches.get_round(base.split("/")[3], ada)
    assert (round_.state, len(round_.slots), round_.slots[1]["starts_at"][11:16]) == (RoundState.ASSIGNED, 3, "09:25")
    assert len(matches.appointments(round_, ada, is_desk=True)) == 4
    assert officer.post(f"{base}moves/publish/", {"version": round_.version}).status_code == 303


def test_numbers_that_nobody_knows_are_named_and_nobody_joins(officer, planned, ada):
    need = need_of(2, ada)
    answer = officer.post(f"{of(planned)}participants/", {"side": "needing", "numbers": f"{need.number} NED-1999-0001"})
    assert answer.status_code == 422
    assert "NED-1999-0001" in answer.content.decode()
    assert len(matches.participants(planned, Side.NEEDING)) == 2


def test_a_change_is_shown_before_it_is_accepted_and_only_then_kept(officer, planned, ada):
    actions.publish_round(planned, by=ada, at=NOON)
    row = matches.appointments(planned, ada, is_desk=True)[0]
    sent = {"kind": "cancels", "participant": row.offering_id, "reason": "ill", "version": planned.version}
    shown = officer.post(f"{of(planned)}changes/", sent)
    assert shown.status_code == 200
    assert "不再参加" in shown.content.decode()
    assert Participant.objects.unscoped("a test looks at what was written").filter(cancelled_at=None).count() == 5
    assert officer.post(f"{of(planned)}changes/", {**sent, "accepted": "1"}).status_code == 303
    left = matches.appointments(planned, ada, is_desk=True)
    assert row.offering_id not in {one.offering_id for one in left}
    late = {"kind": "slot_lost", "slots": ["t1"], "reason": "x", "version": planned.version, "accepted": "1"}
    assert officer.post(f"{of(planned)}changes/", late).status_code == 409


@pytest.mark.parametrize(
    "sent", [{"kind": "slot_lost", "slots": ["t1"]}, {"kind": "away", "slots": ["t1"]}, {"kind": "refused"}]
)
def test_every_kind_of_change_is_repaired_as_it_was_shown(officer, planned, ada, sent):
    row = matches.appointments(planned, ada, is_desk=True)[0]
    sent = {"participant": row.needing_id, "other": row.offering_id, "reason": "x", "version": planned.version, **sent}
    assert "确认调整" in officer.post(f"{of(planned)}changes/", sent).content.decode()
    assert officer.post(f"{of(planned)}changes/", {**sent, "accepted": "1"}).status_code == 303
    left = [(one.needing_id, one.offering_id, one.slot) for one in matches.appointments(planned, ada, is_desk=True)]
    assert (row.needing_id, row.offering_id, "t1") not in left


def test_what_both_sides_say_at_a_meeting_introduces_them(officer, planned, ada):
    actions.publish_round(planned, by=ada, at=NOON)
    row = next(one for one in matches.appointments(planned, ada, is_desk=True) if one.match)
    assert row.match.state == MatchState.SENT
    sent = {"state": "held", "result": "interested", "decline_reason": "", "note": "both said so", "version": 1}
    assert officer.post(f"{of(planned)}meetings/{row.pk}/", sent).status_code == 303
    match = Match.objects.unscoped("a test looks at what was written").get(pk=row.match_id)
    assert (match.state, bool(match.needing_accepted_at), bool(match.parts)) == (MatchState.MEETING, True, True)


def test_a_refusal_at_a_meeting_is_counted_with_its_reason(officer, planned, ada):
    actions.publish_round(planned, by=ada, at=NOON)
    row = next(one for one in matches.appointments(planned, ada, is_desk=True) if one.match)
    sent = {"state": "held", "result": "declined", "decline_reason": "price_too_high", "note": "", "version": 1}
    assert officer.post(f"{of(planned)}meetings/{row.pk}/", sent).status_code == 303
    assert Match.objects.unscoped("a test looks at what was written").get(pk=row.match_id).reason == "price_too_high"
    missed = {"state": "missed", "result": "interested", "decline_reason": "", "note": "", "version": 2}
    assert officer.post(f"{of(planned)}meetings/{row.pk}/", missed).status_code == 409


def test_members_read_their_own_timetable_and_nobody_elses(planned, ada):
    actions.publish_round(planned, by=ada, at=NOON)
    company = matches.participants(planned, Side.NEEDING)[0].need.owner
    other = matches.participants(planned, Side.NEEDING)[1].need.owner
    client = Client()
    client.force_login(make_user("co@x.example", Role.ENTERPRISE, company))
    for address in (of(planned), f"{of(planned)}timetable/", f"{of(planned)}timetable/?who=1"):
        page = client.get(address).content.decode()
        assert other.name_en not in page
        assert "电话" not in page
    assert company.name_en in client.get(f"{of(planned)}timetable/").content.decode()
    for closed in ("pairs/", "file/", "changes/", "participants/"):
        assert client.get(f"{of(planned)}{closed}").status_code == 403


def test_a_round_goes_out_as_a_workbook_and_comes_back_the_same(officer, planned, ada):
    book = officer.get(f"{of(planned)}file/").content
    before = [(one.needing_id, one.offering_id, one.slot) for one in matches.appointments(planned, ada, is_desk=True)]
    sent = {"file": SimpleUploadedFile("round.xlsx", book), "table": "members"}
    assert officer.post(f"{of(planned)}import/", sent).status_code == 303
    after = [(one.needing_id, one.offering_id, one.slot) for one in matches.appointments(planned, ada, is_desk=True)]
    assert sorted(after) == sorted(before)
    text = officer.get(f"{of(planned)}file/?format=csv&table=pairs").content
    sent = {"file": SimpleUploadedFile("pairs.csv", text), "table": "pairs"}
    assert officer.post(f"{of(planned)}import/", sent).status_code == 303
    assert len(matches.pairings(planned)) == 6


def test_a_file_with_one_bad_row_changes_nothing_and_names_it(officer, planned, ada):
    kept = io.BytesIO()
    needing, offering = (matches.participants(planned, side)[0] for side in (Side.NEEDING, Side.OFFERING))
    good = {"key_a": needing.need.number, "key_b": offering.offer.number, "value": "0.9"}
    write_book(kept, {"pairs": (COLUMNS["pairs"], [good, {**good, "key_b": "OFR-1999-0001"}])})
    sent = {"file": SimpleUploadedFile("round.xlsx", kept.getvalue()), "table": "members"}
    answer = officer.post(f"{of(planned)}import/", sent)
    assert answer.status_code == 422
    assert "OFR-1999-0001" in answer.content.decode()
    assert len(matches.pairings(planned)) == 6


@pytest.fixture
def large(ada):
    """14 companies and 30 investors with every pair, as organisations without papers."""
    made = actions.create_round({**ROADSHOW, "needing_max": 3, "tables": 10}, by=ada, at=NOON)
    for side, count, kind in ((Side.NEEDING, 14, OrganisationKind.ENTERPRISE),
                              (Side.OFFERING, 30, OrganisationKind.INVESTOR)):  # fmt: skip
        some = [make_organisation(f"{side.value} {number}", kind) for number in range(count)]
        actions.add_all(made, side, some, by=ada, at=NOON)
    actions.compute_pairs(made, by=ada, at=NOON)
    actions.assign_round(made, by=ada, at=NOON)
    return made


def test_the_pages_of_a_large_round_ask_few_questions(officer, large, queries):
    officer.get(of(large))
    for address, marks in ((of(large), 44), (f"{of(large)}pairs/", 420), (f"{of(large)}timetable/", 20)):
        with queries(at_most=22):
            page = officer.get(address).content.decode()
        assert len(re.findall(r'<td class="heat|<th scope="row"', page)) >= marks
    with queries(at_most=22):
        assert "NaN" not in officer.get(f"{of(large)}pairs/?as=table").content.decode()


def test_the_fairness_switch_assigns_anew(officer, planned, ada):
    assert officer.post(f"{of(planned)}fair/", {"objective": "worst_off"}).status_code == 303
    now = matches.get_round(planned.number, ada)
    assert (now.objective, now.state) == ("worst_off", RoundState.ASSIGNED)


def test_every_page_of_a_round_opens_for_the_desk_in_both_languages(officer, planned, ada):
    needing, offering = (matches.participants(planned, side)[0].pk for side in (Side.NEEDING, Side.OFFERING))
    row = matches.appointments(planned, ada, is_desk=True)[0]
    rest = ("", "edit/", "participants/?q=a", f"participants/{needing}/", "pairs/", "pairs/?as=table", "changes/",
            f"pairs/{needing}/{offering}/", f"meetings/{row.pk}/", "timetable/", f"timetable/?who={needing}", "import/",
            "moves/cancel/", "file/?format=csv")  # fmt: skip
    for language in ("zh", "en"):
        officer.cookies["language"] = language
        for address in ("/w/rounds/", "/w/rounds/new/", *(f"{of(planned)}{one}" for one in rest)):
            assert officer.get(address).status_code == 200, address
