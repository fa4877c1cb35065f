"""The life of an offer: written, published, paused while there is no room, withdrawn when it no longer stands.

Facts it reads: see `FACTS`. Only a published offer is brought together with needs.
"""

from grandunion.engines.flows.guards import given
from grandunion.engines.flows.pieces import Fact, Facts, Guard, Move, state
from grandunion.engines.flows.table import Flow
from grandunion.terms.offers import OfferKind
from grandunion.terms.offers import OfferState as S
from grandunion.terms.roles import Part
from grandunion.terms.text import Text

STAFF = frozenset({Part.IN_CHARGE, Part.OFFICER})
OWNERS = STAFF | {Part.OWNER, Part.SYSTEM}

FACTS = (
    Fact("text", Text("description", "供给说明")),
    Fact("offer_kind", Text("kind of offer", "供给类型"), "OfferKind"),
    Fact("person", Text("expert", "专家"), "person"),
    Fact("owner", Text("whose the offer is", "供给单位"), "organisation"),
)


def _names_somebody(facts: Facts) -> bool:
    """An expert offers expertise; everything else is an organisation's."""
    wanted = "person" if facts.get("offer_kind") == OfferKind.EXPERTISE else "owner"
    return facts.get(wanted) is not None


DESCRIBED = given("text", "Say what is offered before others see it.", "请先填写供给说明，再对外发布。")
SOMEBODYS = Guard(
    "is_somebodys",
    Text("Name the expert, or the organisation whose the offer is.", "请填写专家或供给单位。"),
    _names_somebody,
    ("offer_kind", "person", "owner"),
)

STATES = (
    state(S.DRAFT, is_private=True),
    state(S.PUBLISHED),
    state(S.PAUSED, is_private=True),
    state(S.WITHDRAWN, is_final=True, is_private=True),
)
MOVES = (
    Move("publish", Text("Publish", "发布"), (S.DRAFT,), S.PUBLISHED, OWNERS, (DESCRIBED, SOMEBODYS)),
    Move("pause", Text("Pause", "暂停"), (S.PUBLISHED,), S.PAUSED, OWNERS, needs_reason=True),
    Move("resume", Text("Resume", "恢复发布"), (S.PAUSED,), S.PUBLISHED, OWNERS, (DESCRIBED, SOMEBODYS)),
    Move(
        "withdraw",
        Text("Withdraw", "撤回"),
        (S.DRAFT, S.PUBLISHED, S.PAUSED),
        S.WITHDRAWN,
        OWNERS,
        needs_reason=True,
    ),
    Move("reopen", Text("Write anew", "重新起草"), (S.WITHDRAWN,), S.DRAFT, OWNERS),
)

OFFER_FLOW = Flow("offer", Text("Offer", "供给"), "OFR", S.DRAFT, STATES, MOVES, FACTS)
