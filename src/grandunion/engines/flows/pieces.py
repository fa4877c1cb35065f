"""What a flow is made of: facts, guards, states and moves."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from grandunion.terms.clocks import Clock
from grandunion.terms.roles import Part
from grandunion.terms.text import Text, Word

Facts = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Fact:
    """Something a flow wants to know about a record: its name in the mapping, its label, its shape."""

    name: str
    label: Text
    shape: str = "text"


@dataclass(frozen=True, slots=True)
class Guard:
    """A condition of a move; `says` is what is missing and what to do next, `reads` the facts it looks at.

    A fact that is absent from the mapping never lets a guard hold: what is unknown is refused.
    """

    code: str
    says: Text
    holds: Callable[[Facts], bool]
    reads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class State:
    """A place where a record can stand.

    `requires` names the facts that are filled before it is entered. A retired or switched-off state is not
    entered any more, but its moves out remain. An optional state may be switched off by a pack. Of a private
    state the public learns nothing.
    """

    code: str
    name: Text
    public_name: Text
    clock: Clock | None = None
    requires: tuple[str, ...] = ()
    group: Text | None = None
    is_final: bool = False
    is_retired: bool = False
    is_optional: bool = False
    is_private: bool = False
    is_off: bool = False

    @property
    def is_closed(self) -> bool:
        """Whether nothing may enter any more."""
        return self.is_retired or self.is_off


@dataclass(frozen=True, slots=True)
class Move:
    """A way from some states to another, named by a verb.

    `parts` are those who may make it, `asks` the facts its form asks. Where `returns_to` names a fact, the
    move leads back to the state held in that fact instead of to `target`.
    """

    code: str
    label: Text
    sources: tuple[str, ...]
    target: str
    parts: frozenset[Part]
    guards: tuple[Guard, ...] = ()
    asks: tuple[str, ...] = ()
    needs_reason: bool = False
    returns_to: str = ""

    @property
    def asked(self) -> frozenset[str]:
        """Every fact that is only known once the move's form is filled."""
        return frozenset(self.asks) | ({"reason"} if self.needs_reason else frozenset())

    def target_of(self, facts: Facts) -> str:
        """The code of the state it leads to, for a record with these facts; empty if that is unknown."""
        return str(facts.get(self.returns_to) or "") if self.returns_to else self.target


REASON = Fact("reason", Text("the reason", "原因"))


def state(
    word: Word,
    public: Text | None = None,
    clock: Clock | None = None,
    requires: tuple[str, ...] = (),
    group: Text | None = None,
    **marks: bool,
) -> State:
    """The state of a word; the public sees the word's own name unless another is given."""
    return State(word.value, word.text, public or word.text, clock, requires, group, **marks)


def is_filled(value: object) -> bool:
    """Whether a required fact is given: no and zero are answers, nothing and emptiness are not."""
    if isinstance(value, str):
        return bool(value.strip())
    return value is not None and not (hasattr(value, "__len__") and len(value) == 0)
