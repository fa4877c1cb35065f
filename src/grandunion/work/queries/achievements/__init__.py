"""Reads achievements: rows, children, the facts the flows judge by, lists, pages, queues."""

from grandunion.work.queries.achievements.choices import (
    likely_inventors,
    organisation_named,
    own_organisations,
    own_user,
    person_named,
    possible_reviewers,
    tie_of,
)
from grandunion.work.queries.achievements.facts import (
    NoticeRule,
    case_facts,
    facts,
    is_protected,
    notice_rule,
    submitter_id,
)
from grandunion.work.queries.achievements.listing import LISTING
from grandunion.work.queries.achievements.notices import Announced, announced, notice, objection
from grandunion.work.queries.achievements.page import AchievementPage, ReviewLine, page
from grandunion.work.queries.achievements.rows import (
    Children,
    case_of,
    children,
    get,
    inventor,
    open_case,
    review_of,
    visible_to,
)
from grandunion.work.queries.achievements.twins import LikeAchievement, like_achievements
from grandunion.work.queries.achievements.worklists import Mine, Waiting, mine, waiting

__all__ = [
    "LISTING",
    "AchievementPage",
    "Announced",
    "Children",
    "LikeAchievement",
    "Mine",
    "NoticeRule",
    "ReviewLine",
    "Waiting",
    "announced",
    "case_facts",
    "case_of",
    "children",
    "facts",
    "get",
    "inventor",
    "is_protected",
    "like_achievements",
    "likely_inventors",
    "mine",
    "notice",
    "notice_rule",
    "objection",
    "open_case",
    "organisation_named",
    "own_organisations",
    "own_user",
    "page",
    "person_named",
    "possible_reviewers",
    "review_of",
    "submitter_id",
    "tie_of",
    "visible_to",
    "waiting",
]
