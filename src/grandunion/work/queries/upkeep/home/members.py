"""The cards of the hub's members: inventors, transfer offices, enterprises, investors, partners, students."""

from collections.abc import Iterator

from django.db.models import Q

from grandunion.engines.flows import NEED_FLOW
from grandunion.terms.achievements import AchievementState
from grandunion.terms.needs import NeedState
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text
from grandunion.work.queries import achievements, matches, needs, projects
from grandunion.work.queries.matches.listing import waiting
from grandunion.work.queries.upkeep.home.meetings import meetings
from grandunion.work.queries.upkeep.home.pieces import (
    SHOWN,
    Card,
    Face,
    Line,
    achievement,
    card,
    match,
    open_need,
    project,
)

# What comes next for somebody who stated a need, in words.
NEXT = {
    NeedState.DRAFT: Text("Finish it and hand it in.", "请填写完整并提交。"),
    NeedState.RECEIVED: Text("The desk reads it and finds who can answer.", "服务台将研判并确定承办方。"),
    NeedState.TRIAGE: Text("The desk is finding who can answer.", "服务台正在确定承办方。"),
    NeedState.DISPATCHED: Text("Those who were asked are working on the answer.", "承办方正在办理。"),
    NeedState.ANSWERED: Text("Read the answer and rate it.", "请查看答复并评价。"),
    NeedState.RATED: Text("The desk will call you back.", "服务台将电话回访。"),
    NeedState.CALLED_BACK: Text("The desk closes it with what you said.", "服务台将按回访结果办结。"),
    NeedState.REOPENED: Text("The desk takes it up again.", "服务台正在重新办理。"),
    NeedState.ESCALATED: Text("It is handled one level higher.", "已提级办理。"),
}
OPEN_NEEDS = (NeedState.RECEIVED, NeedState.TRIAGE, NeedState.DISPATCHED)
PILES = {
    face.code: face
    for face in (
        Face("with_us", Text("Needs that wait for your answer", "待您答复的需求"), "send", "needs/?whose=with_us",
             Text("Nobody waits for an answer of yours.", "暂无待答复的需求。")),
        Face("to_rate", Text("Answered: please rate", "已答复，请评价"), "star", "needs/?whose=ours&state=answered",
             Text("No answer waits for your rating.", "暂无待评价的答复。")),
        Face("ours", Text("My needs", "我的需求"), "life-buoy", "needs/?whose=ours",
             Text("None is being handled. State what is difficult, and the desk finds who can help.",
                  "暂无办理中的需求。请提出困难，由服务台为您对接。"), is_duty=False),
    )
}  # fmt: skip
ANSWER = Face("answer", Text("Matches that wait for your answer", "待您答复的撮合"), "handshake", "matches/?waiting=us",
              Text("No match waits for your answer.", "暂无待答复的撮合。"))  # fmt: skip
PROJECTS = Face("our_projects", Text("My projects", "我的项目"), "route", "projects/",
                Text("You are in no project yet.", "尚未参与转化项目。"), is_duty=False)  # fmt: skip
SIGN = Face("sign", Text("To sign: your share", "待您确认的份额"), "pencil", "achievements/mine/",
            Text("Nothing waits for your signature.", "没有待您确认的事项。"))  # fmt: skip
MINE = Face("mine", Text("My disclosures", "我的披露"), "flask", "achievements/mine/",
            Text("You have disclosed nothing yet. A title and a few sentences are enough to begin.",
                 "您尚未披露成果，填写名称和简要说明即可开始。"), is_duty=False)  # fmt: skip
SUPPLY = Face("supply", Text("Disclosures that wait for you", "待我校补充或提交的披露"), "file-text",
              "achievements/?state=draft,more_info",
              Text("No disclosure waits for you.", "没有等待贵校处理的披露。"))  # fmt: skip
RIGHTS = Face("rights", Text("Rights and public notice", "赋权审批与公示"), "scale",
              "achievements/?state=rights_review,public_notice",
              Text("No rights case is open.", "没有办理中的赋权或处置事项。"))  # fmt: skip
OURS = Face("our_achievements", Text("Where our achievements stand", "我校成果进展"), "flask", "achievements/",
            Text("Nothing is disclosed yet. Begin with a title and the inventors.",
                 "尚无披露，请从成果名称和发明人开始填写。"), is_duty=False)  # fmt: skip
OFFERED = Face("offered", Text("Technologies on offer", "可对接的科技成果"), "flask", "achievements/",
               Text("Nothing is on offer yet.", "暂无可对接的成果。"), is_duty=False)  # fmt: skip
OPEN = Face("open_needs", Text("Open needs", "征集中的需求"), "life-buoy", "needs/",
            Text("No need is open to members now.", "暂无面向会员的需求。"), is_duty=False)  # fmt: skip


def inventor(reader: Reader) -> Iterator[Card]:
    """What must I sign, and where is my disclosure."""
    mine = achievements.mine(reader)
    to_sign = [one for one in mine if one.is_to_confirm]
    others = [one.record for one in mine if not one.is_to_confirm]
    yield Card(SIGN, tuple(_share(one) for one in to_sign[:SHOWN]), len(to_sign))
    yield Card(MINE, tuple(achievement(row) for row in others[:SHOWN]), len(others))


def _share(mine: achievements.Mine) -> Line:
    share = f"{mine.share.share_percent.normalize():f} %"
    asked = Text(f"Confirm your share of {share}", f"请确认您的份额：{share}")
    return Line("achievements", mine.record.number, mine.record.title, None, asked)


def university(reader: Reader) -> Iterator[Card]:
    """Which disclosures wait for the office, which rights are being settled, where everything stands."""
    ours = achievements.visible_to(reader).filter(owner__in=reader.organisation_ids).select_related("owner")
    ours = ours.order_by("-updated_at", "-pk")
    waits = (AchievementState.DRAFT, AchievementState.MORE_INFO)
    yield card(SUPPLY, ours.filter(state__in=waits), achievement)
    rights = (AchievementState.RIGHTS_REVIEW, AchievementState.PUBLIC_NOTICE)
    yield card(RIGHTS, ours.filter(state__in=rights), achievement)
    yield card(OURS, ours.exclude(state__in=waits), achievement)
    yield _answers(reader)


def enterprise(reader: Reader) -> Iterator[Card]:
    """My difficulties and what comes next, who waits for my answer, where my projects stand."""
    for pile in needs.desk(reader):
        if pile.code in PILES:
            yield Card(PILES[pile.code], tuple(_own(task) for task in pile.tasks[:SHOWN]), pile.total)
    yield _answers(reader)
    yield from meetings(reader)
    ours = reader.organisation_ids
    own = projects.visible_to(reader).filter(Q(owner__in=ours) | Q(company__in=ours))
    yield card(PROJECTS, own.order_by("-updated_at", "-pk"), project)


def _own(task: needs.Task) -> Line:
    """A need as the one who stated it sees it: the public state, and what comes next in words."""
    state = NEED_FLOW.state(task.state).public_name
    return Line("needs", task.number, task.title, state, NEXT.get(task.state), code=task.state)


def _answers(reader: Reader) -> Card:
    rows = matches.visible_to(reader).filter(waiting("us", reader)).select_related("need", "opportunity")
    return card(ANSWER, rows.order_by("state_at", "pk"), match)


def member(reader: Reader) -> Iterator[Card]:
    """What is open to every member."""
    yield card(OFFERED, matches.on_offer(reader).order_by("-updated_at", "-pk"), achievement)
    rows = needs.visible_to(reader).filter(state__in=OPEN_NEEDS).exclude(owner__in=reader.organisation_ids)
    yield card(OPEN, rows.order_by("-updated_at", "-pk"), open_need)
