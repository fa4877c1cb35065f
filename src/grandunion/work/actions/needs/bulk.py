"""One deed on many needs: each in its own transaction, tried out before it is done; what was refused is said."""

from collections.abc import Callable, Sequence
from datetime import datetime

from grandunion.records.needs import Need
from grandunion.records.parties import User
from grandunion.terms.needs import Category, NeedState
from grandunion.terms.readers import Reader
from grandunion.terms.verdicts import invalid
from grandunion.work.actions.base import Outcome, to_each
from grandunion.work.actions.needs.answering import answerers, ask_also, dispatch
from grandunion.work.actions.needs.desk import hand_over, merge, move
from grandunion.work.actions.needs.macros import use_macro
from grandunion.work.queries import needs
from grandunion.work.queries.needs import macros

Do = Callable[[Need], object]


def do_to_many(numbers: Sequence[str], do: Do, *, by: Reader, is_trial: bool = False) -> list[Outcome]:
    """Do one thing to each of the needs, or try it out; what is refused for one hinders no other."""
    return to_each(numbers, needs.get, do, by=by, is_trial=is_trial)


def to_use(code: str, *, by: Reader, at: datetime) -> Do:
    """A prepared reply."""
    found = macros.macro(code)
    return lambda need: use_macro(need, found, by=by, at=at)


def to_ask(written: str, *, by: Reader, at: datetime) -> Do:
    """Ask these answerers: dispatch what is on the desk, and of what is dispatched ask them too."""
    to = answerers(written, by)
    if not to:
        raise invalid("to", "Say who is to answer.", "请填写承办方。")

    def do(need: Need) -> object:
        if need.state == NeedState.DISPATCHED:
            return ask_also(need, to=to, by=by, at=at)
        return dispatch(need, to=to, category=Category(need.category), by=by, at=at)

    return do


def to_hand_over(user: int, *, by: Reader, at: datetime) -> Do:
    """Put an officer in charge."""
    found = User.objects.filter(pk=user, is_active=True).first()
    if found is None:
        raise invalid("to", "Choose one of the hub's officers.", "请选择一位服务专员。")
    return lambda need: hand_over(need, to=found, by=by, at=at)


def to_merge(into: str, *, by: Reader, at: datetime) -> Do:
    """Handle them together with one need."""
    return lambda need: merge(need, into=into, by=by, at=at)


def to_set_aside(*, by: Reader, at: datetime) -> Do:
    """Set them aside as spam."""
    return lambda need: move(need, "mark_as_spam", by=by, at=at)
