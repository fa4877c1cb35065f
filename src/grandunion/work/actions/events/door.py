"""What is done at the door: people are checked in by their code or out of the list, or come unannounced."""

from collections.abc import Mapping
from datetime import datetime

from grandunion.engines.flows import REGISTRATION_FLOW
from grandunion.records.events import Event, Registration
from grandunion.terms.events import RegistrationState
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Forbidden, Refused, require
from grandunion.work.actions import base, journal
from grandunion.work.actions.base import atomic
from grandunion.work.actions.events.registering import register
from grandunion.work.permissions import events as permissions
from grandunion.work.queries.events import tickets


@atomic
def check_in(row: Registration, *, by: Reader, at: datetime, name: str = "") -> Registration:
    """Note that somebody is there; for an invited organisation, with the name of who came."""
    if row.state == RegistrationState.ATTENDED:
        raise Refused(
            Text("{name} is checked in already.", "{name} 已签到。").fill(name=row.name if row.name.en else row.body)
        )
    given = {"name_en" if name.isascii() else "name_zh": name} if name else {}
    stand = permissions.registration_standing(by, row, **({"name": name} if name else {}))
    base.move(row, REGISTRATION_FLOW, "attend", stand, by=by, at=at, checked_in_at=at, **given)
    journal.note("event.attended", row.event, by=by, at=at, changes={"registration": (None, row.number)})
    return row


@atomic
def check_in_by_code(event: Event, code: str, *, by: Reader, at: datetime) -> Registration:
    """Check in whoever shows this code."""
    require(permissions.may_run(by, event), Forbidden)
    return check_in(tickets.read(event, code), by=by, at=at)


@atomic
def undo_check_in(row: Registration, *, by: Reader, at: datetime) -> Registration:
    """Take a check-in back that was a mistake."""
    stand = permissions.registration_standing(by, row)
    base.move(row, REGISTRATION_FLOW, "undo_attend", stand, by=by, at=at, checked_in_at=None)
    journal.note("event.unattended", row.event, by=by, at=at, changes={"registration": (None, row.number)})
    return row


@atomic
def walk_in(
    event: Event, values: Mapping[str, object], *, by: Reader, at: datetime, submission: str = ""
) -> Registration:
    """Enter somebody who came unannounced, and check them in."""
    require(permissions.may_run(by, event), Forbidden)
    row = register(event, values, by=by, at=at, submission=submission)
    return row if row.state == RegistrationState.ATTENDED else check_in(row, by=by, at=at)
