"""Inventors and their shares: named, and confirmed by each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from grandunion.records.achievements import Achievement, Inventor
from grandunion.records.parties import Organisation, Person
from grandunion.terms.readers import Reader
from grandunion.terms.roles import Part
from grandunion.terms.secrecy import Secrecy
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Forbidden, Invalid, Problem, invalid, require
from grandunion.work.actions import base, journal
from grandunion.work.actions.base import atomic
from grandunion.work.actions.parties import let_in, persons, shut_out
from grandunion.work.permissions import achievements as permissions
from grandunion.work.queries import achievements as queries

WHOLE = Decimal(100)


@dataclass(frozen=True, slots=True)
class Share:
    """What one inventor is to have: per cent with at most two places, of a whole of 100.

    `person` is a name where somebody is not recorded yet: naming an inventor records the person.
    """

    person: Person | str
    percent: Decimal
    organisation: Organisation | None = None
    role: str = ""
    is_representative: bool = False


@atomic
def set_inventors(
    record: Achievement,
    shares: Sequence[Share],
    *,
    by: Reader,
    at: datetime,
    version: int | None = None,
    is_own_confirmed: bool = False,
) -> Achievement:
    """Name all inventors with their shares; a share that changes has to be confirmed again.

    Inventors with an account may open the achievement from now on; those who are no longer named may not.
    """
    require(permissions.may_name_inventors(by, record), Forbidden)
    shares = [_recorded(record, share, by, at) for share in shares]
    _check(shares)
    before = {row.person_id: row for row in queries.children(record).inventors}
    gone = [row for key, row in before.items() if key not in {share.person.pk for share in shares}]
    base.change(record, at=at, version=version)
    for row in gone:
        row.delete()
    for share in shares:
        _put(record, share, before.get(share.person.pk), at if is_own_confirmed and by.person_id else None, by)
    _open_to(record, shares, gone, by, at)
    journal.note("achievement.inventors_named", record, by=by, at=at, changes={
        "inventors": (_said(before.values()), _said(queries.children(record).inventors))})  # fmt: skip
    return record


def _recorded(record: Achievement, share: Share, by: Reader, at: datetime) -> Share:
    """The share with its person; somebody named for the first time is recorded, whoever names them."""
    if isinstance(share.person, Person):
        return share
    name = share.person.strip()
    is_chinese = any("一" <= sign <= "鿿" for sign in name)
    values = {"name_zh" if is_chinese else "name_en": name}
    if record.owner is not None:
        values["affiliation"] = record.owner.name.zh
    # The disclosure is the reason; the journal still names who wrote it.
    writer = Reader(at=by.at, user_id=by.user_id, name=by.name, areas=None, is_house=True)
    return replace(share, person=persons.create(values, by=writer, at=at))


def _check(shares: Sequence[Share]) -> None:
    problems = [
        Problem("shares", Text(f"{share.percent} is not a share: write 0.01 to 100, with two places at most.",
                               f"“{share.percent}”不是有效份额：请填写 0.01 至 100，最多两位小数。"))
        for share in shares if not 0 < share.percent <= WHOLE or share.percent != round(share.percent, 2)
    ]  # fmt: skip
    if len({share.person.pk for share in shares}) < len(shares):
        problems.append(Problem("shares", Text("Somebody is named twice.", "有发明人重复填写。")))
    if sum(share.is_representative for share in shares) > 1:
        problems.append(Problem("shares", Text("One inventor represents all.", "赋权代表只能有一位。")))
    total = sum((share.percent for share in shares), Decimal(0))
    if total > WHOLE:
        problems.append(Problem("shares", Text(f"The shares add up to {total} per cent: take {total - WHOLE} away.",
                                               f"份额合计为 {total}%，请减少 {total - WHOLE}%。")))  # fmt: skip
    if problems:
        raise Invalid(*problems)


def _put(record: Achievement, share: Share, before: Inventor | None, own_at: datetime | None, by: Reader) -> None:
    row = before or Inventor(achievement=record, person=share.person)
    is_same = before is not None and before.share_percent == share.percent
    row.share_percent, row.organisation, row.role = share.percent, share.organisation, share.role
    row.is_representative = share.is_representative
    if not is_same:
        row.confirmed_at, row.confirmation_note = None, ""
    if own_at and row.confirmed_at is None and share.person.pk == by.person_id:
        row.confirmed_at = own_at
    row.save()


def _open_to(record: Achievement, shares: Sequence[Share], gone: list[Inventor], by: Reader, at: datetime) -> None:
    for share in shares:
        if user := queries.own_user(share.person):
            let_in(record, user, Part.INVENTOR, by=by, at=at, reason="named as inventor", secrecy=Secrecy.S3)
    for row in gone:
        user = queries.own_user(row.person)
        if user and user.pk != by.user_id:
            shut_out(record, Part.INVENTOR, user=user, by=by, at=at)


def _said(rows: object) -> str:
    return "; ".join(f"{row.person.name.zh} {row.share_percent}%" for row in rows)


@atomic
def confirm_share(record: Achievement, *, by: Reader, at: datetime) -> Inventor:
    """The inventor confirms the own share."""
    share = queries.inventor(record, by.person_id or 0)
    require(permissions.may_confirm(by, record, share), Forbidden)
    return _confirmed(record, share, "", by, at)


@atomic
def confirm_on_paper(record: Achievement, person: Person, *, reason: str, by: Reader, at: datetime) -> Inventor:
    """The transfer office records that an inventor has signed on paper; `reason` says which paper and why."""
    share = queries.inventor(record, person.pk)
    require(permissions.may_confirm_on_paper(by, record, share), Forbidden)
    if not reason.strip():
        raise invalid("reason", "Write which paper was signed, and when.", "请说明签字文件名称和签署日期。")
    return _confirmed(record, share, reason.strip(), by, at)


def _confirmed(record: Achievement, share: Inventor, note: str, by: Reader, at: datetime) -> Inventor:
    share.confirmed_at, share.confirmation_note = at, note[:300]
    share.save(update_fields=["confirmed_at", "confirmation_note"])
    verb = "achievement.share_confirmed_on_paper" if note else "achievement.share_confirmed"
    said = f"{share.person.name.zh} {share.share_percent}%"
    journal.note(verb, record, by=by, at=at, changes={"inventors": (None, f"{said} {note}".strip())})
    return share
