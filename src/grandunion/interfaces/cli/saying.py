"""How the console speaks: in both languages or one, refusals on stderr, exit codes 0 done, 2 refused, 1 bug."""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from inspect import Parameter, signature
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from grandunion.terms.text import Text
from grandunion.terms.verdicts import Problem, Refused

REFUSED = 2
MOST_PROBLEMS = 200  # the terminal scrolls no further
NARROWEST = 130


@dataclass
class Speech:
    """Which language the console speaks: zh, en, or both."""

    language: str = "both"

    def of(self, text: Text) -> str:
        """The saying in the language chosen, English above Chinese where both are."""
        if self.language != "both" or text.en == text.zh:
            return text.in_(self.language)
        return f"{text.en}\n{text.zh}"

    def line(self, text: Text) -> str:
        """The saying on one line."""
        return " · ".join(self.of(text).split("\n"))


speech = Speech(os.environ.get("GRANDUNION_LANGUAGE", "both"))
out = Console(markup=False, highlight=False, soft_wrap=True)
err = Console(markup=False, highlight=False, soft_wrap=True, stderr=True)


def say(en: str, zh: str) -> None:
    """One saying on stdout."""
    tell(Text(en, zh))


def tell(text: Text, *, style: str | None = None) -> None:
    """A Text on stdout."""
    out.print(speech.of(text), style=style)


def complain(refused: Refused) -> None:
    """A refusal on stderr: its sentence, then every problem with its place."""
    err.print(speech.of(refused.reason), style="bold red")
    is_said = [(p.text, p.row) for p in refused.problems] == [(refused.reason, None)]
    problems = () if is_said else refused.problems
    for problem in problems[:MOST_PROBLEMS]:
        err.print(f"  {placed(problem)}{speech.line(problem.text)}")
    if len(problems) > MOST_PROBLEMS:
        more = len(problems) - MOST_PROBLEMS
        err.print(f"  {speech.line(Text(f'… and {more} more.', f'……另有 {more} 处。'))}")


def placed(problem: Problem) -> str:
    """Where a problem is: its row, its field."""
    row = speech.line(Text(f"row {problem.row}", f"第 {problem.row} 行")) + ", " if problem.row is not None else ""
    return f"{row}{problem.field}: " if problem.field else row


def table(heads: Iterable[Text], rows: Iterable[Iterable[object]]) -> None:
    """Rows under heads, on stdout."""
    drawn = Table(box=None, header_style="bold", pad_edge=False)
    for head in heads:
        drawn.add_column(speech.line(head), overflow="fold")
    for row in rows:
        drawn.add_row(*(speech.line(cell) if isinstance(cell, Text) else str(cell) for cell in row))
    # A terminal of 80 columns would break addresses in two, and then nobody can copy them.
    Console(highlight=False, markup=False, width=max(out.width, NARROWEST)).print(drawn)


@contextmanager
def refusals() -> Iterator[None]:
    """Inside, a refusal is said on stderr and ends the command with 2."""
    try:
        yield
    except Refused as refused:
        complain(refused)
        raise typer.Exit(REFUSED) from refused


Language = Annotated[
    str, typer.Option("--language", metavar="zh|en|both", help="What to speak · 输出语言", show_default=False)
]


def spoken(deed: Callable) -> Callable:
    """The command with the option `--language`, and its refusals said on stderr."""

    @wraps(deed)
    def run(*given: object, language: str, **options: object) -> object:
        if language not in ("zh", "en", "both"):
            raise typer.BadParameter("zh | en | both", param_hint="--language")
        speech.language = language
        with refusals():
            return deed(*given, **options)

    asked = Parameter("language", Parameter.KEYWORD_ONLY, default=speech.language, annotation=Language)
    of_deed = signature(deed)
    run.__signature__ = of_deed.replace(parameters=[*of_deed.parameters.values(), asked])
    run.__annotations__ = {**deed.__annotations__, "language": Language}
    return run
