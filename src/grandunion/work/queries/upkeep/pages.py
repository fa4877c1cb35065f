"""The pages of docs/generated: the flows' diagrams and who may do what."""

from grandunion.engines.flows import ALL_FLOWS, drawing


def pages() -> dict[str, str]:
    """Every generated page by its path from the root of the sources."""
    return drawing.pages(ALL_FLOWS.values())
