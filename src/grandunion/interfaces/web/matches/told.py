"""What the hub says unasked: suggestions beside a record, what is new for a reader, titles that are alike."""

import re
from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.pages import Deed, done, page
from grandunion.interfaces.kit.tones import TONES
from grandunion.interfaces.web.alike import PART, like_it
from grandunion.interfaces.web.matches import shown
from grandunion.terms.matches import MatchState
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent, Forbidden, require
from grandunion.work.actions import matches as actions
from grandunion.work.permissions import matches as permissions
from grandunion.work.queries import achievements, needs, parties, projects, scenarios
from grandunion.work.queries.matches import scenes
from grandunion.work.queries.matches.alike import TABLES
from grandunion.work.queries.matches.bench import KINDS, middle
from grandunion.work.queries.matches.fresh import fresh
from grandunion.work.queries.matches.offers import get_offer
from grandunion.work.queries.matches.suggestions import of_organisation, of_person, suggested

LIST = (Text("Matches", "撮合"), "/w/matches/")
SUGGESTIONS = Text("Suggestions", "推荐")
NEW = Text("New for you", "与您相关的新动态")
OWN = re.compile(r"/w/[a-z]+/([A-Z]{3}-\d{4}-\d+)/")
TILE = 3  # of what is new, on the first page
CARRIED = 2  # achievements of a project that are looked at


def _is_part(request: HttpRequest) -> bool:
    """Whether only the part of a page is fetched that belongs there."""
    return request.headers.get("X-Requested-With") == "fetch"


def _of_project(number: str, reader: Reader) -> list:
    """The achievements a project carries, and what the company has that it became."""
    project = projects.get(number, reader)
    carried = projects.carried(project, reader)[:CARRIED]
    on_offer = [found for one in carried for found in _standing("achievement", one.number, reader)]
    company = project.company or project.owner
    return [*on_offer, *(of_organisation(company, reader) if company else ())]


def _standing(kind: str, number: str, reader: Reader) -> list:
    """The record, if it is there to be matched at all: one may be visible and not on offer any more."""
    try:
        return [middle(kind, number, reader)]
    except Absent:
        READ[kind](number, reader)
        return []


READ: Mapping[str, Callable[[str, Reader], object]] = {
    "need": needs.get,
    "achievement": achievements.get,
    "offer": get_offer,
}
RECORDS: Mapping[str, Callable[[str, Reader], list]] = {
    "need": lambda number, reader: _standing("need", number, reader),
    "achievement": lambda number, reader: _standing("achievement", number, reader),
    "offer": lambda number, reader: _standing("offer", number, reader),
    "person": lambda number, reader: of_person(parties.person(number, reader), reader),
    "organisation": lambda number, reader: of_organisation(parties.organisation(number, reader), reader),
    "project": _of_project,
}
SCENES: Mapping[str, Callable[[str, Reader], object]] = {
    "opportunity": scenarios.opportunity, "capability": scenarios.capability,
}  # fmt: skip
PAGES = {**shown.SECTIONS, "organisation": "organisations", "project": "projects"}


def _may(reader: Reader, record: object) -> bool:
    may = permissions.may_search if record.kind == "need" else permissions.may_find_needs
    return bool(may(reader, record))


@signed_in
def suggestions(request: HttpRequest, kind: str, number: str) -> HttpResponse:
    """The best three for a record's page; nothing for those who may not look for them."""
    reader = request.reader
    records = [one for one in RECORDS[kind](number, reader) if _may(reader, one)]
    found = suggested(records, reader)
    context = {
        "kind": kind, "found": found, "is_one": kind in KINDS and len(records) == 1, "has_any": bool(records),
        "pairs": [(mine, line, shown.url_of(line.record), shown.bench_of(mine)) for mine, line in found.pairs],
        "bench": shown.bench_of(records[0]) if records else "",
    }  # fmt: skip
    if _is_part(request):
        return render(request, "web/matches/suggested_part.html", context)
    crumbs = [(Text(number, number), f"/w/{PAGES[kind]}/{number}/"), (SUGGESTIONS, "")]
    return page(request, "web/matches/suggested.html", SUGGESTIONS, section=PAGES[kind], crumbs=crumbs, **context)


@signed_in
def fitting(request: HttpRequest, kind: str, number: str) -> HttpResponse:
    """The best of the other side of the scenario market, for the desk and for whose the record is."""
    record = SCENES[kind](number, request.reader)
    require(permissions.may_find_fitting(request.reader, record), Forbidden)
    theirs = "capabilities" if kind == "opportunity" else "scenarios"
    context = {"their_section": theirs, "tones": TONES, **_fits(record, request.reader)}
    if _is_part(request):
        return render(request, "web/matches/fitting_part.html", context)
    section = "scenarios" if kind == "opportunity" else "capabilities"
    crumbs = [(Text(number, number), f"/w/{section}/{number}/"), (SUGGESTIONS, "")]
    return page(request, "web/matches/fitting.html", SUGGESTIONS, section=section, crumbs=crumbs, **context)


def _fits(record: object, reader: Reader) -> dict[str, list]:
    """Who of the other side is asked already, and the best of the rest, each with where it is invited."""
    known, is_opportunity = scenes.met(record, reader), record.kind == "opportunity"
    best = [one for one in scenes.fitting(record, reader) if one.record.pk not in known]
    asked = [((one.capability if is_opportunity else one.opportunity).title, one) for one in known.values()]
    return {
        "asked": [(one, title, MatchState(one.state).text) for title, one in asked],
        "fits": [(one, _invites(record, one.record, reader)) for one in best],
    }


def _invites(record: object, other: object, reader: Reader) -> str:
    """The address at which the pair is invited; none where the reader may not."""
    scene, able = (record, other) if record.kind == "opportunity" else (other, record)
    if not (permissions.may_invite(reader, scene, able) and permissions.can_be_invited(scene, able, reader.at)):
        return ""
    return f"/w/scenarios/{scene.number}/invite/{able.number}/{'' if record is scene else '?from=capability'}"


@signed_in
def new(request: HttpRequest) -> HttpResponse:
    """What came since the last look and fits what the reader's side offers or needs; as a tile on the first page."""
    found = fresh(request.reader)
    rows = [(one, shown.url_of(one.line.record), shown.bench_of(one.mine), shown.title_of(one.mine),
             shown.kind_of(one.line.record)) for one in found.news]  # fmt: skip
    if _is_part(request):
        return render(request, "web/matches/new_part.html", {"found": found, "rows": rows[:TILE], "total": len(rows)})
    seen = Deed("/w/matches/new/seen/", Text("Mark all as seen", "全部标为已读"), "check", method="post")
    return page(
        request, "web/matches/new.html", NEW, section="matches", crumbs=[LIST, (NEW, "")], found=found, rows=rows,
        actions=[seen] if rows else (),
    )  # fmt: skip


@signed_in
@require_POST
def seen(request: HttpRequest) -> HttpResponse:
    """Mark what is new as seen."""
    actions.look_at_new(by=request.reader, at=request.at)
    return done(request, "/w/matches/new/", Text("Marked as seen.", "已标为已读。"))


@signed_in
def similar(request: HttpRequest, kind: str) -> HttpResponse:
    """A fragment: records whose titles are like the one being typed; empty where there is none.

    The record whose form is open is left out: the browser says on which page it asks.
    """
    own = OWN.search(request.headers.get("Referer", ""))
    return render(request, PART, like_it(kind, request.GET.get("q", ""), request, own[1] if own else ""))


def addresses() -> list[URLPattern]:
    """Suggestions for each kind of record, what is new, and what is alike."""
    return [
        *(path(f"suggested/{kind}/<str:number>/", suggestions, {"kind": kind}) for kind in RECORDS),
        *(path(f"fitting/{kind}/<str:number>/", fitting, {"kind": kind}) for kind in SCENES),
        *(path(f"alike/{kind}/", similar, {"kind": kind}) for kind in TABLES),
        path("new/", new),
        path("new/seen/", seen),
    ]
