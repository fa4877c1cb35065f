"""How a round comes about and ends: planned, assigned, published, held, called off."""

from collections.abc import Mapping
from datetime import datetime

from grandunion.engines.flows import ROUND_FLOW
from grandunion.engines.matching.rounds import Assigned, Meeting, assign
from grandunion.records.matches import Appointment, Round
from grandunion.terms.readers import Reader
from grandunion.terms.rounds import AppointmentState, RoundState
from grandunion.terms.secrecy import Level
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Forbidden, Refused, invalid, require
from grandunion.work.actions import base, journal, lists
from grandunion.work.actions.base import atomic
from grandunion.work.actions.matches.round_matches import introduce_met
from grandunion.work.actions.matches.round_values import cleaned_round
from grandunion.work.actions.parties.values import sound
from grandunion.work.permissions import matches as permissions
from grandunion.work.queries import matches
from grandunion.work.queries.journal import submitted


@atomic
def create_round(values: Mapping[str, object], *, by: Reader, at: datetime, submission: str = "") -> Round:
    """Plan a round: its market, its loads, its times. A second sending answers the first round."""
    require(permissions.may_plan_round(by), Forbidden)
    if (known := submitted(submission, Round.kind)) is not None:
        return Round.objects.unscoped("the sender of a form gets back what the form has made").get(pk=known)
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
    journal.keep_submission(submission, made, at)
    return made


@atomic
def edit_round(
    round_: Round, values: Mapping[str, object], *, by: Reader, at: datetime, version: int | None = None
) -> Round:
    """Change a round's loads and times before it is published."""
    may_plan(round_, by)
    changes = base.change(round_, at=at, version=version, **cleaned_round(values, round_))
    journal.note("round.edited", round_, by=by, at=at, changes=changes)
    return round_


@atomic
def assign_round(round_: Round, *, by: Reader, at: datetime, version: int | None = None) -> Assigned:
    """Assign the whole round; answers who meets whom, how good that is, and who is left out and why."""
    require(permissions.may_run_round(by, round_), Forbidden)
    code = "assign" if round_.state == RoundState.DRAFT else "assign_anew"
    require(ROUND_FLOW.may_move(round_.state, code, *_stand(round_, by)))
    found = assign(matches.round_plan(round_))
    rows = Appointment.objects.unscoped("the meetings of a round that is not published are assigned anew")
    rows.filter(round=round_).delete()
    keep_meetings(round_, found.meetings)
    stand = permissions.round_standing(by, round_)
    changes = base.move(round_, ROUND_FLOW, code, stand, by=by, at=at, version=version, answer=answer_of(found))
    journal.note("round.assigned", round_, by=by, at=at, changes={"state": changes.get("state", ("", round_.state))})
    return found


def keep_meetings(round_: Round, meetings: tuple[Meeting, ...]) -> None:
    """Write meetings down as planned."""
    Appointment.objects.bulk_create([
        Appointment(round=round_, needing_id=int(one.key_a), offering_id=int(one.key_b), slot=one.slot or "")
        for one in meetings
    ])  # fmt: skip


def answer_of(found: Assigned) -> dict[str, object]:
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
    """Open the round to members: everybody who takes part reads their own meetings, and each pair is asked.

    A pair that meets becomes a match sent to both sides; no contact is shown before both have consented.
    """
    _move(round_, "publish", by=by, at=at, version=version, level=Level.MEMBERS.value)
    introduce_met(round_, by=by, at=at)
    return round_


@atomic
def finish_round(round_: Round, *, by: Reader, at: datetime, version: int | None = None) -> Round:
    """Say that the round is over."""
    return _move(round_, "finish", by=by, at=at, version=version)


@atomic
def cancel_round(round_: Round, *, reason: str, by: Reader, at: datetime, version: int | None = None) -> Round:
    """Call the round off."""
    return _move(round_, "cancel", by=by, at=at, version=version, reason=sound("reason", reason.strip(), 300))


@atomic
def reopen_round(round_: Round, *, reason: str, by: Reader, at: datetime, version: int | None = None) -> Round:
    """Plan a round anew that was called off; its meetings are gone."""
    rows = Appointment.objects.unscoped("a round that is planned anew begins without meetings")
    rows.filter(round=round_).update(state=AppointmentState.CANCELLED.value)
    return _move(round_, "reopen", by=by, at=at, version=version, level=Level.ORGANISATION.value, answer={},
                 reason=sound("reason", reason.strip(), 300))  # fmt: skip


def _stand(round_: Round, by: Reader) -> tuple:
    stand = permissions.round_standing(by, round_)
    return stand.facts, stand.parts


DONE = {"publish": "published", "finish": "finished", "cancel": "cancelled", "reopen": "reopened"}


def _move(round_: Round, code: str, *, by: Reader, at: datetime, reason: str = "", **values: object) -> Round:
    stand = permissions.round_standing(by, round_)
    changes = base.move(round_, ROUND_FLOW, code, stand, by=by, at=at, reason=reason, **values)
    journal.note(f"round.{DONE[code]}", round_, by=by, at=at, changes=changes)
    return round_


def may_plan(round_: Round, by: Reader) -> None:
    """Whoever runs a round plans it until it is published."""
    require(permissions.may_run_round(by, round_), Forbidden)
    if round_.state not in (RoundState.DRAFT, RoundState.ASSIGNED):
        raise Refused(
            Text("The round is published: its meetings are only repaired now.", "专场已发布，仅可调整会谈安排。")
        )
