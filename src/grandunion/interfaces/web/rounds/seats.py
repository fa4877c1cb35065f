"""Who takes part: found by words or brought by number, and each one's own loads."""

from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode

from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.failing import refusing
from grandunion.interfaces.kit.pages import done, page
from grandunion.interfaces.kit.records import saving
from grandunion.interfaces.web.rounds.forms import seat_form
from grandunion.interfaces.web.rounds.views import HOME, crumbs, opened
from grandunion.terms.matches import Side
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent, Refused
from grandunion.work.actions import matches as actions
from grandunion.work.queries import matches
from grandunion.work.queries.matches.round_page import seat_of
from grandunion.work.queries.matches.round_seats import MOST, SHOWN, called, eligible

TITLE = Text("Add participants", "添加参与者")


@signed_in
def add(request: HttpRequest, number: str) -> HttpResponse:
    """Whom the market brings together on a side: tick some, take all, or paste numbers."""
    round_ = opened(request, number)
    asked = request.POST if request.method == "POST" else request.GET
    side = Side(asked["side"]) if Side.has(asked.get("side", "")) else Side.NEEDING
    words, refused = asked.get("q", ""), None
    if request.method == "POST":
        try:
            with refusing():
                return _added(request, round_, side, words)
        except Refused as found:
            refused = found
    rows = eligible(round_, side, request.reader, words)
    return page(
        request, "web/rounds/participants.html", TITLE, section="rounds", crumbs=crumbs(round_, TITLE), round=round_,
        side=side, sides=list(reversed(Side)), q=words, found=[(one, called(one)) for one in rows],
        is_more=len(rows) >= SHOWN, refused=refused, typed=asked.get("numbers", ""), status=422 if refused else 200,
    )  # fmt: skip


def _added(request: HttpRequest, round_: object, side: Side, words: str) -> HttpResponse:
    who = {"by": request.reader, "at": request.at}
    if request.POST.get("all"):
        count = actions.add_all(round_, side, eligible(round_, side, request.reader, words, MOST), **who)
    else:
        typed = request.POST.get("numbers", "").replace(",", " ").replace("，", " ").replace("、", " ").split()
        count = actions.add_numbers(round_, side, [*request.POST.getlist("pick"), *typed], **who)
    other = Side.OFFERING if side is Side.NEEDING else Side.NEEDING
    is_next = not matches.participants(round_, other)
    to = f"{HOME}{round_.number}/" + (f"participants/?{urlencode({'side': other.value})}" if is_next else "")
    said = Text("{side}: {count} added.", "{side}：已添加 {count} 个参与者。").fill(side=side.text, count=count)
    return done(request, to, said)


@signed_in
def seat(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """A participant's own loads and times, or striking them off."""
    round_ = opened(request, number)
    row = seat_of(round_, pk)
    if row is None:
        raise Absent
    row.round = round_
    if request.method == "POST" and request.POST.get("remove"):
        actions.remove_participant(row, by=request.reader, at=request.at)
        return done(request, f"{HOME}{number}/", Text("Taken out.", "已移出。"))
    title = matches.name_of(row)
    form = seat_form(round_).of(request, min_load=row.min_load, max_load=row.max_load, not_free=row.not_free)

    def save(values: dict) -> HttpResponse:
        given = {name: values.get(name) for name in ("min_load", "max_load", "not_free")}
        actions.change_seat(row, given, by=request.reader, at=request.at)
        return done(request, f"{HOME}{number}/", Text("Changed.", "已修改。"))

    return saving(request, form, save, template="web/rounds/seat.html", title=title, section="rounds",
                  crumbs=crumbs(round_, title), cancel_url=f"{HOME}{number}/", round=round_)  # fmt: skip
