"""The month as a calendar, and the reader's own calendar address."""

from django.http import HttpRequest, HttpResponse

from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.pages import Deed, done, page
from grandunion.interfaces.web.events.views import HOME, LIST, NEW
from grandunion.interfaces.web.events.words import TONES
from grandunion.terms.text import Text
from grandunion.work.actions import events as actions
from grandunion.work.permissions import events as permissions
from grandunion.work.queries import events

MONTH = Text("Month", "月历")
FEED = Text("My calendar address", "我的日历订阅")
WEEKDAYS = (Text("Mon", "周一"), Text("Tue", "周二"), Text("Wed", "周三"), Text("Thu", "周四"), Text("Fri", "周五"),
            Text("Sat", "周六"), Text("Sun", "周日"))  # fmt: skip
NAMES = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
         "December")  # fmt: skip


@signed_in
def month(request: HttpRequest) -> HttpResponse:
    """The events of a month, each on its day."""
    first = events.month_of(request.GET.get("month", ""), request.at)
    found = events.month(first, request.reader)
    deeds = [Deed(HOME, Text("List", "列表"), "columns-3"), Deed(f"{HOME}feed/", FEED, "calendar")]
    if permissions.may_plan(request.reader):
        deeds.append(Deed(f"{HOME}new/", NEW, "plus", is_primary=True))
    title = Text(f"{NAMES[first.month - 1]} {first.year}", f"{first.year}年{first.month}月")
    return page(request, "web/events/month.html", title, section="events", crumbs=[LIST, (MONTH, "")], actions=deeds,
                month=found, weekdays=WEEKDAYS, tones=TONES)  # fmt: skip


@signed_in
def feed(request: HttpRequest) -> HttpResponse:
    """Give, renew or end the reader's secret calendar address; it is shown once."""
    key = ""
    if request.method == "POST" and request.POST.get("end"):
        actions.close_calendar(by=request.reader, at=request.at)
        return done(request, f"{HOME}feed/", Text("The address works no more.", "原订阅地址已失效。"))
    if request.method == "POST":
        key = actions.open_calendar(by=request.reader, at=request.at)
    address = request.build_absolute_uri(f"/calendar/{key}.ics") if key else ""
    response = page(request, "web/events/feed.html", FEED, section="events", crumbs=[LIST, (FEED, "")],
                    address=address, has_feed=bool(key) or events.has_feed(request.reader))  # fmt: skip
    response["Cache-Control"] = "no-store"
    return response
