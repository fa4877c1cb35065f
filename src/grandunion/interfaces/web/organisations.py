"""The pages of organisations: list, record, new, edit, and the deeds on a record."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone

from grandunion.interfaces.kit import lists
from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.forms import Form
from grandunion.interfaces.kit.pages import Deed, done, page, tell
from grandunion.interfaces.kit.records import saving
from grandunion.interfaces.web import documents, organisation_deeds, twins
from grandunion.interfaces.web.organisation_forms import OrganisationForm
from grandunion.interfaces.web.parties import entries, rows
from grandunion.terms.parties import OrganisationKind, OrganisationStatus
from grandunion.terms.secrecy import Level
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Forbidden, require
from grandunion.work.actions.parties import organisations
from grandunion.work.permissions import parties as permissions
from grandunion.work.permissions.base import access_rows, clearance, readable
from grandunion.work.queries import parties
from grandunion.work.queries.parties.names import reading_of
from grandunion.work.queries.parties.pages import successor

HOME = "/w/organisations/"
NEW = Text("Add an organisation", "新增单位")
LIST = (Text("Organisations", "单位"), HOME)
TONES = {OrganisationStatus.ACTIVE: "good", OrganisationStatus.CLOSED: "bad", OrganisationStatus.MERGED: "neutral"}
LESSER = ("ror", "stock_symbol", "incorporated_on", "landed_on", "region", "city", "country", "website")
GROUPS = (
    (None, ("organisation_kind", "credit_code", "ror", "stock_symbol", "founded_on", "incorporated_on")),
    (Text("Place and trade", "地点与行业"),
     ("area", "landed_on", "industry", "size", "region", "city", "country", "website")),
    (Text("For the organisation and its officers only", "仅本单位与服务专员可见"),
     ("registered_capital", "staff_count", "contact_name", "contact_email", "contact_phone")),
)  # fmt: skip


@signed_in
def index(request: HttpRequest) -> HttpResponse:
    """All organisations the reader may see."""
    deeds = []
    if permissions.may_find_duplicates(request.reader):
        deeds.append(Deed(f"{HOME}duplicates/", Text("Duplicates", "查重合并"), "git-merge"))
    if permissions.may_create(request.reader, OrganisationKind.TEAM):
        deeds.append(Deed(f"{HOME}new/", NEW, "plus", is_primary=True))
    return lists.show(request, parties.ORGANISATION_LISTING, template="web/organisations/list.html", actions=deeds)


@signed_in
def record(request: HttpRequest, number: str) -> HttpResponse:
    """One organisation, as deep as the reader reads it."""
    organisation = parties.organisation(number, request.reader)
    if organisation.status == OrganisationStatus.MERGED and (heir := successor(organisation, request.reader)):
        tell(request, Text(f"{number} was merged into this record.", f"{number} 已并入本记录。"), "warn")
        return redirect(f"{HOME}{heir.number}/")
    access = access_rows(request.reader, organisation)
    depth = clearance(request.reader, organisation, access)
    facts = readable(organisation, depth)
    verdicts = permissions.offers(request.reader, organisation)
    return page(
        request, "web/organisations/record.html", organisation.name, section="organisations",
        crumbs=[LIST, (organisation.name, "")], subtitle=_subtitle(organisation), number=organisation.number,
        state=OrganisationStatus(organisation.status).text, tone=TONES[organisation.status],
        actions=_head_deeds(organisation, verdicts), organisation=organisation, facts=_facts(facts),
        summary=_summary(facts),
        found=parties.organisation_page(organisation, request.reader), verdicts=verdicts,
        today=timezone.localtime(request.at).date(),
        entries=entries(organisation, depth),
        offers=organisation_deeds.offers(organisation, verdicts, f"{HOME}{organisation.number}/", request.at),
        files=documents.panel(request, organisation, depth),
    )  # fmt: skip


def _facts(facts: Mapping[str, object]) -> list[tuple]:
    groups = [(title, rows(facts, names, LESSER)) for title, names in GROUPS]
    return [(title, found) for title, found in groups if any(value not in (None, "") for _, value in found)]


def _summary(facts: Mapping[str, object]) -> Text | None:
    zh, en = facts.get("summary_zh", ""), facts.get("summary_en", "")
    return Text(str(en or zh), str(zh or en)) if zh or en else None


def _subtitle(organisation: object) -> Text | None:
    """The name in the other language, where there are two."""
    if organisation.name_zh and organisation.name_en:
        return Text(organisation.name_zh, organisation.name_en)
    return None


def _head_deeds(organisation: object, verdicts: Mapping[str, object]) -> list[Deed]:
    base = f"{HOME}{organisation.number}/"
    deeds = [Deed(f"{base}edit/", Text("Edit", "编辑"), "pencil")] if verdicts["names"] else []
    if verdicts["names"]:
        deeds.append(Deed(f"/w/ties/{organisation.number}/", Text("Ties", "关联关系"), "network"))
        deeds.append(Deed(f"/w/suggestions/{organisation.number}/", Text("Suggestions", "推荐设置"), "bell"))
        deeds.append(Deed(f"/w/offers/new/?of={organisation.number}", Text("Write an offer", "填写供给"), "tag"))
    if verdicts["labels"]:
        deeds.append(Deed(f"/w/access/organisation/{organisation.number}/", Text("Access", "查阅授权"), "key-round"))
        deeds.append(Deed(f"{HOME}duplicates/?of={organisation.number}", Text("Duplicates", "查重"), "git-merge"))
    return deeds


@signed_in
def new(request: HttpRequest) -> HttpResponse:
    """Add an organisation."""
    kind = request.GET.get("kind", "")
    require(permissions.may_create(request.reader, OrganisationKind.TEAM), Forbidden)
    start = OrganisationKind(kind) if OrganisationKind.has(kind) else OrganisationKind.ENTERPRISE
    form = OrganisationForm.of(request, organisation_kind=start, level=Level.MEMBERS, country="CN")

    def save(values: Mapping[str, object]) -> HttpResponse:
        given = {name: value for name, value in values.items() if value not in (None, "")}
        key, is_confirmed = given.pop("submission", ""), given.pop("is_confirmed", False)
        made = organisations.create(given, by=request.reader, at=request.at, key=key, is_confirmed=is_confirmed)
        return done(request, f"{HOME}{made.number}/", Text(f"{made.number} was added.", f"已新增 {made.number}。"))

    return saving(request, form, save, template="web/organisations/form.html", title=NEW,
                  section="organisations", crumbs=[LIST, (Text("New", "新增"), "")], cancel_url=HOME)  # fmt: skip


@signed_in
def edit(request: HttpRequest, number: str) -> HttpResponse:
    """Change facts of an organisation."""
    organisation = parties.organisation(number, request.reader)
    require(permissions.may_edit(request.reader, organisation), Forbidden)
    fields, home = permissions.fields_for(request.reader, organisation), f"{HOME}{organisation.number}/"
    form = OrganisationForm.of(request, version=organisation.version, **_initial(organisation, fields)).keep(fields)

    def save(values: Mapping[str, object]) -> HttpResponse:
        given = {name: value for name, value in values.items() if name in fields}
        organisations.edit(organisation, given, by=request.reader, at=request.at, version=values.get("version"),
                           is_confirmed=values.get("is_confirmed", False))  # fmt: skip
        return done(request, home, Text("Saved.", "已保存。"))

    return saving(
        request, form, save, template="web/organisations/form.html", title=organisation.name, section="organisations",
        crumbs=[LIST, (organisation.name, home), (Text("Edit", "编辑"), "")], number=organisation.number,
        cancel_url=home,
    )  # fmt: skip


def _initial(organisation: object, fields: frozenset[str]) -> dict[str, object]:
    values = {name: getattr(organisation, name) for name in fields}
    values = {name: getattr(value, "code", value) for name, value in values.items()}
    return {**values, "sort_key": reading_of(organisation.sort_key)}


@signed_in
def deed(request: HttpRequest, number: str, code: str, child: int | None = None) -> HttpResponse:
    """One deed on an organisation: its form on GET, the deed on POST."""
    organisation = parties.organisation(number, request.reader)
    wanted, home = organisation_deeds.find(code), f"{HOME}{organisation.number}/"
    require(wanted.may(request.reader, organisation), Forbidden)
    form: Form = wanted.form.of(request, **wanted.start(organisation, request.at))

    def save(values: Mapping[str, object]) -> HttpResponse:
        wanted.do(organisation, values, request.reader, request.at, child)
        return done(request, home, wanted.said)

    return saving(
        request, form, save, template="web/organisations/deed.html", title=wanted.text, section="organisations",
        crumbs=[LIST, (organisation.name, home), (wanted.text, "")], number=organisation.number, cancel_url=home,
        subtitle=organisation.name,
    )  # fmt: skip


urlpatterns = [
    path("", index),
    path("new/", new),
    path("similar", twins.similar),
    path("duplicates/", twins.duplicates),
    path("compare/", twins.compare),
    path("<str:number>/", record),
    path("<str:number>/edit/", edit),
    path("<str:number>/merge/", twins.merge),
    path("<str:number>/<str:code>/", deed),
    path("<str:number>/<str:code>/<int:child>/", deed),
]
