"""Lets `python -m grandunion.interfaces.cli` do what the console command does."""

from grandunion.interfaces.cli.app import main

main()
