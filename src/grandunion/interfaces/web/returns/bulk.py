"""One deed on the returns picked in the list: what it asks, what would happen to each, what did happen."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.failing import refusing
from grandunion.interfaces.kit.forms import Form
from grandunion.interfaces.kit.pages import page, tell
from grandunion.interfaces.web.returns.forms import ReasonForm, WholeForm
from grandunion.interfaces.web.returns.words import HOME, LIST, who
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent, Forbidden, Refused, require
from grandunion.work.actions.plans import returns as actions
from grandunion.work.permissions.plans import returns as permissions

TITLE = Text("Many returns at once", "批量处理")


@dataclass(frozen=True, slots=True)
class BulkDeed:
    """Something done to many returns: its name, what it asks, and what makes the deed of the answers."""

    name: Text
    form: type[Form]
    make: Callable[[Mapping[str, object], HttpRequest], Callable[[object], object]]


DEEDS: Mapping[str, BulkDeed] = {
    "remind": BulkDeed(Text("Remind", "提醒"), Form, lambda given, request: actions.to_remind(**who(request))),
    "accept": BulkDeed(Text("Accept", "审核通过"), Form, lambda given, request: actions.to_accept(**who(request))),
    "send-back": BulkDeed(Text("Send back", "退回修改"), WholeForm,
                          lambda given, request: actions.to_send_back(str(given["comment"]), **who(request))),
    "waive": BulkDeed(Text("Waive", "免报"), ReasonForm,
                      lambda given, request: actions.to_waive(str(given["reason"]), **who(request))),
}  # fmt: skip


def choices(request: HttpRequest) -> list[tuple[str, Text]]:
    """What can be done to picked returns; nothing for who does not review."""
    if not permissions.may_run(request.reader):
        return []
    return [(code, deed.name) for code, deed in DEEDS.items()]


@signed_in
def bulk(request: HttpRequest) -> HttpResponse:
    """Ask what the deed needs, show what would happen to each return, then do it and show what happened."""
    if request.method != "POST":
        return redirect(HOME)
    require(permissions.may_run(request.reader), Forbidden)
    code, numbers = request.POST.get("deed", ""), request.POST.getlist("pick")
    if not code or not numbers:
        tell(request, Text("Pick returns, and what is to be done.", "请勾选报表并选择操作。"), "warn")
        return redirect(HOME)
    if code not in DEEDS:
        raise Absent
    deed = DEEDS[code]
    # Coming from the list, nothing has been asked yet.
    is_asked = "is_asked" in request.POST or deed.form is Form
    form = deed.form(request.POST) if is_asked else deed.form()
    outcomes, status = (), 200
    is_done = is_asked and "is_sure" in request.POST
    if is_asked and form.is_valid():
        try:
            with refusing():
                do = deed.make(form.values(), request)
                outcomes = actions.do_to_many(numbers, do, by=request.reader, is_trial=not is_done)
        except Refused as refused:
            form.take(refused)
    if form.errors:
        is_done, status = False, 422
    count = sum(one.is_done for one in outcomes)
    return page(
        request, "web/returns/bulk.html", deed.name, status=status, section="returns", crumbs=[LIST, (TITLE, "")],
        form=form, deed=code, picked=numbers, outcomes=outcomes, is_done=is_done, count=count,
        refused=len(outcomes) - count, asks=bool(form.visible_fields()),
    )  # fmt: skip
