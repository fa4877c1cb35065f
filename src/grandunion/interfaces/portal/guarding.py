"""Keeps machines that fill in forms out, without a puzzle: a trap, a moment's patience, and a limit by address."""

import ipaddress
from datetime import datetime

from django.core import signing
from django.core.cache import BaseCache, cache, caches
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from grandunion.terms.text import Text
from grandunion.terms.verdicts import Refused

SALT = "grandunion.portal.opened"
LEAST_SECONDS = 2
HOUR = 3600
LIMITS = {
    "begin": 20,
    "keep": 900,
    "save": 120,
    "file": 20,  # of up to the upload limit each: nobody without an account fills the disk
    "hand_in": 10,
    "object": 10,
    "register": 20,
    "calendar": 300,
    "search": 300,
    "alert": 10,
    "open_data": 30,  # every figure of five years is counted for one file
}  # in one hour from one address


VERY_MUCH = Text("Very much has come from your network within the hour. Try again later, or call us.",
                 "您所在网络一小时内提交过多，请稍后再试，或致电我们。")  # fmt: skip


class TooMany(Refused):
    """Too much came from one address within the hour."""

    status = 429


def stamp(at: datetime) -> str:
    """When a form was opened, signed; goes with the form in a hidden field."""
    return signing.dumps(at.timestamp(), salt=SALT)


def check_trap(request: HttpRequest) -> None:
    """Refuse what fills in the field that nobody sees."""
    if request.POST.get("website"):
        raise Refused(
            Text(
                "The field that must stay empty was filled in. Empty it and send again.",
                "应留空的字段被填写，请清空后重新提交。",
            )
        )


def check_person(request: HttpRequest) -> None:
    """Refuse what no person sends: the trap filled in, or a form sent sooner than it can be read."""
    check_trap(request)
    if request.at.timestamp() - _opened(request.POST.get("opened", "")) < LEAST_SECONDS:
        raise Refused(
            Text(
                "That was faster than a person types. Nothing is lost: wait a moment and send again.",
                "提交过快。内容已保留，请稍候再次提交。",
            )
        )


def _opened(stamped: str) -> float:
    """The moment in a stamp; a stamp we did not make counts as made just now."""
    try:
        return float(signing.loads(stamped, salt=SALT))
    except signing.BadSignature:
        return float("inf")


def count(request: HttpRequest, deed: str) -> None:
    """Count a deed of this address in this hour; refuse it above the limit. Only a keyed hash of it is kept."""
    if _times(request, deed, cache) > LIMITS[deed]:
        raise TooMany(VERY_MUCH)


def count_reading(request: HttpRequest, deed: str) -> None:
    """The same for what only reads, where each reading costs much."""
    if not is_within(request, deed):
        raise TooMany(VERY_MUCH)


def is_within(request: HttpRequest, deed: str) -> bool:
    """Count a deed and say whether it stays within the limit, where more costs only its comfort.

    Each process counts for itself: a read must not write to the database.
    """
    return _times(request, deed, caches["here"]) <= LIMITS[deed]


def _times(request: HttpRequest, deed: str, counts: BaseCache) -> int:
    hour = int(request.at.timestamp() // HOUR)
    place = salted_hmac(f"grandunion.portal.{deed}.{hour}", _network(request)).hexdigest()[:32]
    seen = counts.get(place, 0) + 1
    counts.set(place, seen, HOUR)
    return seen


def _network(request: HttpRequest) -> str:
    """The sender's address; of IPv6 the half that stands for one connection."""
    try:
        address = ipaddress.ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return ""
    return str(address) if address.version == 4 else str(ipaddress.ip_network((address, 64), strict=False))
