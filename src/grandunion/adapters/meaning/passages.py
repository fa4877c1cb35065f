"""Cuts texts into passages in one language each: short enough to be read whole, and to be shown as what met."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
LETTER = re.compile(r"[A-Za-z\u00c0-\u024f\u0370-\u04ff]")
ENDS = re.compile(r"(?<=[。！？；!?;])\s*|(?<=[.])\s+|\n+")
AIM = {"zh": 240, "en": 700}  # characters of a passage: some 150 tokens
MOST = 6  # passages of one text; what comes after is seldom what a record is about


@dataclass(frozen=True, slots=True)
class Piece:
    """A passage and its language."""

    language: str
    text: str


def language_of(text: str) -> str:
    """Chinese ("zh") where its characters carry the text, else "en": a character counts as two letters."""
    characters = len(HAN.findall(text))
    return "zh" if characters and characters * 2 >= len(LETTER.findall(text)) else "en"


def by_language(texts: Iterable[str]) -> tuple[str, str]:
    """The Chinese and the English of a record's texts, each in the order of the texts."""
    found: dict[str, list[str]] = {"zh": [], "en": []}
    for text in filter(None, texts):
        found[language_of(text)].append(text)
    return "\n".join(found["zh"]), "\n".join(found["en"])


def pieces(*texts: str) -> list[Piece]:
    """The passages of texts, in order; a passage that stands in two of the texts is there once."""
    found = [Piece(language_of(part), part) for text in texts for part in _cut(text)]
    return list(dict.fromkeys(found))


def opening(text: str) -> str:
    """What a long text says first: as much as one passage holds, up to the end of a sentence where there is one."""
    return (_cut(text) or [text])[0]


def openings(found: list[Piece]) -> list[Piece]:
    """The first passage of each language."""
    firsts: dict[str, Piece] = {}
    for piece in found:
        firsts.setdefault(piece.language, piece)
    return list(firsts.values())


def _cut(text: str) -> list[str]:
    """A text at the ends of its sentences, as many sentences together as aimed at."""
    aim = AIM[language_of(text)]
    parts: list[str] = []
    for sentence in _sentences(" ".join(text.split(" ")).strip(), aim * 2):
        if parts and len(parts[-1]) + len(sentence) <= aim:
            parts[-1] = f"{parts[-1]}{'' if HAN.match(sentence) else ' '}{sentence}"
        else:
            parts.append(sentence)
    return parts[:MOST]


def _sentences(text: str, most: int) -> list[str]:
    """The sentences of a text; one without end is cut by force."""
    found = [part.strip() for part in ENDS.split(text[: most * MOST]) if part and part.strip()]
    return [sentence[start : start + most] for sentence in found for start in range(0, len(sentence), most)]
