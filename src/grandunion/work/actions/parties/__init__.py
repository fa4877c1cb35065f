"""Everything that can be done to organisations, persons, users and what they may open."""

from grandunion.work.actions.parties.access import let_in, shut_out

__all__ = ["let_in", "shut_out"]
