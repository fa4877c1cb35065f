"""Finds packs and mapping files, in a source checkout or in the installed wheel."""

from pathlib import Path

import grandunion
from grandunion.adapters.packs.desk import nearest
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent

PACKAGE = Path(grandunion.__file__).resolve().parent
CHECKOUT = PACKAGE.parents[1]  # src/grandunion → the checkout


def find_pack(name: str | Path) -> Path:
    """The folder of a pack: a folder that is named, or a pack that ships with the house. Raises Absent."""
    if Path(name).is_dir() and (Path(name) / "hub.toml").is_file():
        return Path(name).resolve()
    for place in places("packs"):
        if (place / str(name) / "hub.toml").is_file():
            return place / str(name)
    raise absent("pack", "包", str(name), list_packs())


def list_packs() -> list[str]:
    """The names of the packs that ship with the house."""
    return sorted({path.parent.name for place in places("packs") for path in place.glob("*/hub.toml")})


def find_mapping(name: str | Path) -> Path:
    """A mapping file: one that is named, or one that ships with the house. Raises Absent."""
    if Path(name).suffix in {".yaml", ".yml"} and Path(name).is_file():
        return Path(name).resolve()
    for place in places("mappings"):
        if (place / f"{name}.yaml").is_file():
            return place / f"{name}.yaml"
    known = sorted({path.stem for place in places("mappings") for path in place.glob("*.yaml")})
    raise absent("mapping", "映射文件", str(name), known)


def places(folder: str) -> list[Path]:
    """Where such folders are: inside the installed package, beside the sources."""
    found = [PACKAGE / folder]
    if (CHECKOUT / "pyproject.toml").is_file():
        found.append(CHECKOUT / folder)
    return [place for place in found if place.is_dir()]


def absent(what: str, zh_what: str, name: str, known: list[str]) -> Absent:
    en, zh = nearest(name, known)
    return Absent(Text(f"There is no {what} “{name}”. {en}", f"没有名为“{name}”的{zh_what}。{zh}"))
