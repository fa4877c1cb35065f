"""The list of all columns' tables, for Django to find them."""

from grandunion.records import (  # noqa: F401
    achievements,
    documents,
    events,
    journal,
    lists,
    matches,
    messages,
    needs,
    parties,
    plans,
    projects,
    scenarios,
    spaces,
    upkeep,
)
