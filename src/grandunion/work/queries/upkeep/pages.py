"""The pages of docs/generated: the flows' diagrams, who may do what, and how figures are counted."""

from grandunion.adapters.packs import find_pack, read_pack
from grandunion.engines.flows import ALL_FLOWS, drawing
from grandunion.work.queries.upkeep import indicator_pages


def pages() -> dict[str, str]:
    """Every generated page by its path from the root of the sources."""
    return {**drawing.pages(ALL_FLOWS.values()), **indicator_pages.pages(read_pack(find_pack("hefei")))}
