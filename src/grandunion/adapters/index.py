"""The text index: cuts Chinese and English into words, keeps them beside the records, finds them again."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from operator import add

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, Expression, F
from django.db.models.expressions import RawSQL
from django.db.models.sql.compiler import SQLCompiler

from grandunion.adapters.rows import Statement, together

KINDS = (
    "organisation", "person", "achievement", "need", "project", "offer", "opportunity", "capability", "challenge",
    "event", "issue", "return", "work_report",
)  # fmt: skip
RUN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+|[0-9a-z]+")
LATIN_RUN = re.compile(RUN.pattern.partition("|")[2])
LAST_LATIN = "{"  # every Latin run sorts before it, every Chinese one after
HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
UNMARKED = re.compile(r"[\x00-\x7f\u3000-\u3029\u3400-\u9fff\uff01-\uff5e\u2014\u2018-\u201d\u2026\u00b7]*")
LONGEST = 12_000  # index words of one record: a PostgreSQL tsvector counts places up to 16,383
AT_ONCE = 500  # records whose words go to PostgreSQL on one way
MOST_ASKED = 64  # words of one text that are looked for
EVERY = 2**31  # as a limit: no limit
SAY_NOTHING = (  # about what a text is about
    "the an of for and or to in on with is are was we our be by as at from this that it its can will not have has "
    "need needs needed want wanted which who should must may than into over under per via using used use "
    "one two three four five more most less least than over under above below within per up down out fast quick new "
    "first second many much several few such some any all each other another same own made make makes use used using "
    "point points day days week weeks month months year years hour hours time times percent part parts kind kinds "
    "after before between during without while where when which who what how only also very "
    "以上 以下 以内 快速 方案 不同 多个 同时 主要 较高 较低 提高 降低 "
    "万元 亿元 cny rmb yuan million billion "
    "square cubic metre metres sqm m2 m3 km2 mm cm km kilometre kilometres kilometer kilometers millimetre millimetres "
    "millimeter millimeters centimetre centimetres centimeter centimeters kg kilogram kilograms tonne tonnes "
    "litre litres liter liters hectare hectares "
    "平方 立方 方米 公里 千米 厘米 毫米 公斤 千克 公顷 "
    "我们 需要 需求 以及 进行 可以 一个 实现 提供 希望 能够 相关 具有 通过 目前 现有 要求 采用 使用"
)
EMPTY = frozenset(SAY_NOTHING.split())


def folded(text: str) -> str:
    """The text as it is compared: full-width forms and accents folded, small letters."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text).lower()
    if UNMARKED.fullmatch(text):
        return plain
    marks, without = _marks()
    return plain if marks.isdisjoint(plain) else plain.translate(without)


@cache
def _marks() -> tuple[frozenset[str], dict[int, None]]:
    """Accents and other marks that stand on the letter before them, and what takes them away; made when first met."""
    last = 0x1E950  # no such sign lies beyond
    without = {code: None for code in range(0x300, last) if unicodedata.combining(chr(code))}
    return frozenset(map(chr, without)), without


def cut(text: str) -> list[str]:
    """The index words of a text: Latin words in small letters, Chinese as overlapping pairs of characters.

    A run of Chinese ends with its last character alone, so that one character is found as a prefix of a
    pair. (SQLite's and PostgreSQL's own tokenisers find nothing in Chinese words of two characters.)
    """
    words: list[str] = []
    for run in RUN.findall(folded(text)):
        if run > LAST_LATIN:
            words.extend(map(add, run, run[1:]))
            words.append(run[-1])
        else:
            words.append(run)
    return words


def among(wanted: frozenset[str], texts: Iterable[str]) -> set[str]:
    """Those of the wanted words that `telling` would find in texts; texts that can have none are not looked at."""
    has_han, has_latin = (any(word.isascii() is latin for word in wanted) for latin in (False, True))
    found: set[str] = set()
    for text in filter(None, texts):
        if text.isascii() and not has_latin:
            continue
        plain = folded(text)
        if has_latin:
            found.update(wanted.intersection(LATIN_RUN.findall(plain)))
        if has_han and not text.isascii():
            found.update(wanted.intersection(map(add, plain, plain[1:])))
    return found


def words_of(texts: Iterable[str]) -> str:
    """What is kept of a record: the words of its texts, each text after the other."""
    return " ".join(cut("\n".join(filter(None, texts)))[:LONGEST])


def put(kind: str, subject_id: int, texts: Iterable[str]) -> None:
    """Keep a record's words, in the transaction of the record itself."""
    put_many(kind, [(subject_id, texts)])


def put_many(kind: str, rows: Sequence[tuple[int, Iterable[str]]]) -> None:
    """Keep the words of many records at once; `rows` are (id, texts)."""
    kept = [_kept(subject_id, texts) for subject_id, texts in rows]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.executemany(_put(kind), kept)
        return
    for start in range(0, len(kept), AT_ONCE):
        together([(_put(kind), one) for one in kept[start : start + AT_ONCE]])


def putting(kind: str, subject_id: int, texts: Iterable[str]) -> Statement:
    """What keeps a record's words, to be carried out along with others."""
    return _put(kind), _kept(subject_id, texts)


def _put(kind: str) -> str:
    if connection.vendor == "sqlite":
        return f"REPLACE INTO {_table(kind)} (rowid, words) VALUES (%s, %s)"
    return (
        f"INSERT INTO {_table(kind)} (subject_id, vector) VALUES (%s, %s::tsvector) "
        "ON CONFLICT (subject_id) DO UPDATE SET vector = excluded.vector"
    )


def _kept(subject_id: int, texts: Iterable[str]) -> tuple[int, str]:
    words = words_of(texts)
    return subject_id, words if connection.vendor == "sqlite" else _vector(words)


def _table(kind: str) -> str:
    """The table of a kind; only known kinds have one."""
    return f"search_{KINDS[KINDS.index(kind)]}"


def _vector(words: str) -> str:
    """The words as a tsvector written out with their places: PostgreSQL's own parser would cut them anew."""
    return " ".join(f"{word}:{place}" for place, word in enumerate(words.split(), 1))


def drop(kind: str, subject_id: int) -> None:
    """Forget a record's words."""
    drop_many(kind, [subject_id])


def drop_many(kind: str, subject_ids: Iterable[int]) -> None:
    """Forget the words of many records."""
    key = "rowid" if connection.vendor == "sqlite" else "subject_id"
    with connection.cursor() as cursor:
        cursor.executemany(f"DELETE FROM {_table(kind)} WHERE {key} = %s", [(one,) for one in subject_ids])


def kept_ids(kind: str) -> set[int]:
    """The ids of all records of a kind that have words, to prove the index against the records."""
    key = "rowid" if connection.vendor == "sqlite" else "subject_id"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {key} FROM {_table(kind)}")
        return {row[0] for row in cursor.fetchall()}


def found(kind: str, query: str) -> RawSQL:
    """The ids of the records of a kind that hold all words of the query, as a subquery for `pk__in`."""
    phrases = [_phrase(run) for run in RUN.findall(folded(query[:200]))]
    if not phrases:
        return RawSQL("SELECT CAST(NULL AS bigint) WHERE 1 = 0", [])
    table = _table(kind)
    if connection.vendor == "sqlite":
        match = " AND ".join(_fts5(words) for words in phrases)
        return RawSQL(f"SELECT rowid FROM {table} WHERE {table} MATCH %s", [match])
    match = " & ".join(_tsquery(words) for words in phrases)
    return RawSQL(f"SELECT subject_id FROM {table} WHERE vector @@ %s::tsquery", [match])


class Holding(Expression):
    """True of the rows that hold all words of a query that very many rows hold.

    SQLite would read every one of them before it sorts; the sign before the column makes it walk along the list's
    own order and stop when the page is full. PostgreSQL chooses so by itself.
    """

    conditional = True

    def __init__(self, kind: str, query: str) -> None:
        super().__init__(output_field=BooleanField())
        self.column, self.every = F("pk"), found(kind, query)

    def get_source_expressions(self) -> list:
        return [self.column]

    def set_source_expressions(self, expressions: list) -> None:
        (self.column,) = expressions

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list]:
        column, _ = compiler.compile(self.column)
        sign = "+" if connection.vendor == "sqlite" else ""
        return f"{sign}{column} IN ({self.every.sql})", list(self.every.params)


def newest(kind: str, query: str, limit: int) -> list[int]:
    """The ids of the newest records of a kind that hold all words of the query; not scoped, as `found`.

    Where a word is in half of all records, reading them all costs more than the answer is worth.
    """
    every = found(kind, query)
    with connection.cursor() as cursor:
        cursor.execute(f"{every.sql} ORDER BY 1 DESC LIMIT %s", [*every.params, limit])
        return [row[0] for row in cursor.fetchall()]


def _phrase(run: str) -> list[str]:
    """The pairs of a Chinese run (without its closing single), or one Latin word as it was cut."""
    if HAN.match(run):
        return [run[i : i + 2] for i in range(max(len(run) - 1, 1))]
    return [run]


def _fts5(words: list[str]) -> str:
    """A phrase for FTS5; the last Latin word, or a single Chinese character, may go on."""
    quoted = " ".join(words)
    return f'"{quoted}"' + ("*" if len(words) == 1 and _may_go_on(words[0]) else "")


def _tsquery(words: list[str]) -> str:
    quoted = " <-> ".join("'" + word.replace("'", "''") + "'" for word in words)
    return f"({quoted}{':*' if len(words) == 1 and _may_go_on(words[0]) else ''})"


def _may_go_on(word: str) -> bool:
    return len(word) == 1 if HAN.match(word) else len(word) >= 2


def telling(text: str, most: int = MOST_ASKED) -> list[str]:
    """The distinct index words of a text worth asking for, in its order: no single signs, no empty words."""
    words = dict.fromkeys(word for word in cut(text) if len(word) > 1 and not word.isdigit() and word not in EMPTY)
    return list(words)[:most]


def has_telling(text: str) -> bool:
    """Whether a text has any word worth asking for."""
    return any(telling(run[0]) for run in RUN.finditer(folded(text)))


def any_of(kind: str, text: str, limit: int = 200) -> list[tuple[int, int]]:
    """The records of a kind that share any word with the text, as (id, number of distinct shared words).

    Most shared words first, then the older record: both databases answer the same. The rows are not
    scoped; the caller keeps those its reader may see.
    """
    words = telling(text)
    if not words:
        return []
    table = _table(kind)
    if connection.vendor == "sqlite":
        one = f"SELECT rowid AS id FROM {table} WHERE {table} MATCH %s"
        asked = [f'"{word}"' for word in words]
    else:
        one = f"SELECT subject_id AS id FROM {table} WHERE vector @@ %s::tsquery"
        asked = [f"'{word}'" for word in words]
    hits = " UNION ALL ".join([one] * len(asked))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, COUNT(*) AS shared FROM ({hits}) AS hits GROUP BY id ORDER BY shared DESC, id LIMIT %s",
            [*asked, limit],
        )
        return [(row[0], row[1]) for row in cursor.fetchall()]
