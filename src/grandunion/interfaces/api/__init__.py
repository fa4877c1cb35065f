"""API v1: the same reads and actions, in JSON."""
