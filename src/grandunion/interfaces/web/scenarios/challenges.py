"""The pages of open challenges: the list, the record, writing and changing one, and its moves."""

from collections.abc import Mapping
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.urls import path

from grandunion.interfaces.kit import lists as kit_lists
from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.forms import Form
from grandunion.interfaces.kit.pages import Deed, done, page
from grandunion.interfaces.kit.records import happenings, offers, saving, worded
from grandunion.interfaces.kit.tones import TONES, tone
from grandunion.interfaces.web import documents
from grandunion.interfaces.web.scenarios import running, showing
from grandunion.interfaces.web.scenarios.asking import ExtendForm, NoticeForm, PublishListForm, ReasonForm, SignForm
from grandunion.interfaces.web.scenarios.deeds import organisation_form, record_results, settle_waiver
from grandunion.interfaces.web.scenarios.forms import ChallengeEdit, ChallengeForm, in_languages
from grandunion.interfaces.web.scenarios.words import CHALLENGE_PHASES, TOLD, VERBS
from grandunion.terms.scenarios import BidState, ChallengeState
from grandunion.terms.secrecy import Level, Secrecy
from grandunion.terms.text import NOTHING, Text
from grandunion.terms.verdicts import Absent, Forbidden, require
from grandunion.work.actions import scenarios as actions
from grandunion.work.permissions import scenarios as permissions
from grandunion.work.permissions.base import access_rows, clearance, parts
from grandunion.work.queries import journal, scenarios

HOME = "/w/challenges/"
LIST = (Text("Open challenges", "揭榜挂帅"), HOME)
NEW = Text("State a challenge", "登记揭榜需求")
BID = Text("Bid", "揭榜")
ZONE = ZoneInfo("Asia/Shanghai")
CLOSES = time(18, 0)  # bids are taken up to the end of the working day
FACTS = (
    (None, ("owner", "demand_name", "field", "industry", "area", "months", "bids_from", "bids_until", "in_charge",
            "level", "source_note")),
    (Text("Money", "资金"), ("total_budget", "enterprise_share", "fiscal_share", "contract_value", "contract_number",
                           "signed_on")),
    (Text("Contact", "联系方式"), ("contact_name", "contact_phone", "contact_email")),
)  # fmt: skip
NEXT = ("screen", "publish_list", "open_bids", "close_bids", "begin_review", "give_notice", "sign", "begin_work",
        "begin_acceptance", "settle")  # fmt: skip
FORMS: Mapping[str, type[Form]] = {
    "publish_list": PublishListForm, "give_notice": NoticeForm, "sign": SignForm,
    **dict.fromkeys(("send_back", "announce_again", "return_to_review", "rework", "fail", "terminate"), ReasonForm),
}  # fmt: skip
Values = Mapping[str, object]


@signed_in
def index(request: HttpRequest) -> HttpResponse:
    """All challenges the reader may see."""
    may = permissions.may_state_challenge(request.reader)
    deeds = [Deed(f"{HOME}new/", NEW, "plus", is_primary=True)] if may else []
    return kit_lists.show(request, scenarios.CHALLENGES, template="web/scenarios/list.html", actions=deeds,
                          here="challenges")  # fmt: skip


@signed_in
def new(request: HttpRequest) -> HttpResponse:
    """Take the need of a challenge down."""
    require(permissions.may_state_challenge(request.reader), Forbidden)
    form = ChallengeForm.of(request).written_by(request.reader)

    def save(values: Values) -> HttpResponse:
        given = in_languages(values, "title", "text", "conditions")
        key, wanted = str(given.pop("submission", "")), str(given.pop("wanted", ""))
        record = actions.create_challenge(given, wanted=wanted, submission=key, **showing.who(request))
        text = Text("{number} is on file.", "已登记 {number}。").fill(number=record.number)
        return done(request, f"{HOME}{record.number}/", text)

    return saving(request, form, save, template="web/scenarios/form.html", title=NEW, section="challenges",
                  crumbs=[LIST, (NEW, "")], cancel_url=HOME, submit=NEW)  # fmt: skip


@signed_in
def edit(request: HttpRequest, number: str) -> HttpResponse:
    """Change a challenge before its list is published."""
    found = scenarios.challenge(number, request.reader)
    require(permissions.may_edit_challenge(request.reader, found), Forbidden)
    wanted = {"wanted": scenarios.lines_of(found)} if request.method != "POST" else {}
    form = ChallengeEdit.of(request, version=found.version, **showing.kept(found, ChallengeEdit), **wanted)
    form.written_by(request.reader)

    def save(values: Values) -> HttpResponse:
        given = dict(values)
        version, lines = given.pop("version", None), given.pop("wanted", None)
        given.pop("submission", None)
        actions.edit_challenge(found, given, wanted=lines, version=version, **showing.who(request))
        return done(request, f"{HOME}{number}/", Text("Saved.", "已保存。"))

    title = Text("Edit the challenge", "修改榜单")
    return saving(request, form, save, template="web/scenarios/form.html", title=title, section="challenges",
                  crumbs=[LIST, (Text(number, number), f"{HOME}{number}/"), (title, "")],
                  cancel_url=f"{HOME}{number}/")  # fmt: skip


@signed_in
def record(request: HttpRequest, number: str) -> HttpResponse:
    """One challenge, as deep as the reader reads it."""
    reader, found = request.reader, scenarios.challenge(number, request.reader)
    rows = access_rows(reader, found)
    depth, mine = clearance(reader, found, rows), parts(reader, found, rows)
    runs, owns = bool(mine & permissions.STAFF), bool(mine & permissions.SIDE)
    seen, base = scenarios.challenge_page(found, reader, depth, runs=runs, owns=owns), f"{HOME}{number}/"
    offered = permissions.challenge_offers(reader, found)
    state = ChallengeState(found.state).text
    may_measure = bool(permissions.may_measure_challenge(reader, found))
    lines = [line for line in journal.timeline(found, depth) if not line.verb.startswith("access.")]
    return page(
        request, "web/scenarios/challenge.html", found.title, section="challenges", number=number,
        subtitle=showing.side(found, depth), state=state,
        tone=tone(found.state), crumbs=[LIST, (Text(number, number), "")],
        actions=_head_deeds(request, found, seen, offered), record=found, seen=seen, base=base, runs=runs, owns=owns,
        facts=showing.facts_of(seen.fields, FACTS), phases=showing.phases(found.state, state, CHALLENGE_PHASES),
        offers=[*offers(offered, FORMS, base), *running.extras(reader, found, seen, base)], tones=TONES,
        evidence=showing.evidence(seen.indicators, base, lambda one: (
            may_measure, permissions.may_grant_waiver(reader, one, mine))),
        bids=showing.written(seen.bids, BidState, reader), may_measure=may_measure,
        money=running.money(reader, found, seen, base), sealed=found.state in permissions.SEALED,
        entries=happenings(worded(lines, showing.WORDS), VERBS, TOLD),
        files=documents.panel(request, found, depth, mine),
    )  # fmt: skip


def _head_deeds(request: HttpRequest, found: object, seen: object, offered: tuple) -> list[Deed]:
    """What is done most: bidding, declaring, the move that brings it on, changing it, taking charge."""
    base, reader = f"{HOME}{found.number}/", request.reader
    deeds = [Deed(f"{base}edit/", Text("Edit", "编辑"), "pencil")] if permissions.may_edit_challenge(
        reader, found) else []  # fmt: skip
    if found.in_charge_id != reader.user_id and permissions.may_take_challenge(reader, found):
        deeds.append(Deed(f"{base}take/", Text("Take charge", "由我经办"), "user-round", method="post"))
    if seen.own:
        deeds.append(Deed(f"/w/bids/{seen.own.number}/", Text("Your bid", "我方申请"), "file-text"))
    elif permissions.may_bid(reader, found):
        deeds.append(Deed(f"{base}bid/", BID, "send", is_primary=True))
    allowed = {move.code: move for move, verdict in offered if verdict}
    if code := next((code for code in NEXT if code in allowed), None):
        deeds.append(Deed(f"{base}moves/{code}/", allowed[code].label, "arrow-right", is_primary=True))
    return deeds


def closing(day: date | None) -> datetime | None:
    """The last moment of a day on which bids are taken."""
    return datetime.combine(day, CLOSES, ZONE) if day else None


def opening(day: date | None) -> datetime | None:
    """The first moment of a day on which bids are taken."""
    return datetime.combine(day, time(0, 0), ZONE) if day else None


def _publish(found: object, values: Values, request: HttpRequest) -> object:
    return actions.publish_list(
        found, bids_from=opening(values["bids_from"]), bids_until=closing(values["bids_until"]),
        level=str(values["level"]), version=values.get("version"), **showing.who(request),
    )  # fmt: skip


def _notice(found: object, values: Values, request: HttpRequest) -> object:
    return actions.give_notice(
        found, text=Text(str(values["text_en"]), str(values["text_zh"])), objections_to=str(values["objections_to"]),
        version=values.get("version"), **showing.who(request),
    )  # fmt: skip


def _sign(found: object, values: Values, request: HttpRequest) -> object:
    return actions.sign(
        found, contract_number=str(values["contract_number"]), contract_value=values["contract_value"],
        signed_on=values["signed_on"], version=values.get("version"), **showing.who(request),
    )  # fmt: skip


def _bare(verb: object) -> object:
    return lambda found, values, request: verb(found, version=values.get("version"), **showing.who(request))


SPECIAL = {
    "publish_list": _publish, "give_notice": _notice, "sign": _sign, "close_bids": _bare(actions.close_bids),
    "begin_review": _bare(actions.begin_review),
    "return_to_review": lambda found, values, request: actions.return_to_review(
        found, reason=str(values["reason"]), version=values.get("version"), **showing.who(request)),
}  # fmt: skip


@signed_in
def move(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Make a move; a GET shows its form as a page."""
    found = scenarios.challenge(number, request.reader)
    offered = {one.code: one.label for one, _ in permissions.challenge_offers(request.reader, found)}
    if code not in offered:
        raise Absent
    form = FORMS.get(code, Form).of(request, version=found.version, **_known(request, found, code))

    def save(values: Values) -> HttpResponse:
        if code in SPECIAL:
            SPECIAL[code](found, values, request)
        else:
            actions.move_challenge(found, code, reason=str(values.get("reason") or ""), version=values.get("version"),
                                   **showing.who(request))  # fmt: skip
        return done(request, f"{HOME}{number}/", Text("{deed}: done.", "已办理：{deed}。").fill(deed=offered[code]))

    return showing.deed(request, found, form, save, offered[code], LIST)


def _known(request: HttpRequest, found: object, code: str) -> dict[str, object]:
    """What a move's form knows before anybody types."""
    if code == "publish_list":
        return {"level": Level.PUBLIC.value}
    if code == "sign":
        seen = scenarios.challenge_page(found, request.reader, Secrecy.S2, runs=True, owns=True)
        won = next((one.price for one in seen.bids if one.state == BidState.AWARDED), None)
        return {"signed_on": request.at.date(), "contract_value": won}
    if code == "give_notice":
        seen = scenarios.challenge_page(found, request.reader, Secrecy.S2, runs=True, owns=True)
        first = next((one.bid for one in seen.ranking if one.bid is not None and one.bid.owner), None)
        usual = actions.usual_notice(found, first.owner.name) if first else NOTHING
        return {"text_zh": usual.zh, "text_en": usual.en, "objections_to": request.reader.email}
    return {}


@signed_in
def bid(request: HttpRequest, number: str) -> HttpResponse:
    """Begin a bid for the reader's organisation, or go on with the one there is."""
    found = scenarios.challenge(number, request.reader)
    require(permissions.may_bid(request.reader, found), Forbidden)

    def save(values: Values) -> HttpResponse:
        draft = actions.begin_bid(found, organisation=str(values.get("organisation") or ""), **showing.who(request))
        return done(request, f"/w/bids/{draft.number}/edit/", Text("Your draft is open.", "已新建草稿。"))

    return showing.deed(request, found, organisation_form(request).of(request), save, BID, LIST)


@signed_in
def take(request: HttpRequest, number: str) -> HttpResponse:
    """Take charge with one click."""
    found = scenarios.challenge(number, request.reader)

    def save(values: Values) -> HttpResponse:
        actions.take(found, **showing.who(request))
        return done(request, f"{HOME}{number}/", Text("You are in charge now.", "您已成为经办人。"))

    return showing.deed(request, found, Form.of(request), save, Text("Take charge", "由我经办"), LIST)


@signed_in
def extend(request: HttpRequest, number: str) -> HttpResponse:
    """Give bidders more time."""
    found = scenarios.challenge(number, request.reader)

    def save(values: Values) -> HttpResponse:
        actions.extend_bidding(found, bids_until=closing(values["bids_until"]), reason=str(values["reason"]),
                               version=values.get("version"), **showing.who(request))  # fmt: skip
        return done(request, f"{HOME}{number}/", Text("Bidders have more time.", "揭榜期已延长。"))

    form = ExtendForm.of(request, version=found.version)
    return showing.deed(request, found, form, save, Text("Extend bidding", "延长揭榜期"), LIST)


@signed_in
def results(request: HttpRequest, number: str) -> HttpResponse:
    """Record a test for the acceptance."""
    found = scenarios.challenge(number, request.reader)
    require(permissions.may_measure_challenge(request.reader, found), Forbidden)
    depth = clearance(request.reader, found)
    seen = scenarios.challenge_page(found, request.reader, depth, runs=True, owns=True)
    return record_results(request, found, seen, LIST)


@signed_in
def waiver(request: HttpRequest, number: str, pk: int, deed: str) -> HttpResponse:
    """Ask for a waiver of an indicator, grant it, or refuse it."""
    return settle_waiver(request, scenarios.challenge(number, request.reader), pk, deed, LIST)


urlpatterns = [
    path("", index),
    path("new/", new),
    path("<str:number>/", record),
    path("<str:number>/edit/", edit),
    path("<str:number>/take/", take),
    path("<str:number>/bid/", bid),
    path("<str:number>/extend/", extend),
    path("<str:number>/results/", results),
    path("<str:number>/indicators/<int:pk>/<str:deed>/", waiver),
    path("<str:number>/moves/<str:code>/", move),
    *running.urlpatterns,
]
