"""The moves of an event: opened, closed, held, confirmed, tracked, called off."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse

from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.forms import Form
from grandunion.interfaces.kit.pages import done
from grandunion.interfaces.kit.records import saving
from grandunion.interfaces.web.events.views import ASKS, HOME, crumbs
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent
from grandunion.work.actions import events as actions
from grandunion.work.permissions import events as permissions
from grandunion.work.queries import events

Values = Mapping[str, object]
PLAIN = frozenset({"close", "close_list", "draft", "confirm", "correct", "track", "finish", "follow_on", "cancel",
                   "plan_anew"})  # fmt: skip
THEN = {"hold": "minutes/", "confirm": "follow-up/", "track": "follow-up/"}


def _make(event: object, code: str, values: Values, request: HttpRequest) -> None:
    more = {"by": request.reader, "at": request.at, "version": values.get("version")}
    if code in ("open", "open_again"):
        actions.open_registration(event, level=str(values["level"]), **more)
    elif code == "hold":
        actions.hold(event, **more)
    else:
        actions.move(event, code, reason=str(values.get("reason", "")), **more)


@signed_in
def move(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Make a move; a GET shows its form as a page."""
    event = events.get(number, request.reader)
    if code not in PLAIN | {"open", "open_again", "hold"}:
        raise Absent
    found = permissions.offers(request.reader, event)
    title = next((one.label for one, _ in found if one.code == code), Text("That cannot be done now", "当前无法执行"))
    form = ASKS.get(code, Form).of(request, version=event.version)

    def save(values: Values) -> HttpResponse:
        _make(event, code, values, request)
        said = Text("{deed}: done.", "已办理：{deed}。").fill(deed=title)
        return done(request, f"{HOME}{number}/{THEN.get(code, '')}", said)

    return saving(request, form, save, template="web/events/form.html", title=title, section="events",
                  crumbs=crumbs(event, title), cancel_url=f"{HOME}{number}/")  # fmt: skip
