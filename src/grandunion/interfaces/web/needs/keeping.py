"""Nothing that is typed at the desk is lost: forms come back as they were left, on this machine and on another."""

import re
from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.failing import refusing
from grandunion.interfaces.kit.forms import Form
from grandunion.interfaces.kit.tags import said
from grandunion.terms.verdicts import Refused
from grandunion.work.actions import needs as actions
from grandunion.work.queries import needs

HOME = "/w/needs/"
ASSIGNED = re.compile(r"assignments/(\d+)/moves/([a-z_]+)")
SENT = "sent"  # the cookie by which the page learns that a form has been sent: its copy in the browser goes
Values = Mapping[str, object]
Save = Callable[[Values], HttpResponse]


def form_code(path: str, number: str) -> str:
    """What a form is kept as, by its address: `answer` for a move, `assigned-17-help`, else the deed's own name."""
    deed = path.removeprefix(f"{HOME}{number}/").strip("/")
    if assigned := ASSIGNED.fullmatch(deed):
        return f"assigned-{assigned[1]}-{assigned[2]}"
    return deed.removeprefix("moves/").replace("notes/", "note-").replace("/", "-")[:40]


def keep_url(number: str, code: str) -> str:
    """Where the browser sends what stands in a form."""
    return f"{HOME}{number}/unsent/{code}/"


def recalled(request: HttpRequest, need: object, form: Form, code: str) -> Form:
    """A fresh form with what its reader has typed into it before and not sent."""
    if request.method == "POST":
        return form
    row = needs.unsent(need, request.reader).get(code)
    if row:
        fields = {name: field for name, field in form.fields.items() if not field.widget.is_hidden}
        form.initial |= {name: value for name, value in row.answers.items() if name in fields}
    return form


def forgetting(request: HttpRequest, need: object, save: Save, code: str) -> Save:
    """Saving, after which the form is no longer kept."""

    def saved(values: Values) -> HttpResponse:
        response = save(values)
        actions.forget(need, code, by=request.reader)
        response.set_cookie(SENT, keep_url(need.number, code), max_age=600, samesite="Lax")
        return response

    return saved


@require_POST
@signed_in
def keep(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Keep what stands in a form of the need; 204, or the sentence why it cannot be kept."""
    need = needs.get(number, request.reader)
    try:
        with refusing():
            actions.keep_unsent(need, code, request.POST.dict(), by=request.reader, at=request.at)
    except Refused as refused:
        return HttpResponse(said(refused.reason), status=refused.status, content_type="text/plain; charset=utf-8")
    return HttpResponse(status=204)
