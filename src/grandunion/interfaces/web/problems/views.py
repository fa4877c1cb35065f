"""The pages of common problems: the list, one with the needs that tell of it, putting one down, answering it."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse

from grandunion.interfaces.kit import lists as kit_lists
from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.forms import Form
from grandunion.interfaces.kit.pages import Deed, done, page
from grandunion.interfaces.kit.records import happenings, offers, saving, word, worded
from grandunion.interfaces.kit.tones import TONES, tone
from grandunion.interfaces.web.problems.forms import MOVE_FORMS, IssueForm
from grandunion.terms.needs import Category, IssueState
from grandunion.terms.secrecy import Level
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent, Forbidden, require
from grandunion.work.actions import needs as actions
from grandunion.work.permissions.base import clearance
from grandunion.work.permissions.needs import issues as permissions
from grandunion.work.queries import journal, needs

HOME = "/w/problems/"
NEEDS = (Text("Needs", "需求"), "/w/needs/")
LIST = (Text("Common problems", "共性问题"), HOME)
NEW = Text("Collect a common problem", "归集共性问题")
FIELDS = ("title_zh", "title_en", "text_zh", "text_en", "category", "industry", "area", "level")
VERBS: Mapping[str, Text] = {
    "issue.collected": Text("collected the problem", "归集问题"),
    "issue.edited": Text("corrected it", "修改"),
    "issue.start": Text("began to solve it", "启动解决"),
    "issue.answered": Text("answered it for all its needs", "统一答复"),
    "issue.close": Text("closed it", "办结"),
    "issue.drop": Text("closed it without an answer", "不再处理"),
    "issue.reopen": Text("took it up again", "重新办理"),
}
WORDS = {"category": Category, "level": Level, "state": IssueState}
TOLD = {"category": Text("Category", "类别"), "level": Text("Open to", "公开范围")}
Values = Mapping[str, object]


@signed_in
def index(request: HttpRequest) -> HttpResponse:
    """All common problems the reader may see."""
    may = permissions.may_collect(request.reader)
    deeds = [Deed(f"{HOME}new/", NEW, "plus", is_primary=True)] if may else []
    way = [NEEDS, (LIST[0], "")]
    return kit_lists.show(request, needs.ISSUES, template="web/problems/list.html", actions=deeds, crumbs=way)


@signed_in
def new(request: HttpRequest) -> HttpResponse:
    """Put down a common problem."""
    require(permissions.may_collect(request.reader), Forbidden)
    form = IssueForm.of(request, level=Level.ORGANISATION.value, category=request.GET.get("category", ""))

    def save(values: Values) -> HttpResponse:
        given = dict(values)
        key = str(given.pop("submission", ""))
        issue = actions.collect(given, by=request.reader, at=request.at, submission=key)
        told = Text(f"{issue.number}: link the needs that tell of it.", f"{issue.number} 已归集，请关联相关需求。")
        return done(request, f"{HOME}{issue.number}/", told)

    return saving(request, form, save, template="web/problems/form.html", title=NEW, section="needs",
                  crumbs=[LIST, (NEW, "")], cancel_url=HOME)  # fmt: skip


@signed_in
def edit(request: HttpRequest, number: str) -> HttpResponse:
    """Correct a common problem."""
    issue = needs.get_issue(number, request.reader)
    require(permissions.may_edit(request.reader, issue), Forbidden)
    values = {name: getattr(getattr(issue, name), "code", getattr(issue, name)) for name in FIELDS}
    form, title = IssueForm.of(request, version=issue.version, **values), Text("Edit", "编辑")

    def save(given: Values) -> HttpResponse:
        kept = {name: value for name, value in given.items() if name in FIELDS}
        actions.edit_issue(issue, kept, by=request.reader, at=request.at, version=given.get("version"))
        return done(request, f"{HOME}{number}/", Text("Saved.", "已保存。"))

    return saving(request, form, save, template="web/problems/form.html", title=title, section="needs",
                  crumbs=_crumbs(number, title), cancel_url=f"{HOME}{number}/")  # fmt: skip


@signed_in
def record(request: HttpRequest, number: str) -> HttpResponse:
    """One common problem with the needs that tell of it."""
    issue = needs.get_issue(number, request.reader)
    depth = clearance(request.reader, issue)
    base, offered = f"{HOME}{number}/", permissions.offers(request.reader, issue)
    may_edit = permissions.may_edit(request.reader, issue)
    return page(
        request, "web/problems/record.html", issue.title, section="needs", number=number,
        crumbs=[LIST, (Text(number, number), "")], state=IssueState(issue.state).text, tone=tone(issue.state),
        actions=[Deed(f"{base}edit/", Text("Edit", "编辑"), "pencil")] if may_edit else [], issue=issue,
        found=needs.issue_page(issue, request.reader), facts=_facts(issue, depth), tones=TONES,
        offers=offers(offered, MOVE_FORMS, base), is_desk=bool(permissions.may_edit(request.reader, issue) or offered),
        entries=happenings(worded(journal.timeline(issue, depth), WORDS), VERBS, TOLD),
    )  # fmt: skip


def _facts(issue: object, depth: int) -> list[tuple]:
    rows = [
        (Text("Category", "类别"), word(Category, issue.category), ""),
        (Text("Industry or chain", "行业（产业链）"), issue.industry.name if issue.industry else None, ""),
        (Text("Area", "片区"), issue.area.name if issue.area else None, ""),
        (Text("In charge", "经办人"), issue.in_charge.name if issue.in_charge and depth >= 1 else None, ""),
        (Text("Open to", "公开范围"), word(Level, issue.level), ""),
    ]
    return [(None, [row for row in rows if row[1]])]


@signed_in
def move(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Begin, answer, close, drop, take up again; a GET shows the form as a page."""
    issue = needs.get_issue(number, request.reader)
    labels = {found.code: found.label for found, _ in permissions.offers(request.reader, issue)}
    if code != "answer" and code not in actions.ISSUE_MOVES:
        raise Absent
    title = labels.get(code, Text("That cannot be done now", "当前无法执行"))
    form = MOVE_FORMS.get(code, Form).of(request, version=issue.version)

    def save(values: Values) -> HttpResponse:
        shared = {"by": request.reader, "at": request.at, "version": values.get("version")}
        if code == "answer":
            actions.answer_issue(issue, text=str(values["answer"]), **shared)
        else:
            actions.move_issue(issue, code, reason=str(values.get("reason") or ""), **shared)
        return done(request, f"{HOME}{number}/", Text("{deed}: done.", "已办理：{deed}。").fill(deed=title))

    return saving(request, form, save, template="web/problems/form.html", title=title, section="needs",
                  crumbs=_crumbs(number, title), cancel_url=f"{HOME}{number}/", submit=title)  # fmt: skip


def _crumbs(number: str, title: Text) -> list[tuple[Text, str]]:
    return [LIST, (Text(number, number), f"{HOME}{number}/"), (title, "")]
