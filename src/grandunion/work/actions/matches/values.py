"""What came in for an offer, cleaned: texts, codes, terms, amounts, and whose it is."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from grandunion.records.matches import Offer
from grandunion.terms.achievements import Mode
from grandunion.terms.money import CURRENCIES
from grandunion.terms.offers import FinanceRound, Instrument, OfferKind, SpaceKind
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text, Word
from grandunion.terms.verdicts import Invalid, Problem, invalid
from grandunion.work.actions.parties.values import sound
from grandunion.work.queries import lists, parties

FIELDS = frozenset({
    "offer_kind", "title_zh", "title_en", "text_zh", "text_en", "keywords", "industry", "field", "area", "trl_min",
    "trl_max", "amount_min", "amount_max", "currency", "instruments", "stages", "licence_kinds", "regions", "quota",
    "partners_excluded", "terms", "valid_until", "space_kind", "square_metres", "starts_on", "ends_on",
    "owner", "person", "source_kind", "source_ref", "source_note",
})  # fmt: skip
TERMS = {"area": "areas", "industry": "industries", "field": "fields"}
SEVERAL: Mapping[str, type[Word] | None] = {
    "instruments": Instrument, "stages": FinanceRound, "licence_kinds": Mode, "regions": None,
}  # fmt: skip
MOST_SEVERAL = 40


def cleaned(given: Mapping[str, object], by: Reader) -> dict[str, object]:
    """The given values as columns of the table; every field that cannot be taken is said at once."""
    problems, values = [], {}
    for name, value in given.items():
        try:
            values[name] = _cleaned(name, value, by)
        except Invalid as wrong:
            problems.extend(wrong.problems)
    if problems:
        raise Invalid(*problems)
    _in_order(values, "trl_min", "trl_max")
    _in_order(values, "amount_min", "amount_max")
    _in_order(values, "starts_on", "ends_on")
    return values


def _in_order(values: Mapping[str, object], low: str, high: str) -> None:
    least, most = values.get(low), values.get(high)
    if least is not None and most is not None and most < least:
        if high == "ends_on":
            raise invalid(high, "It does not end before it begins.", "结束日期不能早于开始日期。")
        raise invalid(high, "The upper end is not below the lower one.", "上限不能低于下限。")


def _cleaned(name: str, value: object, by: Reader) -> object:
    if name not in FIELDS:
        raise invalid(name, f"“{name}” is not a field of an offer.", f"供给没有“{name}”这一项。")
    if name in TERMS:
        return lists.term(TERMS[name], str(value or ""), name)
    if name in SEVERAL:
        return _several(name, value)
    if name in ("owner", "person"):
        return _party(name, str(value or "").strip(), by)
    field = Offer._meta.get_field(name)
    if not isinstance(field, models.CharField | models.TextField):
        return _typed(field, value)
    return _coded(name, sound(name, "" if value is None else str(value).strip(), field.max_length))


def _several(name: str, value: object) -> list[str]:
    """Several codes, as a list or with commas between them."""
    codes = value.split(",") if isinstance(value, str) else list(value or ())
    codes = list(dict.fromkeys(str(code).strip() for code in codes if str(code).strip()))[:MOST_SEVERAL]
    words = SEVERAL[name]
    for code in codes:
        if words is None:
            lists.term(name, code, name)
        elif not words.has(code):
            raise invalid(
                name, f"“{code}” is not one of: {', '.join(words.codes())}.",
                f"“{code}”不在可选范围：{'、'.join(words.codes())}。",
            )  # fmt: skip
    return codes


def _party(name: str, number: str, by: Reader) -> models.Model | None:
    """The organisation or the person of this number, or the only one of this full name, if the writer may see it."""
    if not number:
        return None
    rows = parties.organisations(by) if name == "owner" else parties.persons(by)
    written = sound(name, number, 200)
    called = Q(number__iexact=written) | Q(name_zh=written) | Q(name_en__iexact=written)
    found = list(rows.filter(called).order_by("pk")[:2])
    if len(found) != 1:
        raise Invalid(Problem(name, Text(f"There is no “{number}” here.", f"未找到“{number}”。")))
    return found[0]


def _typed(field: models.Field, value: object) -> object:
    """A number or day as the column takes it."""
    if value in (None, ""):
        return None
    try:
        typed = field.clean(value, None)
    except ValidationError as error:
        raise invalid(field.name, f"“{value}” does not fit here.", f"“{value}”不符合此处的格式。") from error
    if field.name.startswith("trl") and not 1 <= typed <= 9:
        raise invalid(field.name, "Maturity is a level from 1 to 9.", "技术成熟度为 1 至 9 级。")
    if field.name.startswith("amount") and typed < 0:
        raise invalid(field.name, "An amount is not below zero.", "金额不能小于零。")
    return typed


CODED: Mapping[str, type[Word]] = {"offer_kind": OfferKind, "space_kind": SpaceKind}


def _coded(name: str, text: str) -> str:
    words = CODED.get(name)
    if words and not words.has(text) and (text or name == "offer_kind"):
        codes = words.codes()
        raise invalid(
            name, f"“{text}” is not one of: {', '.join(codes)}.", f"“{text}”不在可选范围：{'、'.join(codes)}。"
        )
    if name == "currency" and text not in CURRENCIES:
        raise invalid(name, f"Write one of {', '.join(CURRENCIES)}.", f"币种可填：{'、'.join(CURRENCIES)}。")
    return text
