"""What becomes of a letter that comes in: filed on the need its address was given out for, or refused at the door."""

from dataclasses import dataclass
from datetime import datetime

from grandunion.adapters import post
from grandunion.records.needs import Need
from grandunion.records.parties import User
from grandunion.terms.readers import Reader, visitor
from grandunion.terms.verdicts import Absent, Refused
from grandunion.work.actions import needs
from grandunion.work.queries.base import one, visible
from grandunion.work.queries.messages import replies
from grandunion.work.queries.messages.telling import fingerprint
from grandunion.work.queries.parties import reader_of


@dataclass(frozen=True, slots=True)
class Arrived:
    """What became of a letter: filed on the needs with these numbers; held there apart if it is not sure who wrote."""

    numbers: tuple[str, ...] = ()
    is_held: bool = False


def whose(address: str, at: datetime) -> tuple[Need, Reader]:
    """The need an address was given out for, and who writes there; Absent for every other address.

    Asked when the sender's server names the address: what belongs nowhere is never taken. An account must still see
    the need; somebody without one must still be its contact.
    """
    reply = replies.read(address)
    if reply is None:
        raise Absent
    if reply.user_id is not None:
        user = User.objects.filter(pk=reply.user_id, is_active=True).first()
        if user is None:
            raise Absent
        reader = reader_of(user, at)
        return one(visible(Need, reader), pk=reply.need_id), reader
    need = one(Need.objects.unscoped("whoever got the need's address by letter answers by it"), pk=reply.need_id)
    if not need.contact_email or not fingerprint(need.contact_email).startswith(reply.mark):
        raise Absent
    return need, visitor(at)


def arrive(raw: bytes, to: list[str], *, at: datetime) -> Arrived:
    """File a letter on the need of each address it was sent to; the same letter is filed once.

    A letter that a machine wrote (out of office, a bounce, a list) is held there apart, for the desk to look at: told
    to those at work on the need, it would be answered by their machines, and so on. So is one that comes from another
    address than its reader's own: who has got hold of the address does not write in that name. Raises Absent if no
    address is one of ours, Refused if the need takes none.
    """
    letter = post.read(raw)
    found = [whose(address, at) for address in dict.fromkeys(one.lower() for one in to)]
    held = [letter.is_automatic or not _is_own(letter.sender, need, reader) for need, reader in found]
    for (need, reader), is_held in zip(found, held, strict=True):
        needs.file_mail(
            need, needs.Incoming(letter.sender, _words(letter), letter.files, letter.message_id, is_held,
                                 is_automatic=letter.is_automatic), by=reader, at=at,
        )  # fmt: skip
    return Arrived(tuple(need.number for need, _ in found), any(held))


def _is_own(sender: str, need: Need, reader: Reader) -> bool:
    """Whether a letter says that it comes from the address to which its reply address was given."""
    return sender.lower() == (reader.email if reader.is_signed_in else need.contact_email).strip().lower()


def _words(letter: post.Letter) -> str:
    """What is kept of a letter's words; a machine often says all it has to say in the subject."""
    return f"{letter.subject}\n\n{letter.text}".strip() if letter.is_automatic else letter.text


__all__ = ["Absent", "Arrived", "Refused", "arrive", "whose"]
