"""Plans, targets, published figures and their disagreements through the API, with the deeds of planners."""

from collections.abc import Callable
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router, Schema

from grandunion.interfaces.api import answers, described
from grandunion.interfaces.api.described import Bilingual
from grandunion.interfaces.api.fields import Amount, Body, Day, text
from grandunion.interfaces.api.resources import IF_MATCH, ROOT
from grandunion.interfaces.kit import figures
from grandunion.terms.claims import Abroad, Cause, ClaimStage, ClaimState, Language, Medium, Thing
from grandunion.terms.plans import Operator, Qualifier, Scope, TargetState
from grandunion.terms.secrecy import Secrecy
from grandunion.terms.targets import ProjectionMethod, SplitAlong, SplitMethod, TargetStage
from grandunion.terms.text import Text
from grandunion.terms.verdicts import invalid
from grandunion.work.actions.plans import claims as claim_actions
from grandunion.work.actions.plans import judging, splitting, targets
from grandunion.work.queries import plans

ASKED = frozenset({"year", "level", "cause", "as_of"})
CREATED = 201


class TargetBody(Body):
    """What is wanted of an indicator, by whom, by when; at most one of area, region, partner."""

    plan: text(60)
    indicator: text(60)
    operator: Operator | None = None
    value: Amount | None = None
    deadline: Day = None
    area: text(60) = ""
    region: text(60) = ""
    partner: text(40) = ""
    wording_zh: text(1000) = ""
    wording_en: text(1000) = ""


class MoveBody(Body):
    """Why, where the move needs a reason; and, to revise, what is wanted instead."""

    reason: text(300) = ""
    operator: Operator | None = None
    value: Amount | None = None
    deadline: Day = None


class PartBody(Body):
    """Who carries a part (the code of an area or a region, a partner's number, a year), and its weight or value."""

    who: text(60)
    value: Amount | None = None


class SplitBody(Body):
    """How a target is divided, among whom."""

    along: SplitAlong
    method: SplitMethod
    parts: list[PartBody]


class ClaimBody(Body):
    """A figure as it was published, for a period like 2023 or 2023-H1, or as of a day."""

    indicator: text(60)
    source: text(20)
    level: Scope
    area: text(60) = ""
    qualifier: Qualifier
    value: Amount
    unit_zh: text(40) = ""
    unit_en: text(40) = ""
    period: text(40) = ""
    as_of: Day = None
    wording_zh: text(1000) = ""
    wording_en: text(1000) = ""
    original: Language = Language.BOTH
    place: text(200) = ""
    thing: Thing | None = None
    stage: ClaimStage | None = None
    medium: Medium | None = None
    abroad: Abroad | None = None


class ProjectionOut(Schema):
    """What is foreseen: `low` … `high` should hold the figure four times in five; `why` says what is missing."""

    as_of: date
    method: ProjectionMethod
    low: str | None
    middle: str | None
    high: str | None
    chance: str | None
    why: Bilingual
    trials: int
    held: int


class RevisionOut(Schema):
    """What was wanted before, until when, and why it was changed."""

    operator: str
    value: str | None
    deadline: date | None
    reason: str
    revised_on: date


class TargetOut(Schema):
    """A target: where it stands in its life (`state`) and how its figure stands (`standing`)."""

    code: str
    plan: str
    parent: str | None
    indicator: str
    operator: str
    value: str | None
    unit: Bilingual
    deadline: date | None
    carried_by: Bilingual
    wording: Bilingual
    state: TargetStage
    standing: TargetState
    figure: str | None
    figure_as_of: date
    part: str | None
    published: str | None
    published_part: str | None
    decided_value: str | None
    decided_on: date | None
    projection: ProjectionOut | None
    version: int


class WholeTargetOut(TargetOut):
    """A target with its parts and what it wanted before."""

    parts: list[TargetOut]
    missing: str | None
    revisions: list[RevisionOut]


class TargetsOut(Schema):
    """The targets that are part of no other, plan by plan."""

    items: list[TargetOut]


class ClaimOut(Schema):
    """A published figure."""

    code: str
    indicator: str
    said: Bilingual
    value: str
    qualifier: Qualifier
    level: Scope
    area: str | None
    period: str
    as_of: date | None
    source: str
    place: str
    wording: Bilingual
    state: ClaimState
    version: int


class DisagreedOut(Schema):
    """A disagreement: its cause, what else differs, the sentence that explains it, and what it is between."""

    family: Bilingual
    cause: Cause
    also: list[Cause]
    sentence: Bilingual
    claims: list[str]
    targets: list[str]
    figures: list[str]


class DisagreementsOut(Schema):
    """Every disagreement asked for."""

    items: list[DisagreedOut]


def _list_targets(request: HttpRequest) -> HttpResponse:
    found = plans.plans(as_of=_today(request), reader=request.reader)
    return answers.answer({"items": [_target(aim) for _, aims in found for aim in aims]})


def _today(request: HttpRequest) -> date:
    figures.kept(request)
    return timezone.localtime(request.at).date()


def _one_target(request: HttpRequest, code: str) -> HttpResponse:
    return _shown(request, plans.target(code, request.reader))


def _shown(request: HttpRequest, target: object, status: int = 200) -> HttpResponse:
    found = plans.target_page(target, as_of=_today(request), reader=request.reader)
    told = found.parts.sum
    body = {
        **_target(found.aim), "parts": [_target(aim) for aim in found.parts.aims],
        "missing": told.missing if told else None,
        "revisions": [
            {"operator": one.operator, "value": one.value, "deadline": one.deadline, "reason": one.reason,
             "revised_on": one.revised_at.date()}
            for one in found.revisions
        ],
    }  # fmt: skip
    return answers.answer(body, status, _headers(found.aim.target, "targets", status))


def _headers(record: object, section: str, status: int) -> dict[str, str]:
    """The version's tag, and for what was made its address."""
    told = {"ETag": answers.etag(record, Secrecy.S1)}
    return told | ({"Location": f"{ROOT}{section}/{record.code}"} if status == CREATED else {})


def _target(aim: plans.Aim) -> dict[str, object]:
    target, kept = aim.target, aim.projection
    return {
        "code": target.code, "plan": target.plan.code, "parent": target.parent.code if target.parent else None,
        "indicator": target.indicator.code, "operator": target.operator, "value": target.value,
        "unit": target.unit,
        "deadline": target.deadline, "carried_by": plans.whose(target), "wording": target.wording,
        "state": target.state, "standing": aim.state.value, "figure": aim.figure.cell.value,
        "figure_as_of": aim.figure.as_of, "part": aim.part,
        "published": aim.published.claim.code if aim.published else None, "published_part": aim.published_part,
        "decided_value": target.decided_value, "decided_on": target.decided_on, "version": target.version,
        "projection": kept and {
            **{name: getattr(kept, name) for name in ("as_of", "method", "low", "middle", "high", "chance", "trials")},
            "held": kept.held, "why": kept.why,
        },
    }  # fmt: skip


def _propose(request: HttpRequest, given: TargetBody) -> HttpResponse:
    values = {name: value for name, value in given.model_dump().items() if value is not None}
    return _shown(request, targets.propose(values, by=request.reader, at=request.at), CREATED)


def _move_target(request: HttpRequest, code: str, move: str, given: MoveBody) -> HttpResponse:
    target = plans.target(code, request.reader)
    who = {"by": request.reader, "at": request.at, "version": answers.version(request, target)}
    if move != "revise":
        return _shown(request, targets.move(target, move, reason=given.reason, **who))
    fresh = given.model_dump(exclude_unset=True, exclude={"reason"})
    return _shown(request, targets.revise(target, fresh, reason=given.reason, **who))


def _split(request: HttpRequest, code: str, given: SplitBody) -> HttpResponse:
    target = plans.target(code, request.reader)
    parts = [(part.who, part.value) for part in given.parts]
    splitting.split(
        target, along=SplitAlong(given.along), method=SplitMethod(given.method), given=parts,
        by=request.reader, at=request.at, version=answers.version(request, target),
    )  # fmt: skip
    return _shown(request, plans.target(code, request.reader))


def _foresee(request: HttpRequest, code: str) -> HttpResponse:
    target = plans.target(code, request.reader)
    judging.foresee(target, by=request.reader, at=request.at)
    return _shown(request, target)


def _list_claims(request: HttpRequest) -> HttpResponse:
    return answers.listed(request, plans.CLAIMS)


def _one_claim(request: HttpRequest, code: str) -> HttpResponse:
    return _claim(plans.claim(code, request.reader))


def _claim(claim: object, status: int = 200) -> HttpResponse:
    names = ("code", "value", "qualifier", "level", "period", "as_of", "place", "wording", "state", "version")
    body = {
        **{name: getattr(claim, name) for name in names}, "indicator": claim.indicator.code,
        "said": plans.published(claim).whole, "area": claim.area.code if claim.area else None,
        "source": claim.source.code,
    }  # fmt: skip
    return answers.answer(body, status, _headers(claim, "claims", status))


def _enter(request: HttpRequest, given: ClaimBody) -> HttpResponse:
    values = {name: value for name, value in given.model_dump().items() if value is not None}
    return _claim(claim_actions.enter(values, by=request.reader, at=request.at), CREATED)


def _move_claim(request: HttpRequest, code: str, move: str, given: MoveBody) -> HttpResponse:
    claim = plans.claim(code, request.reader)
    seen = answers.version(request, claim)
    return _claim(claim_actions.move(claim, move, reason=given.reason, version=seen, by=request.reader, at=request.at))


def _disagreements(request: HttpRequest) -> HttpResponse:
    figures.kept(request)
    given = request.GET.dict()
    if strange := sorted(given.keys() - ASKED):
        raise answers.unknown(strange[0], sorted(ASKED))
    year = given.get("year", "")
    if year and not (year.isascii() and year.isdecimal() and len(year) == 4):
        raise invalid("year", "Write a year like 2023.", "请填写年份，如 2023。")
    found = plans.reconciliation(
        reader=request.reader, year=int(year) if year else None, level=given.get("level", ""),
        cause=given.get("cause", ""), as_of=_past_day(given.get("as_of", "")),
    )  # fmt: skip
    return answers.answer({"items": [_disagreed(one) for one in found]})


def _past_day(written: str) -> date | None:
    if not written:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise invalid("as_of", "Write a day like 2023-12-31.", "请填写日期，如 2023-12-31。") from error


def _disagreed(one: plans.Disagreed) -> dict[str, object]:
    return {
        "family": one.family, "cause": one.cause.value, "also": [cause.value for cause in one.also],
        "sentence": one.sentence, "claims": [each.claim.code for each in one.claims],
        "targets": [target.code for target in one.targets],
        "figures": [figure.indicator.code for figure in one.figures],
    }  # fmt: skip


router = Router(tags=["Plans · 规划目标"])
FILTERS = (
    described.parameter("year", Text("A year that something was said of.", "数据所属年份。")),
    described.parameter("level", Text("Who said it: province, city, district …", "发布层级代码。")),
    described.parameter("as_of", Text("As on a day: nothing published later.", "截至某日，此后发布的不计。")),
    described.parameter("cause", Text("A cause, like enterprise_or_project.", "原因代码。")),
)
OPERATIONS: tuple[tuple[str, str, str, Callable[..., HttpResponse], str, object], ...] = (
    ("get", "targets", "list_targets", _list_targets, "Targets · 规划目标", TargetsOut),
    ("post", "targets", "propose_target", _propose, "Propose a target · 拟定目标", {201: WholeTargetOut}),
    ("get", "targets/{code}", "get_target", _one_target, "One target · 单项目标", WholeTargetOut),
    ("post", "targets/{code}/moves/{move}", "move_target", _move_target, "Take it on · 办理目标", WholeTargetOut),
    ("post", "targets/{code}/split", "split_target", _split, "Split it · 分解目标", WholeTargetOut),
    ("post", "targets/{code}/foresee", "foresee_target", _foresee, "Foresee it now · 重新推算", WholeTargetOut),
    ("get", "claims", "list_claims", _list_claims, "Published figures · 已发布数据", described.page_of(plans.CLAIMS)),
    ("post", "claims", "enter_claim", _enter, "Enter a published figure · 录入已发布数据", {201: ClaimOut}),
    ("get", "claims/{code}", "get_claim", _one_claim, "One published figure · 单项已发布数据", ClaimOut),
    ("post", "claims/{code}/moves/{move}", "move_claim", _move_claim, "Confirm or send back · 复核或退回", ClaimOut),
    ("get", "disagreements", "list_disagreements", _disagreements, "Disagreements · 数据核对", DisagreementsOut),
)
BESIDE = {_list_targets: (), _one_target: (), _one_claim: (), _disagreements: FILTERS, _propose: (), _enter: (),
          _foresee: ()}  # fmt: skip
for method, address, name, view, summary, shape in OPERATIONS:
    errors = described.READ_ERRORS if method == "get" else described.WRITE_ERRORS
    beside = described.parameters(plans.CLAIMS, ()) if view is _list_claims else BESIDE.get(view, (IF_MATCH,))
    getattr(router, method)(
        address, operation_id=name, summary=summary, response=shape, openapi_extra=described.beside(errors, *beside)
    )(view)
