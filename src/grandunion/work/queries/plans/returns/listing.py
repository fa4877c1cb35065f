"""The list of periodic returns, for whoever fills them in and for whoever reviews them."""

from dataclasses import dataclass

from django.db.models import Q

from grandunion.records.plans import Return
from grandunion.terms.readers import Reader
from grandunion.terms.returns import OPEN, WAITING, Lateness, ReturnState
from grandunion.terms.text import Text, either
from grandunion.terms.verdicts import invalid
from grandunion.work.queries.base import Column, Filter, Listing
from grandunion.work.queries.base.words import containing


@dataclass(frozen=True, slots=True)
class Reporting(Column):
    """Who reports: the organisation, or the area where the area itself does."""

    def value(self, raw: tuple) -> object:
        """The name of whichever it is."""
        zh, en, area_zh, area_en = raw
        return either(en, zh) if zh or en else either(area_en, area_zh)


@dataclass(frozen=True, slots=True)
class Late(Column):
    """How a return that is with its reporter stands to its deadline; nothing for one that is on time or has come."""

    def value(self, raw: tuple) -> object:
        """Overdue or raised, in words."""
        state, overdue_at, escalated_at = raw
        if state not in OPEN or overdue_at is None:
            return None
        return (Lateness.ESCALATED if escalated_at else Lateness.OVERDUE).text


LATE: dict[str, Q] = {
    Lateness.ON_TIME: Q(overdue_at=None),
    Lateness.OVERDUE: ~Q(overdue_at=None),
    Lateness.ESCALATED: ~Q(escalated_at=None),
}
TURNS = {"reporter": Q(state__in=OPEN), "review": Q(state__in=WAITING), "done": ~Q(state__in=(*OPEN, *WAITING))}


def _late(value: str, reader: Reader) -> Q:
    if value not in LATE:
        raise invalid("late", f"“{value}” is not a choice.", f"“{value}”不在可选范围内。")
    return Q(state__in=OPEN) & LATE[value]


def _turn(value: str, reader: Reader) -> Q:
    if value == "ours":
        return Q(state__in=OPEN, owner__in=reader.organisation_ids)
    if value not in TURNS:
        raise invalid("turn", f"“{value}” is not a choice.", f"“{value}”不在可选范围内。")
    return TURNS[value]


def _form(value: str, reader: Reader) -> Q:
    return Q(form_code__in=value.split(","))


def _of(value: str, reader: Reader) -> Q:
    return Q(owner__number__in=value.split(","))


RETURNS = Listing(
    code="returns",
    name=Text("Periodic returns", "定期报表"),
    record=Return,
    columns=(
        Column("number", Text("Number", "编号"), ("number",), "number", sort=("number",)),
        Column("title", Text("Return", "报表"), ("title_zh", "title_en"), "title", sort=("form_code", "-starts_on")),
        Reporting("reporter", Text("Reporter", "填报单位"),
                  ("owner__name_zh", "owner__name_en", "area__name_zh", "area__name_en"), "term",
                  sort=("owner__sort_key",)),
        Column("area", Text("Area", "片区"), ("area__name_zh", "area__name_en"), "term", sort=("area__position",)),
        Column("state", Text("State", "状态"), ("state",), "word", ReturnState, ("state",)),
        Column("due", Text("Due", "截止时间"), ("due_at",), "moment", sort=("due_at",)),
        Late("late", Text("Deadline", "时限"), ("state", "overdue_at", "escalated_at"), "term", sort=("overdue_at",)),
        Column("submitted", Text("Submitted", "报送时间"), ("submitted_at",), "moment", sort=("submitted_at",)),
        Column("accepted", Text("Accepted", "通过时间"), ("accepted_at",), "day", sort=("accepted_at",),
               is_shown=False),
        Column("starts_on", Text("Period from", "所属期起"), ("starts_on",), "day", sort=("starts_on",),
               is_shown=False),
        Column("form", Text("Form", "报表代码"), ("form_code",), sort=("form_code",), is_shown=False),
    ),
    filters=(
        Filter("state", Text("State", "状态"), "state", ReturnState),
        Filter("area", Text("Area", "片区"), "area", list_code="areas", kind="term"),
        Filter("late", Text("Deadline", "时限"), "state", Lateness, condition=_late),
        Filter("turn", Text("Whose turn", "待谁办理"), "state", kind="link", condition=_turn),
        Filter("form", Text("Form", "报表"), "form_code", kind="link", condition=_form),
        Filter("of", Text("Reporter", "填报单位"), "owner", kind="link", condition=_of),
        Filter("since", Text("Period from", "所属期自"), "starts_on", kind="since"),
        Filter("until", Text("Period before", "所属期至"), "starts_on", kind="until"),
    ),
    order=("-due_at", "-pk"),
    words=lambda words: containing(words, "number", "title_zh", "title_en", "owner__name_zh", "owner__name_en"),
)  # fmt: skip
