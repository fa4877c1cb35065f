"""The first page shows each person what is theirs today, and nothing that is not."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from allauth.mfa.models import Authenticator

from grandunion.records.achievements import Achievement, Inventor
from grandunion.records.matches import Match
from grandunion.records.needs import Need
from grandunion.records.parties import Access, Organisation, Person, User
from grandunion.records.projects import Visit
from grandunion.terms.readers import Reader
from grandunion.terms.roles import Role
from grandunion.terms.secrecy import Level
from grandunion.work.actions import journal
from grandunion.work.queries.base import visible
from grandunion.work.queries.needs.listing import IMPORTED
from grandunion.work.queries.parties import reader_of
from grandunion.work.queries.upkeep import home
from tests.cast import NOON, make_organisation, make_user
from tests.work.test_plans import landings, make_achievement, make_indicator, make_need, make_project

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TODAY = date(2026, 11, 18)


def cards(reader: Reader) -> dict[str, list[str]]:
    """The numbers on each card, by the card's code."""
    return {card.face.code: [line.number for line in card.lines] for card in home.home(reader).cards}


def make_match(need: object, **values: object) -> Match:
    count = Match.objects.unscoped("tests number their matches").count() + 1
    return Match.objects.create(
        number=f"MAT-2026-{count:04d}", market="technology", need=need, state_at=NOON, created_at=NOON,
        updated_at=NOON, **values,
    )  # fmt: skip


def test_an_officer_sees_what_is_due_and_what_nobody_has_taken(ada: Reader) -> None:
    late = make_need("Late", state="dispatched", due_at=NOON - HOUR)
    soon = make_need("Today", state="dispatched", due_at=NOON + HOUR)
    new = make_need("New", state="received", due_at=NOON + 3 * DAY)
    make_need("Far", state="dispatched", due_at=NOON + 9 * DAY)
    make_need("Done", state="closed_solved")
    found = cards(ada)
    assert (found["overdue"], found["today"], found["unassigned"]) == ([late.number], [soon.number], [new.number])


def test_a_call_published_elsewhere_waits_for_nobody_until_an_officer_takes_it_up(ada: Reader) -> None:
    call = make_need("A call", state="received", source_kind="eu-calls", source_ref="1")
    asked = [
        make_need("By an organisation", state="received", source_kind="eu-calls", source_ref="2", contact_name="Bo"),
        make_need("In the officer's own list", state="received", source_kind="file", source_ref="3"),
        make_need("Taken up", state="triage", source_kind="eu-calls", source_ref="4"),
    ]
    assert cards(ada)["unassigned"] == [need.number for need in asked]
    assert list(visible(Need, ada).filter(IMPORTED)) == [call]


def test_an_officer_sees_own_next_steps_visits_and_what_moved(ada: Reader, ada_user: User) -> None:
    own = make_project("Own", in_charge=ada_user, next_step="Call", next_step_on=TODAY - DAY)
    make_project("Later", in_charge=ada_user, next_step_on=TODAY + DAY)
    make_project("Lost", in_charge=ada_user, next_step_on=TODAY, state="lost")
    other = make_project("Other's", in_charge=make_user("eva@hub.example", Role.OFFICER), next_step_on=TODAY)
    for project, due in ((own, TODAY), (other, TODAY)):
        Visit.objects.create(project=project, label="month_3", due_on=due)
    for project in (own, other, own):
        journal.step("project", project, source="lead", target="contacted", by=ada, at=NOON)
    found = cards(ada)
    assert (found["projects"], found["visits"]) == ([own.number], [own.number])
    assert found["moved"] == [own.number, other.number]
    (line,) = next(card.lines for card in home.home(ada).cards if card.face.code == "projects")
    assert line.is_overdue
    assert line.detail.en == "Call: was due on 2026-11-17"


def test_an_officer_sees_what_waits_for_screening_and_for_introduction(ada: Reader) -> None:
    waits = make_achievement("Waits", state="submitted")
    make_achievement("In the library", state="in_library")
    lab = make_organisation("Lab")
    both, one = (
        make_match(make_need(name), offering=lab, state="interested", needing_accepted_at=NOON, offering_accepted_at=at)
        for name, at in (("Both", NOON), ("One", None))
    )
    found = cards(ada)
    assert found["screening"] == [waits.number]
    assert found["introduce"] == [both.number]
    assert one.number not in found["introduce"]


def test_an_inventor_sees_first_what_to_sign(chen: Reader, chen_person: Person, chen_user: User) -> None:
    to_sign, signed = make_achievement("To sign"), make_achievement("Signed")
    for record, at in ((to_sign, None), (signed, NOON)):
        Inventor.objects.create(achievement=record, person=chen_person, share_percent=60, confirmed_at=at)
        Access.objects.create(subject_kind="achievement", subject_id=record.pk, user=chen_user, part="inventor",
                              reason="inventor", granted_by="Ada", granted_at=NOON)  # fmt: skip
    found = cards(chen)
    assert (found["sign"], found["mine"]) == ([to_sign.number], [signed.number])
    assert home.home(chen).cards[0].lines[0].detail.zh == "请确认您的份额：60 %"


def test_a_transfer_office_sees_its_own_achievements_by_what_they_wait_for(
    office: Reader, university: Organisation
) -> None:
    states = ("draft", "more_info", "public_notice", "in_library")
    own = {state: make_achievement(state, state=state, owner=university).number for state in states}
    make_achievement("Another's", state="draft", owner=make_organisation("Other"))
    found = cards(office)
    assert set(found["supply"]) == {own["draft"], own["more_info"]}
    assert found["rights"] == [own["public_notice"]]
    assert set(found["our_achievements"]) == {own["public_notice"], own["in_library"]}


def test_a_company_sees_its_needs_in_public_words_and_what_waits_for_its_answer(
    bo: Reader, bo_company: Organisation
) -> None:
    handled = make_need("Handled", state="dispatched", owner=bo_company)
    answered = make_need("Answered", state="answered", owner=bo_company)
    waits = make_match(handled, offering=make_organisation("Lab"), owner=bo_company, state="sent")
    accepted = make_match(
        answered, offering=make_organisation("Lab 2"), owner=bo_company, state="interested", needing_accepted_at=NOON
    )
    project = make_project("Ours", owner=bo_company)
    found = cards(bo)
    assert (found["ours"], found["to_rate"]) == ([handled.number], [answered.number])
    assert found["answer"] == [waits.number]
    assert accepted.number not in found["answer"]
    assert found["our_projects"] == [project.number]
    (line,) = next(card.lines for card in home.home(bo).cards if card.face.code == "ours")
    assert (line.state.en, line.detail.en) == ("Being handled", "Those who were asked are working on the answer.")


def test_members_see_what_is_open_to_them_and_nothing_else(dee: Reader) -> None:
    offered = make_achievement("Offered", state="in_library", level=Level.MEMBERS)
    make_achievement("Secret", state="in_library")
    wanted = make_need("Open", state="received", level=Level.PUBLIC)
    make_need("Private", state="received")
    make_project("Private")
    found = cards(dee)
    assert (found["offered"], found["open_needs"], found["our_projects"]) == ([offered.number], [wanted.number], [])


def test_a_bureau_sees_figures_only_and_small_ones_hidden(db: None) -> None:
    bureau = reader_of(make_user("bureau@city.example", Role.BUREAU), NOON)
    make_indicator("projects_landed")
    make_indicator("", code="uncounted")
    landings(2)
    found = home.home(bureau)
    assert found.cards == ()
    assert [line.figure.cell.said().en for line in found.figures] == ["<5"]


def test_a_planner_sees_figures_and_what_landed(db: None) -> None:
    planner = reader_of(make_user("planner@hub.example", Role.PLANNER), NOON)
    make_indicator("projects_landed")
    landings(2)
    found = home.home(planner)
    assert [line.figure.cell.value for line in found.figures] == [2]
    assert len(next(card for card in found.cards if card.face.code == "landed").lines) == 2


def test_a_full_card_says_how_many_there_are(dee: Reader) -> None:
    for n in range(7):
        make_achievement(f"Offered {n}", state="in_library", level=Level.MEMBERS)
    card = next(card for card in home.home(dee).cards if card.face.code == "offered")
    assert (len(card.lines), card.total) == (5, 7)


def test_somebody_with_two_roles_sees_no_card_twice(db: None) -> None:
    user = make_user("both@x.example", Role.ENTERPRISE, make_organisation("One"))
    home_of_one = home.home(reader_of(user, NOON))
    reader = reader_of(make_user("more@x.example", Role.STUDENT, make_organisation("Two")), NOON)
    codes = [card.face.code for card in home.home(reader).cards]
    assert len(codes) == len(set(codes))
    assert {card.face.code for card in home_of_one.cards} < set(codes)


def test_an_account_without_a_role_has_an_empty_page(db: None) -> None:
    found = home.home(reader_of(make_user("new@x.example", None), NOON))
    assert (found.cards, found.figures, found.doubts) == ((), (), ())


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_a_first_page_writes_nothing_and_asks_little_however_full(
    role: Role, db: None, reading: Callable, queries: Callable
) -> None:
    company = make_organisation("Company")
    user = make_user("somebody@x.example", role, None if role in ("officer", "planner", "bureau") else company)
    reader = reader_of(user, NOON)
    for n in range(8):
        make_achievement(f"Offered {n}", state="in_library", level=Level.MEMBERS, owner=company)
        need = make_need(f"Need {n}", state="received", level=Level.MEMBERS, owner=company, due_at=NOON - HOUR)
        make_match(need, offering=company, owner=company, state="sent")
        make_project(f"Project {n}", owner=company, next_step_on=TODAY, in_charge=user)
    with reading(), queries(at_most=24):
        assert home.home(reader) is not None
    assert Achievement.objects.unscoped("all are there").count() == 8


def test_an_administrator_sees_whose_sign_in_needs_looking_after_and_no_record(ada_user: User, dee_user: User) -> None:
    ann_user = make_user("ann@hub.example", Role.ADMINISTRATOR)
    Authenticator.objects.create(user=ann_user, type=Authenticator.Type.TOTP, data={})
    User.objects.filter(pk__in=(ann_user.pk, ada_user.pk)).update(last_login=NOON)
    make_need("New", state="received")
    assert cards(reader_of(ann_user, NOON)) == {"unguarded": [str(ada_user.pk)], "unused": [str(dee_user.pk)]}
