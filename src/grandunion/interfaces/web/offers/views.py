"""The pages of offers: the list, the record, writing and changing one, and its moves."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse

from grandunion.interfaces.kit import lists as kit_lists
from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.forms import Form
from grandunion.interfaces.kit.pages import Deed, done, page
from grandunion.interfaces.kit.records import happenings, offers, saving, worded
from grandunion.interfaces.kit.tones import TONES, tone
from grandunion.interfaces.web.needs.forms import in_languages
from grandunion.interfaces.web.offers.forms import MOVE_FORMS, LevelForm, OfferForm
from grandunion.interfaces.web.offers.showing import CODES, facts_of, head_deeds
from grandunion.interfaces.web.offers.words import FIELDS, KINDS, USUAL, VERBS
from grandunion.terms.matches import MatchState
from grandunion.terms.offers import OfferKind, OfferState
from grandunion.terms.readers import Reader
from grandunion.terms.secrecy import Level
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent, Forbidden, require
from grandunion.work.actions import matches as actions
from grandunion.work.permissions import matches as permissions
from grandunion.work.permissions.base import access_rows, clearance
from grandunion.work.queries import journal, matches, parties

HOME = "/w/offers/"
LIST = (Text("Offers", "供给"), HOME)
WRITE = Text("Write an offer", "填写供给")
Values = Mapping[str, object]


@signed_in
def index(request: HttpRequest) -> HttpResponse:
    """All offers the reader may see."""
    return kit_lists.show(request, matches.OFFERS, template="web/offers/list.html", actions=_new(request.reader))


def _new(reader: Reader) -> list[Deed]:
    """The way to a new offer; whoever writes one kind most goes straight to its form."""
    if not permissions.may_create_offer(reader):
        return []
    kind = None if reader.is_officer else next((kind for role, kind in USUAL.items() if reader.has(role)), None)
    deeds = [Deed("/w/ties/", Text("Ties to look into", "待核实关联关系"), "network")] if reader.is_officer else []
    url = f"{HOME}new/?kind={kind.value}" if kind else f"{HOME}new/"
    return [*deeds, Deed(url, WRITE, "plus", is_primary=True)]


@signed_in
def new(request: HttpRequest) -> HttpResponse:
    """Write an offer: first of which kind, then only what that kind asks."""
    require(permissions.may_create_offer(request.reader), Forbidden)
    code = request.GET.get("kind", "")
    if not OfferKind.has(code):
        return page(request, "web/offers/kinds.html", WRITE, section="offers", crumbs=[LIST, (WRITE, "")],
                    kinds=[(kind, kind.text, sort) for kind, sort in KINDS.items()])  # fmt: skip
    kind = OfferKind(code)
    own = _own(request.reader) if kind is OfferKind.EXPERTISE else {}
    form = OfferForm.of(request, opened_to=Level.MEMBERS.value, **own, **_of(request.GET.get("of", "")))
    form.of_kind(kind, is_new=True).written_by(request.reader)

    def save(values: Values) -> HttpResponse:
        given = in_languages(values)
        key, level = str(given.pop("submission", "")), str(given.pop("opened_to"))
        opened_to = level if request.POST.get("then") == "publish" else ""
        given = {**own, **given, "offer_kind": kind.value}
        if not given.get("owner"):
            given.pop("owner", None)
        offer = actions.create_offer(given, by=request.reader, at=request.at, submission=key, opened_to=opened_to)
        return done(request, f"{HOME}{offer.number}/", _told(offer).fill(number=offer.number))

    return saving(request, form, save, template="web/offers/form.html", title=WRITE, section="offers",
                  subtitle=kind.text, crumbs=[LIST, (WRITE, f"{HOME}new/"), (kind.text, "")], cancel_url=HOME,
                  is_new=True)  # fmt: skip


SAVED = Text("{number} is saved as a draft.", "{number} 已保存为草稿。")
PUBLISHED = Text("{number} is published.", "{number} 已发布。")
OPENED = Text("{number} is open to the public.", "{number} 已向公众公开。")
ASKED = Text("{number} is open to members; a second person opens it to the public.",
             "{number} 已对会员发布，向公众公开须由第二人办理。")  # fmt: skip


def _told(offer: object) -> Text:
    """How far an offer is open now."""
    if offer.public_asked_at:
        return ASKED
    if offer.state != OfferState.PUBLISHED:
        return SAVED
    return OPENED if offer.level == Level.PUBLIC else PUBLISHED


def _of(number: str) -> dict[str, object]:
    """Whose offer it is, where the writer came from that record."""
    if not number:
        return {}
    return {"person" if number.upper().startswith("PER-") else "owner": number}


def _own(reader: Reader) -> dict[str, object]:
    """A member who writes of expertise writes of their own."""
    if reader.is_officer or reader.person_id is None:
        return {}
    number = parties.persons(reader).filter(pk=reader.person_id).values_list("number", flat=True).first()
    return {"person": number} if number else {}


@signed_in
def record(request: HttpRequest, number: str) -> HttpResponse:
    """One offer, as deep as the reader reads it."""
    offer = matches.get_offer(number, request.reader)
    depth = clearance(request.reader, offer, access_rows(request.reader, offer))
    found, offered = matches.offer_page(offer, request.reader, depth), permissions.moves_of_offer(request.reader, offer)
    base, may_find = f"{HOME}{number}/", bool(permissions.may_find_needs(request.reader, offer))
    may_edit = bool(permissions.may_edit_offer(request.reader, offer))
    lines = [line for line in journal.timeline(offer, depth) if not line.verb.startswith("access.")]
    return page(
        request, "web/offers/record.html", offer.title, section="offers", number=number,
        subtitle=OfferKind(offer.offer_kind).text, crumbs=[LIST, (Text(number, number), "")],
        state=OfferState(offer.state).text, tone=tone(offer.state),
        actions=head_deeds(base, offer, offered, may_edit),
        may_open=may_edit and offer.state == OfferState.PUBLISHED,
        may_publish=bool(offer.public_asked_at and permissions.may_open_offer(request.reader, offer, Level.PUBLIC)),
        offer=offer, found=found, facts=facts_of(offer, found), offers=offers(offered, MOVE_FORMS, base),
        entries=happenings(worded(lines, CODES), VERBS, FIELDS), may_find=may_find, tones=TONES,
        matched=[(match, MatchState(match.state).text) for match in found.matches],
    )  # fmt: skip


@signed_in
def edit(request: HttpRequest, number: str) -> HttpResponse:
    """Change an offer, in both languages."""
    offer = matches.get_offer(number, request.reader)
    require(permissions.may_edit_offer(request.reader, offer), Forbidden)
    form = OfferForm.of(request, version=offer.version, **_kept(offer))
    form.of_kind(OfferKind(offer.offer_kind), is_new=False).written_by(request.reader)

    def save(values: Values) -> HttpResponse:
        given = dict(values)
        version = given.pop("version", None)
        given.pop("submission", None)
        actions.edit_offer(offer, given, by=request.reader, at=request.at, version=version)
        return done(request, f"{HOME}{number}/", Text("Saved.", "已保存。"))

    title = Text("Edit the offer", "修改供给")
    return saving(request, form, save, template="web/offers/form.html", title=title, section="offers",
                  crumbs=[LIST, (Text(number, number), f"{HOME}{number}/"), (title, "")],
                  cancel_url=f"{HOME}{number}/")  # fmt: skip


def _kept(offer: object) -> dict[str, object]:
    """What the offer says now, as the form's fields take it."""
    given = {name: getattr(offer, name) for name in OfferForm.base_fields if hasattr(offer, name)}
    given.pop("version", None)
    parts = {name: getattr(offer, name) for name in ("owner", "person")}
    numbers = {name: row.number if row else "" for name, row in parts.items()}
    return {name: getattr(value, "code", value) for name, value in given.items()} | numbers


@signed_in
def open_to(request: HttpRequest, number: str) -> HttpResponse:
    """Say who reads a published offer; with one click where it waits for a second person."""
    offer = matches.get_offer(number, request.reader)
    require(permissions.may_edit_offer(request.reader, offer), Forbidden)
    form = LevelForm.of(request, version=offer.version, opened_to=offer.level)

    def save(values: Values) -> HttpResponse:
        actions.open_offer(offer, str(values["opened_to"]), by=request.reader, at=request.at,
                           version=values.get("version"))  # fmt: skip
        return done(request, f"{HOME}{number}/", _told(offer).fill(number=number))

    title = Text("Who may read it", "设定公开范围")
    crumbs = [LIST, (Text(number, number), f"{HOME}{number}/"), (title, "")]
    return saving(request, form, save, template="web/offers/deed.html", title=title, section="offers", crumbs=crumbs,
                  offer=offer, cancel_url=f"{HOME}{number}/")  # fmt: skip


def _publish(offer: object, values: Values, request: HttpRequest) -> object:
    return actions.publish_offer(offer, level=str(values["opened_to"]), by=request.reader, at=request.at,
                                 version=values.get("version"))  # fmt: skip


def _ending(verb: object) -> object:
    def do(offer: object, values: Values, request: HttpRequest) -> object:
        return verb(offer, reason=str(values["reason"]), by=request.reader, at=request.at,
                    version=values.get("version"))  # fmt: skip

    return do


DO = {
    "publish": _publish,
    "resume": _publish,
    "pause": _ending(actions.pause_offer),
    "withdraw": _ending(actions.withdraw_offer),
    "reopen": lambda offer, values, request: actions.reopen_offer(
        offer, by=request.reader, at=request.at, version=values.get("version")
    ),
}


@signed_in
def move(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Make a move; a GET shows its form as a page."""
    offer = matches.get_offer(number, request.reader)
    if code not in DO:
        raise Absent
    offered = {found.code: found.label for found, _ in permissions.moves_of_offer(request.reader, offer)}
    title = offered.get(code, Text("That cannot be done now", "当前无法执行"))
    form = MOVE_FORMS.get(code, Form).of(request, version=offer.version)

    def save(values: Values) -> HttpResponse:
        DO[code](offer, values, request)
        said = Text("{deed}: done.", "已办理：{deed}。").fill(deed=title)
        return done(request, f"{HOME}{number}/", _told(offer).fill(number=number) if offer.public_asked_at else said)

    crumbs = [LIST, (Text(number, number), f"{HOME}{number}/"), (title, "")]
    return saving(request, form, save, template="web/offers/deed.html", title=title, section="offers", crumbs=crumbs,
                  offer=offer, cancel_url=f"{HOME}{number}/")  # fmt: skip
