"""The pages of scenario opportunities: the list, the record, writing and changing one, its moves, places and trial."""

from collections.abc import Mapping
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone

from grandunion.interfaces.kit import lists as kit_lists
from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.forms import Form, one_of
from grandunion.interfaces.kit.pages import Deed, done, page
from grandunion.interfaces.kit.records import happenings, offers, saving, worded
from grandunion.interfaces.kit.tones import TONES, tone
from grandunion.interfaces.web import documents
from grandunion.interfaces.web.scenarios import inviting, showing
from grandunion.interfaces.web.scenarios.asking import ListingForm, PlaceForm, ReasonForm, ScaleForm, TrialForm
from grandunion.interfaces.web.scenarios.deeds import (
    RESULTS,
    organisation_form,
    record_results,
    report_of,
    settle_waiver,
)
from grandunion.interfaces.web.scenarios.forms import OpportunityEdit, OpportunityForm, in_languages
from grandunion.interfaces.web.scenarios.words import PHASES, TOLD, VERBS
from grandunion.terms.scenarios import OpportunityState, ProposalState
from grandunion.terms.secrecy import Level
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent, Forbidden, Verdict, require
from grandunion.work.actions import scenarios as actions
from grandunion.work.actions.matches import take_up
from grandunion.work.permissions import scenarios as permissions
from grandunion.work.permissions.base import access_rows, clearance, parts
from grandunion.work.permissions.matches import may_find_fitting
from grandunion.work.queries import journal, scenarios

HOME = "/w/scenarios/"
LIST = (Text("Opportunity list", "场景机会清单"), HOME)
NEW = Text("State an opportunity", "登记场景机会")
PROPOSE = Text("Propose", "提交方案")
S = OpportunityState
FACTS = (
    (None, ("domain", "demand_type", "owner", "demand_name", "field", "area", "budget", "procurement_route",
            "starts_on", "ends_on", "proposals_until", "openness", "safety_permit", "permit_note", "is_first_use",
            "in_charge", "level", "source_note")),
    (Text("What is there already", "已有基础"), ("base_data", "base_site", "base_permits")),
    (Text("What came of it", "应用成效"), ("follow_on_value", "follow_on_note", "test_report")),
    (Text("Contact", "联系方式"), ("contact_name", "contact_phone", "contact_email")),
)  # fmt: skip
NEXT = ("refine", "approve", "publish", "begin_matching", "select", "begin_trial", "accept", "demonstrate", "scale")
Values = Mapping[str, object]


@signed_in
def index(request: HttpRequest) -> HttpResponse:
    """All opportunities the reader may see."""
    deeds = [Deed(f"{HOME}new/", NEW, "plus", is_primary=True)] if _may_state(request) else []
    return kit_lists.show(request, scenarios.OPPORTUNITIES, template="web/scenarios/list.html", actions=deeds,
                          here="scenarios")  # fmt: skip


def _may_state(request: HttpRequest) -> Verdict:
    return permissions.may_state_opportunity(request.reader)


@signed_in
def new(request: HttpRequest) -> HttpResponse:
    """Take an opportunity down."""
    require(_may_state(request), Forbidden)
    form = OpportunityForm.of(request, procurement_route="undecided", safety_permit="unknown")
    form.written_by(request.reader)

    def save(values: Values) -> HttpResponse:
        given = in_languages(values, "title", "pain")
        key, wanted = str(given.pop("submission", "")), str(given.pop("wanted", ""))
        record = actions.create_opportunity(given, wanted=wanted, submission=key, **showing.who(request))
        text = Text("{number} is on file.", "已登记 {number}。").fill(number=record.number)
        return done(request, f"{HOME}{record.number}/", text)

    return saving(request, form, save, template="web/scenarios/form.html", title=NEW, section="scenarios",
                  crumbs=[LIST, (NEW, "")], cancel_url=HOME, submit=NEW)  # fmt: skip


@signed_in
def edit(request: HttpRequest, number: str) -> HttpResponse:
    """Change an opportunity, in both languages."""
    record = scenarios.opportunity(number, request.reader)
    require(permissions.may_edit_opportunity(request.reader, record), Forbidden)
    wanted = {"wanted": scenarios.lines_of(record)} if request.method != "POST" else {}
    form = OpportunityEdit.of(request, version=record.version, **showing.kept(record, OpportunityEdit), **wanted)
    form.written_by(request.reader)
    if not permissions.may_set_indicators(request.reader, record):
        del form.fields["wanted"]

    def save(values: Values) -> HttpResponse:
        given = dict(values)
        version, lines = given.pop("version", None), given.pop("wanted", None)
        given.pop("submission", None)
        actions.edit_opportunity(record, given, wanted=lines, version=version, **showing.who(request))
        return done(request, f"{HOME}{number}/", Text("Saved.", "已保存。"))

    title = Text("Edit the opportunity", "修改场景机会")
    return saving(request, form, save, template="web/scenarios/form.html", title=title, section="scenarios",
                  crumbs=[LIST, (Text(number, number), f"{HOME}{number}/"), (title, "")],
                  cancel_url=f"{HOME}{number}/")  # fmt: skip


@signed_in
def record(request: HttpRequest, number: str) -> HttpResponse:
    """One opportunity, as deep as the reader reads it."""
    reader, found = request.reader, scenarios.opportunity(number, request.reader)
    rows = access_rows(reader, found)
    depth, mine = clearance(reader, found, rows), parts(reader, found, rows)
    seen, base = scenarios.opportunity_page(found, reader, depth), f"{HOME}{number}/"
    offered = permissions.opportunity_offers(reader, found)
    state = OpportunityState(found.state).text
    lines = [line for line in journal.timeline(found, depth) if not line.verb.startswith("access.")]
    may_measure = bool(permissions.may_measure(reader, found))
    return page(
        request, "web/scenarios/opportunity.html", found.title, section="scenarios", number=number,
        subtitle=showing.side(found, depth), state=state,
        tone=tone(found.state), crumbs=[LIST, (Text(number, number), "")],
        actions=_head_deeds(request, found, seen, offered), record=found, seen=seen, base=base,
        may_fit=bool(may_find_fitting(reader, found, rows)),
        facts=showing.facts_of(seen.fields, FACTS), phases=showing.phases(found.state, state, PHASES),
        offers=offers(offered, _move_forms(found, seen, request.at), base),
        evidence=showing.evidence(seen.indicators, base, lambda one: (
            may_measure, permissions.may_grant_waiver(reader, one, mine))),
        supplier=scenarios.supplier_of(seen.trial) if seen.trial else None, may_measure=may_measure,
        proposals=showing.written(seen.proposals, ProposalState, reader),
        may_name=bool(permissions.may_name_places(reader, found)), tones=TONES,
        sees_pages=bool(mine & permissions.SIDE),
        entries=happenings(worded(lines, showing.WORDS), VERBS, TOLD),
        files=documents.panel(request, found, depth, mine),
    )  # fmt: skip


def _head_deeds(request: HttpRequest, found: object, seen: object, offered: tuple) -> list[Deed]:
    """What is done most: proposing, measuring, the move that brings it on, changing it, taking charge."""
    base, reader = f"{HOME}{found.number}/", request.reader
    deeds = [Deed(f"{base}edit/", Text("Edit", "编辑"), "pencil")] if _may(
        permissions.may_edit_opportunity, reader, found) else []  # fmt: skip
    if found.in_charge_id != reader.user_id and _may(permissions.may_take_opportunity, reader, found):
        deeds.append(Deed(f"{base}take/", Text("Take charge", "由我经办"), "user-round", method="post"))
    if seen.own:
        deeds.append(Deed(f"/w/proposals/{seen.own.number}/", Text("Your proposal", "我方方案"), "file-text"))
    elif _may(permissions.may_propose, reader, found):
        deeds.append(Deed(f"{base}propose/", PROPOSE, "send", is_primary=True))
    allowed = {move.code: move for move, verdict in offered if verdict}
    code = next((code for code in NEXT if code in allowed), None)
    if code:
        deeds.append(Deed(f"{base}moves/{code}/", allowed[code].label, "arrow-right", is_primary=True))
    elif _may(permissions.may_measure, reader, found):
        deeds.append(Deed(f"{base}results/", RESULTS, "microscope", is_primary=True))
    return deeds


def _may(judge: object, reader: object, found: object) -> bool:
    return bool(judge(reader, found))


def _move_forms(found: object, seen: object, at: datetime) -> dict[str, type[Form]]:
    """The form of each move on this opportunity."""
    plain = dict.fromkeys(("send_back", "choose_again", "close", "give_up", "fail", "collect_again"), ReasonForm)
    return {
        **plain, "scale": ScaleForm, "publish": showing.prefilled(ListingForm, level=Level.PUBLIC.value),
        "begin_trial": showing.prefilled(TrialForm, starts_on=timezone.localdate(at)),
        "select": _choosing(seen.proposals), "demonstrate": _reporting(found, seen.reports),
    }  # fmt: skip


def _choosing(proposals: tuple) -> type[Form]:
    waiting = (ProposalState.SUBMITTED, ProposalState.SHORTLISTED)
    rows = [(one.number, Text(f"{one.owner.name.en}: {one.heading}", f"{one.owner.name.zh}：{one.heading}"))
            for one in proposals if one.state in waiting and one.owner]  # fmt: skip
    return type("SelectForm", (Form,), {"proposal": one_of("Proposal", "方案", lambda: rows)})


def _reporting(found: object, reports: tuple) -> type[Form]:
    rows = [(one.number, Text(one.file_name, one.file_name)) for one in reports]
    field = one_of("Test report", "检测报告", lambda: rows, required=found.test_report_id is None)
    if found.test_report is not None:
        field.initial = found.test_report.number
    return type("ReportForm", (Form,), {"report": field})


def _plain(code: str) -> object:
    def do(found: object, values: Values, request: HttpRequest) -> object:
        return actions.move_opportunity(found, code, reason=str(values.get("reason") or ""),
                                        version=values.get("version"), **showing.who(request))  # fmt: skip

    return do


def _with_reason(verb: object) -> object:
    def do(found: object, values: Values, request: HttpRequest) -> object:
        return verb(found, reason=str(values["reason"]), version=values.get("version"), **showing.who(request))

    return do


DO = {
    **{code: _plain(code) for code in ("refine", "send_back", "approve", "begin_matching", "close", "give_up",
                                       "collect_again")},
    "publish": lambda found, values, request: actions.publish_opportunity(
        found, proposals_until=values["proposals_until"], level=str(values["level"]), version=values.get("version"),
        **showing.who(request)),
    "select": lambda found, values, request: actions.select(
        found, scenarios.proposal(str(values["proposal"]), request.reader), version=values.get("version"),
        **showing.who(request)),
    "choose_again": _with_reason(actions.choose_again),
    "begin_trial": lambda found, values, request: actions.begin_trial(
        found, site=str(values["site"]), starts_on=values["starts_on"], ends_on=values["ends_on"],
        version=values.get("version"), **showing.who(request)),
    "accept": lambda found, values, request: actions.accept(
        found, version=values.get("version"), **showing.who(request)),
    "fail": _with_reason(actions.fail),
    "demonstrate": lambda found, values, request: actions.demonstrate(
        found, report=report_of(values.get("report"), request), version=values.get("version"), **showing.who(request)),
    "scale": lambda found, values, request: actions.scale(
        found, follow_on_value=values["follow_on_value"], note=str(values["note"]), version=values.get("version"),
        **showing.who(request)),
}  # fmt: skip


@signed_in
def move(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Make a move; a GET shows its form as a page."""
    found = scenarios.opportunity(number, request.reader)
    if code not in DO:
        raise Absent
    offered = {one.code: one.label for one, _ in permissions.opportunity_offers(request.reader, found)}
    title = offered.get(code, Text("That cannot be done now", "当前无法执行"))
    depth = clearance(request.reader, found)
    form = _move_forms(found, scenarios.opportunity_page(found, request.reader, depth), request.at).get(code, Form)

    def save(values: Values) -> HttpResponse:
        DO[code](found, values, request)
        return done(request, f"{HOME}{number}/", Text("{deed}: done.", "已办理：{deed}。").fill(deed=title))

    return showing.deed(request, found, form.of(request, version=found.version), save, title, LIST)


@signed_in
def take(request: HttpRequest, number: str) -> HttpResponse:
    """Become its scenario manager with one click."""
    found = scenarios.opportunity(number, request.reader)

    def save(values: Values) -> HttpResponse:
        actions.take(found, **showing.who(request))
        return done(request, f"{HOME}{number}/", Text("You are in charge now.", "您已成为场景经理人。"))

    return showing.deed(request, found, Form.of(request), save, Text("Take charge", "由我经办"), LIST)


@signed_in
def propose(request: HttpRequest, number: str) -> HttpResponse:
    """Begin a proposal for the reader's organisation, or go on with the one there is; an invitation is accepted."""
    found = scenarios.opportunity(number, request.reader)
    require(permissions.may_propose(request.reader, found), Forbidden)

    def save(values: Values) -> HttpResponse:
        draft = take_up(found, organisation=str(values.get("organisation") or ""), **showing.who(request))
        return done(request, f"/w/proposals/{draft.number}/edit/", Text("Your draft is open.", "已新建草稿。"))

    return showing.deed(request, found, organisation_form(request).of(request), save, PROPOSE, LIST)


@signed_in
def results(request: HttpRequest, number: str) -> HttpResponse:
    """Record a test: the values of all indicators, and its report, on one page."""
    found = scenarios.opportunity(number, request.reader)
    require(permissions.may_measure(request.reader, found), Forbidden)
    seen = scenarios.opportunity_page(found, request.reader, clearance(request.reader, found))
    return record_results(request, found, seen, LIST)


@signed_in
def waiver(request: HttpRequest, number: str, pk: int, deed: str) -> HttpResponse:
    """Ask for a waiver of an indicator, grant it, or refuse it."""
    return settle_waiver(request, scenarios.opportunity(number, request.reader), pk, deed, LIST)


@signed_in
def add_place(request: HttpRequest, number: str) -> HttpResponse:
    """Name a place."""
    found = scenarios.opportunity(number, request.reader)
    title = Text("Name a place", "登记地点")

    def save(values: Values) -> HttpResponse:
        name = in_languages({"name": values["name"]}, "name")
        actions.add_place(
            found, name=Text(str(name.get("name_en", "")), str(name.get("name_zh", ""))),
            is_replication=bool(values["is_replication"]), used_since=values["used_since"], **showing.who(request),
        )  # fmt: skip
        return done(request, f"{HOME}{number}/", Text("The place is named.", "地点已登记。"))

    return showing.deed(request, found, PlaceForm.of(request), save, title, LIST)


@signed_in
def drop_place(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Take a place off."""
    found = scenarios.opportunity(number, request.reader)
    title = Text("Take the place off", "移除地点")

    def save(values: Values) -> HttpResponse:
        actions.drop_place(found, pk, **showing.who(request))
        return done(request, f"{HOME}{number}/", Text("The place is off.", "地点已移除。"))

    return showing.deed(request, found, Form.of(request), save, title, LIST)


urlpatterns = [
    path("", index),
    path("new/", new),
    path("<str:number>/", record),
    path("<str:number>/edit/", edit),
    path("<str:number>/take/", take),
    path("<str:number>/propose/", propose),
    path("<str:number>/results/", results),
    path("<str:number>/places/", add_place),
    path("<str:number>/places/<int:pk>/remove/", drop_place),
    path("<str:number>/indicators/<int:pk>/<str:deed>/", waiver),
    path("<str:number>/moves/<str:code>/", move),
    *inviting.urlpatterns,
]
