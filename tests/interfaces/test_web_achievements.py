"""The pages of achievements: a disclosure in four steps, its screening, evaluation and rights, by clicks."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from grandunion.records.achievements import Achievement, Objection, PublicNotice
from grandunion.records.parties import Organisation, Person, User
from grandunion.terms.roles import Role
from grandunion.terms.secrecy import Level
from grandunion.work.actions import lists
from tests.cast import make_organisation, make_user

HOME = "/w/achievements/"
SECRET = "Helmholtz chamber at the inlet"  # noqa: S105 - of a pump


def table(prefix: str, *rows: dict[str, object]) -> dict[str, object]:
    """Rows as a browser sends them."""
    sent = {f"{prefix}-{place}-{name}": value for place, row in enumerate(rows) for name, value in row.items()}
    return sent | {f"{prefix}-TOTAL_FORMS": len(rows) + 2, f"{prefix}-INITIAL_FORMS": 0}


@pytest.fixture
def enter(sign_in: Callable[[User], Client]) -> Callable[[User], Client]:
    """A browser in English in which the user has signed in."""

    def entered(user: User) -> Client:
        client = sign_in(user)
        client.cookies["language"] = "en"
        return client

    return entered


@pytest.fixture
def chens(enter: Callable[[User], Client], chen_user: User) -> Client:
    """Chen's browser."""
    return enter(chen_user)


@pytest.fixture
def adas(enter: Callable[[User], Client], ada_user: User) -> Client:
    return enter(ada_user)


@pytest.fixture
def offices(enter: Callable[[User], Client], office_user: User) -> Client:
    return enter(office_user)


def the_only() -> Achievement:
    return Achievement.objects.unscoped("this test made one achievement").get()


@pytest.fixture
def draft(chens: Client, university: Organisation) -> str:
    """The address of a draft with its four steps saved."""
    begun = chens.get(f"{HOME}new/")
    assert university.number in begun.content.decode()
    answer = chens.post(f"{HOME}new/", {
        "title_en": "Quiet pump", "title_zh": "静音泵", "achievement_kind": "invention", "owner": "Test University",
        "abstract_public_en": "Pumps quietly.", "abstract_confidential": SECRET, "submission": "key",
    })  # fmt: skip
    base = f"{HOME}{the_only().number}/"
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{base}steps/who/")
    return base


def complete(client: Client, base: str, chen_person: Person) -> None:
    """The steps two to four."""
    own = {"person": f"Chen Jia · {chen_person.number}", "percent": "100", "role": "lead"}
    origin = {"prior_publication": "none", "is_service_achievement": "on", **table("publications"), **table("fundings")}
    right = {"ip_type": "invention_patent", "number": "CN202610000001.9", "status": "filed", "filed_on": "2026-01-08"}
    rights = {"confidentiality": "restricted", "modes_wanted": ["transfer"], **table("rights", right)}
    for code, sent in (
        ("who", {"is_own_confirmed": "on", **table("inventors", own)}), ("origin", origin), ("rights", rights),
    ):  # fmt: skip
        answer = client.post(f"{base}steps/{code}/", sent)
        assert answer.status_code == 303, answer.content.decode()


@pytest.fixture
def submitted(chens: Client, draft: str, chen_person: Person) -> str:
    complete(chens, draft, chen_person)
    assert chens.post(f"{draft}moves/submit/", {"version": the_only().version}).status_code == 303
    return draft


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_is_there_in_both_languages(
    chens: Client, adas: Client, submitted: str, language: str, reading: Callable
) -> None:
    for client, paths in (
        (chens, (HOME, f"{HOME}mine/", f"{HOME}new/", submitted)),
        (adas, (HOME, f"{HOME}queue/", submitted, f"{submitted}edit/", f"{submitted}steps/who/",
                f"{submitted}steps/origin/", f"{submitted}steps/rights/", f"{submitted}evidence/", f"{submitted}right/",
                f"{submitted}moves/ask_more/", f"{HOME}?format=csv")),
    ):  # fmt: skip
        client.cookies["language"] = language
        for path in paths:
            with reading():
                answer = client.get(path)
            assert answer.status_code == 200, path
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            assert ("成果" if language == "zh" else "chievement") in body.decode() or "csv" in path


def test_a_step_keeps_what_was_typed_when_it_is_refused(chens: Client, draft: str) -> None:
    sent = table("inventors", {"person": "Nobody Known", "percent": "60"})
    answer = chens.post(f"{draft}steps/who/", sent)
    assert answer.status_code == 422
    assert "Nobody called" in answer.content.decode()
    assert 'value="Nobody Known"' in answer.content.decode()
    lists.next_numbers("PER", timezone.now().year, 50)  # the cast took numbers without asking the series
    added = chens.post(
        f"{draft}steps/who/", table("inventors", {"person": "Nobody Known", "percent": "60", "is_new": "on"})
    )
    assert added.status_code == 303
    assert "Nobody Known" in chens.get(draft).content.decode()


def test_submitting_too_early_says_what_is_missing(chens: Client, draft: str) -> None:
    answer = chens.post(f"{draft}moves/submit/", {})
    assert answer.status_code == 409
    assert "100 per cent" in answer.content.decode()


def test_chen_is_asked_to_confirm_and_does_so_by_one_click(chens: Client, draft: str, chen_person: Person) -> None:
    chens.post(f"{draft}steps/who/", table("inventors", {"person": chen_person.number, "percent": "100"}))
    assert "Confirm my share" in chens.get(f"{HOME}mine/").content.decode()
    chens.post(f"{draft}clicks/confirm/")
    assert "Confirm my share" not in chens.get(f"{HOME}mine/").content.decode()


def test_an_officer_opens_the_confidential_part_by_a_click(adas: Client, submitted: str) -> None:
    adas.post(f"{submitted}moves/screen/", {})
    assert SECRET not in adas.get(submitted).content.decode()
    assert SECRET not in adas.get(f"{submitted}edit/").content.decode()
    adas.post(f"{submitted}clicks/open-confidential/")
    assert SECRET in adas.get(submitted).content.decode()


def test_an_edit_without_the_confidential_part_does_not_lose_it(adas: Client, submitted: str) -> None:
    adas.post(f"{submitted}moves/screen/", {})
    sent = {"title_en": "Very quiet pump", "achievement_kind": "invention", "version": the_only().version}
    assert adas.post(f"{submitted}edit/", sent).status_code == 303
    assert (the_only().title_en, the_only().abstract_confidential) == ("Very quiet pump", SECRET)


def test_a_stale_edit_shows_the_difference(chens: Client, draft: str) -> None:
    seen = the_only().version
    sent = {"title_en": "Quieter pump", "achievement_kind": "invention", "version": seen}
    assert chens.post(f"{draft}edit/", sent).status_code == 303
    answer = chens.post(f"{draft}edit/", {**sent, "title_en": "Loud pump"})
    assert answer.status_code == 409
    assert "Quieter pump" in answer.content.decode()
    assert the_only().title_en == "Quieter pump"


def test_an_evaluation_by_clicks(adas: Client, chens: Client, submitted: str, enter: Callable) -> None:
    adas.post(f"{submitted}moves/begin_evaluation/", {})
    opinion = {"conflict": "no", "market": 7, "novelty": 8, "team": 6, "fit": 9, "recommendation": "yes"}
    for name in ("eve", "finn"):
        user = make_user(f"{name}@experts.example", Role.INVESTOR)
        assert f"{name}@experts" in adas.get(f"{submitted}reviewers/").content.decode()
        assert adas.post(f"{submitted}reviewers/", {"reviewer": f"Somebody · {user.email}"}).status_code == 303
        browser = enter(user)
        assert "Write the review" in browser.get(submitted).content.decode()
        assert browser.post(f"{submitted}review/", {**opinion, "market": 11}).status_code == 422
        assert browser.post(f"{submitted}review/", opinion).status_code == 303
    adas.post(f"{submitted}evidence/", {"level": "4", "evidence": "Bench test"})
    assert adas.post(f"{submitted}moves/conclude_evaluation/", {}).status_code == 303
    assert browser.get(submitted).status_code == 404
    assert adas.post(f"{submitted}moves/take_in/", {}).status_code == 422
    adas.post(f"{submitted}moves/take_in/", {"reason": "Strong market"})
    page = chens.get(submitted).content.decode()
    assert "Strong market" in page
    assert "finn" not in page.lower()


def test_rights_and_notice_by_clicks(
    offices: Client, enter: Callable, dee_user: User, submitted: str, bo_company: Organisation
) -> None:
    rows = Achievement.objects.unscoped("this test begins in the library")
    rows.update(state="in_library", level=Level.PUBLIC)
    terms = {"scheme": "transfer", "acceptor": bo_company.number, "opinion": "All agree", "price": "2000000",
             "price_method": "negotiated"}  # fmt: skip
    assert offices.post(f"{submitted}open-case/", terms).status_code == 303
    outsider = enter(dee_user)
    assert outsider.get(submitted).status_code == 200
    assert outsider.get(f"{submitted}case/").status_code == 403
    assert "2,000,000" not in outsider.get(submitted).content.decode()
    for code in ("submit", "pass_unit"):
        assert offices.post(f"{submitted}case/moves/{code}/", {}).status_code == 303
    assert "2,000,000.00" in offices.get(f"{submitted}notice/").content.decode()
    today = timezone.localdate()
    notice = {"text_zh": "静音泵", "text_en": "Quiet pump", "starts_on": today, "days": 15, "objections_to": "Room 12"}
    assert offices.post(f"{submitted}notice/", {**notice, "days": 3}).status_code == 422
    assert offices.post(f"{submitted}notice/", notice).status_code == 303
    assert outsider.post(f"{submitted}object/", {"raised_by": "Dee", "text": "Mine"}).status_code == 303
    PublicNotice.objects.unscoped("this test lets the notice run out").update(
        starts_on=today - timedelta(days=20), ends_on=today - timedelta(days=5)
    )
    assert offices.post(f"{submitted}case/moves/approve/", {}).status_code == 409
    key = Objection.objects.unscoped("the only objection").get().pk
    settled = {"outcome": "rejected", "settlement": "No proof"}
    assert offices.post(f"{submitted}objections/{key}/", settled).status_code == 303
    assert offices.post(f"{submitted}case/moves/approve/", {}).status_code == 303
    assert the_only().state == "disposable"


@pytest.mark.parametrize(
    "path", ["", "edit/", "steps/who/", "moves/submit/", "review/", "reviewers/", "case/", "nonsense/"]
)
def test_an_outsider_finds_nothing(enter: Callable, submitted: str, path: str) -> None:
    stranger = enter(make_user("gus@elsewhere.example", Role.ENTERPRISE, make_organisation("Gus Ltd")))
    assert stranger.get(submitted + path).status_code == 404
    assert Client().get(submitted + path).status_code == 302


@pytest.mark.parametrize("path", ["ACH-2026-9999/", "%00/", "ACH-2026-0001%00/edit/", "steps/", "1/moves/fly/"])
def test_addresses_that_lead_nowhere_are_absent(adas: Client, path: str) -> None:
    assert adas.get(f"{HOME}{path}").status_code == 404


def test_only_officers_see_the_desk(chens: Client) -> None:
    assert chens.get(f"{HOME}queue/").status_code == 403
