"""What figures mean: how they stand to a target, how they are said, and whether two of them agree."""

from grandunion.engines.indicators.agreement import Said, agreement, worst
from grandunion.engines.indicators.masking import LEAST, masked
from grandunion.engines.indicators.progress import met, progress, standing
from grandunion.engines.indicators.wording import qualified, written

__all__ = ["LEAST", "Said", "agreement", "masked", "met", "progress", "qualified", "standing", "worst", "written"]
