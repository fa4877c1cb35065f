"""A sentence in the two languages of the house, which always travel together."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

LANGUAGES = ("zh", "en")
DOUBLED = re.compile(r"(?<!\.)\.\.(?!\.)")  # two full stops, not three


@dataclass(frozen=True, slots=True)
class Text:
    """One saying in English and Chinese."""

    en: str
    zh: str

    def in_(self, language: str) -> str:
        """This saying in the language of `language` ("zh", "zh-hans", "en", …)."""
        return self.zh if language.startswith("zh") else self.en

    def fill(self, **values: object) -> "Text":
        """The saying with its {places} filled; a value that is itself a Text is filled in its language.

        A name that ends in a full stop ends an English sentence with its own: “… Co., Ltd.”, not “… Co., Ltd..”.
        """
        en = self.en.format(**{k: v.en if hasattr(v, "en") else v for k, v in values.items()})
        zh = self.zh.format(**{k: v.zh if hasattr(v, "zh") else v for k, v in values.items()})
        return Text(DOUBLED.sub(".", en) if ".." in en else en, zh)


NOTHING = Text(en="", zh="")  # where there is nothing to say


def either(en: str | None, zh: str | None) -> Text:
    """A Text from two content fields of which one may be empty: the empty one borrows the other."""
    return Text(en or zh or "", zh or en or "")


def initials(name: Text) -> Text:
    """A name in two signs: the first letters of two words, or the last two characters of a Chinese name."""
    return Text(_initials(name.en), _initials(name.zh))


def _initials(name: str) -> str:
    if name and not name.isascii():
        return name[-2:]
    words = name.split()
    return ("".join(word[0] for word in words[:2]) if len(words) > 1 else name[:2]).upper()


def listed(texts: Iterable[Text]) -> Text:
    """Several sayings as one list, joined as each language joins."""
    texts = tuple(texts)
    return Text(", ".join(t.en for t in texts), "、".join(t.zh for t in texts))


class Word(StrEnum):
    """A stable code (never renamed, only retired) with its name in both languages.

    Members are written `NAME = "code", "English", "中文"`.
    """

    text: Text

    def __new__(cls, code: str, en: str, zh: str) -> "Word":
        word = str.__new__(cls, code)
        word._value_ = code
        word.text = Text(en, zh)
        return word

    @classmethod
    def codes(cls) -> tuple[str, ...]:
        """All codes of this list, in their written order."""
        return tuple(word.value for word in cls)

    @classmethod
    def has(cls, code: str) -> bool:
        """Whether the code is one of this list."""
        return code in cls._value2member_map_
