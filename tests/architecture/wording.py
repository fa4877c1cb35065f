"""The words of the house: every sentence in both languages, and none that belongs on a workbench."""

import ast
import re
from collections.abc import Iterator

from tests.architecture.sources import Source

HAN = re.compile(r"[\u3400-\u9fff]")
LETTERS = re.compile(r"[^\W\d_]")
PLACES = re.compile(r"\{[^{}]*\}")
SAY = re.compile(r"""\{%\s*say\s+(?:"([^"]*)"|'([^']*)')\s+(?:"([^"]*)"|'([^']*)')""")
BROKEN_SAY = re.compile(r"\{%\s*say\s(?!\s*(?:\"[^\"]*\"|'[^']*')\s+(?:\"[^\"]*\"|'[^']*'))[^%]*%\}")
TRANSLATION_TAG = re.compile(r"\{%\s*(trans|translate|blocktrans|blocktranslate)\b")
# allauth's own sentences are translated by allauth; its templates keep them.
ALLAUTH = re.compile(r"/templates/(account|allauth|mfa|socialaccount|usersessions)/")
# Written the same in both languages.
CODES = re.compile(r"API|CSV|DOI|English|ID|IPO|JSON|NASA|ORCID|PCT|PDF|ROR|SLA|TRL|TSV|XLSX|中文|zh|en")
# Where the two languages stand among the arguments.
SPEAKERS = {"Text": 0, "no": 0, "invalid": 1}
# A verdict that says yes says nothing else.
SILENT = ("src/grandunion/terms/verdicts.py",)
# Spelled so that this file does not find itself.
BENCH_WORDS = re.compile(
    r"\b(TO[D]O|FIX[M]E|XX[X]|HA[C]K)\b"
    r"|(?i:lorem [i]psum|\bsession [0-9]|\bas an [a]i\b|language [m]odel|\bsub[a]gent)"
)
# Letters that one of them holds, small ones: looked for ten times as quickly as the pattern.
BENCH_LETTERS = ("to\x64o", "fix\x6de", "xx\x78", "ha\x63k", "lorem ", "ssion ", "an \x61i", "age \x6dod", "sub\x61g")
REGISTRIES = re.compile(r"pypi[.]org|python[h]osted|registry[.]npmjs")


def sentences_have_both_languages(source: Source) -> Iterator[str]:
    """Text, no and invalid are given English and Chinese, neither empty, neither in the other's place."""
    if not source.is_under("src"):
        return
    for line, en, zh in _pairs(source):
        if complaint := both_said(en, zh, is_silence_allowed=source.path in SILENT):
            yield f"line {line}: {complaint}"


def templates_say_both_languages(source: Source) -> Iterator[str]:
    """{% say %} is given English and Chinese as plain words; there is no {% trans %}."""
    if not source.path.endswith((".html", ".txt")):
        return
    for found in SAY.finditer(source.text):
        double_en, single_en, double_zh, single_zh = found.groups()
        if complaint := both_said(double_en or single_en or "", double_zh or single_zh or ""):
            yield f"line {_line(source, found)}: {complaint}"
    for found in BROKEN_SAY.finditer(source.text):
        yield f'line {_line(source, found)}: write say "English" "中文"'
    if not ALLAUTH.search(source.path) and (found := TRANSLATION_TAG.search(source.text)):
        yield f"line {_line(source, found)}: write say instead of {found[1]}"


def nothing_from_the_workbench(source: Source) -> Iterator[str]:
    """No notes to ourselves, no words about how the work was done."""
    text = source.text.lower()
    may_have = any(letters in text for letters in BENCH_LETTERS)
    for number, line in enumerate(source.text.splitlines() if may_have else (), 1):
        if found := BENCH_WORDS.search(line):
            yield f"line {number}: “{found[0]}” does not belong here"


def no_registry_is_named(source: Source) -> Iterator[str]:
    """Where packages come from is the reader's machine's business."""
    is_named = REGISTRIES.search(source.text)
    for number, line in enumerate(source.text.splitlines() if is_named else (), 1):
        if REGISTRIES.search(line):
            yield f"line {number}: names a package registry"


def both_said(en: str, zh: str, *, is_silence_allowed: bool = False) -> str:
    """What is wrong with a pair of sentences, or nothing."""
    if not en and not zh and is_silence_allowed:
        return ""
    if not en.strip() or not zh.strip():
        return f"one language is missing: “{en}” · “{zh}”"
    en_words, zh_words = PLACES.sub("", en), PLACES.sub("", zh)
    if CODES.fullmatch(en) and zh == en:
        return ""
    if HAN.search(en_words) and not re.search(r"[A-Za-z]", en_words):
        return f"the English is Chinese: “{en}”"
    if LETTERS.search(zh_words) and not HAN.search(zh_words):
        return f"the Chinese is not Chinese: “{zh}”"
    return ""


def _pairs(source: Source) -> Iterator[tuple[int, str, str]]:
    for node in source.nodes(ast.Call, ast.ClassDef):
        if isinstance(node, ast.Call) and (speaker := getattr(node.func, "id", "")) in SPEAKERS:
            yield from _pair(node.lineno, node.args[SPEAKERS[speaker] :][:2])
        elif isinstance(node, ast.ClassDef) and any(getattr(base, "id", "") == "Word" for base in node.bases):
            for child in node.body:
                if isinstance(child, ast.Assign) and isinstance(child.value, ast.Tuple):
                    yield from _pair(child.lineno, child.value.elts[1:3])


def _pair(line: int, sentences: list[ast.expr]) -> Iterator[tuple[int, str, str]]:
    spoken = [_spoken(sentence) for sentence in sentences]
    if len(spoken) == 2 and None not in spoken:
        yield line, *spoken


def _spoken(node: ast.expr) -> str | None:
    """The words of a literal; a computed part of an f-string counts as {…}; anything else is not judged."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return None


def _line(source: Source, found: re.Match[str]) -> int:
    return source.text.count("\n", 0, found.start()) + 1
