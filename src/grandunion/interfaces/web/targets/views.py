"""The pages of targets: a new one, the record, its correction, its moves, a projection worked out now."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from grandunion.interfaces.kit import charts
from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.forms import Form
from grandunion.interfaces.kit.pages import Deed, done, page
from grandunion.interfaces.kit.records import Offer, happenings, offers, saving, worded
from grandunion.interfaces.kit.records import asked as asked_of
from grandunion.interfaces.web.indicators import asked, at_a_glance, when
from grandunion.interfaces.web.targets.forms import ReasonForm, RevisionForm, TargetForm
from grandunion.interfaces.web.targets.words import FIELDS, TONES, VERBS, WORDS, chance, shown
from grandunion.terms.plans import Operator
from grandunion.terms.secrecy import Secrecy
from grandunion.terms.targets import ProjectionMethod, SplitMethod, TargetStage
from grandunion.terms.text import NOTHING, Text
from grandunion.terms.verdicts import Absent, Forbidden, require
from grandunion.work.actions.plans import judging, targets
from grandunion.work.permissions.plans import targets as permissions
from grandunion.work.queries import journal, plans

HOME = "/w/targets/"
PLANS = (Text("Plans and targets", "规划目标"), "/w/plans/")
NEW = Text("Propose a target", "拟定目标")
ASKS = {"revise": RevisionForm, "reopen": ReasonForm, "withdraw": ReasonForm, "propose": ReasonForm}
LINES = 100
S = TargetStage


@signed_in
def new(request: HttpRequest) -> HttpResponse:
    """Propose a target to a plan."""
    require(permissions.may_plan(request.reader), Forbidden)
    begins = {name: request.GET[name] for name in ("plan", "indicator") if name in request.GET}
    form = TargetForm.of(request, operator=Operator.AT_LEAST.value, **begins)

    def save(values: dict) -> HttpResponse:
        given, key = _given(values), str(values.get("submission", ""))
        made = targets.propose(given, by=request.reader, at=request.at, submission=key)
        return done(request, f"{HOME}{made.code}/", Text(f"{made.code} is proposed.", f"已拟定 {made.code}。"))

    return saving(request, form, save, template="web/targets/form.html", title=NEW, section="plans",
                  crumbs=[PLANS, (NEW, "")], cancel_url=PLANS[1])  # fmt: skip


def _given(values: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in values.items() if name not in ("version", "submission")}


@signed_in
def edit(request: HttpRequest, number: str) -> HttpResponse:
    """Change a target that is only proposed."""
    target = plans.target(number, request.reader)
    require(permissions.may_edit(request.reader, target), Forbidden)
    title = Text("Change the target", "修改目标")
    form = TargetForm.of(request, version=target.version, **_entered(target))

    def save(values: dict) -> HttpResponse:
        targets.edit(target, _given(values), by=request.reader, at=request.at, version=values.get("version"))
        return done(request, f"{HOME}{number}/", Text("Changed.", "已修改。"))

    return saving(request, form, save, template="web/targets/form.html", title=title, section="plans",
                  crumbs=crumbs(target, title), cancel_url=f"{HOME}{number}/")  # fmt: skip


def _entered(target: object) -> dict[str, object]:
    names = ("operator", "value", "deadline", "wording_zh", "wording_en")
    return {
        **{name: getattr(target, name) for name in names}, "value": plain(target.value), "plan": target.plan.code,
        "indicator": target.indicator.code, "area": target.area.code if target.area else "",
        "region": target.region.code if target.region else "",
        "partner": target.partner.number if target.partner else "",
    }  # fmt: skip


def crumbs(target: object, title: Text) -> list:
    """The way to a page of a target."""
    plan = (target.plan.name, f"/w/plans/{target.plan.code}/")
    return [PLANS, plan, (target.indicator.name, f"{HOME}{target.code}/"), (title, "")]


@signed_in
def record(request: HttpRequest, number: str) -> HttpResponse:
    """One target: how it stands, the way there, what is foreseen, its parts, what it wanted before."""
    wish = asked(request)
    target = plans.target(number, request.reader)
    found = plans.target_page(target, as_of=wish.as_of, reader=request.reader)
    stage = TargetStage(target.state)
    base = f"{HOME}{number}/"
    lines = journal.timeline(target, Secrecy.S1, LINES) if request.reader.reads_rows else []
    return page(
        request, "web/targets/record.html", target.indicator.name, section="plans", number=number, wish=wish,
        state=stage.text, tone=TONES[stage], subtitle=_subtitle(target, found), target=target, found=found,
        crumbs=[*crumbs(target, PLANS[0])[:2], (Text(number, number), "")], row=shown(found.aim),
        facts=[(None, _facts(target, found))], chart=_chart(target, found), projection=_projection(found),
        parts=[shown(aim) for aim in found.parts.aims], missing=_missing(found), base=base,
        offers=_offers(request, target, base), version=target.version,
        entries=happenings(worded(lines, WORDS), VERBS, FIELDS), actions=_deeds(request, target, base),
        was=[(one, plans.wanted_of(one)) for one in found.revisions],
    )  # fmt: skip


def _offers(request: HttpRequest, target: object, base: str) -> list[Offer]:
    """The moves; the form of a revision begins with what is wanted now."""
    found = offers(permissions.offers(request.reader, target), ASKS, base)
    begins = asked_of(RevisionForm, "revise", initial=_begins(target))
    return [replace(one, form=begins) if one.code == "revise" and one.form else one for one in found]


def _begins(target: object) -> dict[str, object]:
    same = {name: getattr(target, name) for name in ("operator", "deadline", "wording_zh", "wording_en")}
    return {**same, "value": plain(target.value)}


def plain(value: Decimal | None) -> str:
    """A number as a form begins with it: 90, not 90.00."""
    return "" if value is None else f"{value.normalize():f}"


def _subtitle(target: object, found: object) -> Text:
    wanted = found.aim.said() or target.wording
    whose, by = plans.whose(target), target.deadline
    when = Text(f" by {by}", f"，期限 {by}") if by else NOTHING
    unit = target.unit
    return Text("{whose}: {wanted} {unit}{when}", "{whose}：{wanted}{unit}{when}").fill(
        whose=whose, wanted=wanted, unit=unit, when=when
    )


def _facts(target: object, found: object) -> list[tuple[Text, object]]:
    aim = found.aim
    decided = None
    if target.decided_on:
        decided = Text("{n}, as of {day}", "{n}（截至 {day}）").fill(
            n=plans.said_number(target.decided_value), day=target.decided_on
        )
    split = SplitMethod(target.split_method).text if target.split_method else None
    rows = [
        (Text("Wanted", "目标值"), aim.said() or target.wording),
        (Text("Unit", "单位"), _said_unit(target)),
        (Text("Wording", "表述"), target.wording if target.wording.en and aim.said() else None),
        (Text("Carried by", "承担方"), plans.whose(target)),
        (Text("From the records", "系统记录"), at_a_glance(aim.figure)),
        (Text("Judged by", "认定依据"), decided),
        (
            Text("Last published", "最近发布"),
            Text("{n} ({when})", "{n}（{when}）").fill(n=aim.published.whole, when=when(aim.published.claim))
            if aim.published
            else None,
        ),
        (Text("Split", "分解方式"), split),
        (Text("Stands in", "来源"), target.plan.source.title),
    ]
    return [row for row in rows if row[1]]


def _said_unit(target: object) -> Text:
    """The unit of the target; where its indicator is counted in another by now, that is said too."""
    if target.is_in_unit:
        return target.unit
    return Text(
        "{mine} (the indicator is counted in {other} now: revise the target)",
        "{mine}（指标现按“{other}”计量，请调整目标）",
    ).fill(mine=target.unit, other=target.indicator.unit)


def _missing(found: object) -> Text | None:
    """What the parts lack of the whole, or exceed it by."""
    told = found.parts.sum
    if told is None or told.is_whole:
        return None
    number = plans.said_number(abs(told.missing))
    if told.missing > 0:
        return Text("The parts lack {n} of the whole.", "分解值之和比目标值少 {n}。").fill(n=number)
    return Text("The parts exceed the whole by {n}.", "分解值之和比目标值多 {n}。").fill(n=number)


def _projection(found: object) -> dict | None:
    """What is foreseen, how sure it is, and how the method did on the past."""
    kept = found.aim.projection
    if kept is None:
        return None
    row = {"kept": kept, "method": ProjectionMethod(kept.method).text, "is_known": kept.low is not None}
    if kept.low is None:
        return row
    numbers = {name: plans.said_number(round(getattr(kept, name))) for name in ("low", "middle", "high")}
    told = Text("Not yet tried on the past.", "尚未用历史数据检验。")
    if kept.trials:
        told = Text("Tried on the past {n} times: the span held {held}, the middle was off by {error} on average.",
                    "用历史数据回测 {n} 次：区间命中 {held} 次，中位值平均偏差 {error}。").fill(
            n=kept.trials, held=kept.held, error=plans.said_number(round(kept.error, 1)))  # fmt: skip
    return {**row, **numbers, "tried": told, "chance": chance(kept.chance) if kept.chance is not None else None}


def _chart(target: object, found: object) -> object | None:
    """The way there month by month, with the target, and the span of what is foreseen."""
    if len([cell for _, cell in found.way if cell.value is not None]) < 2:
        return None
    points = tuple(charts.Point(_month(day), cell.value, is_hidden=cell.is_hidden) for day, cell in found.way)
    kept, band = found.aim.projection, None
    if kept is not None and kept.low is not None:
        label = _month(target.deadline)
        band = charts.Band(Text("Foreseen, four times in five", "推算区间（80%）"),
                           (charts.Point(label, kept.middle),), (kept.low,), (kept.high,))  # fmt: skip
    about = charts.About("way", Text("The way there", "进展"), target.indicator.unit,
                         Text("Counted from the records", "按系统记录计算"), as_of=found.aim.figure.as_of)  # fmt: skip
    series = charts.Series(target.indicator.name, points)
    return charts.lines(about, [series], Text("At the end of", "截至"), band=band, target=target.value)


def _month(day: date) -> Text:
    """A month as charts label it: Nov 2026 / 11月 2026年."""
    return Text(f"{day:%b} {day.year}", f"{day.month}月 {day.year}年")


def _deeds(request: HttpRequest, target: object, base: str) -> list[Deed]:
    """What is at hand; first the one click that brings the target on."""
    if not permissions.may_plan(request.reader):
        return []
    found = [
        Deed(f"{base}moves/{move.code}/", move.label, "check", is_primary=True, method="post")
        for move, verdict in permissions.offers(request.reader, target) if move.code in ("adopt", "begin") and verdict
    ]  # fmt: skip
    if permissions.may_edit(request.reader, target):
        found.append(Deed(f"{base}edit/", Text("Change", "修改"), "pencil"))
    if permissions.may_split(request.reader, target):
        found.append(Deed(f"{base}split/", Text("Split", "分解"), "network"))
    if target.state in plans.RUNNING and target.value is not None and target.deadline is not None:
        found.append(Deed(f"{base}foresee/", Text("Foresee now", "重新推算"), "chart", method="post"))
    return found


@signed_in
def foresee(request: HttpRequest, number: str) -> HttpResponse:
    """Work the projection out now; the clock does so once a day."""
    target = plans.target(number, request.reader)
    if request.method != "POST":
        return redirect(f"{HOME}{number}/")
    judging.foresee(target, by=request.reader, at=request.at)
    return done(request, f"{HOME}{number}/", Text("Worked out anew.", "已重新推算。"))


@signed_in
def move(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Make a move; a GET shows its form as a page."""
    target = plans.target(number, request.reader)
    found = {one.code: one for one, _ in permissions.offers(request.reader, target)}
    if code not in found:
        raise Absent
    title = found[code].label
    form = ASKS.get(code, Form).of(request, version=target.version, **(_begins(target) if code == "revise" else {}))

    def save(values: dict) -> HttpResponse:
        given = _given(values)
        reason, who = str(given.pop("reason", "")), {"by": request.reader, "at": request.at}
        if code == "revise":
            targets.revise(target, given, reason=reason, version=values.get("version"), **who)
        else:
            targets.move(target, code, reason=reason, version=values.get("version"), **who)
        return done(request, f"{HOME}{number}/", Text("{deed}: done.", "已办理：{deed}。").fill(deed=title))

    return saving(request, form, save, template="web/targets/form.html", title=title, section="plans",
                  crumbs=crumbs(target, title), cancel_url=f"{HOME}{number}/")  # fmt: skip
