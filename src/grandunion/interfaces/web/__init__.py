"""The staff and members' workspace."""
