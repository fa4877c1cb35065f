"""The public offers (money, experts, products, scenarios, spaces, courses), and one search over what is public."""

from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string

from grandunion.interfaces.kit import tags
from grandunion.interfaces.kit.pages import Deed
from grandunion.interfaces.portal.browsing import NEEDS, TECHNOLOGIES
from grandunion.interfaces.portal.events import EVENTS
from grandunion.interfaces.portal.guarding import is_within
from grandunion.interfaces.portal.lists import found
from grandunion.interfaces.portal.pages import show
from grandunion.interfaces.portal.partners import PARTNERS
from grandunion.interfaces.portal.scenarios import CAPABILITIES, CHALLENGES, SCENARIOS
from grandunion.terms.offers import OfferKind
from grandunion.terms.readers import visitor
from grandunion.terms.text import Text, listed
from grandunion.terms.verdicts import Absent
from grandunion.work.queries import scenarios
from grandunion.work.queries import search as searching
from grandunion.work.queries.achievements import public as achievements
from grandunion.work.queries.base import Listing
from grandunion.work.queries.events.public import PUBLIC_EVENTS, public_events
from grandunion.work.queries.matches.public import PUBLIC_OFFERS, PublicOffer, public_offer, public_offers
from grandunion.work.queries.matches.seeking import query, seek
from grandunion.work.queries.needs import public as needs
from grandunion.work.queries.needs.solved import solved_before
from grandunion.work.queries.parties import public as parties

OFFERS = (Text("Money, experts, spaces and more", "资金、专家、空间与更多供给"), "/offers/")
ABOUT = Text(
    "What investors, experts, companies and hosts of spaces and courses offer to young companies.",
    "投资机构、专家、配套企业、空间与课程提供方面向科创企业的供给。",
)
SEARCH = Text("Search", "搜索")
SEARCH_ABOUT = Text(
    "Technologies, offers and open needs, searched in both languages by words and by meaning.",
    "同时按关键词和语义查找可转化技术、供给与公开需求，中英文均可。",
)
# What schema.org calls each kind of offer.
SCHEMAS = {
    OfferKind.MANDATE: "InvestmentOrDeposit", OfferKind.EXPERTISE: "Service", OfferKind.PRODUCT: "Product",
    OfferKind.SCENARIO_CAPABILITY: "Service", OfferKind.SPACE: "Accommodation", OfferKind.COURSE: "Course",
}  # fmt: skip
AMOUNTS = {
    OfferKind.MANDATE: Text("Money for one company", "单笔金额"), OfferKind.SPACE: Text("Rent a month", "月租金"),
    OfferKind.COURSE: Text("Fee", "费用"),
}  # fmt: skip
PRICE = Text("Price", "价格")
SHOWN, SUGGESTED, LONGEST = 6, 3, 200


def offers(request: HttpRequest) -> HttpResponse:
    """The public offers, to be searched."""
    return show(
        request, "offers.html", OFFERS[0], about=ABOUT, subtitle=ABOUT,
        **found(request, PUBLIC_OFFERS, lambda rows: public_offers(rows, request.at)),
    )  # fmt: skip


def offer(request: HttpRequest, number: str) -> HttpResponse:
    """One offer, as far as it is public; the hub brings whoever is interested together with its owner."""
    row = public_offer(number, request.at)
    deeds = [Deed(f"/ask/?about={row.number}", Text("I am interested", "我感兴趣"), "handshake", is_primary=True)]
    return show(
        request, "offer.html", row.title, about=row.text, row=row, number=row.number, state=row.state,
        tone="good" if row.is_on_offer else "neutral", crumbs=[OFFERS, (row.title, "")], facts=[(None, _facts(row))],
        schema=SCHEMAS[row.kind], actions=deeds if row.is_on_offer else [],
    )  # fmt: skip


def _facts(row: PublicOffer) -> list[tuple[Text, object]]:
    metres = Text("{n} m²", "{n} 平方米").fill(n=f"{row.square_metres:,}") if row.square_metres else None
    rows = [
        (Text("Kind", "类型"), row.kind.text),
        (Text("Expert", "专家"), row.expert),
        (Text("Rounds", "投资轮次"), listed(row.stages)),
        (Text("Form of finance", "融资方式"), listed(row.instruments)),
        (AMOUNTS.get(row.kind, PRICE), tags.span(row.least, row.most, row.currency)),
        (Text("Kind of space", "空间类型"), row.space_kind),
        (Text("Size", "面积"), metres),
        (Text("Begins on", "开始日期"), tags.day(row.starts_on)),
        (Text("Ends on", "结束日期"), tags.day(row.ends_on)),
        (Text("Field", "技术领域"), row.field),
        (Text("Industry", "行业"), row.industry),
        (Text("Technology readiness", "技术成熟度"), f"TRL {'–'.join(map(str, row.levels))}" if row.levels else ""),
        (Text("Way of transfer", "转化方式"), listed(row.modes)),
        (Text("For companies in", "面向地区"), listed(row.regions)),
        (Text("Keywords", "关键词"), row.keywords),
        (Text("Valid until", "有效期至"), tags.day(row.valid_until)),
    ]
    return [(label, value) for label, value in rows if (value.en if isinstance(value, Text) else value)]


def _kinds(request: HttpRequest) -> tuple[tuple, ...]:
    """What is searched, technologies first: name, address, list, how its rows are shown, and the tile."""
    return (
        (*TECHNOLOGIES, achievements.OFFERED, achievements.technologies, "portal/technology_tile.html"),
        (*OFFERS, PUBLIC_OFFERS, lambda rows: public_offers(rows, request.at), "portal/offer_tile.html"),
        (*NEEDS, needs.OPEN, needs.all_wanted, "portal/need_tile.html"),
        (
            *SCENARIOS,
            scenarios.OPEN_SCENARIOS,
            lambda rows: scenarios.all_scenarios(rows, request.at),
            "portal/scenario_tile.html",
        ),
        (*CAPABILITIES, scenarios.OPEN_CAPABILITIES, scenarios.all_able, "portal/capability_tile.html"),
        (
            *CHALLENGES,
            scenarios.OPEN_CHALLENGES,
            lambda rows: scenarios.all_challenges(rows, request.at),
            "portal/challenge_tile.html",
        ),
        (*EVENTS, PUBLIC_EVENTS, lambda rows: public_events(rows, request.at), "portal/event_tile.html"),
        (*PARTNERS, parties.PARTNERS, parties.partners, "portal/partner_tile.html"),
    )


def search(request: HttpRequest) -> HttpResponse:
    """One search over all that is public; a number goes straight to its page."""
    words = searching.cleaned(request.GET.get("q", ""))[:LONGEST]
    if there := _numbered(words, request):
        return redirect(there)
    groups, missing = _groups(request, words) if words else ([], None)
    return show(
        request, "search.html", SEARCH, about=SEARCH_ABOUT, subtitle=None if words else SEARCH_ABOUT, words=words,
        groups=groups, missing=missing, as_of=request.at, is_private=bool(words),
    )  # fmt: skip


def _groups(request: HttpRequest, words: str) -> tuple[list[dict], Text | None]:
    reader, asked, missing, groups = visitor(request.at), query(words), None, []
    with_meaning = is_within(request, "search")
    for name, url, listing, shown, tile in _kinds(request):
        answer = seek(listing.rows(reader), asked, with_meaning=with_meaning)
        missing = missing or answer.missing
        if answer.ids:
            rows = shown(_rows(listing, request, answer.ids[:SHOWN]))
            groups.append({"name": name, "rows": rows, "total": len(answer.ids), "is_capped": answer.is_capped,
                           "url": f"{url}?q={quote(words)}", "tile": tile})  # fmt: skip
    return groups, missing


def _rows(listing: Listing, request: HttpRequest, ids: tuple[int, ...]) -> list[object]:
    kept = {row.pk: row for row in listing.rows(visitor(request.at)).filter(pk__in=ids)}
    return [kept[pk] for pk in ids if pk in kept]


def _numbered(words: str, request: HttpRequest) -> str:
    """The address of the public record whose number was typed, if there is one."""
    number = words.upper()
    doors = (("ACH-", "technologies", achievements.technology), ("OFR-", "offers", public_offer),
             ("NED-", "needs", needs.wanted), ("SCO-", "scenarios", scenarios.scenario),
             ("SCP-", "capabilities", scenarios.able), ("CHL-", "challenges", scenarios.open_challenge))  # fmt: skip
    for prefix, section, door in doors:
        if number.startswith(prefix) and searching.NUMBER.fullmatch(number):
            try:
                door(number, request.at)
            except Absent:
                return ""
            return f"/{section}/{number}/"
    return ""


def suggest(request: HttpRequest) -> HttpResponse:
    """A fragment of links to what is public, for what has been typed so far; by words alone, so that it is quick."""
    return render(request, "portal/suggest.html", {"hits": _hits(request, request.GET.get("q", ""))})


def alike(request: HttpRequest) -> HttpResponse:
    """A fragment for who is writing a need: how often the like was solved before, and what is public and like it."""
    return render(request, "portal/alike.html", _like_it(request, request.GET.get("q", "")))


def before_sending(request: HttpRequest, title: str) -> str:
    """The same before a need is handed in, for whom no script has shown it; empty where nothing is like it."""
    if request.POST.get("looked"):
        return ""
    found = _like_it(request, title)
    return render_to_string("portal/alike.html", found, request) if found["before"] or found["hits"] else ""


def _like_it(request: HttpRequest, title: str) -> dict[str, object]:
    before = solved_before(title) if is_within(request, "search") else None
    return {"before": before, "hits": _hits(request, title)}


def _hits(request: HttpRequest, typed: str) -> list[tuple[Text, str, Text]]:
    words = searching.cleaned(typed)[:LONGEST]
    hits, asked = [], query(words) if words else None
    for name, url, listing, shown, _ in _kinds(request) if asked else ():
        answer = seek(listing.rows(visitor(request.at)), asked, with_meaning=False)
        hits += [(name, f"{url}{row.number}/", row.title)
                 for row in shown(_rows(listing, request, answer.ids[:SUGGESTED]))]  # fmt: skip
    return hits
