"""How a need comes in: step by step through a form, or in one go by an officer on the phone or a member."""

import secrets
from collections.abc import Mapping
from datetime import datetime

from grandunion.engines.flows import NEED_FLOW
from grandunion.records.needs import Need
from grandunion.records.parties import User
from grandunion.terms.needs import Category, DraftStep, NeedState
from grandunion.terms.readers import Reader
from grandunion.terms.roles import Part
from grandunion.terms.secrecy import Level, Secrecy
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Forbidden, Invalid, Problem, require
from grandunion.work.actions import base, journal, lists
from grandunion.work.actions.base import atomic
from grandunion.work.actions.needs.clocks import turn
from grandunion.work.actions.needs.values import cleaned, own_organisation
from grandunion.work.actions.parties import let_in
from grandunion.work.permissions import needs as permissions
from grandunion.work.queries import needs
from grandunion.work.queries.journal import submitted
from grandunion.work.queries.needs.answers import missing

NEEDED = {
    "contact_name": Text("Write whom to call back.", "请填写联系人。"),
    "title_zh": Text("Write in one line what is needed.", "请用一句话说明需要什么。"),
    "text_zh": Text("Describe the need.", "请描述需求。"),
}


def new_key() -> str:
    """A key by which somebody without an account saves and follows a need."""
    return secrets.token_urlsafe(24)


@atomic
def begin(values: Mapping[str, object], *, by: Reader, at: datetime, key: str = "", submission: str = "") -> Need:
    """Save the first step of the form as a draft that only its author sees.

    Somebody without an account brings a `key` (see `new_key`), of which only the fingerprint is kept.
    """
    require(permissions.may_begin(by), Forbidden)
    if (known := submitted(submission, Need.kind)) is not None:
        return _again(known)
    given = {"owner": own_organisation(by), **cleaned(values, by)}
    need = _new(given, by=by, at=at, level=Level.NAMED, tracking=needs.fingerprint(key) if key else "")
    need.step = DraftStep.CONTACT
    need.save(update_fields=["step"])
    _let_author_in(need, by, at)
    journal.note("need.begun", need, by=by, at=at)
    journal.keep_submission(submission, need, at)
    return need


@atomic
def save_step(
    need: Need,
    step: DraftStep,
    values: Mapping[str, object],
    *,
    by: Reader,
    at: datetime,
    key: str = "",
    version: int | None = None,
) -> Need:
    """Save one step of the form; what was saved before stays."""
    require(permissions.may_edit(by, need, key), Forbidden)
    changes = base.change(need, at=at, version=version, step=step.value, **cleaned(values, by, need))
    journal.note("need.saved", need, by=by, at=at, changes=changes)
    return need


@atomic
def submit(need: Need, *, by: Reader, at: datetime, key: str = "", version: int | None = None) -> Need:
    """Hand the draft in: the desk sees it from now on, and its clock runs."""
    _complete(need)
    changes = base.move(
        need, NEED_FLOW, "submit", permissions.standing(by, need, key), by=by, at=at,
        **_handed_in(need, by, at), version=version,
    )  # fmt: skip
    journal.note("need.received", need, by=by, at=at, changes=changes)
    return need


@atomic
def register(values: Mapping[str, object], *, by: Reader, at: datetime, submission: str = "") -> Need:
    """Take a need down in one go; a second sending of the same form answers the first need."""
    require(permissions.may_register(by), Forbidden)
    if (known := submitted(submission, Need.kind)) is not None:
        return _again(known)
    given = cleaned(values, by)
    if not by.is_officer:
        given = {"owner": own_organisation(by), **given}
    need = _new(given, by=by, at=at, level=Level.ORGANISATION)
    _complete(need)
    if not by.is_officer and need.owner_id is None:
        _let_author_in(need, by, at)
    changes = base.move(
        need, NEED_FLOW, "submit", _as_applicant(by, need), by=by, at=at, **_handed_in(need, by, at)
    )  # fmt: skip
    journal.note("need.received", need, by=by, at=at, changes=changes)
    journal.keep_submission(submission, need, at)
    return need


def _as_applicant(by: Reader, need: Need) -> object:
    """Whoever registers a need stands as its applicant."""
    stand = permissions.standing(by, need)
    return type(stand)(stand.facts, stand.parts | {Part.OWNER})


def _new(values: Mapping[str, object], *, by: Reader, at: datetime, level: Level, tracking: str = "") -> Need:
    """A draft with its number, its first step and its words in the index."""
    given = {"category": Category.OTHER.value, **values}
    need = Need.objects.create(
        number=lists.next_numbers(NEED_FLOW.prefix, at.year)[0], level=level, state=NEED_FLOW.initial, state_at=at,
        tracking=tracking, created_at=at, updated_at=at, **given,
    )  # fmt: skip
    journal.step(NEED_FLOW.code, need, source="", target=NEED_FLOW.initial, by=by, at=at)
    base.index_words(need)
    return need


def _handed_in(need: Need, by: Reader, at: datetime) -> dict[str, object]:
    """What handing in fills: the moment, the deadline, the area, and who may read it."""
    area = need.area or (need.owner.area if need.owner else None)
    industry = need.industry or (need.owner.industry if need.owner else None)
    return {
        "received_at": at,
        **turn(need, NeedState.RECEIVED, at),
        "level": Level.ORGANISATION.value,
        "area": area,
        "industry": industry,
        "step": "",
    }


def _complete(need: Need) -> None:
    """Refuse at the fields themselves what handing in still lacks, with what its subject must know."""
    has = {
        "contact_name": need.contact_name or need.contact_email or need.contact_phone or need.contact_person_id,
        "title_zh": need.title_zh or need.title_en,
        "text_zh": need.text_zh or need.text_en,
    }
    lacking = [Problem(name, NEEDED[name]) for name, value in has.items() if not value]
    if need.subject is not None:
        lacking += missing(needs.questions_of(need.category, need.subject), need.details)
    if lacking:
        raise Invalid(*lacking)


def _let_author_in(need: Need, by: Reader, at: datetime) -> None:
    """The author of a need reads it all, whoever owns it."""
    author = User.objects.filter(pk=by.user_id).first() if by.is_signed_in else None
    if author is not None:
        let_in(need, author, Part.OWNER, by=by, at=at, reason="author of the need", secrecy=Secrecy.S3)


def _again(pk: int) -> Need:
    """The need that this form has made already."""
    return Need.objects.unscoped("the sender of a form gets back what the form has made").get(pk=pk)
