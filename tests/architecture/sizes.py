"""The limits of size: what does not fit in the eye is not read."""

import ast
from collections.abc import Iterator

from tests.architecture.sources import FUNCTIONS, Source

SOURCE_LINES, TEST_LINES, FUNCTION_LINES, TEMPLATE_LINES = 400, 600, 40, 150
ARGUMENTS, METHODS = 6, 15


def files_are_short(source: Source) -> Iterator[str]:
    """A source file has at most 400 lines, a test file 600."""
    limit = TEST_LINES if source.is_under("tests") else SOURCE_LINES
    if (lines := len(source.text.splitlines())) > limit:
        yield f"{lines} lines, {limit} are allowed: make it a folder of the same name"


def functions_are_short(source: Source) -> Iterator[str]:
    """A function has at most 40 lines."""
    for node in source.nodes(*FUNCTIONS):
        if (lines := node.end_lineno - node.lineno + 1) > FUNCTION_LINES:
            yield f"line {node.lineno}: {node.name} has {lines} lines, {FUNCTION_LINES} are allowed"


def functions_take_few_arguments(source: Source) -> Iterator[str]:
    """A function takes at most six arguments beyond the first."""
    for node in source.nodes(*FUNCTIONS):
        if _beyond_the_first(node.args) > ARGUMENTS:
            yield f"line {node.lineno}: {node.name} takes more than {ARGUMENTS} arguments beyond the first"


def records_have_few_methods(source: Source) -> Iterator[str]:
    """A record has at most fifteen methods: verbs do not live on nouns."""
    for node in source.nodes(ast.ClassDef) if source.is_under("records") else ():
        methods = sum(isinstance(child, FUNCTIONS) for child in node.body)
        if methods > METHODS:
            yield f"line {node.lineno}: {node.name} has {methods} methods, {METHODS} are allowed"


def templates_are_short(source: Source) -> Iterator[str]:
    """A template has at most 150 lines."""
    lines = len(source.text.splitlines())
    if source.path.endswith((".html", ".txt")) and "/templates/" in source.path and lines > TEMPLATE_LINES:
        yield f"{lines} lines, {TEMPLATE_LINES} are allowed: move a part into its own file"


def _beyond_the_first(arguments: ast.arguments) -> int:
    return len(arguments.posonlyargs) + len(arguments.args) + len(arguments.kwonlyargs) - 1
