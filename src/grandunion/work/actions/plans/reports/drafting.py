"""How a report comes about: from a template of its level and year, and who is to sign it."""

from collections.abc import Mapping
from datetime import date, datetime

from django.utils import timezone

from grandunion.engines.flows import WORK_REPORT_FLOW
from grandunion.records.parties import User
from grandunion.records.plans import (
    Binding,
    Claim,
    Indicator,
    ReportSection,
    ReportTemplate,
    Sentence,
    Target,
    WorkReport,
)
from grandunion.terms.readers import Reader
from grandunion.terms.roles import Part
from grandunion.terms.secrecy import Level
from grandunion.terms.sound import sound
from grandunion.terms.verdicts import Forbidden, invalid, require
from grandunion.terms.work_reports import Basis
from grandunion.work.actions import base, journal, lists
from grandunion.work.actions.base import atomic
from grandunion.work.actions.parties import let_in
from grandunion.work.permissions.plans import reports as permissions
from grandunion.work.queries.journal import submitted
from grandunion.work.queries.lists import term
from grandunion.work.queries.plans import reports
from grandunion.work.queries.plans.reports.values import current, figures_of, told

EARLIEST, LATEST = 2000, 2100


@atomic
def draft(
    template: ReportTemplate, *, year: int | None = None, by: Reader, at: datetime, submission: str = ""
) -> WorkReport:
    """Begin a report from a template; its numbers are bound to their values as they are now.

    `year` is needed where the template serves every year. A second sending answers the first report.
    """
    require(permissions.may_draft(by), Forbidden)
    if (known := submitted(submission, WorkReport.kind)) is not None:
        return WorkReport.objects.unscoped("the sender of a form gets back what the form has made").get(pk=known)
    year = _year(template, year)
    name = f" {year}" if template.year is None else ""
    report = WorkReport.objects.create(
        number=lists.next_numbers(WORK_REPORT_FLOW.prefix, at.year)[0], level=Level.ORGANISATION,
        state=WORK_REPORT_FLOW.initial, state_at=at, created_at=at, updated_at=at, scope=template.scope, year=year,
        area=template.area, template=template.code, title_en=f"{template.name_en}{name}",
        title_zh=f"{template.name_zh}{f'（{year} 年度）' if name else ''}",
        in_charge=User.objects.filter(pk=by.user_id).first(),
    )  # fmt: skip
    base.index_words(report)
    journal.note("work_report.drafted", report, by=by, at=at)
    journal.step(WORK_REPORT_FLOW.code, report, source="", target=WORK_REPORT_FLOW.initial, by=by, at=at)
    _fill(report, template, min(date(year, 12, 31), timezone.localtime(at).date()))
    check_values(report, at=at)
    journal.keep_submission(submission, report, at)
    return report


def _year(template: ReportTemplate, year: int | None) -> int:
    if template.year is not None:
        return template.year
    if year is None or not EARLIEST <= year <= LATEST:
        raise invalid("year", "Write which year the report is about.", "请填写报告年度。")
    return year


def _fill(report: WorkReport, template: ReportTemplate, as_of: date) -> None:
    """The template's sections and sentences; a number whose basis is no longer there is left to the writer."""
    claims, targets, indicators = (
        {row.code: row for row in table.objects.all()} for table in (Claim, Target, Indicator)
    )
    known = {Basis.CLAIM: claims, Basis.TARGET: targets, Basis.FIGURE: indicators}
    for place, part in enumerate(template.body, 1):
        section = ReportSection.objects.create(
            report=report, place=place, code=part["code"], title_zh=part["zh"], title_en=part["en"]
        )
        for number, one in enumerate(part["sentences"], 1):
            sentence = Sentence.objects.create(section=section, place=number, text_zh=one["zh"], text_en=one["en"])
            made = [_binding(sentence, each, known, as_of) for each in one["numbers"]]
            Binding.objects.bulk_create([each for each in made if each is not None])


def _binding(sentence: Sentence, given: Mapping[str, object], known: Mapping, as_of: date) -> Binding | None:
    basis = next(one for one in Basis if given[one.value])
    row = known[basis].get(given[basis.value])
    if row is None:
        return None
    is_figure = basis is Basis.FIGURE
    return Binding(
        sentence=sentence, name=given["name"], basis=basis.value, indicator=row if is_figure else row.indicator,
        claim=row if basis is Basis.CLAIM else None, target=row if basis is Basis.TARGET else None,
        as_of=(date.fromisoformat(given["as_of"]) if given["as_of"] else as_of) if is_figure else None,
        area=term("areas", given["area"], "area") if given["area"] else row.area if not is_figure else None,
        qualifier=given["qualifier"], measure_zh=given["measure_zh"], measure_en=given["measure_en"],
    )  # fmt: skip


def check_values(report: WorkReport, *, at: datetime) -> None:
    """Bind every number of the report to its value at this moment."""
    bound = list(reports.rows.bindings(report))
    figures = figures_of(bound, at)
    for one in bound:
        one.bound, one.kept, one.kept_reason, one.checked_at = told(current(one, figures)), None, "", at
    rows = Binding.objects.unscoped("the numbers of a report the action has judged")
    rows.bulk_update(bound, ["bound", "kept", "kept_reason", "checked_at"])


@atomic
def edit(
    report: WorkReport, values: Mapping[str, object], *, by: Reader, at: datetime, version: int | None = None
) -> WorkReport:
    """Change what the report is called."""
    require(permissions.may_edit(by, report), Forbidden)
    given = {name: sound(name, str(values[name]).strip(), 300) for name in ("title_zh", "title_en") if name in values}
    if not any(given.get(name, getattr(report, name)) for name in ("title_zh", "title_en")):
        raise invalid("title_zh", "Write what the report is called.", "请填写报告名称。")
    changes = base.change(report, at=at, version=version, **given)
    journal.note("work_report.edited", report, by=by, at=at, changes=changes)
    return report


@atomic
def name_signer(report: WorkReport, email: str, *, by: Reader, at: datetime) -> WorkReport:
    """Name who signs; whoever could not open the report otherwise is let in to it."""
    require(permissions.may_name_signer(by, report), Forbidden)
    user = User.objects.filter(email__iexact=sound("signer", email.strip(), 254), is_active=True).first()
    if user is None:
        raise invalid("signer", "Nobody here has this address.", "没有使用该邮箱的账户。")
    before = report.signer
    base.change(report, at=at, signer=user)
    journal.note("work_report.signer", report, by=by, at=at, changes={
        "signer": (before.email if before else None, user.email),
    })  # fmt: skip
    let_in(report, user, Part.GRANTEE, by=by, at=at, reason=f"Signs {report.number} · 签发 {report.number}")
    return report
