"""The pages of scenario capabilities: the list, the record, handing one in, changing it, its moves."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.urls import path

from grandunion.interfaces.kit import lists as kit_lists
from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.forms import Form
from grandunion.interfaces.kit.pages import Deed, done, page
from grandunion.interfaces.kit.records import happenings, offers, saving, worded
from grandunion.interfaces.kit.tones import TONES, tone
from grandunion.interfaces.web import documents
from grandunion.interfaces.web.scenarios import showing
from grandunion.interfaces.web.scenarios.asking import LevelForm, ReasonForm, VerifyForm
from grandunion.interfaces.web.scenarios.forms import CapabilityEdit, CapabilityForm, in_languages
from grandunion.interfaces.web.scenarios.words import TOLD, VERBS
from grandunion.terms.scenarios import CapabilityState, ProposalState
from grandunion.terms.secrecy import Level
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent, Forbidden, require
from grandunion.work.actions import scenarios as actions
from grandunion.work.permissions import scenarios as permissions
from grandunion.work.permissions.base import access_rows, clearance
from grandunion.work.permissions.matches import may_find_fitting
from grandunion.work.queries import journal, scenarios

HOME = "/w/capabilities/"
LIST = (Text("Capability list", "场景能力清单"), HOME)
NEW = Text("Hand in a capability", "提交场景能力")
FACTS = (
    (None, ("domain", "field", "area", "trl", "weeks", "price_min", "price_max", "conditions", "valid_until", "level",
            "source_note")),
    (Text("Verification", "核实"), ("verified_by", "verified_at", "verified_note")),
    (Text("Contact", "联系方式"), ("contact_name", "contact_phone", "contact_email")),
)  # fmt: skip
MOVE_FORMS: Mapping[str, type[Form]] = {
    "verify": VerifyForm, "publish": LevelForm, "doubt": ReasonForm, "withdraw": ReasonForm,
}  # fmt: skip
Values = Mapping[str, object]


@signed_in
def index(request: HttpRequest) -> HttpResponse:
    """All capabilities the reader may see."""
    may = permissions.may_state_capability(request.reader)
    deeds = [Deed(f"{HOME}new/", NEW, "plus", is_primary=True)] if may else []
    return kit_lists.show(request, scenarios.CAPABILITIES, template="web/scenarios/list.html", actions=deeds,
                          here="capabilities")  # fmt: skip


@signed_in
def new(request: HttpRequest) -> HttpResponse:
    """Hand in what a firm can do."""
    require(permissions.may_state_capability(request.reader), Forbidden)
    form = CapabilityForm.of(request).written_by(request.reader)

    def save(values: Values) -> HttpResponse:
        given = in_languages(values, "title", "text", "references")
        key = str(given.pop("submission", ""))
        record = actions.create_capability(given, submission=key, **showing.who(request))
        text = Text("{number} is handed in.", "已提交 {number}。").fill(number=record.number)
        return done(request, f"{HOME}{record.number}/", text)

    return saving(request, form, save, template="web/scenarios/form.html", title=NEW, section="scenarios",
                  crumbs=[LIST, (NEW, "")], cancel_url=HOME, submit=NEW)  # fmt: skip


@signed_in
def edit(request: HttpRequest, number: str) -> HttpResponse:
    """Change a capability, in both languages."""
    found = scenarios.capability(number, request.reader)
    require(permissions.may_edit_capability(request.reader, found), Forbidden)
    form = CapabilityEdit.of(request, version=found.version, **showing.kept(found, CapabilityEdit))
    form.written_by(request.reader)

    def save(values: Values) -> HttpResponse:
        given = dict(values)
        version = given.pop("version", None)
        given.pop("submission", None)
        actions.edit_capability(found, given, version=version, **showing.who(request))
        return done(request, f"{HOME}{number}/", Text("Saved.", "已保存。"))

    title = Text("Edit the capability", "修改场景能力")
    return saving(request, form, save, template="web/scenarios/form.html", title=title, section="scenarios",
                  crumbs=[LIST, (Text(number, number), f"{HOME}{number}/"), (title, "")],
                  cancel_url=f"{HOME}{number}/")  # fmt: skip


@signed_in
def record(request: HttpRequest, number: str) -> HttpResponse:
    """One capability, as deep as the reader reads it."""
    reader, found = request.reader, scenarios.capability(number, request.reader)
    rows = access_rows(reader, found)
    depth, base = clearance(reader, found, rows), f"{HOME}{number}/"
    seen, offered = scenarios.capability_page(found, reader, depth), permissions.capability_offers(reader, found)
    lines = [line for line in journal.timeline(found, depth) if not line.verb.startswith("access.")]
    return page(
        request, "web/scenarios/capability.html", found.title, section="scenarios", number=number,
        subtitle=showing.side(found, depth),
        state=CapabilityState(found.state).text, tone=tone(found.state), crumbs=[LIST, (Text(number, number), "")],
        actions=_head_deeds(found, offered, bool(permissions.may_edit_capability(reader, found))), record=found,
        seen=seen, may_fit=bool(may_find_fitting(reader, found, rows)),
        facts=showing.facts_of(seen.fields, FACTS), offers=offers(offered, MOVE_FORMS, base), tones=TONES,
        proposals=showing.written(seen.proposals, ProposalState, reader),
        entries=happenings(worded(lines, showing.WORDS), VERBS, TOLD), files=documents.panel(request, found, depth),
    )  # fmt: skip


def _head_deeds(found: object, offered: tuple, may_edit: bool) -> list[Deed]:
    base = f"{HOME}{found.number}/"
    deeds = [Deed(f"{base}edit/", Text("Edit", "编辑"), "pencil")] if may_edit else []
    allowed = {move.code: move for move, verdict in offered if verdict}
    if code := next((code for code in ("verify", "publish", "hand_in_again") if code in allowed), None):
        deeds.append(Deed(f"{base}moves/{code}/", allowed[code].label, "arrow-right", is_primary=True))
    return deeds


def _do(found: object, code: str, values: Values, request: HttpRequest) -> object:
    shared = {"version": values.get("version"), **showing.who(request)}
    if code == "verify":
        return actions.verify_capability(found, note=str(values["note"]), **shared)
    if code == "publish":
        return actions.publish_capability(found, level=str(values["level"]), **shared)
    return actions.move_capability(found, code, reason=str(values.get("reason") or ""), **shared)


@signed_in
def move(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Make a move; a GET shows its form as a page."""
    found = scenarios.capability(number, request.reader)
    offered = {one.code: one.label for one, _ in permissions.capability_offers(request.reader, found)}
    if code not in offered:
        raise Absent
    given = {"level": Level.PUBLIC.value} if code == "publish" else {}
    form = MOVE_FORMS.get(code, Form).of(request, version=found.version, **given)

    def save(values: Values) -> HttpResponse:
        _do(found, code, values, request)
        return done(request, f"{HOME}{number}/", Text("{deed}: done.", "已办理：{deed}。").fill(deed=offered[code]))

    return showing.deed(request, found, form, save, offered[code], LIST)


urlpatterns = [
    path("", index),
    path("new/", new),
    path("<str:number>/", record),
    path("<str:number>/edit/", edit),
    path("<str:number>/moves/<str:code>/", move),
]
