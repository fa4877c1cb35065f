"""What happens to a round after it is assigned: somebody cancels or comes late, a time is lost; then it is repaired."""

from datetime import datetime

from grandunion.engines.matching.rounds import FORBIDDEN, Repaired
from grandunion.records.matches import Appointment, Participant, Round
from grandunion.terms.readers import Reader
from grandunion.terms.rounds import AppointmentState, Disturbance, RoundState
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Forbidden, Refused, invalid, require
from grandunion.work.actions import base, journal
from grandunion.work.actions.base import atomic
from grandunion.work.actions.matches.round_matches import introduce_met
from grandunion.work.actions.matches.round_pairs import rule_pair
from grandunion.work.actions.matches.round_values import cleaned_seat
from grandunion.work.actions.matches.rounds import answer_of, keep_meetings
from grandunion.work.actions.parties.values import sound
from grandunion.work.permissions import matches as permissions
from grandunion.work.queries.matches.round_changes import Disturbed, repaired_now

ASSIGNED = (RoundState.ASSIGNED, RoundState.PUBLISHED)


@atomic
def accept_change(round_: Round, what: Disturbed, *, by: Reader, at: datetime, version: int | None = None) -> Repaired:
    """Keep what happened and repair the meetings with as few changes as possible; `version` is the one looked at."""
    require(permissions.may_run_round(by, round_), Forbidden)
    if round_.state not in ASSIGNED:
        raise Refused(Text("Nothing is assigned that could be repaired.", "尚无已编排的会谈，无需调整。"))
    base.change(round_, at=at, version=version)
    KEPT[what.kind](round_, what, by=by, at=at)
    return repair_round(round_, by=by, at=at)


@atomic
def cancel_participant(one: Participant, *, reason: str, by: Reader, at: datetime) -> Repaired | None:
    """Somebody does not come; the meetings that stand are repaired with as few changes as possible."""
    require(permissions.may_run_round(by, one.round), Forbidden)
    _cancels(one.round, Disturbed(Disturbance.CANCELS, one, reason=reason), by=by, at=at)
    return repair_round(one.round, by=by, at=at) if one.round.state in ASSIGNED else None


@atomic
def repair_round(round_: Round, *, by: Reader, at: datetime) -> Repaired:
    """Bring the meetings that are still planned in line with the round as it is now; what can stay stays."""
    require(permissions.may_run_round(by, round_), Forbidden)
    found, planned = repaired_now(round_)
    wanted = {(one.key_a, one.key_b, one.slot) for one in found.assigned.meetings}
    gone = [row.pk for one, row in planned.items() if (one.key_a, one.key_b, one.slot) not in wanted]
    rows = Appointment.objects.unscoped("the meetings of a round are repaired by whoever runs it")
    rows.filter(pk__in=gone).update(state=AppointmentState.CANCELLED.value)
    there = {(one.key_a, one.key_b, one.slot) for one in planned}
    keep_meetings(round_, tuple(m for m in found.assigned.meetings if (m.key_a, m.key_b, m.slot) not in there))
    base.change(round_, at=at, answer=answer_of(found.assigned))
    if round_.state == RoundState.PUBLISHED:
        introduce_met(round_, by=by, at=at)
    journal.note("round.repaired", round_, by=by, at=at, changes={"meetings": (len(gone), len(found.changes))})
    return found


def _cancels(round_: Round, what: Disturbed, *, by: Reader, at: datetime) -> None:
    one = _somebody(what)
    if one.cancelled_at is not None:
        raise Refused(Text("This one has cancelled already.", "该参与者已取消。"))
    one.cancelled_at, one.reason = at, sound("reason", what.reason.strip(), 300)
    rows = Participant.objects.unscoped("whoever runs a round takes a participant out").filter(pk=one.pk)
    rows.update(cancelled_at=at, reason=one.reason)
    journal.note("round.left", round_, by=by, at=at, changes={"participant": (one.pk, None)})


def _away(round_: Round, what: Disturbed, *, by: Reader, at: datetime) -> None:
    one = _somebody(what)
    if not what.slots:
        raise invalid("slots", "Say at which times they are not there.", "请选择不在场的时段。")
    cleaned = cleaned_seat({"not_free": sorted({*one.not_free, *what.slots})}, round_)
    Participant.objects.unscoped("whoever runs a round notes who comes late").filter(pk=one.pk).update(**cleaned)
    journal.note("round.away", round_, by=by, at=at, changes={"times": (None, " ".join(what.slots))})


def _slot_lost(round_: Round, what: Disturbed, *, by: Reader, at: datetime) -> None:
    if not what.slots:
        raise invalid("slots", "Say which time is lost.", "请选择取消的时段。")
    slots = [{**one, "tables": 0} if one["code"] in what.slots else one for one in round_.slots]
    base.change(round_, at=at, slots=slots)
    journal.note("round.slot_lost", round_, by=by, at=at, changes={"times": (" ".join(what.slots), None)})


def _refused(round_: Round, what: Disturbed, *, by: Reader, at: datetime) -> None:
    one, other = _somebody(what), what.other
    if other is None or one.side == other.side:
        raise invalid("other", "Choose one of each side.", "请在双方中各选一个参与者。")
    needing, offering = sorted((one, other), key=lambda seat: seat.side)
    rule_pair(round_, needing, offering, FORBIDDEN, reason=what.reason, by=by, at=at)


def _somebody(what: Disturbed) -> Participant:
    if what.participant is None:
        raise invalid("participant", "Say who it is.", "请选择参与者。")
    return what.participant


KEPT = {
    Disturbance.CANCELS: _cancels, Disturbance.AWAY: _away, Disturbance.SLOT_LOST: _slot_lost,
    Disturbance.REFUSED: _refused,
}  # fmt: skip
