"""What each reason counts for on a market: the weights in force, what outcomes teach, proposals, and their history."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_POST

from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.forms import Form, saying, text
from grandunion.interfaces.kit.pages import Deed, done, page
from grandunion.interfaces.kit.records import saving
from grandunion.interfaces.kit.tones import tone
from grandunion.terms.matches import Market, WeightBasis, WeightState
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent, Forbidden, require
from grandunion.work.actions import matches as actions
from grandunion.work.permissions import matches as permissions
from grandunion.work.queries import matches
from grandunion.work.queries.matches import taught

HOME = "/w/learning/"
TITLE = Text("What matching has learned", "撮合权重与学习")


@dataclass(frozen=True, slots=True)
class Bar:
    """One reason with what it counts for, in hundredths, and beside it what it would count for."""

    name: Text
    now: Decimal
    then: Decimal | None = None
    why: Text | None = None

    @property
    def change(self) -> str:
        """By how much it would change, with its sign."""
        return "" if self.then is None or self.then == self.now else f"{self.then - self.now:+}"


@dataclass(frozen=True, slots=True)
class Edition:
    """One set of weights as the page shows it."""

    row: object
    state: Text
    tone: str
    basis: Text
    bars: tuple[Bar, ...]
    told: taught.Told | None


@signed_in
def index(request: HttpRequest) -> HttpResponse:
    """All markets: what stands, since when, how many outcomes there are to learn from."""
    require(permissions.may_read_weights(request.reader), Forbidden)
    return page(
        request, "web/learning/list.html", TITLE, section="reports", lines=taught.markets(),
        subtitle=Text("What each reason counts for when candidates are ranked.", "候选排序时各项理由所占的权重。"),
        actions=[Deed("/w/reports/matches/", Text("What came of matches", "撮合成效"), "chart-column")],
    )  # fmt: skip


@signed_in
def record(request: HttpRequest, market: str) -> HttpResponse:
    """One market: the weights in force, what learning found, what is proposed, and what there was."""
    require(permissions.may_read_weights(request.reader), Forbidden)
    wanted = _market(market)
    may = permissions.may_weigh(request.reader)
    plan, every = matches.plan_of(wanted), [_edition(row) for row in matches.editions(wanted)]
    return page(
        request, "web/learning/record.html", wanted.text, section="reports",
        crumbs=[(TITLE, HOME), (wanted.text, "")],
        subtitle=Text("What each reason counts for on this market, in hundredths.",
                      "该类撮合中各项理由的权重（百分制）。"),
        bars=[Bar(taught.name_of(code), _hundredths(one)) for code, one in plan.weights.items()],
        in_force=next((one for one in every if one.row.state == WeightState.ACTIVE), None),
        proposed=[one for one in every if one.row.state == WeightState.PROPOSED],
        earlier=[one for one in every if one.row.state == WeightState.RETIRED],
        ready=taught.readiness(wanted), guards=taught.GUARDS, may=may, market=wanted,
        actions=_deeds(wanted, every) if may else [],
    )  # fmt: skip


def _market(code: str) -> Market:
    if not Market.has(code):
        raise Absent
    return Market(code)


def _deeds(market: Market, every: list[Edition]) -> list[Deed]:
    base = f"{HOME}{market.value}/"
    back = next((one.row.previous for one in every if one.row.state == WeightState.ACTIVE), None)
    found = [
        Deed(f"{base}learn/", Text("Learn from outcomes", "依据结果学习"), "lightbulb", is_primary=True, method="post"),
        Deed(f"{base}set/", Text("Set by hand", "人工设定"), "sliders-horizontal"),
    ]
    if back is not None:
        found.append(Deed(
            f"{base}revert/", Text(f"Go back to no. {back.edition}", f"恢复第 {back.edition} 版"), "history",
            method="post", confirm=Text("Rank by the earlier weights again?", "确定恢复上一版权重？"),
        ))  # fmt: skip
    return found


def _hundredths(weight: object) -> Decimal:
    return (Decimal(str(weight)) * 100).quantize(Decimal("0.01")).normalize() + 0


def _edition(row: object) -> Edition:
    told = taught.told(row)
    before = row.previous.weights if row.previous else {}
    why = {one.code: one.why for one in told.changes} if told else {}
    bars = tuple(
        Bar(taught.name_of(code), _hundredths(before.get(code, weight)), _hundredths(weight), why.get(code))
        for code, weight in row.weights.items()
    )
    state = WeightState(row.state)
    return Edition(row, state.text, tone(state), WeightBasis(row.basis).text, bars, told)


def _to(market: Market) -> str:
    return f"{HOME}{market.value}/"


def _posted(act: Callable[..., object], said: Text) -> Callable[..., HttpResponse]:
    """A button of a market's page: the deed, and back to the page."""

    @signed_in
    @require_POST
    def do(request: HttpRequest, market: str, edition: int | None = None) -> HttpResponse:
        wanted = _market(market)
        made = act(wanted, edition, by=request.reader, at=request.at)
        return done(request, _to(wanted), said.fill(n=made.edition))

    return do


learn = _posted(
    lambda market, edition, **who: actions.propose_learned(market, **who),
    Text("No. {n} is proposed: look at its report before you put it in force.", "已提出第 {n} 版，启用前请查看报告。"),
)
revert = _posted(
    lambda market, edition, **who: actions.revert_weights(market, **who),
    Text("No. {n} is in force again.", "第 {n} 版已恢复启用。"),
)


def _activated(market: Market, edition: int, **who: object) -> object:
    require(permissions.may_read_weights(who["by"]), Forbidden)
    return actions.activate_weights(matches.edition(market, edition), **who)


activate = _posted(_activated, Text("No. {n} is in force.", "第 {n} 版已启用。"))


@signed_in
def set_by_hand(request: HttpRequest, market: str) -> HttpResponse:
    """Propose weights by hand, with the reason."""
    wanted = _market(market)
    require(permissions.may_weigh(request.reader), Forbidden)
    plan = matches.plan_of(wanted)
    form = _form(wanted).of(request, **{code: _hundredths(one) for code, one in plan.weights.items()})
    title = Text("Set the weights by hand", "人工设定权重")

    def save(values: Mapping[str, object]) -> HttpResponse:
        given = {code: values.get(code) or 0 for code in plan.weights}
        made = actions.set_weights(wanted, given, reason=str(values["reason"]), by=request.reader, at=request.at)
        said = Text("No. {n} is proposed; it counts once you put it in force.", "已提出第 {n} 版，启用后生效。")
        return done(request, _to(wanted), said.fill(n=made.edition))

    return saving(
        request, form, save, template="web/learning/set.html", title=title, section="reports",
        crumbs=[(TITLE, HOME), (wanted.text, _to(wanted)), (title, "")], cancel_url=_to(wanted),
    )  # fmt: skip


def _form(market: Market) -> type[Form]:
    """A form with a number for each reason of the market."""
    fields = {code: _weight(taught.name_of(code)) for code in matches.plan_of(market).weights}
    why = text("Reason", "理由", help=Text("Others will ask why the ranking changed.", "便于他人了解排序调整的原因。"))
    return type("WeightsForm", (Form,), {**fields, "reason": why})


def _weight(name: Text) -> forms.Field:
    widget = forms.TextInput(attrs={"inputmode": "decimal"})
    return forms.DecimalField(label=saying(name), required=False, min_value=0, max_value=100, widget=widget)


urlpatterns = [
    path("", index),
    path("<str:market>/", record),
    path("<str:market>/learn/", learn),
    path("<str:market>/set/", set_by_hand),
    path("<str:market>/revert/", revert),
    path("<str:market>/editions/<int:edition>/activate/", activate),
]
