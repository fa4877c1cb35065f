"""Opening a project, from an achievement or as a bare lead, and changing what is written of it."""

from collections.abc import Mapping
from datetime import datetime

from grandunion.engines.flows.projects import PROJECT_FLOW
from grandunion.records.achievements import Achievement
from grandunion.records.parties import Organisation, User
from grandunion.records.projects import Project
from grandunion.terms.parties import OrganisationKind
from grandunion.terms.projects import Phase, ProjectState
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Forbidden, Invalid, Problem, invalid, require
from grandunion.work.actions import journal, lists
from grandunion.work.actions.base import atomic, change, index_words
from grandunion.work.actions.parties.organisations import create as create_organisation
from grandunion.work.actions.projects.linking import link_achievement
from grandunion.work.actions.projects.values import cleaned
from grandunion.work.permissions import projects as permissions
from grandunion.work.queries import journal as past
from grandunion.work.queries import projects

WRITTEN = frozenset(
    {"title_zh", "title_en", "summary_zh", "summary_en", "founder_type", "manager_type", "route", "field"}
    | {"industry", "university", "host_partner", "area", "trl_at_entry", "trl_now", "market_note", "conflict_check"}
    | {"risk_level", "risk_reason", "why_hefei", "source_region", "next_step", "next_step_on", "building"}
    | {"space_agreement", "in_charge", "level"}
)
OPENED = WRITTEN | {"owner", "source_kind", "source_ref", "source_note"}


@atomic
def open_project(
    values: Mapping[str, object],
    *,
    by: Reader,
    at: datetime,
    achievement: Achievement | None = None,
    key: str = "",
) -> Project:
    """Open a project at its first state. Without an owner a team is made, which later becomes the company.

    `values` are fields of a project by name: terms and organisations as their codes and numbers or as records,
    `owner` an organisation. What they leave open is taken from the achievement.
    """
    require(permissions.may_create(by), Forbidden)
    if (known := past.submitted(key, Project.kind)) is not None:
        return projects.visible_to(by).get(pk=known)
    given = _complete(cleaned(Project, values, OPENED, by), achievement, by)
    given["owner"] = given.get("owner") or _team(given, by, at)
    project = Project.objects.create(
        number=lists.next_numbers(PROJECT_FLOW.prefix, at.year)[0], state=ProjectState.LEAD, phase=Phase.DISCOVERY,
        state_at=at, created_at=at, updated_at=at, **given,
    )  # fmt: skip
    journal.keep_submission(key, project, at)
    journal.note("project.opened", project, by=by, at=at, changes={k: (None, v) for k, v in given.items() if v})
    journal.step(PROJECT_FLOW.code, project, source="", target=ProjectState.LEAD, by=by, at=at)
    index_words(project)
    if achievement is not None:
        link_achievement(project, achievement, by=by, at=at)
    return project


def _complete(given: dict[str, object], achievement: Achievement | None, by: Reader) -> dict[str, object]:
    if achievement is not None:
        told = {
            "title_zh": achievement.title_zh, "title_en": achievement.title_en, "field": achievement.field,
            "industry": achievement.industry, "area": achievement.area, "university": achievement.owner,
            "trl_at_entry": achievement.trl, "trl_now": achievement.trl,
        }  # fmt: skip
        given = {**told, **{name: value for name, value in given.items() if value not in (None, "")}}
    if not given.get("title_zh") and not given.get("title_en"):
        text = Text("Write the title in Chinese or in English.", "请填写项目的中文名称或英文名称。")
        raise Invalid(Problem("title_zh", text))
    if not given.get("in_charge") and by.user_id is not None:
        given["in_charge"] = User.objects.get(pk=by.user_id)
    _readiness(given)
    return given


def _readiness(given: Mapping[str, object]) -> None:
    for name in ("trl_at_entry", "trl_now"):
        if given.get(name) is not None and not 1 <= given[name] <= 9:
            raise invalid(name, "The readiness level is a number from 1 to 9.", "技术成熟度为 1 至 9 级。")


def _team(given: Mapping[str, object], by: Reader, at: datetime) -> Organisation:
    """The team that owns the project until it is a company; it keeps its identity when it becomes one."""
    zh, en = given.get("title_zh"), given.get("title_en")
    values = {
        "organisation_kind": OrganisationKind.TEAM,
        "name_zh": f"{str(zh)[:190]}项目团队" if zh else "",
        "name_en": f"{str(en)[:190]} team" if en else "",
        "area": given.get("area"),
        "industry": given.get("industry"),
    }
    return create_organisation({k: v for k, v in values.items() if v}, by=by, at=at, is_confirmed=True)


@atomic
def edit(project: Project, values: Mapping[str, object], *, by: Reader, at: datetime, version: int) -> Project:
    """Save what was changed in the project's own fields; refuses a stale version with the difference."""
    require(permissions.may_edit(by, project), Forbidden)
    given = cleaned(Project, values, WRITTEN, by)
    _readiness(given)
    if not {"title_zh", "title_en"}.isdisjoint(given):
        _complete({"title_zh": project.title_zh, "title_en": project.title_en, **given}, None, by)
    changes = change(project, at=at, version=version, **given)
    if changes:
        journal.note("project.edited", project, by=by, at=at, changes=changes)
    return project


@atomic
def open_confidential(project: Project, *, by: Reader, at: datetime) -> None:
    """Open the confidential part for the rest of the day; the reading is journaled, once a person and day."""
    require(permissions.may_read_confidential(by, project), Forbidden)
    if not projects.opened_today(project, by):
        journal.note(projects.OPEN_VERB, project, by=by, at=at)
