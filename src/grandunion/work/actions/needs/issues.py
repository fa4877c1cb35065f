"""Common problems: collected, linked to the needs that tell of them, answered once for all."""

from collections.abc import Mapping
from datetime import datetime

from grandunion.engines.flows.issues import ISSUE_FLOW
from grandunion.records.needs import Issue, Need
from grandunion.records.parties import User
from grandunion.terms.needs import Category, IssueState
from grandunion.terms.readers import Reader
from grandunion.terms.roles import Part
from grandunion.terms.secrecy import Level
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Forbidden, Refused, invalid, require
from grandunion.work.actions import base, journal, lists
from grandunion.work.actions.base import atomic
from grandunion.work.actions.needs.answering import answered
from grandunion.work.actions.parties.values import sound
from grandunion.work.permissions import needs as need_permissions
from grandunion.work.permissions.base import Standing
from grandunion.work.permissions.needs import issues as permissions
from grandunion.work.queries import needs
from grandunion.work.queries.journal import submitted
from grandunion.work.queries.lists import term

TERMS = {"area": "areas", "industry": "industries", "subject": "need_subjects"}
TEXTS = {"title_zh": 300, "title_en": 300, "text_zh": 10_000, "text_en": 10_000}
PLAIN_MOVES = frozenset({"start", "close", "drop", "reopen"})


@atomic
def collect(values: Mapping[str, object], *, by: Reader, at: datetime, submission: str = "") -> Issue:
    """Put down a common problem; the needs that tell of it are linked to it one by one."""
    require(permissions.may_collect(by), Forbidden)
    if (known := submitted(submission, Issue.kind)) is not None:
        return Issue.objects.unscoped("the sender of a form gets back what the form has made").get(pk=known)
    given = {"category": Category.OTHER.value, "level": Level.ORGANISATION.value, **_cleaned(values)}
    _titled(given.get("title_zh"), given.get("title_en"))
    charge = User.objects.filter(pk=by.user_id).first() if by.is_signed_in else None
    issue = Issue.objects.create(
        number=lists.next_numbers(ISSUE_FLOW.prefix, at.year)[0], state=ISSUE_FLOW.initial, state_at=at,
        in_charge=charge, created_at=at, updated_at=at, **given,
    )  # fmt: skip
    journal.step(ISSUE_FLOW.code, issue, source="", target=ISSUE_FLOW.initial, by=by, at=at)
    base.index_words(issue)
    journal.note("issue.collected", issue, by=by, at=at, changes={name: (None, value) for name, value in given.items()})
    journal.keep_submission(submission, issue, at)
    return issue


@atomic
def edit_issue(
    issue: Issue, values: Mapping[str, object], *, by: Reader, at: datetime, version: int | None = None
) -> Issue:
    """Correct what a common problem says, or who may read it."""
    require(permissions.may_edit(by, issue), Forbidden)
    given = _cleaned(values)
    _titled(given.get("title_zh", issue.title_zh), given.get("title_en", issue.title_en))
    changes = base.change(issue, at=at, version=version, **given)
    journal.note("issue.edited", issue, by=by, at=at, changes=changes)
    return issue


@atomic
def link(need: Need, *, to: str, by: Reader, at: datetime, version: int | None = None) -> Need:
    """Say that a need tells of a common problem; one that is answered already answers the need in the same breath."""
    require(need_permissions.may_link(by, need), Forbidden)
    issue = needs.issue_called(to, by)
    if issue.state == IssueState.CLOSED:
        raise invalid("issue", f"{issue.number} is closed.", f"{issue.number} 已办结。")
    changes = base.change(need, at=at, version=version, issue=issue)
    journal.note("need.linked", need, by=by, at=at, changes=changes)
    if issue.state == IssueState.ANSWERED and need.state in needs.UNANSWERED:
        _answer(need, issue, by, at)
    return need


@atomic
def unlink(need: Need, *, by: Reader, at: datetime, version: int | None = None) -> Need:
    """Take a need out of a common problem."""
    require(need_permissions.may_link(by, need), Forbidden)
    if need.issue_id is None:
        raise Refused(Text("It is part of no common problem.", "该需求未关联共性问题。"))
    changes = base.change(need, at=at, version=version, issue=None)
    journal.note("need.unlinked", need, by=by, at=at, changes=changes)
    return need


@atomic
def move_issue(
    issue: Issue, deed: str, *, by: Reader, at: datetime, reason: str = "", version: int | None = None
) -> Issue:
    """Begin to solve it, close it, or take it up again."""
    if deed not in PLAIN_MOVES:
        raise Refused(Text(f"“{deed}” is not done here.", f"此处不能办理“{deed}”。"))
    is_closed = ISSUE_FLOW.state(ISSUE_FLOW.move(deed).target).is_final
    changes = base.move(issue, ISSUE_FLOW, deed, permissions.standing(by, issue), by=by, at=at, reason=reason,
                        version=version, closed_at=at if is_closed else None)  # fmt: skip
    journal.note(f"issue.{deed}", issue, by=by, at=at, changes=changes)
    return issue


@atomic
def answer_issue(issue: Issue, *, text: str, by: Reader, at: datetime, version: int | None = None) -> Issue:
    """Answer a common problem once: every linked need that has no answer gets this one."""
    written = sound("answer", text.strip(), 10_000)
    if not written:
        raise invalid("answer", "Write the answer.", "请填写答复。")
    stand = permissions.standing(by, issue, answer=written)
    changes = base.move(issue, ISSUE_FLOW, "answer", stand, by=by, at=at, version=version, answer=written,
                        answered_at=at)  # fmt: skip
    journal.note("issue.answered", issue, by=by, at=at, changes=changes)
    for need in needs.unanswered(issue):
        _answer(need, issue, by, at)
    return issue


def _answer(need: Need, issue: Issue, by: Reader, at: datetime) -> None:
    """The need gets the answer of its problem; who may answer the problem was judged there."""
    facts = {**needs.facts(need), "answer": issue.answer}
    answered(need, issue.answer, Standing(facts, frozenset({Part.SYSTEM})), by=by, at=at)


def _titled(zh: object, en: object) -> None:
    if not zh and not en:
        raise invalid("title_zh", "Name the problem in one line.", "请用一句话概括共性问题。")


def _cleaned(values: Mapping[str, object]) -> dict[str, object]:
    """The given values as columns."""
    found: dict[str, object] = {}
    for name, value in values.items():
        if name in TERMS:
            found[name] = term(TERMS[name], str(value or ""), name)
        elif name in TEXTS:
            found[name] = sound(name, str(value or "").strip(), TEXTS[name])
        elif name in ("category", "level"):
            found[name] = _word(name, str(value))
        else:
            raise invalid(name, f"“{name}” is not a field of a common problem.", f"共性问题没有“{name}”这一项。")
    return found


def _word(name: str, code: str) -> str:
    words = Category if name == "category" else Level
    if not words.has(code):
        raise invalid(name, f"“{code}” is not one of: {', '.join(words.codes())}.", f"“{code}”不在可选范围内。")
    return code
