"""Reads for the upkeep of the hub: imports made, packs, generated pages, checks."""
