"""The workbench: candidates with reasons for a need or an offer, weights and their effect, introductions."""

import re
from collections.abc import Callable
from urllib.parse import parse_qsl, urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.pages import Deed, done, page
from grandunion.interfaces.web.matches import shown
from grandunion.interfaces.web.matches.asked import PICKED, PREFIX, Asked, hundredths
from grandunion.terms.matches import DeclineReason
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent, Forbidden, Refused, Verdict, invalid, require
from grandunion.work.actions import matches as actions
from grandunion.work.permissions import matches as permissions
from grandunion.work.queries import matches
from grandunion.work.queries.matches.asking import unsettled
from grandunion.work.queries.matches.bench import KINDS, SHOWN, Bench, bench, markets_for, middle, part_name
from grandunion.work.queries.matches.demand import MOST

LIST = (Text("Matches", "撮合"), "/w/matches/")
NUMBER = re.compile(r"[A-Z]{3}-[0-9]{4}-[0-9]{1,9}")
IN_FULL = 6  # candidates with all their reasons; the others stand as alternates in a line each
TITLES = {
    True: Text("Candidates for {name}", "“{name}”的候选供给"),
    False: Text("Needs for {name}", "“{name}”可对接的需求"),
}
HERE = {True: Text("Candidates", "候选供给"), False: Text("Needs", "可对接需求")}
SET_ASIDE = (
    DeclineReason.NOT_RELEVANT, DeclineReason.WRONG_FIELD, DeclineReason.TOO_IMMATURE, DeclineReason.PRICE_TOO_HIGH,
    DeclineReason.TOO_FAR, DeclineReason.WRONG_SIZE, DeclineReason.NO_CAPACITY, DeclineReason.ALREADY_IN_TOUCH,
    DeclineReason.OTHER,
)  # fmt: skip


def opened(request: HttpRequest, kind: str, number: str) -> object:
    """The record in the middle, for those who may look for what it meets."""
    record = middle(kind, number, request.reader)
    require(_may_look(request, record), Forbidden)
    return record


def _may_look(request: HttpRequest, record: object) -> Verdict:
    may = permissions.may_search if record.kind == "need" else permissions.may_find_needs
    return may(request.reader, record)


def _is_desk(request: HttpRequest, record: object) -> bool:
    """Whether the reader suggests to both sides; everybody else asks for themselves."""
    if record.kind == "need":
        return bool(permissions.may_suggest(request.reader, record))
    return request.reader.is_officer


@signed_in
def show(request: HttpRequest, kind: str, number: str) -> HttpResponse:
    """Ranked candidates with their reasons, the excluded with theirs, and what other weights would change."""
    record, reader = opened(request, kind, number), request.reader
    found, asked = _ranked(request, record)
    is_need, base = kind == "need", shown.bench_of(record)
    asks = unsettled(record, found.excluded, reader) if reader.reads_rows else {}
    cards = shown.cards(found.lines)
    return page(
        request, "web/matches/workbench.html", TITLES[is_need].fill(name=shown.title_of(record)), section="matches",
        number=number, crumbs=_crumbs(record, (HERE[is_need], "")), actions=_head(record),
        record=record, base=base, is_need=is_need, found=found, cards=cards[:IN_FULL], alternates=cards[IN_FULL:],
        excluded=shown.cards(found.excluded, asks), asks=sum(map(bool, asks.values())),
        facts=[(None, shown.facts(record, is_short=True))],
        text=shown.text_of(record), matched=matches.of_need(record, reader) if is_need else (),
        markets=[(one, Asked(one).address(base), one == found.market) for one in found.markets],
        weights=_inputs(found, asked), hidden=asked.pairs(market=found.market), moved=shown.moved(found.lines),
        in_force_url=Asked(found.market).address(base), is_desk=_is_desk(request, record),
        may_settle=bool(permissions.may_settle_tie(reader)), may_weigh=bool(permissions.may_weigh(reader)),
        reasons=SET_ASIDE, most=PICKED,
    )  # fmt: skip


def _ranked(request: HttpRequest, record: object, limit: int = SHOWN) -> tuple[Bench, Asked]:
    """The ranking the address asks for; weights that are those in force count as none."""
    asked = Asked.of(request.POST if request.method == "POST" else request.GET)
    in_force = _in_force(record, asked)
    asked = asked.settled(in_force)
    return bench(record, request.reader, asked.market, asked.weights, limit), asked


def _in_force(record: object, asked: Asked) -> dict:
    """The weights in force on the market asked for."""
    markets = markets_for(record)
    market = asked.market if asked.market in markets else markets[0]
    return matches.plan_of(market).weights


def _crumbs(record: object, *further: tuple[Text, str]) -> list[tuple[Text, str]]:
    return [LIST, (Text(record.number, record.number), shown.url_of(record)), *further]


def _head(record: object) -> list[Deed]:
    return [Deed(shown.url_of(record), Text("The record", "查看原记录"), "file-text")]


def _inputs(found: Bench, asked: Asked) -> list[tuple[str, Text, str, str]]:
    """The weights as fields: name, part, what is written there, and what is in force."""
    written = asked.weights or {}
    return [
        (f"{PREFIX}{code}", part_name(code), written.get(code, hundredths(weight)), hundredths(weight))
        for code, weight in found.in_force.items()
    ]


@signed_in
def compare(request: HttpRequest, kind: str, number: str) -> HttpResponse:
    """Up to four candidates side by side: their parts, and what is public of them."""
    record = opened(request, kind, number)
    found, asked = _ranked(request, record, MOST)
    known = {line.number: line for line in (*found.lines, *found.excluded)}
    lines = [known[one] for one in asked.picked if one in known][:PICKED]
    cards, base = shown.cards(lines), shown.bench_of(record)
    title = Text("Side by side", "并列比较")
    back = asked.address(base)
    return page(
        request, "web/matches/compare.html", title, section="matches", number=number,
        subtitle=shown.title_of(record),
        crumbs=_crumbs(record, (HERE[kind == "need"], back), (title, "")), base=base, back=back, cards=cards,
        parts=_side_by_side(cards), facts=shown.compared(lines), is_desk=_is_desk(request, record),
        missing=found.missing, hidden=asked.pairs(), most=PICKED,
    )  # fmt: skip


def _side_by_side(cards: list[shown.Card]) -> list[tuple[object, list[tuple]]]:
    """Each part as a row: its reason for each candidate, with words and passages."""
    rows = zip(*(card.reasons for card in cards), strict=True)
    return [(row[0][0], [(*cell, _is_best(cell, row)) for cell in row]) for row in rows]


def _is_best(cell: tuple, row: tuple) -> bool:
    known = [one[0].percent for one in row if one[0].percent is not None]
    return len(known) > 1 and cell[0].percent == max(known) != min(known)


@signed_in
@require_POST
def pair(request: HttpRequest, kind: str, number: str) -> HttpResponse:
    """One click: the desk asks both sides; whoever needs or offers asks the other side."""
    record = opened(request, kind, number)
    given = request.POST.get("offer", "") or request.POST.get("achievement", "")
    need, subject = _pairs(request, record, [given])[0]
    if permissions.may_suggest(request.reader, need):
        verb = actions.propose
    else:
        verb = actions.ask_for if kind == "need" else actions.offer_to
    made = verb(need, subject, by=request.reader, at=request.at)
    told = Text(f"{made.number}: both sides are asked.", f"{made.number}：已征求双方意见。")
    if verb is not actions.propose:
        told = Text(f"{made.number}: the other side is asked.", f"{made.number}：已征求对方意见。")
    to = _back(request, record) if "stay" in request.POST else f"/w/matches/{made.number}/"
    return done(request, to, told)


def _pairs(request: HttpRequest, record: object, numbers: list[str]) -> list[tuple]:
    """The record with each of the others, the need first."""
    if record.kind == "need":
        return [(record, matches.offer(one, request.reader)) for one in numbers]
    return [(middle("need", one, request.reader), record) for one in numbers]


def _back(request: HttpRequest, record: object) -> str:
    """The workbench as it was; only what an address of it can say is taken from the form."""
    given = parse_qsl(request.POST.get("back", ""))
    kept = [(key, value) for key, value in given if key == "market" or key.startswith(PREFIX)]
    base = shown.bench_of(record)
    return f"{base}?{urlencode(kept)}" if kept else base


@signed_in
@require_POST
def picked(request: HttpRequest, kind: str, number: str) -> HttpResponse:
    """What is done with those that are ticked: compare them, or set them aside with a reason."""
    record, asked = opened(request, kind, number), Asked.of(request.POST)
    base = shown.bench_of(record)
    if request.POST.get("deed") != "aside":
        response = redirect(asked.address(f"{base}compare/", picked=asked.picked[:PICKED]))
        response.status_code = 303
        return response
    reason = request.POST.get("reason", "")
    if not DeclineReason.has(reason):
        raise invalid("reason", "Choose why they do not fit.", "请选择不匹配的原因。")
    made = actions.dismiss(
        _pairs(request, record, list(asked.picked)), DeclineReason(reason), by=request.reader, at=request.at
    )
    told = Text(f"Set aside with this reason: {len(made)}.", f"已按所选原因排除 {len(made)} 项。")
    return done(request, asked.address(base), told)


@signed_in
@require_POST
def weigh(request: HttpRequest, kind: str, number: str) -> HttpResponse:
    """Propose the weights that are looked at as the market's, with a reason."""
    record = opened(request, kind, number)
    found, asked = _ranked(request, record, 1)
    if asked.weights is None:
        raise Refused(Text("These weights are in force already.", "该权重已在启用中。"))
    made = actions.set_weights(
        found.market, asked.weights, reason=request.POST.get("reason", ""), by=request.reader, at=request.at
    )
    told = Text(
        f"Proposed as edition {made.edition} for this market; it counts once it is put in force.",
        f"已作为该类撮合的第 {made.edition} 版权重提交，启用后生效。",
    )
    return done(request, f"/w/learning/{found.market.value}/", told)


@signed_in
def by_number(request: HttpRequest, number: str) -> HttpResponse:
    """The workbench by a number alone: the number says what it is."""
    kind = {"NED": "need", "ACH": "achievement", "OFR": "offer", "PER": "person"}.get(number[:3])
    if kind is None or not NUMBER.fullmatch(number):
        raise Absent
    return redirect(f"/w/matches/for/{kind}/{number}/")


DEEDS: tuple[tuple[str, Callable], ...] = (
    ("", show),
    ("compare/", compare),
    ("pair/", pair),
    ("picked/", picked),
    ("weights/", weigh),
)


def addresses() -> list[URLPattern]:
    """Every deed of the workbench for every kind that can stand in its middle."""
    return [path(f"for/{kind}/<str:number>/{deed}", view, {"kind": kind}) for kind in KINDS for deed, view in DEEDS] + [
        path("for/<str:number>/", by_number)
    ]
