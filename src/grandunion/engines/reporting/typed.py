"""Finds the numbers that somebody typed by hand into a sentence instead of binding them to a value."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

TOKEN = re.compile(r"\{([a-z][a-z0-9_]{0,39})\}")
DIGITS = re.compile(r"\d+(?:[,，]\d{3})*(?:[.．]\d+)?\s*(?:[%％‰]|[十百千万亿]+)?")
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
YEAR = r"(?:19|20)\d{2}"
# What has digits and is no figure: days, years, periods, names of plans and codes.
NOT_FIGURES = re.compile(
    rf"{YEAR}\s*[-–—~～至到/]\s*(?:{YEAR}|\d{{2}}(?!\d))\s*年?|{YEAR}\s*年(?:\s*\d{{1,2}}\s*月(?:\s*\d{{1,2}}\s*日)?)?"
    r"|\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?|\d{4}-\d{2}(?:-\d{2})?(?!\d)|\d{1,2}:\d{2}"
    rf"|(?:\b\d{{1,2}}\s+)?\b(?:{MONTHS})\b(?:\s+\d{{1,2}}\b(?!\d))?(?:,?\s+{YEAR}\b)?"
    rf"|\b(?:[Ii]n|[Oo]f|[Bb]y|[Ss]ince|until|till|[Ff]rom|to|[Ff]or|[Yy]ear|end|early|late|mid|during|through|before|after|and)\s+{YEAR}\b"
    rf"|\b{YEAR}(?=\s+(?:plan|report|work|target|budget|edition)|\s*[:：)）.,;，。；]|\s*$)"
    r"|(?<![A-Za-z0-9])[A-Z][A-Za-z]*-?\d+(?:\.\d+)?(?![A-Za-z0-9.])"  # G60, COVID-19, ISO9001
    r"|(?<![A-Za-z0-9])[2-6][GD](?![A-Za-z0-9])|\b\d+(?:st|nd|rd|th)\b|第\s*\d+"
)
HAN = "零〇一二两三四五六七八九十百千万亿"
MEASURES = "家个名人项所亩平支只座栋次倍元件期批场户台套条位类种处园区县市天月周篇款吨里米公成%％"
HAN_NUMBER = re.compile(rf"[近超约逾达]?([{HAN}]+(?:点[{HAN}]+)?)(?=[余多几]?\s*([{MEASURES}]))|分之([{HAN}]+)")
# Numerals that count nothing: ordinals, fixed phrases, names of plans.
NOT_COUNTED = re.compile(
    r"第[零〇一二三四五六七八九十百]+|十[一二三四五六]五|一核两园一镇|一体|一批|一个|一种|一系列|一期|一次|一流|一些|一定|一带一路|两区|一类"
    r"|千方百计|万众创新|三农|五懂|双创|百姓|十分|万里|四上|三大|两山|双一流|一区|一月|一天|一项项|一家家|一条龙"
    r"|[一二三四五六七八九十]+月(?:[一二三四五六七八九十]+日)?"
)
ENGLISH = re.compile(
    r"\b(?:(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    r"|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|dozens?|hundreds?|thousands?|millions?"
    r"|billions?|half|one\s+(?:hundred|thousand|million|billion|third|half))(?!-[Yy]ear)(?:[\s-]+|\b))+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Typed:
    """A number typed by hand: where it stands in the text, and as what."""

    start: int
    end: int
    text: str


def placed(text: str) -> tuple[str, ...]:
    """The names of the numbers bound into a text, in their order."""
    return tuple(TOKEN.findall(text))


def typed_numbers(text: str, language: str) -> tuple[Typed, ...]:
    """The numbers typed by hand, in digits or words of the language ("zh" or "en"); days, years and codes are none."""
    bare = TOKEN.sub(lambda found: "\u0000" * len(found.group()), text)
    bare = NOT_FIGURES.sub(_blank, bare)
    found = list(_in_digits(bare))
    for one in found:  # 3000万 is one number, not two
        bare = bare[: one.start] + "\u0000" * (one.end - one.start) + bare[one.end :]
    found += _in_chinese(bare) if language == "zh" else _in_english(bare)
    return tuple(sorted(found, key=lambda one: one.start))


def _blank(found: re.Match) -> str:
    return "\u0000" * len(found.group())


def _in_digits(bare: str) -> Iterator[Typed]:
    for one in DIGITS.finditer(bare):
        said = one.group().rstrip()
        yield Typed(one.start(), one.start() + len(said), said)


def _in_chinese(bare: str) -> Iterator[Typed]:
    for one in HAN_NUMBER.finditer(NOT_COUNTED.sub(_blank, bare)):
        group = 1 if one.group(1) else 3
        yield Typed(one.start(group), one.end(group), one.group(group))


def _in_english(bare: str) -> Iterator[Typed]:
    for one in ENGLISH.finditer(bare):
        said = one.group().rstrip(" -\t\n")
        yield Typed(one.start(), one.start() + len(said), said)
