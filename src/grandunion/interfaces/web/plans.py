"""The pages of plans: all of them, one with its targets and their roll-up, a new one, and where figures disagree."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.pages import Deed, done, page
from grandunion.interfaces.kit.records import saving
from grandunion.interfaces.web.indicators import HOME as INDICATORS
from grandunion.interfaces.web.indicators import asked, scope_of, when
from grandunion.interfaces.web.targets.forms import PlanForm
from grandunion.interfaces.web.targets.words import shown
from grandunion.terms.claims import Cause
from grandunion.terms.plans import Scope, TargetState
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Forbidden, invalid, require
from grandunion.work.actions.plans import targets
from grandunion.work.permissions.plans import claims as claim_permissions
from grandunion.work.permissions.plans import targets as permissions
from grandunion.work.queries import plans

TITLE, HOME = Text("Plans and targets", "规划目标"), "/w/plans/"
LIST = (TITLE, HOME)
NEW = Text("New plan", "新建规划")
DISAGREE = Text("Where published figures disagree", "已发布数据的不一致之处")
RECORDS, BETWEEN = "records", "claims"


@signed_in
def index(request: HttpRequest) -> HttpResponse:
    """All plans with their targets as of a day."""
    wish = asked(request)
    found = plans.plans(as_of=wish.as_of, reader=request.reader)
    return page(
        request, "web/plans/index.html", TITLE, section="plans", wish=wish,
        subtitle=Text("What was promised, what the records show, what was published, and what is foreseen.",
                      "目标、系统记录的实际值、已发布数据与期末推算。"),
        plans=[(plan, [shown(aim) for aim in aims]) for plan, aims in found],
        tally=_tally([aim.state for _, aims in found for aim in aims if aim.said()]), actions=_deeds(request),
    )  # fmt: skip


def _tally(states: list[TargetState]) -> list[tuple[TargetState, int]]:
    """How many targets with a number stand how."""
    return [(state, states.count(state)) for state in TargetState if state in states]


def _deeds(request: HttpRequest) -> list[Deed]:
    found = [Deed(f"{HOME}reconciliation/", Text("Where figures disagree", "数据核对"), "scale"),
             Deed("/w/claims/", Text("Published figures", "已发布数据"), "file-text")]  # fmt: skip
    if permissions.may_plan(request.reader):
        found += [Deed(f"{HOME}new/", NEW, "plus"),
                  Deed("/w/targets/new/", Text("Propose a target", "拟定目标"), "target", is_primary=True)]  # fmt: skip
    return found


@signed_in
def new(request: HttpRequest) -> HttpResponse:
    """Open a plan to which targets can be proposed."""
    require(permissions.may_plan(request.reader), Forbidden)

    def save(values: dict) -> HttpResponse:
        made = targets.start_plan(values, by=request.reader, at=request.at)
        return done(
            request, f"{HOME}{made.code}/", Text("The plan is open: propose its targets.", "规划已新建，请拟定目标。")
        )

    return saving(request, PlanForm.of(request), save, template="web/targets/form.html", title=NEW, section="plans",
                  crumbs=[LIST, (NEW, "")], cancel_url=HOME)  # fmt: skip


@signed_in
def record(request: HttpRequest, code: str) -> HttpResponse:
    """One plan: its targets, and below each figure how the areas roll up into districts, city and province."""
    wish = asked(request)
    plan = plans.plan(code)
    aims = plans.aims_of_plan(plan, as_of=wish.as_of, reader=request.reader)
    actions = []
    if permissions.may_plan(request.reader):
        propose = Text("Propose a target", "拟定目标")
        actions = [Deed(f"/w/targets/new/?plan={plan.code}", propose, "target", is_primary=True)]
    return page(
        request, "web/plans/record.html", plan.name, section="plans", crumbs=[LIST, (plan.name, "")], wish=wish,
        subtitle=Text("{issuer} · {source}", "{issuer} · {source}").fill(issuer=plan.issuer, source=plan.source.title),
        plan=plan, aims=[shown(aim) for aim in aims], actions=actions,
        rolled=plans.rolled_of_plan(aims, as_of=wish.as_of, reader=request.reader), indicators=INDICATORS,
    )  # fmt: skip


@signed_in
def reconciliation(request: HttpRequest) -> HttpResponse:
    """Every disagreement among published figures, and between them and the records, with its cause."""
    given = {name: request.GET.get(name, "") for name in ("year", "level", "cause", "with")}
    year, wish = _year(given["year"]), asked(request)
    found = plans.reconciliation(
        reader=request.reader, year=year, level=given["level"], cause=given["cause"],
        with_records=given["with"] != BETWEEN, as_of=wish.as_of if wish.as_of < wish.today else None,
    )  # fmt: skip
    kept = [one for one in found if not given["with"] or bool(one.figures) == (given["with"] == RECORDS)]
    actions = []
    if claim_permissions.may_enter(request.reader):
        enter = Text("Enter a published figure", "录入已发布数据")
        actions = [Deed("/w/claims/new/", enter, "plus", is_primary=True)]
    return page(
        request, "web/plans/reconciliation.html", DISAGREE, section="plans", crumbs=[LIST, (DISAGREE, "")], wish=wish,
        subtitle=Text("Figures that are taken for one and are not, and why; nothing is smoothed.",
                      "易被混为一谈的数据及其差异原因；原文照录，不作修饰。"),
        found=[_shown(one) for one in kept], given=given, causes=[(one.value, one.text) for one in Cause],
        levels=[(one.value, one.text) for one in Scope], years=plans.claimed_years(), actions=actions,
        sides=[(BETWEEN, Text("between published figures", "已发布数据之间")),
               (RECORDS, Text("with the records", "与系统记录之间"))],
    )  # fmt: skip


def _year(written: str) -> int | None:
    if not written:
        return None
    if not (written.isascii() and written.isdecimal() and len(written) == 4):
        raise invalid("year", "Write a year like 2023.", "请填写年份，如 2023。")
    return int(written)


def _shown(one: plans.Disagreed) -> dict:
    return {
        "one": one, "cause": one.cause.text, "also": [cause.text for cause in one.also],
        "claims": [(claim, scope_of(claim.claim.level, claim.claim.area), when(claim.claim)) for claim in one.claims],
        "targets": [(target, plans.wanted_of(target)) for target in one.targets],
    }  # fmt: skip


urlpatterns = [
    path("", index),
    path("new/", new),
    path("reconciliation/", reconciliation),
    path("<str:code>/", record),
]
