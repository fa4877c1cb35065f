"""From a round to matches: each pair that meets is sent to both sides, and what they say there moves it on."""

from datetime import datetime

from django.utils import timezone

from grandunion.records.matches import Appointment, Match, Round
from grandunion.terms.matches import DeclineReason, MatchState, Side
from grandunion.terms.readers import Reader
from grandunion.terms.rounds import MeetingResult
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Refused
from grandunion.work.actions.base import atomic
from grandunion.work.actions.matches.consent import accept, decline, introduce
from grandunion.work.actions.matches.outcome import meet
from grandunion.work.actions.matches.pairing import propose, send
from grandunion.work.queries import matches
from grandunion.work.queries.matches.round_pairs import subject_of

ASKED = (MatchState.SUGGESTED, MatchState.SENT, MatchState.VIEWED, MatchState.INTERESTED)
UNDER_WAY = (MatchState.INTRODUCED, MatchState.MEETING, MatchState.NEGOTIATING)


def introduce_met(round_: Round, *, by: Reader, at: datetime) -> int:
    """Send every pair that meets in a published round to both sides; answers how many have a match."""
    found = 0
    for row in matches.appointments(round_, by, is_desk=True):
        if row.match_id is None and (match := _match(row, by=by, at=at)) is not None:
            rows = Appointment.objects.unscoped("whoever runs a round ties its meetings to their matches")
            rows.filter(pk=row.pk).update(match=match)
        found += row.match_id is not None or match is not None
    return found


def _match(row: Appointment, *, by: Reader, at: datetime) -> Match | None:
    """The match of a meeting: the one there is, or a new one; none where a side has nothing to be matched."""
    need, subject = row.needing.need, subject_of(row.offering)
    if need is None or subject is None:
        return None
    try:
        with atomic():
            known = matches.existing(need, subject)
            if known is None:
                return propose(need, subject, by=by, at=at, note=row.round.number)
            return send(known, by=by, at=at) if known.state == MatchState.SUGGESTED else known
    except Refused:  # the pair meets all the same; what stops the match is said on the workbench
        return None


def tell_result(row: Appointment, result: MeetingResult, reason: str, note: str, *, by: Reader, at: datetime) -> None:
    """Move the match of a meeting on by what both sides said there, as the flow of matches allows.

    Both want to go on: their consent is noted on the desk's word, they are introduced, the meeting is kept.
    One does not: the match is declined with its counted reason. Either teaches the market's weights.
    """
    if result is MeetingResult.OPEN:
        return
    if row.match is None:
        raise Refused(Text("This meeting belongs to no match: write its result in the note.",
                           "该会谈没有对应的撮合记录，请在说明中填写结果。"))  # fmt: skip
    if result is MeetingResult.DECLINED:
        if not DeclineReason.has(reason):
            raise Refused(Text("Choose the reason for which a side does not go on.", "请选择不再继续的原因。"))
        decline(row.match, DeclineReason(reason), by=by, at=at, note=note)
        return
    if row.match.state in ASKED:
        _consented(row, note, by=by, at=at)
    if row.match.state in UNDER_WAY:
        meet(row.match, held_at=_held_at(row, at), place=row.round.place, note=note, by=by, at=at)


def _consented(row: Appointment, note: str, *, by: Reader, at: datetime) -> None:
    said = note or Text("said at {round}", "在{round}当场表示").fill(round=Text(row.round.number, row.round.number)).zh
    for side in Side:
        if getattr(row.match, f"{side.value}_accepted_at") is None:
            accept(row.match, side, by=by, at=at, note=said)
    introduce(row.match, by=by, at=at)


def _held_at(row: Appointment, at: datetime) -> datetime:
    """When the meeting was: its time, or now where the round has none or it lies ahead."""
    start = next((one.get("starts_at") for one in row.round.slots if one["code"] == row.slot), None)
    if not start:
        return at
    moment = datetime.fromisoformat(start)
    return min(moment if timezone.is_aware(moment) else timezone.make_aware(moment), at)
