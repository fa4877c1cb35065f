"""A need followed without an account: what happens next, and what its applicant may do: answer, write, rate, reopen."""

from collections.abc import Callable, Collection, Mapping

from django import forms
from django.http import FileResponse, HttpRequest, HttpResponse

from grandunion.interfaces.kit import forms as kit
from grandunion.interfaces.kit.pages import done
from grandunion.interfaces.portal import guarding
from grandunion.interfaces.portal.pages import private, show
from grandunion.terms.needs import NoteKind
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent, Refused
from grandunion.work.actions import needs as actions
from grandunion.work.actions.needs.notes import Writing, add_note, open_note_file
from grandunion.work.permissions import needs as permissions
from grandunion.work.queries.needs import followed
from grandunion.work.queries.needs.following import follow, letter_file

TITLE = Text("What you asked us", "您提交的事项")
SCORES = (("5", Text("5 – very satisfied", "5 分（非常满意）")), ("4", Text("4 – satisfied", "4 分（满意）")),
          ("3", Text("3 – fair", "3 分（基本满意）")), ("2", Text("2 – unsatisfied", "2 分（不满意）")),
          ("1", Text("1 – very unsatisfied", "1 分（非常不满意）")))  # fmt: skip
CHOOSE = ("", Text("Choose", "请选择"))
YES_OR_NO = (("1", Text("Yes", "是")), ("0", Text("No", "否")))
NOTHING_ASKED = Text("That cannot be done at the moment.", "当前无法办理此操作。")


def _file() -> forms.FileField:
    return forms.FileField(
        label=kit.saying(Text("A file, if you like", "附件（选填）")), required=False, max_length=255
    )


class AnswerForm(kit.Form):
    """The answer to what the desk asked."""

    text = kit.lines("Your answer", "您的回复", required=True)
    file = _file()


class LetterForm(kit.Form):
    """Something to tell the desk, or a file."""

    text = kit.lines("What do you want to tell us?", "补充说明")
    file = _file()


class RatingForm(kit.Form):
    """What the applicant thinks of the answer."""

    score = kit.one_of("How satisfied are you?", "满意度", lambda: (CHOOSE, *SCORES))
    was_contacted = kit.one_of("Did somebody get in touch?", "是否有人联系过您？", lambda: YES_OR_NO, required=False)
    was_useful = kit.one_of("Did it help?", "是否有帮助？", lambda: YES_OR_NO, required=False)
    comment = kit.lines("Anything to add?", "意见或建议")


class AgainForm(kit.Form):
    """Why it is not solved."""

    score = kit.one_of("How satisfied are you?", "满意度", lambda: (CHOOSE, *SCORES[3:]))
    reason = kit.text("What is still missing?", "哪些问题仍未解决？")


class WithdrawForm(kit.Form):
    """Why it is not needed any more."""

    reason = kit.text("Why?", "撤销原因")


Values = Mapping[str, object]
Do = Callable[[HttpRequest, object, str, Values], object]


def _told(request: HttpRequest, need: object, key: str, values: Values) -> None:
    """What is written and what is attached; a file that cannot be taken stops both."""
    files = [(one, one.name)] if (one := values.get("file")) else []
    add_note(need, Writing(NoteKind.FROM_APPLICANT, str(values.get("text") or ""), files=files), key=key,
             by=request.reader, at=request.at, submission=str(values.get("submission") or ""))  # fmt: skip


def _answer(request: HttpRequest, need: object, key: str, values: Values) -> None:
    if values.get("file"):
        _told(request, need, key, {"file": values["file"], "submission": values.get("submission")})
    actions.reply(need, str(values["text"]), by=request.reader, at=request.at, key=key)


def _rate(request: HttpRequest, need: object, key: str, values: Values) -> None:
    said = {"1": True, "0": False}
    rating = actions.Rating(int(values["score"]), said.get(str(values["was_contacted"])),
                            said.get(str(values["was_useful"])), str(values["comment"]))  # fmt: skip
    actions.rate(need, rating, by=request.reader, at=request.at, key=key)


def _again(request: HttpRequest, need: object, key: str, values: Values) -> None:
    actions.reopen(need, reason=str(values["reason"]), score=int(values["score"]), by=request.reader, at=request.at,
                   key=key)  # fmt: skip


def _withdraw(request: HttpRequest, need: object, key: str, values: Values) -> None:
    actions.move(need, "cancel", reason=str(values["reason"]), by=request.reader, at=request.at, key=key)


# By its word in the address: its form, what it is called, what it does, what is said after it.
DEEDS: Mapping[str, tuple[type[kit.Form], Text, Do, Text]] = {
    "answer": (AnswerForm, Text("Send the answer", "提交回复"), _answer,
               Text("Thank you. The work goes on.", "谢谢，已继续办理。")),
    "rate": (RatingForm, Text("Send the rating", "提交评价"), _rate, Text("Thank you.", "感谢您的评价。")),
    "again": (AgainForm, Text("Have it taken up again", "要求重新办理"), _again,
              Text("It is being taken up again.", "已重新办理。")),
    "write": (LetterForm, Text("Write to the desk", "给服务台留言"), _told,
              Text("Sent to the desk.", "已发送至服务台。")),
    "withdraw": (WithdrawForm, Text("Withdraw it", "撤销需求"), _withdraw, Text("Withdrawn.", "已撤销。")),
}  # fmt: skip
MOVES = {"rate": "rate", "again": "reopen", "withdraw": "cancel"}
FOLDED = frozenset({"write", "withdraw", "again"})  # not what is wanted of the applicant: closed until opened


def need_page(
    request: HttpRequest, key: str, sent: Mapping[str, kit.Form] | None = None, status: int = 200
) -> HttpResponse:
    """The need as the holder of its key follows it, with the forms of what may be done now."""
    need, sent = followed(key), sent or {}
    found = follow(need, request.reader)
    deeds = [
        {"code": code, "text": DEEDS[code][1], "form": sent.get(code) or _form(code, request),
         "is_folded": code in FOLDED and code not in sent}
        for code in _possible(request, need, key, sent, is_asked=bool(found.question))
    ]  # fmt: skip
    return private(
        show(request, "followed.html", TITLE, status=status, number=found.tracked.number, state=found.tracked.state,
             tone="info", found=found, deeds=deeds, key=key, is_private=True, trap="portal/trap.html",
             address=request.build_absolute_uri(f"/track/{key}/"))
    )  # fmt: skip


def _form(code: str, request: HttpRequest) -> kit.Form:
    """A fresh form; several stand on one page, so each has ids of its own."""
    made = DEEDS[code][0].of(request) if request.method == "GET" else DEEDS[code][0]()
    made.auto_id = f"{code}-%s"
    return made


def _possible(
    request: HttpRequest, need: object, key: str, sent: Collection[str], *, is_asked: bool
) -> list[str]:  # fmt: skip
    """What the holder of the key may do now, what is most wanted of them first; and what came back refused."""
    offered = {move.code for move, may in permissions.offers(request.reader, need, key) if may}
    may = {
        "answer": is_asked and bool(permissions.may_reply(request.reader, need, key)),
        "write": bool(permissions.may_write(request.reader, need, NoteKind.FROM_APPLICANT, key)),
        **{code: move in offered for code, move in MOVES.items()},
    }
    return [code for code in DEEDS if may[code] or code in sent]


def deed(request: HttpRequest, key: str, code: str) -> HttpResponse:
    """Do what the applicant wants; a refusal comes back on the page with nothing lost."""
    if code not in DEEDS or request.method != "POST":
        raise Absent
    form_type, _, do, told = DEEDS[code]
    need, form = followed(key), form_type(request.POST, request.FILES)
    form.auto_id, status = f"{code}-%s", 422
    if form.is_valid():
        try:
            guarding.check_trap(request)
            guarding.count(request, "save")
            if form.cleaned_data.get("file"):
                guarding.count(request, "file")
            if code == "answer" and need.paused_at is None:
                raise Refused(NOTHING_ASKED)
            do(request, need, key, form.values())
            return done(request, f"/track/{key}/", told)
        except Refused as refused:
            form.take(refused)
            status = refused.status
    return need_page(request, key, {code: form}, status)


def file(request: HttpRequest, key: str, number: str) -> HttpResponse:
    """A file that goes with a letter, as an attachment that no browser runs."""
    document = letter_file(followed(key), request.reader, number)
    response = FileResponse(open_note_file(document), as_attachment=True, filename=document.file_name,
                            content_type=document.media_type)  # fmt: skip
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return private(response)
