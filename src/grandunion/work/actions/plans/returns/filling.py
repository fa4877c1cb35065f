"""What a reporter does with a return: keep it while typing, save it, submit it, take it back."""

from collections.abc import Mapping
from copy import copy
from datetime import datetime

from grandunion.engines.flows.returns import RETURN_FLOW
from grandunion.engines.indicators.returns import Checked, checked, doubts
from grandunion.records.parties import User
from grandunion.records.plans import Return
from grandunion.terms.readers import Reader
from grandunion.terms.returns import FieldType, ReturnState
from grandunion.terms.sound import sound
from grandunion.terms.text import Text, listed
from grandunion.terms.verdicts import Forbidden, Invalid, Problem, Stale, invalid, require
from grandunion.work.actions import base, journal
from grandunion.work.actions.base import atomic
from grandunion.work.permissions.plans import returns as permissions
from grandunion.work.queries.plans import returns

LONGEST = 4000
Sent = Mapping[str, object]
FILL_IN = Text("Fill this in.", "请填写此项。")


@atomic
def keep(record: Return, sent: Sent, *, version: int, by: Reader, at: datetime) -> bool:
    """Keep what is being typed: no new version and no line in the journal, both come with saving.

    What does not fit is left as it was kept before; answers whether everything fitted. Nothing is kept over what
    somebody else has saved since `version`: raises Stale.
    """
    require(permissions.may_fill(by, record), Forbidden)
    found = _read(record, sent)
    rows = Return.objects.unscoped("the draft its reporter is typing").filter(pk=record.pk, version=version)
    wrong = {one.field for one in found.problems}
    values = {**_unsound(record, wrong), **found.values}
    if not rows.update(updated_at=at, values=values, remark=_remark(record, sent)):
        raise Stale
    return not found.problems


@atomic
def save(record: Return, sent: Sent, *, by: Reader, at: datetime, version: int | None = None) -> Return:
    """Save a draft; every value that cannot be taken is named, and nothing is saved then."""
    require(permissions.may_fill(by, record), Forbidden)
    given = _sound(record, sent)
    if record.state == ReturnState.DUE:
        stand = permissions.standing(by, record)
        changes = base.move(record, RETURN_FLOW, "begin", stand, by=by, at=at, version=version, **given)
    else:
        changes = base.change(record, at=at, version=version, **given)
    journal.note("return.saved", record, by=by, at=at, changes=_said(changes, given))
    return record


@atomic
def submit(record: Return, sent: Sent | None = None, *, by: Reader, at: datetime, version: int | None = None) -> Return:
    """Submit a return, with what the form brings; what is missing or unexplained is named at its field."""
    require(permissions.may_fill(by, record), Forbidden)
    given = _sound(record, sent) if sent is not None else {"values": record.values, "remark": record.remark}
    filled = copy(record)
    filled.values, filled.remark = given["values"], given["remark"]
    _whole(filled)
    stand = permissions.standing(by, filled)
    submitter = User.objects.filter(pk=by.user_id).first() if by.is_signed_in else None
    changes = base.move(record, RETURN_FLOW, "submit", stand, by=by, at=at, version=version, submitted_at=at,
                        submitted_by=submitter, remind_at=None, escalate_at=None, **given)  # fmt: skip
    journal.note("return.submit", record, by=by, at=at, changes=_said(changes, given))
    return record


@atomic
def take_back(record: Return, *, by: Reader, at: datetime, version: int | None = None) -> Return:
    """Take back a return that nobody reviews yet, to correct it."""
    stand = permissions.standing(by, record)
    changes = base.move(record, RETURN_FLOW, "take_back", stand, by=by, at=at, version=version)
    journal.note("return.take_back", record, by=by, at=at, changes=changes)
    return record


def _said(changes: dict, given: Mapping[str, object]) -> dict:
    """What changed, with all that was said: what was kept while typing has changed already, and was not journaled."""
    return {**changes, "values": changes.get("values", (None, given["values"]))}


def _read(record: Return, sent: Sent) -> Checked:
    """What the form brings, over what is kept: a field that was not sent keeps its value."""
    fields = returns.fields_of(record.form)
    whole: dict[str, object] = {}
    for field in fields:
        whole |= returns.spread(field, record.values.get(field.code))
    known = set(whole) | {"remark"}
    if strange := sorted(set(sent) - known):
        raise Invalid(*(Problem(name, Text(f"The form has no field “{name}”.", f"报表没有“{name}”这一项。"))
                        for name in strange))  # fmt: skip
    return checked(fields, {**whole, **{name: value for name, value in sent.items() if name != "remark"}})


def _unsound(record: Return, wrong: set[str]) -> dict[str, object]:
    """The values kept before of fields whose new value cannot be taken."""
    fields = {key: field.code for field in returns.fields_of(record.form) for key in field.keys}
    codes = {fields[key] for key in wrong if key in fields}
    return {code: record.values[code] for code in codes if code in record.values}


def _sound(record: Return, sent: Sent) -> dict[str, object]:
    found = _read(record, sent)
    if found.problems:
        raise Invalid(*found.problems)
    return {"values": dict(found.values), "remark": _remark(record, sent)}


def _remark(record: Return, sent: Sent) -> str:
    if "remark" not in sent:
        return record.remark
    return sound("remark", str(sent["remark"] or "").strip(), LONGEST)


def _whole(filled: Return) -> None:
    """Refuse, field by field, what is missing, and large changes that nobody has explained."""
    fields = {field.code: field for field in returns.fields_of(filled.form)}
    empty = [field for code, field in fields.items() if field.is_required and code not in filled.values]
    if empty:
        keys = [field.keys[0] if field.type is FieldType.TEXT else field.code for field in empty]
        raise Invalid(*(Problem(key, FILL_IN) for key in keys))
    asked = doubts(fields.values(), filled.values, returns.values_of(returns.before(filled)))
    if asked and not filled.remark:
        told = listed(Text(f"{fields[one.field].name.en}: {one.text.en}", f"{fields[one.field].name.zh}：{one.text.zh}")
                      for one in asked)  # fmt: skip
        raise invalid("remark", f"Say why: {told.en}.", f"请说明原因：{told.zh}。")
