"""The workbench as a person uses it: both sides, weights, side by side, set aside, ties, suggestions, what is new."""

import re

import pytest

from grandunion.interfaces.web.matches import shown
from grandunion.records.achievements import Achievement, Inventor
from grandunion.records.journal import Entry
from grandunion.records.matches import Look, Match, Tie, WeightSet
from grandunion.terms.achievements import AchievementState
from grandunion.terms.matches import DeclineReason, MatchState, Side, TieKind
from grandunion.terms.needs import Category
from grandunion.terms.secrecy import Level
from grandunion.terms.text import Text
from grandunion.work.actions import base
from grandunion.work.actions import matches as actions
from grandunion.work.actions import needs as need_actions
from grandunion.work.queries.matches.bonds import bonds, parties_of
from tests.cast import NOON, make_person
from tests.watching import queries

pytestmark = pytest.mark.django_db

FETCHED = {"X-Requested-With": "fetch"}


@pytest.fixture
def need(bo):
    return need_actions.register(
        {"contact_name": "Bo", "contact_phone": "0551-7654321", "category": Category.TECHNOLOGY.value,
         "title_zh": "高温超导磁体线圈", "text_zh": "聚变装置需要高温超导磁体线圈。", "trl_wanted": 6},
        by=bo, at=NOON,
    )  # fmt: skip


def make(title, owner, number, **values):
    made = Achievement.objects.create(
        number=f"ACH-2026-{number:04d}", title_zh=title, owner=owner, level=Level.MEMBERS, created_at=NOON,
        state=AchievementState.IN_LIBRARY, state_at=NOON, updated_at=NOON, **values,
    )  # fmt: skip
    base.index_words(made)
    return made


@pytest.fixture
def coils(university):
    return [make(f"超导磁体线圈绕制工艺{number}型", university, number, trl=number) for number in range(1, 10)]


@pytest.fixture
def bench(need):
    return f"/w/matches/for/need/{need.number}/"


def matches_made():
    return Match.objects.unscoped("tests look at what was made")


def text_of(answer):
    return answer.content.decode()


def places(page):
    """The candidates in the order in which they stand."""
    return list(dict.fromkeys(re.findall(r'name="with" value="(ACH-[\d-]+)"', page)))


def test_weights_in_the_address_change_the_order_and_say_where_each_stood(ada_user, sign_in, bench, coils):
    ada = sign_in(ada_user)
    plain = text_of(ada.get(bench))
    changed = text_of(ada.get(f"{bench}?w_text=0&w_freshness=0&w_record=0&w_capacity=0&w_place=0&w_maturity=90"))
    assert places(plain)
    assert places(changed)[0] in {coil.number for coil in coils if coil.trl >= 6}
    assert 'id="effect"' in changed
    assert 'id="effect"' not in plain
    again = text_of(ada.get(f"{bench}?w_text=40&w_classification=18"))
    assert 'id="effect"' not in again, "weights that are in force change nothing"


def test_weights_that_are_no_numbers_are_refused_in_a_sentence(ada_user, sign_in, bench, coils):
    answer = sign_in(ada_user).get(f"{bench}?w_text=viel")
    assert answer.status_code == 422
    assert "viel" in text_of(answer)


def test_weights_become_a_proposal_with_a_reason_and_count_only_when_put_in_force(ada_user, sign_in, bench, coils):
    ada = sign_in(ada_user)
    given = {"market": "technology", "w_text": "80"}
    assert ada.post(f"{bench}weights/", {**given, "reason": ""}).status_code == 409
    assert ada.post(f"{bench}weights/", {"market": "technology", "reason": "x"}).status_code == 409
    assert ada.post(f"{bench}weights/", {**given, "reason": "Words tell more here."}).status_code == 303
    proposed, first = WeightSet.objects.unscoped("tests look at what was made").order_by("-edition")
    assert (proposed.state, first.state) == ("proposed", "active")
    assert 'id="effect"' not in text_of(ada.get(bench))


def test_those_who_may_not_weigh_are_not_offered_it_and_may_not(bo_user, sign_in, bench, coils):
    bo = sign_in(bo_user)
    assert "weights/" not in text_of(bo.get(f"{bench}?w_text=80"))
    assert bo.post(f"{bench}weights/", {"w_text": "80", "reason": "x"}).status_code == 403


def test_four_at_most_stand_side_by_side_with_all_their_parts(ada_user, sign_in, bench, coils):
    ada = sign_in(ada_user)
    ticked = places(text_of(ada.get(bench)))[:5]
    answer = ada.post(f"{bench}picked/", {"with": ticked, "deed": "compare", "market": "technology"})
    assert answer.status_code == 303
    shown = text_of(ada.get(answer.url))
    assert [number in shown for number in ticked] == [True] * 4 + [False]
    assert shown.count("<meter") > 8
    assert "<meter" not in text_of(ada.get(f"{bench}compare/?with=ACH-1999-0001"))


def test_several_are_set_aside_at_once_with_one_reason(ada_user, bo_user, sign_in, bench, coils):
    ada, ticked = sign_in(ada_user), [coil.number for coil in coils[:3]]
    form = {"with": ticked, "deed": "aside", "reason": DeclineReason.TOO_IMMATURE.value}
    assert sign_in(bo_user).post(f"{bench}picked/", form).status_code == 403
    assert ada.post(f"{bench}picked/", {**form, "reason": ""}).status_code == 422
    assert ada.post(f"{bench}picked/", form).status_code == 303
    assert matches_made().filter(state=MatchState.DECLINED, reason="too_immature").count() == 3
    assert not set(ticked) & set(places(text_of(ada.get(bench))))


def test_one_click_asks_and_stays_in_the_list(ada_user, sign_in, bench, coils):
    ada = sign_in(ada_user)
    form = {"offer": coils[0].number, "stay": "1", "back": "w_text=80&next=https://elsewhere.example"}
    answer = ada.post(f"{bench}pair/", form)
    assert answer.url == f"{bench}?w_text=80"
    assert matches_made().get().state == MatchState.SENT
    assert coils[0].number not in places(text_of(ada.get(bench)))


def asked_in(page):
    """The questions a page asks, as its forms send them back."""
    forms = re.findall(r'<form class="question".*?</form>', page, re.DOTALL)
    return [dict(re.findall(r'name="(one|other|tie_kind|next)" value="([^"]+)"', form)) for form in forms]


def test_an_unconfirmed_tie_is_settled_where_it_keeps_apart(ada_user, bo_user, ada, sign_in, bench, coils, need):
    tie = actions.declare_tie(need.owner, coils[0].owner, TieKind.CONTROL, source="heard", by=ada, at=NOON)
    browser = sign_in(ada_user)
    page = text_of(browser.get(bench))
    assert not places(page)
    (asked,) = {tuple(sorted(one.items())) for one in asked_in(page)}
    given = {**dict(asked), "reason": "Sold in May."}
    assert given["next"] == bench
    assert not asked_in(text_of(sign_in(bo_user).get(bench)))
    assert sign_in(bo_user).post("/w/ties/answer/", {**given, "stands": "no"}).status_code == 403
    assert browser.post("/w/ties/answer/", {**given, "stands": "perhaps"}).status_code == 422
    assert browser.post("/w/ties/answer/", {**given, "stands": "no", "reason": " "}).status_code == 422
    assert not places(text_of(browser.get(bench)))
    assert browser.post("/w/ties/answer/", {**given, "stands": "no"})["Location"] == bench
    assert places(text_of(browser.get(bench)))
    tie = Tie.objects.unscoped("tests look at what was made").get(pk=tie.pk)
    assert (tie.is_confirmed, tie.settled_why) == (False, "Sold in May.")


@pytest.mark.parametrize("stands", ["yes", "no"])
def test_a_joint_invention_nobody_confirmed_is_settled_where_it_keeps_apart(
    ada_user, sign_in, need, coils, chen_person, stands
):
    other = make_person("Wei")
    for person in (chen_person, other):
        Inventor.objects.create(achievement=coils[0], person=person, share_percent=50)
    chen_person.expertise = "高温超导磁体线圈"
    chen_person.save(update_fields=["expertise"])
    base.index_words(chen_person)
    need.contact_person = other
    need.save(update_fields=["contact_person"])
    browser, here = sign_in(ada_user), f"/w/matches/for/need/{need.number}/?market=expert"
    (asked,) = asked_in(text_of(browser.get(here)))
    assert {asked["one"], asked["other"]} == {chen_person.number, other.number}
    assert browser.post("/w/ties/answer/", {**asked, "stands": stands, "reason": "Asked both."}).status_code == 303
    page = text_of(browser.get(here))
    assert not asked_in(page)
    assert (f'name="with" value="{chen_person.number}"' in page) is (stands == "no")
    assert "Asked both." in text_of(browser.get(f"/w/ties/{other.number}/"))
    told = {entry.verb for entry in Entry.objects.filter(subject_kind="tie")}
    assert told == {"tie.declared", "tie.settled"}


def test_what_both_inventors_confirm_stands_whatever_was_said_before(ada, need, coils, chen_person):
    other = make_person("Wei")
    actions.answer_question(
        chen_person, other, TieKind.CO_AUTHOR, stands=False, reason="Another of this name.", by=ada, at=NOON
    )
    for person in (chen_person, other):
        Inventor.objects.create(achievement=coils[0], person=person, share_percent=50, confirmed_at=NOON)
    found = bonds(parties_of((), [other.pk]), parties_of((), [chen_person.pk]), NOON.date())
    assert [bond.is_confirmed for _, _, bond in found] == [False, True]


def test_an_offer_stands_in_the_middle_and_its_owner_asks(office_user, dee_user, sign_in, need, coils):
    need.level = Level.MEMBERS
    need.save(update_fields=["level"])
    office, here = sign_in(office_user), f"/w/matches/for/achievement/{coils[5].number}/"
    assert need.number in text_of(office.get(here))
    assert sign_in(dee_user).get(here).status_code == 403
    assert office.post(f"{here}pair/", {"offer": need.number}).status_code == 303
    assert matches_made().get().state == MatchState.INTERESTED
    assert office.get("/w/matches/for/offer/ACH-2026-0001/").status_code == 404


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_of_the_workbench_opens_in_both_languages(ada_user, sign_in, coils, need, language, chen_person):
    ada, bench = sign_in(ada_user), f"/w/matches/for/need/{need.number}/"
    ada.cookies["language"] = language
    for address in (
        bench, f"{bench}?market=expert", f"{bench}?w_text=1", f"{bench}compare/", f"{bench}compare/?with=ACH-2026-0001",
        f"/w/matches/for/achievement/{coils[0].number}/", "/w/matches/new/",
        f"/w/matches/suggested/need/{need.number}/", f"/w/matches/suggested/achievement/{coils[0].number}/",
        f"/w/matches/suggested/organisation/{need.owner.number}/",
        f"/w/matches/suggested/person/{chen_person.number}/", "/w/matches/alike/need/?q=超导磁体线圈",
    ):  # fmt: skip
        answer = ada.get(address)
        assert answer.status_code == 200, address
        assert "{n}" not in text_of(answer), address


def test_suggestions_are_a_fragment_for_those_who_may_look_and_nothing_for_others(
    ada_user, bo_user, dee_user, sign_in, need, coils
):
    here = f"/w/matches/suggested/need/{need.number}/"
    for user in (ada_user, bo_user):
        part = text_of(sign_in(user).get(here, headers=FETCHED))
        assert "<html" not in part
        assert part.count("panel-item-line") == 3
    assert sign_in(dee_user).get(here, headers=FETCHED).status_code == 404
    of_coil = f"/w/matches/suggested/achievement/{coils[0].number}/"
    assert sign_in(dee_user).get(of_coil, headers=FETCHED).content.strip() == b""
    assert need.number not in text_of(sign_in(dee_user).get(of_coil))


def test_record_pages_have_a_place_for_suggestions_only_for_those_who_may_look(
    ada_user, dee_user, bo_user, sign_in, need, coils, bo_company
):
    ada, dee = sign_in(ada_user), sign_in(dee_user)
    pages = (f"/w/achievements/{coils[0].number}/", f"/w/organisations/{bo_company.number}/")
    for page in pages:
        assert "/w/matches/suggested/" in text_of(ada.get(page))
        assert "/w/matches/suggested/" not in text_of(dee.get(page))
    assert "/w/matches/suggested/" in text_of(sign_in(bo_user).get(f"/w/needs/{need.number}/"))


def test_what_is_new_is_marked_as_seen_with_one_click(office_user, sign_in, need, coils):
    need.level = Level.MEMBERS
    need.save(update_fields=["level"])
    office = sign_in(office_user)
    assert "/w/matches/new/" in text_of(office.get("/w/"))
    assert need.number in text_of(office.get("/w/matches/new/"))
    assert "<html" not in text_of(office.get("/w/matches/new/", headers=FETCHED))
    assert office.post("/w/matches/new/seen/").status_code == 303
    assert Look.objects.count() == 1
    assert need.number not in text_of(office.get("/w/matches/new/"))


def test_titles_alike_are_shown_while_typing_with_a_reason(ada_user, dee_user, sign_in, need):
    ada, dee = sign_in(ada_user), sign_in(dee_user)
    assert need.number in text_of(ada.get("/w/matches/alike/need/?q=高温超导磁体线圈"))
    assert text_of(dee.get("/w/matches/alike/need/?q=高温超导磁体线圈")).strip() == ""
    assert "/w/matches/alike/need/" in text_of(ada.get("/w/needs/new/"))
    assert "/w/matches/alike/achievement/" in text_of(ada.get("/w/achievements/new/"))


def test_the_workbench_asks_a_bounded_number_of_questions(ada_user, sign_in, bench, coils):
    ada = sign_in(ada_user)
    ada.get(bench)
    with queries(at_most=60):
        ada.get(bench)
    with queries(at_most=70):
        ada.get(f"{bench}?w_maturity=90")


def test_a_passage_is_said_in_the_readers_language_beside_how_it_stands(university):
    found = "高温超导带材绕制磁体线圈"
    both = make("线圈", university, 90, abstract_public_zh=found, abstract_public_en="Coils wound of tape.")
    passage = shown._passage(found, both)
    assert passage == shown.Passage(Text("Coils wound of tape.", found), found, "zh")
    alone = make("线圈", university, 91, abstract_public_zh=found)
    assert shown._passage(found, alone) == shown.Passage(Text(found, found))


def test_the_record_whose_form_is_open_is_not_alike_to_itself(ada_user, sign_in, need):
    ada, ask = sign_in(ada_user), "/w/matches/alike/need/?q=高温超导磁体线圈"
    assert need.number not in text_of(
        ada.get(ask, headers={"referer": f"http://testserver/w/needs/{need.number}/edit/"})
    )
    assert need.number in text_of(ada.get(ask, headers={"referer": "http://testserver/w/needs/new/"}))


def test_an_introduced_match_leads_to_its_outcome_and_to_others(ada_user, ada, sign_in, bench, coils, need):
    match = actions.propose(need, coils[0], by=ada, at=NOON)
    for side in Side:
        actions.accept(match, side, note="by phone", by=ada, at=NOON)
    actions.introduce(match, by=ada, at=NOON)
    browser, base_url = sign_in(ada_user), f"/w/matches/{match.number}/"
    page = text_of(browser.get(base_url))
    assert bench in page
    for code in ("meet", "succeed", "fail"):
        assert f"{base_url}moves/{code}/" in page.split("<main")[1].split('class="record"')[0], code
    browser.post(f"{base_url}moves/succeed/", {"success_kind": "contract", "note": "signed"})
    assert matches_made().get().state == MatchState.SUCCESS
    further = f"/w/projects/new/?achievement={coils[0].number}"
    assert further in text_of(browser.get(base_url))
    assert coils[0].number in text_of(browser.get(further))


@pytest.mark.parametrize(
    "asked",
    ["?market=nowhere", "?w_text=NaN", "?w_text=1e-9999", "?w_text=-1", "?w_nothing=1&w_text=3", "?w_text=Infinity",
     "compare/?with=%00&with=ACH-2026-0001", "compare/?" + "with=x&" * 300, "?w_text=%F0%9F"],
)  # fmt: skip
def test_an_address_nobody_wrote_is_answered_in_a_sentence(ada_user, sign_in, bench, coils, asked):
    assert sign_in(ada_user).get(f"{bench}{asked}").status_code in (200, 422)
