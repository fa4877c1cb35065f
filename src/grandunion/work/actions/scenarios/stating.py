"""How opportunities, capabilities and challenges come to be: written, changed, measured out, taken charge of."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import models

from grandunion.engines.flows import CAPABILITY_FLOW, CHALLENGE_FLOW, OPPORTUNITY_FLOW
from grandunion.engines.flows.table import Flow
from grandunion.engines.trials import Line, indicators
from grandunion.records.scenarios import (
    Capability,
    Challenge,
    ChallengeIndicator,
    Opportunity,
    OpportunityIndicator,
    Place,
)
from grandunion.terms.readers import Reader
from grandunion.terms.secrecy import Level
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Forbidden, invalid, require
from grandunion.work.actions import base, journal, lists
from grandunion.work.actions.base import atomic
from grandunion.work.actions.parties.values import sound
from grandunion.work.actions.scenarios.values import cleaned, missing, own_organisation
from grandunion.work.permissions import scenarios as permissions
from grandunion.work.permissions.base import managing
from grandunion.work.queries import scenarios
from grandunion.work.queries.base import one
from grandunion.work.queries.journal import submitted

TITLE = Text("Write in one line what it is about.", "请用一句话说明内容。")
Case = Opportunity | Capability | Challenge


def _again(record: type[models.Model], pk: int) -> models.Model:
    """The record that this form has made already."""
    return record.objects.unscoped("the sender of a form gets back what the form has made").get(pk=pk)


def _made(record: type[models.Model], flow: Flow, values: Mapping[str, object], *, by: Reader, at: datetime) -> Case:
    """A record in its first state, with its number, its first step and its words in the index."""
    owner = values.get("owner")
    given = {**values, "area": values.get("area") or (owner.area if owner else None)}
    made = record.objects.create(
        number=lists.next_numbers(flow.prefix, at.year)[0], level=Level.ORGANISATION, state=flow.initial, state_at=at,
        created_at=at, updated_at=at, in_charge_id=by.user_id if by.is_officer and by.is_signed_in else None, **given,
    )  # fmt: skip
    journal.step(flow.code, made, source="", target=flow.initial, by=by, at=at)
    base.index_words(made)
    return made


def _told(record: type[models.Model], values: Mapping[str, object], by: Reader) -> dict[str, object]:
    """What a new record says; a member writes for their own organisation."""
    given = cleaned(record, values, by)
    if not given.get("owner") and not by.is_officer:
        given["owner"] = own_organisation(by)
        missing([("owner", given["owner"], Text("Choose for which of your organisations.", "请选择代表哪家单位。"))])
    missing([("title_zh", given.get("title_zh") or given.get("title_en"), TITLE)])
    return given


@atomic
def create_opportunity(
    values: Mapping[str, object], *, by: Reader, at: datetime, wanted: str = "", submission: str = ""
) -> Opportunity:
    """Take a scenario opportunity down; `wanted` has its indicators, one a line. A second sending answers the first."""
    require(permissions.may_state_opportunity(by), Forbidden)
    if (known := submitted(submission, Opportunity.kind)) is not None:
        return _again(Opportunity, known)
    record = _made(Opportunity, OPPORTUNITY_FLOW, _told(Opportunity, values, by), by=by, at=at)
    _write_indicators(record, indicators(wanted))
    journal.note("opportunity.collected", record, by=by, at=at)
    journal.keep_submission(submission, record, at)
    return record


@atomic
def create_capability(values: Mapping[str, object], *, by: Reader, at: datetime, submission: str = "") -> Capability:
    """Hand in a capability; a second sending answers the first."""
    require(permissions.may_state_capability(by), Forbidden)
    if (known := submitted(submission, Capability.kind)) is not None:
        return _again(Capability, known)
    given = _told(Capability, values, by)
    missing([("owner", given.get("owner"), Text("Write whose capability it is.", "请填写供应方。"))])
    record = _made(Capability, CAPABILITY_FLOW, given, by=by, at=at)
    journal.note("capability.handed_in", record, by=by, at=at)
    journal.keep_submission(submission, record, at)
    return record


@atomic
def create_challenge(
    values: Mapping[str, object], *, by: Reader, at: datetime, wanted: str = "", submission: str = ""
) -> Challenge:
    """Take the need of an open challenge down; `wanted` has its indicators. A second sending answers the first."""
    require(permissions.may_state_challenge(by), Forbidden)
    if (known := submitted(submission, Challenge.kind)) is not None:
        return _again(Challenge, known)
    record = _made(Challenge, CHALLENGE_FLOW, _told(Challenge, values, by), by=by, at=at)
    _write_indicators(record, indicators(wanted))
    journal.note("challenge.collected", record, by=by, at=at)
    journal.keep_submission(submission, record, at)
    return record


@atomic
def edit_opportunity(
    record: Opportunity, values: Mapping[str, object], *, by: Reader, at: datetime, wanted: str | None = None,
    version: int | None = None,
) -> Opportunity:  # fmt: skip
    """Change an opportunity, and its indicators where `wanted` has them and they do not stand still yet."""
    require(permissions.may_edit_opportunity(by, record), Forbidden)
    return _edited(record, values, wanted, by=by, at=at, version=version)


@atomic
def edit_challenge(
    record: Challenge, values: Mapping[str, object], *, by: Reader, at: datetime, wanted: str | None = None,
    version: int | None = None,
) -> Challenge:  # fmt: skip
    """Change a challenge before its list is published."""
    require(permissions.may_edit_challenge(by, record), Forbidden)
    return _edited(record, values, wanted, by=by, at=at, version=version)


def _edited(
    record: Case, values: Mapping[str, object], wanted: str | None, *, by: Reader, at: datetime, version: int | None
) -> Case:
    given = cleaned(type(record), values, by)
    title = given.get("title_zh", record.title_zh) or given.get("title_en", record.title_en)
    missing([("title_zh", title, TITLE)])
    changes = base.change(record, at=at, version=version, **given)
    if wanted is not None:
        changes |= _indicators_changed(record, wanted, by)
    journal.note(f"{record.kind}.edited", record, by=by, at=at, changes=changes)
    return record


@atomic
def edit_capability(
    record: Capability, values: Mapping[str, object], *, by: Reader, at: datetime, version: int | None = None
) -> Capability:
    """Change a capability before it is verified, or as an officer."""
    require(permissions.may_edit_capability(by, record), Forbidden)
    return _edited(record, values, None, by=by, at=at, version=version)


def _may_set(record: Opportunity | Challenge, by: Reader) -> None:
    if isinstance(record, Opportunity):
        require(permissions.may_set_indicators(by, record), Forbidden)
    else:
        require(permissions.may_edit_challenge(by, record), Forbidden)


def _indicators_changed(record: Opportunity | Challenge, wanted: str, by: Reader) -> dict[str, tuple]:
    """Write the indicators anew if the lines say something else than before."""
    fresh = indicators(wanted)
    before, after = scenarios.lines_of(record), scenarios.lines(fresh)
    if before == after:
        return {}
    _may_set(record, by)
    _write_indicators(record, fresh)
    return {"indicators": (before, after)}


def _write_indicators(record: Opportunity | Challenge, wanted: Sequence[Line]) -> None:
    table = OpportunityIndicator if isinstance(record, Opportunity) else ChallengeIndicator
    of = {record.kind: record}
    table.objects.unscoped("the indicators of a record whose rules the action has asked").filter(**of).delete()
    for place, line in enumerate(wanted):
        table.objects.create(
            name_zh=sound("indicators", line.name.zh, 200), name_en=sound("indicators", line.name.en, 200),
            operator=line.operator, threshold=line.threshold, unit=sound("indicators", line.unit, 40),
            test_zh=sound("indicators", line.test.zh, 500), test_en=sound("indicators", line.test.en, 500),
            is_required=line.is_required, position=place, **of,
        )  # fmt: skip


@atomic
def take(record: Opportunity | Challenge | Capability, *, by: Reader, at: datetime) -> Case:
    """Take charge of an opportunity, a capability or a challenge."""
    if isinstance(record, Challenge):
        require(permissions.may_take_challenge(by, record), Forbidden)
    elif isinstance(record, Opportunity):
        require(permissions.may_take_opportunity(by, record), Forbidden)
    else:
        require(managing(by, record), Forbidden)
    changes = base.change(record, at=at, in_charge_id=by.user_id)
    journal.note(f"{record.kind}.taken_charge", record, by=by, at=at, changes=changes)
    return record


@atomic
def add_place(
    record: Opportunity, *, name: Text, by: Reader, at: datetime, is_replication: bool = False,
    used_since: date | None = None,
) -> Place:  # fmt: skip
    """Name a site where it is tried, or a place to which it can be carried over (and since when it is used there)."""
    require(permissions.may_name_places(by, record), Forbidden)
    zh, en = sound("name", name.zh.strip(), 200), sound("name", name.en.strip(), 200)
    missing([("name", zh or en, Text("Write the place.", "请填写地点。"))])
    if used_since is not None and not is_replication:
        raise invalid("used_since", "Only a place it is carried over to has such a day.", "仅推广地点可填写应用日期。")
    place = Place.objects.create(
        opportunity=record, name_zh=zh, name_en=en, is_replication=is_replication, used_since=used_since
    )
    base.change(record, at=at)
    journal.note("opportunity.place_named", record, by=by, at=at, changes={"place": (None, zh or en)})
    return place


@atomic
def drop_place(record: Opportunity, pk: int, *, by: Reader, at: datetime) -> Opportunity:
    """Take a place off again."""
    require(permissions.may_name_places(by, record), Forbidden)
    rows = Place.objects.unscoped("a place of an opportunity whose rules the action has asked")
    place = one(rows.filter(opportunity=record.pk), pk=pk)
    name = place.name.zh
    place.delete()
    base.change(record, at=at)
    journal.note("opportunity.place_dropped", record, by=by, at=at, changes={"place": (name, None)})
    return record
