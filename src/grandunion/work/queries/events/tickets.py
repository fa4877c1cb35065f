"""What somebody shows at the door: a signed code that stands for one registration, and how it is drawn."""

from django.core import signing

from grandunion.adapters.tickets import as_qr
from grandunion.records.events import Event, Registration
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent, Refused
from grandunion.work.queries.events.rows import registration

SALT = "grandunion.events.ticket"
LONGEST = 200
NOT_OURS = Text(
    "This is not a ticket of this event. Look the person up in the list.", "这不是本次活动的签到码，请在名单中查找。"
)


def code_of(row: Registration) -> str:
    """The code of a registration; whoever cannot sign cannot make one."""
    return signing.Signer(salt=SALT).sign(f"{row.event_id}.{row.pk}")


def drawn(row: Registration, door_address: str) -> str:
    """The registration's QR code as SVG: it opens the door's page of the event with its code."""
    return as_qr(f"{door_address}?code={code_of(row)}")


def read(event: Event, code: str) -> Registration:
    """The registration of this event that a code stands for; refuses one of another event or a forged one.

    Takes the bare code, or the whole address that a scanner reads out of the picture.
    """
    written = code.strip().rpartition("code=")[2][:LONGEST]
    try:
        event_id, _, pk = signing.Signer(salt=SALT).unsign(written).partition(".")
    except signing.BadSignature as error:
        raise Refused(NOT_OURS) from error
    if int(event_id) != event.pk:
        raise Refused(NOT_OURS)
    try:
        return registration(event, int(pk))
    except Absent as gone:
        raise Refused(NOT_OURS) from gone
