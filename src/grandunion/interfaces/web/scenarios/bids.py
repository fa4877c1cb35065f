"""The section of bids for open challenges, with the points that reviewers give."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.urls import path

from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.pages import done
from grandunion.interfaces.web.scenarios import showing
from grandunion.interfaces.web.scenarios.asking import ScoreForm
from grandunion.interfaces.web.scenarios.forms import BidForm
from grandunion.interfaces.web.scenarios.pages import Kind
from grandunion.terms.scenarios import BidCriterion, BidState
from grandunion.terms.text import Text
from grandunion.work.actions import matches
from grandunion.work.permissions import scenarios as permissions
from grandunion.work.queries import scenarios

BIDS = Kind(
    home="/w/bids/", listing=scenarios.BIDS, get=scenarios.bid, states=BidState, form=BidForm,
    offers=permissions.bid_offers, may_write=permissions.may_write_bid, of="challenge", of_home="/w/challenges/",
    deadline=lambda case: case.bids_until,
)  # fmt: skip


@signed_in
def score(request: HttpRequest, number: str) -> HttpResponse:
    """Give a bid points."""
    found = scenarios.bid(number, request.reader)
    title = Text("Give points", "评分")

    def save(values: Mapping[str, object]) -> HttpResponse:
        points = {one.value: int(str(values[one.value])) for one in BidCriterion}
        matches.score(found, points=points, comment=str(values["comment"]), **showing.who(request))
        to = f"/w/challenges/{found.challenge.number}/"
        return done(request, to, Text("Your points are in.", "评分已提交。"))

    return showing.deed(request, found, ScoreForm.of(request), save, title, BIDS.crumb)


urlpatterns = [*BIDS.addresses(), path("<str:number>/score/", score)]
