"""`python -m benchmarks.matching._centres`: fits the centres that ship with the house, on what `_registers` names."""

import sys

from benchmarks.matching import _reading, _registers
from grandunion.adapters.meaning import centring


def main() -> int:
    """Write the package's centres.npz."""
    centres = {
        language: centring.fitted(_reading.vectors(f"register-{language}", texts))
        for language, texts in (("zh", _registers.chinese()), ("en", _registers.english()))
    }
    version = "shipped 2026-11-22"
    centring.SHIPPED.write_bytes(centring.Fit(version, _reading.model().model, centres).written())
    return 0


if __name__ == "__main__":
    sys.exit(main())
