"""Who may read and set what each reason counts for on a market."""

from grandunion.terms.readers import Reader
from grandunion.terms.verdicts import YES, Verdict, no


def may_read_weights(reader: Reader) -> Verdict:
    """Everybody who works for the hub reads the weights and how they came about."""
    if reader.is_house or reader.reads_rows:
        return YES
    return no("The weights are read by the hub's officers and planners.", "权重仅供服务专员和规划专员查看。")


def may_weigh(reader: Reader) -> Verdict:
    """An officer for all areas sets the weights: they rank the candidates of every area."""
    if reader.is_house or (reader.is_officer and reader.areas is None):
        return YES
    return no(
        "Only officers who serve all areas set the weights, for they rank the candidates of every area.",
        "权重影响所有片区的排序，仅限负责全部片区的服务专员设定。",
    )
