"""The periodic returns of a demonstration set: who has agreed, and what was reported in the last periods."""

from dataclasses import dataclass
from typing import Annotated

from grandunion.adapters.packs.facts import code, one_of, pair, refers, rows, text, whole
from grandunion.terms.returns import ReturnState
from grandunion.terms.text import Text


@dataclass(frozen=True, slots=True)
class DemoAgreement:
    """An enterprise that agrees to a form on a day; asked for the last period by hand on `asked_day`, if it is late."""

    code: Annotated[str, code()]
    form: Annotated[str, refers("returns")]
    organisation: Annotated[str, refers("demo_organisations")]
    given_day: Annotated[int, whole(required=True)]
    asked_day: Annotated[int | None, whole()]
    note: Annotated[Text | None, pair(required=False)]


@dataclass(frozen=True, slots=True)
class DemoFigure:
    """What one field of a return says: a figure or yes and no as `value`, a text in both languages."""

    field: Annotated[str, text()]
    value: Annotated[str, text(required=False)]
    said: Annotated[Text | None, pair("", required=False)]


@dataclass(frozen=True, slots=True)
class DemoReturn:
    """A return about the period so many before the running one; `comment` is what it was sent back for."""

    code: Annotated[str, code()]
    form: Annotated[str, refers("returns")]
    organisation: Annotated[str, refers("demo_organisations", required=False)]
    area: Annotated[str, refers("areas", required=False)]
    back: Annotated[int, whole(required=True)]
    state: Annotated[ReturnState, one_of(ReturnState)]
    figures: Annotated[tuple[DemoFigure, ...], rows(DemoFigure)]
    remark: Annotated[Text | None, pair(required=False)]
    comment_on: Annotated[str, text(required=False)]
    comment: Annotated[Text | None, pair(required=False)]
