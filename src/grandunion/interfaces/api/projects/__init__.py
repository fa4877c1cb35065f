"""Transfer projects through the API."""

from grandunion.interfaces.api import answers, resources
from grandunion.interfaces.api.projects.bodies import ProjectCreate, ProjectEdit
from grandunion.interfaces.api.projects.deeds import CONTRACT_DEEDS, DEEDS, MOVES, open_project
from grandunion.interfaces.api.projects.parts import ContractOut, ProjectParts, parts
from grandunion.interfaces.api.resources import Resource
from grandunion.terms.projects import Phase, ProjectState
from grandunion.terms.readers import Reader
from grandunion.terms.roles import Part
from grandunion.terms.secrecy import Level, Secrecy
from grandunion.terms.text import Text
from grandunion.work.actions import projects as actions
from grandunion.work.permissions import base
from grandunion.work.permissions import projects as permissions
from grandunion.work.queries import projects


def _depth(reader: Reader, record: object) -> Secrecy:
    rows = base.access_rows(reader, record)
    depth = base.clearance(reader, record, rows)
    is_own = depth >= Secrecy.S3 and Part.OWNER in base.parts(reader, record, rows)
    is_open = depth >= Secrecy.S3 and not is_own and projects.opened_today(record, reader)
    return answers.unsealed(depth, is_own=is_own, is_open=is_open)


def _parts(reader: Reader, record: object) -> dict[str, object]:
    return parts(reader, record, _depth(reader, record))


PROJECTS = Resource(
    Text("Project", "项目"), projects.LISTING, projects.get,
    words={"state": ProjectState, "phase": Phase, "level": Level}, depth=_depth, offers=permissions.offers,
)  # fmt: skip
router = resources.router_of(PROJECTS, MOVES)
resources.creates(router, PROJECTS, ProjectCreate, open_project)
resources.edits(router, PROJECTS, ProjectEdit, actions.edit)
resources.reads_parts(router, PROJECTS, _parts, ProjectParts)
for deed in (*MOVES.values(), *DEEDS):
    resources.does(router, PROJECTS, deed)
for deed in CONTRACT_DEEDS:
    resources.does(router, PROJECTS, deed, ContractOut)
