"""Common problems through the API."""

from collections.abc import Callable, Mapping
from datetime import datetime

from ninja import Schema

from grandunion.interfaces.api import resources
from grandunion.interfaces.api.fields import Body, Nothing, Reason, term, text
from grandunion.interfaces.api.resources import Deed, Resource
from grandunion.terms.needs import Category, IssueState
from grandunion.terms.readers import Reader
from grandunion.terms.secrecy import Level
from grandunion.terms.text import Text
from grandunion.work.actions import needs as actions
from grandunion.work.permissions.needs import issues as permissions
from grandunion.work.queries import needs


class IssueBody(Body):
    """What many enterprises lack in the same way."""

    title_zh: text(300) = ""
    title_en: text(300) = ""
    text_zh: text(10_000) = ""
    text_en: text(10_000) = ""
    category: Category = Category.OTHER
    subject: term("need_subjects") = ""
    industry: term("industries") = ""
    area: term("areas") = ""
    level: Level = Level.ORGANISATION


class IssueAnswer(Body):
    """The one answer for all linked needs."""

    answer: text(10_000)


class IssueParts(Schema):
    """The needs that tell of it, as far as the caller may see them; of the others, to staff, how many."""

    needs: list[str]
    others: int
    waiting: int


def _create(values: dict, *, by: Reader, at: datetime, key: str) -> object:
    return actions.collect(values, by=by, at=at, submission=key)


def _answer(issue: object, *, answer: str, **more: object) -> object:
    return actions.answer_issue(issue, text=answer, **more)


def _plain(code: str) -> Callable[..., object]:
    def done(issue: object, **more: object) -> object:
        return actions.move_issue(issue, code, **more)

    return done


def _parts(reader: Reader, issue: object) -> dict[str, object]:
    found = needs.issue_page(issue, reader)
    return {"needs": [need.number for need in found.needs], "others": found.others, "waiting": found.waiting}


LABELS = {move.code: move.label for move in permissions.ISSUE_FLOW.moves}
BODIES: Mapping[str, type[Body]] = {"start": Nothing, "close": Nothing, "drop": Reason, "reopen": Reason}
MOVES: Mapping[str, Deed] = {
    "answer": Deed("moves/answer", LABELS["answer"], _answer, IssueAnswer, has_version=True),
    **{code: Deed(f"moves/{code}", LABELS[code], _plain(code), body, has_version=True)
       for code, body in BODIES.items()},
}  # fmt: skip
ISSUES = Resource(
    Text("Common problem", "共性问题"), needs.ISSUES, needs.get_issue,
    words={"state": IssueState, "category": Category, "level": Level}, offers=permissions.offers,
)  # fmt: skip
router = resources.router_of(ISSUES, MOVES)
resources.creates(router, ISSUES, IssueBody, _create)
resources.edits(router, ISSUES, IssueBody, actions.edit_issue)
resources.reads_parts(router, ISSUES, _parts, IssueParts)
for deed in MOVES.values():
    resources.does(router, ISSUES, deed)
