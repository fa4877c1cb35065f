"""Proves that the hub is whole."""

from collections.abc import Iterable
from itertools import chain

import typer

from grandunion.interfaces.cli.saying import REFUSED, err, out, say, speech
from grandunion.interfaces.cli.waking import need_tables, now, wake
from grandunion.terms.text import Text


def check() -> None:
    """Prove the journal, the index, the files, the pack and the settings · 检查平台完整性"""
    wake()
    need_tables()
    if not is_whole():
        raise typer.Exit(REFUSED)
    say("The hub is whole.", "平台完好。")


def is_whole() -> bool:
    """Prove everything; answers whether nothing is worse than a warning."""
    from grandunion.work.queries.messages import standing
    from grandunion.work.queries.upkeep.checks import findings

    return are_sound(chain(findings(), standing.findings(now())))


def are_sound(findings: Iterable[object]) -> bool:
    """Say every finding; answers whether none is worse than a warning."""
    failed = 0
    for found in findings:
        about = speech.line(found.about)
        if found.wrong is None:
            out.print(f"  ok    {about}")
        else:
            failed += not found.is_warning
            word = Text("warn", "注意") if found.is_warning else Text("WRONG", "错误")
            style = "yellow" if found.is_warning else "bold red"
            err.print(f"  {speech.line(word)}  {about}: {speech.line(found.wrong)}", style=style)
    return not failed


COMMANDS = {"check": check}
