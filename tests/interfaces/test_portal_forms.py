"""The public forms: begun without an account, saved at each step, handed in once, followed by a secret address."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from grandunion.interfaces.portal import guarding
from grandunion.records.achievements import Achievement, Inventor
from grandunion.records.documents import Draft
from grandunion.records.needs import Need
from grandunion.records.parties import Person
from grandunion.terms.needs import NeedState
from grandunion.terms.readers import visitor as reader_without_account
from grandunion.terms.secrecy import Level, Secrecy
from grandunion.work.actions import needs
from grandunion.work.permissions import achievements as permissions
from grandunion.work.queries import achievements as queries
from grandunion.work.queries.documents import key_print
from tests.interfaces.test_portal import make_achievement, make_need

pytestmark = pytest.mark.django_db
SECRET = "Helmholtz chamber at the inlet"  # noqa: S105 - of a pump
DEE = {"contact_name": "Dee", "contact_phone": "13800000000", "contact_email": "", "is_agreed": "on"}


@pytest.fixture(autouse=True)
def _nobody_counted() -> None:
    """Each test begins with an address from which nothing has come."""
    cache.clear()


@pytest.fixture
def dees() -> Client:
    """Dee's browser, without an account."""
    client = Client()
    client.cookies["language"] = "en"
    return client


def opened() -> str:
    """The stamp of a form that has been open for a minute."""
    return guarding.stamp(timezone.now() - timedelta(minutes=1))


def begin(client: Client, address: str = "/ask/", **values: str) -> str:
    """The secret address of a form whose first step is saved."""
    sent = {**DEE, "applicant_type": "company", "owner_name": "Test University", "opened": opened(), **values}
    answer = client.post(address, sent)
    assert answer.status_code == 303, answer.content.decode()
    return answer.headers["Location"]


def the_draft() -> Draft:
    return Draft.objects.unscoped("this test made one form").get()


def the_need() -> Need:
    return Need.objects.unscoped("this test made one need").get()


def asked(client: Client, **values: str) -> str:
    """The address at which a need that was handed in is followed."""
    place = begin(client)
    client.post(f"{place}?step=team", {"applicant_name": "Dee's team"})
    answer = client.post(
        f"{place}?step=need", {"category": "talent", "title": "两名工程师", "text": "We look for them.", **values}
    )
    assert answer.status_code == 303, answer.content.decode()
    return answer.headers["Location"]


def test_somebody_without_an_account_asks_in_three_steps(dees):
    address = asked(dees, budget="1200000")
    row = the_need()
    assert (row.state, row.level, row.category) == (NeedState.RECEIVED, Level.ORGANISATION, "talent")
    assert (row.contact_name, row.applicant_name, row.budget) == ("Dee", "Dee's team", Decimal("1200000.00"))
    assert (row.title_zh, row.text_en) == ("两名工程师", "We look for them.")
    page = dees.get(address)
    assert row.number in page.content.decode()
    assert "Received" in page.content.decode()


def test_who_looks_for_money_says_which_round_and_in_which_form(dees):
    wanted = {"category": "financing", "finance_round": "seed", "instruments_wanted": ["equity", "loan"]}
    asked(dees, **wanted, modes_wanted="transfer")
    row = the_need()
    assert (row.finance_round, row.instruments_wanted, row.modes_wanted) == ("seed", ["equity", "loan"], [])


def test_the_asker_reads_public_names_of_states_only(dees, ada, noon):
    address = asked(dees)
    needs.take(the_need(), by=ada, at=noon)
    needs.move(the_need(), "begin_triage", by=ada, at=noon)
    page = dees.get(address).content.decode()
    assert "Being handled" in page
    assert "Triage" not in page


def test_the_secret_of_a_form_is_not_kept(dees):
    place = begin(dees)
    key = place.strip("/").split("/")[1]
    row = the_draft()
    assert row.key == key_print(key)
    assert key not in str({field.name: getattr(row, field.name) for field in Draft._meta.concrete_fields})


def test_pages_under_a_secret_address_are_kept_by_nobody(dees):
    for address in (begin(dees), asked(dees)):
        answer = dees.get(address)
        assert answer.headers["Cache-Control"] == "no-store"
        assert "noindex" in answer.headers["X-Robots-Tag"]


def test_what_was_written_is_there_again_on_another_device(dees):
    place = begin(dees)
    dees.post(f"{place}?step=team", {"applicant_name": "Dee's team"})
    assert 'value="Dee"' in Client().get(f"{place}?step=contact").content.decode()
    assert "Dee&#x27;s team" in Client().get(f"{place}?step=team").content.decode()


def test_what_is_being_typed_is_kept_without_being_judged(dees):
    place = begin(dees)
    assert dees.post(f"{place}keep/?step=need", {"title": "Half a sent"}).status_code == 204
    assert 'value="Half a sent"' in dees.get(f"{place}?step=need").content.decode()
    assert dees.get(f"{place}keep/").status_code == 405


def test_a_form_is_handed_in_once_and_what_was_written_is_erased(dees):
    address = asked(dees)
    form = address.replace("/track/", "/ask/")
    assert dees.get(form).headers["Location"] == address
    assert dees.post(f"{form}?step=need", {"title": "Again", "text": "Again", "category": "other"}).status_code == 302
    assert (the_draft().answers, the_draft().became) == ({}, the_need().number)
    assert dees.post(f"{form}keep/?step=need", {"title": "Again"}).status_code == 409


def test_a_step_that_was_left_out_is_asked_for_before_handing_in(dees):
    place = begin(dees)
    dees.post(f"{place}keep/?step=contact", {"contact_name": ""})
    answer = dees.post(f"{place}?step=need", {"category": "talent", "title": "Two engineers", "text": "Please."})
    assert answer.headers["Location"] == f"{place}?step=contact"
    assert not Need.objects.unscoped("nothing was handed in").exists()


def test_a_form_nobody_came_back_to_is_gone_after_ninety_days(dees):
    place = begin(dees)
    Draft.objects.unscoped("the test lets time pass").update(saved_at=timezone.now() - timedelta(days=91))
    assert dees.get(place).status_code == 404
    begin(dees)
    assert Draft.objects.unscoped("the forgotten one was erased").count() == 1


def test_a_made_up_key_opens_nothing(dees):
    begin(dees)
    for address in ("/ask/made-up/", "/track/made-up/", f"/ask/{the_draft().key}/"):
        assert dees.get(address).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"contact_phone": ""}, 422),
        ({"is_agreed": ""}, 422),
        ({"website": "http://spam.example"}, 409),
        ({"opened": ""}, 409),
        ({"opened": "made:up"}, 409),
    ],
)
def test_a_first_step_that_is_incomplete_or_of_a_machine_is_refused_with_nothing_lost(dees, wrong, status):
    answer = dees.post("/ask/", {**DEE, "applicant_type": "company", "opened": opened(), **wrong})
    assert answer.status_code == status
    assert 'value="Dee"' in answer.content.decode()
    assert not Draft.objects.unscoped("nothing was kept").exists()


def test_a_form_sent_in_the_moment_it_opened_is_refused(dees):
    answer = dees.post("/ask/", {**DEE, "applicant_type": "company", "opened": guarding.stamp(timezone.now())})
    assert answer.status_code == 409
    assert "faster than a person types" in answer.content.decode()


def test_one_network_begins_so_many_forms_in_an_hour(dees, monkeypatch):
    monkeypatch.setitem(guarding.LIMITS, "begin", 2)
    begin(dees)
    begin(dees)
    sent = {**DEE, "applicant_type": "company", "opened": opened()}
    assert dees.post("/ask/", sent).status_code == 429
    assert dees.post("/ask/", sent, REMOTE_ADDR="2001:db8::1").status_code == 303


@pytest.mark.parametrize("make", [make_achievement, make_need])
def test_interest_in_something_public_is_stated_with_its_number(dees, make):
    row = make("Quiet pump")
    place = begin(dees, about=row.number)
    page = dees.get(f"{place}?step=need").content.decode()
    assert row.number in page
    assert "Quiet pump" in page


def test_interest_in_something_that_is_not_public_tells_nothing_of_it(dees):
    row = make_achievement("Quiet pump", level=Level.MEMBERS)
    place = begin(dees, about=row.number)
    assert "Quiet pump" not in dees.get(f"{place}?step=need").content.decode()


def disclosed(client: Client, **values: str) -> Achievement:
    """A disclosure in four steps by somebody without an account."""
    place = begin(client, "/disclose/", contact_name="陈佳", contact_email="chen@university.example")
    client.post(f"{place}?step=achievement", {
        "title": "静音泵", "achievement_kind": "invention", "trl": "4", "abstract": "Pumps quietly.",
    })  # fmt: skip
    client.post(f"{place}?step=secret", {
        "prior_publication": "none", "is_service_achievement": "on", "abstract_confidential": SECRET,
        "funding": "National fund", "modes_wanted": ["transfer", "licence_sole"],
    })  # fmt: skip
    answer = client.post(f"{place}?step=shares", {"share_1": "60", "name_2": "Li Ming", "share_2": "40", **values})
    assert answer.status_code == 303, answer.content.decode()
    assert "Received" in client.get(answer.headers["Location"]).content.decode()
    return Achievement.objects.unscoped("this test made one achievement").get()


def test_somebody_without_an_account_discloses_in_four_steps(dees):
    row = disclosed(dees)
    assert (row.title_zh, row.abstract_public_en, row.trl) == ("静音泵", "Pumps quietly.", 4)
    assert (row.owner_name, row.owner, row.in_charge) == ("Test University", None, None)
    assert row.modes_wanted == ["transfer", "licence_sole"]
    shares = Inventor.objects.unscoped("inventors of the one achievement").order_by("-share_percent")
    assert [(share.person.name.zh, share.share_percent, share.is_representative) for share in shares] == [
        ("陈佳", Decimal("60.00"), True), ("Li Ming", Decimal("40.00"), False),
    ]  # fmt: skip


def test_a_disclosure_waits_on_the_officers_desk_and_its_secret_is_sealed(dees, ada, bo, chen):
    row = disclosed(dees)
    assert [line.record.pk for line in queries.waiting(ada)] == [row.pk]
    assert permissions.clearance(ada, row) == Secrecy.S2
    for reader in (bo, chen, reader_without_account(ada.at)):
        assert not queries.visible_to(reader).filter(pk=row.pk).exists()


def test_persons_named_by_somebody_unproved_are_shown_to_officers_only(dees):
    disclosed(dees)
    assert {person.level for person in Person.objects.unscoped("both inventors")} == {Level.ORGANISATION}


def test_shares_above_the_whole_are_refused_at_the_step(dees):
    place = begin(dees, "/disclose/")
    answer = dees.post(f"{place}?step=shares", {"share_1": "70", "name_2": "Li Ming", "share_2": "40"})
    assert answer.status_code == 422
    assert "add up to 110" in answer.content.decode()
    unshared = dees.post(f"{place}?step=shares", {"share_1": "70", "name_2": "Li Ming"})
    assert "Write this inventor&#x27;s share." in unshared.content.decode()


def test_a_citizen_number_is_refused_and_nothing_is_made(dees):
    place = begin(dees, "/disclose/", contact_email="chen@university.example")
    dees.post(f"{place}?step=achievement", {
        "title": "Pump", "achievement_kind": "invention", "abstract": "By 11010519491231002X.",
    })  # fmt: skip
    dees.post(f"{place}?step=secret", {"prior_publication": "none"})
    answer = dees.post(f"{place}?step=shares", {"share_1": "100"})
    assert answer.status_code == 422
    assert "identity number" in answer.content.decode()
    assert not Person.objects.unscoped("nothing was made").exists()


def test_who_may_disclose_in_the_workspace_is_led_there(sign_in, chen_user):
    assert sign_in(chen_user).get("/disclose/").headers["Location"] == "/w/achievements/new/"
