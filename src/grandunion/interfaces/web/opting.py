"""On which markets an organisation or a person is suggested: chosen on one page, by itself or by the desk for it."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_POST

from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.forms import Form, several_of, text
from grandunion.interfaces.kit.pages import Deed, done
from grandunion.interfaces.kit.records import saving
from grandunion.interfaces.web.parties import home_of
from grandunion.terms.matches import Market
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent, Forbidden, require
from grandunion.work.actions import matches as actions
from grandunion.work.permissions import matches as permissions
from grandunion.work.queries.matches import opting, ties

TITLE = Text("Suggestions", "推荐设置")
NONE = ("none", Text("No suggestions at all", "全部不推荐"), "eye-off")
ALL = ("all", Text("Suggest everywhere", "全部推荐"), "bell")
WHOLE = {"none": (), "all": tuple(Market)}
ON_WHOSE_WORD = Text("For example: Ms Wang called on 3 May.", "例如：王女士 5 月 3 日来电提出。")


class MarketsForm(Form):
    """The markets that are wanted, and why."""

    wanted = several_of("Suggest on", "在以下类型中推荐", lambda: ((one.value, one.text) for one in Market))
    reason = text("Reason", "原因", required=False, longest=300)


class OnBehalfForm(MarketsForm):
    """The same for somebody else, on their word."""

    reason = text("Who asked for it, and how", "由谁、以何种方式提出", longest=300, help=ON_WHOSE_WORD)


@signed_in
def markets(request: HttpRequest, number: str) -> HttpResponse:
    """The markets on which a party is suggested; each save says all of them."""
    party = ties.party(number, request.reader)
    require(permissions.may_opt_out(request.reader, party), Forbidden)
    is_own, found = permissions.is_own_side(request.reader, party), opting.opting_of(party)
    form = (MarketsForm if is_own else OnBehalfForm).of(request, wanted=[one.value for one in found.wanted])

    def save(values: Mapping[str, object]) -> HttpResponse:
        wanted, reason = values.get("wanted", ()), str(values.get("reason", ""))
        actions.choose_markets(party, wanted, reason=reason, by=request.reader, at=request.at)
        return done(request, home_of(party), _said(len(wanted)))

    whole_ = (NONE, ALL) if found.wanted else (ALL,)
    out = [(one.text, row) for one in Market if (row := found.since(one))]
    return saving(
        request, form, save, template="web/ties/suggestions.html", title=TITLE, section=f"{party.kind}s",
        number=party.number, subtitle=party.name, crumbs=[(party.name, home_of(party)), (TITLE, "")],
        cancel_url=home_of(party), out=out, is_own=is_own,
        actions=[Deed(f"/w/suggestions/{party.number}/{word}/", text, icon, method="post")
                 for word, text, icon in whole_ if is_own and (word == "none" or out)],
    )  # fmt: skip


@signed_in
@require_POST
def whole(request: HttpRequest, number: str, word: str) -> HttpResponse:
    """All markets or none with one click, for one's own side."""
    party = ties.party(number, request.reader)
    if word not in WHOLE:
        raise Absent
    wanted = WHOLE[word]
    actions.choose_markets(party, wanted, by=request.reader, at=request.at)
    return done(request, home_of(party), _said(len(wanted)))


def _said(count: int) -> Text:
    if not count:
        return Text("Kept: no suggestions any more.", "已保存：不再推荐。")
    if count == len(Market):
        return Text("Kept: suggested everywhere.", "已保存：在全部类型中推荐。")
    return Text(
        f"Kept: suggested on {count} of {len(Market)} markets.", f"已保存：在 {count} 类中推荐（共 {len(Market)} 类）。"
    )


urlpatterns = [path("<str:number>/", markets), path("<str:number>/<str:word>/", whole)]
