"""The pages of scenarios and open challenges: each is shown, each form saves, nothing that is typed is lost."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from grandunion.interfaces.kit import middleware
from grandunion.records.lists import Term
from grandunion.records.matches import Tie
from grandunion.terms.matches import TieKind
from grandunion.terms.roles import Role
from grandunion.terms.scenarios import BidCriterion, BidState, ChallengeState, OpportunityState, ProposalState
from grandunion.work.queries import scenarios
from grandunion.work.queries.parties import reader_of
from tests.cast import make_organisation, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("contexts")]

SOON = (timezone.localdate() + timedelta(days=5)).isoformat()
PAGE = {
    "heading": "A camera",
    "solution": "We look.",
    "rationale": "Lab.",
    "plan": "Weeks.",
    "trl": 7,
    "price": "90000",
}
STORY = {
    "title": "公交专用道违停识别", "pain": "常被占用。", "wanted": "识别准确率 ≥ 95 %", "domain": "transport",
    "demand_type": "soe", "safety_permit": "not_needed", "procurement_route": "undecided",
}  # fmt: skip


@pytest.fixture
def world(db, sign_in, ada_user, bo_user):
    """Ada and Eve at the desk, Una for the demand unit, Bo for a supplier, each in a browser."""
    Term.objects.create(list="scenario_domains", code="transport", name_zh="交通出行", name_en="Transport")
    unit = make_organisation("City Bus", name_zh="市公交集团")
    users = {
        "ada": ada_user, "bo": bo_user, "eve": make_user("eve@hub.example", Role.OFFICER),
        "una": make_user("una@bus.example", Role.ENTERPRISE, unit),
    }  # fmt: skip
    return {"unit": unit, "users": users, **{name: sign_in(user) for name, user in users.items()}}


def sent(client, url, /, **values):
    response = client.post(url, values)
    assert response.status_code in (302, 303), _said(response)
    assert "login" not in response["Location"], "the session has ended"
    return response["Location"]


def _said(response):
    form = (response.context or {}).get("form")
    return form.errors if form is not None else response.content.decode()[:2000]


def shown(client, url):
    response = client.get(url)
    assert response.status_code == 200, (url, response.status_code)
    return response.content.decode()


def opportunity(world):
    home = sent(world["ada"], "/w/scenarios/new/", owner=world["unit"].number, **STORY)
    for who, code in (("ada", "refine"), ("eve", "approve")):
        sent(world[who], f"{home}moves/{code}/")
    sent(world["ada"], f"{home}moves/publish/", proposals_until=SOON, level="public")
    return home


def proposal(world, home, who="bo"):
    draft = sent(world[who], f"{home}propose/")
    return sent(world[who], draft, then="hand_in", **PAGE)


def test_a_scenario_goes_from_the_first_word_to_scaling_up_by_its_pages(world):
    home = opportunity(world)
    own = proposal(world, home)
    assert "We look." in shown(world["una"], own)
    sent(world["ada"], f"{home}moves/begin_matching/")
    sent(world["una"], f"{home}moves/select/", proposal=own.rstrip("/").rsplit("/", 1)[-1])
    sent(world["una"], f"{home}moves/begin_trial/", site="4 号线", starts_on=timezone.localdate().isoformat())
    record = scenarios.opportunity(home.split("/")[3], reader_of(world["users"]["ada"], timezone.now()))
    pk = scenarios.opportunity_rows(record).indicators[0].pk
    report = SimpleUploadedFile("report.txt", b"96.2 percent", content_type="text/plain")
    sent(world["una"], f"{home}results/", **{f"value_{pk}": "96.2", "measured_by": "省检测院",
         "measured_on": timezone.localdate().isoformat(), "file": report})  # fmt: skip
    text = shown(world["una"], home)
    assert "96.2 %" in text
    assert "达标" in text
    sent(world["una"], f"{home}moves/accept/")
    assert 'name="report"' in shown(world["ada"], f"{home}moves/demonstrate/")
    sent(world["ada"], f"{home}moves/demonstrate/", report="DOC-2026-0001")
    sent(world["una"], f"{home}places/", name="滁州", is_replication="on", used_since=timezone.localdate().isoformat())
    sent(world["una"], f"{home}moves/scale/", follow_on_value="3000000", note="HT-1")
    assert "规模推广" in shown(world["ada"], home)


def test_a_refused_move_says_why_and_keeps_what_was_typed(world):
    home = sent(world["ada"], "/w/scenarios/new/", owner=world["unit"].number, **STORY)
    sent(world["ada"], f"{home}moves/refine/")
    refused = world["ada"].post(f"{home}moves/approve/")
    assert refused.status_code == 409
    assert "第二人" in refused.content.decode()
    wrong = world["ada"].post("/w/scenarios/new/", {**STORY, "owner": world["unit"].number, "wanted": "没有数字"})
    assert wrong.status_code == 422
    assert "第 1 行" in wrong.content.decode()
    assert STORY["title"] in wrong.content.decode()


def test_a_waiver_is_asked_for_by_one_and_granted_by_another(world):
    home = opportunity(world)
    own = proposal(world, home)
    sent(world["ada"], f"{home}moves/begin_matching/")
    sent(world["una"], f"{home}moves/select/", proposal=own.rstrip("/").rsplit("/", 1)[-1])
    sent(world["una"], f"{home}moves/begin_trial/", site="4 号线", starts_on=timezone.localdate().isoformat())
    record = scenarios.opportunity(home.split("/")[3], reader_of(world["users"]["ada"], timezone.now()))
    at = f"{home}indicators/{scenarios.opportunity_rows(record).indicators[0].pk}/"
    sent(world["una"], f"{at}waive/", reason="下雨")
    assert f"{at}grant/" in shown(world["eve"], home)
    assert world["una"].post(f"{at}grant/").status_code == 403
    sent(world["eve"], f"{at}grant/")
    assert "已豁免" in shown(world["ada"], home)
    assert world["ada"].get(f"{at}other/").status_code == 404


def test_a_draft_is_kept_while_somebody_types_and_lost_by_nobody(world):
    home = opportunity(world)
    draft = sent(world["bo"], f"{home}propose/")
    version = world["bo"].get(draft).context["form"].initial["version"]
    keep = draft.replace("edit/", "keep/")
    assert world["bo"].post(keep, {**PAGE, "version": version}).status_code == 204
    assert world["bo"].post(keep, {"heading": "x" * 90, "solution": "Half", "version": version}).status_code == 202
    page = shown(world["bo"], draft)
    assert "Half" in page
    assert "A camera" in page  # what does not fit is not kept, what was there stays
    assert world["una"].post(keep, {**PAGE, "version": version}).status_code == 404
    too_long = world["bo"].post(draft, {**PAGE, "solution": "长" * 826, "then": "hand_in"})
    assert too_long.status_code == 422
    assert "长" * 826 in too_long.content.decode()


def test_a_capability_is_handed_in_verified_and_listed(world):
    home = sent(world["bo"], "/w/capabilities/new/", title="Lane camera", text="Finds cars.", domain="transport", trl=8)
    sent(world["ada"], f"{home}moves/verify/", note="现场查看")
    sent(world["ada"], f"{home}moves/publish/", level="public")
    assert "Lane camera" in shown(world["una"], "/w/capabilities/")
    assert "现场查看" not in shown(world["una"], home)
    assert "现场查看" in shown(world["bo"], home)
    sent(world["bo"], f"{home}moves/withdraw/", reason="新版本")
    sent(world["bo"], f"{home}moves/hand_in_again/")
    sent(world["bo"], f"{home}edit/", title_en="Lane camera 2", text_en="Finds cars.", domain="transport")
    assert "Lane camera 2" in shown(world["bo"], home)


def challenge(world):
    home = sent(
        world["ada"], "/w/challenges/new/", owner=world["unit"].number, title="高温涂层", text="耐 1200 度。",
        wanted="耐温 ≥ 1200 °C", total_budget="5000000", enterprise_share="4000000", fiscal_share="1000000",
        conditions="有中试线。", months=18,
    )  # fmt: skip
    sent(world["ada"], f"{home}moves/screen/")
    sent(world["eve"], f"{home}moves/publish_list/", bids_until=SOON, level="public")
    return home


def test_a_bid_is_written_sealed_and_shown_to_nobody_else(world):
    home = challenge(world)
    own = sent(world["bo"], sent(world["bo"], f"{home}bid/"), then="hand_in", **PAGE)
    assert "We look." in shown(world["bo"], own)
    for other in ("ada", "eve", "una"):
        assert world[other].get(own).status_code == 404
        assert "A camera" not in shown(world[other], home)
        assert "A camera" not in shown(world[other], "/w/bids/")
    assert "密封" in shown(world["ada"], home)
    refused = world["ada"].post(f"{home}moves/close_bids/")
    assert refused.status_code == 409


def assert_only_the_free_are_offered(ada, url, bidder, free):
    daughter = make_organisation("Daughter of the bidder")
    tied = make_user("tied@daughter.example", Role.ENTERPRISE, daughter)
    Tie.objects.create(
        number="TIE-2026-0001", tie_kind=TieKind.CONTROL, organisation=bidder, other_organisation=daughter,
        source="register", is_confirmed=True, declared_at=timezone.now(),
    )  # fmt: skip
    asking = ada.get(url).content.decode()
    assert f'value="{free.pk}"' in asking
    assert f'value="{tied.pk}"' not in asking


def test_a_challenge_is_reviewed_noticed_signed_and_paid_by_its_pages(world, sign_in, later, bo_company):
    home = challenge(world)
    own = sent(world["bo"], sent(world["bo"], f"{home}bid/"), then="hand_in", **PAGE)
    far = make_organisation("Far University")
    reviewers = [make_user(f"r{n}@far.example", Role.UNIVERSITY, far) for n in range(3)]
    later(days=8)
    sent(world["ada"], f"{home}moves/close_bids/")
    sent(world["ada"], f"{own}moves/admit/")
    assert_only_the_free_are_offered(world["ada"], f"{home}reviewers/", bo_company, reviewers[0])
    for user in reviewers:
        sent(world["ada"], f"{home}reviewers/", reviewer=user.pk)
        sent(sign_in(user), f"{home}no-conflict/")
    sent(world["ada"], f"{home}moves/begin_review/")
    for user in reviewers:
        client = sign_in(user)
        assert "score/" in shown(client, home)
        sent(client, f"{own}score/", **{one.value: "8" for one in BidCriterion})
    asked = world["ada"].get(f"{home}moves/give_notice/").context["form"].initial
    assert "Bo Robotics" in asked["text_en"]
    sent(world["ada"], f"{home}moves/give_notice/", objections_to="desk@hub.example", text_zh="公示", text_en="Notice")
    later(days=30)
    sent(world["ada"], f"{home}moves/sign/", contract_number="HT-9", contract_value="90000",
         signed_on=timezone.localdate().isoformat())  # fmt: skip
    sent(world["ada"], f"{home}instalments/", instalments="样机 | 90000 | 2030-01-01")
    sent(world["ada"], f"{home}moves/begin_work/")
    reader = reader_of(world["users"]["ada"], timezone.now())
    record = scenarios.challenge(home.split("/")[3], reader)
    part = scenarios.challenge_rows(record).instalments[0]
    sent(world["una"], f"{home}instalments/{part.pk}/met/", note="样机通过")
    sent(world["ada"], f"{home}instalments/{part.pk}/pay/", paid_on=timezone.localdate().isoformat(), payment="V1")
    sent(world["una"], f"{home}moves/begin_acceptance/")
    indicator = scenarios.challenge_rows(record).indicators[0].pk
    report = SimpleUploadedFile("report.txt", b"1250", content_type="text/plain")
    sent(world["una"], f"{home}results/", **{f"value_{indicator}": "1250", "measured_by": "院",
         "measured_on": timezone.localdate().isoformat(), "file": report})  # fmt: skip
    sent(world["ada"], f"{home}moves/settle/")
    settled = scenarios.challenge(record.number, reader)
    assert settled.state == ChallengeState.SETTLED
    assert scenarios.bids(reader).get(challenge=settled.pk).state == BidState.AWARDED
    assert "V1" in shown(world["ada"], home)


@pytest.fixture
def later(monkeypatch):
    """Moves on the one clock the doors read; sessions and the database keep theirs."""

    def on(days):
        moved = SimpleNamespace(now=lambda: timezone.now() + timedelta(days=days))
        monkeypatch.setattr(middleware, "timezone", moved)

    return on


def test_every_state_word_has_a_page_that_says_it(world):
    home = opportunity(world)
    assert OpportunityState.PUBLISHED.text.zh in shown(world["ada"], home)
    own = proposal(world, home)
    assert ProposalState.SUBMITTED.text.zh in shown(world["bo"], own)
    for url in ("/w/scenarios/", "/w/capabilities/", "/w/proposals/", "/w/challenges/", "/w/bids/"):
        for who in ("ada", "bo", "una"):
            shown(world[who], url)
        assert world["ada"].get(f"{url}?format=xlsx").status_code == 200
