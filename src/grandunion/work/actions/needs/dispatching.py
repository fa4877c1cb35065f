"""The house passes a need on by itself, where the pack allows it and the data suffice."""

from datetime import datetime

from grandunion.records.needs import Need
from grandunion.terms.needs import NeedState, Urgency
from grandunion.terms.readers import Reader
from grandunion.work.actions import base, journal
from grandunion.work.actions.base import atomic
from grandunion.work.actions.needs.answering import dispatch
from grandunion.work.actions.needs.desk import move
from grandunion.work.queries import needs

BY_ITSELF = (NeedState.RECEIVED, NeedState.TRIAGE)


@atomic
def dispatch_by_itself(need: Need, *, by: Reader, at: datetime) -> bool:
    """Triage and dispatch a need to whom the rules name for sure; or put it in the basket until there is room.

    A critical need, one in somebody's charge and one the rules are not sure of stay for an officer. Answers whether
    anything was done; why the answerer was chosen stands on the assignment and in the journal.
    """
    if need.state not in BY_ITSELF or need.urgency == Urgency.CRITICAL or need.in_charge_id or need.paused_at:
        return False
    asked = needs.assignments(need)
    found = needs.answerers_for(need, by, asked)
    if found.choice is not None:
        if need.state == NeedState.RECEIVED:
            move(need, "begin_triage", by=by, at=at)
        chosen = found.choice
        dispatch(need, to=[chosen.who], by=by, at=at)
        told = {"route": chosen.route.rule.code, "why_zh": chosen.why.zh, "why_en": chosen.why.en}
        why = {name: (None, value) for name, value in told.items()}
        journal.note("need.passed_on_by_rule", need, by=by, at=at, changes=why)
        return True
    if found.has_to_wait and need.basket_at is None:
        changes = base.change(need, at=at, basket_at=at)
        journal.note("need.put_in_basket", need, by=by, at=at, changes=changes)
        return True
    return False
