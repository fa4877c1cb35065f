"""The demonstration's plans are opened, its targets split, adopted, revised and judged; its people keep their views."""

from datetime import date, datetime

from grandunion.adapters.packs.demo_targets import OVER, DemoTarget, DemoView
from grandunion.records.plans import Target
from grandunion.terms.targets import TargetStage
from grandunion.work.actions.plans import judging, ledger, splitting, targets, views
from grandunion.work.actions.upkeep.demo.stage import Stage, written
from grandunion.work.queries.plans.views import Wish

MOST = 100  # targets that are foreseen at the end


def write_targets(stage: Stage) -> None:
    """Write every plan, every target's way and every view into the diary; at the end all are foreseen."""
    for row in stage.demo.plans:
        stage.diary.on(row.written_day, f"plan {row.code}: open", lambda at, row=row: stage.put("plan", row.code,
            targets.start_plan(_named(row), by=stage.as_(row.writer, at), at=at)))  # fmt: skip
    for row in stage.demo.targets:
        _write_target(stage, row)
    for row in stage.demo.views:
        stage.diary.on(row.kept_day, f"view {row.code}: keep", lambda at, row=row: _keep(stage, row, at))
    if stage.demo.targets:
        stage.diary.on(0, "targets: foresee", lambda at: _foresee(stage, at))


def _named(row: object) -> dict[str, str]:
    return {
        "source": row.source, "name_zh": row.name.zh, "name_en": row.name.en, "issuer_zh": row.issuer.zh,
        "issuer_en": row.issuer.en,
    }  # fmt: skip


def _write_target(stage: Stage, row: DemoTarget) -> None:
    what = f"target {row.code}"
    stage.diary.on(row.written_day, f"{what}: propose", lambda at: _propose(stage, row, at))
    if row.begun_day is not None:
        stage.diary.on(row.begun_day, f"{what}: adopt", lambda at: _begin(stage, row, at))
    if row.revised_day is not None:
        stage.diary.on(row.revised_day, f"{what}: revise", lambda at: targets.revise(
            _record(stage, row), {"value": row.revised_value}, reason=written(row.reason),
            by=_planner(stage, row, at), at=at))  # fmt: skip
    if row.state in OVER:
        stage.diary.on(row.deadline_day + 1, f"{what}: judge", lambda at: _judge(stage, at))


def _record(stage: Stage, row: DemoTarget) -> Target:
    return stage.get("target", row.code)


def _planner(stage: Stage, row: DemoTarget, at: datetime) -> object:
    writer = next(one.writer for one in stage.demo.plans if one.code == row.plan)
    return stage.as_(writer, at)


def _propose(stage: Stage, row: DemoTarget, at: datetime) -> None:
    by, partner = _planner(stage, row, at), stage.some("organisation", row.partner)
    today = stage.diary.today
    values = {
        "plan": stage.get("plan", row.plan).code, "indicator": row.indicator, "operator": row.operator.value,
        "value": row.value, "deadline": stage.diary.day(row.deadline_day) or date(today.year, 12, 31),
        "wording_zh": row.wording.zh, "wording_en": row.wording.en, "area": row.area,
        "partner": partner.number if partner else "",
    }  # fmt: skip
    made = targets.propose(values, by=by, at=at)
    stage.put("target", row.code, made)
    if row.split_method is not None:
        splitting.split(made, along=row.split_along, method=row.split_method, by=by, at=at,
                        given=[(part.area, part.given) for part in row.parts])  # fmt: skip


def _begin(stage: Stage, row: DemoTarget, at: datetime) -> None:
    by = _planner(stage, row, at)
    targets.move(_record(stage, row), "adopt", by=by, at=at)
    if row.state is not TargetStage.ADOPTED:
        targets.move(_record(stage, row), "begin", by=by, at=at)


def _judge(stage: Stage, at: datetime) -> None:
    """The clock judges on the day after the deadline, from figures that are up to date."""
    _count(at)
    judging.judge_due(by=stage.house(at), at=at)


def _foresee(stage: Stage, at: datetime) -> None:
    _count(at)
    judging.judge_due(by=stage.house(at), at=at)
    judging.foresee_due(by=stage.house(at), at=at, limit=MOST)


def _count(at: datetime) -> None:
    while ledger.keep_up(at=at).followed:
        pass


def _keep(stage: Stage, row: DemoView, at: datetime) -> None:
    wish = Wish(name=written(row.name), dashboard=row.dashboard, indicators=row.indicators, cut=row.cut,
                area=stage.term("areas", row.area))  # fmt: skip
    views.keep(wish, is_mailed=row.is_mailed, by=stage.as_(row.account, at), at=at)
