"""The work reports of the demonstration are begun, written in, commented on, checked, reviewed, signed, published."""

from datetime import datetime

from grandunion.adapters.packs.demo_reports import DemoWorkReport
from grandunion.records.plans import WorkReport
from grandunion.terms.work_reports import WorkReportState as S
from grandunion.work.actions.plans import ledger
from grandunion.work.actions.plans import reports as deeds
from grandunion.work.actions.upkeep.demo.stage import Stage, written
from grandunion.work.queries.plans import reports

CHECKED = (S.NUMBERS_CHECKED, S.REVIEWED, S.SIGNED, S.PUBLISHED)


def write_work_reports(stage: Stage) -> None:
    """Write every report's way into the diary."""
    for row in stage.demo.work_reports:
        what = f"work_report {row.code}"
        stage.diary.on(row.written_day, f"{what}: begin", lambda at, row=row: _begin(stage, row, at))
        if row.state in CHECKED:
            stage.diary.on(row.moved_day, f"{what}: check", lambda at, row=row: _move(stage, row, at))


def _record(stage: Stage, row: DemoWorkReport) -> WorkReport:
    return stage.get("work_report", row.code)


def _begin(stage: Stage, row: DemoWorkReport, at: datetime) -> None:
    while ledger.keep_up(at=at).followed:
        pass
    year = None if row.back is None else at.year - row.back
    made = deeds.draft(reports.template(row.template), year=year, by=stage.as_(row.writer, at), at=at)
    stage.put("work_report", row.code, made)
    if row.added is not None:
        deeds.add(made, 1, row.added, by=stage.as_(row.writer, at), at=at)
    first = reports.body(made, at).lines[0].sentence.pk
    for one in row.remarks:
        deeds.comment(made, first, written(one.text), by=stage.as_(one.by, at), at=at)


def _move(stage: Stage, row: DemoWorkReport, at: datetime) -> None:
    """As far as the row says, by the writer and the second person in turn."""
    report, writer = _record(stage, row), stage.as_(row.writer, at)
    while ledger.keep_up(at=at).followed:
        pass
    deeds.take_all(report, by=writer, at=at)
    deeds.move(report, "check", by=writer, at=at)
    if row.state is S.NUMBERS_CHECKED:
        return
    second = stage.as_(row.reviewer, at)
    deeds.name_signer(report, second.email, by=writer, at=at)
    deeds.move(report, "review", by=second, at=at)
    if row.state in (S.SIGNED, S.PUBLISHED):
        deeds.sign(report, by=second, at=at)
    if row.state is S.PUBLISHED:
        deeds.move(report, "publish", by=writer, at=at)
