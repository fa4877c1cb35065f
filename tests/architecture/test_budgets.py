"""What every page loads stays light: the compressed sizes of the style sheet, the script and the icons."""

import gzip
import re
from pathlib import Path

from tests.architecture.sources import HOUSE

STATIC = HOUSE / "src/grandunion/interfaces/kit/static/gu"
# Kilobytes, compressed; docs/adr/0004-own-style-sheet.md says why.
BUDGETS = {"gu.css": 14, "gu.js": 6, "icons.svg": 8}


def overweight(folder: Path) -> list[str]:
    """The files heavier than their budget, with their weight."""
    weights = {name: len(gzip.compress((folder / name).read_bytes())) / 1024 for name in BUDGETS}
    return [f"{name}: {weight:.1f} KB" for name, weight in weights.items() if weight > BUDGETS[name]]


def test_every_page_loads_little() -> None:
    """Heavier means slower for everybody: take something out, or argue in the paper first."""
    assert overweight(STATIC) == []


def test_a_heavy_file_is_named(tmp_path: Path) -> None:
    """Noise does not compress."""
    noise = "".join(chr(33 + number * number * 7919 % 9001) for number in range(30_000))
    for name in BUDGETS:
        (tmp_path / name).write_text(noise if name == "gu.js" else "", "utf-8")
    assert [re.sub(":.*", "", said) for said in overweight(tmp_path)] == ["gu.js"]
