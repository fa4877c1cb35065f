"""What came in for a need, cleaned: texts, codes, terms, amounts, and for whom it is stated."""

import re
from collections.abc import Callable, Mapping

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models

from grandunion.records.lists import Term
from grandunion.records.needs import Need
from grandunion.records.parties import Organisation
from grandunion.terms.achievements import Mode
from grandunion.terms.money import CURRENCIES
from grandunion.terms.needs import ApplicantType, Category, Outcome, Urgency
from grandunion.terms.offers import FinanceRound, Instrument
from grandunion.terms.readers import Reader
from grandunion.terms.text import Word
from grandunion.terms.verdicts import Forbidden, Invalid, invalid, require
from grandunion.work.actions.parties.values import sound
from grandunion.work.permissions import needs as permissions
from grandunion.work.queries import lists, parties
from grandunion.work.queries.needs.answers import sound_details

NUMBER = re.compile(r"ORG-\d{4}-\d+", re.I)
CONTACT = ("applicant_type", "contact_name", "contact_email", "contact_phone")
COMPANY = ("organisation", "applicant_name", "area", "industry")
DESCRIPTION = (
    "category", "subject", "title_zh", "title_en", "text_zh", "text_en", "field", "budget", "currency", "headcount",
    "wanted_by", "trl_wanted", "acceptance_criteria", "attempts_so_far", "urgency", "modes_wanted", "finance_round",
    "instruments_wanted", "details", "raised_at",
)  # fmt: skip
SOURCE = ("source_kind", "source_ref", "source_note")
FIELDS = frozenset((*CONTACT, *COMPANY, *DESCRIPTION, *SOURCE))
TERMS = {"area": "areas", "industry": "industries", "field": "fields", "subject": "need_subjects"}
WORDS = {"applicant_type": ApplicantType, "category": Category, "urgency": Urgency, "outcome": Outcome,
         "finance_round": FinanceRound}  # fmt: skip
SEVERAL = {"modes_wanted": Mode, "instruments_wanted": Instrument}


def cleaned(given: Mapping[str, object], by: Reader, need: Need | None = None) -> dict[str, object]:
    """The given values as columns of the table; every field that cannot be taken is said at once.

    Answers to the questions of the subject (`details`) are judged by the subject given, else by that of `need`.
    """
    problems, values = [], {}
    for name, value in sorted(given.items(), key=lambda item: item[0] == "details"):
        try:
            if name == "details":
                values["details"] = sound_details(value, *_subject(values, need))
                continue
            values |= _organisation(str(value or ""), by) if name == "organisation" else {name: _cleaned(name, value)}
        except Invalid as wrong:
            problems.extend(wrong.problems)
    if problems:
        raise Invalid(*problems)
    return values


def _subject(values: Mapping[str, object], need: Need | None) -> tuple[str, Term | None]:
    """The category and subject by which answers are judged."""
    category = values.get("category") or (need.category if need else Category.OTHER.value)
    return str(category), values.get("subject", need.subject if need else None)


def _organisation(written: str, by: Reader) -> dict[str, object]:
    """The organisation that states the need, by number or full name; a name unknown here is kept as it was told."""
    word = sound("organisation", written.strip(), 200)
    found = named_organisation(word, by) if word else None
    if found is not None:
        require(permissions.may_register_for(by, found.pk), Forbidden)
        return {"owner": found, "applicant_name": ""}
    if NUMBER.fullmatch(word):
        raise invalid(
            "organisation",
            f"There is no organisation “{word}” here. Write another number, or its name.",
            f"未找到单位“{word}”，请核对编号，或直接填写单位名称。",
        )
    return {"owner": None, "applicant_name": word}


def named_organisation(word: str, by: Reader) -> Organisation | None:
    """The organisation of this number or full name that the reader may see."""
    rows = parties.organisations(by)
    for name in ("number", "name_zh", "name_en", "short_name_zh", "short_name_en"):
        if found := rows.filter(**{f"{name}__iexact": word}).order_by("pk").first():
            return found
    return None


def _cleaned(name: str, value: object) -> object:
    if name not in FIELDS:
        raise invalid(name, f"“{name}” is not a field of a need.", f"需求没有“{name}”这一项。")
    if name in TERMS:
        return lists.term(TERMS[name], str(value or ""), name)
    if name in SEVERAL:
        codes = value.split(",") if isinstance(value, str) else list(value or ())
        return list(
            dict.fromkeys(_known(name, str(code).strip(), SEVERAL[name]) for code in codes if str(code).strip())
        )
    field = Need._meta.get_field(name)
    if not isinstance(field, models.CharField | models.TextField):
        return CHECKS[name](_typed(field, value))
    text = sound(name, "" if value is None else str(value).strip(), field.max_length)
    return CHECKS.get(name, _as_it_is)(_coded(name, text))


def _typed(field: models.Field, value: object) -> object:
    """A number or day as the column takes it."""
    if value in (None, ""):
        return None
    try:
        return field.clean(value, None)
    except ValidationError as error:
        raise invalid(field.name, f"“{value}” does not fit here.", f"“{value}”不符合此处的格式。") from error


def _coded(name: str, text: str) -> str:
    """A code of the house's own lists."""
    if name == "finance_round" and not text:
        return text
    return _known(name, text, WORDS[name]) if name in WORDS else text


def _known(name: str, text: str, words: type[Word]) -> str:
    """The code, if the list has it."""
    if not words.has(text):
        codes = words.codes()
        raise invalid(
            name, f"“{text}” is not one of: {', '.join(codes)}.", f"“{text}”不在可选范围：{'、'.join(codes)}。"
        )
    return text


def _as_it_is(value: object) -> object:
    return value


def _email(text: str) -> str:
    if text:
        try:
            validate_email(text)
        except ValidationError as error:
            raise invalid(
                "contact_email", f"“{text}” is not an e-mail address.", f"“{text}”不是有效的电子邮箱地址。"
            ) from error
    return text


def _budget(value: object) -> object:
    if value is not None and value < 0:
        raise invalid("budget", "A budget is not below zero.", "预算不能小于零。")
    return value


def _currency(code: str) -> str:
    if code not in CURRENCIES:
        raise invalid("currency", f"Write one of {', '.join(CURRENCIES)}.", f"币种可填：{'、'.join(CURRENCIES)}。")
    return code


def _level_of_maturity(value: object) -> object:
    if value is not None and not 1 <= value <= 9:
        raise invalid("trl_wanted", "Maturity is a level from 1 to 9.", "技术成熟度为 1 至 9 级。")
    return value


CHECKS: dict[str, Callable[[object], object]] = {
    "contact_email": _email,
    "currency": _currency,
    "budget": _budget,
    "headcount": _as_it_is,
    "wanted_by": _as_it_is,
    "trl_wanted": _level_of_maturity,
}


def own_organisation(by: Reader) -> Organisation | None:
    """The one organisation whose affairs the person manages, if it is just one."""
    if len(by.organisation_ids) != 1:
        return None
    return parties.organisations(by).filter(pk__in=by.organisation_ids).first()
