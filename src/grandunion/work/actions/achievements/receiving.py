"""A disclosure that somebody without an account makes through the public form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from grandunion.records.achievements import Achievement
from grandunion.records.documents import Draft
from grandunion.terms.achievements import Channel
from grandunion.terms.readers import Reader, house
from grandunion.terms.secrecy import Level
from grandunion.work.actions import base, documents, journal
from grandunion.work.actions.achievements.disclosing import disclose, tell_funding
from grandunion.work.actions.achievements.inventors import Share, set_inventors
from grandunion.work.actions.base import atomic
from grandunion.work.actions.parties import persons


@dataclass(frozen=True, slots=True)
class Named:
    """An inventor as the public form names one: with a share in per cent, and the first with a way to call back."""

    name: str
    percent: Decimal
    affiliation: str = ""
    email: str = ""
    phone: str = ""


@atomic
def receive(
    draft: Draft, values: Mapping[str, object], inventors: Sequence[Named], *, funding: str, at: datetime
) -> Achievement:
    """Take the form in as a draft that the officers see: they call the first inventor back and hand it in together.

    Nobody has proved yet who they are. So the inventors are recorded for the officers alone, no account is let in,
    and the owner stays a name until an officer has asked there.
    """
    held = documents.held(draft)
    by = replace(house(at), name=inventors[0].name)
    record = disclose(by=by, at=at, channel=Channel.DISCLOSURE.value, **values)
    changes = base.change(record, at=at, level=Level.ORGANISATION.value)
    shares = [_share(one, is_first=one is inventors[0], by=by, at=at) for one in inventors]
    set_inventors(record, shares, by=by, at=at)
    if funding.strip():
        tell_funding(record, [{"programme": funding.strip()}], by=by, at=at)
    journal.note("achievement.received", record, by=by, at=at, changes=changes)
    documents.end_draft(held, record.number, at=at)
    return record


def _share(named: Named, *, is_first: bool, by: Reader, at: datetime) -> Share:
    is_chinese = any("一" <= sign <= "鿿" for sign in named.name)
    values = {
        "name_zh" if is_chinese else "name_en": named.name, "affiliation": named.affiliation, "email": named.email,
        "phone": named.phone, "level": Level.ORGANISATION.value,
    }  # fmt: skip
    return Share(persons.create(values, by=by, at=at), named.percent, is_representative=is_first)
