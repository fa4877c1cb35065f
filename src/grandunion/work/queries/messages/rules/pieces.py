"""What a rule of telling is: which deed of the journal, who is told, and the sentence they read."""

from collections.abc import Callable
from dataclasses import dataclass

from grandunion.terms.messages import MessageKind
from grandunion.terms.text import Text
from grandunion.work.queries.messages.audiences import Audience
from grandunion.work.queries.messages.happenings import Happening


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: `verb` as in the journal (`need.*` for every verb of needs that has no row of its own).

    `says` may name {number}, {who} (whoever did it), {state} and {public_state} (what the record has become, as its
    flow calls it) and whatever `given` reads out of the entry. Of a record's own fields nothing stands in a sentence:
    its title is added where it is read, if the reader may still see the record.
    """

    verb: str
    message_kind: MessageKind
    to: tuple[Audience, ...]
    says: Text
    when: Callable[[Happening], bool] = lambda what: True
    given: tuple[str, ...] = ()  # values of the entry, of class S0 or S1, that the sentence names
    is_written: bool = True  # no letter where the deed itself writes one that nobody can do without
    is_inner: bool = False  # a deed among the desk: whoever else watches the record is not told that it happened


def moved(what: Happening) -> bool:
    """Whether the deed has brought the record into another state."""
    return bool(what.new("state"))
