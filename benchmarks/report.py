"""Says what was measured: a table for the terminal, and the page RESULTS.md with its reading."""

from collections.abc import Iterator, Mapping, Sequence

from benchmarks.readings import MISSED, PEER_NAMES, PEERS, PREFACE

Found = Mapping[str, object]
IMPORT_SHARE = 0.1  # of the bare insert rate: what a checked import is to reach


def cost(found: Found, way: Mapping[str, float]) -> float:
    """What a way costs in milliseconds: CPU time where the database runs in this process, else the clock."""
    return way["cpu"] if found["vendor"] == "sqlite" else way["wall"]


def table(results: Sequence[Found]) -> str:
    """The figures for a terminal."""
    lines = []
    for found in results:
        lines += ["", f"{found['database']} ({_measure_of(found)})"]
        lines += [f"  {case:<52}{way:<14}{ms:>9}  {ratio}" for case, way, ms, ratio, _ in _rows(found)]
    return "\n".join([*lines, ""])


def page(results: Sequence[Found]) -> str:
    """The page."""
    first = results[0]
    sizes = first["sizes"]
    lines = [
        "# What is fast, against what", "", PREFACE, "",
        f"Measured on {first['day']}: {first['machine']}, Python {first['python']}, Django {first['django']}; "
        f"{sizes['organisation']:,} organisations, {sizes['person']:,} persons, {sizes['project']:,} projects with "
        f"abstracts; {first['rounds']} rounds, medians.",
    ]  # fmt: skip
    for found in results:
        lines += ["", f"## {found['database']}", "", f"{_measure_of(found)}.", "", *_markdown(found)]
        lines += ["", *_reading(found)]
    return "\n".join([*lines, "", *_peers(first), ""])


def _measure_of(found: Found) -> str:
    if found["vendor"] == "sqlite":
        return "Milliseconds of CPU time of this process, database included"
    return "Milliseconds by the clock, for the database is another process"


def _rows(found: Found) -> Iterator[tuple[str, str, str, str, bool]]:
    """(case, way, figure, ratio with its goal, whether the goal is met)."""
    for case in found["cases"]:
        for place, (way, timing) in enumerate(case["ways"].items()):
            own, said, is_met = cost(found, timing), "", True
            if way in case["goals"]:
                other, most = case["goals"][way]
                ratio = own / cost(found, case["ways"][other])
                is_met = ratio <= most
                said = f"{ratio:.2f} × {other} (goal {most:g}){'' if is_met else ' — missed'}"
            if way in case["beside"]:
                other = case["beside"][way]
                said += f"; {own / cost(found, case['ways'][other]):.2f} × {other}"
            yield case["name"] if place == 0 else "", way, f"{own:.2f}", said, is_met
    checked, bare = found["import"]["checked import"], found["import"]["bare insert"]
    way = "cpu" if found["vendor"] == "sqlite" else "wall"
    share = checked[way] / bare[way]
    yield "Import of organisations, rows a second", "bare insert", f"{bare[way]:,.0f}", "", True
    missed = "" if share >= IMPORT_SHARE else " — missed"
    yield (
        "",
        "checked import",
        f"{checked[way]:,.0f}",
        f"{share:.2f} × bare insert (goal {IMPORT_SHARE}){missed}",
        not missed,
    )


def _markdown(found: Found) -> list[str]:
    rows = [f"| {case} | {way} | {ms} | {ratio} |" for case, way, ms, ratio, _ in _rows(found)]
    return ["| case | way | | against |", "|---|---|--:|---|", *rows]


def _reading(found: Found) -> list[str]:
    """What stands behind each goal that was missed."""
    missed, case = [], ""
    for name, way, _, ratio, is_met in _rows(found):
        case = name or case
        if not is_met:
            why = MISSED.get((case, way)) or MISSED.get(way, "")
            missed.append(f"- {case}, {way}: {ratio.removesuffix(' — missed')}. {why}".rstrip())
    return ["Missed:", "", *missed] if missed else ["Every goal is met."]


def _peers(found: Found) -> list[str]:
    """Our API or query beside what peers needed for the same, by the clock."""
    ours = {}
    for case in found["cases"]:
        way = next(way for way in ("API", "query") if way in case["ways"])
        page_ms = f" / {case['ways']['page']['wall']:.0f}" if "page" in case["ways"] else ""
        ours.setdefault(case["peers"], f"{case['ways'][way]['wall']:.1f}{page_ms}")
    ours["import, rows a second"] = f"{found['import']['checked import']['wall']:,.0f}"
    lines = [
        "## Beside other systems", "",
        "Context, not a contest: the others were measured over HTTP on another run, with the same numbers of records; "
        "we stand here by the clock of this run (API or query / page), in the process, on SQLite. Milliseconds.", "",
        f"| | here | {' | '.join(PEER_NAMES)} |", "|---|--:|" + "--:|" * len(PEER_NAMES),
    ]  # fmt: skip
    return [*lines, *(f"| {row} | {ours.get(row, '')} | {' | '.join(figures)} |" for row, figures in PEERS.items())]
