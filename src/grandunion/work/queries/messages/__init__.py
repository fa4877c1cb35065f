"""Reads who is told what, and what was told."""
