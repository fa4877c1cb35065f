"""The console command `grandunion`: operation, import, export, checks and backup."""

from grandunion.interfaces.cli.app import app, main

__all__ = ["app", "main"]
