"""Achievements through the API."""

from collections.abc import Sequence

from grandunion.interfaces.api import answers, resources
from grandunion.interfaces.api.achievements.bodies import AchievementBody
from grandunion.interfaces.api.achievements.deeds import CASE_MOVES, DEEDS, MOVES, amend, disclose
from grandunion.interfaces.api.achievements.parts import AchievementParts, parts
from grandunion.interfaces.api.resources import Resource
from grandunion.terms.achievements import AchievementKind, AchievementState, Confidentiality
from grandunion.terms.readers import Reader
from grandunion.terms.roles import Part
from grandunion.terms.secrecy import Level, Secrecy
from grandunion.terms.text import Text
from grandunion.work.permissions import achievements as permissions
from grandunion.work.permissions.base import access_rows
from grandunion.work.queries import achievements
from grandunion.work.queries.achievements.page import opened_today


def _depth(reader: Reader, record: object) -> Secrecy:
    rows = access_rows(reader, record)
    depth = permissions.clearance(reader, record, rows)
    is_own = depth >= Secrecy.S3 and bool(permissions.parts(reader, record, rows) & {Part.OWNER, Part.INVENTOR})
    is_open = depth >= Secrecy.S3 and not is_own and opened_today(record, reader)
    return answers.unsealed(depth, is_own=is_own, is_open=is_open)


def _timeline(reader: Reader, record: object, depth: Secrecy) -> Sequence[object]:
    """As on the page: who reviewed is told to the hub's staff only."""
    return permissions.page(reader, record).timeline


ACHIEVEMENTS = Resource(
    Text("Achievement", "成果"), achievements.LISTING, achievements.get,
    words={"state": AchievementState, "achievement_kind": AchievementKind, "confidentiality": Confidentiality,
           "level": Level},
    depth=_depth, offers=permissions.offers, timeline=_timeline,
)  # fmt: skip
router = resources.router_of(ACHIEVEMENTS, MOVES)
resources.creates(router, ACHIEVEMENTS, AchievementBody, disclose)
resources.edits(router, ACHIEVEMENTS, AchievementBody, amend)
resources.reads_parts(router, ACHIEVEMENTS, parts, AchievementParts)
for deed in (*MOVES.values(), *DEEDS, *CASE_MOVES):
    resources.does(router, ACHIEVEMENTS, deed)
