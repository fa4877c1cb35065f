"""Reads and checks packs: the folders that hold everything particular to one hub."""

from grandunion.adapters.packs.checking import check_pack, sound_pack
from grandunion.adapters.packs.demo import Demo
from grandunion.adapters.packs.finding import find_mapping, find_pack, list_packs
from grandunion.adapters.packs.mappings import Mapping, read_mapping
from grandunion.adapters.packs.problems import PackProblem
from grandunion.adapters.packs.reading import read_demo, read_pack
from grandunion.adapters.packs.sections import Pack

__all__ = [
    "Demo",
    "Mapping",
    "Pack",
    "PackProblem",
    "check_pack",
    "find_mapping",
    "find_pack",
    "list_packs",
    "read_demo",
    "read_mapping",
    "read_pack",
    "sound_pack",
]
