"""Inviting the supplier of a capability to propose for an opportunity: one click, or with a word."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.urls import path

from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.forms import Form, lines
from grandunion.interfaces.kit.pages import done
from grandunion.interfaces.kit.records import saving
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Forbidden, require
from grandunion.work.actions import matches as actions
from grandunion.work.permissions import matches as permissions
from grandunion.work.queries import scenarios

HOME = "/w/scenarios/"
LIST = (Text("Opportunity list", "场景机会清单"), HOME)
INVITE = Text("Invite to propose", "邀请提交方案")
READ_BY_BOTH = Text("Both sides read it; contacts stay closed until both agree.",
                    "双方均可见；双方同意前不显示联系方式。")  # fmt: skip


class InviteForm(Form):
    """What is said with an invitation."""

    note = lines("A word with it", "附言", longest=1000, help=READ_BY_BOTH)


@signed_in
def invite(request: HttpRequest, number: str, capability: str) -> HttpResponse:
    """Ask the supplier of a capability to propose, and go back to where the fit was shown."""
    found = scenarios.opportunity(number, request.reader)
    able = scenarios.capability(capability, request.reader)
    require(permissions.may_invite(request.reader, found, able), Forbidden)
    back = f"/w/capabilities/{capability}/" if request.GET.get("from") == "capability" else f"{HOME}{number}/"

    def save(values: Mapping[str, object]) -> HttpResponse:
        actions.invite(found, able, note=str(values.get("note") or ""), by=request.reader, at=request.at)
        told = Text("{who} is invited to propose.", "已邀请{who}提交方案。").fill(who=able.owner.name)
        return done(request, back, told)

    crumbs = [LIST, (Text(number, number), f"{HOME}{number}/"), (INVITE, "")]
    told = Text("{able} for {scene}", "{able}——{scene}").fill(able=able.title, scene=found.title)
    return saving(request, InviteForm.of(request), save, template="web/scenarios/deed.html", title=INVITE,
                  section="scenarios", crumbs=crumbs, record=able, told=told, cancel_url=back)  # fmt: skip


urlpatterns = [path("<str:number>/invite/<str:capability>/", invite)]
