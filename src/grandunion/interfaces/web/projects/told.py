"""How the time line of a project tells its moves: as done, where a button says what to do.

Only English tells the two apart; in Chinese the name of the move serves for both.
"""

from collections.abc import Mapping

from grandunion.terms.text import Text
from grandunion.work.queries.projects import MOVES

DONE: Mapping[str, str] = {
    "contact": "recorded the first contact",
    "verify": "verified the lead",
    "begin_triage": "began triage",
    "investigate": "began due diligence",
    "begin_poc": "began the proof of concept",
    "end_poc": "ended the proof of concept",
    "pass_evaluation": "passed the evaluation",
    "reassess": "had it assessed again",
    "finish_profile": "finished the profile",
    "begin_matching": "began matching",
    "introduce": "recorded the introduction",
    "negotiate": "began negotiating",
    "go_own_way": "took the own-company route",
    "agree_terms": "recorded the term sheet",
    "match_again": "began matching again",
    "sign_contract": "recorded the contract",
    "fall_through": "recorded that the contract fell through",
    "register_contract": "recorded the contract's registration",
    "register_company": "recorded the company",
    "assign_space": "recorded the space",
    "record_funding": "recorded the first funding",
    "land": "confirmed the landing",
    "begin_month_3": "began the three-month visit",
    "begin_month_6": "began the six-month visit",
    "begin_month_12": "began the twelve-month visit",
    "begin_check": "began the yearly check",
    "find_growing": "found it growing",
    "find_at_risk": "found it at risk",
    "find_stalled": "found it stalled",
    "graduate": "let it graduate",
    "exit": "recorded the exit",
    "fail": "recorded the failure",
    "hold": "put it on hold",
    "resume": "resumed it",
    "lose": "recorded the loss",
    "win_back": "took it up again",
    "contract_sign": "recorded the contract's signature",
    "contract_submit": "submitted the contract for registration",
    "contract_ask_correction": "asked for a correction of the contract",
    "contract_correct": "handed in the correction of the contract",
    "contract_register": "registered the contract",
    "contract_refuse_registration": "refused the contract's registration",
    "contract_submit_again": "submitted the contract again",
    "contract_change": "recorded a change of the contract",
    "contract_cancel": "cancelled the contract's registration",
    "contract_complete": "recorded the contract's completion",
    "contract_report_breach": "reported a breach of the contract",
    "contract_remedy": "recorded the remedy of the breach",
    "contract_terminate": "terminated the contract",
}
TOLD: Mapping[str, Text] = {verb: Text(DONE[verb.removeprefix("project.")], label.zh) for verb, label in MOVES.items()}
