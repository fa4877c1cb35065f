"""The page of plans: every target against the records and against what was published, and where figures disagree."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.pages import Deed, page
from grandunion.interfaces.web.indicators import asked, scope_of, shown_aim, when
from grandunion.terms.plans import TargetState
from grandunion.terms.text import Text
from grandunion.work.queries import plans

TITLE = Text("Plans and targets", "规划目标")


@signed_in
def index(request: HttpRequest) -> HttpResponse:
    """All plans with their targets as of a day."""
    wish = asked(request)
    found = plans.plans(as_of=wish.as_of, reader=request.reader)
    return page(
        request, "web/indicators/plans.html", TITLE, section="plans", wish=wish,
        subtitle=Text("What was promised, what the records show, and what was published.",
                      "目标、系统记录的实际值与已发布数据。"),
        plans=[(plan, [shown_aim(aim) for aim in aims]) for plan, aims in found],
        tally=_tally([aim.state for _, aims in found for aim in aims if aim.said()]),
        doubts=[(doubt, [(one, scope_of(one.claim.level, one.claim.area), when(one.claim)) for one in doubt.claims])
                for doubt in plans.doubts()],
        actions=[Deed("/w/indicators/", Text("Indicators", "指标"), "chart")],
    )  # fmt: skip


def _tally(states: list[TargetState]) -> list[tuple[TargetState, int]]:
    """How many targets with a number stand how."""
    return [(state, states.count(state)) for state in TargetState if state in states]


urlpatterns = [path("", index)]
