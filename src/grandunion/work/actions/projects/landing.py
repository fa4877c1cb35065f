"""Landing: the team becomes a company, has a place and money, and lands in an area."""

from datetime import date, datetime

from grandunion.records.parties import Organisation
from grandunion.records.projects import Project, Visit
from grandunion.terms import identifiers
from grandunion.terms.parties import OrganisationKind, OrganisationStatus
from grandunion.terms.periods import months_after
from grandunion.terms.projects import ProjectState
from grandunion.terms.readers import Reader
from grandunion.terms.roles import Part
from grandunion.terms.secrecy import Secrecy
from grandunion.terms.verdicts import invalid
from grandunion.work.actions import journal
from grandunion.work.actions.base import atomic, change
from grandunion.work.actions.parties import incorporate, let_in
from grandunion.work.actions.parties.organisations import create as create_organisation
from grandunion.work.actions.projects.linking import complete
from grandunion.work.actions.projects.moves import make
from grandunion.work.actions.projects.values import cleaned
from grandunion.work.queries import projects
from grandunion.work.queries.parties import organisations

VISITS = ((ProjectState.MONTH_3, 3), (ProjectState.MONTH_6, 6), (ProjectState.MONTH_12, 12))


@atomic
def register_company(
    project: Project, *, credit_code: str, by: Reader, at: datetime, version: int | None = None, **facts: object
) -> Project:
    """Record the company: the team becomes it and keeps its history, or a company known here is linked.

    `facts`: name_zh, name_en, registered_on (day), registered_capital, area_code. Raises Invalid for a code that
    fails its check, and for one that belongs to a record the person may not see.
    """
    code = identifiers.credit_code(credit_code)
    company = _known(code, by)
    if company is None:
        company = _made(project, code, facts, by, at)
    elif company.pk != project.owner_id:
        let_in(project, company, Part.NEEDING, by=by, at=at, reason=project.number, secrecy=Secrecy.S2)
    area = {"area": facts["area_code"]} if facts.get("area_code") else {}
    columns = cleaned(Project, area, {"area"}, by)
    given = {"company": company.number, "credit_code": code}
    return make(project, "register_company", given, by=by, at=at, version=version, company=company, **columns)


def _known(code: str, by: Reader) -> Organisation | None:
    """The organisation that has this code, if there is one the person may see."""
    lives = organisations(by).filter(credit_code=code).exclude(status=OrganisationStatus.MERGED)
    return lives.first()


def _made(project: Project, code: str, facts: dict[str, object], by: Reader, at: datetime) -> Organisation:
    """The company the owner's team becomes; a project owned by no team gets a company of its own."""
    if not facts.get("name_zh") and not facts.get("name_en"):
        raise invalid(
            "name_zh",
            "No company with this code is known here: write its registered name.",
            "平台上没有该代码对应的企业，请填写企业注册名称。",
        )
    values = {
        "name_zh": facts.get("name_zh"),
        "name_en": facts.get("name_en"),
        "incorporated_on": facts.get("registered_on"),
        "registered_capital": facts.get("registered_capital"),
        "area": facts.get("area_code"),
    }
    values = {name: value for name, value in values.items() if value not in (None, "")}
    owner = project.owner
    if owner is not None and owner.organisation_kind == OrganisationKind.TEAM:
        return incorporate(owner, credit_code=code, by=by, at=at, **values)
    kind = {"organisation_kind": OrganisationKind.ENTERPRISE, "credit_code": code}
    return create_organisation({**values, **kind}, by=by, at=at, is_confirmed=True)


@atomic
def assign_space(
    project: Project,
    *,
    area_code: str,
    space_agreement: str,
    by: Reader,
    at: datetime,
    building: str = "",
    version: int | None = None,
) -> Project:
    """Record the place: the area, the lease or agreement, the building."""
    columns, given = _place(project, area_code, space_agreement, building, by)
    return make(project, "assign_space", given, by=by, at=at, version=version, **columns)


def _place(
    project: Project, area_code: str, space_agreement: str, building: str, by: Reader
) -> tuple[dict[str, object], dict[str, object]]:
    written = {"area": area_code, "space_agreement": space_agreement, "building": building}
    columns = cleaned(Project, {k: v for k, v in written.items() if v}, written.keys(), by)
    area = columns.get("area") or project.area
    has_agreement = bool(columns.get("space_agreement") or project.space_agreement)
    return columns, {"area": area.pk if area else None, "has_lease_or_agreement": has_agreement}


@atomic
def land(
    project: Project,
    *,
    by: Reader,
    at: datetime,
    area_code: str = "",
    space_agreement: str = "",
    landed_on: date | None = None,
    version: int | None = None,
) -> Project:
    """Confirm that the company has landed; its visits fall due from this day on, its achievements are transformed."""
    columns, given = _place(project, area_code, space_agreement, "", by)
    day = landed_on or projects.day_of(at)
    if day > projects.day_of(at):
        raise invalid("landed_on", "The day of landing is not in the future.", "落地日期不能晚于今天。")
    make(project, "land", given, by=by, at=at, version=version, landed_on=day, **columns)
    _mark(project.company, project, day, by, at)
    Visit.objects.bulk_create(
        [Visit(project=project, label=label, due_on=months_after(day, months)) for label, months in VISITS]
    )
    complete(list(projects.carried(project, by)), by=by, at=at)
    return project


def _mark(company: Organisation, project: Project, day: date, by: Reader, at: datetime) -> None:
    """The company's first landing stays its day of landing; its area is that of the project where it has none."""
    values = {} if company.landed_on else {"landed_on": day}
    values |= {} if company.area_id or not project.area_id else {"area": project.area}
    if values:
        journal.note("organisation.landed", company, by=by, at=at, changes=change(company, at=at, **values))
