"""What is wrong with a pack: which file, which line, and what to write instead."""

from dataclasses import dataclass, field

from grandunion.terms.text import Text


@dataclass(frozen=True, slots=True, order=True)
class PackProblem:
    """One mistake, or one note on something that nobody has verified yet (`is_note`)."""

    file: str
    line: int
    text: Text = field(compare=False)
    is_note: bool = field(default=False, compare=False)

    def said(self) -> Text:
        """The sentence with its place in front, as compilers write it."""
        place = f"{self.file}:{self.line}: "
        return Text(place + self.text.en, place + self.text.zh)


class BrokenSheet(Exception):
    """A file that cannot be read at all."""

    def __init__(self, problem: PackProblem) -> None:
        super().__init__(problem.said().en)
        self.problem = problem
