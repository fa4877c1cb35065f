"""Offers and needs brought together: candidates with reasons, consent of both sides, contacts only after it."""


import pytest

from grandunion.records.achievements import Achievement
from grandunion.terms.achievements import AchievementState
from grandunion.terms.matches import MatchState, Side, SuccessKind
from grandunion.terms.needs import Category
from grandunion.terms.secrecy import Level
from grandunion.work.actions import base
from grandunion.work.actions import matches as actions
from grandunion.work.actions import needs as need_actions
from grandunion.work.queries import matches
from tests.cast import NOON

pytestmark = pytest.mark.django_db

COIL = {
    "contact_name": "Secret Bo",
    "contact_phone": "0551-7654321",
    "contact_email": "bo-private@company.example",
    "category": Category.TECHNOLOGY.value,
    "title_zh": "高温超导磁体线圈",
    "text_zh": "需要用于聚变装置的高温超导磁体线圈绕制工艺。",
    "trl_wanted": 5,
}


def make_achievement(title, owner, **values):
    """An achievement straight into its table, with its words in the index."""
    count = Achievement.objects.unscoped("tests number their achievements").count() + 1
    given = {"level": Level.MEMBERS, "state": AchievementState.IN_LIBRARY, "number": f"ACH-2026-{count:04d}", **values}
    made = Achievement.objects.create(
        title_zh=title, owner=owner, state_at=NOON, created_at=NOON, updated_at=NOON, **given
    )
    base.index_words(made)
    return made


@pytest.fixture
def need(bo):
    return need_actions.register(COIL, by=bo, at=NOON)


@pytest.fixture
def coil(university):
    """What Chen's university has to offer."""
    university.contact_name, university.contact_phone = "Secret Office", "0551-1112223"
    university.save(update_fields=["contact_name", "contact_phone"])
    return make_achievement("超导磁体线圈绕制工艺", university, trl=5, abstract_public_zh="高温超导带材绕制磁体线圈。")


@pytest.fixture
def sent(need, coil, ada):
    """The pair, sent to both sides."""
    return actions.send(actions.suggest(need, coil, by=ada, at=NOON), by=ada, at=NOON)


def test_a_pair_goes_from_suggestion_to_success(need, coil, ada, bo, office):
    match = actions.suggest(need, coil, by=ada, at=NOON)
    actions.send(match, by=ada, at=NOON)
    actions.accept(matches.get(match.number, office), Side.OFFERING, by=office, at=NOON)
    match = matches.get(match.number, bo)
    assert match.state == MatchState.INTERESTED
    actions.accept(match, Side.NEEDING, by=bo, at=NOON)
    match = matches.get(match.number, ada)
    actions.introduce(match, by=ada, at=NOON)
    actions.meet(match, held_at=NOON, place="Core Area", by=ada, at=NOON)
    actions.meet(match, held_at=NOON, by=bo, at=NOON)
    actions.negotiate(match, by=bo, at=NOON)
    actions.succeed(match, SuccessKind.CONTRACT, by=ada, at=NOON)
    assert (match.state, match.outcome) == (MatchState.SUCCESS, "contract")
    assert len(matches.meetings(match)) == 2
