"""What the desk does with a need: classify, take charge, hand over, merge, set aside, open to readers."""

from collections.abc import Mapping
from datetime import datetime

from grandunion.engines.flows import NEED_FLOW
from grandunion.records.needs import Need
from grandunion.records.parties import User
from grandunion.terms.needs import CLOSED_NEED_STATES, NeedState
from grandunion.terms.readers import Reader
from grandunion.terms.secrecy import Level
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Forbidden, Refused, invalid, require
from grandunion.work.actions import base, journal
from grandunion.work.actions.base import atomic
from grandunion.work.actions.needs.clocks import rewind, turn
from grandunion.work.actions.needs.values import cleaned
from grandunion.work.permissions import needs as permissions
from grandunion.work.permissions.base import Standing
from grandunion.work.queries import needs
from grandunion.work.queries.needs.deadlines import STEPS

# Moves that need nothing but themselves and, where the flow says so, a reason.
PLAIN_MOVES = frozenset({"begin_triage", "take_back", "separate", "mark_as_spam", "restore", "cancel"})


@atomic
def edit(
    need: Need, values: Mapping[str, object], *, by: Reader, at: datetime, key: str = "", version: int | None = None
) -> Need:
    """Correct or complete what a need says; refused when somebody else saved first."""
    require(permissions.may_edit(by, need, key), Forbidden)
    given = cleaned(values, by, need)
    changes = base.change(need, at=at, version=version, **given)
    if "category" in changes and need.state in STEPS:
        rewind(need, at)
    journal.note("need.edited", need, by=by, at=at, changes=changes)
    return need


@atomic
def take(need: Need, *, by: Reader, at: datetime) -> Need:
    """Take charge of a need."""
    return hand_over(need, to=User.objects.get(pk=by.user_id), by=by, at=at)


@atomic
def hand_over(need: Need, *, to: User, by: Reader, at: datetime) -> Need:
    """Put an officer in charge of a need."""
    require(permissions.may_take(by, need), Forbidden)
    if to.pk not in {officer.pk for officer in needs.officers()}:
        raise invalid("to", "Choose one of the hub's officers.", "请选择一位服务专员。")
    changes = base.change(need, at=at, in_charge=to)
    journal.note("need.handed_over", need, by=by, at=at, changes=changes)
    return need


@atomic
def move(
    need: Need, deed: str, *, by: Reader, at: datetime, reason: str = "", key: str = "", version: int | None = None
) -> Need:
    """Make one of the plain moves: begin triage, take back, set aside as spam, restore, separate, cancel."""
    if deed not in PLAIN_MOVES:
        raise Refused(Text(f"“{deed}” is not done here.", f"此处不能办理“{deed}”。"))
    target = NEED_FLOW.move(deed).target
    changes = passed(need, deed, permissions.standing(by, need, key), by=by, at=at, reason=reason,
                     **filling(need, target, at), version=version)  # fmt: skip
    journal.note(f"need.{deed}", need, by=by, at=at, changes=changes)
    return need


@atomic
def merge(need: Need, *, into: str, by: Reader, at: datetime, version: int | None = None) -> Need:
    """Handle a need together with another one, given by its number."""
    other = needs.get(into.strip(), by)
    if other.pk == need.pk:
        raise invalid("merged_into", "A need is not merged into itself.", "不能将需求并入其自身。")
    if other.state in (NeedState.MERGED, NeedState.SPAM, NeedState.CANCELLED, NeedState.DRAFT):
        raise invalid(
            "merged_into",
            f"{other.number} is not being handled itself. Choose one that is.",
            f"{other.number} 当前未在办理，请选择在办的需求。",
        )
    stand = permissions.standing(by, need, merged_into=other.pk)
    changes = passed(need, "merge", stand, by=by, at=at, **filling(need, NeedState.MERGED, at),
                     **({"version": version} if version else {}), merged_into=other)  # fmt: skip
    journal.note("need.merged", need, by=by, at=at, changes=changes)
    journal.note("need.joined", other, by=by, at=at)
    return need


@atomic
def escalate(need: Need, *, reason: str, by: Reader, at: datetime, version: int | None = None) -> Need:
    """Raise a need one level of the offices: it comes back to the desk with a short clock of its own."""
    require(permissions.may_be_raised(need))
    values = {"escalations": need.escalations + 1, **filling(need, NeedState.ESCALATED, at, is_complex=True)}
    changes = passed(
        need, "escalate", permissions.standing(by, need), by=by, at=at, reason=reason, version=version, **values
    )
    journal.note("need.escalated", need, by=by, at=at, changes={**changes, "reason": (None, reason)})
    return need


@atomic
def open_to(need: Need, level: Level, *, by: Reader, at: datetime, version: int | None = None) -> Need:
    """Say who may read a need; publishing takes a second person."""
    require(permissions.may_open_to(by, need, level), Forbidden)
    changes = base.change(need, at=at, version=version, level=level.value)
    journal.note("need.opened_to", need, by=by, at=at, changes=changes)
    return need


def passed(
    need: Need, deed: str, stand: Standing, *, by: Reader, at: datetime, reason: str = "", **values: object
) -> dict:
    """The flow's move, with the desk's first officer put in charge where nobody is."""
    if need.in_charge_id is None and by.is_officer and by.is_signed_in:
        values["in_charge"] = User.objects.get(pk=by.user_id)
    return base.move(need, NEED_FLOW, deed, stand, by=by, at=at, reason=reason, **values)


def filling(need: Need, target: str, at: datetime, **clock: object) -> dict[str, object]:
    """What every move fills: the deadline of the state it leads to, when the need was closed, when it is called.

    `clock` tells what the move itself changes: its category, or that it is raised (see `clocks.turn`).
    """
    is_closed = NEED_FLOW.state(target).is_final
    call_due_at = needs.desk_rules().first_call_at(at) if target in CLOSED_NEED_STATES else None
    return {
        **turn(need, target, at, **clock), "closed_at": at if is_closed else None, "basket_at": None,
        "call_due_at": call_due_at, "archived_at": None,
    } | ({"merged_into": None} if need.state == NeedState.MERGED else {})  # fmt: skip


@atomic
def archive(need: Need, *, by: Reader, at: datetime) -> Need:
    """Take a need that ended out of the lists; the search still finds it."""
    require(permissions.may_archive(by, need))
    changes = base.change(need, at=at, archived_at=at)
    journal.note("need.archived", need, by=by, at=at, changes=changes)
    return need


@atomic
def bring_back(need: Need, *, by: Reader, at: datetime) -> Need:
    """Put an archived need into the lists again."""
    require(permissions.may_archive(by, need))
    if need.archived_at is None:
        raise Refused(Text("It is not archived.", "该需求未归档。"))
    changes = base.change(need, at=at, archived_at=None)
    journal.note("need.brought_back", need, by=by, at=at, changes=changes)
    return need
