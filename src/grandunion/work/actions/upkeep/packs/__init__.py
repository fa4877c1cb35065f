"""Loads a pack into the hub; a second load of the same files changes nothing."""

from grandunion.work.actions.upkeep.packs.loading import load_pack
from grandunion.work.actions.upkeep.packs.tally import Tally

__all__ = ["Tally", "load_pack"]
