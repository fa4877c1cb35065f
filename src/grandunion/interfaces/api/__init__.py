"""API v1: the same reads and actions as the workspace, in JSON, by token."""
