"""The moves of open challenges: screened, listed, opened and closed for bids, noticed, signed, settled."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from grandunion.engines.flows import BID_FLOW, CHALLENGE_FLOW
from grandunion.records.scenarios import Bid, Challenge, ChallengeNotice, ChallengeObjection
from grandunion.terms.readers import Reader
from grandunion.terms.roles import Part
from grandunion.terms.scenarios import BidState, ChallengeState
from grandunion.terms.secrecy import Level, Secrecy
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Forbidden, Refused, invalid, no, require
from grandunion.work.actions import base, journal
from grandunion.work.actions.base import atomic
from grandunion.work.actions.parties import let_in
from grandunion.work.actions.parties.values import sound
from grandunion.work.actions.scenarios.values import missing
from grandunion.work.permissions import scenarios as permissions
from grandunion.work.permissions.base import Standing
from grandunion.work.queries import scenarios
from grandunion.work.queries.lists import working_calendar

DONE = {
    "screen": "screened", "send_back": "sent_back", "publish_list": "list_published", "open_bids": "bids_opened",
    "close_bids": "bids_closed", "announce_again": "announced_again", "begin_review": "review_begun",
    "give_notice": "notice_given", "return_to_review": "returned_to_review", "sign": "signed",
    "begin_work": "work_begun", "begin_acceptance": "acceptance_begun", "rework": "sent_to_rework",
    "settle": "settled", "fail": "failed", "terminate": "terminated",
}  # fmt: skip
ASKING = frozenset({"publish_list", "give_notice", "sign", "close_bids", "begin_review", "return_to_review"})
PLAIN = frozenset(DONE) - ASKING
SHUT = frozenset({"fail", "terminate"})
OPEN_TO = (Level.PUBLIC, Level.MEMBERS)
SYSTEM = frozenset({Part.SYSTEM})


def moved(
    record: Challenge, code: str, *, by: Reader, at: datetime, reason: str = "", version: int | None = None,
    given: Mapping[str, object] | None = None, **values: object,
) -> Challenge:  # fmt: skip
    """Make a move: `given` is what its form brought for the flow, `values` the columns it fills."""
    stand = permissions.challenge_standing(by, record, **(given or {}))
    if code in SHUT or code == "announce_again":
        values["level"] = Level.ORGANISATION.value
    said = sound("reason", reason.strip(), 300)
    changes = base.move(record, CHALLENGE_FLOW, code, stand, by=by, at=at, reason=said, version=version, **values)
    journal.note(f"challenge.{DONE[code]}", record, by=by, at=at, changes=changes)
    return record


@atomic
def move_challenge(
    record: Challenge, code: str, *, by: Reader, at: datetime, reason: str = "", version: int | None = None
) -> Challenge:
    """A move that asks nothing but a reason."""
    if code not in PLAIN:
        raise Refused(Text("This move asks for more: use its own form.", "该操作需填写更多信息，请使用对应表单。"))
    return moved(record, code, by=by, at=at, reason=reason, version=version)


@atomic
def publish_list(
    record: Challenge, *, bids_until: datetime | None, by: Reader, at: datetime, bids_from: datetime | None = None,
    level: str = Level.PUBLIC, version: int | None = None,
) -> Challenge:  # fmt: skip
    """Publish the challenge; bids are taken from `bids_from` (at once without it) until `bids_until`."""
    if level not in OPEN_TO:
        raise invalid("level", "Open it to members or to the public.", "请选择对会员或公众开放。")
    begins = bids_from or at
    if bids_until is not None and bids_until <= max(begins, at):
        raise invalid(
            "bids_until",
            "The last moment lies after the first, and ahead.",
            "揭榜截止时间须晚于开始时间和当前时间。",
        )
    moved(
        record, "publish_list", by=by, at=at, version=version, given={"bids_until": bids_until},
        bids_from=begins, bids_until=bids_until, level=Level(level).value,
    )  # fmt: skip
    return moved(record, "open_bids", by=by, at=at) if begins <= at else record


@atomic
def extend_bidding(
    record: Challenge, *, bids_until: datetime, reason: str, by: Reader, at: datetime, version: int | None = None
) -> Challenge:
    """Give bidders more time while bidding is open; never less."""
    require(permissions.may_extend(by, record), Forbidden)
    said = sound("reason", reason.strip(), 300)
    missing([("reason", said, Text("Write why.", "请填写延期原因。"))])
    if bids_until <= max(record.bids_until, at):
        raise invalid("bids_until", "Bidding is only made longer.", "揭榜期只能延长，不能缩短。")
    changes = base.change(record, at=at, version=version, bids_until=bids_until)
    journal.note("challenge.bidding_extended", record, by=by, at=at, changes={**changes, "reason": (None, said)})
    return record


def _bids(record: Challenge, *states: BidState) -> list[Bid]:
    rows = Bid.objects.unscoped("the bids of a challenge whose rules the action has asked")
    return list(rows.filter(challenge=record.pk, state__in=states).select_related("owner", "challenge").order_by("pk"))


@atomic
def close_bids(record: Challenge, *, by: Reader, at: datetime, version: int | None = None) -> Challenge:
    """Close bidding once its last moment has come, and unseal the bids handed in."""
    moved(record, "close_bids", by=by, at=at, version=version)
    for bid in _bids(record, BidState.SUBMITTED):
        changes = base.change(bid, at=at, level=Level.ORGANISATION.value, in_charge_id=record.in_charge_id)
        journal.note("bid.unsealed", bid, by=by, at=at, changes=changes)
        if record.owner is not None:
            let_in(bid, record.owner, Part.NEEDING, by=by, at=at, reason="bid for its need", secrecy=Secrecy.S2)
    return record


@atomic
def begin_review(record: Challenge, *, by: Reader, at: datetime, version: int | None = None) -> Challenge:
    """Begin the review: reviewers who declared to have no conflict read the bids admitted."""
    moved(record, "begin_review", by=by, at=at, version=version)
    for row in scenarios.challenge_rows(record).reviewers:
        if row.has_conflict is False:
            open_bids_to(record, row.reviewer, by=by, at=at)
    return record


def open_bids_to(record: Challenge, user: object, *, by: Reader, at: datetime) -> None:
    """Let a reviewer without a conflict read the bids admitted."""
    for bid in _bids(record, BidState.QUALIFIED):
        let_in(bid, user, Part.REVIEWER, by=by, at=at, reason="asked to review it", secrecy=Secrecy.S2)


@atomic
def give_notice(
    record: Challenge, *, objections_to: str, by: Reader, at: datetime, text: Text | None = None,
    version: int | None = None,
) -> ChallengeNotice:  # fmt: skip
    """Announce the winner of the ranking for the hub's number of working days; the bid is awarded."""
    where = sound("objections_to", objections_to.strip(), 200)
    missing([("objections_to", where, Text("Say where objections go.", "请填写异议受理方式。"))])
    winner = scenarios.challenge_facts(record, at)["winner"]
    moved(record, "give_notice", by=by, at=at, version=version, given={"notice": where})
    bid = next(one for one in _bids(record, BidState.QUALIFIED) if one.pk == winner)
    stand = Standing(scenarios.bid_facts(bid, at), SYSTEM)
    changes = base.move(bid, BID_FLOW, "award", stand, by=by, at=at)
    journal.note("bid.awarded", bid, by=by, at=at, changes=changes)
    rule, today = scenarios.challenge_rule(), timezone.localtime(at).date()
    last = working_calendar().add(at, working_days=rule.notice_days).date()
    said = text if text and (text.zh.strip() or text.en.strip()) else usual_notice(record, bid.owner.name)
    notice = ChallengeNotice.objects.create(
        challenge=record, winner_zh=bid.owner.name.zh, winner_en=bid.owner.name.en,
        text_zh=sound("text_zh", said.zh.strip()), text_en=sound("text_en", said.en.strip()),
        starts_on=today, ends_on=last + timedelta(days=1), objections_to=where,
    )  # fmt: skip
    period = f"{notice.starts_on} – {notice.last_day}"
    journal.note("challenge.notice_dated", record, by=by, at=at, changes={"notice": (None, period)})
    return notice


def usual_notice(record: Challenge, winner: Text) -> Text:
    """What a notice says where nobody writes it otherwise."""
    return Text(
        "The open challenge “{title}” is to be awarded to {winner}. Whoever objects says so with reasons before the "
        "notice ends.",
        "揭榜挂帅榜单“{title}”拟由{winner}中榜，现予公示。如有异议，请在公示期内实名提出并说明理由。",
    ).fill(title=record.title, winner=winner)


@atomic
def return_to_review(
    record: Challenge, *, reason: str, by: Reader, at: datetime, version: int | None = None
) -> Challenge:
    """Take the notice back: the bid awarded goes back into the ranking."""
    moved(record, "return_to_review", by=by, at=at, reason=reason, version=version)
    for bid in _bids(record, BidState.AWARDED):
        stand = Standing(scenarios.bid_facts(bid, at), SYSTEM)
        said = sound("reason", reason.strip(), 300)
        changes = base.move(bid, BID_FLOW, "lose_award", stand, by=by, at=at, reason=said)
        journal.note("bid.award_lost", bid, by=by, at=at, changes=changes)
    return record


@atomic
def object_to(
    notice: ChallengeNotice, *, raised_by: str, text: str, by: Reader, at: datetime, contact: str = ""
) -> ChallengeObjection:
    """Object to a standing notice: anybody may, signed in or not; it blocks until it is settled."""
    standing = scenarios.challenge_notice(notice.pk, at)
    who, said = sound("raised_by", raised_by.strip(), 200), sound("text", text.strip(), 5000)
    missing([
        ("raised_by", who, Text("Write your name.", "请填写异议人姓名或单位。")),
        ("text", said, Text("Write what you object to and why.", "请填写异议内容和理由。")),
    ])  # fmt: skip
    objection = ChallengeObjection.objects.create(
        notice=standing, raised_by=who, contact=sound("contact", contact.strip(), 200), text=said, received_at=at
    )
    told = {"objection": (None, objection.pk)}
    journal.note("challenge.objected", standing.challenge, by=by, at=at, changes=told)
    return objection


@atomic
def settle_objection(
    record: Challenge, objection: ChallengeObjection, *, is_upheld: bool, settlement: str, by: Reader, at: datetime
) -> ChallengeObjection:
    """Settle an objection; if it is upheld, the challenge goes back to review."""
    require(permissions.may_run(by, record), Forbidden)
    if objection.settled_at is not None:
        require(no("This objection is settled already.", "该异议已处理。"))
    said = sound("settlement", settlement.strip(), 5000)
    missing([("settlement", said, Text("Write how it was settled and why.", "请填写处理结果及理由。"))])
    objection.settled_at, objection.is_upheld, objection.settlement = at, is_upheld, said
    objection.save(update_fields=["settled_at", "is_upheld", "settlement"])
    told = {"objection": (objection.pk, "upheld" if is_upheld else "not upheld")}
    journal.note("challenge.objection_settled", record, by=by, at=at, changes=told)
    if is_upheld and record.state == ChallengeState.NOTICE:
        return_to_review(record, reason=said[:300], by=by, at=at)
    return objection


@atomic
def sign(
    record: Challenge, *, contract_number: str, contract_value: Decimal | None, signed_on: date | None, by: Reader,
    at: datetime, version: int | None = None,
) -> Challenge:  # fmt: skip
    """Record the contract with the winner, once the notice is over and every objection settled."""
    if signed_on is not None and signed_on > timezone.localtime(at).date():
        raise invalid("signed_on", "A signing does not lie in the future.", "签约日期不能晚于今天。")
    if contract_value is not None and contract_value <= 0:
        raise invalid("contract_value", "A contract is worth more than nothing.", "合同金额应大于零。")
    values = {
        "contract_number": sound("contract_number", contract_number.strip(), 100), "contract_value": contract_value,
        "signed_on": signed_on,
    }  # fmt: skip
    moved(record, "sign", by=by, at=at, version=version, given=values, **values)
    for bid in _bids(record, BidState.AWARDED):
        let_in(record, bid.owner, Part.OFFERING, by=by, at=at, reason="won the challenge", secrecy=Secrecy.S2)
    return record
