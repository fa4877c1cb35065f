"""The moves on a need: which form each asks, and which action it calls."""

from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse

from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.forms import Form
from grandunion.interfaces.kit.pages import done
from grandunion.interfaces.kit.records import saving
from grandunion.interfaces.web.needs.forms import ASSIGNMENT_FORMS, HandOverForm, LevelForm, OthersForm, move_forms
from grandunion.interfaces.web.needs.keeping import forgetting, form_code, keep_url, recalled
from grandunion.terms.needs import CallbackResult, Category, Outcome
from grandunion.terms.secrecy import Level
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent
from grandunion.work.actions import needs as actions
from grandunion.work.permissions import needs as permissions
from grandunion.work.queries import needs

HOME = "/w/needs/"
LIST = (Text("Needs", "需求"), HOME)
Values = Mapping[str, object]
Do = Callable[[object, Values, HttpRequest], object]


def who(request: HttpRequest) -> dict[str, object]:
    """Who does it, and when."""
    return {"by": request.reader, "at": request.at}


def _dispatch(need: object, values: Values, request: HttpRequest) -> object:
    written = ",".join([*values.get("routed", ()), *values.get("usual", ()), str(values.get("others") or "")])
    to = actions.answerers(written, request.reader)
    return actions.dispatch(
        need, to=to, question=str(values["question"]), category=Category(values["category"]),
        version=values.get("version"), **who(request),
    )  # fmt: skip


def _answer(need: object, values: Values, request: HttpRequest) -> object:
    return actions.answer(need, text=str(values["answer"]), category=Category(values["category"]),
                          version=values.get("version"), **who(request))  # fmt: skip


def _rate(need: object, values: Values, request: HttpRequest) -> object:
    rating = actions.Rating(
        int(values["satisfaction_score"]), _yes_no(values["was_contacted"]), _yes_no(values["was_useful"]),
        str(values["comment"]),
    )  # fmt: skip
    return actions.rate(need, rating, **who(request))


def _yes_no(value: object) -> bool | None:
    return {"1": True, "0": False}.get(str(value))


def _call_back(need: object, values: Values, request: HttpRequest) -> object:
    return actions.call_back(need, result=CallbackResult(values["callback_result"]), note=str(values["note"]),
                             version=values.get("version"), **who(request))  # fmt: skip


def _closing(deed: str) -> Do:
    def close(need: object, values: Values, request: HttpRequest) -> object:
        outcome = Outcome(values["outcome"]) if "outcome" in values else None
        return actions.close(need, deed, outcome=outcome, note=str(values["note"]), version=values.get("version"),
                             **who(request))  # fmt: skip

    return close


def _reopen(need: object, values: Values, request: HttpRequest) -> object:
    score = int(values["satisfaction_score"]) if values["satisfaction_score"] else None
    return actions.reopen(need, reason=str(values["reason"]), score=score, **who(request))


def _plain(deed: str) -> Do:
    def move(need: object, values: Values, request: HttpRequest) -> object:
        return actions.move(need, deed, reason=str(values.get("reason") or ""), version=values.get("version"),
                            **who(request))  # fmt: skip

    return move


DO: Mapping[str, Do] = {
    "submit": lambda need, values, request: actions.submit(need, version=values.get("version"), **who(request)),
    "dispatch": _dispatch,
    "answer": _answer,
    "rate": _rate,
    "call_back": _call_back,
    "reopen": _reopen,
    "escalate": lambda need, values, request: actions.escalate(
        need, reason=str(values["reason"]), version=values.get("version"), **who(request)
    ),
    "merge": lambda need, values, request: actions.merge(
        need, into=str(values["merged_into"]), version=values.get("version"), **who(request)
    ),
    **{deed: _closing(deed) for deed in ("close_solved", "close_partly", "close_explained", "close_unsolved")},
    **{deed: _plain(deed) for deed in ("begin_triage", "take_back", "separate", "mark_as_spam", "restore", "cancel")},
}


@signed_in
def move(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Make a move; a GET shows its form as a page."""
    need = needs.get(number, request.reader)
    label = next((found.label for found, _ in permissions.offers(request.reader, need) if found.code == code), None)
    if code not in DO:
        raise Absent
    form = move_forms(need, request.reader, (code,)).get(code, Form).of(request, version=need.version)
    title = label or Text("That cannot be done now", "当前无法执行")

    def save(values: Values) -> HttpResponse:
        DO[code](need, values, request)
        return done(request, f"{HOME}{number}/", Text("{deed}: done.", "已办理：{deed}。").fill(deed=title))

    return asked(request, need, form, save, title, unable=_unable(need, request) if code == "dispatch" else ())


def _unable(need: object, request: HttpRequest) -> tuple[needs.Answering, ...]:
    """Those the rules do not name for this need, with the reason: only the page says it, not the form alone."""
    if request.headers.get("X-Requested-With") == "fetch":
        return ()
    return needs.answerers_for(need, request.reader, needs.assignments(need)).unable


@signed_in
def assignment_move(request: HttpRequest, number: str, pk: int, code: str) -> HttpResponse:
    """What an assignee does: take it on, answer it, pass it on."""
    need = needs.get(number, request.reader)
    row = needs.assignment(need, pk)
    offered = {found.code: found.label for found, _ in permissions.assignment_offers(request.reader, need, row)}
    if code not in offered:
        raise Absent
    form = ASSIGNMENT_FORMS.get(code, Form).of(request, version=row.version)

    def save(values: Values) -> HttpResponse:
        _handle(row, code, values, request)
        # Whoever says that it is not their business may not see the record any more.
        to = HOME if code == "pass_on" else f"{HOME}{number}/"
        return done(request, to, Text("{deed}: done.", "已办理：{deed}。").fill(deed=offered[code]))

    return asked(request, need, form, save, offered[code])


def _handle(row: object, code: str, values: Values, request: HttpRequest) -> None:
    """What the assignee says, or that it is somebody else's business."""
    said = {"reason": str(values.get("reason") or ""), "version": values.get("version"), **who(request)}
    if code == "pass_on":
        actions.pass_on(row, suggest=str(values.get("suggest") or ""), **said)
    else:
        actions.handle(row, code, answer=str(values.get("answer") or ""), **said)


@signed_in
def take(request: HttpRequest, number: str) -> HttpResponse:
    """Take charge of a need with one click."""
    need = needs.get(number, request.reader)

    def save(values: Values) -> HttpResponse:
        actions.take(need, **who(request))
        return done(request, f"{HOME}{number}/", Text("You are in charge now.", "您已成为经办人。"))

    return asked(request, need, Form.of(request), save, Text("Take charge", "由我经办"))


@signed_in
def hand_over(request: HttpRequest, number: str) -> HttpResponse:
    """Put another officer in charge."""
    need = needs.get(number, request.reader)

    def save(values: Values) -> HttpResponse:
        to = next(user for user in needs.officers() if str(user.pk) == values["to"])
        actions.hand_over(need, to=to, **who(request))
        return done(
            request, f"{HOME}{number}/", Text("{who} is in charge now.", "经办人已改为{who}。").fill(who=to.name)
        )

    return asked(request, need, HandOverForm.of(request), save, Text("Hand over", "转交经办人"))


@signed_in
def open_to(request: HttpRequest, number: str) -> HttpResponse:
    """Say who may read the need."""
    need = needs.get(number, request.reader)

    def save(values: Values) -> HttpResponse:
        level = Level(values["level"])
        actions.open_to(need, level, version=values.get("version"), **who(request))
        return done(
            request, f"{HOME}{number}/", Text("Open to: {level}.", "公开范围：{level}。").fill(level=level.text)
        )

    form = LevelForm.of(request, version=need.version, level=need.level)
    return asked(request, need, form, save, Text("Who may read it", "设定公开范围"))


@signed_in
def ask_also(request: HttpRequest, number: str) -> HttpResponse:
    """Ask further answerers."""
    need = needs.get(number, request.reader)

    def save(values: Values) -> HttpResponse:
        to = actions.answerers(str(values["others"]), request.reader)
        actions.ask_also(need, to=to, question=str(values["question"]), **who(request))
        return done(request, f"{HOME}{number}/", Text("They were asked.", "已增加承办方。"))

    return asked(request, need, OthersForm.of(request), save, Text("Ask others too", "增加承办方"))


def asked(
    request: HttpRequest, need: object, form: Form, save: Callable[[Values], HttpResponse], title: Text,
    **context: object,
) -> HttpResponse:  # fmt: skip
    """The form of one deed as a page; what was typed stays when it is refused, and comes back when it was left."""
    code = form_code(request.path, need.number)
    form, save = recalled(request, need, form, code), forgetting(request, need, save, code)
    crumbs = [LIST, (Text(need.number, need.number), f"{HOME}{need.number}/"), (title, "")]
    kept = {"keep_url": keep_url(need.number, code), "cancel_url": f"{HOME}{need.number}/"}
    return saving(request, form, save, template="web/needs/deed.html", title=title, section="needs", crumbs=crumbs,
                  need=need, **kept, **context)  # fmt: skip
