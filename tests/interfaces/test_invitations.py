"""Invitations at every door: one click from the fit, an answer from the match's page, the same through programs."""

import json

import pytest

from grandunion.records.matches import Match
from grandunion.records.scenarios import Proposal
from grandunion.terms.matches import MatchState
from grandunion.terms.readers import house
from grandunion.work.actions.matches import due
from tests.calling import Caller
from tests.cast import NOON
from tests.interfaces.test_cli import run

pytestmark = pytest.mark.django_db


def the_match():
    return Match.objects.unscoped("a test looks at the only one").get()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_officer_invites_from_the_fit_with_one_click_and_sees_it_there(lane, camera, ada_user, sign_in, language):
    browser = sign_in(ada_user)
    browser.cookies["language"] = language
    fits = browser.get(f"/w/matches/fitting/opportunity/{lane.number}/").content.decode()
    address = f"/w/scenarios/{lane.number}/invite/{camera.number}/"
    assert f'action="{address}"' in fits
    assert browser.post(address).headers["Location"] == f"/w/scenarios/{lane.number}/"
    assert the_match().state == MatchState.SENT
    again = browser.get(f"/w/matches/fitting/opportunity/{lane.number}/").content.decode()
    assert f"/w/matches/{the_match().number}/" in again
    assert address not in again


def test_from_the_capability_one_comes_back_to_it_and_the_words_are_kept(lane, camera, ada_user, sign_in):
    browser = sign_in(ada_user)
    address = f"/w/scenarios/{lane.number}/invite/{camera.number}/?from=capability"
    assert address in browser.get(f"/w/matches/fitting/capability/{camera.number}/").content.decode()
    assert browser.get(address).status_code == 200
    answer = browser.post(address, {"note": "Line 1 waits for you."})
    assert answer.headers["Location"] == f"/w/capabilities/{camera.number}/"
    assert the_match().note == "Line 1 waits for you."


def test_the_owner_finds_no_button_to_invite_and_cannot_post_it(lane, camera, una_user, fay_user, sign_in):
    address = f"/w/scenarios/{lane.number}/invite/{camera.number}/"
    for user in (una_user, fay_user):
        browser = sign_in(user)
        assert browser.post(address).status_code == 403
    assert address not in sign_in(una_user).get(f"/w/matches/fitting/opportunity/{lane.number}/").content.decode()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_supplier_proposes_from_the_invitation_with_one_click(asked, lane, fay_user, sign_in, language):
    browser = sign_in(fay_user)
    browser.cookies["language"] = language
    page = browser.get(f"/w/matches/{asked.number}/").content.decode()
    assert lane.title.in_(language) in page
    assert f'action="/w/scenarios/{lane.number}/propose/"' in page
    assert "Secret Una" not in page
    answer = browser.post(f"/w/scenarios/{lane.number}/propose/")
    draft = Proposal.objects.unscoped("a test looks at the only one").get()
    assert answer.headers["Location"] == f"/w/proposals/{draft.number}/edit/"
    assert the_match().state == MatchState.INTERESTED
    assert f"/w/proposals/{draft.number}/" in browser.get(f"/w/matches/{asked.number}/").content.decode()


def test_the_supplier_declines_with_a_reason(asked, fay_user, sign_in):
    browser = sign_in(fay_user)
    address = f"/w/matches/{asked.number}/moves/decline/"
    assert browser.post(address, {"note": "no"}).status_code == 422
    assert browser.post(address, {"decline_reason": "no_capacity", "note": "full until May"}).status_code == 303
    assert (the_match().reason, the_match().declined_by) == ("no_capacity", "offering")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_invitation_waits_on_the_first_page_and_in_the_lists(asked, lane, fay_user, ada_user, sign_in, language):
    for user in (fay_user, ada_user):
        browser = sign_in(user)
        browser.cookies["language"] = language
        assert lane.title.in_(language) in browser.get("/w/matches/").content.decode()
    browser = sign_in(fay_user)
    browser.cookies["language"] = language
    assert lane.title.in_(language) in browser.get("/w/").content.decode()


def test_a_program_reads_the_fits_invites_and_answers_with_what_it_saw(lane, camera, ada_user, fay_user, una_user):
    ada_calls, fay_calls, una_calls = Caller(ada_user), Caller(fay_user), Caller(una_user)
    found = ada_calls.get(f"scenarios/{lane.number}/candidates").json()
    assert (found["market"], [one["number"] for one in found["items"]]) == ("scenario", [camera.number])
    assert {part["code"] for part in found["items"][0]["parts"]} >= {"text", "classification"}
    back = ada_calls.get(f"capabilities/{camera.number}/candidates?weights=text:100").json()
    assert (back["items"][0]["number"], back["is_reweighed"]) == (lane.number, True)
    assert fay_calls.get(f"scenarios/{lane.number}/candidates").status_code == 403
    number = ada_calls.made(f"scenarios/{lane.number}/invitations", {"capability": camera.number, "note": "bitte"})
    number = number["number"]
    seen = fay_calls.get(f"matches/{number}")
    assert seen.json()["opportunity"] == lane.number
    assert seen.json()["need"] is None
    stale = fay_calls.post(f"matches/{number}/moves/accept", {"side": "offering"}, If_Match='"0"')
    assert stale.status_code == 412
    answer = fay_calls.post(f"matches/{number}/moves/accept", {"side": "offering"}, If_Match=seen["ETag"])
    assert answer.json()["state"] == "interested"
    assert len(fay_calls.get(f"matches/{number}/parts").json()["contacts"]) == 1
    assert una_calls.made(f"matches/{number}/moves/accept", {"side": "needing"})["state"] == "introduced"
    assert "Secret Una" in fay_calls.get(f"matches/{number}/parts").content.decode()
    begun = fay_calls.made(f"scenarios/{lane.number}/proposals")
    assert fay_calls.get(f"proposals/{begun['number']}").json()["capability"] == camera.number
    listed = ada_calls.get(f"matches?opportunity={lane.number}").json()["items"]
    assert [one["number"] for one in listed] == [number]


def test_a_token_that_only_reads_invites_nobody(lane, camera, ada_user):
    reads = Caller(ada_user, "read")
    assert reads.get(f"scenarios/{lane.number}/candidates").status_code == 200
    answer = reads.post(f"scenarios/{lane.number}/invitations", {"capability": camera.number})
    assert answer.status_code == 403
    assert not Match.objects.unscoped("a test counts").exists()


def test_the_console_says_what_fits_a_scenario_and_a_capability(lane, camera):
    for mine, theirs in ((lane, camera), (camera, lane)):
        found = run("match", mine.number, "--json")
        assert found.exit_code == 0, found.stderr
        told = json.loads(found.stdout)
        assert (told["market"], told["items"][0]["number"]) == ("scenario", theirs.number)
    said = run("match", lane.number)
    assert camera.number in said.stdout
    assert run("match", "SCO-2026-9999").exit_code == 2


@pytest.mark.parametrize(("language", "says"), [("zh", "逾期未答复"), ("en", "No answer in time")])
def test_an_invitation_that_has_run_out_says_so_and_offers_no_proposal(asked, fay_user, sign_in, language, says):
    late = NOON.replace(year=2099)
    due.run_due(house(late), late)
    browser = sign_in(fay_user)
    browser.cookies["language"] = language
    page = browser.get(f"/w/matches/{asked.number}/").content.decode()
    assert says in page
    assert "/propose/" not in page
