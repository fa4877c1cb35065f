"""The periodic returns of the demonstration are asked for, filled in, reviewed, and minded by the clock."""

from datetime import datetime

from grandunion.adapters.packs.demo_returns import DemoAgreement, DemoReturn
from grandunion.engines.calendars.reporting import opens_at
from grandunion.records.plans import Return, ReturnForm
from grandunion.terms.readers import Reader
from grandunion.terms.returns import ReturnPeriod, Span, span_of
from grandunion.terms.returns import ReturnState as S
from grandunion.work.actions.plans import returns as deeds
from grandunion.work.actions.plans.returns import clocks
from grandunion.work.actions.upkeep.demo.stage import Stage, written
from grandunion.work.queries.lists import working_calendar
from grandunion.work.queries.plans import returns

ASKED_BACK = (2, 1)  # the periods before the running one that were asked for
FILLED_AFTER, REVIEWED_AFTER = 4, 6  # days after a period opened
CORRECTED_DAY = -1
FILLED = (S.SUBMITTED, S.IN_REVIEW, S.RETURNED, S.ACCEPTED)


def write_returns(stage: Stage) -> None:
    """Write agreements, periods and returns into the diary; last, what the clock has marked by today."""
    if not stage.demo.returns:
        return
    for row in stage.demo.agreements:
        _write_agreement(stage, row)
    asked = {row.form for row in stage.demo.returns}
    for form in returns.forms().filter(code__in=asked):
        for back in ASKED_BACK:
            stage.diary.on(_opened(stage, form, back), f"returns {form.code} {back}: open",
                           lambda at, form=form, back=back: _open(stage, form, back, at))  # fmt: skip
    for row in stage.demo.returns:
        _write_return(stage, row)
    stage.diary.on(0, "returns: the clock", lambda at: clocks.run_due(stage.house(at), at))


def _write_agreement(stage: Stage, row: DemoAgreement) -> None:
    what = f"agreement {row.code}"
    stage.diary.on(row.given_day, f"{what}: agree", lambda at: deeds.agree(
        stage.get("organisation", row.organisation), returns.form(row.form), note=written(row.note),
        by=stage.officer(at), at=at))  # fmt: skip
    if _is_late(stage, row):
        stage.diary.on(row.asked_day, f"{what}: ask", lambda at: deeds.open_one(
            returns.form(row.form), stage.get("organisation", row.organisation),
            _span(stage, returns.form(row.form), 1).code, by=stage.officer(at), at=at))  # fmt: skip


def _is_late(stage: Stage, row: DemoAgreement) -> bool:
    """Whether the enterprise agreed after the last period had opened, and is asked for it by hand."""
    return row.asked_day is not None and _opened(stage, returns.form(row.form), 1) < row.given_day


def _span(stage: Stage, form: ReturnForm, back: int) -> Span:
    span = span_of(ReturnPeriod(form.period), stage.diary.today)
    for _ in range(back):
        span = span.before
    return span


def _opened(stage: Stage, form: ReturnForm, back: int) -> int:
    """The day, counted from today, on which a period opened by the form's own rule."""
    moment = opens_at(working_calendar(), returns.schedule_of(form), _span(stage, form, back).last_day)
    return (moment.date() - stage.diary.today).days


def _open(stage: Stage, form: ReturnForm, back: int, at: datetime) -> None:
    deeds.open_cycle(form, _span(stage, form, back), by=stage.house(at), at=at)


def _write_return(stage: Stage, row: DemoReturn) -> None:
    """A return's way; one whose reporter was asked late is filled in today."""
    late = {one.organisation for one in stage.demo.agreements if _is_late(stage, one)}
    opened = 0 if row.organisation in late and row.back == 1 else _opened(stage, returns.form(row.form), row.back)
    what, filled, reviewed = f"return {row.code}", opened + FILLED_AFTER, opened + REVIEWED_AFTER
    if row.state is S.RETURNED:
        reviewed = max(CORRECTED_DAY, min(filled, 0))
    if row.state in (S.DRAFT, *FILLED):
        stage.diary.on(filled, f"{what}: fill in", lambda at: _fill(stage, row, at))
    if row.state is S.WAIVED:
        stage.diary.on(reviewed, f"{what}: waive", lambda at: deeds.waive(
            _record(stage, row), reason=written(row.remark), by=_reviewer(stage, row, at), at=at))  # fmt: skip
    if row.state in (S.IN_REVIEW, S.RETURNED, S.ACCEPTED):
        stage.diary.on(reviewed, f"{what}: review", lambda at: _review(stage, row, at))
    stage.diary.on(0, f"{what}: remember", lambda at: stage.put("return", row.code, _record(stage, row)))


def _record(stage: Stage, row: DemoReturn) -> Return:
    form = returns.form(row.form)
    rows = Return.objects.unscoped("the demonstration acts on the records it has made itself").filter(
        form_code=row.form, starts_on=_span(stage, form, row.back).starts_on
    )
    rows = rows.select_related("form", "owner", "area", "in_charge")
    if row.organisation:
        return rows.get(owner=stage.get("organisation", row.organisation))
    return rows.get(owner=None, area=stage.term("areas", row.area))


def _reporter(stage: Stage, row: DemoReturn, at: datetime) -> Reader:
    """Whoever manages the reporter's affairs; an area's own officer; else the house types in what came on paper."""
    if row.area:
        own = next((one.code for one in stage.demo.accounts if one.area == row.area), "")
        return stage.as_(own, at) if own else stage.officer(at)
    account = stage.account_at(row.organisation)
    return stage.as_(account, at) if account else stage.house(at)


def _reviewer(stage: Stage, row: DemoReturn, at: datetime) -> Reader:
    return stage.as_("planner", at) if row.area else stage.officer(at)


def _fill(stage: Stage, row: DemoReturn, at: datetime) -> None:
    sent: dict[str, object] = {"remark": written(row.remark)}
    for one in row.figures:
        sent |= {f"{one.field}_zh": one.said.zh, f"{one.field}_en": one.said.en} if one.said else {one.field: one.value}
    verb = deeds.save if row.state is S.DRAFT else deeds.submit
    verb(_record(stage, row), sent, by=_reporter(stage, row, at), at=at)


def _review(stage: Stage, row: DemoReturn, at: datetime) -> None:
    by = _reviewer(stage, row, at)
    deeds.review(_record(stage, row), by=by, at=at)
    if row.state is S.RETURNED:
        deeds.send_back(_record(stage, row), {row.comment_on or deeds.WHOLE: written(row.comment)}, by=by, at=at)
    if row.state is S.ACCEPTED:
        deeds.accept(_record(stage, row), by=by, at=at)
