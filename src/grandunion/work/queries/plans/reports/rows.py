"""Work reports as rows: the list, one report, its template, and what belongs to it."""

from django.db.models import Q, QuerySet

from grandunion.records.journal import Entry
from grandunion.records.parties import Membership, User
from grandunion.records.plans import (
    Binding,
    Erratum,
    ReportComment,
    ReportSection,
    ReportTemplate,
    Sentence,
    WorkReport,
)
from grandunion.terms.plans import Scope
from grandunion.terms.readers import Reader
from grandunion.terms.roles import Role
from grandunion.terms.secrecy import Secrecy
from grandunion.terms.text import Text
from grandunion.terms.work_reports import WorkReportState
from grandunion.work.queries.base import Column, Filter, Listing, one, opened, visible

WRITING = tuple(
    f"work_report.{verb}"
    for verb in ("drafted", "edited", "sentence_added", "reworded", "sentence_dropped", "shifted", "bound",
                 "value_taken", "value_kept", "justified")
)  # fmt: skip
DRAWN = ("area", "in_charge", "reviewed_by", "signer")
LISTING = Listing(
    code="work-reports",
    name=Text("Work reports", "工作报告"),
    record=WorkReport,
    columns=(
        Column("title", Text("Report", "报告"), ("title_zh", "title_en"), "title", sort=("title_en",),
               secrecy=Secrecy.S0),
        Column("number", Text("Number", "编号"), ("number",), "number", sort=("number",), secrecy=Secrecy.S0),
        Column("state", Text("State", "状态"), ("state",), "word", WorkReportState, sort=("state",),
               secrecy=Secrecy.S0),
        Column("scope", Text("Level", "级别"), ("scope",), "word", Scope, sort=("scope",), secrecy=Secrecy.S0),
        Column("area", Text("Area", "片区"), ("area__name_zh", "area__name_en"), "term", sort=("area__name_en",)),
        Column("year", Text("Year", "年度"), ("year",), sort=("year",), secrecy=Secrecy.S0),
        Column("signed_at", Text("Signed", "签发时间"), ("signed_at",), "moment", sort=("signed_at",),
               secrecy=Secrecy.S0),
        Column("updated_at", Text("Changed", "更新时间"), ("updated_at",), "moment", sort=("updated_at",)),
    ),
    filters=(
        Filter("state", Text("State", "状态"), "state", WorkReportState),
        Filter("scope", Text("Level", "级别"), "scope", Scope),
        Filter("area", Text("Area", "片区"), "area", list_code="areas", kind="term"),
    ),
    order=("-year", "-updated_at", "-pk"),
    words=lambda words: Q(number__iexact=words) | Q(title_zh__icontains=words) | Q(title_en__icontains=words),
)  # fmt: skip


def visible_to(reader: Reader) -> QuerySet[WorkReport]:
    """The reports the reader may see: published ones everybody, the others whoever works on them."""
    return visible(WorkReport, reader).select_related(*DRAWN)


def published(reader: Reader) -> QuerySet[WorkReport]:
    """The reports that were published by decision, the latest year first."""
    rows = visible_to(reader).filter(state=WorkReportState.PUBLISHED)
    return rows.order_by("-year", "-signed_at", "-pk")


def get(number: str, reader: Reader) -> WorkReport:
    """The report of this number, or Absent."""
    return opened(WorkReport, reader, *DRAWN, number=number)


def awaiting(reader: Reader) -> QuerySet[WorkReport]:
    """Reports whose next step is the reader's: a colleague's to review, those to sign as the named signer, and for
    planning officers their own to finish and signed ones to publish."""
    mine = Q(state=WorkReportState.REVIEWED, signer=reader.user_id)
    if reader.has(Role.PLANNER):
        own = Q(in_charge=reader.user_id)
        mine |= own & Q(state=WorkReportState.DRAFTED) | ~own & Q(state=WorkReportState.NUMBERS_CHECKED)
        mine |= Q(state=WorkReportState.SIGNED)
    return visible_to(reader).filter(mine).order_by("-year", "-updated_at", "-pk")


def signers() -> QuerySet[User]:
    """The planning officers and officers of the hub, from among whom most reports are signed."""
    held = Membership.objects.unscoped("the staff's names are known to everybody who writes a report")
    staff = held.filter(role__in=(Role.PLANNER, Role.OFFICER), ends_on=None).values("user")
    return User.objects.filter(pk__in=staff, is_active=True).order_by("name_en", "pk")


def templates() -> QuerySet[ReportTemplate]:
    """What a report can begin with, in the order of the pack."""
    return ReportTemplate.objects.select_related("area").order_by("position", "pk")


def template(code: str) -> ReportTemplate:
    """The template of this code, or Absent."""
    return one(templates(), code=code)


def sections(report: WorkReport | int) -> QuerySet[ReportSection]:
    """The parts of a report in their order."""
    return (
        ReportSection.objects.unscoped("children of a report the reader has opened")
        .filter(report=report)
        .order_by("place")
    )


def sentences(report: WorkReport | int) -> QuerySet[Sentence]:
    """The sentences of a report in their order."""
    rows = Sentence.objects.unscoped("children of a report the reader has opened").filter(section__report=report)
    return rows.select_related("section").order_by("section__place", "place", "pk")


def sentence(report: WorkReport, pk: int) -> Sentence:
    """One sentence of the report, or Absent."""
    return one(sentences(report), pk=pk)


def bindings(report: WorkReport | int) -> QuerySet[Binding]:
    """The numbers of a report with what they rest on."""
    rows = Binding.objects.unscoped("children of a report the reader has opened").filter(
        sentence__section__report=report
    )
    return rows.select_related(
        "indicator", "claim__source", "claim__area", "target__plan__source", "target__area", "area"
    ).order_by("pk")


def comments(report: WorkReport | int) -> QuerySet[ReportComment]:
    """What was said about the sentences, oldest first."""
    rows = ReportComment.objects.unscoped("children of a report the reader has opened").filter(
        sentence__section__report=report
    )
    return rows.select_related("by", "resolved_by").order_by("at", "pk")


def errata(report: WorkReport) -> QuerySet[Erratum]:
    """The corrections of a signed report, oldest first."""
    rows = Erratum.objects.unscoped("children of a report the reader has opened").filter(report=report)
    return rows.select_related("by").order_by("at", "pk")


def wrote(report: WorkReport, user_id: int | None) -> bool:
    """Whether the user began the report or ever wrote in it."""
    mine = Entry.objects.filter(subject_kind=report.kind, subject_id=report.pk, actor_id=user_id)
    return report.in_charge_id == user_id or mine.filter(verb__in=WRITING).exists()


def before(report: WorkReport, reader: Reader) -> WorkReport | None:
    """The same level's report of the year before, if the reader may see one; the furthest on if there are several."""
    rows = visible_to(reader).filter(scope=report.scope, area=report.area, year=report.year - 1)
    rows = rows.exclude(state=WorkReportState.DROPPED).order_by("-state_at", "-pk")
    found = sorted(rows[:20], key=lambda one: list(WorkReportState).index(WorkReportState(one.state)), reverse=True)
    return found[0] if found else None
