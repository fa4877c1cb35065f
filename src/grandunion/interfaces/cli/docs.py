"""Writes the generated pages of the docs, and proves that they are current."""

from pathlib import Path
from typing import Annotated

import typer

from grandunion.interfaces.cli.saying import say
from grandunion.interfaces.cli.waking import wake
from grandunion.terms.text import Text, listed
from grandunion.terms.verdicts import Refused

FOLDER = "docs/generated"


def pages() -> dict[str, str]:
    """Every generated page: its path from the root of the sources, and its text."""
    from grandunion.work.queries.upkeep.pages import pages as drawn

    return drawn()


def docs(
    check: Annotated[bool, typer.Option("--check", help="Only prove that they are current · 仅检查是否最新")] = False,
    root: Annotated[Path, typer.Option(help="The root of the sources · 源码根目录")] = Path(),
) -> None:
    """Write docs/generated from the code · 生成文档页面"""
    wake()
    wanted = pages()
    kept = {path.relative_to(root).as_posix() for path in (root / FOLDER).rglob("*") if path.is_file()}
    wrong = sorted(path for path in kept | wanted.keys() if not _is_current(root / path, wanted.get(path)))
    if check and wrong:
        shown = listed(Text(path, path) for path in wrong)
        raise Refused(
            Text("Not current: {paths}. Run: make docs", "以下页面不是最新：{paths}。请运行：make docs").fill(
                paths=shown
            )
        )
    for path in wrong if not check else ():
        _write(root / path, wanted.get(path))
    say(f"{len(wanted)} pages, {len(wrong)} changed.", f"共 {len(wanted)} 页，更新 {len(wrong)} 页。")


def _is_current(path: Path, text: str | None) -> bool:
    return text is not None and path.is_file() and path.read_text("utf-8") == text


def _write(path: Path, text: str | None) -> None:
    """Write the page, or remove one that nobody generates any more."""
    if text is None:
        path.unlink()
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


COMMANDS = {"docs": docs}
