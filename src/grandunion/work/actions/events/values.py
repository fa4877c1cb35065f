"""What came in for events, registrations, statements and actions, cleaned: texts, codes, moments, organisations."""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models
from django.utils import timezone

from grandunion.records.events import Action, AgendaItem, Event, Registration, Statement
from grandunion.records.parties import Organisation
from grandunion.terms.events import Attendance, EventKind, StatementKind
from grandunion.terms.readers import Reader
from grandunion.terms.text import Word
from grandunion.terms.verdicts import Invalid, invalid
from grandunion.work.actions.parties.values import sound
from grandunion.work.queries import events, lists, parties

TERMS = {"area": "areas", "topic": "event_topics"}
WORDS: Mapping[str, type[Word]] = {
    "event_kind": EventKind, "attends_as": Attendance, "statement_kind": StatementKind,
}  # fmt: skip
SOURCE = ("source_kind", "source_ref", "source_note")
EVENT_FIELDS = frozenset({
    "event_kind", "title_zh", "title_en", "text_zh", "text_en", "place_zh", "place_en", "starts_at", "ends_at",
    "capacity", "needs_approval", "registers_until", "follows", "round_number", "area", "owner", "retain_until",
    *SOURCE,
})  # fmt: skip
REGISTRATION_FIELDS = frozenset({
    "attends_as", "organisation", "organisation_zh", "organisation_en", "name_zh", "name_en", "position_zh",
    "position_en", "email", "phone", "note", "language",
})  # fmt: skip
STATEMENT_FIELDS = frozenset({
    "organisation", "organisation_zh", "organisation_en", "speaker_zh", "speaker_en", "topic", "statement_kind",
    "text_zh", "text_en", "source_ref",
})  # fmt: skip
AGENDA_FIELDS = frozenset({
    "starts_at", "topic_zh", "topic_en", "speaker_zh", "speaker_en", "organisation",
})  # fmt: skip
ACTION_FIELDS = frozenset({"title_zh", "title_en", "owner", "owner_zh", "owner_en", "due_on"})


def is_chinese(written: str) -> bool:
    """Whether a text holds a Chinese sign."""
    return any("\u3400" <= sign <= "\u9fff" for sign in written)


def by_script(values: Mapping[str, object], *names: str) -> dict[str, object]:
    """Fields written once, put where their script belongs: what holds a Chinese sign is Chinese."""
    found = {name: value for name, value in values.items() if name not in (*names, "version", "submission")}
    for name in names:
        written = str(values.get(name) or "").strip()
        if written:
            found[f"{name}_zh" if is_chinese(written) else f"{name}_en"] = written
    return found


def event_values(given: Mapping[str, object], by: Reader, event: Event | None = None) -> dict[str, object]:
    """The given values as columns of an event; every field that cannot be taken is said at once."""
    kept = ("starts_at", "ends_at", "retain_until") if event is not None else ()  # these are moved, never emptied
    wanted = {name: value for name, value in given.items() if name not in kept or value not in (None, "")}
    values = _cleaned(Event, wanted, EVENT_FIELDS, by)
    starts, ends = _now("starts_at", values, event), _now("ends_at", values, event)
    if starts is not None and ends is not None and ends <= starts:
        raise invalid("ends_at", "It ends after it begins.", "结束时间须晚于开始时间。")
    until = _now("registers_until", values, event)
    if until is not None and starts is not None and until > starts:
        raise invalid("registers_until", "Registration ends before the event begins.", "报名须在活动开始前截止。")
    keep = _now("retain_until", values, event)
    if keep is not None and ends is not None and keep < timezone.localtime(ends).date():
        raise invalid(
            "retain_until", "Details are kept at least until the event is over.", "个人信息须保存至活动结束。"
        )
    if event is not None and values.get("follows") == event:
        raise invalid("follows", "An event does not follow itself.", "活动不能承接自身。")
    return values


def _now(name: str, values: Mapping[str, object], event: Event | None) -> object:
    """The value as it will be: given, else as it stands."""
    return values[name] if name in values else getattr(event, name, None)


def registration_values(given: Mapping[str, object], by: Reader) -> dict[str, object]:
    """The given values as columns of a registration."""
    return _cleaned(Registration, given, REGISTRATION_FIELDS, by)


def statement_values(given: Mapping[str, object], by: Reader) -> dict[str, object]:
    """The given values as columns of a statement."""
    return _cleaned(Statement, given, STATEMENT_FIELDS, by)


def agenda_values(given: Mapping[str, object], by: Reader) -> dict[str, object]:
    """The given values as columns of a point of the agenda."""
    return _cleaned(AgendaItem, given, AGENDA_FIELDS, by)


def action_values(given: Mapping[str, object], by: Reader) -> dict[str, object]:
    """The given values as columns of an action."""
    return _cleaned(Action, given, ACTION_FIELDS, by)


def _cleaned(
    record: type[models.Model], given: Mapping[str, object], fields: frozenset[str], by: Reader
) -> dict[str, object]:
    problems, values = [], {}
    for name, value in given.items():
        try:
            if name not in fields:
                raise invalid(name, f"“{name}” is not a field that can be set here.", f"此处不能填写“{name}”。")
            values |= _value(record, name, value, by)
        except Invalid as wrong:
            problems.extend(wrong.problems)
    if problems:
        raise Invalid(*problems)
    return values


def _value(record: type[models.Model], name: str, value: object, by: Reader) -> dict[str, object]:
    if name in TERMS:
        return {name: lists.term(TERMS[name], str(value or ""), name)}
    if name in ("organisation", "owner"):
        return _body(name, str(value or "").strip(), by, is_told=record is not Event)
    if name == "follows":
        return {name: events.get(str(value), by) if value else None}
    field = record._meta.get_field(name)
    if isinstance(field, models.CharField | models.TextField):
        text = sound(name, "" if value is None else str(value).strip(), field.max_length)
        return {name: CHECKS.get(name, _as_it_is)(_coded(name, text))}
    return {name: _typed(field, value)}


def _body(name: str, written: str, by: Reader, *, is_told: bool) -> dict[str, object]:
    """The organisation of this number or full name; where it may be told only, a name unknown here is kept so."""
    word = sound(name, written, 200)
    found = named_organisation(word, by) if word else None
    told = {f"{name}_zh": "", f"{name}_en": ""} if is_told and word else {}
    if found is not None or not word:
        return {name: found, **told}
    if not is_told or word.upper().startswith("ORG-"):
        raise invalid(name, f"There is no organisation “{word}” here.", f"未找到单位“{word}”。")
    return {name: None, f"{name}_zh": word, f"{name}_en": "" if not word.isascii() else word}


def named_organisation(word: str, by: Reader) -> Organisation | None:
    """The organisation of this number or full name that the reader may see."""
    rows = parties.organisations(by)
    for name in ("number", "name_zh", "name_en", "short_name_zh", "short_name_en"):
        if found := rows.filter(**{f"{name}__iexact": word}).order_by("pk").first():
            return found
    return None


def _coded(name: str, text: str) -> str:
    words = WORDS.get(name)
    if words is not None and not words.has(text):
        codes = words.codes()
        raise invalid(
            name, f"“{text}” is not one of: {', '.join(codes)}.", f"“{text}”不在可选范围：{'、'.join(codes)}。"
        )
    return text


def _typed(field: models.Field, value: object) -> object:
    """A number, a day, a moment or a yes as the column takes it."""
    if value in (None, "") and field.null:
        return None
    try:
        typed = field.clean(value, None)
    except ValidationError as error:
        raise invalid(field.name, f"“{value}” does not fit here.", f"“{value}”不符合此处的格式。") from error
    if isinstance(typed, datetime) and timezone.is_naive(typed):
        return timezone.make_aware(typed)
    if field.name == "capacity" and typed is not None and not 0 < typed <= 100_000:
        raise invalid("capacity", "Write a number of places from 1 on.", "名额请填写大于 0 的整数。")
    return typed


def _as_it_is(value: str) -> str:
    return value


def _email(text: str) -> str:
    if text:
        try:
            validate_email(text)
        except ValidationError as error:
            raise invalid(
                "email", f"“{text}” is not an e-mail address.", f"“{text}”不是有效的电子邮箱地址。"
            ) from error
    return text.lower()


CHECKS: dict[str, Callable[[str], str]] = {"email": _email, "language": lambda text: "en" if text == "en" else "zh"}
