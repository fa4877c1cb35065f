"""A text as the telling words experts are compared by: stems in English, overlapping pairs in Chinese."""

import re

HAN = "\u3007\u3400-\u9fff\uf900-\ufaff"
WORD = re.compile(rf"[{HAN}]+|[a-z0-9][a-z0-9\-]*")
LONGEST = 20_000
# Words that every description has: the house's own list.
EMPTY = frozenset({
    "the", "of", "and", "to", "in", "is", "for", "that", "we", "with", "on", "are", "as", "this", "by", "be", "from",
    "an", "it", "can", "which", "our", "or", "at", "has", "have", "these", "their", "not", "using", "used", "based",
    "also", "such", "show", "both", "how", "more", "than", "its", "new", "between", "paper", "propose", "results",
    "approach", "method", "methods",
})  # fmt: skip
ENDINGS = ("ations", "ation", "ings", "ing", "ies", "ed", "es", "ly", "s")
STEM = 4  # letters that are left of a word at least


def terms(text: str) -> tuple[str, ...]:
    """The telling words of a text's first 20,000 signs, in their order and with repeats."""
    kept: list[str] = []
    for word in WORD.findall(text[:LONGEST].lower()):
        if not word.isascii():
            kept.extend(word[at : at + 2] for at in range(max(1, len(word) - 1)))
        elif len(word) > 1 and word not in EMPTY:
            kept.append(stem(word))
    return tuple(kept)


def stem(word: str) -> str:
    """An English word without the commonest of its endings: filters and filtering are filter."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= STEM:
            return word[: -len(ending)]
    return word


def as_written(text: str) -> dict[str, str]:
    """How a text writes its English terms, the first way of each: what is said to people instead of stems."""
    found: dict[str, str] = {}
    for word in WORD.findall(text[:LONGEST].lower()):
        if word.isascii():
            found.setdefault(stem(word), word)
    return found
