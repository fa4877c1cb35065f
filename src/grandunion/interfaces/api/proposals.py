"""Proposals for scenarios through the API: one page, saved, handed in, answered."""

from collections.abc import Callable
from typing import Annotated

from pydantic import Field

from grandunion.interfaces.api import resources
from grandunion.interfaces.api.fields import Amount, Body, Nothing, Readiness, Reason, text
from grandunion.interfaces.api.resources import Resource
from grandunion.interfaces.api.scenarios import Weeks, moves_of, with_reason
from grandunion.terms.scenarios import ONE_PAGE, ProposalState
from grandunion.terms.secrecy import Level
from grandunion.terms.text import Text
from grandunion.work.actions import scenarios as actions
from grandunion.work.permissions import scenarios as permissions
from grandunion.work.queries import scenarios

Items = Annotated[list[text(200)], Field(max_length=10)]


class PageBody(Body):
    """The one page of a proposal; characters are counted with spaces."""

    heading: text(ONE_PAGE["heading"]) = ""
    solution: text(ONE_PAGE["solution"]) = ""
    rationale: text(ONE_PAGE["rationale"]) = ""
    validation: text(ONE_PAGE["validation"]) = ""
    plan: text(ONE_PAGE["plan"]) = ""
    needs: text(ONE_PAGE["needs"]) = ""
    trl: Readiness | None = None
    expertise: Items = []
    techniques: Items = []
    references: Items = []
    price: Amount | None = None
    currency: text(3) = "CNY"
    weeks: Weeks | None = None
    contact_name: text(100) = ""
    contact_email: text(254) = ""
    contact_phone: text(40) = ""


class Feedback(Body):
    """What whoever was not chosen reads."""

    feedback: text() = ""


def declining(verb: Callable[..., object]) -> Callable[..., object]:
    """An answer to whoever was not chosen."""
    return lambda record, feedback="", **more: verb(record, feedback=feedback, **more)


PAGE_FORMS = {
    "hand_in": (actions.hand_in, Nothing, Text("Hand in", "提交")),
    "take_back": (actions.take_back, Nothing, Text("Take back to change it", "撤回修改")),
    "decline": (declining(actions.decline), Feedback, Text("Decline with feedback", "不选并反馈")),
    "withdraw": (with_reason(actions.withdraw), Reason, Text("Withdraw", "撤回")),
}  # fmt: skip
PROPOSAL_MOVES = moves_of({
    **PAGE_FORMS, "shortlist": (actions.shortlist, Nothing, Text("Shortlist", "列入入围名单")),
})  # fmt: skip
PROPOSALS = Resource(
    Text("Proposal for a scenario", "场景应用方案"), scenarios.PROPOSALS, scenarios.proposal,
    words={"state": ProposalState, "level": Level}, offers=permissions.proposal_offers,
)  # fmt: skip
router = resources.router_of(PROPOSALS, PROPOSAL_MOVES)
resources.edits(router, PROPOSALS, PageBody, actions.save_page)
for deed in PROPOSAL_MOVES.values():
    resources.does(router, PROPOSALS, deed)
