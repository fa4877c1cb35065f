"""The kinds of value a body may hold: exact, bounded, and never a broken character."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from grandunion.terms.text import Text

BIGGEST_COUNT = 2**31 - 1


def unbroken(value: object) -> object:
    """A text without NUL bytes; null is the empty text."""
    if isinstance(value, str) and "\x00" in value:
        raise PydanticCustomError("broken_text", "The text holds a broken character.")
    return "" if value is None else value


def without_defaults(schema: dict) -> None:
    """What is not sent stays as it is, so a default in the description would mislead."""
    for shape in schema.get("properties", {}).values():
        shape.pop("default", None)


class Body(BaseModel):
    """What a caller sends: known fields only, words of the house as their codes."""

    model_config = ConfigDict(
        extra="forbid", use_enum_values=True, json_schema_extra=without_defaults, defer_build=True
    )

    def given(self) -> dict[str, object]:
        """The fields that were sent; what was left out stays as it is."""
        return {name: getattr(self, name) for name in type(self).model_fields if name in self.model_fields_set}


class Nothing(Body):
    """A deed that asks nothing."""


class Reason(Body):
    """A deed that may be given a reason; where the flow wants one, it says so."""

    reason: Annotated[str, BeforeValidator(unbroken), Field(max_length=300)] = ""


def _day(value: object) -> object:
    if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
        return value
    if not isinstance(value, str) or len(value) != 10:
        raise PydanticCustomError("date_parsing", "Write a day like 2026-03-31.")
    return value


def _moment(value: object) -> object:
    if value is not None and not isinstance(value, str | datetime):
        raise PydanticCustomError("datetime_parsing", "Write a moment like 2026-03-31T09:00:00+08:00.")
    return value


def _within_reach(value: datetime) -> datetime:
    """A moment that has a zone and can be told in every other zone."""
    if value.tzinfo is None or not 1900 <= value.year <= 2999:
        raise PydanticCustomError("datetime_parsing", "Write a moment like 2026-03-31T09:00:00+08:00.")
    return value.astimezone(UTC)


def exact(value: object) -> object:
    """An amount is text or a whole number: a JSON fraction is a binary one and not exact."""
    if isinstance(value, bool | float):
        raise PydanticCustomError("decimal_type", "Write an amount like 1200000.00.")
    return value


def text(longest: int = 20_000) -> object:
    """A text of at most so many characters."""
    return Annotated[str, BeforeValidator(unbroken), Field(max_length=longest)]


def term(list_code: str) -> object:
    """A code out of one of the hub's lists; empty takes it away."""
    what = f"A code of the list {list_code} (GET /lists/{list_code}). · 代码表 {list_code} 中的代码。"
    return Annotated[str, BeforeValidator(unbroken), Field(max_length=60, description=what)]


def numbered(kind: Text, example: str) -> object:
    """The number of another record; empty takes the link away."""
    what = f"The number of {kind.en}, like {example}. · {kind.zh}的编号，例如 {example}。"
    return Annotated[str, BeforeValidator(unbroken), Field(max_length=40, description=what)]


Day = Annotated[date | None, BeforeValidator(_day)]
Moment = Annotated[datetime, BeforeValidator(_moment), AfterValidator(_within_reach)]
Amount = Annotated[Decimal, BeforeValidator(exact), Field(ge=0, max_digits=18, decimal_places=2)]
Share = Annotated[Decimal, BeforeValidator(exact), Field(ge=0, le=100, decimal_places=2)]
Count = Annotated[int, Field(strict=True, ge=0, le=BIGGEST_COUNT)]
Readiness = Annotated[int, Field(strict=True, ge=1, le=9)]
YesNo = Annotated[bool, Field(strict=True)]
