"""One deed on the needs picked in a list: what it asks, what would happen to each, what did happen."""

from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse

from grandunion.interfaces.kit.bulk import Deed, Place, done, picked
from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.forms import Form, text
from grandunion.interfaces.kit.tags import language
from grandunion.interfaces.web.needs.forms import WHOM, HandOverForm
from grandunion.interfaces.web.needs.moves import LIST, who
from grandunion.terms.text import Text, listed
from grandunion.terms.verdicts import Absent, Forbidden, require
from grandunion.work.actions import needs as actions
from grandunion.work.actions.messages import inbox
from grandunion.work.permissions.base import staff_only
from grandunion.work.queries.needs import macros

USING = "macro-"
PLACE = Place("needs", LIST, Text("Need", "需求"), Text("Many needs at once", "批量处理"))
NUMBER = Text("The number of the need that goes on.", "填写继续办理的需求编号。")


class AskForm(Form):
    """Who is to answer them."""

    to = text("Who answers", "承办方", longest=500, help=WHOM)


class MergeForm(Form):
    """Into which need they go."""

    into = text("Into", "并入", longest=40, help=NUMBER)


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
    if isinstance(found := picked(request, PLACE), HttpResponse):
        return found
    require(staff_only(request.reader), Forbidden)
    deed, steps, words = _deed(found[0])
    return done(request, PLACE, deed, actions.do_to_many, steps=steps, words=words)
