"""Common problems: the list, one of them with the needs that tell of it, and what its flow reads."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from grandunion.adapters import index
from grandunion.records.needs import Issue, Need
from grandunion.terms.needs import Category, IssueState, NeedState
from grandunion.terms.readers import Reader
from grandunion.terms.secrecy import Level, Secrecy
from grandunion.terms.text import Text
from grandunion.terms.verdicts import invalid
from grandunion.work.queries.base import Column, Filter, Listing, opened, visible
from grandunion.work.queries.needs.rows import visible_to

ALONG = ("area", "subject", "industry", "in_charge", "owner")
SHOWN, FOUND, OFFERED = 200, 200, 5
NUMBER = re.compile(r"CMI-\d{4}-\d+", re.I)
# A need gets the answer of its common problem as long as nobody has answered it.
UNANSWERED = (NeedState.RECEIVED, NeedState.TRIAGE, NeedState.DISPATCHED, NeedState.REOPENED, NeedState.ESCALATED)

ISSUES = Listing(
    code="problems",
    name=Text("Common problems", "共性问题"),
    record=Issue,
    columns=(
        Column("number", Text("Number", "编号"), ("number",), "number", sort=("number",), secrecy=Secrecy.S0),
        Column(
            "title", Text("Common problem", "共性问题"), ("title_zh", "title_en"), "title",
            sort=("title_zh", "title_en"), secrecy=Secrecy.S0,
        ),
        Column("state", Text("State", "状态"), ("state",), "word", IssueState, ("state",), Secrecy.S0),
        Column("category", Text("Category", "类别"), ("category",), "word", Category, ("category",), Secrecy.S0),
        Column("industry", Text("Industry", "行业"), ("industry__name_zh", "industry__name_en"), "term",
               sort=("industry__position",), secrecy=Secrecy.S0),
        Column("area", Text("Area", "片区"), ("area__name_zh", "area__name_en"), "term", sort=("area__position",)),
        Column("in_charge", Text("In charge", "经办人"), ("in_charge__name_zh", "in_charge__name_en"), "term"),
        Column("collected", Text("Collected", "归集时间"), ("created_at",), "day", sort=("created_at",)),
        Column("answered", Text("Answered", "答复时间"), ("answered_at",), "day", sort=("answered_at",)),
        Column("level", Text("Open to", "公开范围"), ("level",), "word", Level, is_shown=False),
    ),
    filters=(
        Filter("state", Text("State", "状态"), "state", IssueState),
        Filter("category", Text("Category", "类别"), "category", Category),
        Filter("area", Text("Area", "片区"), "area", list_code="areas", kind="term"),
    ),
)  # fmt: skip


def issues_visible_to(reader: Reader) -> QuerySet[Issue]:
    """The common problems the reader may see."""
    return visible(Issue, reader)


def get_issue(number: str, reader: Reader) -> Issue:
    """The common problem with this number, if the reader may see it."""
    return opened(Issue, reader, *ALONG, number=number)


def issue_called(written: str, reader: Reader) -> Issue:
    """The one common problem of this number, of exactly this title, or the only open one that holds all these words.

    Where there is none, or several, it is refused with what there is to choose from.
    """
    words = written.strip()[:200]
    if NUMBER.fullmatch(words):
        return get_issue(words.upper(), reader)
    rows = issues_visible_to(reader).exclude(state=IssueState.CLOSED).order_by("-updated_at", "-pk")
    known = list(rows.filter(pk__in=index.newest(Issue.kind, words, FOUND))[: OFFERED + 1]) if words else []
    called = [one for one in known if words.casefold() in (one.title_zh.casefold(), one.title_en.casefold())]
    if len(called) == 1 or len(known) == 1:
        return (called or known)[0]
    some = known[:OFFERED] or open_issues(reader, "", OFFERED)
    raise invalid("issue", _which(words, some, is_found=bool(known)).en, _which(words, some, is_found=bool(known)).zh)


def _which(words: str, some: Sequence[Issue], *, is_found: bool) -> Text:
    """The sentence that says which common problems there are."""
    en = "; ".join(f"{one.number} {one.title.en}" for one in some)
    zh = "；".join(f"{one.number} {one.title.zh}" for one in some)
    if is_found:
        return Text(f"Several speak of “{words}”. Write the number: {en}", f"有多项涉及“{words}”，请填写编号：{zh}")
    if not some:
        return Text(
            f"No common problem speaks of “{words}”; none is open.", f"没有涉及“{words}”的共性问题，当前也无在办项。"
        )
    return Text(
        f"No open common problem speaks of “{words}”. There are: {en}", f"没有涉及“{words}”的在办共性问题，现有：{zh}"
    )


def issue_facts(issue: Issue) -> dict[str, object]:
    """What the flow of common problems reads."""
    return {"title": issue.title_zh or issue.title_en, "answer": issue.answer}


def unanswered(issue: Issue) -> list[Need]:
    """The linked needs that its answer goes to, the oldest first."""
    rows = Need.objects.unscoped("the needs linked to a common problem get its answer, whoever may read them").filter(
        issue=issue, state__in=UNANSWERED
    )
    return list(rows.select_related("owner", "in_charge", "merged_into").order_by("received_at", "pk"))


@dataclass(frozen=True, slots=True)
class IssuePage:
    """What the page of a common problem shows."""

    needs: tuple[Need, ...]  # as far as the reader may see them
    others: int  # linked needs the reader may not see
    waiting: int  # how many of all have no answer yet


def issue_page(issue: Issue, reader: Reader) -> IssuePage:
    """A common problem the reader has opened, with the needs that tell of it; to staff alone, how many others."""
    rows = visible_to(reader).filter(issue=issue).select_related("owner").order_by("-received_at", "-pk")
    found = tuple(rows[:SHOWN])
    if not reader.reads_rows:
        return IssuePage(found, 0, 0)
    states = list(
        Need.objects.unscoped("the needs linked to a common problem get its answer, whoever may read them")
        .filter(issue=issue)
        .values_list("state", flat=True)
    )
    return IssuePage(found, len(states) - len(found), sum(state in UNANSWERED for state in states))


def open_issues(reader: Reader, category: str, limit: int = 20) -> list[Issue]:
    """Common problems a need of this category may be part of, those of the category first."""
    rows = issues_visible_to(reader).exclude(state=IssueState.CLOSED).order_by("-updated_at", "-pk")[:100]
    return sorted(rows, key=lambda one: one.category != category)[:limit]
