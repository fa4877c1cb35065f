"""What became of the meetings of a round: held or missed, and what both sides said."""

from dataclasses import dataclass
from datetime import datetime

from grandunion.records.matches import Appointment
from grandunion.terms.readers import Reader
from grandunion.terms.rounds import AppointmentState, MeetingResult, RoundState
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Forbidden, Refused, require
from grandunion.work.actions import base, journal
from grandunion.work.actions.base import atomic
from grandunion.work.actions.matches.round_matches import tell_result
from grandunion.work.actions.parties.values import sound
from grandunion.work.permissions import matches as permissions


@dataclass(frozen=True, slots=True)
class Said:
    """What both sides said after a meeting; `reason` a code of DeclineReason where one does not go on."""

    result: MeetingResult = MeetingResult.OPEN
    reason: str = ""


NOTHING_SAID = Said()


@atomic
def record_meeting(
    row: Appointment, state: AppointmentState, *, by: Reader, at: datetime, note: str = "",
    said: Said = NOTHING_SAID, version: int | None = None,
) -> Appointment:  # fmt: skip
    """Say whether a meeting was held, and what came of it; the result moves its match on."""
    require(permissions.may_run_round(by, row.round), Forbidden)
    if row.round.state not in (RoundState.PUBLISHED, RoundState.FINISHED):
        raise Refused(Text("Publish the round before its meetings are recorded.", "请先发布专场，再登记会谈结果。"))
    if AppointmentState(state) is not AppointmentState.HELD and said.result is not MeetingResult.OPEN:
        raise Refused(Text("Only a meeting that was held has a result.", "仅已进行的会谈可登记结果。"))
    words = sound("note", note.strip())
    changes = base.change(row, at=at, version=version, state=AppointmentState(state).value, note=words)
    tell_result(row, said.result, said.reason, words, by=by, at=at)
    journal.note("round.met", row.round, by=by, at=at, changes={"state": changes.get("state", ("", row.state))})
    return row
