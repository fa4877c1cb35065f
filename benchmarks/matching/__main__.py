"""`python -m benchmarks.matching [CASE…]`: runs the cases, writes a section each and joins them to RESULTS.md.

A case is a module of this package with NAME, TITLE, NEEDS (folders of the data it reads) and `run() -> list[str]`,
its section in Markdown.
"""

import importlib
import pkgutil
import sys
import time
from types import ModuleType

import benchmarks.matching as here
from benchmarks.matching import report, sources


def main(asked: list[str]) -> int:
    """Run the cases asked for, or all; unknown names are refused with those there are."""
    cases = {module.NAME: module for module in _cases()}
    unknown = [name for name in asked if name not in cases]
    if unknown:
        sys.stderr.write(f"There is no case {', '.join(unknown)}. Cases: {', '.join(sorted(cases))}.\n")
        return 2
    for name in asked or sorted(cases):
        _run(cases[name])
    sys.stdout.write(f"Written: {report.join()}\n")
    return 0


def _cases() -> list[ModuleType]:
    """The modules of this package that are cases."""
    names = [found.name for found in pkgutil.iter_modules(here.__path__) if not found.name.startswith("_")]
    modules = [importlib.import_module(f"benchmarks.matching.{name}") for name in names]
    return [module for module in modules if hasattr(module, "NAME")]


def _run(case: ModuleType) -> None:
    absent = sources.missing(case.NEEDS if hasattr(case, "NEEDS") else case.needs)
    if absent:
        sys.stdout.write(f"{case.NAME}: left out, {', '.join(absent)} is not on this machine ({sources.DATA}).\n")
        return
    began = time.perf_counter()
    said = case.run()
    seconds = time.perf_counter() - began
    report.keep(case.NAME, case.TITLE, said, seconds)
    sys.stdout.write("\n".join([f"{case.NAME} ({seconds:,.1f} s)", *said, ""]) + "\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
