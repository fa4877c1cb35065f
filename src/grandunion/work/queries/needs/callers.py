"""Who is on the telephone: those who asked before, found by number, address or name as it is typed."""

import re
from collections.abc import Iterable

from django.db.models import Q

from grandunion.records.needs import Need
from grandunion.terms.readers import Reader
from grandunion.work.queries.needs.rows import visible_to

LOOKED, SHORTEST, LONGEST = 40, 3, 100
DIGITS = re.compile(r"[\d\s()+-]{4,}")


def callers(typed: str, reader: Reader) -> list[Need]:
    """The needs, newest first, whose contact has this telephone number, address or name; one for each contact.

    Who may read a contact is for the caller of this to judge (`permissions.base.clearance`).
    """
    words = " ".join(typed.replace("\x00", " ").split())[:LONGEST]
    if len(words) < (2 if any("一" <= sign <= "鿿" for sign in words) else SHORTEST):
        return []
    rows = visible_to(reader).filter(_matches(words)).select_related("owner").order_by("-received_at", "-pk")
    return list(_each_once(rows[:LOOKED]))


def _matches(words: str) -> Q:
    if DIGITS.fullmatch(words):
        return Q(contact_phone__contains=words.strip())
    if "@" in words:
        return Q(contact_email__istartswith=words)
    return Q(contact_name__icontains=words)


def _each_once(rows: Iterable[Need]) -> Iterable[Need]:
    seen = set()
    for row in rows:
        who = (row.contact_name, row.contact_phone, row.contact_email)
        if who not in seen:
            seen.add(who)
            yield row
