"""Who may write an offer, change it, move it, and look for the needs it may answer."""

from grandunion.engines.flows import OFFER_FLOW, Move
from grandunion.records.achievements import Achievement
from grandunion.records.matches import Offer
from grandunion.records.parties import Person
from grandunion.terms.offers import OfferState
from grandunion.terms.readers import Reader
from grandunion.terms.roles import Part
from grandunion.terms.secrecy import Level
from grandunion.terms.verdicts import YES, Verdict, no
from grandunion.work.permissions.base import Standing, parts
from grandunion.work.queries import journal, matches

RUNS = frozenset({Part.IN_CHARGE, Part.OFFICER, Part.OWNER, Part.INVENTOR})


def _parts_of(reader: Reader, offer: Offer) -> frozenset[Part]:
    """What the reader is to the offer; the expert whose expertise it is owns it too."""
    found = parts(reader, offer)
    is_own = reader.is_signed_in and reader.person_id is not None and offer.person_id == reader.person_id
    return found | {Part.OWNER} if is_own else found


def offer_standing(reader: Reader, offer: Offer, **given: object) -> Standing:
    """The facts of the offer with what a form brought, and what the reader is to it."""
    return Standing({**matches.offer_facts(offer), **given}, _parts_of(reader, offer))


def moves_of_offer(reader: Reader, offer: Offer) -> tuple[tuple[Move, Verdict], ...]:
    """The moves the flow offers the reader on an offer."""
    stand = offer_standing(reader, offer)
    return OFFER_FLOW.offers(offer.state, stand.facts, stand.parts)


def may_create_offer(reader: Reader) -> Verdict:
    """Officers write offers for anybody; members for their own organisation or themselves."""
    if reader.is_officer or reader.organisation_ids or (reader.is_member and reader.person_id is not None):
        return YES
    return no(
        "Offers are written by the hub's officers and by members with an organisation or a record of their own.",
        "供给由服务专员或已关联单位、个人档案的会员填写。",
    )


def may_offer_for(reader: Reader, organisation_id: int | None, person_id: int | None) -> Verdict:
    """An officer writes an offer for anybody; everybody else for their own organisation or for themselves."""
    if reader.is_officer or (organisation_id is not None and organisation_id in reader.organisation_ids):
        return YES
    if organisation_id is None and person_id is not None and person_id == reader.person_id:
        return YES
    return no(
        "Write offers for your own organisation or for yourself; an officer writes them for others.",
        "仅可为本单位或本人填写供给，其他由服务专员填写。",
    )


def may_edit_offer(reader: Reader, offer: Offer) -> Verdict:
    """The owner, the expert and the desk change an offer."""
    if _parts_of(reader, offer) & RUNS:
        return YES
    return no("Only its owner and the desk change an offer.", "仅供给方和服务台可以修改供给。")


def may_open_offer(reader: Reader, offer: Offer, level: Level) -> Verdict:
    """Its owner and the desk say who reads a published offer; to the public it takes whoever did not write it."""
    if not _parts_of(reader, offer) & RUNS:
        return no("Only its owner and the desk say who reads an offer.", "仅供给方和服务台可以设定供给的公开范围。")
    if offer.state != OfferState.PUBLISHED:
        return no("Publish the offer first.", "请先发布该供给。")
    if level == Level.PUBLIC and not is_second_person(reader, offer):
        return no(
            "A second person opens an offer to the public: ask a colleague or the desk, for you wrote this one.",
            "公开发布须由第二人办理：该供给由您填写，请由同事或服务台公开。",
        )
    return YES


def is_second_person(reader: Reader, offer: Offer) -> bool:
    """Whether the reader is somebody other than whoever wrote the offer down; the house is."""
    if reader.is_house:
        return True
    written = next(iter(journal.steps(OFFER_FLOW.code, offer.pk)), None)
    return written is None or written.actor_id != reader.user_id


def may_find_needs(reader: Reader, subject: Achievement | Offer | Person) -> Verdict:
    """Whoever offers something, and the desk, look for the needs it may answer."""
    if isinstance(subject, Person):
        mine = reader.person_id == subject.pk or reader.is_officer
    elif isinstance(subject, Offer):
        mine = bool(_parts_of(reader, subject) & RUNS)
    else:
        mine = bool(parts(reader, subject) & RUNS)
    if mine:
        return YES
    return no(
        "Only whoever offers it and the desk look for needs it may answer.", "仅供给方和服务台可以查找可对接的需求。"
    )
