"""Who is told what of the views they keep."""

from grandunion.terms.messages import MessageKind
from grandunion.terms.text import Text
from grandunion.work.queries.messages import audiences as to
from grandunion.work.queries.messages.rules.pieces import Rule

RULES = (
    Rule("view.week", MessageKind.FIGURES, (to.keeper,),
         Text("Your weekly figures are here.", "您订阅的每周指标已更新。")),
)  # fmt: skip
