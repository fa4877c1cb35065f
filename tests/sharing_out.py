"""How tests are shared out between workers (`-n 2`): a file goes whole to one of them, the long ones first."""

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

# Begun first, so that nobody is still at a long file when all others are done.
LONG = ("interfaces/test_sweep", "hostile/", "work/test_upkeep_demo.py", "work/test_matching_trust_same.py",
        "interfaces/test_cli.py", "adapters/test_meaning.py")  # fmt: skip
# Their tests share nothing that is costly to begin, and each takes long: these are shared out one by one.
APART = ("interfaces/test_sweep", "hostile/test_forms.py", "hostile/test_files.py", "_in_the_browser.py")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long ones first; those that empty tables stay where pytest-django has put them, behind those that do not."""
    items.sort(key=lambda item: _empties_tables(item) or not any(part in item.nodeid for part in LONG))


def _empties_tables(item: pytest.Item) -> bool:
    marked = item.get_closest_marker("django_db")
    is_asked = bool(marked and (marked.kwargs.get("transaction") or marked.args))
    return is_asked or not {"transactional_db", "live_server"}.isdisjoint(getattr(item, "fixturenames", ()))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling | None:
    """Whole files where nothing else is wished (`--dist` says otherwise)."""
    return WholeFiles(config, log) if config.getvalue("dist") == "load" else None


class WholeFiles(LoadScopeScheduling):
    """Files in the order in which they were collected. One whose tests empty tables in part comes in two parts."""

    def __init__(self, config: pytest.Config, log: Producer | None = None) -> None:
        super().__init__(config, log)
        config.option.loadscopereorder = False  # not by the number of tests
        self.parts: dict[str, str] = {}

    def schedule(self) -> None:
        if not self.parts:
            self.parts = _parts(next(iter(self.registered_collections.values())))
        super().schedule()

    def _split_scope(self, nodeid: str) -> str:
        return self.parts[nodeid]


def _parts(tests: list[str]) -> dict[str, str]:
    """The part to which each test belongs: those of a file that stand next to each other, or itself alone."""
    parts, before, count = {}, "", 0
    for test in tests:
        file = test.split("::")[0]
        count += file != before
        before = file
        parts[test] = test if any(part in test for part in APART) else f"{count} {file}"
    return parts
