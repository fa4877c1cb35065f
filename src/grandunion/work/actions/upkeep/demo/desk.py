"""The desk of the demonstration: who answers what, and the problems that several needs have in common."""

from datetime import datetime

from grandunion.adapters.packs.demo_needs import DemoInstitution, DemoIssue
from grandunion.records.needs import Issue
from grandunion.terms.needs import IssueState
from grandunion.terms.text import NOTHING
from grandunion.work.actions import needs as deeds
from grandunion.work.actions.lists import put_setting
from grandunion.work.actions.upkeep.demo.people import day_of_coming
from grandunion.work.actions.upkeep.demo.stage import Stage, written
from grandunion.work.actions.upkeep.packs.routes import conditions_of
from grandunion.work.queries.lists import setting

MOVES = {IssueState.IN_HAND: ("start",), IssueState.ANSWERED: (), IssueState.CLOSED: ("close",), IssueState.OPEN: ()}


def write_desk(stage: Stage) -> None:
    """Write into the diary when the rules begin to hold, and the life of every common problem."""
    rows = stage.demo.institutions
    offices = [office.organisation for row in rows for office in row.offices]
    if offices:
        day = max(day_of_coming(stage, code) for code in offices)
        stage.diary.on(day, "rules: hold", lambda at: _hold(stage, rows))
    for row in stage.demo.issues:
        _write_issue(stage, row)


def _hold(stage: Stage, rows: tuple[DemoInstitution, ...]) -> None:
    """The demonstration's own answerers stand beside those of the pack."""
    kept = list(setting("routes") or ())
    for row in rows:
        for office in row.offices:
            number = stage.get("organisation", office.organisation).number
            kept.append({
                "institution_zh": row.name.zh, "institution_en": row.name.en, "code": office.code,
                "organisation": number, "email": "", "level": office.level, "capacity": office.capacity,
                "is_automatic": office.is_automatic, "conditions": [conditions_of(row), conditions_of(office)],
            })  # fmt: skip
    put_setting("routes", kept)


def _write_issue(stage: Stage, row: DemoIssue) -> None:
    what = f"issue {row.code}"
    stage.diary.on(row.collected_day, f"{what}: collect", lambda at: _collect(stage, row, at))
    day = row.answered_day if row.answered_day is not None else row.collected_day
    if row.answer is not None:
        stage.diary.on(day, f"{what}: answer", lambda at: _answer(stage, row, at))
    for code in MOVES[row.state]:
        stage.diary.on(day, f"{what}: {code}", lambda at, code=code: deeds.move_issue(
            _issue(stage, row), code, by=stage.officer(at), at=at
        ))  # fmt: skip


def _issue(stage: Stage, row: DemoIssue) -> Issue:
    return stage.get("issue", row.code)


def _collect(stage: Stage, row: DemoIssue, at: datetime) -> None:
    text = row.text or NOTHING
    values = {
        "title_zh": row.title.zh, "title_en": row.title.en, "text_zh": text.zh, "text_en": text.en,
        "category": row.category.value, "industry": row.industry, "area": row.area, "level": row.level.value,
    }  # fmt: skip
    stage.put("issue", row.code, deeds.collect(values, by=stage.officer(at), at=at))


def _answer(stage: Stage, row: DemoIssue, at: datetime) -> None:
    deeds.answer_issue(_issue(stage, row), text=written(row.answer), by=stage.officer(at), at=at)
