"""How an offer comes to be: written, changed, published, paused, withdrawn."""

from collections.abc import Mapping
from datetime import datetime

from grandunion.engines.flows import OFFER_FLOW
from grandunion.records.matches import Offer
from grandunion.records.parties import User
from grandunion.terms.offers import OfferKind, OfferState
from grandunion.terms.readers import Reader
from grandunion.terms.roles import Part
from grandunion.terms.secrecy import Level, Secrecy
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Forbidden, Invalid, Problem, Refused, invalid, require
from grandunion.work.actions import base, journal, lists
from grandunion.work.actions.base import atomic
from grandunion.work.actions.matches.values import cleaned
from grandunion.work.actions.parties import let_in
from grandunion.work.actions.parties.values import sound
from grandunion.work.permissions import matches as permissions
from grandunion.work.queries import parties
from grandunion.work.queries.journal import submitted

OPEN_TO = (Level.PUBLIC, Level.MEMBERS)
CLOSED = {"level": Level.ORGANISATION.value, "public_asked_at": None}


@atomic
def create_offer(
    values: Mapping[str, object], *, by: Reader, at: datetime, submission: str = "", opened_to: str = ""
) -> Offer:
    """Write an offer down; only its owner and the desk see it until it is published (at once, with `opened_to`).

    Whoever manages one organisation offers for it unless another is named; a second sending answers the first offer.
    """
    require(permissions.may_create_offer(by), Forbidden)
    if (known := submitted(submission, Offer.kind)) is not None:
        return Offer.objects.unscoped("the sender of a form gets back what the form has made").get(pk=known)
    given = cleaned(values, by)
    given.setdefault("owner", None if by.is_officer else _own(by))
    _complete(given)
    require(permissions.may_offer_for(by, _pk(given["owner"]), _pk(given.get("person"))), Forbidden)
    owner = given["owner"]
    given["area"] = given.get("area") or (owner.area if owner else None)
    if given["offer_kind"] == OfferKind.PRODUCT:  # what a fund or a university is says nothing of what it looks for
        given["industry"] = given.get("industry") or (owner.industry if owner else None)
    offer = Offer.objects.create(
        number=lists.next_numbers(OFFER_FLOW.prefix, at.year)[0], level=Level.ORGANISATION,
        state=OFFER_FLOW.initial, state_at=at, created_at=at, updated_at=at,
        in_charge_id=by.user_id if by.is_officer and by.is_signed_in else None, **given,
    )  # fmt: skip
    journal.step(OFFER_FLOW.code, offer, source="", target=OFFER_FLOW.initial, by=by, at=at)
    base.index_words(offer)
    _let_expert_in(offer, by=by, at=at)
    journal.note("offer.created", offer, by=by, at=at)
    journal.keep_submission(submission, offer, at)
    return publish_offer(offer, by=by, at=at, level=opened_to) if opened_to else offer


def _let_expert_in(offer: Offer, *, by: Reader, at: datetime) -> None:
    """The expert whose expertise it is reads and changes the offer, whoever wrote it."""
    if offer.person is None:
        return
    for user in User.objects.filter(person=offer.person):
        let_in(offer, user, Part.OWNER, by=by, at=at, reason="the expert of the offer", secrecy=Secrecy.S3)


def _pk(party: object) -> int | None:
    return None if party is None else party.pk


def _own(by: Reader) -> object:
    """The one organisation whose affairs the person manages, if it is just one."""
    if len(by.organisation_ids) != 1:
        return None
    return parties.organisations(by).filter(pk__in=by.organisation_ids).first()


def _complete(given: Mapping[str, object]) -> None:
    """Refuse at the fields themselves what an offer cannot be without."""
    missing = []
    if not given.get("offer_kind"):
        missing.append(Problem("offer_kind", Text("Choose what kind of offer it is.", "请选择供给类型。")))
    if not given.get("title_zh") and not given.get("title_en"):
        missing.append(Problem("title_zh", Text("Write in one line what is offered.", "请用一句话说明供给内容。")))
    if given.get("offer_kind") == OfferKind.EXPERTISE and given.get("person") is None:
        missing.append(Problem("person", Text("Name the expert.", "请填写专家。")))
    if missing:
        raise Invalid(*missing)


@atomic
def edit_offer(
    offer: Offer, values: Mapping[str, object], *, by: Reader, at: datetime, version: int | None = None
) -> Offer:
    """Change an offer; what was brought together already keeps the reasons of its day."""
    require(permissions.may_edit_offer(by, offer), Forbidden)
    if offer.state == OfferState.WITHDRAWN:
        raise Refused(Text("This offer was withdrawn: write it anew first.", "该供给已撤回，请先重新起草。"))
    given = cleaned(values, by)
    _complete({"offer_kind": offer.offer_kind, "title_zh": offer.title_zh, "title_en": offer.title_en,
               "person": offer.person, **given})  # fmt: skip
    if "owner" in given or "person" in given:
        owner, person = given.get("owner", offer.owner), given.get("person", offer.person)
        require(permissions.may_offer_for(by, _pk(owner), _pk(person)), Forbidden)
    changes = base.change(offer, at=at, version=version, **given)
    if "person" in changes:
        _let_expert_in(offer, by=by, at=at)
    journal.note("offer.edited", offer, by=by, at=at, changes=changes)
    return offer


@atomic
def publish_offer(
    offer: Offer, *, by: Reader, at: datetime, level: str = Level.MEMBERS, version: int | None = None
) -> Offer:
    """Open an offer to members or to everybody; from now on it is brought together with needs.

    To the public it takes a second person: whoever wrote it opens it to members and asks for the rest.
    """
    code = "resume" if offer.state == OfferState.PAUSED else "publish"
    return _move(offer, code, by=by, at=at, version=version, **_opening(offer, level, by, at))


@atomic
def open_offer(offer: Offer, level: str, *, by: Reader, at: datetime, version: int | None = None) -> Offer:
    """Say who reads a published offer; whoever wrote it asks a second person to open it to the public."""
    opening = _opening(offer, level, by, at)
    require(permissions.may_open_offer(by, offer, Level(opening["level"])), Forbidden)
    changes = base.change(offer, at=at, version=version, **opening)
    journal.note("offer.opened_to", offer, by=by, at=at, changes=changes)
    return offer


def _opening(offer: Offer, level: str, by: Reader, at: datetime) -> dict[str, object]:
    """How far an offer is opened by this person, and since when it waits for a second one."""
    if level not in OPEN_TO:
        raise invalid("level", "Open it to members or to the public.", "请选择对会员或公众开放。")
    if level == Level.PUBLIC and not permissions.is_second_person(by, offer):
        return {"level": Level.MEMBERS.value, "public_asked_at": offer.public_asked_at or at}
    return {"level": Level(level).value, "public_asked_at": None}


@atomic
def pause_offer(offer: Offer, *, reason: str, by: Reader, at: datetime, version: int | None = None) -> Offer:
    """Take an offer out of suggestions for a while."""
    return _move(offer, "pause", by=by, at=at, version=version, reason=reason, **CLOSED)


@atomic
def withdraw_offer(offer: Offer, *, reason: str, by: Reader, at: datetime, version: int | None = None) -> Offer:
    """End an offer; what came of it stays."""
    return _move(offer, "withdraw", by=by, at=at, version=version, reason=reason, **CLOSED)


@atomic
def reopen_offer(offer: Offer, *, by: Reader, at: datetime, version: int | None = None) -> Offer:
    """Write a withdrawn offer anew."""
    return _move(offer, "reopen", by=by, at=at, version=version)


DONE = {"publish": "published", "pause": "paused", "resume": "resumed", "withdraw": "withdrawn", "reopen": "reopened"}


def _move(offer: Offer, code: str, *, by: Reader, at: datetime, reason: str = "", **values: object) -> Offer:
    said = sound("reason", reason.strip(), 300)
    stand = permissions.offer_standing(by, offer)
    changes = base.move(offer, OFFER_FLOW, code, stand, by=by, at=at, reason=said, **values)
    journal.note(f"offer.{DONE[code]}", offer, by=by, at=at, changes=changes)
    return offer
