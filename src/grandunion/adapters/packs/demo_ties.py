"""The ties between parties of a demonstration set, and whether they make sense."""

from dataclasses import dataclass
from typing import Annotated

from grandunion.adapters.packs.facts import code, flag, one_of, pair, refers, whole
from grandunion.terms.matches import TieKind
from grandunion.terms.text import Text


@dataclass(frozen=True, slots=True)
class DemoTie:
    """A tie that the desk heard of on `known_day`; `stands` with `found` where somebody has looked since."""

    code: Annotated[str, code()]
    kind: Annotated[TieKind, one_of(TieKind)]
    organisation: Annotated[str, refers("demo_organisations", required=False)]
    person: Annotated[str, refers("demo_persons", required=False)]
    other_organisation: Annotated[str, refers("demo_organisations", required=False)]
    other_person: Annotated[str, refers("demo_persons", required=False)]
    source: Annotated[Text, pair()]
    known_day: Annotated[int, whole(required=True)]
    stands: Annotated[bool | None, flag(empty=None)]
    found: Annotated[Text | None, pair(required=False)]


def tie_faults(tie: DemoTie) -> list[Text]:
    """What does not fit together in a tie."""
    faults = []
    if bool(tie.organisation) == bool(tie.person) or bool(tie.other_organisation) == bool(tie.other_person):
        faults.append(Text("Each side of a tie is an organisation or a person.", "关联双方各填一个单位或人员。"))
    if (tie.stands is None) != (tie.found is None):
        faults.append(Text("`stands` and `found` go together.", "stands 与 found 应同时填写。"))
    return faults
