"""The section of proposals for scenarios."""

from grandunion.interfaces.web.scenarios.forms import PageForm
from grandunion.interfaces.web.scenarios.pages import Kind
from grandunion.terms.scenarios import ProposalState
from grandunion.work.permissions import scenarios as permissions
from grandunion.work.queries import scenarios

PROPOSALS = Kind(
    home="/w/proposals/", listing=scenarios.PROPOSALS, get=scenarios.proposal, states=ProposalState, form=PageForm,
    offers=permissions.proposal_offers, may_write=permissions.may_write_proposal, of="opportunity",
    of_home="/w/scenarios/", deadline=lambda case: case.proposals_until,
)  # fmt: skip
urlpatterns = PROPOSALS.addresses()
