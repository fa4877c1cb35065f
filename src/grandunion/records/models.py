"""The list of all columns' tables, for Django to find them."""

from grandunion.records import (  # noqa: F401
    achievements,
    documents,
    journal,
    lists,
    matches,
    needs,
    parties,
    plans,
    projects,
    spaces,
    upkeep,
)
