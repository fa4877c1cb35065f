"""Finds measures and model numbers in a text, so that 1.2 kV meets 1200 V and GB/T 34670 meets gbt34670."""

import re
import unicodedata
from decimal import Decimal

# Unit as written, what it measures in the base unit, and the factor to it.
UNITS = {
    unit: (base, Decimal(factor))
    for base, row in {
        "V": "V 1 kV 1000 mV 0.001 伏 1 千伏 1000",
        "A": "A 1 kA 1000 mA 0.001 安 1 千安 1000",
        "W": "W 1 kW 1000 MW 1000000 mW 0.001 瓦 1 千瓦 1000 兆瓦 1000000",
        "Wh": "Wh 1 kWh 1000 MWh 1000000 瓦时 1 千瓦时 1000",
        "Hz": "Hz 1 kHz 1000 MHz 1000000 GHz 1000000000 赫兹 1 千赫 1000 兆赫 1000000 吉赫 1000000000",
        "m": "m 1 cm 0.01 mm 0.001 μm 0.000001 um 0.000001 nm 0.000000001 km 1000 米 1 厘米 0.01 毫米 0.001 "
        "微米 0.000001 纳米 0.000000001 千米 1000 公里 1000",
        "m²": "m² 1 m2 1 ㎡ 1 sqm 1 平方米 1 km² 1000000 km2 1000000 平方公里 1000000 公顷 10000",
        "m³": "m³ 1 m3 1 立方米 1",
        "g": "g 1 mg 0.001 kg 1000 t 1000000 克 1 毫克 0.001 千克 1000 公斤 1000 吨 1000000",
        "K": "K 1 开 1",
        "℃": "℃ 1 °C 1 摄氏度 1",
        "Pa": "Pa 1 kPa 1000 MPa 1000000 GPa 1000000000 bar 100000 帕 1 千帕 1000 兆帕 1000000",
        "s": "s 1 ms 0.001 μs 0.000001 us 0.000001 ns 0.000000001 秒 1 毫秒 0.001 微秒 0.000001 纳秒 0.000000001 "
        "min 60 分钟 60 h 3600 小时 3600",
        "L": "L 1 mL 0.001 升 1 毫升 0.001",
        "T": "T 1 mT 0.001 特斯拉 1",
        "dB": "dB 1 分贝 1",
        "bit": "bit 1 kbit 1000 Mbit 1000000 Gbit 1000000000",
    }.items()
    for unit, factor in zip(row.split()[::2], row.split()[1::2], strict=True)
}
LONGEST_FIRST = "|".join(re.escape(unit) for unit in sorted(UNITS, key=len, reverse=True))
MEASURE = re.compile(rf"(?<![A-Za-z0-9.])(\d{{1,3}}(?:,\d{{3}})+|\d+)(\.\d+)?\s?({LONGEST_FIRST})(?![A-Za-z0-9])")
MODEL = re.compile(
    r"(?<![A-Za-z0-9])([A-Za-z]{1,6}(?:/[A-Z]{1,3})?)(?:-|/)?(\d[A-Za-z0-9]*(?:[-.]\d[A-Za-z0-9]*)*)"
    r"|(?<![A-Za-z0-9])([A-Z]{2,5}(?:/[A-Z]{1,3})?)\s(\d{2,}(?:[-.]\d+)*)"
)
YEAR = re.compile(r"-(?:19|20)\d\d$")  # of a standard: its edition is not its number
DIGIT = re.compile(r"\d")
EXACT = frozenset(
    base
    for base in {base for base, _ in UNITS.values()}
    if all(factor.normalize().as_tuple().digits == (1,) for one, factor in UNITS.values() if one == base)
)  # bases whose units differ by tens: the digits are the same in all of them
LONGEST = 20_000  # characters that are looked through
MOST = 40


def measured(text: str) -> tuple[str, ...]:
    """The measures of a text in base units and its model or standard numbers squeezed, each once, in their order.

    A measure reads “1200 V”, with a space that no index word has; a model number “lm317”, a standard “gbt34670”.
    """
    if not DIGIT.search(text):
        return ()
    plain = _plain(text)
    found = [_said(match) for match in MEASURE.finditer(plain)]
    found += [_squeezed(match) for match in MODEL.finditer(MEASURE.sub(" ", plain))]
    return tuple(dict.fromkeys(found))[:MOST]


def measures_of(text: str) -> tuple[str, ...]:
    """The measures alone of what `measured` finds: to look for model numbers takes longer."""
    return tuple(dict.fromkeys(map(_said, MEASURE.finditer(_plain(text)))))[:MOST] if DIGIT.search(text) else ()


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text[:LONGEST]).replace("µ", "μ").replace("℃", "°C")


def trace_of(figure: str) -> bytes:
    """What no text can lack, of its letters and digits put together, in which `measured` finds the figure."""
    amount, _, base = figure.partition(" ")
    if not base:
        return figure.encode()
    return amount.replace(".", "").strip("0").encode() if base in EXACT else b""


def _said(match: re.Match[str]) -> str:
    base, factor = UNITS[match[3]]
    amount = Decimal(match[1].replace(",", "") + (match[2] or "")) * factor
    return f"{amount.normalize():f} {base}"


def _squeezed(match: re.Match[str]) -> str:
    letters, digits = (match[1], match[2]) if match[1] else (match[3], match[4])
    return re.sub(r"[^a-z0-9]", "", (letters + YEAR.sub("", digits)).lower())
