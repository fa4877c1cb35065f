"""No more letters: the page a letter's last line leads to, and the one click of mail programmes (RFC 8058)."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from grandunion.interfaces.portal.pages import private, show
from grandunion.terms.messages import MessageKind
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent
from grandunion.work.actions.messages import inbox
from grandunion.work.queries.messages import letters

TITLE = Text("Letters from us", "邮件订阅设置")


@csrf_exempt  # a mail programme has no form of ours; the signed word in the address says whose letters end
def stop(request: HttpRequest, word: str) -> HttpResponse:
    """Ask once more, unless the click has come; nothing is changed by looking."""
    whom = letters.stopped(word)
    if whom is None:
        raise Absent
    if request.method == "POST":
        inbox.stop(whom, by=request.reader, at=request.at)
    return private(show(request, "stop.html", TITLE, kind=_kind(whom), is_done=request.method == "POST"))


def _kind(whom: Mapping[str, object]) -> Text | None:
    return MessageKind(whom["kind"]).text if whom.get("kind") else None
