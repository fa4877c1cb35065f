"""What the hub does with a return: review, accept, send back with comments, waive, remind; to one or to many."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from grandunion.engines.calendars.reporting import corrected_by
from grandunion.engines.flows.returns import RETURN_FLOW
from grandunion.records.parties import User
from grandunion.records.plans import Return
from grandunion.terms.readers import Reader
from grandunion.terms.returns import OPEN
from grandunion.terms.sound import sound
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Forbidden, Refused, invalid, require
from grandunion.work.actions import base, journal
from grandunion.work.actions.base import Outcome, atomic, to_each
from grandunion.work.actions.plans.returns.opening import clocked
from grandunion.work.permissions.plans import returns as permissions
from grandunion.work.queries.lists import working_calendar
from grandunion.work.queries.plans import returns

WHOLE = "whole"  # a comment on the return as a whole
LONGEST = 1000
APART = timedelta(hours=12)  # between two reminders by hand
Do = Callable[[Return], object]


@atomic
def review(record: Return, *, by: Reader, at: datetime, version: int | None = None) -> Return:
    """Take a return into review; whoever does is in charge of it."""
    charge = User.objects.filter(pk=by.user_id).first() if by.is_signed_in else None
    return _moved(record, "review", by=by, at=at, version=version, in_charge=charge or record.in_charge)


@atomic
def accept(record: Return, *, by: Reader, at: datetime, version: int | None = None) -> Return:
    """Accept a return: its values count as reported from now on."""
    return _moved(record, "accept", by=by, at=at, version=version, accepted_at=at, comments={})


@atomic
def send_back(
    record: Return, comments: Mapping[str, str], *, by: Reader, at: datetime, version: int | None = None
) -> Return:
    """Send a return back with what is to be corrected, by field (“whole” for the return itself); a new deadline."""
    said = _comments(record, comments)
    stand = permissions.standing(by, record, comments=len(said))
    changes = base.move(record, RETURN_FLOW, "send_back", stand, by=by, at=at, version=version, comments=said,
                        **_anew(record, at))  # fmt: skip
    journal.note("return.send_back", record, by=by, at=at, changes=changes)
    return record


@atomic
def reopen(record: Return, *, reason: str, by: Reader, at: datetime, version: int | None = None) -> Return:
    """Open an accepted return again for correction; until it is accepted anew its values count no more."""
    told = sound("reason", reason.strip(), 300)
    return _moved(record, "reopen", reason=told, by=by, at=at, version=version, accepted_at=None,
                  comments={WHOLE: told} if told else {}, **_anew(record, at))  # fmt: skip


@atomic
def waive(record: Return, *, reason: str, by: Reader, at: datetime, version: int | None = None) -> Return:
    """Let a reporter off this return, with the reason."""
    told = sound("reason", reason.strip(), 300)
    return _moved(record, "waive", reason=told, by=by, at=at, version=version, remind_at=None, escalate_at=None,
                  overdue_at=None, escalated_at=None)  # fmt: skip


@atomic
def ask_again(record: Return, *, reason: str, by: Reader, at: datetime, version: int | None = None) -> Return:
    """Ask for a waived return after all; it is due as a correction is."""
    told = sound("reason", reason.strip(), 300)
    return _moved(record, "ask_again", reason=told, by=by, at=at, version=version, **_anew(record, at))


@atomic
def remind(record: Return, *, by: Reader, at: datetime) -> Return:
    """Remind the reporter now; not twice in half a day."""
    require(permissions.may_review(by, record), Forbidden)
    if record.state not in OPEN:
        raise Refused(
            Text("It is not with its reporter: nobody is to be reminded.", "该报表不在填报单位手中，无需提醒。")
        )
    if record.reminded_at and at - record.reminded_at < APART:
        raise Refused(Text("The reporter was reminded within the last twelve hours.", "十二小时内已提醒过填报单位。"))
    changes = base.change(record, at=at, reminded_at=at, reminders=record.reminders + 1)
    journal.note("return.reminded", record, by=by, at=at, changes=changes)
    return record


def _moved(
    record: Return, deed: str, *, by: Reader, at: datetime, version: int | None, reason: str = "", **values: object
) -> Return:
    stand = permissions.standing(by, record)
    changes = base.move(record, RETURN_FLOW, deed, stand, by=by, at=at, reason=reason, version=version, **values)
    journal.note(f"return.{deed}", record, by=by, at=at, changes=changes)
    return record


def _anew(record: Return, at: datetime) -> dict[str, object]:
    """The clocks of a return that goes back to its reporter."""
    calendar, rule = working_calendar(), returns.schedule_of(record.form)
    clocks = clocked(calendar, rule, corrected_by(calendar, rule, at), at)
    return {**clocks, "overdue_at": None, "escalated_at": None}


def _comments(record: Return, comments: Mapping[str, str]) -> dict[str, str]:
    known = {field.code for field in returns.fields_of(record.form)} | {WHOLE}
    found = {}
    for code, words in comments.items():
        if code not in known:
            raise invalid(code, f"The form has no field “{code}”.", f"报表没有“{code}”这一项。")
        if said := sound(code, str(words or "").strip(), LONGEST):
            found[code] = said
    return found


def do_to_many(numbers: Sequence[str], do: Do, *, by: Reader, is_trial: bool = False) -> list[Outcome]:
    """Do one thing to each of the returns, or try it out; what is refused for one hinders no other."""
    return to_each(numbers, returns.get, do, by=by, is_trial=is_trial)


def to_accept(*, by: Reader, at: datetime) -> Do:
    """Accept each of them."""
    return lambda record: accept(record, by=by, at=at)


def to_remind(*, by: Reader, at: datetime) -> Do:
    """Remind the reporter of each."""
    return lambda record: remind(record, by=by, at=at)


def to_send_back(comment: str, *, by: Reader, at: datetime) -> Do:
    """Send each back with the same comment on the whole."""
    return lambda record: send_back(record, {WHOLE: comment}, by=by, at=at)


def to_waive(reason: str, *, by: Reader, at: datetime) -> Do:
    """Waive each for the same reason."""
    return lambda record: waive(record, reason=reason, by=by, at=at)
