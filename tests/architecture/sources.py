"""Finds the house's own files and hands each to the rules as its path, text and syntax tree."""

import ast
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain
from pathlib import Path
from typing import TypeVar

HOUSE = Path(__file__).resolve().parents[2]
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
CODE_FOLDERS = ("src", "tests", "benchmarks")
TEXT_ENDINGS = {".css", ".csv", ".html", ".js", ".md", ".py", ".sh", ".svg", ".toml", ".txt", ".yaml", ".yml"}
Node = TypeVar("Node", bound=ast.AST)
NOT_OURS = {".git", ".venv", "var", "dist", "build", "node_modules", "__pycache__", "migrations", "vendor"}


@dataclass(frozen=True)
class Source:
    """One file: its path from the project's root, and its text."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, self.path)

    @cached_property
    def kinds(self) -> dict[type[ast.AST], list[ast.AST]]:
        """All nodes of the tree by their class; every rule looks at a few classes only."""
        found = defaultdict(list)
        todo: list[ast.AST] = [self.tree]
        for node in todo:  # which grows on the way: as ast.walk goes, in half the time
            found[type(node)].append(node)
            for name in node._fields:
                part = getattr(node, name)
                if isinstance(part, ast.AST):
                    todo.append(part)
                elif isinstance(part, list):
                    todo += [one for one in part if isinstance(one, ast.AST)]
        return found

    def nodes(self, *kinds: type[Node]) -> Iterator[Node]:
        """The nodes of just these classes, class by class."""
        return chain.from_iterable(self.kinds.get(kind, ()) for kind in kinds)

    def is_under(self, *folders: str) -> bool:
        """Whether the file lies in one of the folders, named from src/grandunion or from the root."""
        return any(self.path.startswith((f"src/grandunion/{folder}/", f"{folder}/")) for folder in folders)


Rule = Callable[[Source], Iterator[str]]


def code() -> tuple[Source, ...]:
    """Every Python file that people wrote; migrations are machine-made."""
    return tuple(source for folder in CODE_FOLDERS for source in _read(HOUSE / folder) if source.path.endswith(".py"))


def templates() -> tuple[Source, ...]:
    """Every page template and every static file of the interfaces."""
    return tuple(source for source in _read(HOUSE / "src") if "/templates/" in source.path or "/static/" in source.path)


def everything() -> tuple[Source, ...]:
    """Every text file of the project, papers and packs included."""
    return tuple(_read(HOUSE))


@cache
def complaints(rules: tuple[Rule, ...], find: Callable[[], tuple[Source, ...]]) -> dict[Rule, list[str]]:
    """What each rule says about the sources that are found, each with its path.

    Every file is read and parsed once for all rules, and its tree let go before the next one's is drawn.
    """
    found: dict[Rule, list[str]] = {rule: [] for rule in rules}
    for source in find():
        for rule in rules:
            found[rule] += [f"{source.path}: {said}" for said in rule(source)]
        vars(source).pop("kinds", None)
        vars(source).pop("tree", None)
    return found


def _read(folder: Path) -> Iterator[Source]:
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.is_dir():
            yield from _read(path) if path.name not in NOT_OURS and not path.name.startswith(".") else ()
        elif path.suffix in TEXT_ENDINGS or path.name == "Makefile":
            yield Source(path.relative_to(HOUSE).as_posix(), path.read_text("utf-8"))
