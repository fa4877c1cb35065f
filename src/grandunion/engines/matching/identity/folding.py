"""Names brought to one way of writing: width, case, accents, abbreviations, legal forms, Chinese as pairs."""

import html
import re
import unicodedata
from functools import lru_cache

LONGEST_TEXT, MOST_WORDS = 2000, 160
HAN = "\u3007\u3400-\u9fff\uf900-\ufaff"
HAN_RUN = re.compile(f"[{HAN}]+")
WORD = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+")
# Words that ran together when an address was copied: "UniversityHuntington", "1Kyungpook", "cDepartment".
GLUED = re.compile(
    r"(?<=[a-z]{3})(?=[A-Z])|(?<=[a-z]{2})(?=[A-Z][a-z]{3})|(?<=[A-Z])(?=[A-Z][a-z]{3})|(?<=\b[a-z])(?=[A-Z][a-z]{3})"
    r"|(?<=\b\d)(?=[A-Za-z]{3})|(?<=[a-z]{4})(?=\d{4,})|(?<=\d{4})(?=[A-Z][a-z]{2})"
)
SPECIAL = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "ı": "i", "đ": "d", "æ": "ae", "œ": "oe", "&": " and "})
POSSESSIVE = re.compile(r"['’´`](?=s\b)")
FORMS_ZH = re.compile(
    r"(?:[(（](?:集团|控股|有限合伙|普通合伙)[)）])?(?:集团|控股)?(?:股份有限公司|有限责任公司|有限公司|股份公司|总公司|分公司|公司)"
    r"|[(（](?:集团|控股|有限合伙|普通合伙)[)）]"
)
HOUSES = ("大学", "学院", "学校", "医院", "研究院", "研究所", "实验室", "中心", "银行", "集团", "科技")
FORMS_EN = frozenset({
    "co", "company", "corp", "corporation", "inc", "incorporated", "ltd", "limited", "llc", "llp", "lp", "plc", "gmbh",
    "ag", "sa", "sas", "srl", "spa", "bv", "nv", "ab", "oy", "pte", "pty", "kg", "kk", "holding", "holdings", "group",
})  # fmt: skip
OF = frozenset({"of", "de", "du", "des", "di", "del", "della", "degli", "da", "do", "dos", "das", "der", "van", "von"})
LITTLE = frozenset({
    "the", "and", "for", "in", "at", "on", "an", "a", "to", "la", "e", "y", "et", "le", "les", "el", "und", "die", "l",
    "d",
})  # fmt: skip
# One word for its abbreviations, its plural and its sisters in other languages.
SAME = {
    variant: word
    for word, variants in {
        "university": "univ uni universities universidad universidade universita universite universitat universiteit"
        " universitet universitetet universitas uniwersytet univerzita univerzitet universitatea universitesi"
        " universiti egyetem universitaet",
        "institute": "inst institutes instituto institut istituto instytut enstitusu institution",
        "department": "dept departments departamento departement dipartimento", "national": "natl nacional nationale",
        "technology": "tech technol technologies tecnologia technologie", "science": "sci sciences ciencias ciencia",
        "hospital": "hosp hospitals hopital hospitalier", "academy": "acad academia akademie",
        "college": "coll colleges colegio", "laboratory": "lab labs laboratories laboratorio laboratoire",
        "international": "int intl internacional", "research": "res recherche recherches investigacion",
        "center": "ctr centre centers centres centro zentrum", "medical": "med", "school": "sch schools",
        "saint": "st sankt", "engineering": "engn eng", "mount": "mt", "study": "studies",
        "polytechnic": "polytechnique politecnica politecnico polytechnical", "federal": "fed",
        "technical": "technische teknik", "industry": "industries ind", "system": "systems", "service": "services",
    }.items()
    for variant in variants.split()
}  # fmt: skip


@lru_cache(maxsize=20_000)
def folded(text: str) -> str:
    """The text in one width and small letters without accents, ran-together words parted; at most 2,000 signs."""
    wide = unicodedata.normalize("NFKC", html.unescape(text[:LONGEST_TEXT]))
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", wide) if not unicodedata.combining(sign))
    return POSSESSIVE.sub("", GLUED.sub(" ", bare).casefold().translate(SPECIAL))


def plain_words(text: str) -> tuple[str, ...]:
    """The folded words as they stand, Chinese runs whole."""
    return tuple(WORD.findall(folded(text).replace(".", " ")))[:MOST_WORDS]


@lru_cache(maxsize=20_000)
def phrase(text: str) -> tuple[str, ...]:
    """What a name is compared by in its order: legal forms gone, every "of" and "di" one `of`, Chinese as pairs."""
    kept: list[str] = []
    for word in WORD.findall(FORMS_ZH.sub(" ", folded(text).replace("'", "").replace(".", " "))):
        if HAN_RUN.match(word):
            kept.extend(word[at : at + 2] for at in range(max(1, len(word) - 1)))
        elif word in OF:
            kept.append("of")
        elif word not in LITTLE and word not in FORMS_EN:
            kept.append(SAME.get(word, word))
        if len(kept) >= MOST_WORDS:
            break
    return tuple(kept[:MOST_WORDS])


def words(text: str) -> tuple[str, ...]:
    """The telling words of a name."""
    return tuple(word for word in phrase(text) if word != "of")


def segments(text: str) -> tuple[tuple[str, ...], ...]:
    """The pieces of an address between commas, brackets and numbers, each as its words."""
    pieces = re.split(r"[,;|/\n()，；、（）]| - |\d{4,}", text[:LONGEST_TEXT])
    return tuple(found for found in map(phrase, pieces[:60]) if found)


def is_han(text: str) -> bool:
    """Whether a text has Chinese characters."""
    return HAN_RUN.search(text) is not None


def initials(name: str) -> str:
    """The first letters of a Latin name of three words or more: University of Science and Technology of China, ustc."""
    kept = [word for word in plain_words(name) if word not in LITTLE and word not in OF | FORMS_EN and word.isascii()]
    return "".join(word[0] for word in kept) if len(kept) >= 3 else ""


def is_short_form(short: str, full: str) -> bool:
    """Whether a Chinese name may be the short form of another: 中科大 of 中国科学技术大学, 合工大 of 合肥工业大学.

    Its characters stand in the full name in their order but not as its beginning, the first is the full name's
    first, it is at most two thirds as long, its last character is one of the full name's last three, and it does
    not end in a whole word for a house: 安徽大学 is no short form of 安徽工业大学.
    """
    short, full = FORMS_ZH.sub("", folded(short)), FORMS_ZH.sub("", folded(full))
    is_candidate = 2 <= len(short) <= 6 and len(short) * 3 <= len(full) * 2 and HAN_RUN.fullmatch(short)
    if not is_candidate or full.startswith(short) or short.endswith(HOUSES):
        return False
    if short[0] != full[0] or short[-1] not in full[-3:]:
        return False
    rest = iter(full)
    return all(sign in rest for sign in short)
