"""Rights and disposal: the case, the public notice, objections that block, and what projects do afterwards."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest

from grandunion.records.achievements import Achievement, RightsCase
from grandunion.records.journal import Step
from grandunion.records.parties import Organisation, User
from grandunion.terms.achievements import AchievementState as S
from grandunion.terms.periods import Period
from grandunion.terms.readers import Reader, visitor
from grandunion.terms.secrecy import Level
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent, Forbidden, Invalid, Refused
from grandunion.work.actions import achievements, lists
from grandunion.work.queries import achievements as queries
from grandunion.work.queries.achievements import announced as announced_at
from grandunion.work.queries.parties import reader_of
from tests.cast import NOON

TEXT = Text("Quiet pump, CNY 2,000,000", "静音泵，200 万元")
TERMS = {
    "scheme": "transfer",
    "opinion": "All agree, 12 Nov.",
    "price": Decimal(2_000_000),
    "price_method": "negotiated",
}
LATER = NOON + timedelta(days=15)


@pytest.fixture
def library(university: Organisation) -> Achievement:
    """An achievement of the university in the library."""
    return make(university)


def make(owner: Organisation, **values: object) -> Achievement:
    """An achievement straight into its table."""
    given = {"title_en": "Quiet pump", "state": S.IN_LIBRARY, "level": Level.ORGANISATION, "number": "ACH-2026-0900"}
    return Achievement.objects.create(
        owner=owner, state_at=NOON, created_at=NOON, updated_at=NOON, **{**given, **values}
    )


@pytest.fixture
def case(library: Achievement, bo_company: Organisation, office: Reader) -> RightsCase:
    return achievements.open_case(library, acceptor=bo_company, by=office, at=NOON, **TERMS)


@pytest.fixture
def announced(library: Achievement, case: RightsCase, office: Reader) -> RightsCase:
    """The case in its public notice."""
    achievements.submit_case(library, case, by=office, at=NOON)
    achievements.pass_unit(library, case, by=office, at=NOON)
    achievements.give_notice(library, case, text=TEXT, objections_to="Room 12", by=office, at=NOON)
    return case


def at_end(user: User) -> Reader:
    """The user on the first day after the notice."""
    return reader_of(user, LATER)


def test_a_case_walks_from_draft_to_its_end(
    library: Achievement, announced: RightsCase, office_user: User, university: Organisation
) -> None:
    office = at_end(office_user)
    achievements.approve(library, announced, by=office, at=LATER)
    assert (library.state, announced.state) == (S.DISPOSABLE, "approved")
    with pytest.raises(Refused):
        achievements.sign(library, announced, agreement=" ", by=office, at=LATER)
    achievements.sign(library, announced, agreement="Agreement 2026-7, safe 3", by=office, at=LATER)
    with pytest.raises(Refused, match="title"):
        achievements.monitor(library, announced, by=office, at=LATER)
    achievements.change_title(library, announced, by=office, at=LATER)
    achievements.monitor(library, announced, by=office, at=LATER)
    achievements.close_case(library, announced, by=office, at=LATER)
    steps = Step.objects.filter(flow="rights", subject_id=announced.pk).order_by("pk").values_list("target", flat=True)
    assert list(steps) == ["draft", "unit_review", "tto_review", "notice", "approved", "agreement_signed",
                           "title_changed", "monitoring", "closed"]  # fmt: skip


def test_agreed_income_keeps_a_case_open_until_it_is_paid(
    library: Achievement, announced: RightsCase, office_user: User
) -> None:
    office = at_end(office_user)
    RightsCase.objects.unscoped("this test agrees an income").update(
        agreed_income="5 % for three years", scheme="licence"
    )
    announced.refresh_from_db()
    achievements.approve(library, announced, by=office, at=LATER)
    achievements.sign(library, announced, agreement="Licence 7", by=office, at=LATER)
    achievements.monitor(library, announced, by=office, at=LATER)
    with pytest.raises(Refused, match="duties"):
        achievements.close_case(library, announced, by=office, at=LATER)
    achievements.end_duties(library, announced, on=LATER.date(), by=office, at=LATER)
    assert achievements.close_case(library, announced, by=office, at=LATER).state == "closed"


@pytest.mark.parametrize("missing", ["acceptor", "opinion"])
def test_a_case_is_submitted_with_acceptor_and_all_inventors_opinion(
    library: Achievement, case: RightsCase, office: Reader, missing: str
) -> None:
    achievements.amend_case(library, case, by=office, at=NOON, **{missing: None if missing == "acceptor" else " "})
    with pytest.raises(Refused):
        achievements.submit_case(library, case, by=office, at=NOON)


def test_a_negotiated_price_is_published(library: Achievement, case: RightsCase, office: Reader) -> None:
    achievements.submit_case(library, case, by=office, at=NOON)
    achievements.pass_unit(library, case, by=office, at=NOON)
    achievements.amend_case(library, case, price=None, by=office, at=NOON)
    with pytest.raises(Refused, match="negotiated price"):
        achievements.give_notice(library, case, text=TEXT, objections_to="Room 12", by=office, at=NOON)
    case.refresh_from_db()
    library.refresh_from_db()
    assert (case.state, library.state) == ("tto_review", S.RIGHTS_REVIEW)


@pytest.mark.parametrize(
    ("text", "objections_to", "days", "field"),
    [
        (Text("Only English", ""), "Room 12", 15, "text_zh"),
        (TEXT, " ", 15, "objections_to"),
        (TEXT, "Room 12", 14, "days"),
    ],
)
def test_a_notice_is_complete_and_long_enough(
    library: Achievement, case: RightsCase, office: Reader, text: Text, objections_to: str, days: int, field: str
) -> None:
    achievements.submit_case(library, case, by=office, at=NOON)
    achievements.pass_unit(library, case, by=office, at=NOON)
    period = Period(NOON.date(), NOON.date() + timedelta(days=days))
    with pytest.raises(Invalid) as refused:
        achievements.give_notice(
            library, case, text=text, objections_to=objections_to, period=period, by=office, at=NOON
        )
    assert [problem.field for problem in refused.value.problems] == [field]


def test_the_pack_sets_how_long_a_notice_stands(db: None) -> None:
    assert queries.notice_rule() == queries.NoticeRule(15, is_verified=False)
    lists.put_setting("public_notice_days", {"days": 30, "verified_on": "2026-11-01"})
    assert queries.notice_rule() == queries.NoticeRule(30, is_verified=True)


def test_the_notice_runs_to_its_last_day(
    library: Achievement, announced: RightsCase, office: Reader, office_user: User
) -> None:
    with pytest.raises(Refused, match="still running"):
        achievements.approve(library, announced, by=office, at=NOON)
    eve = reader_of(office_user, LATER - timedelta(days=1))
    with pytest.raises(Refused, match="still running"):
        achievements.approve(library, announced, by=eve, at=eve.at)
    assert [one.number for one in queries.announced(eve.at)] == [library.number]
    assert queries.announced(LATER) == ()


def test_anybody_may_object_and_the_objection_blocks_until_it_is_settled(
    library: Achievement, announced: RightsCase, office_user: User, dee: Reader
) -> None:
    (line,) = queries.announced(NOON)
    notice = queries.notice(line.pk, NOON)
    objection = achievements.object_to(notice, raised_by="A neighbour", text="It is mine", by=visitor(NOON), at=NOON)
    office = at_end(office_user)
    with pytest.raises(Refused, match="Objections are open"):
        achievements.approve(library, announced, by=office, at=LATER)
    with pytest.raises(Forbidden):
        achievements.settle(library, objection, is_upheld=False, settlement="Checked", by=dee, at=LATER)
    with pytest.raises(Invalid):
        achievements.settle(library, objection, is_upheld=False, settlement=" ", by=office, at=LATER)
    achievements.settle(library, objection, is_upheld=False, settlement="No proof given", by=office, at=LATER)
    with pytest.raises(Refused, match="settled already"):
        achievements.settle(library, objection, is_upheld=True, settlement="Again", by=office, at=LATER)
    achievements.approve(library, announced, by=office, at=LATER)
    assert library.state == S.DISPOSABLE


def test_an_upheld_objection_sends_the_achievement_back_to_review(
    library: Achievement, announced: RightsCase, office: Reader, bo_company: Organisation
) -> None:
    notice = queries.children(library).notice
    objection = achievements.object_to(notice, raised_by="Li Wei", text="I invented it too", by=office, at=NOON)
    achievements.settle(library, objection, is_upheld=True, settlement="Shares were wrong", by=office, at=NOON)
    assert library.state == S.RIGHTS_REVIEW
    assert queries.open_case(library) is None
    again = achievements.open_case(library, acceptor=bo_company, by=office, at=NOON, **TERMS)
    assert again.number == "RGT-2026-0002"
    assert library.state == S.RIGHTS_REVIEW


def test_after_its_last_day_nobody_objects(library: Achievement, announced: RightsCase) -> None:
    notice = queries.children(library).notice
    with pytest.raises(Absent):
        achievements.object_to(notice, raised_by="Late", text="Too late", by=visitor(LATER), at=LATER)
    with pytest.raises(Invalid):
        achievements.object_to(notice, raised_by="", text="", by=visitor(NOON), at=NOON)


def test_a_rejected_case_puts_the_achievement_back_into_the_library(
    library: Achievement, announced: RightsCase, office: Reader
) -> None:
    achievements.reject_case(library, announced, reason="Buyer withdrew", by=office, at=NOON)
    assert (library.state, announced.state) == (S.IN_LIBRARY, "rejected")


@pytest.mark.parametrize("who", ["bo", "dee", "chen"])
def test_only_the_office_runs_a_rights_case(
    request: pytest.FixtureRequest, library: Achievement, bo_company: Organisation, who: str
) -> None:
    with pytest.raises(Forbidden):
        achievements.open_case(library, acceptor=bo_company, by=request.getfixturevalue(who), at=NOON, **TERMS)
    assert library.state == S.IN_LIBRARY


def test_one_case_at_a_time(library: Achievement, case: RightsCase, office: Reader) -> None:
    with pytest.raises(Refused, match="open already"):
        achievements.open_case(library, by=office, at=NOON, **TERMS)
    with pytest.raises(Refused, match="reject it"):
        achievements.stop_review(library, reason="No", by=office, at=NOON)


def test_what_is_no_service_achievement_needs_no_case(university: Organisation, ada: Reader) -> None:
    own = make(university, is_service_achievement=False, number="ACH-2026-0901")
    service = make(university, number="ACH-2026-0902")
    with pytest.raises(Refused):
        achievements.waive_review(service, by=ada, at=NOON)
    assert achievements.waive_review(own, by=ada, at=NOON).state == S.DISPOSABLE


def test_a_project_links_frees_and_transforms(university: Organisation, bo: Reader, library: Achievement) -> None:
    with pytest.raises(Refused):
        achievements.link_to_project(library, by=bo, at=NOON)
    free = make(university, state=S.DISPOSABLE, number="ACH-2026-0903")
    achievements.link_to_project(free, by=bo, at=NOON)
    with pytest.raises(Refused):
        achievements.unlink_from_project(free, active_projects=1, by=bo, at=NOON)
    achievements.unlink_from_project(free, by=bo, at=NOON)
    achievements.link_to_project(free, by=bo, at=NOON)
    assert achievements.transform(free, by=bo, at=NOON).state == S.TRANSFORMED


def test_reading_notices_writes_nothing(announced: RightsCase, reading: Callable, queries: Callable) -> None:
    with reading(), queries(at_most=1):
        assert len(announced_at(NOON)) == 1
