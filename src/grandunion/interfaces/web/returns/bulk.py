"""One deed on the returns picked in the list: what it asks, what would happen to each, what did happen."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse

from grandunion.interfaces.kit.bulk import Deed, Place, done, picked
from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.forms import Form
from grandunion.interfaces.web.returns.forms import ReasonForm, WholeForm
from grandunion.interfaces.web.returns.words import LIST, who
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent, Forbidden, require
from grandunion.work.actions.plans import returns as actions
from grandunion.work.permissions.plans import returns as permissions

PLACE = Place("returns", LIST, Text("Return", "报表"), Text("Many returns at once", "批量处理"))
DEEDS: Mapping[str, Deed] = {
    "remind": Deed(Text("Remind", "提醒"), Form, lambda given, request: actions.to_remind(**who(request))),
    "accept": Deed(Text("Accept", "审核通过"), Form, lambda given, request: actions.to_accept(**who(request))),
    "send-back": Deed(Text("Send back", "退回修改"), WholeForm,
                      lambda given, request: actions.to_send_back(str(given["comment"]), **who(request))),
    "waive": Deed(Text("Waive", "免报"), ReasonForm,
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
    if isinstance(found := picked(request, PLACE), HttpResponse):
        return found
    require(permissions.may_run(request.reader), Forbidden)
    if found[0] not in DEEDS:
        raise Absent
    return done(request, PLACE, DEEDS[found[0]], actions.do_to_many)
