"""How people come to an event: they register, are entered or invited, are admitted, wait, or withdraw."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime

from grandunion.engines.flows import REGISTRATION_FLOW
from grandunion.records.events import Event, Registration
from grandunion.records.parties import Organisation, Person, User
from grandunion.terms.events import GONE, CameBy, RegistrationState
from grandunion.terms.readers import Reader
from grandunion.terms.roles import Part
from grandunion.terms.secrecy import Secrecy
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Forbidden, Invalid, Problem, Refused, invalid, require
from grandunion.work.actions import base, journal, lists
from grandunion.work.actions.base import atomic
from grandunion.work.actions.events.places import fill_places
from grandunion.work.actions.events.values import registration_values
from grandunion.work.actions.parties import let_in
from grandunion.work.actions.parties.values import kept_once, sound
from grandunion.work.permissions import events as permissions
from grandunion.work.permissions.base import Standing, parts
from grandunion.work.queries import events, parties
from grandunion.work.queries.journal import submitted

INVITED = "invited to the event"
HOUSE_RULE = frozenset({Part.SYSTEM})
FORGOTTEN = Text(
    "The day on which names are forgotten has passed: nobody is entered any more.",
    "个人信息已按期清除，不能再登记人员。",
)
TWICE = Text("This person is registered already.", "该人员已报名，无需重复提交。")


def new_key() -> str:
    """A key by which somebody without an account follows a registration."""
    return secrets.token_urlsafe(24)


@atomic
def register(
    event: Event, values: Mapping[str, object], *, by: Reader, at: datetime, key: str = "", submission: str = ""
) -> Registration:
    """Register somebody: a member themselves, the desk anybody, a visitor with a `key` (see `new_key`).

    Answers the registration: admitted at once, waiting for approval, or on the waiting list when every place is
    taken. A second sending of the same form answers the first registration.
    """
    require(permissions.may_register(by, event), Forbidden)
    if (known := submitted(submission, Registration.kind)) is not None:
        return events.registration(event, known)
    base.lock(event)  # two who want the last place come one after the other
    is_desk = bool(parts(by, event) & permissions.DESK)
    given = _own_organisation(event, registration_values(values, by), str(values.get("organisation") or ""), by)
    if not is_desk and by.is_signed_in:
        given = _as_myself(given, by)
    _complete(given, by=by, is_desk=is_desk)
    row = _new(event, given, came_by=_way(by, is_desk=is_desk), at=at, tracking=events.fingerprint(key) if key else "")
    if is_desk or not event.needs_approval:
        _seat(row, by=by, at=at)
    journal.note("event.registered", event, by=by, at=at, changes=_told(row))
    journal.keep_submission(submission, row, at)
    return row


def _way(by: Reader, *, is_desk: bool) -> CameBy:
    return CameBy.DESK if is_desk else CameBy.ACCOUNT if by.is_signed_in else CameBy.PORTAL


def _own_organisation(event: Event, given: dict[str, object], written: str, by: Reader) -> dict[str, object]:
    """Whoever names an organisation that is not theirs to speak for has only told its name."""
    found = given.get("organisation")
    verdict = permissions.may_register_for(by, event, found.pk if found else None)
    if verdict:
        return given
    if written.strip().upper().startswith("ORG-"):
        raise Forbidden(verdict.reason)
    return {**given, "organisation": None, "organisation_zh": found.name_zh, "organisation_en": found.name_en}


def _as_myself(given: dict[str, object], by: Reader) -> dict[str, object]:
    """What the account says already is not asked again."""
    own = {"name_zh": "" if by.name.isascii() else by.name, "name_en": by.name_en, "email": by.email.lower()}
    filled = {name: given.get(name) or value for name, value in own.items()}
    if given.get("name_zh") or given.get("name_en"):  # somebody registers a colleague
        filled |= {name: given.get(name, "") for name in ("name_zh", "name_en")}
    is_self = filled["name_zh"] == own["name_zh"] and filled["name_en"] == own["name_en"]
    found = {**given, **filled}
    if is_self:
        found |= {"user": User.objects.filter(pk=by.user_id).first(), "person_id": by.person_id}
    if not found.get("organisation") and not found.get("organisation_zh") and len(by.organisation_ids) == 1:
        found["organisation"] = parties.organisations(by).filter(pk__in=by.organisation_ids).first()
    return found


def _complete(given: Mapping[str, object], *, by: Reader, is_desk: bool) -> None:
    """Somebody who comes has a name, or is the enterprise that the desk puts down; a visitor can be reached."""
    missing = []
    is_body = is_desk and (given.get("organisation") or given.get("organisation_zh") or given.get("organisation_en"))
    if not given.get("name_zh") and not given.get("name_en") and not is_body:
        missing.append(Problem("name_zh", Text("Write the name.", "请填写姓名。")))
    if not by.is_signed_in and not is_desk and not given.get("email") and not given.get("phone"):
        missing.append(Problem("phone", Text("Leave a telephone number or an e-mail address.", "请填写电话或邮箱。")))
    if missing:
        raise Invalid(*missing)


def _new(
    event: Event, given: Mapping[str, object], *, came_by: CameBy, at: datetime, tracking: str = ""
) -> Registration:
    """A registration that waits, with its number and its first step."""
    if event.purged_at is not None:
        raise Refused(FORGOTTEN)
    _refuse_twice(event, given)
    with kept_once():
        row = Registration.objects.create(
            number=lists.next_numbers(REGISTRATION_FLOW.prefix, at.year)[0], event=event, state_at=at,
            registered_at=at, came_by=came_by, tracking=tracking, **given,
        )  # fmt: skip
    return row


def _refuse_twice(event: Event, given: Mapping[str, object]) -> None:
    there = events.registrations(event).exclude(state__in=sorted(GONE))
    email, user = given.get("email"), given.get("user")
    names = {name: given.get(name, "") for name in ("name_zh", "name_en")}
    is_known = bool(email) and there.filter(email=email, **names).exists()
    if is_known or (user is not None and there.filter(user=user).exists()):
        raise Refused(TWICE)


def _seat(row: Registration, *, by: Reader, at: datetime) -> None:
    """Give a place, or put on the waiting list: the house's rule, whoever registers."""
    facts = events.registration_facts(row, at)
    journal.step(REGISTRATION_FLOW.code, row, source="", target=RegistrationState.PENDING, by=by, at=at)
    code = "approve" if facts["has_place"] else "queue"
    base.move(row, REGISTRATION_FLOW, code, Standing(facts, HOUSE_RULE), by=by, at=at)


def _told(row: Registration) -> dict[str, tuple]:
    """What the journal keeps of a registration: no name, no contact, for those are forgotten one day."""
    return {"registration": (None, row.number), "registration_state": (None, row.state)}


@atomic
def invite(event: Event, values: Mapping[str, object], *, by: Reader, at: datetime) -> Registration:
    """Invite an organisation (who comes is said when it accepts) or a person by number, account or address.

    `values` as for `register`, with `person`, the number of a person's record. The invited may open the event.
    """
    require(permissions.may_edit(by, event), Forbidden)
    base.lock(event)
    given = dict(values)
    person = _person(str(given.pop("person", "") or ""), by)
    found = registration_values(given, by)
    user = _account(person, str(found.get("email") or ""))
    if person is not None:
        found = {**found, "person": person, "name_zh": person.name_zh, "name_en": person.name_en}
    _somebody(found, user)
    _refuse_twice_invited(event, found, user)
    row = _new(event, {**found, "user": user}, came_by=CameBy.INVITATION, at=at)
    journal.step(REGISTRATION_FLOW.code, row, source="", target=RegistrationState.PENDING, by=by, at=at)
    base.move(row, REGISTRATION_FLOW, "invite", permissions.registration_standing(by, row), by=by, at=at)
    for who in (found.get("organisation"), user):
        if who is not None:
            let_in(event, who, Part.GRANTEE, by=by, at=at, reason=INVITED, secrecy=Secrecy.S1)
    journal.note("event.invited", event, by=by, at=at, changes=_told(row))
    return row


@atomic
def invite_all(event: Event, names: Sequence[str], *, attends_as: str, by: Reader, at: datetime) -> list[Registration]:
    """Invite several at once, by number (ORG-…, PER-…) or name; all of them, or nobody with every fault named."""
    rows, problems = [], []
    for name in names:
        who = "person" if name.strip().upper().startswith("PER-") else "organisation"
        try:
            rows.append(invite(event, {who: name, "attends_as": attends_as}, by=by, at=at))
        except Invalid as wrong:
            problems += [Problem("who", problem.text) for problem in wrong.problems]
        except Refused as refused:
            problems.append(Problem("who", Text("{name}: {why}", "{name}：{why}").fill(name=name, why=refused.reason)))
    if problems:
        raise Invalid(*problems)
    return rows


def _person(number: str, by: Reader) -> Person | None:
    if not number:
        return None
    found = parties.persons(by).filter(number__iexact=sound("person", number.strip(), 40)).first()
    if found is None:
        raise invalid("person", f"There is no person “{number}” here.", f"未找到人员“{number}”。")
    return found


def _account(person: Person | None, email: str) -> User | None:
    if person is not None:
        return User.objects.filter(person=person, is_active=True).order_by("pk").first()
    return parties.user_by_email(email) if email else None


def _somebody(found: Mapping[str, object], user: User | None) -> None:
    if user is None and not any(found.get(one) for one in ("organisation", "name_zh", "name_en", "organisation_zh")):
        raise invalid("organisation", "Say whom to invite.", "请填写受邀单位或人员。")


def _refuse_twice_invited(event: Event, found: Mapping[str, object], user: User | None) -> None:
    """An organisation is invited once; its people may be several."""
    there = events.registrations(event).exclude(state__in=sorted(GONE))
    body = found.get("organisation")
    is_body = isinstance(body, Organisation) and not found.get("name_zh") and not found.get("name_en") and user is None
    if (is_body and there.filter(organisation=body).exists()) or (user and there.filter(user=user).exists()):
        raise Refused(TWICE)


@atomic
def accept(row: Registration, values: Mapping[str, object], *, by: Reader, at: datetime, key: str = "") -> Registration:
    """Accept an invitation and say who comes."""
    given = registration_values(values, by)
    name = given.get("name_zh") or given.get("name_en") or row.name_zh or row.name_en
    stand = permissions.registration_standing(by, row, key, name=name)
    _refuse_other_fields(given)
    with kept_once():
        base.move(row, REGISTRATION_FLOW, "accept", stand, by=by, at=at, **given)
    journal.note("event.accepted", row.event, by=by, at=at, changes=_told(row))
    return row


def _refuse_other_fields(given: Mapping[str, object]) -> None:
    """The invitation says whom it is for; who comes is said here, and how to reach them."""
    if others := given.keys() - {"name_zh", "name_en", "position_zh", "position_en", "email", "phone", "note"}:
        name = sorted(others)[0]
        raise invalid(name, f"“{name}” is not changed here.", f"此处不能修改“{name}”。")


@atomic
def approve(row: Registration, *, by: Reader, at: datetime) -> Registration:
    """Admit somebody who waits."""
    base.lock(row.event)
    return _moved(row, "approve", "admitted", by=by, at=at)


@atomic
def queue(row: Registration, *, by: Reader, at: datetime) -> Registration:
    """Put somebody on the waiting list."""
    return _moved(row, "queue", "queued", by=by, at=at)


@atomic
def reject(row: Registration, *, reason: str, by: Reader, at: datetime) -> Registration:
    """Do not admit somebody, and say why."""
    said = sound("reason", reason.strip(), 300)
    return _moved(row, "reject", "rejected", by=by, at=at, reason=said)


@atomic
def withdraw(row: Registration, *, by: Reader, at: datetime, key: str = "") -> Registration:
    """Give the place back; whoever has waited longest moves up."""
    event = base.lock(row.event)
    _moved(row, "withdraw", "withdrawn", by=by, at=at, key=key)
    fill_places(event, by=by, at=at)
    return row


def _moved(
    row: Registration, code: str, done: str, *, by: Reader, at: datetime, reason: str = "", key: str = ""
) -> Registration:
    stand = permissions.registration_standing(by, row, key)
    base.move(row, REGISTRATION_FLOW, code, stand, by=by, at=at, reason=reason)
    if reason:
        base.change(row, at=at, reason=reason)
    journal.note(f"event.{done}", row.event, by=by, at=at, changes=_told(row))
    return row
