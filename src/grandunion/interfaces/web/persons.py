"""The pages of persons: list, record, new, edit, and the end of a position."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone

from grandunion.interfaces.kit import forms as kit
from grandunion.interfaces.kit import lists
from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.pages import Deed, done, page
from grandunion.interfaces.kit.records import saving
from grandunion.interfaces.web import documents
from grandunion.interfaces.web.parties import entries, rows
from grandunion.terms.secrecy import Level
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Forbidden, require
from grandunion.work.actions.parties import persons
from grandunion.work.permissions import parties as permissions
from grandunion.work.permissions.base import clearance, readable
from grandunion.work.queries import parties
from grandunion.work.queries.parties.names import reading_of

HOME = "/w/persons/"
LIST = (Text("Persons", "人员"), HOME)
FACTS = ("title_zh", "title_en", "affiliation", "expertise", "orcid", "email", "phone", "source_note")
LESSER = ("title_zh", "title_en", "orcid", "email", "phone", "source_note")
NEW = Text("Add a person", "新增人员")


class PersonForm(kit.Form):
    """All facts of a person."""

    name_zh = kit.text("Name in Chinese", "中文姓名", required=False, longest=100)
    name_en = kit.text("Name in English", "英文姓名", required=False, longest=100)
    sort_key = kit.text(
        "Reading (pinyin)", "读音（拼音）", required=False, longest=150,
        help=Text("Left empty, it is read from the name; correct it where a surname has two readings.",
                  "留空则由姓名自动生成；多音姓氏可在此更正。"),
    )  # fmt: skip
    affiliation = kit.text("Affiliation", "所在单位", required=False, longest=200)
    title_zh = kit.text("Title in Chinese", "中文职称职务", required=False, longest=100)
    title_en = kit.text("Title in English", "英文职称职务", required=False, longest=100)
    orcid = kit.text("ORCID", "ORCID", required=False, longest=60,
                     help=Text("Like 0000-0002-1825-0097.", "形如 0000-0002-1825-0097。"))  # fmt: skip
    expertise = kit.text("Expertise", "专长", required=False, longest=500)
    email = kit.email("E-mail (officers only)", "电子邮箱（仅服务专员可见）")
    phone = kit.text("Phone (officers only)", "电话（仅服务专员可见）", required=False, longest=40)
    level = kit.choice("Open to", "公开范围", Level)


@signed_in
def index(request: HttpRequest) -> HttpResponse:
    """All persons the reader may see."""
    deeds = [Deed(f"{HOME}new/", NEW, "plus", is_primary=True)]
    may = permissions.may_create_person(request.reader)
    return lists.show(request, parties.PERSON_LISTING, template="web/persons/list.html", actions=deeds if may else ())


@signed_in
def record(request: HttpRequest, number: str) -> HttpResponse:
    """One person, as deep as the reader reads them."""
    person = parties.person(number, request.reader)
    depth = clearance(request.reader, person)
    may_edit = permissions.may_edit_person(request.reader, person)
    deeds = [Deed(f"{HOME}{person.number}/edit/", Text("Edit", "编辑"), "pencil")] if may_edit else []
    if may_edit:
        deeds.append(Deed(f"/w/ties/{person.number}/", Text("Ties", "关联关系"), "network"))
        deeds.append(Deed(f"/w/suggestions/{person.number}/", Text("Suggestions", "推荐设置"), "bell"))
        url = f"/w/offers/new/?kind=expertise&of={person.number}"
        deeds.append(Deed(url, Text("Offer expertise", "填写专家服务"), "tag"))
    other = Text(person.name_zh, person.name_en) if person.name_zh and person.name_en else None
    return page(
        request, "web/persons/record.html", person.name, section="persons", crumbs=[LIST, (person.name, "")],
        number=person.number, subtitle=other, actions=deeds, person=person,
        facts=[(None, rows(readable(person, depth), FACTS, LESSER))], found=parties.person_page(person, request.reader),
        today=timezone.localtime(request.at).date(),
        entries=entries(person, depth),
        files=documents.panel(request, person, depth),
    )  # fmt: skip


@signed_in
def new(request: HttpRequest) -> HttpResponse:
    """Add a person."""
    require(permissions.may_create_person(request.reader), Forbidden)
    form = PersonForm.of(request, level=Level.MEMBERS)

    def save(values: Mapping[str, object]) -> HttpResponse:
        given = {name: value for name, value in values.items() if value not in (None, "")}
        made = persons.create(given, by=request.reader, at=request.at, key=given.pop("submission", ""))
        return done(request, f"{HOME}{made.number}/", Text(f"{made.number} was added.", f"已新增 {made.number}。"))

    return saving(request, form, save, template="web/persons/form.html", title=NEW, section="persons",
                  crumbs=[LIST, (NEW, "")], cancel_url=HOME)  # fmt: skip


@signed_in
def edit(request: HttpRequest, number: str) -> HttpResponse:
    """Change facts of a person."""
    person = parties.person(number, request.reader)
    require(permissions.may_edit_person(request.reader, person), Forbidden)
    home = f"{HOME}{person.number}/"
    start = {name: getattr(person, name) for name in PersonForm.base_fields if hasattr(person, name)}
    form = PersonForm.of(request, **{**start, "sort_key": reading_of(person.sort_key)})
    if not request.reader.is_officer:
        del form.fields["level"]

    def save(values: Mapping[str, object]) -> HttpResponse:
        given = {name: value for name, value in values.items() if name not in ("version", "submission")}
        persons.edit(person, given, by=request.reader, at=request.at, version=values.get("version"))
        return done(request, home, Text("Saved.", "已保存。"))

    return saving(
        request, form, save, template="web/persons/form.html", title=person.name, section="persons",
        crumbs=[LIST, (person.name, home), (Text("Edit", "编辑"), "")], number=person.number, cancel_url=home,
    )  # fmt: skip


urlpatterns = [
    path("", index),
    path("new/", new),
    path("<str:number>/", record),
    path("<str:number>/edit/", edit),
]
