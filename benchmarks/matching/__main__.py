"""`python -m benchmarks.matching [CASE…] [--size N]`: runs the cases, writes a section each, joins them to RESULTS.md.

A case is a module of this package with NAME, TITLE, NEEDS (folders of the data it reads) and `run() -> list[str]`,
its section in Markdown; one with IS_LONG runs only where it is named. A case with FULL can be run at another size to
see that it works: its figures are then printed and not written.
"""

import argparse
import importlib
import pkgutil
import sys
import time
from types import ModuleType

import benchmarks.matching as here
from benchmarks.matching import report, sources


def main(written: list[str]) -> int:
    """Run the cases asked for, or all but the long ones; unknown names are refused with those there are."""
    cases = {module.NAME: module for module in _cases()}
    said = argparse.ArgumentParser(prog="python -m benchmarks.matching", description=__doc__)
    said.add_argument("case", nargs="*", help=f"one of: {', '.join(sorted(cases))}")
    said.add_argument("--size", type=int, help="another size for a case that has one; its figures are only printed")
    asked = said.parse_args(written)
    unknown = [name for name in asked.case if name not in cases]
    if unknown:
        sys.stderr.write(f"There is no case {', '.join(unknown)}. Cases: {', '.join(sorted(cases))}.\n")
        return 2
    if asked.size and any(not hasattr(cases[name], "FULL") for name in asked.case or cases):
        sized = ", ".join(name for name, case in sorted(cases.items()) if hasattr(case, "FULL"))
        sys.stderr.write(f"Name cases that have a size: {sized}.\n")
        return 2
    for name in asked.case or sorted(name for name, case in cases.items() if not hasattr(case, "IS_LONG")):
        _run(cases[name], asked.size)
    sys.stdout.write(f"Written: {report.join()}\n")
    return 0


def _cases() -> list[ModuleType]:
    """The modules of this package that are cases."""
    names = [found.name for found in pkgutil.iter_modules(here.__path__) if not found.name.startswith("_")]
    modules = [importlib.import_module(f"benchmarks.matching.{name}") for name in names]
    return [module for module in modules if hasattr(module, "NAME")]


def _run(case: ModuleType, size: int | None) -> None:
    absent = sources.missing(case.NEEDS if hasattr(case, "NEEDS") else case.needs)
    if absent:
        sys.stdout.write(f"{case.NAME}: left out, {', '.join(absent)} is not on this machine ({sources.DATA}).\n")
        return
    began = time.perf_counter()
    said = case.run(size) if size else case.run()
    seconds = time.perf_counter() - began
    if size in (None, getattr(case, "FULL", None)):
        report.keep(case.NAME, case.TITLE, said, seconds)
    sys.stdout.write("\n".join([f"{case.NAME} ({seconds:,.1f} s)", *said, ""]) + "\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
