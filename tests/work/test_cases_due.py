"""The clock over achievements and matches: what waits too long is told once, to whoever is waited for."""

from datetime import timedelta

import pytest

from grandunion.records.achievements import Achievement, PublicNotice, Review
from grandunion.records.journal import Entry, Step
from grandunion.records.messages import Message
from grandunion.records.parties import Access
from grandunion.terms.achievements import AchievementState as S
from grandunion.terms.matches import Side
from grandunion.terms.readers import house
from grandunion.terms.roles import Part, Role
from grandunion.terms.secrecy import Level
from grandunion.work.actions import matches as actions
from grandunion.work.actions import needs
from grandunion.work.actions.achievements.due import run_due as achievements_due
from grandunion.work.actions.base import change
from grandunion.work.actions.matches.due import run_due as matches_due
from grandunion.work.actions.messages.reading import read_journal
from grandunion.work.actions.messages.worker import work
from grandunion.work.queries import matches
from grandunion.work.queries.parties import reader_of
from tests.cast import NOON, make_user
from tests.work.test_matches import COIL, make_achievement

pytestmark = pytest.mark.django_db


def run(due, days):
    at = NOON + timedelta(days=days)
    return due(house(at), at)


def verbs(prefix):
    return list(Entry.objects.filter(verb__startswith=prefix, verb__endswith="_due").values_list("verb", flat=True))


def told(user, verb, days):
    while read_journal(at=NOON + timedelta(days=days)):
        pass
    return list(Message._base_manager.filter(user=user, verb=verb).values_list("message_kind", "text_en"))


def came_into(record, state, days=0):
    """The achievement comes into a state, as a deed would have brought it there."""
    at = NOON + timedelta(days=days)
    Step.objects.create(flow="achievement", subject_id=record.pk, source=record.state, target=state, at=at)
    change(record, at=at, state=state, state_at=at)


@pytest.fixture
def record(university, ada_user):
    return make_achievement("超导线圈", university, state=S.SUBMITTED, level=Level.ORGANISATION, in_charge=ada_user)


def test_a_notice_that_ended_is_told_once_to_the_desk_and_the_owner(record, university, ada_user, office_user):
    came_into(record, S.PUBLIC_NOTICE)
    day = NOON.date()
    PublicNotice.objects.create(
        achievement=record, text_zh="公示", text_en="Notice", starts_on=day, ends_on=day + timedelta(days=15),
        objections_to="Room 12",
    )  # fmt: skip
    assert [run(achievements_due, days) for days in (14, 15, 16, 40)] == [0, 1, 0, 0]
    assert told(office_user, "achievement.notice_ended", 15) == [
        ("reminder", f"The public notice of {record.number} has ended: take the next step.")
    ]
    assert told(ada_user, "achievement.notice_ended", 15)


def test_a_second_notice_after_an_objection_falls_due_anew(record):
    came_into(record, S.PUBLIC_NOTICE)
    for first in (0, 20):
        day = NOON.date() + timedelta(days=first)
        PublicNotice.objects.create(
            achievement=record, text_zh="公示", text_en="Notice", starts_on=day, ends_on=day + timedelta(days=15),
            objections_to="Room 12",
        )  # fmt: skip
        assert (run(achievements_due, first + 14), run(achievements_due, first + 15)) == (0, 1)
    came_into(record, S.DISPOSABLE, 36)
    assert run(achievements_due, 60) == 0


def test_an_evaluation_that_takes_too_long_reminds_who_owes_a_review_and_nobody_else(record, ada_user):
    came_into(record, S.EVALUATING)
    done, owing, away = (make_user(f"{name}@experts.example", Role.INVESTOR) for name in ("done", "owing", "away"))
    for user, more in ((done, {"submitted_at": NOON}), (owing, {}), (away, {"has_conflict": True})):
        Review.objects.create(achievement=record, reviewer=user, assigned_at=NOON, **more)
        Access.objects.create(
            subject_kind="achievement", subject_id=record.pk, user=user, part=Part.REVIEWER, secrecy=3,
            granted_at=NOON, expires_at=NOON + timedelta(days=90),
        )  # fmt: skip
    assert [run(achievements_due, days) for days in (10, 29, 30)] == [0, 1, 0]  # twenty working days from 18 November
    assert told(owing, "achievement.evaluation_due", 29)[0][1].startswith("Your review of")
    assert told(done, "achievement.evaluation_due", 29) == told(away, "achievement.evaluation_due", 29) == []
    assert told(ada_user, "achievement.evaluation_due", 29)[0][0] == "reminder"
    assert "owing" not in str(Entry.objects.get(verb="achievement.evaluation_due").values)


def test_the_screening_stands_still_while_information_is_wanted(record):
    came_into(record, S.SCREENING)
    came_into(record, S.MORE_INFO, 1)
    assert run(achievements_due, 20) == 0
    came_into(record, S.SCREENING, 21)
    assert run(achievements_due, 22) == 0
    assert run(achievements_due, 29) == 1
    assert run(achievements_due, 30) == 0


@pytest.fixture
def sent(bo, ada, university):
    need = needs.register(COIL, by=bo, at=NOON)
    coil = make_achievement("超导磁体线圈绕制工艺", university, trl=5)
    return actions.send(actions.suggest(need, coil, by=ada, at=NOON), by=ada, at=NOON)


def test_a_match_nobody_answers_reminds_both_sides_once(sent, bo_user, office_user):
    assert [run(matches_due, days) for days in (7, 8, 9, 30)] == [0, 1, 0, 0]  # five working days
    for user in (bo_user, office_user):
        assert told(user, "match.answer_due", 8) == [
            ("reminder", f"{sent.number} waits for your answer: say yes or no.")
        ]


def test_only_the_side_that_has_not_consented_is_waited_for(sent, office_user, bo_user, ada):
    by = reader_of(office_user, NOON)
    actions.accept(matches.get(sent.number, by), Side.OFFERING, by=by, at=NOON)
    assert (run(matches_due, 7), run(matches_due, 8), run(matches_due, 9)) == (0, 1, 0)
    assert told(bo_user, "match.consent_due", 8)
    assert told(office_user, "match.consent_due", 8) == []


def test_after_an_introduction_somebody_asks_how_it_goes_and_a_meeting_begins_the_time_anew(sent, office, bo, ada):
    actions.accept(matches.get(sent.number, office), Side.OFFERING, by=office, at=NOON)
    actions.accept(matches.get(sent.number, bo), Side.NEEDING, by=bo, at=NOON)
    match = matches.get(sent.number, ada)
    if match.state != "introduced":
        actions.introduce(match, by=ada, at=NOON)
    assert (run(matches_due, 14), run(matches_due, 15), run(matches_due, 16)) == (0, 1, 0)
    later = NOON + timedelta(days=16)
    actions.meet(matches.get(sent.number, ada), held_at=later, by=ada, at=later)
    assert (run(matches_due, 44), run(matches_due, 45)) == (0, 1)
    assert verbs("match.") == ["match.follow_up_due"] * 2


def test_the_worker_runs_both_clocks(sent, record):
    came_into(record, S.EVALUATING)
    work(NOON + timedelta(days=60), set())
    assert {"match.answer_due", "achievement.evaluation_due"} <= set(Entry.objects.values_list("verb", flat=True))
    assert Achievement.objects.unscoped("a test looks at what is kept").get(pk=record.pk).state == S.EVALUATING
