"""Ties between parties: declared by their own side or the desk, looked into by the desk, read by nobody else."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from grandunion.records.matches import OptOut, Tie
from grandunion.terms.matches import Market, TieKind
from grandunion.terms.secrecy import Level
from grandunion.work.actions import matches as actions
from tests.cast import NOON, make_organisation

pytestmark = pytest.mark.django_db


def only() -> Tie:
    return Tie.objects.unscoped("tests look at what was made").get()


def text_of(answer: object) -> str:
    return answer.content.decode()


@pytest.fixture
def rival(db):
    return make_organisation("Rival Robotics")


def test_the_desk_declares_a_tie_and_another_look_settles_it(ada_user, bo_company, rival, sign_in):
    ada, home = sign_in(ada_user), f"/w/ties/{bo_company.number}/"
    assert f'href="{home}"' in text_of(ada.get(f"/w/organisations/{bo_company.number}/"))
    answer = ada.post(home, {"other": rival.number, "tie_kind": "competitor", "source": "a call"})
    assert answer["Location"] == home
    assert only().is_confirmed is None
    assert "Rival Robotics" in text_of(ada.get("/w/ties/"))
    assert ada.post(f"/w/ties/{only().number}/stands/", {"next": home}).status_code == 422
    ada.post(f"/w/ties/{only().number}/stands/", {"next": home, "reason": "The register says so."})
    assert only().is_confirmed is True
    assert "The register says so." in text_of(ada.get(home))
    assert "Rival Robotics" not in text_of(ada.get("/w/ties/"))
    assert ada.post(f"/w/ties/{only().number}/ended/", {"next": "https://elsewhere.example/"})["Location"] == "/w/ties/"
    assert only().ended_at is not None


def test_a_company_declares_its_own_tie_and_reads_only_what_it_declared(ada, bo_user, bo_company, rival, sign_in):
    actions.declare_tie(rival, bo_company, TieKind.CONTROL, source="Secret register", by=ada, at=NOON)
    bo, home = sign_in(bo_user), f"/w/ties/{bo_company.number}/"
    assert "Secret register" not in text_of(bo.get(home))
    bo.post(home, {"other": rival.number, "tie_kind": "competitor", "source": "we compete"})
    text = text_of(bo.get(home))
    assert "we compete" in text
    assert "Secret register" not in text
    assert bo.get("/w/ties/").status_code == 403
    assert bo.get(f"/w/ties/{rival.number}/").status_code == 403
    theirs = Tie.objects.unscoped("tests look at what was made").get(source="Secret register")
    assert bo.post(f"/w/ties/{theirs.number}/stands/").status_code == 404
    mine = Tie.objects.unscoped("tests look at what was made").get(source="we compete")
    assert bo.post(f"/w/ties/{mine.number}/does-not-stand/", {"reason": "x"}).status_code == 403


def test_a_wrong_number_is_said_at_its_field(ada_user, bo_company, sign_in):
    answer = sign_in(ada_user).post(
        f"/w/ties/{bo_company.number}/", {"other": "ORG-1999-0001", "tie_kind": "control", "source": "x"}
    )
    assert answer.status_code == 422
    assert "ORG-1999-0001" in text_of(answer)


def test_a_party_whose_record_is_closed_is_not_named(dee, dee_user, rival, sign_in):
    mine = next(iter(dee.organisation_ids))
    from_me = rival.__class__.objects.unscoped("tests look at what was made").get(pk=mine)
    actions.declare_tie(from_me, rival, TieKind.FAMILY, source="known", by=dee, at=NOON)
    rival.level = Level.NAMED
    rival.save(update_fields=["level"])
    text = text_of(sign_in(dee_user).get(f"/w/ties/{from_me.number}/"))
    assert "known" in text
    assert "Rival Robotics" not in text


def test_the_desk_takes_a_spreadsheet_of_ties_in_and_out(ada_user, bo_user, bo_company, rival, sign_in):
    ada, text = sign_in(ada_user), f"one,other,kind,source\n{bo_company.number},Rival Robotics,竞争关系,a call\n"
    sent = SimpleUploadedFile("ties.csv", text.encode())
    assert ada.post("/w/ties/import/", {"file": sent})["Location"] == "/w/ties/"
    assert only().source == "a call"
    assert ada.get("/w/ties/export/").content[:2] == b"PK"
    wrong = ada.post(
        "/w/ties/import/", {"file": SimpleUploadedFile("ties.csv", text.replace("Rival", "Other").encode())}
    )
    assert wrong.status_code == 422
    assert "Other Robotics" in text_of(wrong)
    assert sign_in(bo_user).get("/w/ties/import/").status_code == 403


def wishes() -> set[str]:
    return set(
        OptOut.objects.unscoped("tests look at what was made").filter(ended_at=None).values_list("market", flat=True)
    )


def test_a_company_chooses_the_markets_on_which_it_is_suggested(bo_user, bo_company, sign_in):
    bo, here, home = sign_in(bo_user), f"/w/suggestions/{bo_company.number}/", f"/w/organisations/{bo_company.number}/"
    assert f'href="{here}"' in text_of(bo.get(home))
    assert text_of(bo.get(here)).count("checked") == len(Market)
    assert bo.post(here, {"wanted": [one.value for one in Market if one is not Market.CAPITAL]})["Location"] == home
    assert wishes() == {"capital"}
    assert text_of(bo.get(here)).count("checked") == len(Market) - 1
    assert "资本—企业" in text_of(bo.get(home))
    bo.post(here, {})
    assert wishes() == {""}
    assert bo.post(here, {}).status_code == 409
    bo.post(here, {"wanted": Market.codes()})
    assert wishes() == set()
    assert bo.post(here, {"wanted": ["moon"]}).status_code == 422
    assert f'action="{here}none/"' in text_of(bo.get(here))
    bo.post(f"{here}none/")
    assert wishes() == {""}
    assert f'action="{here}none/"' not in text_of(bo.get(here))
    bo.post(f"{here}all/")
    assert wishes() == set()
    assert bo.post(f"{here}moon/").status_code == 404


def test_the_desk_chooses_for_somebody_on_their_word_and_nobody_else_does(
    ada_user, dee_user, bo_company, chen_person, sign_in
):
    ada = sign_in(ada_user)
    for party in (bo_company, chen_person):
        here = f"/w/suggestions/{party.number}/"
        assert ada.post(here, {"wanted": ["capital"]}).status_code == 422
        assert ada.post(f"{here}none/").status_code == 422
        assert wishes() == set()
        assert ada.post(here, {"wanted": [], "reason": "A call of 3 May."}).status_code == 303
        assert "A call of 3 May." in text_of(ada.get(here))
        OptOut.objects.unscoped("tests begin anew").all().delete()
    assert sign_in(dee_user).get(f"/w/suggestions/{bo_company.number}/").status_code == 403
