"""How a record on either side of a workbench is shown: where its page is, what kind it is, its public facts."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from grandunion.interfaces.kit import tags
from grandunion.interfaces.web.matches.asked import shift
from grandunion.terms.achievements import AchievementKind, Mode
from grandunion.terms.needs import Category
from grandunion.terms.offers import FinanceRound, Instrument, OfferKind
from grandunion.terms.text import NOTHING, Text, listed
from grandunion.work.queries import matches
from grandunion.work.queries.matches.bench import Line

SECTIONS = {"need": "needs", "achievement": "achievements", "offer": "offers", "person": "persons"}
KIND = {"need": Text("Need", "需求"), "achievement": Text("Achievement", "成果"), "person": Text("Expert", "专家")}
WORDS_SHOWN, PASSAGE = 8, 160
HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage that means the same, in the reader's language; `stood` how it stands, in which language."""

    said: Text
    stood: str = ""
    language: str = ""


Reason = tuple[object, tuple[str, ...], tuple[Passage, ...]]  # a part, the words that met in it, its passages
WORDS = Text("Keywords", "关键词")


@dataclass(frozen=True, slots=True)
class Card:
    """One candidate as the page shows it; `shift` how its place changed under other weights."""

    line: Line
    url: str
    kind: Text
    reasons: tuple[Reason, ...]
    shift: tuple[str, Text] | None
    questions: tuple[object, ...] = ()


def url_of(record: object) -> str:
    """Where a record's page is."""
    return f"/w/{SECTIONS[record.kind]}/{record.number}/"


def bench_of(record: object) -> str:
    """Where the workbench with this record in the middle is."""
    return f"/w/matches/for/{record.kind}/{record.number}/"


def kind_of(record: object) -> Text:
    """What a record is, in a word or two."""
    return OfferKind(record.offer_kind).text if record.kind == "offer" else KIND[record.kind]


def title_of(record: object) -> Text:
    """What a record is called."""
    return record.name if record.kind == "person" else record.title


def text_of(record: object) -> Text:
    """What a record says, publicly, in both languages as far as it says it."""
    if record.kind == "person":
        return Text(record.expertise, record.expertise)
    stem = "abstract_public" if record.kind == "achievement" else "text"
    zh, en = getattr(record, f"{stem}_zh"), getattr(record, f"{stem}_en")
    return Text(en or zh, zh or en)


def cards(lines: Iterable[Line], asks: dict[str, list] | None = None) -> list[Card]:
    """The candidates with what their parts rest on."""
    return [
        Card(
            line,
            url_of(line.record),
            kind_of(line.record),
            tuple(_reason(part, line.record) for part in line.score.parts),
            shift(line.place, line.was),
            tuple((asks or {}).get(line.number, ())),
        )
        for line in lines
    ]


def _reason(part: object, record: object) -> Reason:
    """A part, the words that met in it, and the passages that mean the same."""
    words = [one.found if one.asked == one.found else f"{one.asked} = {one.found}"
             for one in part.met if not one.is_meaning]  # fmt: skip
    passages = tuple(_passage(one.found, record) for one in part.met if one.is_meaning)
    return matches.reason(part), tuple(words[:WORDS_SHOWN]), passages


def _passage(found: str, record: object) -> Passage:
    """A passage as it stands; and for readers of the other language what the record itself says in theirs.

    What met of an expert is one of all their texts, and nothing else of theirs says the same.
    """
    is_expert = record.kind == "person" or getattr(record, "person_id", None) is not None
    is_zh, own = bool(HAN.search(found)), NOTHING if is_expert else text_of(record)
    other = own.en if is_zh else own.zh
    if not other or bool(HAN.search(other)) == is_zh:
        return Passage(Text(found, found))
    short = other if len(other) <= PASSAGE else f"{other[:PASSAGE].rstrip()}…"
    return Passage(Text(short, found), found, "zh") if is_zh else Passage(Text(found, short), found, "en")


def moved(lines: Iterable[Line]) -> int:
    """How many changed their place under other weights."""
    return sum(line.was is not None and line.was != line.place for line in lines)


def facts(record: object, *, is_short: bool = False) -> list[tuple[Text, object]]:
    """What is public of a record, the same rows for every kind as far as they make sense; short: without keywords."""
    found = FACTS[record.kind](record)
    return [(label, value) for label, value in found if value not in (None, "") and not (is_short and label == WORDS)]


def _need(one: object) -> list[tuple[Text, object]]:
    return [
        (Text("Category", "类别"), Category(one.category).text),
        *_classed(one),
        (Text("Maturity", "成熟度"), f"TRL {one.trl_wanted}" if one.trl_wanted else None),
        (Text("Money", "金额"), tags.money(one.budget, one.currency)),
        (Text("Wanted by", "期望完成日期"), tags.day(one.wanted_by)),
    ]


def _achievement(one: object) -> list[tuple[Text, object]]:
    return [
        (Text("Kind", "类型"), AchievementKind(one.achievement_kind).text if one.achievement_kind else None),
        *_classed(one),
        (Text("Maturity", "成熟度"), f"TRL {one.trl}" if one.trl else None),
        (Text("Form of transfer", "转化方式"), _named(Mode, one.modes_wanted)),
        (WORDS, one.keywords),
    ]


def _offer(one: object) -> list[tuple[Text, object]]:
    span = "–".join(tags.money(x, one.currency) for x in (one.amount_min, one.amount_max) if x is not None)
    levels = "–".join(str(level) for level in dict.fromkeys((one.trl_min, one.trl_max)) if level)
    return [
        (Text("Kind", "类型"), OfferKind(one.offer_kind).text),
        *_classed(one),
        (Text("Maturity", "成熟度"), f"TRL {levels}" if levels else None),
        (Text("Money", "金额"), span),
        (Text("Financing round", "融资轮次"), _named(FinanceRound, one.stages)),
        (Text("Form of finance", "融资方式"), _named(Instrument, one.instruments)),
        (Text("Form of transfer", "转化方式"), _named(Mode, one.licence_kinds)),
        (WORDS, one.keywords),
        (Text("Valid until", "有效期至"), tags.day(one.valid_until)),
    ]


def _person(one: object) -> list[tuple[Text, object]]:
    return [
        (Text("Kind", "类型"), KIND["person"]),
        (WORDS, one.expertise),
        (Text("Affiliation", "所在单位"), one.affiliation),
    ]


FACTS = {"need": _need, "achievement": _achievement, "offer": _offer, "person": _person}


def _classed(one: object) -> list[tuple[Text, object]]:
    return [
        (Text("Field", "领域"), one.field.name if one.field else None),
        (Text("Industry", "行业"), one.industry.name if one.industry else None),
        (Text("Area", "片区"), one.area.name if one.area else None),
    ]


def _named(words: type, codes: Iterable[str]) -> Text | None:
    known = [words(code).text for code in codes if words.has(code)]
    return listed(known) if known else None


def compared(lines: Iterable[Line]) -> list[tuple[Text, list[object]]]:
    """The public facts of several records as rows of one table; a fact nobody has is left out."""
    found = [dict(facts(line.record)) for line in lines]
    labels = dict.fromkeys(label for one in found for label in one)
    return [(label, [one.get(label) for one in found]) for label in labels]
