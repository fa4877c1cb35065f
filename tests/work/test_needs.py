"""A need from its first word to its closure, and who may do what to it."""

from datetime import timedelta

import pytest

from grandunion.records.lists import Setting, Term
from grandunion.records.needs import Assignment, Need
from grandunion.terms.needs import AssignmentState, CallbackResult, Category, DraftStep, NeedState, Outcome, Urgency
from grandunion.terms.parties import OrganisationKind
from grandunion.terms.readers import visitor
from grandunion.terms.roles import Part, Role
from grandunion.terms.secrecy import Level
from grandunion.terms.verdicts import Absent, Forbidden, Invalid, Refused, Stale
from grandunion.work.actions import needs as actions
from grandunion.work.permissions import base as policy
from grandunion.work.permissions import needs as permissions
from grandunion.work.queries import journal, needs
from tests.cast import NOON, make_organisation, make_user

pytestmark = pytest.mark.django_db

MAGNET = {
    "contact_name": "Bo",
    "contact_phone": "0551-1234567",
    "category": Category.TECHNOLOGY.value,
    "title_zh": "寻找高场超导磁体线圈绕制技术",
    "text_zh": "我们需要为聚变装置绕制高温超导线圈，要求临界电流不低于 500 A。",
}


@pytest.fixture
def helper(db):
    return make_organisation("Cryogenics Institute", OrganisationKind.INSTITUTE, name_zh="低温研究所")


@pytest.fixture
def helper_user(helper):
    return make_user("eve@institute.example", Role.UNIVERSITY, helper)


@pytest.fixture
def eve(helper_user, as_reader):
    """Eve, who answers for an institute."""
    return as_reader(helper_user)


@pytest.fixture
def need(bo):
    """A need Bo's company has handed in."""
    return actions.register(MAGNET, by=bo, at=NOON)


@pytest.fixture
def asked(need, ada, helper):
    """The need, dispatched to the institute."""
    return actions.dispatch(need, to=[helper], by=ada, at=NOON, question="Can you wind it?")


def only(need):
    return needs.assignment(need, needs.assignments(need)[0].pk)


def test_an_officer_handles_a_need_from_the_phone_call_to_its_closure(ada, eve, bo_company, helper, reading):
    need = actions.register({**MAGNET, "organisation": bo_company.number}, by=ada, at=NOON)
    assert (need.state, need.owner, need.received_at) == (NeedState.RECEIVED, bo_company, NOON)
    actions.dispatch(need, to=[helper], by=ada, at=NOON)
    assert (need.state, need.in_charge_id) == (NeedState.DISPATCHED, ada.user_id)
    actions.handle(only(needs.get(need.number, eve)), "help", answer="我们可以绕制。", by=eve, at=NOON)
    need = needs.get(need.number, ada)
    assert need.state == NeedState.ANSWERED
    actions.call_back(need, result=CallbackResult.SATISFIED, by=ada, at=NOON, note="happy")
    actions.close(need, "close_solved", outcome=Outcome.SUPPORT_FOUND, by=ada, at=NOON)
    assert (need.state, need.closed_at, need.due_at) == (NeedState.CLOSED_SOLVED, NOON, None)
    with reading():
        passed = [step.target for step in journal.steps("need", need.pk)]
    assert passed == ["draft", "received", "dispatched", "answered", "called_back", "closed_solved"]
