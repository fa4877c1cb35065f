"""What came in for an organisation or a person, cleaned: texts, codes, terms and official identifiers."""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.db import IntegrityError, models

from grandunion.records.lists import Term
from grandunion.terms import identifiers
from grandunion.terms.parties import OrganisationKind, OrganisationStatus, Size
from grandunion.terms.secrecy import Level
from grandunion.terms.sound import sound
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Invalid, Problem, Refused, invalid
from grandunion.work.queries import lists

TERMS = {"area": "areas", "industry": "industries", "region": "regions"}
WORDS = {"organisation_kind": OrganisationKind, "status": OrganisationStatus, "size": Size, "level": Level}
CHECKS: dict[str, Callable[[str], str]] = {
    "credit_code": identifiers.credit_code,
    "ror": identifiers.ror,
    "orcid": identifiers.orcid,
}
FORMATS = {"website": URLValidator(schemes=["http", "https"]), "email": validate_email, "contact_email": validate_email}


def cleaned(record: type[models.Model], given: Mapping[str, object], fields: Collection[str]) -> dict[str, object]:
    """The given values as the table takes them; every field that cannot be taken is said at once."""
    problems, values = [], {}
    for name, value in given.items():
        try:
            values[name] = _cleaned(record, name, value, fields)
        except Invalid as wrong:
            problems.extend(wrong.problems)
    if problems:
        raise Invalid(*problems)
    return values


def _cleaned(record: type[models.Model], name: str, value: object, fields: Collection[str]) -> object:
    if name not in fields:
        raise invalid(name, f"“{name}” is not a field that can be set here.", f"此处不能填写“{name}”。")
    if name in TERMS:
        return value if isinstance(value, Term) else lists.term(TERMS[name], str(value or ""), name)
    field = record._meta.get_field(name)
    if not isinstance(field, models.CharField | models.TextField):
        return _typed(field, value)
    text = sound(name, "" if value is None else str(value).strip(), field.max_length)
    return _checked(name, text) if text else text


def _typed(field: models.Field, value: object) -> object:
    if value in (None, ""):
        return None
    try:
        typed = field.to_python(value)
        field.run_validators(typed)
        # As the database keeps it: what a deed answers is what is read later.
        return typed.quantize(Decimal(1).scaleb(-field.decimal_places)) if isinstance(typed, Decimal) else typed
    except ValidationError as error:
        raise invalid(
            field.name, f"“{value}” does not fit “{field.name}”.", f"“{value}”不符合“{field.name}”的格式。"
        ) from error


def _checked(name: str, text: str) -> str:
    if name in WORDS and not WORDS[name].has(text):
        codes = WORDS[name].codes()
        raise invalid(
            name, f"“{text}” is not one of: {', '.join(codes)}.", f"“{text}”不在可选范围：{'、'.join(codes)}。"
        )
    if name in FORMATS:
        try:
            FORMATS[name](text)
        except ValidationError as error:
            raise invalid(name, f"“{text}” is not a valid address.", f"“{text}”不是有效的地址。") from error
    return CHECKS[name](text) if name in CHECKS else text


def named(values: Mapping[str, object]) -> None:
    """Refuse a record without any name."""
    if not values.get("name_zh") and not values.get("name_en"):
        text = Text("Write the name in Chinese or in English.", "请填写中文名称或英文名称。")
        raise Invalid(Problem("name_zh", text))


@contextmanager
def kept_once() -> Iterator[None]:
    """Turn the database's promise that something stands only once into a sentence, if two people save at once.

    The deed is refused, and its transaction undone as a whole.
    """
    try:
        yield
    except IntegrityError as error:
        said = str(error).lower()
        if "unique" not in said or "number" in said:  # a number given out twice would be our own mistake
            raise
        raise Refused(
            Text(
                "Somebody saved the same thing a moment ago. Look for it before you save again.",
                "刚刚已有人保存了相同的内容，请先查找确认后再保存。",
            )
        ) from error
