"""How a round comes about: planned, filled, its pairs worked out, assigned, published, repaired, recorded."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from grandunion.engines.flows import ROUND_FLOW
from grandunion.engines.matching import sign
from grandunion.engines.matching.rounds import Assigned, Meeting, Repaired, assign, repair
from grandunion.records.achievements import Achievement
from grandunion.records.matches import Appointment, Offer, Pairing, Participant, Round
from grandunion.records.needs import Need
from grandunion.records.parties import Organisation, Person
from grandunion.terms.matches import Market, Side
from grandunion.terms.readers import Reader
from grandunion.terms.rounds import AppointmentState, RoundState
from grandunion.terms.secrecy import Level
from grandunion.terms.text import NOTHING, Text
from grandunion.terms.verdicts import Forbidden, Refused, invalid, require
from grandunion.work.actions import base, journal, lists
from grandunion.work.actions.base import atomic
from grandunion.work.actions.matches.round_values import cleaned_round, cleaned_seat
from grandunion.work.actions.parties.values import sound
from grandunion.work.permissions import matches as permissions
from grandunion.work.queries import matches

UNKNOWN = Decimal("0.5")  # what a pair is worth of which nothing can be compared
Brought = Need | Offer | Achievement | Organisation | Person


@atomic
def create_round(values: Mapping[str, object], *, by: Reader, at: datetime) -> Round:
    """Plan a round: its market, its loads, its times."""
    require(permissions.may_plan_round(by), Forbidden)
    given = cleaned_round(values)
    if not given.get("title_zh") and not given.get("title_en"):
        raise invalid("title_zh", "Write what the round is called.", "请填写专场名称。")
    if not given.get("market"):
        raise invalid("market", "Choose the market of the round.", "请选择撮合类型。")
    made = Round.objects.create(
        number=lists.next_numbers(ROUND_FLOW.prefix, at.year)[0], level=Level.ORGANISATION, state=ROUND_FLOW.initial,
        state_at=at, created_at=at, updated_at=at, in_charge_id=by.user_id, **given,
    )  # fmt: skip
    journal.step(ROUND_FLOW.code, made, source="", target=ROUND_FLOW.initial, by=by, at=at)
    journal.note("round.created", made, by=by, at=at)
    return made


@atomic
def edit_round(
    round_: Round, values: Mapping[str, object], *, by: Reader, at: datetime, version: int | None = None
) -> Round:
    """Change a round's loads and times before it is published."""
    _may_plan(round_, by)
    changes = base.change(round_, at=at, version=version, **cleaned_round(values, round_))
    journal.note("round.edited", round_, by=by, at=at, changes=changes)
    return round_


@atomic
def add_participant(
    round_: Round, side: Side, brought: Brought, *, by: Reader, at: datetime, seat: Mapping[str, object] | None = None
) -> Participant:
    """Let somebody take part on a side, with what they bring; `seat` their own loads and times not free."""
    _may_plan(round_, by)
    columns = {brought.kind: brought}
    there = [one for one in matches.participants(round_, side) if getattr(one, f"{brought.kind}_id") == brought.pk]
    if any(one.cancelled_at is None for one in there):
        raise Refused(Text("This one takes part already.", "该参与者已在名单中。"))
    made = Participant.objects.create(
        round=round_, side=Side(side).value, joined_at=at, **columns, **cleaned_seat(seat or {}, round_)
    )
    journal.note("round.joined", round_, by=by, at=at, changes={"participant": (None, brought.number)})
    return made


@atomic
def compute_pairs(round_: Round, *, by: Reader, at: datetime) -> int:
    """Work out what each pair is worth and which may not meet; what was ruled by hand stays. Answers how many."""
    _may_plan(round_, by)
    rows = Pairing.objects.unscoped("pairs of a round are worked out anew by whoever runs it").filter(round=round_)
    by_hand = set(rows.filter(is_by_hand=True).values_list("needing", "offering"))
    rows.filter(is_by_hand=False).delete()
    sides = {side: [p for p in matches.participants(round_, side) if p.cancelled_at is None] for side in Side}
    made = [
        row
        for needing in sides[Side.NEEDING]
        for row in _paired(round_, needing, sides[Side.OFFERING], by)
        if (row.needing_id, row.offering_id) not in by_hand
    ]
    Pairing.objects.bulk_create(made)
    journal.note("round.paired", round_, by=by, at=at, changes={"pairs": (None, len(made))})
    return len(made) + len(by_hand)


def _paired(round_: Round, needing: Participant, offering: list[Participant], by: Reader) -> list[Pairing]:
    """One of the needing side with everybody of the offering side."""
    brought = {one.pk: one.offer or one.achievement or one.person for one in offering}
    found = {}
    if needing.need is not None:
        subjects = [one for one in brought.values() if one is not None]
        compared = matches.compared(needing.need, subjects, by, Market(round_.market))
        found = {(one.kind, one.pk): score for one, score in compared}
    return [_pairing(round_, needing, one, found.get(_key(brought[one.pk]))) for one in offering]


def _key(brought: object) -> tuple[str, int] | None:
    return None if brought is None else (brought.kind, brought.pk)


def _pairing(round_: Round, needing: Participant, offering: Participant, score: object) -> Pairing:
    if score is None:
        return Pairing(round=round_, needing=needing, offering=offering, value=UNKNOWN)
    reason = score.excluded or NOTHING
    return Pairing(
        round=round_, needing=needing, offering=offering, value=score.value, confidence=score.confidence,
        parts=matches.kept(score.parts), ruling=sign(score.rulings), reason_en=reason.en[:500],
        reason_zh=reason.zh[:500],
    )  # fmt: skip


@atomic
def rule_pair(
    round_: Round, needing: Participant, offering: Participant, ruling: int, *, reason: str, by: Reader, at: datetime
) -> Pairing:
    """Say by hand that two may not meet (−1), may (0) or must (+1), with the reason."""
    require(permissions.may_run_round(by, round_), Forbidden)
    said = sound("reason", reason.strip(), 500)
    if not said or ruling not in (-1, 0, 1):
        raise invalid("reason", "Say whether they meet, and why.", "请选择是否安排会谈并说明理由。")
    rows = Pairing.objects.unscoped("a pair of a round is ruled by whoever runs it")
    row, _ = rows.update_or_create(
        round=round_, needing=needing, offering=offering,
        defaults={"ruling": ruling, "reason_en": said, "reason_zh": said, "is_by_hand": True},
        create_defaults={"ruling": ruling, "reason_en": said, "reason_zh": said, "is_by_hand": True, "value": UNKNOWN},
    )  # fmt: skip
    journal.note("round.ruled", round_, by=by, at=at, changes={"ruling": (None, ruling)})
    return row


@atomic
def assign_round(round_: Round, *, by: Reader, at: datetime, version: int | None = None) -> Assigned:
    """Assign the whole round; answers who meets whom, how good that is, and who is left out and why."""
    require(permissions.may_run_round(by, round_), Forbidden)
    code = "assign" if round_.state == RoundState.DRAFT else "assign_anew"
    require(ROUND_FLOW.may_move(round_.state, code, *_stand(round_, by)))
    found = assign(matches.round_plan(round_))
    rows = Appointment.objects.unscoped("the meetings of a round that is not published are assigned anew")
    rows.filter(round=round_).delete()
    _keep(round_, found.meetings)
    stand = permissions.round_standing(by, round_)
    changes = base.move(round_, ROUND_FLOW, code, stand, by=by, at=at, version=version, answer=_answer(found))
    journal.note("round.assigned", round_, by=by, at=at, changes={"state": changes.get("state", ("", round_.state))})
    return found


def _keep(round_: Round, meetings: tuple[Meeting, ...]) -> None:
    Appointment.objects.bulk_create([
        Appointment(round=round_, needing_id=int(one.key_a), offering_id=int(one.key_b), slot=one.slot or "")
        for one in meetings
    ])  # fmt: skip


def _answer(found: Assigned) -> dict[str, object]:
    """How good an assignment is, as a round keeps it."""
    return {
        "total": str(found.total), "worst": str(found.worst), "bound": str(found.bound), "gap": str(found.gap),
        "is_exact": found.exact,
        "unplaced": [
            {"participant": int(one.key), "missing": one.missing, "en": one.reason.en, "zh": one.reason.zh}
            for one in found.unplaced
        ],
    }  # fmt: skip


@atomic
def publish_round(round_: Round, *, by: Reader, at: datetime, version: int | None = None) -> Round:
    """Open the round to members: everybody who takes part reads their own meetings."""
    return _move(round_, "publish", by=by, at=at, version=version, level=Level.MEMBERS.value)


@atomic
def finish_round(round_: Round, *, by: Reader, at: datetime, version: int | None = None) -> Round:
    """Say that the round is over."""
    return _move(round_, "finish", by=by, at=at, version=version)


@atomic
def cancel_round(round_: Round, *, reason: str, by: Reader, at: datetime, version: int | None = None) -> Round:
    """Call the round off."""
    return _move(round_, "cancel", by=by, at=at, version=version, reason=sound("reason", reason.strip(), 300))


def _stand(round_: Round, by: Reader) -> tuple:
    stand = permissions.round_standing(by, round_)
    return stand.facts, stand.parts


DONE = {"publish": "published", "finish": "finished", "cancel": "cancelled"}


def _move(round_: Round, code: str, *, by: Reader, at: datetime, reason: str = "", **values: object) -> Round:
    stand = permissions.round_standing(by, round_)
    changes = base.move(round_, ROUND_FLOW, code, stand, by=by, at=at, reason=reason, **values)
    journal.note(f"round.{DONE[code]}", round_, by=by, at=at, changes=changes)
    return round_


@atomic
def cancel_participant(one: Participant, *, reason: str, by: Reader, at: datetime) -> Repaired | None:
    """Somebody does not come; the meetings that stand are repaired with as few changes as possible."""
    round_ = one.round
    require(permissions.may_run_round(by, round_), Forbidden)
    if one.cancelled_at is not None:
        raise Refused(Text("This one has cancelled already.", "该参与者已取消。"))
    rows = Participant.objects.unscoped("whoever runs a round takes a participant out").filter(pk=one.pk)
    one.cancelled_at, one.reason = at, sound("reason", reason.strip(), 300)
    rows.update(cancelled_at=at, reason=one.reason)
    journal.note("round.left", round_, by=by, at=at, changes={"participant": (one.pk, None)})
    return repair_round(round_, by=by, at=at) if round_.state in (RoundState.ASSIGNED, RoundState.PUBLISHED) else None


@atomic
def repair_round(round_: Round, *, by: Reader, at: datetime) -> Repaired:
    """Bring the meetings in line with the round as it is now; what can stay stays."""
    require(permissions.may_run_round(by, round_), Forbidden)
    rows = Appointment.objects.unscoped("the meetings of a round are repaired by whoever runs it").filter(
        round=round_, state=AppointmentState.PLANNED
    )
    kept = {_meeting(row): row for row in rows}
    found = repair(matches.round_plan(round_), kept)
    wanted = {(one.key_a, one.key_b, one.slot) for one in found.assigned.meetings}
    gone = [row.pk for one, row in kept.items() if (one.key_a, one.key_b, one.slot) not in wanted]
    rows.filter(pk__in=gone).update(state=AppointmentState.CANCELLED.value)
    there = {(one.key_a, one.key_b, one.slot) for one in kept}
    _keep(round_, tuple(m for m in found.assigned.meetings if (m.key_a, m.key_b, m.slot) not in there))
    base.change(round_, at=at, answer=_answer(found.assigned))
    journal.note("round.repaired", round_, by=by, at=at, changes={"meetings": (len(gone), len(found.changes))})
    return found


def _meeting(row: Appointment) -> Meeting:
    return Meeting(str(row.needing_id), str(row.offering_id), row.slot or None)


@atomic
def record_meeting(
    row: Appointment, state: AppointmentState, *, by: Reader, at: datetime, note: str = "", version: int | None = None
) -> Appointment:
    """Say whether a meeting was held, and what came of it."""
    require(permissions.may_run_round(by, row.round), Forbidden)
    if row.round.state not in (RoundState.PUBLISHED, RoundState.FINISHED):
        raise Refused(Text("Publish the round before its meetings are recorded.", "请先发布专场，再登记会谈结果。"))
    changes = base.change(row, at=at, version=version, state=AppointmentState(state).value, note=sound("note", note))
    journal.note("round.met", row.round, by=by, at=at, changes={"state": changes.get("state", ("", row.state))})
    return row


def _may_plan(round_: Round, by: Reader) -> None:
    """Whoever runs a round plans it until it is published."""
    require(permissions.may_run_round(by, round_), Forbidden)
    if round_.state not in (RoundState.DRAFT, RoundState.ASSIGNED):
        raise Refused(
            Text("The round is published: its meetings are only repaired now.", "专场已发布，仅可调整会谈安排。")
        )
