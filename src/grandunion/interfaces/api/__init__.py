"""API v1: the same reads and actions as the workspace, in JSON, by token."""

from grandunion.interfaces.api import sparing as sparing  # before any model is made
