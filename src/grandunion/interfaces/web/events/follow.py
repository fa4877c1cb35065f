"""The follow-up: what became of everything that was raised or promised, overdue first."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.pages import Deed, done, page
from grandunion.interfaces.kit.records import offers
from grandunion.interfaces.web.events.views import ASKS, HOME, crumbs, tabs
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Forbidden, require
from grandunion.work.actions import events as actions
from grandunion.work.permissions import events as permissions
from grandunion.work.queries import events

FOLLOW_UP = Text("Follow-up", "事项跟踪")
MOVES = frozenset({"track", "finish", "follow_on"})


@signed_in
def index(request: HttpRequest, number: str) -> HttpResponse:
    """Needs with their public state, actions, what is overdue, what nobody has taken up."""
    event = events.get(number, request.reader)
    require(permissions.may_read_minutes(request.reader, event), Forbidden)
    found = events.follow_up(event, request.reader)
    runs = bool(permissions.may_run(request.reader, event))
    moves = [(move, verdict) for move, verdict in permissions.offers(request.reader, event) if move.code in MOVES]
    loose = sum(one.is_loose for one in found.threads)
    return page(
        request, "web/events/follow_up.html", FOLLOW_UP, section="events", subtitle=event.title, event=event,
        crumbs=crumbs(event, FOLLOW_UP), found=found, loose=loose, actions=_deeds(event, request) if runs else [],
        tabs=tabs(event, "follow-up/", {"loose": loose}) if runs else [],
        offers=offers(moves, ASKS, f"{HOME}{number}/") if runs else [],
        may_follow=bool(permissions.may_follow_up(request.reader, event)),
    )  # fmt: skip


def _deeds(event: object, request: HttpRequest) -> list[Deed]:
    if events.next_after(event, request.reader) is not None:
        return []
    return [Deed(f"{HOME}new/?follows={event.number}", Text("Plan the next one", "筹备下次会议"), "plus")]


@signed_in
@require_POST
def everything(request: HttpRequest, number: str) -> HttpResponse:
    """Turn every loose difficulty into a need and every loose commitment into an action."""
    event = events.get(number, request.reader)
    rows = events.statements(event)
    for row in rows:
        row.event = event
    needs, promised = actions.follow_everything(rows, by=request.reader, at=request.at)
    said = Text(
        f"{len(needs)} needs and {len(promised)} actions.", f"已转出 {len(needs)} 项需求、{len(promised)} 项承诺。"
    )
    return done(request, f"{HOME}{number}/follow-up/", said)
