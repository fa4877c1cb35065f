"""A question to the applicant stops the clocks of a need; the answer lets them go on."""

from datetime import datetime

from grandunion.records.needs import Need, Question
from grandunion.records.parties import User
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Forbidden, Refused, invalid, require
from grandunion.work.actions import base, journal
from grandunion.work.actions.base import atomic
from grandunion.work.actions.needs.clocks import recount
from grandunion.work.actions.parties.values import sound
from grandunion.work.permissions import needs as permissions
from grandunion.work.queries.needs import clocks


@atomic
def ask_applicant(need: Need, text: str, *, by: Reader, at: datetime, version: int | None = None) -> Question:
    """Ask the applicant; until the answer comes, no clock of the need runs."""
    require(permissions.may_ask_applicant(by, need), Forbidden)
    written = sound("text", text.strip(), 2000)
    if not written:
        raise invalid("text", "Write what you want to know.", "请填写需要申请人补充的内容。")
    asker = User.objects.filter(pk=by.user_id).first() if by.is_signed_in else None
    question = Question.objects.create(need=need, text=written, asked_by=asker, asked_at=at)
    recount(need)
    changes = base.change(need, at=at, version=version, paused_at=at, due_at=None)
    journal.note("need.asked", need, by=by, at=at, changes={**changes, "question": (None, written)})
    return question


@atomic
def reply(need: Need, text: str, *, by: Reader, at: datetime, key: str = "") -> Question:
    """The applicant's answer, or what an officer heard on the phone; the clocks go on, or start anew."""
    require(permissions.may_reply(by, need, key), Forbidden)
    question = next((one for one in clocks.questions(need) if one.answered_at is None), None)
    if question is None:
        raise Refused(Text("Nothing is asked at the moment.", "目前没有待补充的问题。"))
    written = sound("text", text.strip(), 10_000)
    if not written:
        raise invalid("text", "Write the answer.", "请填写补充内容。")
    question.answer, question.answered_at = written, max(at, question.asked_at)
    question.save(update_fields=["answer", "answered_at"])
    changes = base.change(need, at=at, paused_at=None, due_at=recount(need))
    journal.note("need.replied", need, by=by, at=at, changes={**changes, "reply": (None, written)})
    return question
