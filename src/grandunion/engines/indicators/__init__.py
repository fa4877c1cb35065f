"""What figures mean: how they stand to a target, how they are said, and whether two of them agree."""

from grandunion.engines.indicators.agreement import Said, agreement, worst
from grandunion.engines.indicators.explaining import figure_of, sentence
from grandunion.engines.indicators.masking import LEAST, masked
from grandunion.engines.indicators.progress import met, progress, standing
from grandunion.engines.indicators.reconciling import About, Difference, Saying, differences
from grandunion.engines.indicators.recording import Counted, Recorded, recorded, recorded_sentence
from grandunion.engines.indicators.replay import as_then
from grandunion.engines.indicators.rules import AnyOf, Condition, Dating, Ratio, Rule, fields_of, read
from grandunion.engines.indicators.spans import Span, evaluator
from grandunion.engines.indicators.splitting import Sum, divided, split, steps, summed
from grandunion.engines.indicators.wording import qualified, written

__all__ = [
    "LEAST",
    "About",
    "AnyOf",
    "Condition",
    "Counted",
    "Dating",
    "Difference",
    "Ratio",
    "Recorded",
    "Rule",
    "Said",
    "Saying",
    "Span",
    "Sum",
    "agreement",
    "as_then",
    "differences",
    "divided",
    "evaluator",
    "fields_of",
    "figure_of",
    "masked",
    "met",
    "progress",
    "qualified",
    "read",
    "recorded",
    "recorded_sentence",
    "sentence",
    "split",
    "standing",
    "steps",
    "summed",
    "worst",
    "written",
]
