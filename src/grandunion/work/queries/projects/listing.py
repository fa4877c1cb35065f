"""The list of projects: its columns and filters, for the screen, the export and the API."""

from collections.abc import Callable
from datetime import timedelta

from django.db.models import F, Q
from django.utils import timezone

from grandunion.records.journal import Step
from grandunion.records.projects import Project
from grandunion.terms.projects import LossReason, Phase, ProjectState, Route
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text, Word
from grandunion.terms.verdicts import invalid
from grandunion.work.queries.base import Column, Filter, Listing


class Whose(Word):
    """In whose charge a project is."""

    MINE = "mine", "Mine", "本人经办"
    NOBODY = "nobody", "Nobody", "无人经办"


class Due(Word):
    """When a project's next step is due."""

    OVERDUE = "overdue", "Overdue", "已逾期"
    WEEK = "week", "Within seven days", "七日内"
    MISSING = "missing", "No next step", "未安排"


def overdue(reader: Reader) -> Q:
    """Projects whose next step should have been made before today."""
    return Q(next_step_on__lt=timezone.localtime(reader.at).date())


def _whose(value: str, reader: Reader) -> Q:
    return Q(in_charge=reader.user_id) if _of(Whose, "in_charge", value) == Whose.MINE else Q(in_charge=None)


def _due(value: str, reader: Reader) -> Q:
    today = timezone.localtime(reader.at).date()
    return {
        Due.OVERDUE: overdue(reader),
        Due.WEEK: Q(next_step_on__gte=today, next_step_on__lt=today + timedelta(days=7)),
        Due.MISSING: Q(next_step_on=None),
    }[_of(Due, "next_step", value)]


def _reached(value: str, reader: Reader) -> Q:
    """Projects that ever came to a state or beyond it: what a figure of the funnel opens to."""
    states = reaching(_of(ProjectState, "reached", value))
    return Q(pk__in=Step.objects.filter(flow="project", target__in=states).values("subject_id"))


# States that are no progress: whoever stands there has come no further than before.
ASIDE = frozenset({ProjectState.ON_HOLD, ProjectState.LOST, ProjectState.EXITED, ProjectState.FAILED})
ORDER = tuple(state for state in ProjectState if state not in ASIDE)


def reaching(state: ProjectState) -> tuple[str, ...]:
    """The states that show a project came to a state: its own and all after it; a state aside is only itself."""
    return (state.value,) if state in ASIDE else tuple(one.value for one in ORDER[ORDER.index(state) :])


def _by_number(path: str) -> Callable[[str, Reader], Q]:
    """A filter by the number of an organisation that stands on the row."""
    return lambda value, _: Q(**{f"{path}__number": value}) if value.isprintable() else Q(pk=None)


def _of(words: type[Word], field: str, value: str) -> Word:
    if not words.has(value):
        known = words.codes()
        raise invalid(
            field, f"“{value}” is not one of: {', '.join(known)}.", f"“{value}”不在可选范围：{'、'.join(known)}。"
        )
    return words(value)


COLUMNS = (
    Column("number", Text("Number", "编号"), ("number",), "number", sort=("number",)),
    Column("title", Text("Project", "项目"), ("title_zh", "title_en"), "title"),
    Column("state", Text("State", "状态"), ("state",), "word", ProjectState, sort=("state",)),
    Column("phase", Text("Phase", "阶段"), ("phase",), "word", Phase, sort=("phase",)),
    Column("next_step", Text("Next step", "下一步"), ("next_step",)),
    Column("next_step_on", Text("Due", "下一步日期"), ("next_step_on",), "day", sort=("next_step_on",)),
    Column("owner", Text("Owner", "权利单位"), ("owner__name_zh", "owner__name_en"), "term"),
    Column("company", Text("Company", "落地企业"), ("company__name_zh", "company__name_en"), "term", is_shown=False),
    Column("university", Text("University", "来源高校"), ("university__name_zh", "university__name_en"), "term",
           is_shown=False),
    Column("field", Text("Field", "领域"), ("field__name_zh", "field__name_en"), "term", is_shown=False),
    Column("area", Text("Area", "片区"), ("area__name_zh", "area__name_en"), "term"),
    Column("route", Text("Route", "转化路径"), ("route",), "word", Route, is_shown=False),
    Column("trl", Text("Readiness", "成熟度"), ("trl_now",), "count", sort=("trl_now",), is_shown=False),
    Column("in_charge", Text("In charge", "经办人"), ("in_charge__name_zh", "in_charge__name_en"), "term"),
    Column("landed_on", Text("Landed", "落地日期"), ("landed_on",), "day", sort=("landed_on",), is_shown=False),
    Column("lost_reason", Text("Why lost", "流失原因"), ("lost_reason",), "word", LossReason, is_shown=False),
    Column("updated_at", Text("Last change", "最近更新"), ("updated_at",), "day", sort=("updated_at",)),
)  # fmt: skip

FILTERS = (
    Filter("phase", Text("Phase", "阶段"), "phase", words=Phase),
    Filter("state", Text("State", "状态"), "state", words=ProjectState),
    Filter("in_charge", Text("In charge", "经办"), "in_charge", words=Whose, condition=_whose),
    Filter("next_step", Text("Next step", "下一步"), "next_step_on", words=Due, condition=_due),
    Filter("field", Text("Field", "领域"), "field", list_code="fields", kind="term"),
    Filter("area", Text("Area", "片区"), "area", list_code="areas", kind="term"),
    Filter("lost_reason", Text("Why lost", "流失原因"), "lost_reason", words=LossReason),
    Filter("owner", Text("Owner's number", "权利单位编号"), "owner", kind="link",
           condition=_by_number("owner")),
    Filter("university", Text("University's number", "高校编号"), "university", kind="link",
           condition=_by_number("university")),
    Filter("company", Text("Company's number", "企业编号"), "company", kind="link",
           condition=_by_number("company")),
    Filter("reached", Text("Has reached", "曾到达"), "state", kind="link", words=ProjectState, condition=_reached),
)  # fmt: skip

LISTING = Listing("projects", Text("Transfer projects", "成果转化项目"), Project, COLUMNS, FILTERS)
NEXT_STEP_FIRST = (F("next_step_on").asc(nulls_last=True), "-updated_at", "-pk")
