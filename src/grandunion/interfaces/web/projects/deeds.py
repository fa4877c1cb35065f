"""What is done to a project from its page: moves, links, team, milestones, contacts, risk and visits."""

from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse

from grandunion.interfaces.kit.forms import Form
from grandunion.interfaces.kit.pages import done
from grandunion.interfaces.kit.records import saving
from grandunion.interfaces.web.projects import forms
from grandunion.interfaces.web.projects.pages import FORM, SAVED, address, crumbs
from grandunion.terms.projects import ProjectState
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Forbidden, require
from grandunion.work.actions import projects as actions
from grandunion.work.permissions import projects as permissions
from grandunion.work.queries import projects

Values = Mapping[str, object]
Save = Callable[[Values], object]


def ask(
    request: HttpRequest,
    project: object,
    form: Form,
    title: Text,
    save: Save,
    *,
    to: str = "",
    help: Text | None = None,
) -> HttpResponse:
    """A deed's form as a page of its own; once it is done, back to the record."""

    def keep(values: Values) -> HttpResponse:
        save({name: value for name, value in values.items() if name != "submission"})
        return done(request, to or address(project), SAVED)

    return saving(
        request,
        form,
        keep,
        template=FORM,
        title=title,
        section="projects",
        crumbs=crumbs(project, (title, "")),
        cancel_url=to or address(project),
        submit=title,
        help=help,
    )


def move(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Make a move of the flow, asking only what it needs; from the board, go back to the board."""
    project = projects.get(number, request.reader)
    label = projects.move_label(code)
    form = forms.MOVES.get(code, forms.Plain).of(request, version=project.version)
    to = "/w/projects/board/" if request.GET.get("from") == "board" else ""
    return ask(
        request,
        project,
        form,
        label,
        lambda values: actions.move(project, code, by=request.reader, at=request.at, **values),
        to=to,
    )


def _recorded(request: HttpRequest, number: str) -> object:
    project = projects.get(number, request.reader)
    require(permissions.may_record(request.reader, project), Forbidden)
    return project


def link_achievement(request: HttpRequest, number: str) -> HttpResponse:
    """Let the project carry an achievement."""
    project, by, at = _recorded(request, number), request.reader, request.at
    form = forms.Numbered.of(request, number=request.GET.get("achievement", ""))
    return ask(
        request,
        project,
        form,
        Text("Link an achievement", "关联成果"),
        lambda values: actions.link_achievement(project, projects.an_achievement(values["number"], by), by=by, at=at),
        help=Text("The number of an achievement, like ACH-2026-0003.", "填写成果编号，如 ACH-2026-0003。"),
    )


def link_match(request: HttpRequest, number: str) -> HttpResponse:
    """Count a match among those of the project."""
    project, by, at = _recorded(request, number), request.reader, request.at
    form = forms.Numbered.of(request, number=request.GET.get("match", ""))
    return ask(
        request,
        project,
        form,
        Text("Link a match", "关联撮合"),
        lambda values: actions.link_match(project, projects.a_match(values["number"], by), by=by, at=at),
        help=Text("The number of a match, like MAT-2026-0003.", "填写撮合编号，如 MAT-2026-0003。"),
    )


def add_member(request: HttpRequest, number: str) -> HttpResponse:
    """Add a person to the team."""
    project, by, at = _recorded(request, number), request.reader, request.at

    def save(values: Values) -> object:
        facts = {name: value for name, value in values.items() if name != "number"}
        return actions.add_member(project, projects.a_person(str(values["number"]), by), by=by, at=at, **facts)

    return ask(request, project, forms.Member.of(request), Text("Add a member", "添加团队成员"), save)


def remove_member(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Take a person out of the team."""
    project = _recorded(request, number)
    member = projects.child(projects.members([project.pk]), pk)
    title = Text(f"Take {member.person.name.en} out of the team", f"将{member.person.name.zh}移出团队")
    return ask(
        request,
        project,
        forms.Plain.of(request),
        title,
        lambda _: actions.remove_member(project, member, by=request.reader, at=request.at),
    )


def add_milestone(request: HttpRequest, number: str) -> HttpResponse:
    """Set something to be reached by a day; `?contract=` makes it owed under a contract."""
    project = _recorded(request, number)
    wanted = request.GET.get("contract", "")
    contract = projects.contract(project, wanted) if wanted else None
    to = f"{address(project)}contracts/{contract.number}/" if contract else ""
    return ask(
        request,
        project,
        forms.Milestone.of(request),
        Text("Add a milestone", "新增里程碑"),
        lambda values: actions.add_milestone(
            project, values["name"], due_on=values["due_on"], contract=contract, by=request.reader, at=request.at
        ),
        to=to,
    )


def finish_milestone(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Record that a milestone was reached."""
    project = _recorded(request, number)
    milestone = projects.child(projects.milestones([project.pk]), pk)
    return ask(
        request,
        project,
        forms.Reached.of(request),
        Text("Reached", "完成里程碑"),
        lambda values: actions.finish_milestone(project, milestone, by=request.reader, at=request.at, **values),
        help=Text(milestone.name, milestone.name),
    )


def postpone_milestone(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Give a milestone another day."""
    project = _recorded(request, number)
    milestone = projects.child(projects.milestones([project.pk]), pk)
    form = forms.Postponed.of(request, due_on=milestone.due_on)
    return ask(
        request,
        project,
        form,
        Text("Postpone", "调整期限"),
        lambda values: actions.postpone_milestone(project, milestone, by=request.reader, at=request.at, **values),
        help=Text(milestone.name, milestone.name),
    )


def note_interaction(request: HttpRequest, number: str) -> HttpResponse:
    """Write down a contact and what comes next."""
    project = _recorded(request, number)
    return ask(
        request,
        project,
        forms.Interaction.of(request),
        Text("Note a contact", "记录沟通"),
        lambda values: actions.note_interaction(project, by=request.reader, at=request.at, **values),
    )


def plan_next(request: HttpRequest, number: str) -> HttpResponse:
    """Plan the next step."""
    project = _recorded(request, number)
    form = forms.NextStep.of(
        request, version=project.version, next_step=project.next_step, next_step_on=project.next_step_on
    )
    return ask(
        request,
        project,
        form,
        Text("Plan the next step", "安排下一步"),
        lambda values: actions.plan_next(project, by=request.reader, at=request.at, **values),
    )


def set_risk(request: HttpRequest, number: str) -> HttpResponse:
    """Assess the risk."""
    project = _recorded(request, number)
    form = forms.Risk.of(
        request, version=project.version, risk_level=project.risk_level, risk_reason=project.risk_reason
    )
    return ask(
        request,
        project,
        form,
        Text("Assess the risk", "评估风险"),
        lambda values: actions.set_risk(project, by=request.reader, at=request.at, **values),
    )


def open_confidential(request: HttpRequest, number: str) -> HttpResponse:
    """Open the confidential part for today; a GET asks first, since the reading is journaled."""
    project = projects.get(number, request.reader)
    require(permissions.may_read_confidential(request.reader, project), Forbidden)
    return ask(
        request,
        project,
        forms.Plain.of(request),
        Text("Open the confidential part", "查阅保密内容"),
        lambda _: actions.open_confidential(project, by=request.reader, at=request.at),
        help=Text("It stays open to you today; that you opened it is journaled.", "今日内可查阅；查阅行为将记入日志。"),
    )


def log_visit(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Record a visit that was made."""
    project = _recorded(request, number)
    visit = projects.child(projects.visits([project.pk]), pk)
    known = {name: getattr(visit, name) for name in ("staff_count", "revenue", "rd_spending", "note")}
    if visit.visited_on:
        known["visited_on"] = visit.visited_on
    name = ProjectState(visit.label).text
    return ask(
        request,
        project,
        forms.Visit.of(request, **known),
        Text(f"Log: {name.en}", f"登记{name.zh}"),
        lambda values: actions.log_visit(project, visit, by=request.reader, at=request.at, **values),
    )


def hand_in_figures(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Take in the company's figures of a period."""
    project = projects.get(number, request.reader)
    require(permissions.may_report(request.reader, project), Forbidden)
    visit = projects.child(projects.visits([project.pk]), pk)
    form = forms.Figures.of(request, **{n: getattr(visit, n) for n in ("staff_count", "revenue", "rd_spending")})
    return ask(
        request,
        project,
        form,
        Text("Hand in figures", "报送经营数据"),
        lambda values: actions.hand_in_figures(project, visit, by=request.reader, at=request.at, **values),
    )
