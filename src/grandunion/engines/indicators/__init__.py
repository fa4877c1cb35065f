"""What figures mean: how they stand to a target, how they are said, and whether two of them agree."""

from grandunion.engines.indicators.agreement import Said, agreement, worst
from grandunion.engines.indicators.explaining import figure_of, sentence
from grandunion.engines.indicators.foreseeing import Coming, Foreseen, Question, Trials, unknown
from grandunion.engines.indicators.masking import LEAST, masked
from grandunion.engines.indicators.progress import met, progress, standing
from grandunion.engines.indicators.projection import Journey, chances, coming, pace, project
from grandunion.engines.indicators.reconciling import About, Difference, Saying, differences
from grandunion.engines.indicators.recording import Counted, Recorded, recorded, recorded_sentence
from grandunion.engines.indicators.replay import as_then
from grandunion.engines.indicators.rules import AnyOf, Condition, Dating, Ratio, Rule, conditions, fields_of, read
from grandunion.engines.indicators.saying import said
from grandunion.engines.indicators.spans import Span, came, evaluator, evaluator_of_many, stands
from grandunion.engines.indicators.splitting import Sum, divided, split, steps, summed
from grandunion.engines.indicators.trending import trend
from grandunion.engines.indicators.why_not import why_not
from grandunion.engines.indicators.wording import qualified, written

__all__ = [
    "LEAST",
    "About",
    "AnyOf",
    "Coming",
    "Condition",
    "Counted",
    "Dating",
    "Difference",
    "Foreseen",
    "Journey",
    "Question",
    "Ratio",
    "Recorded",
    "Rule",
    "Said",
    "Saying",
    "Span",
    "Sum",
    "Trials",
    "agreement",
    "as_then",
    "came",
    "chances",
    "coming",
    "conditions",
    "differences",
    "divided",
    "evaluator",
    "evaluator_of_many",
    "fields_of",
    "figure_of",
    "masked",
    "met",
    "pace",
    "progress",
    "project",
    "qualified",
    "read",
    "recorded",
    "recorded_sentence",
    "said",
    "sentence",
    "split",
    "standing",
    "stands",
    "steps",
    "summed",
    "trend",
    "unknown",
    "why_not",
    "worst",
    "written",
]
