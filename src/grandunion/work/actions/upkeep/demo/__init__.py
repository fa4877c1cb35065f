"""Loads the demonstration set of a pack: its people live through their days, by the same actions as everybody."""

from grandunion.work.actions.upkeep.demo.loading import load_demo

__all__ = ["load_demo"]
