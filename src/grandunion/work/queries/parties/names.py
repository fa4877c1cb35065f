"""Names as they are sorted and compared: pinyin keys, and the core without place and legal form."""

import re
import unicodedata
from collections.abc import Callable, Container
from functools import cache, lru_cache
from importlib import import_module

RUNS = re.compile(r"[\u3007\u3400-\u9fff\uf900-\ufaff]+|[^\u3007\u3400-\u9fff\uf900-\ufaff]+")
HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
SIGNS = re.compile(r"[^\w]")
# Surnames that pypinyin reads by their commoner sound; two characters first.
SURNAMES = {
    "尉迟": "yu chi", "万俟": "mo qi", "长孙": "zhang sun", "单于": "chan yu", "澹台": "tan tai", "令狐": "ling hu",
    "曾": "zeng", "单": "shan", "仇": "qiu", "解": "xie", "查": "zha", "盖": "ge", "区": "ou", "任": "ren",
    "朴": "piao", "尉": "wei", "翟": "zhai", "乐": "yue", "缪": "miao", "秘": "bi", "种": "chong", "重": "chong",
    "冼": "xian", "员": "yun", "覃": "qin", "召": "shao", "纪": "ji", "宁": "ning", "佴": "nai", "繁": "po",
    "折": "she", "黑": "he", "洗": "xian", "逄": "pang", "车": "che", "燕": "yan", "臧": "zang", "隗": "wei",
    "瞿": "qu", "郗": "xi", "句": "gou", "都": "du", "沈": "shen", "相": "xiang", "哈": "ha", "葛": "ge",
}  # fmt: skip
LONGEST = {"reading": 150, "joined": 120, "initials": 26}
# Longest first: 合肥市 goes before 合肥.
PLACES = (
    "中国|北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|"
    "甘肃|青海|内蒙古|广西|西藏|宁夏|新疆|香港|澳门|台湾|合肥|芜湖|蚌埠|马鞍山|滁州|安庆|南京|苏州|无锡|常州|南通|杭州|宁波|温州|"
    "深圳|广州|珠海|东莞|佛山|武汉|成都|西安|长沙|郑州|济南|青岛|大连|沈阳|厦门|福州|天津|昆明|南昌|哈尔滨|长春|石家庄|太原|南宁|贵阳"
)
PLACE = re.compile(rf"^(?:(?:{PLACES})(?:特别行政区|壮族自治区|回族自治区|维吾尔自治区|自治区|省|市)?)+")
FORM_ZH = re.compile(r"(?:集团|控股)?(?:股份有限公司|有限责任公司|有限公司|股份公司|\(有限合伙\)|\(普通合伙\)|公司)$")
GROUP_ZH = re.compile(r"(?:\(集团\)|集团|股份|控股)$")
BRACKETED_PLACE = re.compile(rf"\((?:{PLACES})(?:省|市)?\)")
FORMS_EN = frozenset({
    "co", "company", "corp", "corporation", "inc", "incorporated", "ltd", "limited", "llc", "llp", "lp", "plc",
    "gmbh", "ag", "sa", "sas", "srl", "spa", "bv", "nv", "ab", "oy", "as", "pte", "pty", "group", "holding",
    "holdings", "kg", "the",
})  # fmt: skip


def folded(name: str) -> str:
    """The name in one width and small letters, with plain brackets and single spaces."""
    plain = name.lower() if name.isascii() else unicodedata.normalize("NFKC", name).casefold()
    return " ".join(plain.split())


def core(name: str) -> str:
    """What is left of an organisation's name without its place and legal form; never empty for a real name."""
    if not name:
        return ""
    plain = folded(name)
    return _core_zh(plain) if HAN.search(plain) else _core_en(plain)


def _core_zh(plain: str) -> str:
    tight = plain.replace(" ", "")
    bare = GROUP_ZH.sub("", FORM_ZH.sub("", BRACKETED_PLACE.sub("", tight)))
    left = PLACE.sub("", bare)
    kept = next((name for name in (left, bare, tight) if len(name) >= 2), tight)
    return kept[:200] if kept.isalnum() else SIGNS.sub("", kept)[:200]


def _core_en(plain: str) -> str:
    words = re.findall(r"\w+", plain.replace(".", "").replace("'", ""))
    left = [word for word in words if word not in FORMS_EN and word != "and"]
    return " ".join(left or words)[:200]


def reading(name_zh: str, name_en: str = "", *, is_person: bool = False) -> str:
    """How the name is read, in pinyin syllables or small Latin letters; a person's surname by our own table."""
    if not name_zh:
        return folded(name_en)[: LONGEST["reading"]]
    plain = folded(name_zh)
    known = (plain[:2], plain[:1]) if is_person else ()
    surname = next((part for part in known if part in SURNAMES), "")
    syllables = [*([SURNAMES[surname]] if surname else []), *pinyin(plain[len(surname) :])]
    return " ".join(" ".join(syllables).split())[: LONGEST["reading"]]


def pinyin(text: str) -> list[str]:
    """The syllables of a text as pypinyin reads it, ten times as fast: names are made of the same few words."""
    syllables: list[str] = []
    for run in RUNS.findall(text):
        if HAN.match(run):
            for word in _cut(run):
                syllables.extend(_word(word))
        else:
            syllables.append(run)
    return syllables


@cache
def _pypinyin() -> tuple[Callable[[list[str]], list[str]], Container[str], Container[str]]:
    """How words are read, all phrases that pypinyin knows, and all beginnings of phrases (its own wrapper is slow).

    Loaded by the first Chinese name that is read: its dictionary takes half as long to load as the house.
    """
    whole, words, cutting = (import_module(f"pypinyin{part}") for part in ("", ".constants", ".seg.mmseg"))
    return whole.lazy_pinyin, words.PHRASES_DICT, cutting.p_set._set


def _cut(run: str) -> list[str]:
    """The words of a Chinese run, the longest known phrase first: as pypinyin's own `seg.cut`, three times as fast."""
    _, phrases, beginnings = _pypinyin()
    words, start, end = [], 0, len(run)
    while start < end:
        phrase, reach = "", start + 1
        while reach <= end and (piece := run[start:reach]) in beginnings:
            if piece in phrases:
                phrase = piece
            reach += 1
        if phrase:
            words.append(phrase)
            start += len(phrase)
        elif reach > end:  # all that is left begins a phrase and is none
            words.extend(run[start:])
            start = end
        else:
            words.append(run[start])
            start += 1
    return words


@lru_cache(maxsize=50_000)
def _word(word: str) -> tuple[str, ...]:
    return tuple(_pypinyin()[0]([word]))


def sort_key(read: str) -> str:
    """The kept key: syllables to sort by, then in one piece and as initials to be found by (bo ji  boji bj)."""
    syllables = folded(read).split()
    joined, first = "".join(syllables)[: LONGEST["joined"]], syllables[: LONGEST["initials"]]
    initials = "".join([syllable[0] for syllable in first])
    return f"{' '.join(syllables)[: LONGEST['reading']]}  {joined} {initials}".strip()


def reading_to_keep(sent: str, before: str, *, is_renamed: bool) -> str:
    """The reading to go on with: the one sent, unless it only came along unchanged with a new name; "" reads anew."""
    read = reading_of(sent)
    return "" if is_renamed and read == reading_of(before) else read


def reading_of(key: str) -> str:
    """The reading inside a kept sort key, for somebody to mend."""
    return key.split("  ")[0]
