"""The page of one project, with the whole thread; opening one, and editing what is written."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse

from grandunion.interfaces.kit.pages import Deed, done, page
from grandunion.interfaces.kit.records import offers, saving
from grandunion.interfaces.kit.tones import tone
from grandunion.interfaces.web.documents import panel
from grandunion.interfaces.web.projects import parts, showing, tables
from grandunion.interfaces.web.projects.forms import MOVES, EditForm, OpenForm
from grandunion.terms.projects import ProjectState
from grandunion.terms.secrecy import Secrecy
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Forbidden, require
from grandunion.work.actions import projects as actions
from grandunion.work.permissions import projects as permissions
from grandunion.work.queries import projects

SECTION = (Text("Projects", "项目"), "/w/projects/")
FORM = "web/projects/form.html"
RECENT = 12  # lines of the thread that stand open; the earlier ones unfold
SAVED = Text("Saved.", "已保存。")


def address(project: object) -> str:
    """Where the project's page is."""
    return f"/w/projects/{project.number}/"


def crumbs(project: object, *more: tuple[Text, str]) -> tuple[tuple[Text, str], ...]:
    """The way to a page below the project's own."""
    return (SECTION, (project.title, address(project)), *more)


def record(request: HttpRequest, number: str) -> HttpResponse:
    """The project with everything the reader may see of it."""
    project = projects.get(number, request.reader)
    own = projects.belongings([project.pk])
    desk = permissions.desk(request.reader, project, own)
    shown = projects.page(project, request.reader, desk.depth, own)
    base, state, thread = address(project), ProjectState(project.state), showing.thread(shown.thread)
    return page(
        request, "web/projects/record.html", project.title, section="projects", number=project.number,
        crumbs=(SECTION, (Text(project.number, project.number), "")), state=state.text, tone=tone(state),
        subtitle=_subtitle(project), actions=_deeds(desk, base), shown=shown, desk=desk, base=base,
        phases=showing.phases(project), groups=showing.facts(shown), unfilled=showing.unfilled(shown),
        entries=thread[:RECENT], earlier=thread[RECENT:],
        offers=offers(desk.offers, MOVES, base), version=project.version,
        panel=panel(request, project, desk.depth, desk.parts),
        conditions=parts.conditions(desk.conditions, shown, base), reads_inside=desk.depth >= Secrecy.S2,
        contracts=tables.contracts(shown, base), milestones=tables.milestones(shown, desk, base),
        visits=tables.visits(shown, desk, base), team=tables.team(shown, desk, base), contacts=tables.contacts(shown),
        proofs=parts.proofs(shown),
        first_cards=[parts.next_card(shown, base, may_record=desk.may_record)],
        cards=parts.related(shown, base, may_record=desk.may_record),
    )  # fmt: skip


def _subtitle(project: object) -> Text:
    summary = project.summary_en or project.summary_zh, project.summary_zh or project.summary_en
    return Text(*summary)


def _deeds(desk: permissions.Desk, base: str) -> list[Deed]:
    deeds = []
    if desk.may_record:
        deeds.append(Deed(f"{base}interactions/", Text("Note a contact", "记录沟通"), "phone", is_primary=True))
    if desk.may_edit:
        deeds.append(Deed(f"{base}edit/", Text("Edit", "编辑"), "pencil"))
        deeds.append(Deed(f"{base}risk/", Text("Risk", "风险"), "triangle-alert"))
    return deeds


def new(request: HttpRequest) -> HttpResponse:
    """Open a project, from an achievement or as a bare lead."""
    require(permissions.may_create(request.reader), Forbidden)
    number = request.GET.get("achievement", "")
    known = projects.an_achievement(number, request.reader) if number else None

    def keep(values: Mapping[str, object]) -> HttpResponse:
        given = {name: value for name, value in values.items() if value not in (None, "")}
        wanted = given.pop("achievement", "")
        achievement = projects.an_achievement(wanted, request.reader) if wanted else None
        project = actions.open_project(given, by=request.reader, at=request.at, achievement=achievement,
                                       key=given.pop("submission", ""))  # fmt: skip
        return done(request, address(project), Text("The project is open.", "项目已建立。"))

    form = OpenForm.of(request, achievement=number, **_of_achievement(known))
    title = Text("Open a project", "新建项目")
    return saving(request, form, keep, template=FORM, title=title, section="projects", crumbs=(SECTION, (title, "")),
                  cancel_url="/w/projects/", submit=title)  # fmt: skip


def _of_achievement(achievement: object | None) -> dict[str, object]:
    if achievement is None:
        return {}
    return {
        "title_zh": achievement.title_zh, "title_en": achievement.title_en, "trl_now": achievement.trl,
        "university": achievement.owner.number if achievement.owner else "",
        "field": achievement.field.code if achievement.field else "",
        "industry": achievement.industry.code if achievement.industry else "",
        "area": achievement.area.code if achievement.area else "",
    }  # fmt: skip


def edit(request: HttpRequest, number: str) -> HttpResponse:
    """Change what is written of the project."""
    project = projects.get(number, request.reader)
    require(permissions.may_edit(request.reader, project), Forbidden)
    desk = permissions.desk(request.reader, project)

    def keep(values: Mapping[str, object]) -> HttpResponse:
        given = {name: value for name, value in values.items() if name != "submission"}
        version = given.pop("version", project.version)
        actions.edit(project, given, by=request.reader, at=request.at, version=version)
        return done(request, address(project), SAVED)

    form = EditForm.of(request, version=project.version, **_written(project))
    if desk.depth < Secrecy.S3 and project.market_note:
        del form.fields["market_note"]  # it is opened on the record's page first, and that is journaled
    people = projects.officers(request.reader)
    form.fields["in_charge"].choices = [("", "—"), *((one.email, one.name.zh) for one in people)]
    title = Text("Edit the project", "编辑项目")
    return saving(request, form, keep, template=FORM, title=title, section="projects",
                  crumbs=crumbs(project, (title, "")), cancel_url=address(project))  # fmt: skip


def _written(project: object) -> dict[str, object]:
    """The project's fields as the form shows them: codes, numbers, addresses."""
    found = {}
    for name in EditForm.base_fields:
        value = getattr(project, name, None)
        for path in ("code", "number", "email"):
            value = getattr(value, path, value)
        found[name] = value
    found.pop("version", None)
    return found
