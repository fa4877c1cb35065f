"""Opening an achievement: to the public by a second person, and its confidential part to one reader for a day."""

from datetime import datetime

from grandunion.records.achievements import Achievement
from grandunion.terms.readers import Reader
from grandunion.terms.roles import Part
from grandunion.terms.secrecy import Level
from grandunion.terms.verdicts import Forbidden, no, require
from grandunion.work.actions import base, journal
from grandunion.work.actions.base import atomic
from grandunion.work.permissions import achievements as permissions
from grandunion.work.queries.achievements.page import OPEN_VERB, opened_today


@atomic
def publish(
    record: Achievement, *, by: Reader, at: datetime, waiver: str = "", version: int | None = None
) -> Achievement:
    """Show the public part to everybody; `waiver` says why, where nothing is filed to protect it."""
    require(permissions.may_publish(by, record, waiver))
    changes = base.change(record, at=at, version=version, level=Level.PUBLIC)
    if waiver.strip():
        changes["waiver"] = (None, waiver.strip())
    journal.note("achievement.published", record, by=by, at=at, changes=changes)
    return record


@atomic
def unpublish(record: Achievement, *, reason: str, by: Reader, at: datetime, version: int | None = None) -> Achievement:
    """Show it to the public no more."""
    require(permissions.may_run_rights(by, record), Forbidden)
    if record.level != Level.PUBLIC:
        require(no("It is not public.", "该成果未公开。"))
    changes = base.change(record, at=at, version=version, level=Level.ORGANISATION)
    changes["reason"] = (None, reason.strip())
    journal.note("achievement.unpublished", record, by=by, at=at, changes=changes)
    return record


@atomic
def open_confidential(record: Achievement, *, by: Reader, at: datetime) -> None:
    """Open the confidential part for the rest of the day; the reading is journaled, once a person and day."""
    require(permissions.may_read_confidential(by, record), Forbidden)
    is_own = permissions.parts(by, record) & {Part.OWNER, Part.INVENTOR}
    if not is_own and not opened_today(record, by):
        journal.note(OPEN_VERB, record, by=by, at=at)
