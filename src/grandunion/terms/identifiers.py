"""Official identifiers: checked, and written one way."""

import re
from operator import mul

from stdnum import isni
from stdnum.exceptions import ValidationError

from grandunion.terms.verdicts import invalid

CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
CREDIT_VALUES = {sign: value for value, sign in enumerate(CREDIT_ALPHABET)}
ROR_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
CITIZEN_NUMBER = re.compile(r"(?<!\d)[1-9]\d{5}(19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)")
DOI = re.compile(r"10\.\d{4,9}/\S+")
CN_PATENT = re.compile(r"(?:CN|ZL)?(\d{8}|\d{12})\.?([\dX])")
CITIZEN_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def credit_code(written: str, field: str = "credit_code") -> str:
    """The unified social credit code (GB 32100-2015) in capitals, check character proved.

    Weights 3^i mod 31 over an alphabet without I O S V Z. python-stdnum refuses valid registry
    prefixes N and Y, so the check is our own.
    """
    code = written.strip().upper().replace(" ", "")
    if len(code) != 18 or not CREDIT_VALUES.keys() >= set(code):
        raise invalid(
            field,
            f"“{written}” is not a unified social credit code: it has 18 digits and "
            "capital letters without I, O, S, V, Z.",
            f"“{written}”不是统一社会信用代码：应为 18 位数字和大写字母（不含 I、O、S、V、Z）。",
        )
    if code[17] != credit_check(code[:17]):
        raise invalid(
            field,
            f"“{written}” fails its check character: one of its characters is mistyped.",
            f"“{written}”校验位不符：其中有字符输入错误，请核对营业执照。",
        )
    return code


def credit_check(first_seventeen: str) -> str:
    """The 18th character that belongs to the first seventeen (GB 32100-2015, section 4)."""
    total = sum(map(mul, map(CREDIT_VALUES.__getitem__, first_seventeen), CREDIT_WEIGHTS))
    return CREDIT_ALPHABET[(31 - total % 31) % 31]


def orcid(written: str, field: str = "orcid") -> str:
    """An ORCID as 0000-0000-0000-0000, ISO 7064 mod 11-2 proved; an address is accepted too."""
    try:
        digits = isni.validate(written.strip().rsplit("/", 1)[-1])  # an ORCID is an ISNI out of its own block
        return "-".join(digits[start : start + 4] for start in range(0, 16, 4))
    except ValidationError as error:
        raise invalid(
            field,
            f"“{written}” is not an ORCID. Write it like 0000-0002-1825-0097.",
            f"“{written}”不是有效的 ORCID，请写成 0000-0002-1825-0097 的形式。",
        ) from error


def ror(written: str, field: str = "ror") -> str:
    """A ROR identifier (nine characters), its ISO 7064 mod 97-10 check proved; an address is accepted too."""
    code = written.strip().lower().rsplit("/", 1)[-1]
    if re.fullmatch(r"0[a-hj-km-np-tv-z0-9]{6}\d{2}", code) and _ror_check(code[:7]) == int(code[7:]):
        return code
    raise invalid(
        field,
        f"“{written}” is not a ROR identifier. Write it like 04c4dkn09.",
        f"“{written}”不是有效的 ROR 标识，请写成 04c4dkn09 的形式。",
    )


def _ror_check(first_seven: str) -> int:
    number = 0
    for sign in first_seven:
        number = number * 32 + ROR_ALPHABET.index(sign)
    return 98 - (number * 100) % 97


def doi(written: str, field: str = "doi") -> str:
    """A DOI without its address, in small letters (DOIs do not tell capitals apart)."""
    found = DOI.search(written.strip())
    if not found:
        raise invalid(
            field,
            f"“{written}” is not a DOI. Write it like 10.1038/nature12373.",
            f"“{written}”不是 DOI，请写成 10.1038/nature12373 的形式。",
        )
    return found.group().lower().rstrip(".,;")


def patent_number(written: str, office: str, field: str = "number") -> str:
    """A patent or application number as its office writes it; Chinese ones with their check digit proved.

    Chinese application numbers (ZC 0006-2003): eight or twelve digits, a point, one check digit.
    """
    number = re.sub(r"\s", "", written).upper()
    if office != "CN":
        return number
    found = CN_PATENT.fullmatch(number)
    if not found:
        raise invalid(
            field,
            f"“{written}” is not a Chinese application number. Write it like 202310123456.0.",
            f"“{written}”不是中国专利申请号，请写成 202310123456.0 的形式。",
        )
    digits, check = found.groups()
    if check != patent_check(digits):
        raise invalid(
            field,
            f"“{written}” fails its check digit: one of its digits is mistyped.",
            f"“{written}”校验位不符：其中有数字输入错误。",
        )
    return f"{digits}.{check}"


def patent_check(digits: str) -> str:
    """The check digit of a Chinese application number: weights 2–9 repeated, mod 11, ten is X (ZC 0006-2003)."""
    total = sum(int(digit) * (2 + place % 8) for place, digit in enumerate(digits))
    return "0123456789X"[total % 11]


def holds_citizen_number(text: str) -> bool:
    """Whether an 18-digit citizen number (GB 11643) stands in the text: such data is never stored."""
    return any(_is_citizen_number(found.group().upper()) for found in CITIZEN_NUMBER.finditer(text))


def _is_citizen_number(number: str) -> bool:
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], CITIZEN_WEIGHTS, strict=True))
    return number[17] == "10X98765432"[total % 11]
