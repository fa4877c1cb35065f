"""Everything that can be done to a transfer project, from its first word to the years after landing."""

from grandunion.work.actions.projects.contracts import draft_contract, edit_contract, move_contract
from grandunion.work.actions.projects.deeds import move
from grandunion.work.actions.projects.follow_up import hand_in_figures, log_visit
from grandunion.work.actions.projects.landing import assign_space, land, register_company
from grandunion.work.actions.projects.linking import add_member, link_achievement, remove_member
from grandunion.work.actions.projects.milestones import (
    add_milestone,
    finish_milestone,
    note_interaction,
    plan_next,
    postpone_milestone,
    set_risk,
)
from grandunion.work.actions.projects.moves import hold, lose, record_funding, resume, win_back
from grandunion.work.actions.projects.opening import edit, open_confidential, open_project
from grandunion.work.actions.projects.pairing import link_match
from grandunion.work.actions.projects.proofs import begin_poc, end_poc

__all__ = [
    "add_member",
    "add_milestone",
    "assign_space",
    "begin_poc",
    "draft_contract",
    "edit",
    "edit_contract",
    "end_poc",
    "finish_milestone",
    "hand_in_figures",
    "hold",
    "land",
    "link_achievement",
    "link_match",
    "log_visit",
    "lose",
    "move",
    "move_contract",
    "note_interaction",
    "open_confidential",
    "open_project",
    "plan_next",
    "postpone_milestone",
    "record_funding",
    "register_company",
    "remove_member",
    "resume",
    "set_risk",
    "win_back",
]
