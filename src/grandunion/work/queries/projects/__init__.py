"""Reads transfer projects: rows, lists, the board, the page with the whole thread, and the funnel."""

from grandunion.work.queries.projects.board import Board, board
from grandunion.work.queries.projects.facts import contract_facts, due_visits, facts, facts_of
from grandunion.work.queries.projects.funnel import Funnel, funnel
from grandunion.work.queries.projects.listing import LISTING, Due, Whose
from grandunion.work.queries.projects.page import ProjectPage, page, readable_contracts
from grandunion.work.queries.projects.rows import (
    achievement_links,
    active_of,
    carried,
    child,
    contract,
    contracts,
    day_of,
    get,
    interactions,
    is_match_taken,
    match_links,
    members,
    milestones,
    paired,
    proofs,
    visible_to,
    visits,
)

__all__ = [
    "LISTING",
    "Board",
    "Due",
    "Funnel",
    "ProjectPage",
    "Whose",
    "achievement_links",
    "active_of",
    "board",
    "carried",
    "child",
    "contract",
    "contract_facts",
    "contracts",
    "day_of",
    "due_visits",
    "facts",
    "facts_of",
    "funnel",
    "get",
    "interactions",
    "is_match_taken",
    "match_links",
    "members",
    "milestones",
    "page",
    "paired",
    "proofs",
    "readable_contracts",
    "visible_to",
    "visits",
]
