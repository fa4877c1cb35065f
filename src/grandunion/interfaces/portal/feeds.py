"""What machines read: Atom feeds, the map of the site, and what search engines should leave alone."""

from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.feedgenerator import Atom1Feed

from grandunion.interfaces.kit.tags import lang, said
from grandunion.interfaces.portal.notices import address
from grandunion.interfaces.portal.pages import MENU
from grandunion.terms.readers import visitor
from grandunion.terms.sound import seen
from grandunion.terms.text import Text
from grandunion.work.queries import events, lists, programmes, scenarios
from grandunion.work.queries.achievements import public as achievements
from grandunion.work.queries.matches.public import public_offer_numbers
from grandunion.work.queries.messages import alerts as queries
from grandunion.work.queries.parties import public as parties
from grandunion.work.queries.plans.front import NewsKind, public_numbers
from grandunion.work.queries.plans.front import news as news_of
from grandunion.work.queries.plans.reports import published

ENTRIES, ADDRESSES = 30, 5_000  # of each kind: a map of a site holds 50,000 addresses (sitemaps.org)


def technologies(request: HttpRequest) -> HttpResponse:
    """The technologies that came on offer last, in the language asked for."""
    feed = _feed(request, Text("New technologies on offer", "新上架技术"), "/technologies/")
    for row, moment in achievements.latest(request.at, ENTRIES):
        url = request.build_absolute_uri(f"/technologies/{row.number}/")
        feed.add_item(_said(row.title), url, _said(row.abstract), unique_id=url, pubdate=moment, updateddate=moment)
    return _sent(feed)


def section(request: HttpRequest, section: str) -> HttpResponse:
    """What came last on one of the portal's lists, in the language asked for."""
    feed = _feed(request, queries.section(section).name, f"/{section}/")
    for number, title, moment in queries.newest(section, request.at, ENTRIES):
        url = request.build_absolute_uri(f"/{section}/{number}/")
        feed.add_item(_said(title), url, "", unique_id=url, pubdate=moment, updateddate=moment)
    return _sent(feed)


def news(request: HttpRequest) -> HttpResponse:
    """What stands on the page of news."""
    feed = _feed(request, Text("News and public notices", "动态与公示"), "/news/")
    for one in news_of(request.at)[:ENTRIES]:
        url = request.build_absolute_uri(address(one) or "/news/")
        unique = url if address(one) else f"{url}#{sha256(one.title.zh.encode()).hexdigest()[:12]}"
        feed.add_item(_said(one.title), url, _said(one.detail), unique_id=unique)
    return _sent(feed)


def _said(text: Text) -> str:
    """What somebody wrote, as XML can hold it."""
    return seen(said(text))


def _feed(request: HttpRequest, title: Text, path: str) -> Atom1Feed:
    hub = lists.hub()
    return Atom1Feed(
        title=f"{said(hub.name)} · {said(title)}", link=request.build_absolute_uri(path), description=said(hub.summary),
        language=lang(), feed_url=request.build_absolute_uri(request.path), author_name=said(hub.name),
    )  # fmt: skip


def _sent(feed: Atom1Feed) -> HttpResponse:
    response = HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


def sitemap(request: HttpRequest) -> HttpResponse:
    """The addresses of every public page."""
    technologies, needs = public_numbers(request.at, ADDRESSES)
    paths = ["/", *(url for url, _, _ in MENU), "/areas/", "/hours/", "/capabilities/", "/reports/"]
    paths += ["/ask/", "/disclose/", "/join/"]
    paths += [f"/technologies/{number}/" for number in technologies]
    paths += [f"/offers/{number}/" for number in public_offer_numbers(request.at, ADDRESSES)]
    paths += [f"/needs/{number}/" for number in needs]
    paths += [f"/{section}/{number}/" for section, number in scenarios.public_numbers(request.at, ADDRESSES)]
    paths += [f"/events/{one.number}/" for one in events.coming(request.at, ADDRESSES)]
    paths += [f"/partners/{number}/" for number in parties.partner_numbers(request.at, ADDRESSES)]
    paths += [f"/reports/{row.number}/" for row in published(visitor(request.at))[:ADDRESSES]]
    paths += [f"/programmes/{code}/" for code in programmes.codes()]
    paths += [f"/areas/{term.code}/" for term in lists.terms("areas")]
    paths += [address(one) for one in news_of(request.at) if one.kind in (NewsKind.NOTICE, NewsKind.AWARD)]
    addresses = [request.build_absolute_uri(path) for path in paths]
    return render(request, "portal/sitemap.xml", {"addresses": addresses}, content_type="application/xml")


def robots(request: HttpRequest) -> HttpResponse:
    """What search engines should leave alone."""
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in ("/w/", "/api/", "/accounts/", "/ask/", "/track/", "/alerts/")),
    ]
    lines += ["Allow: /", f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
