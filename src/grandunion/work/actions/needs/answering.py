"""How a need is answered: dispatched to several, each of whom takes it, answers or passes it on."""

from collections.abc import Collection, Sequence
from datetime import datetime

from grandunion.engines.flows import ASSIGNMENT_FLOW, NEED_FLOW, derived_state
from grandunion.records.needs import Assignment, Need
from grandunion.records.parties import Access, Organisation, User
from grandunion.terms.needs import OPEN_ASSIGNMENT_STATES, AssignmentState, Category, NeedState
from grandunion.terms.readers import Reader
from grandunion.terms.roles import Part
from grandunion.terms.secrecy import Secrecy
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Forbidden, Refused, invalid
from grandunion.work.actions import base, journal
from grandunion.work.actions.base import atomic
from grandunion.work.actions.needs import clocks
from grandunion.work.actions.needs.desk import filling, passed
from grandunion.work.actions.needs.values import named_organisation
from grandunion.work.actions.parties import let_in
from grandunion.work.actions.parties.values import sound
from grandunion.work.permissions import needs as permissions
from grandunion.work.permissions.base import Standing
from grandunion.work.queries import needs, parties

SEPARATORS = str.maketrans({"，": ",", "；": ",", ";": ",", "、": ",", "\n": ","})
Answerer = Organisation | User
HANDLED = {
    "take": "need.taken_on",
    "help": "need.helped",
    "find_no_help": "need.no_help_found",
    "find_unreachable": "need.not_reached",
    "pass_on": "need.passed_on",
    "expire": "need.expired",
    "take_up_again": "need.taken_up_again",
}


def answerers(written: str, by: Reader) -> list[Answerer]:
    """The organisations (number or name) and users (e-mail) somebody wrote, separated by commas or lines."""
    found, missing = [], []
    for word in dict.fromkeys(part.strip() for part in written.translate(SEPARATORS).split(",") if part.strip()):
        one = _answerer(sound("assignees", word, 200), by)
        (found if one else missing).append(one or word)
    if missing:
        unknown = ", ".join(missing)
        raise invalid(
            "assignees",
            f"Nobody here is called {unknown}. Write the organisation's number or full name, or an officer's e-mail.",
            f"未找到：{unknown}。请填写单位编号或全称，或服务专员的电子邮箱。",
        )
    return found


def _answerer(word: str, by: Reader) -> Answerer | None:
    return parties.user_by_email(word) if "@" in word else named_organisation(word, by)


@atomic
def dispatch(
    need: Need,
    *,
    to: Sequence[Answerer],
    by: Reader,
    at: datetime,
    question: str = "",
    category: Category | None = None,
    version: int | None = None,
) -> Need:
    """Give the need to organisations or users to answer; each gets an assignment and may read the contact."""
    to = _not_yet_asked(need, to)
    stand = permissions.standing(
        by, need, category=category or need.category, assignees=(*to, *needs.facts(need)["assignees"])
    )
    sort = (category or Category(need.category)).value
    values = {"category": sort, **filling(need, NeedState.DISPATCHED, at, category=sort)}
    changes = passed(need, "dispatch", stand, by=by, at=at, version=version, **values)
    _assign(need, to, question=question, by=by, at=at)
    journal.note("need.dispatched", need, by=by, at=at, changes=changes)
    return need


@atomic
def ask_also(need: Need, *, to: Sequence[Answerer], by: Reader, at: datetime, question: str = "") -> Need:
    """Ask further answerers about a need that is dispatched already."""
    if need.state != NeedState.DISPATCHED:
        raise Refused(Text("Dispatch the need first.", "请先分派该需求。"))
    stand = permissions.standing(by, need)
    if not stand.parts & permissions.DESK:
        raise Refused(Text("Only the desk asks further answerers.", "仅服务台可以增加承办方。"))
    fresh = _not_yet_asked(need, to)
    if not fresh:
        raise invalid("assignees", "They have been asked already.", "所选承办方均已在办理。")
    _assign(need, fresh, question=question, by=by, at=at)
    changes = base.change(need, at=at)
    journal.note("need.dispatched", need, by=by, at=at, changes=changes)
    return need


def _not_yet_asked(need: Need, to: Sequence[Answerer]) -> list[Answerer]:
    """Those who do not have the need open in their hands now."""
    having = {
        (row.organisation_id, row.user_id) for row in needs.assignments(need) if row.state in OPEN_ASSIGNMENT_STATES
    }
    return [one for one in dict.fromkeys(to) if _columns(one) not in having]


def _columns(one: Answerer) -> tuple[int | None, int | None]:
    return (one.pk, None) if isinstance(one, Organisation) else (None, one.pk)


def _assign(need: Need, to: Collection[Answerer], *, question: str, by: Reader, at: datetime) -> None:
    known, reasons = needs.deadlines(), _reasons(need, by)
    for one in to:
        organisation_id, user_id = _columns(one)
        row = Assignment.objects.create(
            need=need, organisation_id=organisation_id, user_id=user_id, question=sound("question", question.strip()),
            assigned_at=at, **reasons.get((organisation_id, user_id), {}),
        )  # fmt: skip
        row.due_at = clocks.assigned(row, known, at)
        row.save(update_fields=["due_at"])
        journal.step(ASSIGNMENT_FLOW.code, row, source="", target=row.state, by=by, at=at)
        let_in(need, one, Part.ASSIGNEE, by=by, at=at, reason="asked to answer the need", secrecy=Secrecy.S2)


def _reasons(need: Need, by: Reader) -> dict[tuple[int | None, int | None], dict[str, str]]:
    """Why the routing rules would ask an answerer, for those they know."""
    able = needs.answerers_for(need, by, needs.assignments(need)).able
    return {
        _columns(one.who): {"route": one.route.rule.code, "why_zh": one.why.zh, "why_en": one.why.en}
        for one in reversed(able)  # the best rule of an office says why
    }


@atomic
def handle(
    assignment: Assignment,
    deed: str,
    *,
    by: Reader,
    at: datetime,
    answer: str = "",
    reason: str = "",
    version: int | None = None,
) -> Assignment:
    """Take an assignment on, answer it, or pass it on; the need follows what its assignees have done."""
    need = _held(assignment.need)
    given = {"answer": sound("answer", answer.strip())} if answer.strip() else {}
    stand = permissions.assignment_standing(by, need, assignment, **given)
    said = sound("reason", reason.strip(), 300)
    given |= _clocked(assignment, deed, at)
    base.move(assignment, ASSIGNMENT_FLOW, deed, stand, by=by, at=at, reason=said, version=version, **given)
    if said:
        base.change(assignment, at=at, reason=said)
    journal.note(HANDLED[deed], need, by=by, at=at)
    if deed == "pass_on":
        _shut_out(need, assignment)
    _follow(need, by=by, at=at)
    return assignment


def _held(need: Need) -> Need:
    """The need as it stands now, held: of two who answer at once, the later one sees that the other has answered."""
    base.lock(need)
    need.refresh_from_db(fields=["state", "state_at", "version", "paused_at", "due_at", "updated_at"])
    return need


@atomic
def pass_on(
    assignment: Assignment, *, reason: str, by: Reader, at: datetime, suggest: str = "", version: int | None = None
) -> Assignment:
    """Say that it is not the answerer's business and, if they know, whose it is (number or full name)."""
    word = sound("suggest", suggest.strip(), 200)
    suggested = named_organisation(word, by) if word else None
    if word and suggested is None:
        raise invalid("suggest", f"There is no organisation “{word}” here.", f"未找到单位“{word}”。")
    if suggested is not None and suggested.pk == assignment.organisation_id:
        raise invalid("suggest", "Suggest somebody else.", "请建议其他单位。")
    assignment.suggested = suggested
    assignment.save(update_fields=["suggested"])
    return handle(assignment, "pass_on", by=by, at=at, reason=reason, version=version)


def _clocked(assignment: Assignment, deed: str, at: datetime) -> dict[str, object]:
    """What the move does to the assignment's clock: it ends with the answer, and begins anew when taken up again."""
    if ASSIGNMENT_FLOW.move(deed).target not in OPEN_ASSIGNMENT_STATES:
        clocks.done(assignment, at)
        return {"answered_at": at}
    if deed == "take_up_again":
        return {"answered_at": None, "taken_at": at, "due_at": clocks.assigned(assignment, needs.deadlines(), at)}
    return {"taken_at": at}


def _shut_out(need: Need, assignment: Assignment) -> None:
    """Who says that it is not their business no longer reads the applicant's contact."""
    Access.objects.unscoped("the access that rested on an assignment ends with it").filter(
        subject_kind=need.kind, subject_id=need.pk, part=Part.ASSIGNEE,
        organisation=assignment.organisation_id, user=assignment.user_id,
    ).delete()  # fmt: skip


def _follow(need: Need, *, by: Reader, at: datetime) -> None:
    """Move a dispatched need to where its assignments say it stands."""
    rows = needs.of_this_round(need, needs.assignments(need))
    target = derived_state(row.state for row in rows)
    is_raised = need.state == NeedState.ESCALATED and target == NeedState.ANSWERED  # whom it was with has answered
    if not is_raised and (need.state != NeedState.DISPATCHED or target == NeedState.DISPATCHED):
        return
    deed = "answer" if target == NeedState.ANSWERED else "take_back"
    stand = Standing(_answered(needs.facts(need, rows), rows), frozenset({Part.SYSTEM}))
    changes = base.move(need, NEED_FLOW, deed, stand, by=by, at=at, **filling(need, target, at))
    journal.note("need.answered" if deed == "answer" else "need.take_back", need, by=by, at=at, changes=changes)


def _answered(facts: dict, rows: Sequence[Assignment]) -> dict:
    """Where the applicant could not be reached, that is the answer."""
    if facts["answer"] or not any(row.state == AssignmentState.DONE_NOT_REACHABLE for row in rows):
        return facts
    return {**facts, "answer": AssignmentState.DONE_NOT_REACHABLE.text.zh}


@atomic
def answer(
    need: Need,
    *,
    text: str,
    by: Reader,
    at: datetime,
    category: Category | None = None,
    version: int | None = None,
) -> Need:
    """Answer the need at the desk itself, without sending it round."""
    written = sound("answer", text.strip())
    if not written:
        raise invalid("answer", "Write the answer.", "请填写答复。")
    if not by.is_signed_in:
        raise Forbidden(Text("Sign in to answer at the desk.", "请先登录再答复。"))
    kept = (category or Category(need.category)).value
    stand = permissions.standing(by, need, answer=written, category=kept)
    return answered(need, written, stand, by=by, at=at, version=version, category=kept)


def answered(
    need: Need, written: str, stand: Standing, *, by: Reader, at: datetime, version: int | None = None,
    category: str = "",
) -> Need:  # fmt: skip
    """The need has this answer, whoever gave it: at the desk, or to the common problem it is part of."""
    kept = category or need.category
    values = {"category": kept, **filling(need, NeedState.ANSWERED, at, category=kept)}
    changes = passed(need, "answer", stand, by=by, at=at, version=version, **values)
    row = Assignment.objects.create(
        need=need, user_id=by.user_id, state=AssignmentState.DONE_HELPED, answer=written, assigned_at=at, answered_at=at
    )
    journal.step(ASSIGNMENT_FLOW.code, row, source="", target=row.state, by=by, at=at)
    journal.note("need.answered", need, by=by, at=at, changes=changes)
    return need
