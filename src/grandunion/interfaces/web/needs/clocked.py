"""Deeds of the desk around a need's clock: ask the applicant, call again, link, archive; and the watch-list."""

import csv
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from grandunion.interfaces.kit import lists as kit_lists
from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.forms import Form
from grandunion.interfaces.kit.pages import Deed, done, page
from grandunion.interfaces.kit.tags import said
from grandunion.interfaces.web.needs.forms import CallBackForm, LinkForm, QuestionForm, ReplyForm
from grandunion.interfaces.web.needs.moves import HOME, LIST, Values, asked, who
from grandunion.terms.needs import CallbackResult
from grandunion.terms.sound import harmless
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Verdict
from grandunion.work.actions import needs as actions
from grandunion.work.permissions import needs as permissions
from grandunion.work.queries import needs
from grandunion.work.queries.needs import notes

ASK, REPLY = Text("Ask the applicant", "向申请人提问"), Text("Answer the question", "补充信息")
CALL, LINK = Text("Call after the closing", "办结后回访"), Text("Link to a common problem", "关联共性问题")
UNLINK, ARCHIVE = Text("Take out of the common problem", "取消关联共性问题"), Text("Archive", "归档")
BACK = Text("Take out of the archive", "恢复在列")
HEADS = (
    Text("Number", "编号"), Text("Office", "单位"), Text("Asked", "受派"), Text("Late", "超期"),
    Text("Not taken on", "未接办"), Text("Passed on", "退回"), Text("Ratings", "评价"), Text("Watched for", "观察原因"),
)  # fmt: skip
Do = Callable[[object, Values, HttpRequest], object]


def desk_deeds(request: HttpRequest, need: object) -> list[Deed]:
    """The deeds around the clock that the reader may do now."""
    reader, base = request.reader, f"{HOME}{need.number}/"
    may_archive = permissions.may_archive(reader, need)
    found: list[tuple[Verdict | bool, str, Text, str]] = [
        (permissions.may_ask_applicant(reader, need), "ask/", ASK, "circle-question-mark"),
        (permissions.may_follow_up(reader, need), "follow-up/", CALL, "phone"),
        (permissions.may_link(reader, need) and need.issue_id is None, "link/", LINK, "git-merge"),
        (permissions.may_link(reader, need) and need.issue_id is not None, "unlink/", UNLINK, "git-merge"),
        (may_archive and need.archived_at is None, "archive/", ARCHIVE, "inbox"),
        (may_archive and need.archived_at is not None, "bring-back/", BACK, "inbox"),
    ]
    return [Deed(f"{base}{path}", text, icon) for may, path, text, icon in found if may]


def _page(form: type[Form], title: Text, told: Text, do: Do) -> Callable[[HttpRequest, str], HttpResponse]:
    """A page with one form that does one deed and leads back to the need."""

    @signed_in
    def view(request: HttpRequest, number: str) -> HttpResponse:
        need = needs.get(number, request.reader)

        def save(values: Values) -> HttpResponse:
            do(need, values, request)
            return done(request, f"{HOME}{number}/", told)

        return asked(request, need, form.of(request, version=need.version, **_taken(request, need)), save, title)

    return view


def _taken(request: HttpRequest, need: object) -> dict[str, str]:
    """The words of a letter that ?note= names, to be taken as what the form asks."""
    pk = request.GET.get("note", "")
    if not pk.isascii() or not pk.isdigit():
        return {}
    return {"text": notes.note(need, int(pk), request.reader, permissions.hears(request.reader, need)).text}


def _follow_up(need: object, values: Values, request: HttpRequest) -> object:
    said = {"result": CallbackResult(values["callback_result"]), "note": str(values["note"])}
    return actions.follow_up(need, **said, version=values.get("version"), **who(request))


ask = _page(
    QuestionForm, ASK, Text("Asked; the clocks stand still.", "已提问，期限暂停计算。"),
    lambda need, values, request: actions.ask_applicant(
        need, str(values["text"]), version=values.get("version"), **who(request)
    ),
)  # fmt: skip
reply = _page(
    ReplyForm, REPLY, Text("Kept; the clocks run on.", "已补充，期限恢复计算。"),
    lambda need, values, request: actions.reply(need, str(values["text"]), **who(request)),
)  # fmt: skip
follow_up = _page(CallBackForm, CALL, Text("Kept.", "已记录。"), _follow_up)
link = _page(
    LinkForm, LINK, Text("Linked.", "已关联。"),
    lambda need, values, request: actions.link(
        need, to=str(values["issue"]), version=values.get("version"), **who(request)
    ),
)  # fmt: skip
unlink = _page(
    Form, UNLINK, Text("Taken out.", "已取消关联。"),
    lambda need, values, request: actions.unlink(need, version=values.get("version"), **who(request)),
)  # fmt: skip
archive = _page(
    Form, ARCHIVE, Text("Archived: the search still finds it.", "已归档，仍可通过搜索查到。"),
    lambda need, values, request: actions.archive(need, **who(request)),
)  # fmt: skip
bring_back = _page(
    Form, BACK, Text("It stands in the lists again.", "已恢复在列。"),
    lambda need, values, request: actions.bring_back(need, **who(request)),
)  # fmt: skip


@signed_in
def archived(request: HttpRequest) -> HttpResponse:
    """The needs that have left the lists."""
    title = needs.ARCHIVE.name
    return kit_lists.show(request, needs.ARCHIVE, template="web/needs/archive.html", crumbs=[LIST, (title, "")])


@signed_in
def answered(request: HttpRequest) -> HttpResponse:
    """What the applicants answered to the questions of their subjects."""
    title = needs.ANSWERED.name
    return kit_lists.show(request, needs.ANSWERED, template="web/needs/answered.html", crumbs=[LIST, (title, "")])


def _as_csv(found: needs.WatchList) -> HttpResponse:
    """The offices as a file, one line for each."""
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="offices.csv"'
    lines = csv.writer(response)
    lines.writerow([said(head) for head in HEADS])
    for one in found.offices:
        reasons = "; ".join(said(reason) for reason in one.reasons)
        figures = one.figures
        counts = (figures.asked, figures.late, figures.expired, figures.passed_on, len(figures.scores))
        lines.writerow([one.number, harmless(said(one.name)), *counts, reasons])
    return response


@signed_in
def watch(request: HttpRequest) -> HttpResponse:
    """The offices, those first that cross a published threshold, and what everybody has open."""
    title = Text("Offices: watch-list and baskets", "承办单位观察名单与在办量")
    found = needs.watch_list(request.reader)
    if request.GET.get("format") == "csv":
        return _as_csv(found)
    baskets, waiting = needs.baskets(request.reader) if request.reader.reads_rows else ((), 0)
    return page(
        request, "web/needs/watch.html", title, section="needs", crumbs=[LIST, (title, "")], found=found,
        baskets=baskets, waiting=waiting, watched=sum(one.is_watched for one in found.offices),
    )  # fmt: skip
