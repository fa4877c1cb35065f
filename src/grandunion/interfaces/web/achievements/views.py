"""The pages of achievements: the list, one's own, the officers' desk, the record."""

from django.http import HttpRequest, HttpResponse

from grandunion.interfaces.kit import lists
from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.pages import page
from grandunion.interfaces.kit.tones import tone
from grandunion.interfaces.web import documents
from grandunion.interfaces.web.achievements.shown import context
from grandunion.interfaces.web.achievements.words import NEXT
from grandunion.terms.achievements import AchievementState
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Forbidden, require
from grandunion.work.permissions import achievements as permissions
from grandunion.work.permissions.base import staff_only
from grandunion.work.queries import achievements as queries

LIST = (Text("Achievements", "科技成果"), "/w/achievements/")


@signed_in
def listing(request: HttpRequest) -> HttpResponse:
    """All achievements the reader may see."""
    return lists.show(request, queries.LISTING, template="web/achievements/list.html", **_views(request, "all"))


@signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """The reader's own achievements: what happens next, and what to sign."""
    lines = [
        {"one": line, "state": AchievementState(line.record.state).text, "tone": tone(line.record.state),
         "next": NEXT[AchievementState(line.record.state)]}
        for line in queries.mine(request.reader)
    ]  # fmt: skip
    title = Text("My achievements", "我的成果")
    return page(request, "web/achievements/mine.html", title, section="achievements", crumbs=(LIST, (title, "")),
                lines=lines, **_views(request, "mine"))  # fmt: skip


@signed_in
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for the officers between disclosure and decision."""
    require(staff_only(request.reader), Forbidden)
    lines = [
        {"one": line, "state": AchievementState(line.record.state).text, "tone": tone(line.record.state),
         "is_overdue": line.due_at is not None and line.due_at < request.at}
        for line in queries.waiting(request.reader)
    ]  # fmt: skip
    title = Text("Waiting for a decision", "待审成果")
    return page(request, "web/achievements/queue.html", title, section="achievements", crumbs=(LIST, (title, "")),
                lines=lines, **_views(request, "queue"))  # fmt: skip


def _views(request: HttpRequest, current: str) -> dict[str, object]:
    """The three ways to look at achievements, as far as the reader has them."""
    views = [("all", Text("All", "全部"), "/w/achievements/")]
    if request.reader.person_id is not None:
        views.append(("mine", Text("Mine", "我的"), "/w/achievements/mine/"))
    if request.reader.is_officer:
        views.append(("queue", Text("Waiting for a decision", "待审"), "/w/achievements/queue/"))
    return {"views": views, "view": current, "may_create": bool(permissions.may_create(request.reader))}


@signed_in
def record(request: HttpRequest, number: str) -> HttpResponse:
    """One achievement, as deep as the reader may look."""
    found = queries.get(number, request.reader)
    seen = permissions.page(request.reader, found)
    crumbs = (LIST, (Text(found.number, found.number), ""))
    return page(request, "web/achievements/record.html", found.title, section="achievements", crumbs=crumbs,
                files=documents.panel(request, found, seen.depth), **context(request, seen))  # fmt: skip
