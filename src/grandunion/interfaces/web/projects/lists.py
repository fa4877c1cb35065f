"""The projects together: the list, the board by phase, the visits that are due, and the funnel."""

from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from grandunion.interfaces.kit import lists as kit
from grandunion.interfaces.kit.pages import Deed, page
from grandunion.interfaces.kit.tones import tone
from grandunion.interfaces.web.projects import showing
from grandunion.interfaces.web.projects.forms import MOVES
from grandunion.interfaces.web.projects.pages import SECTION, address
from grandunion.terms.projects import Phase, ProjectState
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text, initials
from grandunion.terms.verdicts import Forbidden, require
from grandunion.work.permissions import projects as permissions
from grandunion.work.queries import projects
from grandunion.work.queries.base import Question

NARROWED = ("university", "in_charge", "area")


def index(request: HttpRequest) -> HttpResponse:
    """The list with its filters, saved views and exports."""
    return kit.show(request, projects.LISTING, template="web/projects/list.html", actions=_deeds(request.reader),
                    views=_views(request))  # fmt: skip


def _deeds(reader: Reader) -> list[Deed]:
    deeds = [Deed("/w/projects/board/", Text("Board", "看板"), "square-kanban")]
    if permissions.may_see_reports(reader):
        deeds.append(Deed("/w/projects/visits/", Text("Visits due", "到期回访"), "calendar"))
        deeds.append(Deed("/w/projects/funnel/", Text("Funnel", "转化漏斗"), "chart"))
    if permissions.may_create(reader):
        deeds.append(Deed("/w/projects/new/", Text("Open a project", "新建项目"), "plus", is_primary=True))
    return deeds


def _views(request: HttpRequest) -> list[dict]:
    """The questions asked every morning, one click each."""
    asked = request.GET.urlencode()
    views = [("", Text("All", "全部"))]
    if request.reader.is_officer:
        views += [
            ("in_charge=mine", Text("Mine", "本人经办")),
            ("in_charge=mine&next_step=overdue", Text("Mine, overdue", "本人逾期")),
        ]
    views += [
        ("next_step=overdue", Text("Next step overdue", "下一步逾期")),
        ("state=on_hold", Text("On hold", "暂缓")),
        ("state=lost", Text("Lost", "流失")),
    ]
    return [{"url": f"?{query}", "text": text, "is_current": query == asked} for query, text in views]


@dataclass(frozen=True, slots=True)
class CardMove:
    """A move in a card's menu; a move inside its own column has no target, so that only the menu offers it."""

    code: str
    target: str
    text: Text
    url: str
    is_allowed: bool
    reason: Text
    asks: bool


def board(request: HttpRequest) -> HttpResponse:
    """The open projects by phase; cards move by mouse, keys and menu."""
    found = projects.board(request.reader, Question.of(projects.LISTING, request.GET.dict()))
    today = timezone.localtime(request.at).date()
    columns = [
        {
            "code": phase, "title": phase.text, "count": count,
            "cards": [_card(request, found, project, today) for project in cards],
            "rest": count - len(cards),
        }
        for phase, count, cards in found.columns
    ]  # fmt: skip
    mine = {"url": "?in_charge=mine", "text": Text("Mine", "本人经办"), "is_current": request.GET.get("in_charge")}
    everything = {"url": "?", "text": Text("All", "全部"), "is_current": not request.GET}
    return page(
        request, "web/projects/board.html", Text("Projects by phase", "项目看板"), section="projects",
        crumbs=(SECTION, (Text("Board", "看板"), "")), columns=columns, views=[everything, mine],
        actions=[Deed("/w/projects/", Text("Table", "列表"), "table-2"), *_deeds(request.reader)[1:]],
    )  # fmt: skip


def _card(request: HttpRequest, found: projects.Board, project: object, today: object) -> dict:
    words, is_overdue = showing.when(project.next_step_on, today)
    officer = project.in_charge.name if project.in_charge else None
    state = ProjectState(project.state)
    rows = found.access[project.pk]
    offered = permissions.board_offers(request.reader, project, found.facts[project.pk], rows)
    return {
        "url": address(project), "title": project.title, "number": project.number, "detail": project.next_step,
        "state": state.text, "tone": tone(state), "version": project.version, "due": words, "is_overdue": is_overdue,
        "owner": officer and initials(officer), "owner_name": officer,
        "moves": [_move(project, *offer) for offer in offered],
    }  # fmt: skip


def _move(project: object, move: object, verdict: object) -> CardMove:
    phase = projects.phase_of(move.target)
    target = phase if phase and phase != project.phase else ""
    url = f"{address(project)}moves/{move.code}/?from=board"
    return CardMove(move.code, target, move.label, url, bool(verdict), verdict.reason, move.code in MOVES)


def visits(request: HttpRequest) -> HttpResponse:
    """The follow-up visits that are due or soon will be; nobody has to create them."""
    require(permissions.may_see_reports(request.reader), Forbidden)
    today = timezone.localtime(request.at).date()
    due = projects.due_visits(projects.visible_to(request.reader), today + timedelta(days=31))[:200]
    rows = []
    for visit in due:
        words, is_overdue = showing.when(visit.due_on, today)
        rows.append({"visit": visit, "project": visit.project, "url": address(visit.project), "when": words,
                     "is_overdue": is_overdue, "name": ProjectState(visit.label).text})  # fmt: skip
    title = Text("Visits due", "到期回访")
    return page(request, "web/projects/visits.html", title, section="projects", crumbs=(SECTION, (title, "")),
                rows=rows, today=today)  # fmt: skip


def funnel(request: HttpRequest) -> HttpResponse:
    """How far projects come, how long it takes and why others are lost; every figure opens to its rows."""
    require(permissions.may_see_reports(request.reader), Forbidden)
    given = {name: request.GET.get(name, "") for name in NARROWED}
    report = projects.funnel(request.reader, **{name: value for name, value in given.items() if value.isprintable()})
    kept = "".join(f"&{name}={given[name]}" for name in ("university", "area") if given[name].isascii())
    steps = [_step(step, kept) for step in report.steps]
    losses = [_loss(loss, kept) for loss in report.losses]
    title = Text("From lead to landing", "转化漏斗")
    return page(
        request, "web/projects/funnel.html", title, section="projects",
        crumbs=(SECTION, (Text("Funnel", "转化漏斗"), "")), report=report, steps=steps, losses=losses, given=given,
        phases=[phase.text for phase in Phase], as_of=timezone.localtime(request.at),
    )  # fmt: skip


def _step(step: object, kept: str) -> dict:
    return {
        "step": step, "name": step.state.text, "url": f"/w/projects/?reached={step.state}{kept}",
        "conversion": _percent(step.conversion), "of_all": _percent(step.of_all),
        "width": round(200 * (step.of_all or 0)),
    }  # fmt: skip


def _loss(loss: object, kept: str) -> dict:
    return {
        "loss": loss, "name": loss.reason.text,
        "url": f"/w/projects/?state=lost&lost_reason={loss.reason}{kept}",
        "phases": [loss.by_phase[phase] for phase in Phase.codes()],
    }  # fmt: skip


def _percent(part: float | None) -> str:
    return "—" if part is None else f"{part:.0%}"
