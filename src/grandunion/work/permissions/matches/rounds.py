"""Who plans rounds and who reads all their meetings."""

from grandunion.engines.flows import ROUND_FLOW, Move
from grandunion.records.matches import Round
from grandunion.terms.readers import Reader
from grandunion.terms.roles import Part
from grandunion.terms.verdicts import YES, Verdict, no
from grandunion.work.permissions.base import Standing, managing, parts, staff_only
from grandunion.work.queries import matches

DESK = frozenset({Part.IN_CHARGE, Part.OFFICER})


def round_standing(reader: Reader, round_: Round, **given: object) -> Standing:
    """The facts of the round with what a form brought, and what the reader is to it."""
    return Standing({**matches.round_facts(round_), **given}, parts(reader, round_))


def moves_of_round(reader: Reader, round_: Round) -> tuple[tuple[Move, Verdict], ...]:
    """The moves the flow offers the reader on a round."""
    stand = round_standing(reader, round_)
    return ROUND_FLOW.offers(round_.state, stand.facts, stand.parts)


def may_plan_round(reader: Reader) -> Verdict:
    """Officers plan rounds."""
    return staff_only(reader)


def may_run_round(reader: Reader, round_: Round) -> Verdict:
    """The officer in charge and the officers of the area run a round."""
    return managing(reader, round_)


def may_read_all_meetings(reader: Reader, round_: Round) -> Verdict:
    """The desk and planners read every meeting of a round; everybody else their own."""
    if parts(reader, round_) & (DESK | {Part.PLANNER}):
        return YES
    return no("Everybody reads their own meetings; the desk reads all.", "参与方仅可查看本方会谈，服务台可查看全部。")
