"""The kinds of fact a pack's rows are made of, each able to read and to complain."""

import dataclasses
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from functools import cache
from typing import TypeVar, get_type_hints

from grandunion.adapters.packs.desk import Desk, nearest
from grandunion.adapters.packs.sheets import Node
from grandunion.terms.text import Text, Word

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.\-]{0,59}")
Row = TypeVar("Row")
INHERITED = ("source", "verified_on")
CJK = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Kind:
    """How one key of a row is read. `empty` stands for a key that may be left out."""

    is_required: bool = True
    empty: object = None

    @property
    def is_quiet(self) -> bool:
        """Whether nothing needs to be said where none of its keys is written."""
        return not self.is_required

    def keys(self, name: str) -> tuple[str, ...]:
        return (name,)

    def read(self, name: str, row: Node, desk: Desk) -> object:
        node = row.get(name)
        if node is not None:
            return self.convert(name, node, desk)
        if self.is_required:
            desk.complain(row, f"“{name}” is missing. Write it.", f"缺少“{name}”，请补充。")
        return self.empty

    def convert(self, name: str, node: Node, desk: Desk) -> object:
        raise NotImplementedError

    def wrong(self, name: str, node: Node, desk: Desk, en: str, zh: str) -> object:
        """Complain of a value and go on without it."""
        written = "a list" if isinstance(node.value, dict | list) else f"“{node.value}”"
        desk.complain(node, f"{name}: {written} {en}", f"{name}：{written} {zh}")
        return self.empty


@dataclass(frozen=True, slots=True)
class Plain(Kind):
    """A value of one Python type."""

    type: type = str
    en: str = "is not text. Put it in quotes."
    zh: str = "不是文字，请加引号。"

    def convert(self, name: str, node: Node, desk: Desk) -> object:
        if isinstance(node.value, self.type) and (self.type is bool or not isinstance(node.value, bool)):
            return node.value
        return self.wrong(name, node, desk, self.en, self.zh)


@dataclass(frozen=True, slots=True)
class Code(Kind):
    """The row's own code, unique in its section."""

    def convert(self, name: str, node: Node, desk: Desk) -> object:
        if isinstance(node.value, str) and CODE.fullmatch(node.value):
            return node.value
        return self.wrong(
            name,
            node,
            desk,
            "is not a code. Write letters, digits, _ . or -, and put digits in quotes.",
            "不是有效代码：请使用字母、数字、_ . 或 -，纯数字请加引号。",
        )


@dataclass(frozen=True, slots=True)
class Number(Kind):
    """A number, as exact decimal."""

    def convert(self, name: str, node: Node, desk: Desk) -> object:
        if isinstance(node.value, int | Decimal) and not isinstance(node.value, bool):
            return Decimal(node.value)
        return self.wrong(name, node, desk, "is not a number. Write digits only.", "不是数字，请只写数字。")


@dataclass(frozen=True, slots=True)
class Choice(Kind):
    """A code of one of the house's closed lists."""

    words: type[Word] = Word

    def convert(self, name: str, node: Node, desk: Desk) -> object:
        if isinstance(node.value, str) and self.words.has(node.value):
            return self.words(node.value)
        en, zh = nearest(str(node.value), self.words.codes())
        return self.wrong(name, node, desk, f"is not known here. {en}", f"不在可用值之内。{zh}")


@dataclass(frozen=True, slots=True)
class Reference(Kind):
    """The code of a row of another section."""

    section: str = ""

    def convert(self, name: str, node: Node, desk: Desk) -> object:
        if not isinstance(node.value, str):
            return self.wrong(name, node, desk, "is not a code. Put digits in quotes.", "不是代码，数字请加引号。")
        desk.want(self.section, node.value, node)
        return node.value


@dataclass(frozen=True, slots=True)
class Pair(Kind):
    """The same words in Chinese and English: two keys that come together."""

    prefix: str | None = None  # None: the fact's own name; "": plain `zh` and `en`

    def keys(self, name: str) -> tuple[str, ...]:
        return _both(name if self.prefix is None else self.prefix)

    def read(self, name: str, row: Node, desk: Desk) -> object:
        zh_key, en_key = self.keys(name)
        zh, en = row.get(zh_key), row.get(en_key)
        if zh is None and en is None and not self.is_required:
            return self.empty
        for key, node in ((zh_key, zh), (en_key, en)):
            if node is None:
                desk.complain(row, f"“{key}” is missing: both languages are written.", f"缺少“{key}”：中英文都要填写。")
        if zh is not None and not CJK.search(str(zh.value)):
            desk.note(zh, f"{zh_key}: “{zh.value}” has no Chinese character.", f"{zh_key}：“{zh.value}”中没有汉字。")
        return Text(self._words(en_key, en, desk), self._words(zh_key, zh, desk))

    def _words(self, name: str, node: Node | None, desk: Desk) -> str:
        return "" if node is None else WORDS.convert(name, node, desk).strip()


@cache
def _both(stem: str) -> tuple[str, str]:
    return (f"{stem}_zh", f"{stem}_en") if stem else ("zh", "en")


@dataclass(frozen=True, slots=True)
class Several(Kind):
    """A list of values of one kind."""

    of: Kind = Plain()

    def convert(self, name: str, node: Node, desk: Desk) -> object:
        if not isinstance(node.value, list):
            return self.wrong(name, node, desk, "is not a list. Write [one, two].", "不是列表，请写成 [一, 二]。")
        return tuple(self.of.convert(name, child, desk) for child in node.value)


@dataclass(frozen=True, slots=True)
class Rows(Kind):
    """A list of rows of one class, or (`is_single`) one row."""

    row: type = object
    is_single: bool = False
    section: str = ""

    def read(self, name: str, row: Node, desk: Desk) -> object:
        node = row.get(name)
        if node is not None and isinstance(node.value, list):
            node = Node([inherit(child, row) for child in node.value], node.file, node.line)
        above = Node({**row.value, name: node}, row.file, row.line)
        return Kind.read(self, name, above, desk)

    def convert(self, name: str, node: Node, desk: Desk) -> object:
        if self.is_single:
            return read_row(self.row, node, desk)
        if not isinstance(node.value, list):
            return self.wrong(
                name,
                node,
                desk,
                "is not a list of rows. Begin each with “- ”.",
                "不是行列表，每行请以“- ”开头。",
            )
        return tuple(read_row(self.row, child, desk, self.section) for child in node.value)


@dataclass(frozen=True, slots=True)
class Verified(Kind):
    """The day somebody compared the row with its source; empty is a note, never a mistake."""

    is_quiet = False

    def read(self, name: str, row: Node, desk: Desk) -> object:
        node = row.get(name)
        if node is None:
            desk.note(row, "Nobody has verified this against its source yet.", "该项尚未与来源核对。")
            return None
        return DAY.convert(name, node, desk)


@dataclass(frozen=True, slots=True)
class Clock(Kind):
    """A time of day: 08:30 in YAML (in quotes), 08:30:00 in TOML."""

    def convert(self, name: str, node: Node, desk: Desk) -> object:
        if isinstance(node.value, time):
            return node.value
        try:
            return time.fromisoformat(str(node.value))
        except ValueError:
            return self.wrong(name, node, desk, 'is not a time. Write "08:30".', '不是时间，请写成 "08:30"。')


WORDS = Plain(empty="")
DAY = Plain(type=date, en="is not a day. Write 2025-12-31.", zh="不是日期，请写成 2025-12-31。")


def text(*, required: bool = True) -> Kind:
    return Plain(is_required=required, empty="")


def pair(prefix: str | None = None, *, required: bool = True) -> Kind:
    return Pair(is_required=required, prefix=prefix, empty=None)


def code() -> Kind:
    return Code(empty="")


def day(*, required: bool = False) -> Kind:
    return dataclasses.replace(DAY, is_required=required)


def verified() -> Kind:
    return Verified(is_required=False)


def number(*, required: bool = False) -> Kind:
    return Number(is_required=required)


def whole(*, required: bool = False, empty: int | None = None) -> Kind:
    return Plain(is_required=required, empty=empty, type=int, en="is not a whole number.", zh="不是整数。")


def flag(*, empty: bool | None = False) -> Kind:
    return Plain(is_required=False, empty=empty, type=bool, en="is neither true nor false.", zh="应为 true 或 false。")


def one_of(words: type[Word], *, required: bool = True, empty: Word | None = None) -> Kind:
    return Choice(is_required=required, words=words, empty=empty)


def some_of(words: type[Word]) -> Kind:
    return Several(is_required=False, of=Choice(words=words), empty=())


def refers(section: str, *, required: bool = True) -> Kind:
    return Reference(is_required=required, section=section, empty="")


def refers_all(section: str) -> Kind:
    return Several(is_required=False, of=Reference(section=section), empty=())


def strings() -> Kind:
    return Several(is_required=False, empty=())


def rows(row: type, *, required: bool = False, section: str = "") -> Kind:
    return Rows(is_required=required, row=row, section=section, empty=())


def one(row: type, *, required: bool = False) -> Kind:
    return Rows(is_required=required, row=row, is_single=True)


@cache
def kinds_of(cls: type) -> dict[str, Kind]:
    """The kinds of a row class: each field is written `name: Annotated[type, kind]`."""
    hints = get_type_hints(cls, include_extras=True)
    return {item.name: hints[item.name].__metadata__[0] for item in dataclasses.fields(cls)}


@cache
def fields_of(cls: type) -> tuple[tuple[str, Kind, frozenset[str]], ...]:
    """The fields of a row class, each with its kind and the keys that it reads."""
    return tuple((name, kind, frozenset(kind.keys(name))) for name, kind in kinds_of(cls).items())


@cache
def known_keys(cls: type) -> dict[str, None]:
    """All keys that a row of the class may have, as they stand in the class."""
    return dict.fromkeys(key for name, kind in kinds_of(cls).items() for key in kind.keys(name))


def inherit(row: Node, above: Node) -> Node:
    """A row without `source` or `verified_on` takes what stands above; one that writes them empty does not."""
    if not isinstance(row.value, dict) or not isinstance(above.value, dict):
        return row
    given = {key: above.value[key] for key in INHERITED if key in above.value}
    return Node({**given, **row.value}, row.file, row.line)


def read_row(cls: Callable[..., Row], row: Node, desk: Desk, section: str = "") -> Row:
    """One row as its class; unknown keys are mistakes; its code is remembered under the section."""
    if not isinstance(row.value, dict):
        desk.complain(row, "Here stands a row of keys and values.", "此处应为键值行。")
        row = Node({}, row.file, row.line)
    known, values = known_keys(cls), {}
    for key, node in row.value.items():
        if key not in known and key not in INHERITED:
            en, zh = nearest(key, known)
            desk.complain(node, f"“{key}” is not a key used here. {en}", f"此处没有“{key}”这个键。{zh}")
    for name, kind, keys in fields_of(cls):
        is_passed = kind.is_quiet and keys.isdisjoint(row.value)
        values[name] = kind.empty if is_passed else kind.read(name, row, desk)
    if section and values.get("code"):
        desk.register(section, values["code"], row.get("code"))
    return cls(**values)
