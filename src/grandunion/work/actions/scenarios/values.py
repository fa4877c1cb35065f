"""What came in for scenarios and challenges, cleaned: texts, codes, terms, amounts, days, and whose it is."""

import re
from collections.abc import Callable, Iterable, Mapping

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models
from django.db.models import Q

from grandunion.records.parties import Organisation
from grandunion.records.scenarios import Bid, Capability, Challenge, Opportunity, Proposal
from grandunion.terms.money import CURRENCIES
from grandunion.terms.readers import Reader
from grandunion.terms.scenarios import (
    MOST_EXPERTISE,
    MOST_REFERENCES,
    MOST_TECHNIQUES,
    ONE_PAGE,
    DemandType,
    Openness,
    ProcurementRoute,
    SafetyPermit,
)
from grandunion.terms.text import Text, Word
from grandunion.terms.verdicts import Forbidden, Invalid, Problem, invalid, require
from grandunion.work.actions.parties.values import sound
from grandunion.work.permissions import scenarios as permissions
from grandunion.work.queries import lists, parties

CONTACT = "contact_name contact_email contact_phone"
SOURCE = "source_kind source_ref source_note"
PAGE = "heading solution rationale validation plan needs trl expertise techniques references price currency weeks"
FIELDS: Mapping[type[models.Model], frozenset[str]] = {
    Opportunity: frozenset(
        f"owner area title_zh title_en demand_type domain field pain_zh pain_en base_data base_site base_permits "
        f"budget currency procurement_route starts_on ends_on proposals_until openness safety_permit permit_note "
        f"is_first_use {CONTACT} {SOURCE}".split()
    ),
    Capability: frozenset(
        f"owner area title_zh title_en domain field text_zh text_en references_zh references_en trl price_min "
        f"price_max currency weeks conditions valid_until {CONTACT} {SOURCE}".split()
    ),
    Challenge: frozenset(
        f"owner area title_zh title_en field industry text_zh text_en total_budget enterprise_share fiscal_share "
        f"currency conditions_zh conditions_en exemption months {CONTACT} {SOURCE}".split()
    ),
    Proposal: frozenset(f"{PAGE} {CONTACT} capability".split()),
    Bid: frozenset(f"{PAGE} {CONTACT} team milestones".split()),
}
TERMS = {"area": "areas", "industry": "industries", "field": "fields", "domain": "scenario_domains"}
CODED: Mapping[str, type[Word]] = {
    "demand_type": DemandType, "procurement_route": ProcurementRoute, "safety_permit": SafetyPermit,
}  # fmt: skip
LISTS = {"expertise": MOST_EXPERTISE, "techniques": MOST_TECHNIQUES, "references": MOST_REFERENCES}
SPANS = (("starts_on", "ends_on"), ("price_min", "price_max"))
NUMBER = re.compile(r"ORG-\d{4}-\d+", re.IGNORECASE)
LONGEST_ITEM = 200
SEPARATORS = re.compile(r"[\n;；]")


def cleaned(record: type[models.Model], given: Mapping[str, object], by: Reader) -> dict[str, object]:
    """The given values as columns of the table; every field that cannot be taken is said at once."""
    problems, values = [], {}
    for name, value in given.items():
        try:
            values |= _party(record, value, by) if name == "owner" else {name: _cleaned(record, name, value)}
        except Invalid as wrong:
            problems.extend(wrong.problems)
    if problems:
        raise Invalid(*problems)
    for low, high in SPANS:
        least, most = values.get(low), values.get(high)
        if least is not None and most is not None and most < least:
            raise invalid(high, "The end does not lie before the beginning.", "上限或结束不能早于下限或开始。")
    return values


def _cleaned(record: type[models.Model], name: str, value: object) -> object:
    if name not in FIELDS[record]:
        raise invalid(name, f"“{name}” is not a field that can be set here.", f"此处不能填写“{name}”。")
    if name in TERMS:
        return lists.term(TERMS[name], str(value or ""), name)
    if name == "openness":
        return [_known(name, code, Openness) for code in _items(value)]
    if name in LISTS and record in (Proposal, Bid):
        return _several(name, value)
    field = record._meta.get_field(name)
    if isinstance(field, models.ForeignKey):
        return value
    if isinstance(field, models.BooleanField):
        return value in (True, "1", "true", "on", "yes")
    if not isinstance(field, models.CharField | models.TextField):
        return _typed(field, value)
    text = sound(name, "" if value is None else str(value).strip(), _longest(record, name, field))
    return CHECKS.get(name, lambda written: written)(_known(name, text, CODED[name]) if name in CODED else text)


def _longest(record: type[models.Model], name: str, field: models.Field) -> int | None:
    """The limit of one page, where the field stands on it; else the column's own."""
    return ONE_PAGE[name] if record in (Proposal, Bid) and name in ONE_PAGE else field.max_length


def _items(value: object) -> list[str]:
    """Several values, as a list or as a text with line breaks or semicolons between them."""
    parts = SEPARATORS.split(value) if isinstance(value, str) else list(value or ())
    return list(dict.fromkeys(str(part).strip() for part in parts if str(part).strip()))


def _several(name: str, value: object) -> list[str]:
    found = [sound(name, one, LONGEST_ITEM) for one in _items(value)]
    if len(found) > LISTS[name]:
        raise invalid(name, f"At most {LISTS[name]} fit here.", f"此处最多 {LISTS[name]} 项。")
    return found


def _known(name: str, code: str, words: type[Word]) -> str:
    if not words.has(code):
        codes = words.codes()
        raise invalid(
            name, f"“{code}” is not one of: {', '.join(codes)}.", f"“{code}”不在可选范围：{'、'.join(codes)}。"
        )
    return code


def _typed(field: models.Field, value: object) -> object:
    """A number or day as the column takes it."""
    if value in (None, ""):
        return None
    try:
        typed = field.clean(value, None)
    except ValidationError as error:
        raise invalid(field.name, f"“{value}” does not fit here.", f"“{value}”不符合此处的格式。") from error
    if field.name == "trl" and not 1 <= typed <= 9:
        raise invalid(field.name, "Maturity is a level from 1 to 9.", "技术成熟度为 1 至 9 级。")
    if isinstance(field, models.DecimalField) and typed < 0:
        raise invalid(field.name, "An amount is not below zero.", "金额不能小于零。")
    return typed


def _currency(code: str) -> str:
    if code not in CURRENCIES:
        raise invalid("currency", f"Write one of {', '.join(CURRENCIES)}.", f"币种可填：{'、'.join(CURRENCIES)}。")
    return code


def _email(text: str) -> str:
    if text:
        try:
            validate_email(text)
        except ValidationError as error:
            raise invalid(
                "contact_email", f"“{text}” is not an e-mail address.", f"“{text}”不是有效的电子邮箱地址。"
            ) from error
    return text


CHECKS: Mapping[str, Callable[[str], str]] = {"currency": _currency, "contact_email": _email}


def _party(record: type[models.Model], value: object, by: Reader) -> dict[str, object]:
    """The organisation of this number or full name; an officer may keep the name of one that is no record here."""
    word = sound("owner", str(value or "").strip(), 200)
    found = _organisation(word, by) if word else None
    if found is not None:
        require(permissions.may_act_for(by, found.pk), Forbidden)
        return {"owner": found, **({"demand_name": ""} if record is not Capability else {})}
    if word and (record is Capability or NUMBER.fullmatch(word) or not by.is_officer):
        raise invalid(
            "owner", f"There is no organisation “{word}” here. Write its number or full name.",
            f"未找到单位“{word}”，请填写单位编号或全称。",
        )  # fmt: skip
    return {"owner": None, **({"demand_name": word} if record is not Capability else {})}


def _organisation(word: str, by: Reader) -> Organisation | None:
    called = Q(number__iexact=word) | Q(name_zh=word) | Q(name_en__iexact=word)
    found = list(parties.organisations(by).filter(called).order_by("pk")[:2])
    return found[0] if len(found) == 1 else None


def own_organisation(by: Reader) -> Organisation | None:
    """The one organisation whose affairs the person manages, if it is just one."""
    if len(by.organisation_ids) != 1:
        return None
    return parties.organisations(by).filter(pk__in=by.organisation_ids).first()


def acting(by: Reader, number: str = "") -> Organisation:
    """The organisation for which somebody proposes or bids: the only one, or the one they name among their own."""
    rows = parties.organisations(by).filter(pk__in=by.organisation_ids)
    found = list(rows.filter(number=number) if number else rows.order_by("pk")[:2])
    if len(found) != 1:
        raise invalid("organisation", "Choose for which of your organisations.", "请选择代表哪家单位提交。")
    return found[0]


def missing(needed: Iterable[tuple[str, object, Text]]) -> None:
    """Refuse at the fields themselves what is not filled: (field, value, what to write)."""
    if problems := [Problem(name, text) for name, value, text in needed if value in (None, "", [])]:
        raise Invalid(*problems)
