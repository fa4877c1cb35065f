"""The rounds of a demonstration set, and whether they make sense."""

from dataclasses import dataclass
from typing import Annotated

from grandunion.adapters.packs.facts import code, one_of, pair, refers, refers_all, whole
from grandunion.terms.matches import Market
from grandunion.terms.rounds import Objective, RoundState
from grandunion.terms.text import Text

SHOWN = (RoundState.DRAFT, RoundState.ASSIGNED, RoundState.PUBLISHED)


@dataclass(frozen=True, slots=True)
class DemoRound:
    """A round held on `held_day` from nine in the morning; written on `written_day`, in its state since `moved_day`."""

    code: Annotated[str, code()]
    market: Annotated[Market, one_of(Market)]
    title: Annotated[Text, pair()]
    place: Annotated[Text, pair()]
    state: Annotated[RoundState, one_of(RoundState)]
    area: Annotated[str, refers("areas", required=False)]
    objective: Annotated[Objective, one_of(Objective, required=False, empty=Objective.TOTAL)]
    needs: Annotated[tuple[str, ...], refers_all("demo_needs")]
    achievements: Annotated[tuple[str, ...], refers_all("demo_achievements")]
    organisations: Annotated[tuple[str, ...], refers_all("demo_organisations")]
    offers: Annotated[tuple[str, ...], refers_all("demo_offers")]
    persons: Annotated[tuple[str, ...], refers_all("demo_persons")]
    minutes: Annotated[int | None, whole(required=True)]
    pause: Annotated[int | None, whole(empty=0)]
    times: Annotated[int | None, whole(required=True)]
    tables: Annotated[int | None, whole()]
    needing_max: Annotated[int | None, whole(required=True)]
    offering_max: Annotated[int | None, whole(required=True)]
    held_day: Annotated[int, whole(required=True)]
    written_day: Annotated[int, whole(required=True)]
    moved_day: Annotated[int, whole(required=True)]


def round_faults(one: DemoRound) -> list[Text]:
    """What does not fit together in a round."""
    faults = []
    if one.state not in SHOWN:
        faults.append(Text("A round is draft, assigned or published here.", "专场状态应为草稿、已编排或已发布。"))
    if not (one.needs or one.achievements or one.organisations) or not (one.offers or one.persons):
        faults.append(Text("Name who takes part on both sides.", "请填写双方参与者。"))
    if not one.written_day <= one.moved_day <= 0:
        faults.append(Text("It moved before it was written, or in the future.", "状态变更早于填写，或在未来。"))
    return faults
