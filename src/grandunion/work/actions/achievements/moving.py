"""The passages of an achievement through its flow."""

from collections.abc import Callable, Mapping
from datetime import datetime

from grandunion.engines.flows import ACHIEVEMENT_FLOW
from grandunion.records.achievements import Achievement
from grandunion.terms.readers import Reader
from grandunion.terms.roles import Part
from grandunion.terms.secrecy import Level
from grandunion.work.actions import base, journal
from grandunion.work.actions.base import atomic
from grandunion.work.actions.parties import shut_out
from grandunion.work.permissions import achievements as permissions
from grandunion.work.permissions.base import Standing


def moved(
    record: Achievement,
    deed: str,
    *,
    by: Reader,
    at: datetime,
    reason: str = "",
    given: Mapping[str, object] | None = None,
    **values: object,
) -> Achievement:
    """Make one move of the flow inside the caller's transaction and note it; `given` are facts only the caller has."""
    standing = permissions.standing(by, record, **(given or {}))
    if given:  # a column to the right has judged its own case; the achievement follows
        standing = Standing(standing.facts, standing.parts | {Part.SYSTEM})
    changes = base.move(record, ACHIEVEMENT_FLOW, deed, standing, by=by, at=at, reason=reason, **values)
    if reason:
        changes["reason"] = (None, reason)
    journal.note(f"achievement.{deed}", record, by=by, at=at, changes=changes)
    return record


@atomic
def submit(
    record: Achievement, *, by: Reader, at: datetime, reason: str = "", version: int | None = None
) -> Achievement:
    """Hand the disclosure in: the owner's office and the officers read it from now on."""
    values: dict[str, object] = {"level": Level.ORGANISATION} if record.level == Level.NAMED else {}
    if record.area_id is None and record.owner is not None and record.owner.area_id:
        values["area_id"] = record.owner.area_id
    return moved(record, "submit", by=by, at=at, reason=reason, version=version, **values)


@atomic
def screen(
    record: Achievement, *, by: Reader, at: datetime, reason: str = "", version: int | None = None
) -> Achievement:
    """Begin the formal screening; whoever begins is in charge unless somebody is already."""
    return moved(record, "screen", by=by, at=at, reason=reason, version=version, **_charge(record, by))


@atomic
def ask_more(record: Achievement, *, reason: str, by: Reader, at: datetime, version: int | None = None) -> Achievement:
    """Ask the inventors for more; the screening clock stands still meanwhile."""
    return moved(record, "ask_more", by=by, at=at, reason=reason, version=version, **_charge(record, by))


@atomic
def supply(
    record: Achievement, *, by: Reader, at: datetime, reason: str = "", version: int | None = None
) -> Achievement:
    """Hand in what was asked for."""
    return moved(record, "supply", by=by, at=at, reason=reason, version=version)


@atomic
def begin_evaluation(
    record: Achievement, *, by: Reader, at: datetime, reason: str = "", version: int | None = None
) -> Achievement:
    """Let reviewers be asked."""
    return moved(record, "begin_evaluation", by=by, at=at, reason=reason, version=version, **_charge(record, by))


def _charge(record: Achievement, by: Reader) -> dict[str, object]:
    return {"in_charge_id": by.user_id} if record.in_charge_id is None and by.user_id is not None else {}


@atomic
def conclude_evaluation(
    record: Achievement, *, by: Reader, at: datetime, reason: str = "", version: int | None = None
) -> Achievement:
    """Close the evaluation: two sound reviews and an evidenced readiness level; reviewers read no more."""
    moved(record, "conclude_evaluation", by=by, at=at, reason=reason, version=version)
    shut_out(record, Part.REVIEWER, by=by, at=at)
    return record


@atomic
def take_in(record: Achievement, *, reason: str, by: Reader, at: datetime, version: int | None = None) -> Achievement:
    """Take the achievement into the library; the inventors read the reason."""
    return _decided(record, "take_in", reason, by, at, version)


@atomic
def set_aside(record: Achievement, *, reason: str, by: Reader, at: datetime, version: int | None = None) -> Achievement:
    """Do not pursue it for now; the inventors read the reason."""
    return _decided(record, "set_aside", reason, by, at, version)


@atomic
def release(record: Achievement, *, reason: str, by: Reader, at: datetime, version: int | None = None) -> Achievement:
    """Give the achievement back to its inventors; they read the reason."""
    return _decided(record, "release", reason, by, at, version)


def _decided(record: Achievement, deed: str, reason: str, by: Reader, at: datetime, version: int | None) -> Achievement:
    target = ACHIEVEMENT_FLOW.move(deed).target
    values = {"decision": target, "decision_reason": reason.strip(), **_hidden(record, target)}
    return moved(record, deed, by=by, at=at, reason=reason, version=version, **values)


def _hidden(record: Achievement, target: str) -> dict[str, object]:
    """What leaves the published states is public no more."""
    if record.level == Level.PUBLIC and target not in record.public_states:
        return {"level": Level.ORGANISATION}
    return {}


@atomic
def reconsider(
    record: Achievement, *, reason: str, by: Reader, at: datetime, version: int | None = None
) -> Achievement:
    """Evaluate again; the reviews of the earlier round count no more."""
    return moved(record, "reconsider", by=by, at=at, reason=reason, version=version, decision="", decision_reason="")


@atomic
def waive_review(
    record: Achievement, *, by: Reader, at: datetime, reason: str = "", version: int | None = None
) -> Achievement:
    """Free an achievement that is no service achievement: it belongs to its inventors."""
    return moved(record, "waive_review", by=by, at=at, reason=reason, version=version)


@atomic
def withdraw(record: Achievement, *, reason: str, by: Reader, at: datetime, version: int | None = None) -> Achievement:
    """Take the disclosure back."""
    hidden = _hidden(record, ACHIEVEMENT_FLOW.move("withdraw").target)
    return moved(record, "withdraw", by=by, at=at, reason=reason, version=version, **hidden)


@atomic
def archive(
    record: Achievement, *, by: Reader, at: datetime, reason: str = "", version: int | None = None
) -> Achievement:
    """Put away what is over, once the archive period has run."""
    hidden = _hidden(record, ACHIEVEMENT_FLOW.move("archive").target)
    return moved(record, "archive", by=by, at=at, reason=reason, version=version, **hidden)


@atomic
def link_to_project(record: Achievement, *, by: Reader, at: datetime, active_projects: int = 1) -> Achievement:
    """Note that a project carries it now; refused unless it is free to transfer."""
    return moved(record, "link", by=by, at=at, given={"active_projects": active_projects})


@atomic
def unlink_from_project(record: Achievement, *, by: Reader, at: datetime, active_projects: int = 0) -> Achievement:
    """Make it free again when no project is left."""
    return moved(record, "unlink", by=by, at=at, given={"active_projects": active_projects})


@atomic
def transform(record: Achievement, *, by: Reader, at: datetime, transformations: int = 1) -> Achievement:
    """Record that a registered contract or a landed company has transformed it."""
    return moved(record, "transform", by=by, at=at, given={"transformations": transformations})


# The moves that stand alone on an achievement's page, by the flow's codes.
DEEDS: dict[str, Callable[..., Achievement]] = {
    "submit": submit,
    "screen": screen,
    "ask_more": ask_more,
    "supply": supply,
    "begin_evaluation": begin_evaluation,
    "conclude_evaluation": conclude_evaluation,
    "take_in": take_in,
    "set_aside": set_aside,
    "release": release,
    "reconsider": reconsider,
    "waive_review": waive_review,
    "withdraw": withdraw,
    "archive": archive,
}
