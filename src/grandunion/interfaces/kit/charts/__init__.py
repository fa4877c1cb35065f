"""Charts drawn on the server as SVG in the house's own colours: plain numbers in, markup out.

Every chart stands in a figure with title, unit, source and day, and with the same numbers as a table beneath;
whatever has an address is a link, in the drawing and in the table. What is hidden or not counted is drawn as such.
"""

from grandunion.interfaces.kit.charts.bars import bars, columns
from grandunion.interfaces.kit.charts.frame import framed
from grandunion.interfaces.kit.charts.funnels import funnel
from grandunion.interfaces.kit.charts.lines import lines
from grandunion.interfaces.kit.charts.marks import About, Band, Point, Series, Step, short
from grandunion.interfaces.kit.charts.places import places

__all__ = [
    "About", "Band", "Point", "Series", "Step", "bars", "columns", "framed", "funnel", "lines", "places", "short",
]  # fmt: skip
