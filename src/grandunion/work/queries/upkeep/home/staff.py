"""The cards of those who work for the hub: what is due, what waits, what moved."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Q

from grandunion.engines.flows.projects import ENDS
from grandunion.records.journal import Step
from grandunion.terms.achievements import AchievementState
from grandunion.terms.matches import TieKind
from grandunion.terms.offers import OfferState
from grandunion.terms.projects import SIDE_STATES, ProjectState
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text
from grandunion.work.queries import achievements, matches, needs, projects
from grandunion.work.queries.matches import ties
from grandunion.work.queries.matches.listing import waiting
from grandunion.work.queries.parties import accounts
from grandunion.work.queries.upkeep.home.meetings import meetings
from grandunion.work.queries.upkeep.home.pieces import (
    SHOWN,
    Card,
    Face,
    Line,
    achievement,
    card,
    match,
    on,
    today,
)

WEEK = timedelta(days=7)
PILES = {
    face.code: face
    for face in (
        Face("overdue", Text("Needs overdue", "超期需求"), "clock", "needs/?due=overdue",
             Text("Nothing is overdue.", "没有超期事项。")),
        Face("today", Text("Needs due today", "今日到期需求"), "calendar", "needs/?due=today",
             Text("Nothing else is due today.", "今日没有其他到期事项。")),
        Face("letters", Text("Letters of applicants unanswered", "申请人来信待回复"), "send", "needs/?whose=letters",
             Text("Every letter is answered.", "来信均已回复。")),
        Face("to_call", Text("To call back", "待回访需求"), "phone", "needs/?whose=to_call",
             Text("Nobody is to be called back.", "没有到期回访。")),
        Face("unassigned", Text("Needs with nobody yet", "待分派需求"), "inbox", "needs/?whose=unassigned",
             Text("The desk is clear.", "没有待分派的需求。")),
    )
}  # fmt: skip
STEPS = Face("projects", Text("My projects: next step due", "我的项目：下一步到期"), "route",
             "projects/?in_charge=mine&next_step=overdue",
             Text("No project of yours waits for its next step.", "您经办的项目没有到期的下一步。"))  # fmt: skip
VISITS = Face("visits", Text("Follow-up visits", "跟踪回访"), "calendar", "projects/visits/",
              Text("No visit falls due within seven days.", "七日内没有到期的回访。"))  # fmt: skip
SCREENING = Face("screening", Text("Achievements to screen", "待形式审查的成果"), "microscope", "achievements/queue/",
                 Text("No disclosure waits for screening.", "暂无待审查的披露。"))  # fmt: skip
INTRODUCE = Face("introduce", Text("Introduce: both sides accepted", "待对接：双方均已同意"), "handshake",
                 "matches/?waiting=introduction",
                 Text("No pair waits for its introduction.", "暂无待对接的撮合。"))  # fmt: skip
TO_OPEN = Face("to_open", Text("Offers to be opened to the public", "待公开的供给"), "tag", "offers/?whose=to_open",
               Text("No offer waits to be opened to the public.", "没有待公开的供给。"))  # fmt: skip
TIES = Face("ties", Text("Ties to look into", "待核实关联关系"), "network", "ties/",
            Text("No tie waits to be looked into.", "没有待核实的关联关系。"))  # fmt: skip
MOVED = Face("moved", Text("Moved last", "最近变动的项目"), "history", "projects/",
             Text("No project has moved yet.", "尚无项目变动。"), is_duty=False)  # fmt: skip
LANDED = Face("landed", Text("Landed last", "最近落地"), "rocket", "projects/?order=-landed_on",
              Text("No project has landed yet.", "尚无项目落地。"), is_duty=False)  # fmt: skip
UNGUARDED = Face("unguarded", Text("Staff without a second factor", "未启用双重验证的工作人员"), "shield-check",
                 "accounts/", Text("All staff have a second factor.", "工作人员均已启用双重验证。"))  # fmt: skip
UNUSED = Face("unused", Text("Accounts nobody has signed in with", "尚未登录的账户"), "key-round", "accounts/",
              Text("Everybody has signed in.", "所有账户均已登录过。"), is_duty=False)  # fmt: skip


def officer(reader: Reader) -> Iterator[Card]:
    """What is due today, what nobody has taken, and what waits for a decision of the desk."""
    for pile in needs.desk(reader, is_brief=True):
        if pile.code in PILES:
            yield Card(PILES[pile.code], tuple(_task(task) for task in pile.tasks[:SHOWN]), pile.total)
    yield _next_steps(reader)
    yield _visits(reader)
    yield from meetings(reader)
    states = (AchievementState.SUBMITTED, AchievementState.SCREENING)
    waits = achievements.visible_to(reader).filter(state__in=states).select_related("owner")
    yield card(SCREENING, waits.order_by("state_at", "pk"), achievement)
    both = matches.visible_to(reader).filter(waiting("introduction", reader)).select_related("need", "opportunity")
    yield card(INTRODUCE, both.order_by("state_at", "pk"), match)
    asked = matches.offers_visible_to(reader).exclude(public_asked_at=None)
    yield card(TO_OPEN, asked.order_by("public_asked_at", "pk"), _offer)
    heard = [told for told in ties.waiting_ties(reader) if told.one.number or told.other.number]
    yield Card(TIES, tuple(_tie(told) for told in heard[:SHOWN]), len(heard))
    yield moved(reader)


def planner(reader: Reader) -> Iterator[Card]:
    """What landed and moved last; the figures stand beside the cards."""
    landed = projects.visible_to(reader).exclude(landed_on=None).order_by("-landed_on", "-pk")
    yield card(LANDED, landed, lambda row: Line("projects", row.number, row.title, None, on(row.landed_on)))
    yield moved(reader)


def administrator(reader: Reader) -> Iterator[Card]:
    """Whose sign-in needs looking after; nothing of the hub's records."""
    yield card(UNGUARDED, accounts.unguarded(reader.at), _account)
    yield card(UNUSED, accounts.unused(), _account)


def _account(user: object) -> Line:
    return Line("accounts", str(user.pk), user.name, None, Text(user.email, user.email))


def _offer(row: object) -> Line:
    return Line("offers", row.number, row.title, OfferState(row.state).text, code=row.state)


def _tie(told: ties.Told) -> Line:
    """A tie by its two ends; it is looked into on the page of one of them."""
    both = Text("{one} – {other}", "{one}与{other}").fill(one=told.one.name, other=told.other.name)
    return Line("ties", told.one.number or told.other.number, both, None, TieKind(told.tie.tie_kind).text)


def _task(task: needs.Task) -> Line:
    return Line("needs", task.number, task.title, task.state.text, task.due, task.is_overdue, task.state)


def _next_steps(reader: Reader) -> Card:
    day = today(reader.at)
    own = projects.visible_to(reader).filter(in_charge=reader.user_id, next_step_on__lte=day)

    def line(row: object) -> Line:
        late = Text(f"was due on {row.next_step_on}", f"应于 {row.next_step_on} 完成")
        when = late if row.next_step_on < day else Text("today", "今天")
        step = Text(f"{row.next_step}: {when.en}", f"{row.next_step}：{when.zh}") if row.next_step else when
        state = ProjectState(row.state)
        return Line("projects", row.number, row.title, state.text, step, row.next_step_on < day, state)

    return card(STEPS, own.exclude(state__in=[*SIDE_STATES, *ENDS]).order_by("next_step_on", "pk"), line)


def _visits(reader: Reader) -> Card:
    day = today(reader.at)
    own = projects.visible_to(reader).filter(Q(in_charge=reader.user_id) | Q(in_charge=None))

    def line(row: object) -> Line:
        name = ProjectState(row.label).text
        due = Text(f"{name.en}, due {row.due_on}", f"{name.zh}，应于 {row.due_on} 前完成")
        return Line("projects", row.project.number, row.project.title, None, due, row.due_on < day)

    return card(VISITS, projects.due_visits(own, day + WEEK), line)


def moved(reader: Reader) -> Card:
    """The projects that moved last, whoever moved them."""
    steps = Step.objects.filter(flow="project").exclude(source="").order_by("-pk")
    latest = list(dict.fromkeys(steps.values_list("subject_id", flat=True)[: SHOWN * 10]))
    seen = projects.visible_to(reader).in_bulk(latest)
    rows = [seen[pk] for pk in latest if pk in seen][:SHOWN]
    return Card(MOVED, tuple(_moved(row) for row in rows), len(rows))


def _moved(row: object) -> Line:
    state = ProjectState(row.state)
    return Line("projects", row.number, row.title, state.text, on(today(row.state_at)), code=state)
