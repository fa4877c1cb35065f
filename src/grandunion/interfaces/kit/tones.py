"""The tone of a state: what is done well, in the making, waiting for somebody, or gone wrong."""

STATES = {
    "good": "closed_solved landed growing graduated success in_library registered transformed approved evaluated "
    "completed closed title_changed disposable rated called_back contract_registered active verified "
    "done_helped published registration_open attended complete accepted demonstration scaled settled "
    "awarded",
    "gold": "introduced negotiating term_sheet contract_signed company_registered space_assigned first_funding "
    "interested linked_to_project agreement_signed actions_tracked selected shortlisted",
    "progress": "evaluating due_diligence poc matching dispatched triage screening in_hand meeting unit_review "
    "tto_review monitoring submitted_for_registration taking_care month_3 month_6 month_12 check "
    "profile_ready qualified answered signed held minutes_draft minutes_confirmed testing review "
    "in_progress acceptance bids_open in_review",
    "info": "list_published bids_closed notice screened refined submitted received lead contacted sent viewed "
    "suggested waiting public_notice rights_review",
    "warn": "more_info correction at_risk on_hold reopened escalated closed_partly expired changed stalled paused "
    "returned",
    "bad": "no_show lost failed closed_unsolved rejected not_registered revoked declined breached spam "
    "disqualified terminated",
}
TONES = {code: tone for tone, codes in STATES.items() for code in codes.split()}


def tone(code: object) -> str:
    """The tone of a state's code; neutral where nothing is said of it."""
    return TONES.get(str(code), "neutral")
