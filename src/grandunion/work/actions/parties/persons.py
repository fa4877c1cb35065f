"""Everything that can be done to a person: create, edit, and say what they are at an organisation, for a time."""

from collections.abc import Mapping
from datetime import date, datetime

from grandunion.records.parties import Organisation, Person, Position
from grandunion.terms.parties import PersonRole
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Forbidden, Refused, invalid, require
from grandunion.work.actions import journal, lists
from grandunion.work.actions.base import atomic, change, index_words
from grandunion.work.actions.parties.values import cleaned, kept_once, named
from grandunion.work.permissions import parties as permissions
from grandunion.work.queries import journal as past
from grandunion.work.queries.parties import names, persons
from grandunion.work.queries.parties.pages import own_position

NAMES = ("name_zh", "name_en")


@atomic
def create(values: Mapping[str, object], *, by: Reader, at: datetime, key: str = "") -> Person:
    """Add a person; refuses an ORCID that is there already."""
    if (known := past.submitted(key, Person.kind)) is not None:
        return persons(by).get(pk=known)
    require(permissions.may_create_person(by), Forbidden)
    given = cleaned(Person, values, permissions.PERSON_FIELDS)
    named(given)
    _orcid_once(given, by, but=None)
    given["sort_key"] = _key(given)
    given = {name: value for name, value in given.items() if value is not None}
    with kept_once():
        person = Person.objects.create(
            number=lists.next_numbers("PER", at.year)[0], created_at=at, updated_at=at, **given
        )
        journal.keep_submission(key, person, at)
    index_words(person)
    journal.note("person.created", person, by=by, at=at,
                 changes={name: (None, value) for name, value in given.items() if value})  # fmt: skip
    return person


def _key(given: Mapping[str, object], before: Person | None = None) -> str:
    zh, en = (str(given.get(name, getattr(before, name, "")) or "") for name in ("name_zh", "name_en"))
    read = str(given.get("sort_key") or "") or names.reading(zh, en, is_person=True)
    return names.sort_key(names.reading_of(read))


def _orcid_once(given: Mapping[str, object], by: Reader, but: int | None) -> None:
    if not given.get("orcid"):
        return
    other = persons(by).filter(orcid=given["orcid"]).exclude(pk=but).first()
    if other is not None:
        raise invalid(
            "orcid",
            f"This ORCID is that of {other.name.en} ({other.number}). Open that record.",
            f"该 ORCID 属于{other.name.zh}（{other.number}），请打开该记录。",
        )


@atomic
def edit(
    person: Person, values: Mapping[str, object], *, by: Reader, at: datetime, version: int | None = None
) -> Person:
    """Save changed facts of a person; refuses a stale version with the difference."""
    require(permissions.may_edit_person(by, person), Forbidden)
    given = cleaned(Person, values, permissions.PERSON_FIELDS)
    if not by.is_officer:
        given.pop("level", None)
    named({"name_zh": person.name_zh, "name_en": person.name_en, **given})
    _orcid_once(given, by, but=person.pk)
    if given.keys() & {"name_zh", "name_en", "sort_key"}:
        is_renamed = any(given.get(name, getattr(person, name)) != getattr(person, name) for name in NAMES)
        sent = str(given.get("sort_key", person.sort_key))
        read = names.reading_to_keep(sent, person.sort_key, is_renamed=is_renamed)
        given["sort_key"] = _key({**given, "sort_key": read}, person)
    with kept_once():
        changes = change(person, at=at, version=version, **given)
    if changes:
        journal.note("person.edited", person, by=by, at=at, changes=changes)
    return person


@atomic
def place(
    person: Person,
    organisation: Organisation,
    role: PersonRole,
    *,
    by: Reader,
    at: datetime,
    **values: object,
) -> Position:
    """Say what the person is at the organisation; `values`: starts_on, ends_on, share_percent, is_full_time."""
    require(permissions.may_place(by, organisation), Forbidden)
    if not PersonRole.has(str(role)):
        raise invalid("role", "Choose a role from the list.", "请从列表中选择身份。")
    given = cleaned(Position, values, {"starts_on", "ends_on", "share_percent", "is_full_time"})
    _sound_times(given.get("starts_on"), given.get("ends_on"))
    _sound_share(given.get("share_percent"))
    with kept_once():
        position = Position.objects.create(person=person, organisation=organisation, role=role, **given)
    said = f"{person.number} {PersonRole(role).value} {given['starts_on']}"
    journal.note_many(
        "position.added",
        [(organisation, {"position": (None, said)}), (person, {"position": (None, f"{organisation.number} {said}")})],
        by=by, at=at,
    )  # fmt: skip
    return position


def _sound_times(starts_on: date | None, ends_on: date | None) -> None:
    if starts_on is None:
        raise invalid("starts_on", "Say from which day on.", "请填写开始日期。")
    if ends_on is not None and ends_on <= starts_on:
        raise invalid("ends_on", "It ends after it starts.", "结束日期须晚于开始日期。")


def _sound_share(share: object) -> None:
    if share is not None and not 0 <= share <= 100:
        raise invalid("share_percent", "A share is from 0 to 100 percent.", "持股比例应在 0 至 100 之间。")


@atomic
def end_position(
    record: Organisation | Person, position_id: int, *, ends_on: date, by: Reader, at: datetime
) -> Position:
    """End what somebody is at an organisation, on a day; the past stays."""
    position = own_position(record, position_id)
    require(permissions.may_place(by, position.organisation), Forbidden)
    if position.ends_on is not None and position.ends_on <= ends_on:
        raise Refused(Text("It has ended already.", "该任职已结束。"))
    _sound_times(position.starts_on, ends_on)
    position.ends_on = ends_on
    position.save(update_fields=["ends_on"])
    said = {"position": (f"{position.person.number} {position.role}", str(ends_on))}
    journal.note_many("position.ended", [(position.organisation, said), (position.person, said)], by=by, at=at)
    return position
