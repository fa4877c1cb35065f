"""What came in for a project or what belongs to it, cleaned: texts, codes, terms, days, amounts, organisations."""

from collections.abc import Callable, Collection, Mapping

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from grandunion.records.parties import Organisation, User
from grandunion.terms.contracts import ContractKind, ContractSubkind, Payment
from grandunion.terms.parties import OrganisationStatus
from grandunion.terms.projects import (
    FounderType,
    InteractionKind,
    LossReason,
    ManagerType,
    PocResult,
    RiskLevel,
    Route,
    SourceRegion,
)
from grandunion.terms.readers import Reader
from grandunion.terms.secrecy import Level
from grandunion.terms.text import Word
from grandunion.terms.verdicts import Invalid, invalid
from grandunion.work.actions.parties.values import sound
from grandunion.work.queries import lists
from grandunion.work.queries.parties import organisations, reader_of, user_by_email

TERMS = {"area": "areas", "field": "fields", "industry": "industries"}
WORDS: dict[str, type[Word]] = {
    "founder_type": FounderType,
    "manager_type": ManagerType,
    "route": Route,
    "risk_level": RiskLevel,
    "source_region": SourceRegion,
    "level": Level,
    "lost_reason": LossReason,
    "result": PocResult,
    "interaction_kind": InteractionKind,
    "contract_kind": ContractKind,
    "contract_subkind": ContractSubkind,
    "payment": Payment,
}
NOT_NEGATIVE = (models.DecimalField, models.PositiveIntegerField, models.PositiveSmallIntegerField)


def cleaned(
    record: type[models.Model], given: Mapping[str, object], fields: Collection[str], by: Reader
) -> dict[str, object]:
    """The given values as the table takes them; every field that cannot be taken is said at once."""
    problems, values = [], {}
    for name, value in given.items():
        try:
            values[name] = _cleaned(record, name, value, fields, by)
        except Invalid as wrong:
            problems.extend(wrong.problems)
    if problems:
        raise Invalid(*problems)
    return values


def _cleaned(record: type[models.Model], name: str, value: object, fields: Collection[str], by: Reader) -> object:
    if name not in fields:
        raise invalid(name, f"“{name}” is not a field that can be set here.", f"此处不能填写“{name}”。")
    field = record._meta.get_field(name)
    if isinstance(field, models.ForeignKey):
        return _linked(field, value, by)
    if isinstance(field, models.CharField | models.TextField):
        text = sound(name, "" if value is None else str(value).strip(), field.max_length)
        return _coded(name, text)
    return _typed(field, value)


def _linked(field: models.ForeignKey, value: object, by: Reader) -> object:
    if value in (None, "") or isinstance(value, field.related_model):
        return value or None
    if field.name in TERMS:
        return lists.term(TERMS[field.name], str(value), field.name)
    found: dict[type, Callable] = {Organisation: _organisation, User: _officer}
    return found[field.related_model](field.name, str(value), by)


def _organisation(name: str, written: str, by: Reader) -> Organisation:
    """An organisation by its number or its full name, among those the person may see."""
    written = sound(name, written.strip(), 200)
    seen = organisations(by).exclude(status=OrganisationStatus.MERGED)
    found = list(seen.filter(Q(number=written) | Q(name_zh=written) | Q(name_en__iexact=written)).order_by("pk")[:2])
    if len(found) == 1:
        return found[0]
    raise invalid(
        name,
        f"“{written}” is not one organisation here. Write its full name, or its number, like ORG-2026-0007.",
        f"“{written}”未能对应到唯一单位，请填写单位全称或编号，如 ORG-2026-0007。",
    )


def _officer(name: str, email: str, by: Reader) -> User:
    found = user_by_email(email)
    if found is None or not reader_of(found, by.at).is_officer:
        raise invalid(
            name,
            f"“{email}” is no officer of the hub. Write the e-mail address of one.",
            f"“{email}”不是服务专员账号，请填写服务专员的邮箱。",
        )
    return found


def _coded(name: str, text: str) -> str:
    if text and name in WORDS and not WORDS[name].has(text):
        codes = WORDS[name].codes()
        raise invalid(
            name, f"“{text}” is not one of: {', '.join(codes)}.", f"“{text}”不在可选范围：{'、'.join(codes)}。"
        )
    return text


def _typed(field: models.Field, value: object) -> object:
    if value in (None, ""):
        return None
    try:
        found = field.to_python(value)
        if isinstance(field, NOT_NEGATIVE):
            field.run_validators(found)
    except ValidationError as error:
        raise invalid(field.name, f"“{value}” does not fit here.", f"“{value}”不符合要求，请重新填写。") from error
    if isinstance(field, NOT_NEGATIVE) and found < 0:
        raise invalid(field.name, "This cannot be below zero.", "此项不能为负数。")
    return found
