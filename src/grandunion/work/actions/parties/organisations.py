"""Everything that can be done to an organisation: create, edit, name, label, close; a team becomes a company."""

from collections.abc import Mapping
from datetime import date, datetime

from grandunion.records.lists import Term
from grandunion.records.parties import Organisation, OrganisationLabel, OrganisationName
from grandunion.terms import identifiers
from grandunion.terms.parties import NameKind, OrganisationKind, OrganisationStatus
from grandunion.terms.readers import Reader
from grandunion.terms.secrecy import Level
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Forbidden, Refused, invalid, require
from grandunion.work.actions import journal
from grandunion.work.actions.base import added, atomic, change
from grandunion.work.actions.parties.values import cleaned, kept_once, named, sound
from grandunion.work.permissions import parties as permissions
from grandunion.work.queries import journal as past
from grandunion.work.queries.lists import term
from grandunion.work.queries.parties import duplicates, names, organisations
from grandunion.work.queries.parties.children import own_name

NAMES = ("name_zh", "name_en")


@atomic
def create(
    values: Mapping[str, object], *, by: Reader, at: datetime, key: str = "", is_confirmed: bool = False
) -> Organisation:
    """Add an organisation; terms come as codes or Terms. Refuses what is there already unless confirmed."""
    if (known := past.submitted(key, Organisation.kind)) is not None:
        return organisations(by).get(pk=known)
    require(permissions.may_create(by, str(values.get("organisation_kind", ""))), Forbidden)
    given = cleaned(Organisation, values, permissions.OFFICERS_FIELDS)
    named(given)
    if not given.get("organisation_kind"):
        raise invalid("organisation_kind", "Choose what kind of organisation it is.", "请选择单位类型。")
    _once(given, by, is_confirmed=is_confirmed)
    given = {**given, **_keys(given)}
    is_team = given["organisation_kind"] == OrganisationKind.TEAM
    given.setdefault("level", Level.ORGANISATION if is_team else Level.MEMBERS)
    with kept_once():
        organisation = added(Organisation, "ORG", given, verb="organisation.created", by=by, at=at)
    journal.keep_submission(key, organisation, at)
    return organisation


def _once(given: Mapping[str, object], by: Reader, *, is_confirmed: bool, but: int | None = None) -> None:
    """Refuse an identifier that is there already, and a name that is unless somebody confirmed it is another."""
    for name in ("credit_code", "ror"):
        if given.get(name) and (other := duplicates.of_code(**{name: given[name]}, but=but)):
            raise _taken(name, other, by)
    if not is_confirmed and (found := duplicates.exact(given, by, but=but)) is not None:
        raise _same_name(found)


def _taken(name: str, other: Organisation, by: Reader) -> Refused:
    if organisations(by).filter(pk=other.pk).exists():
        said = Text(f"{other.name.en} ({other.number})", f"{other.name.zh}（{other.number}）")
    else:
        said = Text("a record that is not open to you; ask an officer", "一条您无权查看的记录，请联系服务专员")
    return invalid(name, f"This identifier is there already: {said.en}.", f"该标识已登记在：{said.zh}。")


def _same_name(found: duplicates.Candidate) -> Refused:
    other = found.organisation
    return invalid(
        "is_confirmed",
        f"This looks the same as {other.name.en} ({other.number}): {found.reasons[0].en}. "
        "Open that record, or confirm that this is another organisation.",
        f"疑似与已有单位重复：{other.name.zh}（{other.number}），{found.reasons[0].zh}。"
        "请打开该记录核对；如确为不同单位，请勾选确认。",
    )


def _keys(given: Mapping[str, object], before: Organisation | None = None) -> dict[str, str]:
    """The sort key and the cores that belong to the names; a reading that was given is kept."""
    zh, en = (str(given.get(name, getattr(before, name, "")) or "") for name in ("name_zh", "name_en"))
    read = str(given.get("sort_key") or "") or names.reading(zh, en)
    return {"sort_key": names.sort_key(names.reading_of(read)), "core_zh": names.core(zh), "core_en": names.core(en)}


@atomic
def edit(
    organisation: Organisation,
    values: Mapping[str, object],
    *,
    by: Reader,
    at: datetime,
    version: int | None = None,
    is_confirmed: bool = True,
) -> Organisation:
    """Save changed facts; refuses a stale version with the difference, and fields that are not theirs to set."""
    require(permissions.may_edit(by, organisation), Forbidden)
    given = cleaned(Organisation, values, permissions.fields_for(by, organisation))
    named({"name_zh": organisation.name_zh, "name_en": organisation.name_en, **given})
    _once(given, by, is_confirmed=is_confirmed, but=organisation.pk)
    if given.keys() & {"name_zh", "name_en", "sort_key"}:
        given |= _rekeyed(organisation, given)
    with kept_once():
        changes = change(organisation, at=at, version=version, **given)
    if changes:
        journal.note("organisation.edited", organisation, by=by, at=at, changes=changes)
    return organisation


def _rekeyed(organisation: Organisation, given: Mapping[str, object]) -> dict[str, str]:
    """A changed name is read anew, unless its reading was mended too."""
    is_renamed = any(given.get(name, getattr(organisation, name)) != getattr(organisation, name) for name in NAMES)
    sent = str(given.get("sort_key", organisation.sort_key))
    read = names.reading_to_keep(sent, organisation.sort_key, is_renamed=is_renamed)
    return _keys({**given, "sort_key": read}, organisation)


@atomic
def incorporate(team: Organisation, *, credit_code: str, by: Reader, at: datetime, **values: object) -> Organisation:
    """Make the team the company it became: the same row, the former name kept.

    `values`: name_zh, name_en, incorporated_on, registered_capital, area (a code or a Term), and any further
    fact of an organisation.
    """
    require(permissions.may_incorporate(by, team))
    given = cleaned(Organisation, {**values, "credit_code": credit_code}, permissions.OFFICERS_FIELDS)
    identifiers.credit_code(str(given["credit_code"]))
    given = {name: value for name, value in given.items() if value not in (None, "")}
    named(given)
    given = {**dict.fromkeys(NAMES, ""), **given}  # a name of the team is no name of the company
    _once({"credit_code": given["credit_code"]}, by, is_confirmed=True, but=team.pk)
    _keep_former(team, given)
    level = Level.MEMBERS if team.level == Level.ORGANISATION else team.level
    given |= {**_keys(given, team), "organisation_kind": OrganisationKind.ENTERPRISE, "level": level}
    with kept_once():
        changes = change(team, at=at, **given)
    journal.note("organisation.incorporated", team, by=by, at=at, changes=changes)
    return team


def _keep_former(team: Organisation, given: Mapping[str, object]) -> None:
    for field in NAMES:
        old, new = getattr(team, field), given.get(field)
        if old and not duplicates.is_same_name(old, str(new or "")):
            keep_name(team, old, NameKind.FORMER, until=given.get("incorporated_on"))


def keep_name(organisation: Organisation, name: str, kind: NameKind, *, until: date | None = None) -> bool:
    """Keep a further name, once; answers whether it is new. Called inside a deed."""
    if name in (organisation.name_zh, organisation.name_en) and kind != NameKind.FORMER:
        return False
    rows = OrganisationName.objects.unscoped("further names of an organisation the action has judged")
    _, is_new = rows.get_or_create(
        organisation=organisation, name=name,
        defaults={"core": names.core(name), "name_kind": kind, "until": until},
    )  # fmt: skip
    return is_new


@atomic
def add_name(organisation: Organisation, name: str, name_kind: NameKind, *, by: Reader, at: datetime) -> None:
    """Add an alias, a former name or an abbreviation."""
    require(permissions.may_edit(by, organisation), Forbidden)
    written = sound("name", name.strip(), 200)
    if not written:
        raise invalid("name", "Write the name.", "请填写名称。")
    if not keep_name(organisation, written, NameKind(name_kind)):
        raise invalid("name", f"“{written}” is one of its names already.", f"“{written}”已是该单位的名称。")
    journal.note("organisation.name_added", organisation, by=by, at=at, changes={"alias": (None, written)})


@atomic
def remove_name(organisation: Organisation, name_id: int, *, by: Reader, at: datetime) -> None:
    """Take a further name away; the journal keeps it."""
    require(permissions.may_edit(by, organisation), Forbidden)
    row = own_name(organisation, name_id)
    row.delete()
    journal.note("organisation.name_removed", organisation, by=by, at=at, changes={"alias": (row.name, None)})


@atomic
def add_label(
    organisation: Organisation, label: Term | str, year: int, *, by: Reader, at: datetime, **values: object
) -> OrganisationLabel:
    """Record a recognition of a year; `values`: definition, starts_on, ends_on."""
    require(permissions.may_manage(by, organisation), Forbidden)
    wanted = label if isinstance(label, Term) else term("labels", label, "label")
    if wanted is None:
        raise invalid("label", "Choose a recognition from the list.", "请从列表中选择资质。")
    given = cleaned(OrganisationLabel, values, {"definition", "starts_on", "ends_on"})
    given["definition"] = given.get("definition") or _definition(wanted)
    rows = OrganisationLabel.objects.unscoped("labels of an organisation the action has judged")
    row, is_new = rows.get_or_create(organisation=organisation, label=wanted, year=year, defaults=given)
    if not is_new:
        raise invalid("year", "This recognition of this year is recorded already.", "该年度的该项资质已登记。")
    journal.note("organisation.label_added", organisation, by=by, at=at,
                 changes={"label": (None, f"{wanted.code} {year}")})  # fmt: skip
    return row


def _definition(label: Term) -> str:
    """Which rules the label means: its issuer and their year, as the list has them."""
    issuer, year = label.details.get("issuer_zh", ""), label.details.get("year", "")
    return f"{issuer} {year}".strip()[:200]


@atomic
def end_label(organisation: Organisation, label_id: int, *, ends_on: date, by: Reader, at: datetime) -> None:
    """End a recognition that was withdrawn or has expired; the row stays, for counts as of an earlier day."""
    require(permissions.may_manage(by, organisation), Forbidden)
    rows = OrganisationLabel.objects.unscoped("labels of an organisation the action has judged")
    row = rows.filter(organisation=organisation, pk=label_id).select_related("label").first()
    if row is None:
        raise invalid("label", "It has no such recognition.", "该单位没有这项资质。")
    before, row.ends_on = row.ends_on, ends_on
    row.save(update_fields=["ends_on"])
    was, now = (f"{row.label.code} {day or ''}".strip() for day in (before, ends_on))
    journal.note("organisation.label_ended", organisation, by=by, at=at, changes={"label": (was, now)})


@atomic
def close(organisation: Organisation, *, reason: str, by: Reader, at: datetime, version: int | None = None) -> None:
    """Record that the organisation was dissolved; its history stays."""
    require(permissions.may_manage(by, organisation), Forbidden)
    if organisation.status == OrganisationStatus.CLOSED:
        raise Refused(Text("It is closed already.", "该单位已注销。"))
    if not reason.strip():
        raise invalid("reason", "Say why it is closed.", "请填写注销原因。")
    changes = change(organisation, at=at, version=version, status=OrganisationStatus.CLOSED)
    journal.note("organisation.closed", organisation, by=by, at=at,
                 changes={**changes, "reason": (None, sound("reason", reason.strip(), 300))})  # fmt: skip


@atomic
def reopen(organisation: Organisation, *, by: Reader, at: datetime) -> None:
    """Take a closing back that was a mistake."""
    require(permissions.may_manage(by, organisation), Forbidden)
    if organisation.status != OrganisationStatus.CLOSED:
        raise Refused(Text("It is not closed.", "该单位并未注销。"))
    changes = change(organisation, at=at, status=OrganisationStatus.ACTIVE)
    journal.note("organisation.reopened", organisation, by=by, at=at, changes=changes)
