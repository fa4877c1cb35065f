"""What a page may load and run: only our own files, nothing written into the page."""

import ast
import re
from collections.abc import Iterator

from tests.architecture.sources import Source

TEMPLATE_COMMENTS = re.compile(r"\{#.*?#\}|\{%\s*comment.*?endcomment\s*%\}|<!--.*?-->", re.S)
INLINE = {
    "a style attribute": re.compile(r"<[^<>]*\sstyle\s*=", re.I),
    "an event attribute": re.compile(r"<[^<>]*\son[a-z]+\s*=\s*[\"'{]", re.I),
    "a style element": re.compile(r"<style\b", re.I),
    "a script without src": re.compile(r"<script\b(?![^>]*\ssrc\s*=)", re.I),
    "a javascript: address": re.compile(r"[\"'=]\s*javascript:", re.I),
    "an address on another host": re.compile(
        r"\s(?:src|href|srcset|action|formaction|poster|data|xlink:href)\s*=\s*[\"']?(?:https?:)?//", re.I
    ),
}
HOST = r"//(?!www\.w3\.org/)[a-z0-9-]+(?:\.[a-z0-9-]+)+"
ELSEWHERE = re.compile(rf"@import|(?:https?:|[\"'`(]){HOST}", re.I)
EVALUATES = re.compile(r"\beval\s*\(|\bnew Function\b|\bdocument\.write\b")


def pages_load_only_our_own(source: Source) -> Iterator[str]:
    """No inline style, handler or script, and no address on another host, in any template."""
    if source.path.endswith((".html", ".svg")):
        yield from _inline(TEMPLATE_COMMENTS.sub(_blank, source.text), 1)


def markup_in_code_obeys_too(source: Source) -> Iterator[str]:
    """Tables and marks that Python writes follow the same rule."""
    for node in source.nodes(ast.Constant) if source.is_under("interfaces") else ():
        if isinstance(node.value, str) and "<" in node.value:
            yield from _inline(node.value, node.lineno)


def static_files_stay_at_home(source: Source) -> Iterator[str]:
    """Style sheets import nothing and name no other host; scripts neither, and evaluate no text."""
    if not source.path.endswith((".css", ".js")):
        return
    for number, line in enumerate(source.text.splitlines(), 1):
        if found := ELSEWHERE.search(line) or EVALUATES.search(line):
            yield f"line {number}: “{found[0]}” is not allowed here"


def _inline(text: str, first_line: int) -> Iterator[str]:
    for what, pattern in INLINE.items():
        for found in pattern.finditer(text):
            yield f"line {first_line + text.count(chr(10), 0, found.start())}: {what}"


def _blank(found: re.Match[str]) -> str:
    return "\n" * found[0].count("\n")
