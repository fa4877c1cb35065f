"""A progress bar on stderr for long work: how much is done, of how much, how fast."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from grandunion.interfaces.cli.saying import err, speech
from grandunion.terms.text import Text


@contextmanager
def counting(title: Text, total: int | None = None) -> Iterator[Callable[..., None]]:
    """Yields what is told how much is done, and, where it was not known before, of how much."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, TextColumn, TimeElapsedColumn
    from rich.text import Text as Words

    class Speed(ProgressColumn):
        """How many a second."""

        def render(self, task: object) -> Words:
            return Words(f"{task.completed / task.elapsed:,.0f}/s" if task.elapsed else "")

    bars = Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), Speed(), TimeElapsedColumn(), console=err
    )
    with bars:
        task = bars.add_task(speech.line(title), total=total)

        def told(done: int, of: int | None = None) -> None:
            bars.update(task, completed=done, total=of or total)

        yield told
        done = bars.tasks[0].completed
        bars.update(task, total=done, completed=done)
