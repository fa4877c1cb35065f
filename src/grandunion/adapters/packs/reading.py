"""Reads a whole pack, or refuses with everything that is wrong with it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from grandunion.adapters.packs.demo import Demo, read_demo_sections
from grandunion.adapters.packs.desk import Desk, nearest
from grandunion.adapters.packs.facts import INHERITED, Rows, read_row
from grandunion.adapters.packs.problems import BrokenSheet
from grandunion.adapters.packs.reports import ReportTemplate, read_report
from grandunion.adapters.packs.returns import Returns
from grandunion.adapters.packs.sections import (
    Area,
    Calendar,
    Claim,
    Concept,
    Disagreement,
    Hub,
    Indicator,
    NamedOrganisation,
    Office,
    Pack,
    Plan,
    Programme,
    Source,
    TermList,
)
from grandunion.adapters.packs.service import DeskRules, Institution, Limit, OfficeLevel, ServiceLevel
from grandunion.adapters.packs.sheets import Node, read_sheet
from grandunion.adapters.packs.views import View
from grandunion.terms.verdicts import Invalid, Problem

Row = TypeVar("Row")
SECTIONS: dict[str, tuple[tuple[str, type], ...]] = {
    "sources.yaml": (("sources", Source),),
    "areas.yaml": (("areas", Area),),
    "organisations.yaml": (("organisations", NamedOrganisation),),
    "offices.yaml": (("offices", Office),),
    "programmes.yaml": (("programmes", Programme),),
    "indicators.yaml": (("indicators", Indicator),),
    "concepts.yaml": (("concepts", Concept),),
    "plans.yaml": (("plans", Plan),),
    "claims.yaml": (("claims", Claim), ("disagreements", Disagreement)),
    "sla.yaml": (("service_levels", ServiceLevel), ("reminders", Limit)),
    "routes.yaml": (("levels", OfficeLevel), ("institutions", Institution)),
    "views.yaml": (("views", View),),
}
WHOLE = {"hub.toml": Hub, "calendar.yaml": Calendar, "desk.yaml": DeskRules, "returns.yaml": Returns}
KNOWN_FILES = (*SECTIONS, *WHOLE)


def read_pack(folder: Path) -> Pack:
    """The pack in a folder. Raises Invalid with every mistake (file and line in `field`)."""
    desk = Desk()
    pack = open_pack(folder, desk)
    desk.prove_references()
    refuse_mistakes(desk)
    return pack


def read_demo(folder: Path) -> Demo:
    """The demonstration set of the pack in a folder. Raises Invalid with every mistake."""
    desk = Desk()
    open_pack(folder, desk)
    demo = open_demo(folder, desk)
    desk.prove_references()
    refuse_mistakes(desk)
    return demo


def refuse_mistakes(desk: Desk) -> None:
    """Go on only when nothing is wrong."""
    found = desk.mistakes()
    if found:
        raise Invalid(*(Problem(f"{item.file}:{item.line}", item.said(), item.line) for item in found))


def open_pack(folder: Path, desk: Desk) -> Pack:
    """The pack as far as it can be read; mistakes go to the desk."""
    found: dict[str, object] = {}
    for file, parts in SECTIONS.items():
        sheet = open_sheet(folder, file, desk)
        refuse_keys(sheet, [key for key, _ in parts], desk)
        for key, cls in parts:
            found[key] = read_section(sheet, key, cls, desk)
    for file, cls in WHOLE.items():
        found[file.split(".", maxsplit=1)[0]] = read_row(cls, open_sheet(folder, file, desk), desk)
    found["lists"] = tuple(read_lists(folder, desk))
    found["reports"] = tuple(read_reports(folder, desk))
    return Pack(**found)


def open_demo(folder: Path, desk: Desk) -> Demo:
    """The demonstration set as far as it can be read; mistakes go to the desk."""
    sheets = [open_sheet(folder, name, desk) for name in files_below(folder, "demo")]
    return read_demo_sections(sheets, desk)


def open_sheet(folder: Path, name: str, desk: Desk) -> Node:
    """One file of the pack; an unreadable or missing one is a mistake and reads as empty."""
    nothing = Node({}, name, 1)
    path = folder / name
    if not path.is_file():
        desk.complain(nothing, f"{name} is missing. Add it to {folder.name}.", f"缺少 {name}，请补充到 {folder.name}。")
        return nothing
    try:
        return read_sheet(path, name)
    except BrokenSheet as broken:
        desk.problems.append(broken.problem)
        return nothing


def read_section(sheet: Node, key: str, cls: Callable[..., Row], desk: Desk) -> tuple[Row, ...]:
    """The rows under one key of a file."""
    kind = Rows(is_required=bool(sheet.value), row=cls, section=key, empty=())
    return kind.read(key, sheet, desk)


def refuse_keys(sheet: Node, known: list[str], desk: Desk) -> None:
    """A file's first level has its sections and, for all its rows, `source` and `verified_on`."""
    if not isinstance(sheet.value, dict):
        desk.complain(sheet, f"The file begins with “{known[0]}:”.", f"文件应以“{known[0]}:”开头。")
        return
    for key, node in sheet.value.items():
        if key not in known and key not in INHERITED:
            en, zh = nearest(key, known)
            desk.complain(node, f"“{key}” is not a section of this file. {en}", f"本文件没有“{key}”一节。{zh}")


def read_lists(folder: Path, desk: Desk) -> Iterator[TermList]:
    """Every file of the folder `lists`."""
    for name in files_below(folder, "lists"):
        sheet = open_sheet(folder, name, desk)
        if sheet.value:
            yield read_list(sheet, desk)


def read_reports(folder: Path, desk: Desk) -> Iterator[ReportTemplate]:
    """Every file of the folder `reports`, a template each."""
    for name in files_below(folder, "reports"):
        sheet = open_sheet(folder, name, desk)
        if sheet.value:
            yield read_report(sheet, desk)


def read_list(sheet: Node, desk: Desk) -> TermList:
    found = read_row(TermList, sheet, desk, "lists")
    terms = sheet.get("terms")
    for term, row in zip(found.terms, terms.rows() if terms else (), strict=False):
        place = row.get("code") or row
        if term.parent and term.parent not in desk.codes.get(f"list:{found.code}", {}):
            desk.complain(
                row.get("parent") or row,
                f"The parent “{term.parent}” stands nowhere above. Put parents before their children.",
                f"上级“{term.parent}”未在前面出现，请把上级排在下级之前。",
            )
        desk.register(f"list:{found.code}", term.code, place)
    return found


def files_below(folder: Path, part: str) -> list[str]:
    """The YAML files of a sub-folder by name, as the pack calls them."""
    return sorted(str(path.relative_to(folder)) for path in (folder / part).rglob("*.yaml"))


def unread_files(folder: Path) -> list[str]:
    """Files of the pack that no reader opens."""
    read = {*KNOWN_FILES, *files_below(folder, "lists"), *files_below(folder, "reports"), *files_below(folder, "demo")}
    there = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    names = sorted(str(path.relative_to(folder)) for path in there)
    return [name for name in names if name not in read and not name.endswith(".md")]
