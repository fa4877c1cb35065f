"""Everything that can be done to organisations, persons, users and what they may open."""

from grandunion.work.actions.parties.access import let_in, shut_out
from grandunion.work.actions.parties.accounts import declare_conflict, end_membership, enrol, open_account
from grandunion.work.actions.parties.organisations import incorporate

__all__ = ["declare_conflict", "end_membership", "enrol", "incorporate", "let_in", "open_account", "shut_out"]
