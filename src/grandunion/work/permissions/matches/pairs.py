"""Who may do what to a match, who stands on which side, and what the flow offers them."""

from grandunion.engines.flows import MATCH_FLOW, Move
from grandunion.engines.flows.pieces import Facts
from grandunion.records.matches import Match
from grandunion.records.needs import Need
from grandunion.terms.matches import MatchState, Side
from grandunion.terms.readers import Reader
from grandunion.terms.roles import Part
from grandunion.terms.verdicts import YES, Verdict, no
from grandunion.work.permissions.base import Standing, parts
from grandunion.work.queries import matches

DESK = frozenset({Part.IN_CHARGE, Part.OFFICER})
SIDE_PARTS = {Side.OFFERING: Part.OFFERING, Side.NEEDING: Part.NEEDING}
AFTER = frozenset({MatchState.INTRODUCED, MatchState.MEETING, MatchState.NEGOTIATING})


def parts_of(reader: Reader, match: Match) -> frozenset[Part]:
    """What the reader is to the match: the needing side owns it, the offering side is let in when it is sent."""
    found = parts(reader, match)
    return found | {Part.NEEDING} if Part.OWNER in found else found


def standing(reader: Reader, match: Match, **given: object) -> Standing:
    """The facts of the match with what a form brought, and what the reader is to it."""
    return Standing({**matches.facts(match), **given}, parts_of(reader, match))


def offers(reader: Reader, match: Match) -> tuple[tuple[Move, Verdict], ...]:
    """The moves the flow offers the reader; whoever has accepted already waits for the other side."""
    stand = standing(reader, match)
    found = MATCH_FLOW.offers(match.state, stand.facts, stand.parts)
    if not open_sides(reader, match):
        return tuple((move, verdict) for move, verdict in found if move.code != "accept")
    if match.state == MatchState.INTERESTED:
        # The side that accepts second moves nothing in the flow; its consent is asked for all the same.
        return ((MATCH_FLOW.move("accept"), second_consent(stand.facts)), *found)
    return found


def second_consent(facts: Facts) -> Verdict:
    """The guards of accepting hold for the second side as for the first."""
    return MATCH_FLOW.may_move(MatchState.SENT, "accept", facts, frozenset({Part.OFFICER}))


def open_sides(reader: Reader, match: Match) -> tuple[Side, ...]:
    """The sides for which the reader may still give consent."""
    mine = parts_of(reader, match)
    if match.state not in (MatchState.SUGGESTED, MatchState.SENT, MatchState.VIEWED, MatchState.INTERESTED):
        return ()
    given = {Side.OFFERING: match.offering_accepted_at, Side.NEEDING: match.needing_accepted_at}
    return tuple(side for side in Side if given[side] is None and (SIDE_PARTS[side] in mine or mine & DESK))


def may_search(reader: Reader, need: Need) -> Verdict:
    """The desk and whoever states the need look for what may answer it."""
    if parts(reader, need) & (DESK | {Part.OWNER}):
        return YES
    return no(
        "Only the desk and the applicant look for what may answer a need.",
        "仅服务台和需求提出方可以查找候选成果。",
    )


def may_suggest(reader: Reader, need: Need) -> Verdict:
    """The desk suggests; an applicant asks for the achievement itself."""
    if parts(reader, need) & DESK:
        return YES
    return no(
        "Only the desk suggests matches. Ask for the introduction yourself from the list of candidates.",
        "仅服务台可以推荐撮合。您可在候选列表中直接申请对接。",
    )


def may_accept(reader: Reader, match: Match, side: Side, note: str) -> Verdict:
    """Each side consents for itself and nobody for both; the desk only with a note of who said so."""
    mine = parts_of(reader, match)
    other = match.needing_accepted_by_id if side == Side.OFFERING else match.offering_accepted_by_id
    if SIDE_PARTS[side] in mine and not (other and other == reader.user_id):
        return YES
    if mine & DESK:
        if note.strip():
            return YES
        return no(
            "Write who consented for this side, and when: the consent is theirs, not yours.",
            "请注明该方由何人于何时同意：同意由当事方作出，而非由经办人代为决定。",
        )
    return no(
        "Only this side itself, or the desk on its word, gives its consent.",
        "仅该方本人或由服务台据其答复登记同意。",
    )


def may_meet(reader: Reader, match: Match) -> Verdict:
    """Both sides and the desk keep the meetings of an introduced match."""
    if match.state not in AFTER:
        return no("Meetings follow the introduction.", "对接之后方可记录洽谈。")
    if parts_of(reader, match) & (DESK | {Part.OFFERING, Part.NEEDING}):
        return YES
    return no("Only the two sides and the desk keep meetings.", "仅供需双方和服务台可以记录洽谈。")
