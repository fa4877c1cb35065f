"""One deed on the needs picked in a list: what it asks, what would happen to each, what did happen."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.failing import refusing
from grandunion.interfaces.kit.forms import Form, text
from grandunion.interfaces.kit.pages import page, tell
from grandunion.interfaces.kit.tags import language
from grandunion.interfaces.web.needs.forms import WHOM, HandOverForm
from grandunion.interfaces.web.needs.moves import HOME, LIST, who
from grandunion.terms.text import Text, listed
from grandunion.terms.verdicts import Absent, Forbidden, Refused, require
from grandunion.work.actions import needs as actions
from grandunion.work.actions.messages import inbox
from grandunion.work.permissions.base import staff_only
from grandunion.work.queries.needs import macros

USING = "macro-"
TITLE = Text("Many needs at once", "批量处理")
NUMBER = Text("The number of the need that goes on.", "填写继续办理的需求编号。")


class AskForm(Form):
    """Who is to answer them."""

    to = text("Who answers", "承办方", longest=500, help=WHOM)


class MergeForm(Form):
    """Into which need they go."""

    into = text("Into", "并入", longest=40, help=NUMBER)


@dataclass(frozen=True, slots=True)
class Deed:
    """Something done to many needs: its name, what it asks, and what makes the deed of the answers."""

    name: Text
    form: type[Form]
    make: Callable[[Mapping[str, object], HttpRequest], Callable[[object], object]]


def _watch(request: HttpRequest) -> Callable[[object], object]:
    return lambda need: inbox.watch(need, **who(request))


DEEDS: Mapping[str, Deed] = {
    "ask": Deed(Text("Dispatch, or ask others too", "分派或增加承办方"), AskForm,
                lambda given, request: actions.to_ask(str(given["to"]), **who(request))),
    "hand-over": Deed(Text("Hand over to an officer", "转交服务专员"), HandOverForm,
                      lambda given, request: actions.to_hand_over(int(given["to"]), **who(request))),
    "merge": Deed(Text("Merge into one", "并案办理"), MergeForm,
                  lambda given, request: actions.to_merge(str(given["into"]), **who(request))),
    "watch": Deed(Text("Watch", "关注"), Form, lambda given, request: _watch(request)),
    "spam": Deed(Text("Mark as spam", "标记为无效信息"), Form,
                 lambda given, request: actions.to_set_aside(**who(request))),
}  # fmt: skip


def choices(request: HttpRequest) -> list[tuple[Text, list[tuple[str, Text]]]]:
    """What can be done to picked needs, in groups; nothing for who does not work at the desk."""
    if not staff_only(request.reader):
        return []
    replies = [(f"{USING}{one.code}", one.name) for one in macros.macros()]
    own = [(code, deed.name) for code, deed in DEEDS.items()]
    return [(Text("Deeds", "办理"), own), *([(Text("Prepared replies", "快捷处理"), replies)] if replies else [])]


def _deed(code: str) -> tuple[Deed, Text | None, str]:
    """The deed of a code, and of a prepared reply what it does and writes."""
    if code in DEEDS:
        return DEEDS[code], None, ""
    if not code.startswith(USING):
        raise Absent
    found = macros.macro(code.removeprefix(USING))
    made = Deed(found.name, Form,
                lambda given, request: actions.to_use(found.code, **who(request)))  # fmt: skip
    words = found.text_zh if language() == "zh" and found.text_zh else found.text_en or found.text_zh
    return made, listed(actions.steps_of(found)), words


@signed_in
def bulk(request: HttpRequest) -> HttpResponse:
    """Ask what the deed needs, show what would happen to each need, then do it and show what happened."""
    if request.method != "POST":
        return redirect(HOME)
    require(staff_only(request.reader), Forbidden)
    code, numbers = request.POST.get("deed", ""), request.POST.getlist("pick")
    if not code or not numbers:
        tell(request, Text("Pick needs, and what is to be done.", "请勾选需求并选择操作。"), "warn")
        return redirect(HOME)
    deed, steps, words = _deed(code)
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
        request, "web/needs/bulk.html", deed.name, status=status, section="needs", crumbs=[LIST, (TITLE, "")],
        form=form, deed=code, picked=numbers, outcomes=outcomes, is_done=is_done, count=count,
        refused=len(outcomes) - count, steps=steps, words=words, asks=bool(form.visible_fields()),
    )  # fmt: skip
