"""Who is told what of scenarios and open challenges."""

from grandunion.terms.messages import MessageKind
from grandunion.terms.text import Text
from grandunion.work.queries.messages import audiences as to
from grandunion.work.queries.messages.rules.pieces import Rule, moved

SCENARIO = MessageKind.SCENARIO

RULES = (
    Rule("opportunity.*", SCENARIO, (to.in_charge, to.owners),
         Text("{number} is now: {state}.", "{number} 当前状态：{state}。"), moved),
    Rule("capability.*", SCENARIO, (to.in_charge, to.owners),
         Text("{number} is now: {state}.", "{number} 当前状态：{state}。"), moved),
    Rule("challenge.*", SCENARIO, (to.in_charge, to.owners),
         Text("{number} is now: {state}.", "{number} 当前状态：{state}。"), moved),
    Rule("proposal.*", SCENARIO, (to.owners,),
         Text("Your proposal {number} is now: {public_state}.",
              "您的方案 {number} 当前状态：{public_state}。"), moved),
    Rule("bid.*", SCENARIO, (to.owners,),
         Text("Your bid {number} is now: {public_state}.", "您的揭榜申请 {number} 当前状态：{public_state}。"), moved),
)  # fmt: skip
