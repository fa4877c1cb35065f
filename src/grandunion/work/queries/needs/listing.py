"""The list of needs and the desk: what is overdue, due today, mine, with nobody, or with my organisation."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from grandunion.records.needs import Need, Note
from grandunion.terms.needs import CLOSED_NEED_STATES, Category, NeedState, NoteKind, Urgency
from grandunion.terms.readers import Reader
from grandunion.terms.secrecy import Level, Secrecy
from grandunion.terms.text import Text, Word
from grandunion.terms.verdicts import invalid
from grandunion.work.queries.base import Column, Filter, Listing
from grandunion.work.queries.base.posed import Passing
from grandunion.work.queries.needs.calls import calls_due
from grandunion.work.queries.needs.deadlines import said
from grandunion.work.queries.needs.rows import assigned_to, visible_to

ON_THE_DESK = (NeedState.RECEIVED, NeedState.TRIAGE, NeedState.REOPENED, NeedState.ESCALATED)
ENDED = (*CLOSED_NEED_STATES, NeedState.MERGED, NeedState.SPAM, NeedState.CANCELLED)
# A call published elsewhere and brought in from its source: nobody here asked, and there is nobody to call back. It
# counts as waiting once an officer takes it up. An officer's own list, sent in as our template, is a list of askers.
IMPORTED = Q(
    ~Q(source_kind__in=("", "file")), state=NeedState.RECEIVED, owner=None, contact_person=None, contact_name="",
    contact_email="", contact_phone="",
)  # fmt: skip
SHOWN = 20
LETTERS_OF = timedelta(days=90)
WAITS = Text("the applicant's turn for {n} days", "待申请人补充 {n} 天")
CALL = Text("call back: {due}", "回访：{due}")


class Due(Word):
    """When a need falls due, as a filter."""

    OVERDUE = "overdue", "Overdue", "已超期"
    TODAY = "today", "Due today", "今日到期"
    WEEK = "week", "Within seven days", "七日内到期"


class Whose(Word):
    """Whose a need is, as a filter."""

    MINE = "mine", "In my charge", "我经办的"
    UNASSIGNED = "unassigned", "With nobody yet", "未分派"
    WITH_US = "with_us", "With us to answer", "待我方答复"
    OURS = "ours", "Stated by us", "我方提出的"
    PAUSED = "paused", "Waiting for the applicant's answer", "待申请人补充"
    BASKET = "basket", "In the basket until there is room", "暂存待派"
    TO_CALL = "to_call", "To be called back now", "待回访"
    LETTERS = "letters", "Letters of applicants unanswered", "来信待回复"
    TEAM = "team", "My team's", "本组经办"
    IMPORTED = "imported", "Imported, asked by nobody here", "外部导入"
    HELD = "held", "With letters that are held", "有留存的来信"


def _day_ends(at: datetime) -> datetime:
    """Midnight of the local day."""
    return timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)


def due(value: str, reader: Reader) -> Q:
    """Needs by when they fall due."""
    known = {
        Due.OVERDUE: Q(due_at__lt=reader.at),
        Due.TODAY: Q(due_at__gte=reader.at, due_at__lt=_day_ends(reader.at)),
        Due.WEEK: Q(due_at__gte=reader.at, due_at__lt=_day_ends(reader.at) + timedelta(days=6)),
    }
    return _chosen("due", Due, known, value)


def whose(value: str, reader: Reader) -> Q:
    """Needs by what they are to the reader."""
    known = {
        Whose.MINE: Q(in_charge=reader.user_id) & ~Q(state__in=ENDED),
        Whose.UNASSIGNED: Q(state__in=ON_THE_DESK) & ~IMPORTED,
        Whose.WITH_US: Q(pk__in=assigned_to(reader).values("need")),
        Whose.OURS: Q(owner__in=reader.organisation_ids),
        Whose.PAUSED: ~Q(paused_at=None) & ~Q(state__in=ENDED),
        Whose.BASKET: ~Q(basket_at=None) & Q(state__in=ON_THE_DESK),
        Whose.TO_CALL: calls_due(reader.at),
        Whose.LETTERS: ~Q(state__in=ENDED) & Q(pk__in=_unanswered(reader.at)),
        Whose.TEAM: _team(reader) & ~Q(state__in=ENDED),
        Whose.IMPORTED: IMPORTED,
        Whose.HELD: Q(pk__in=_with_held(reader.at)) & Q(pk__isnull=not reader.reads_rows),
    }
    return _chosen("whose", Whose, known, value)


def _unanswered(at: datetime) -> QuerySet:
    """The needs whose applicants wrote lately and were neither written to nor answered since."""
    rows = Note.objects.unscoped("which needs have letters that nobody answered; the needs are the reader's own rows")
    since = rows.filter(need=OuterRef("need"), note_kind=NoteKind.TO_APPLICANT, at__gte=OuterRef("at"))
    letters = rows.filter(note_kind=NoteKind.FROM_APPLICANT, withdrawn_at=None, at__gte=at - LETTERS_OF)
    open_ones = letters.exclude(need__state=NeedState.ANSWERED, need__state_at__gte=F("at"))
    return open_ones.filter(~Exists(since)).values("need")


def _with_held(at: datetime) -> QuerySet:
    """The needs about which machines wrote lately: what is not taken back still waits for somebody to look."""
    rows = Note.objects.unscoped("which needs have letters that are held; the needs are the reader's own rows")
    return rows.filter(note_kind=NoteKind.HELD, withdrawn_at=None, at__gte=at - LETTERS_OF).values("need")


def _team(reader: Reader) -> Q:
    """In charge of colleagues of the same areas."""
    colleagues = ~Q(in_charge=None) & ~Q(in_charge=reader.user_id)
    return colleagues if reader.areas is None else colleagues & Q(area__in=reader.areas)


def _chosen(code: str, words: type[Word], known: dict, value: str) -> Q:
    if value not in known:
        raise invalid(
            code,
            f"“{value}” is not one of: {', '.join(words.codes())}.",
            f"“{value}”不在可选范围：{'、'.join(words.codes())}。",
        )
    return known[value]


# What lies on an officer's desk besides what is due, in this order.
PILES = {
    Whose.LETTERS: Text("Letters unanswered", "来信待回复"), Whose.UNASSIGNED: Text("New on the desk", "待分派"),
    Whose.TO_CALL: Text("To call back", "待回访"), Whose.MINE: Text("In my charge", "我经办的"),
    Whose.PAUSED: Text("Applicant's turn", "待申请人补充"), Whose.TEAM: Text("My team's", "本组经办"),
}  # fmt: skip
OTHERS_TURN = frozenset({Whose.PAUSED, Whose.TEAM})
LISTING = Listing(
    code="needs",
    name=Text("Needs", "需求"),
    record=Need,
    columns=(
        Column("number", Text("Number", "编号"), ("number",), "number", sort=("number",), secrecy=Secrecy.S0),
        Column(
            "title", Text("Need", "需求"), ("title_zh", "title_en"), "title",
            sort=("title_zh", "title_en"), secrecy=Secrecy.S0,
        ),
        Column("state", Text("State", "状态"), ("state",), "word", NeedState, ("state",), Secrecy.S0),
        Column("category", Text("Category", "类别"), ("category",), "word", Category, ("category",), Secrecy.S0),
        Column("urgency", Text("Urgency", "紧急程度"), ("urgency",), "word", Urgency),
        Column("due", Text("Due", "办理期限"), ("due_at",), "moment", sort=("due_at",)),
        Column(
            "owner", Text("Stated by", "提出单位"), ("owner__name_zh", "owner__name_en"), "term",
            sort=("owner__sort_key",),
        ),
        Column("in_charge", Text("In charge", "经办人"), ("in_charge__name_zh", "in_charge__name_en"), "term"),
        Column("area", Text("Area", "片区"), ("area__name_zh", "area__name_en"), "term", sort=("area__position",)),
        Column(
            "field", Text("Field", "领域"), ("field__name_zh", "field__name_en"), "term", sort=("field__position",),
            secrecy=Secrecy.S0, is_shown=False,
        ),
        Column("received", Text("Received", "登记时间"), ("received_at",), "day", sort=("received_at",)),
        Column("level", Text("Open to", "公开范围"), ("level",), "word", Level, is_shown=False),
    ),
    filters=(
        Filter("state", Text("State", "状态"), "state", NeedState),
        Filter("category", Text("Category", "类别"), "category", Category),
        Filter("urgency", Text("Urgency", "紧急程度"), "urgency", Urgency),
        Filter("due", Text("Due", "期限"), "due_at", Due, condition=due),
        Filter("whose", Text("Whose", "归属"), "in_charge", Whose, condition=whose),
        Filter("area", Text("Area", "片区"), "area", list_code="areas", kind="term"),
        Filter("field", Text("Field", "领域"), "field", list_code="fields", kind="term"),
        Filter("owner", Text("Organisation's number", "单位编号"), "owner__number", kind="link"),
        Filter("issue", Text("Common problem's number", "共性问题编号"), "issue__number", kind="link"),
    ),
    within=Q(archived_at=None),
)  # fmt: skip
EVERY = replace(LISTING, within=Q())  # with what has left the lists
ARCHIVE = replace(LISTING, name=Text("Archived needs", "已归档需求"), within=~Q(archived_at=None))


@dataclass(frozen=True, slots=True)
class Task:
    """One need on somebody's desk."""

    number: str
    title: Text
    state: NeedState
    category: Category
    urgency: Urgency
    due: Text | None
    is_overdue: bool
    owner: Text | None
    in_charge: Text | None


@dataclass(frozen=True, slots=True)
class Pile:
    """One pile of the desk: at most twenty needs, and how many there are."""

    code: str
    name: Text
    tasks: tuple[Task, ...]
    total: int
    query: str  # of the list that shows them all


def desk(reader: Reader, *, is_brief: bool = False) -> tuple[Pile, ...]:
    """What waits for the reader, the most pressing first; each need lies on one pile only.

    In brief, what waits for others (the applicant, the reader's colleagues) is left out.
    """
    piles, seen = [], set()
    for code, name, rows, query in _piles(reader, is_brief):
        fresh = rows.exclude(pk__in=seen) if seen else rows
        found = Passing(fresh.order_by("due_at", "pk").select_related("owner", "in_charge")).first(SHOWN)
        total = len(found) if len(found) < SHOWN else fresh.count()
        seen |= {need.pk for need in found}
        piles.append(Pile(code, name, tuple(_task(need, reader.at) for need in found), total, query))
    return tuple(piles)


def next_on_desk(reader: Reader, after: str = "") -> str:
    """The number of the need that waits next for the reader: after this one on the desk, else the most pressing.

    Empty where nothing else waits.
    """
    numbers = [task.number for pile in desk(reader, is_brief=True) for task in pile.tasks]
    if after in numbers:
        place = numbers.index(after)
        numbers = [*numbers[place + 1 :], *numbers[:place]]
    return next(iter(numbers), "")


def _piles(reader: Reader, is_brief: bool) -> Iterable[tuple[str, Text, QuerySet, str]]:
    rows = visible_to(reader)
    if reader.reads_rows:
        yield "overdue", Text("Overdue", "已超期"), rows.filter(due("overdue", reader)), "due=overdue"
        yield "today", Text("Due today", "今日到期"), rows.filter(due("today", reader)), "due=today"
        for name in [name for name in PILES if not (is_brief and name in OTHERS_TURN)]:
            found = rows.filter(whose(name, reader))
            if name == Whose.UNASSIGNED:  # neither somebody's already, nor the applicant's turn
                found = found.filter(in_charge=None, paused_at=None)
            yield name.value, PILES[name], found, f"whose={name.value}"
    if reader.organisation_ids or not reader.reads_rows:
        with_us = rows.filter(whose("with_us", reader))
        yield "with_us", Text("With us to answer", "待我方答复"), with_us, "whose=with_us"
        ours = rows.filter(owner__in=reader.organisation_ids)
        answered = ours.filter(state=NeedState.ANSWERED)
        yield "to_rate", Text("Answered: please rate", "已答复，请评价"), answered, "whose=ours&state=answered"
        open_ones = ours.exclude(state__in=(*ENDED, NeedState.ANSWERED))
        yield "ours", Text("Being handled for us", "我方需求办理中"), open_ones, "whose=ours"


def _task(need: Need, at: datetime) -> Task:
    return Task(
        number=need.number,
        title=need.title if need.title.en else Text("Draft without a title", "未命名草稿"),
        state=NeedState(need.state),
        category=Category(need.category),
        urgency=Urgency(need.urgency),
        due=_due(need, at),
        is_overdue=bool(need.due_at and need.due_at < at),
        owner=need.owner.name if need.owner else None,
        in_charge=need.in_charge.name if need.in_charge else None,
    )


def _due(need: Need, at: datetime) -> Text | None:
    """When the next deed is due; whose turn it is while the clocks stand still; the call to a closed one."""
    if need.paused_at is not None:
        return WAITS.fill(n=(at - need.paused_at).days)
    if need.call_due_at is not None and need.state in CLOSED_NEED_STATES:
        due = said(need.call_due_at, at)
        return CALL.fill(due=due) if due else None
    return said(need.due_at, at)
