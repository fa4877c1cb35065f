"""The same counts written by hand: one SQL statement for each figure, by month, over the same tables."""

# ruff: noqa: S608, E501 - statements of this file, each on the lines it needs
# fmt: off

from collections.abc import Iterator
from enum import Enum
from itertools import pairwise

from benchmarks.indicators._dialects import AT, Dialect
from benchmarks.indicators._transfer import THREAD


class Way(Enum):
    """What the rows of a statement are, and how they are added up."""

    FLOW = "area, month, amount: from January on"
    EVER = "area, month, amount: from the beginning on"
    HELD = "area, month, amount, since, until: from January on, as long as it holds"
    STOCK = "area, since, until, amount: as long as it holds"
    ONCE = "area, since, until, id: as long as it holds, each id once"
    MIDDLE = "area, month, days, how many of them: the middle from January on"
    MEAN = "area, month, sum, how many: their quotient from January on"


Statement = tuple[str, Way, str]  # figure, way, SQL
LIVING = (
    "lead", "qualified", "evaluated", "introduced", "term_sheet", "contract_signed", "company_registered",
    "first_funding",
)
OPEN = ("received", "answered", "reopened", "escalated")
LIBRARY = ("in_library", "rights_review", "linked_to_project", "transformed")
HELD = ("held", "minutes_draft", "minutes_confirmed", "actions_tracked", "done")
IN_HUB = {
    "organisations_in_hub": ("enterprise", "institute", "service_institution"), "enterprises_in_hub": ("enterprise",),
    "research_institutions_in_hub": ("institute",), "service_institutions_in_hub": ("service_institution",),
}
RECOGNISED = {
    "high_tech_enterprises": "high_tech_enterprise", "technology_smes": "technology_sme",
    "little_giants": "little_giant", "gazelles": "gazelle",
}
SHARES = {
    **{f"conversion_{to}": (f"thread_{to}", f"thread_{of}") for of, to in pairwise(THREAD)},
    "needs_solved_share": ("needs_closed_solved", "needs_closed"),
    "answers_in_time_share": ("assignments_in_time", "assignments_answered"),
    "match_success_share": ("matches_succeeded", "matches_introduced"),
    "contract_technical_share": ("contract_value_technical", "contract_value_total"),
}
CAME = {  # figure → flow, state, table, what leads to the area
    **{f"thread_{state}": ("project", state, "project", "") for state in THREAD},
    "achievements_evaluated": ("achievement", "evaluated", "achievement", ""),
    "achievements_transformed": ("achievement", "transformed", "achievement", ""),
    "needs_answered": ("need", "answered", "need", ""),
    "needs_escalated": ("need", "escalated", "need", ""),
    "matches_introduced": ("match", "introduced", "match", ""),
    "matches_succeeded": ("match", "success", "match", ""),
    "rights_agreements": ("rights", "agreement_signed", "rightscase", "achievement"),
    "scenarios_published": ("opportunity", "published", "opportunity", ""),
    "challenges_published": ("challenge", "list_published", "challenge", ""),
}
DATED = {  # figure → table, what leads to the area, day, condition, amount
    "enterprises_landed": ("project", "", "landed_on", "r.company_id IS NOT NULL", "COUNT(*)"),
    "projects_landed": ("project", "", "landed_on", "", "COUNT(*)"),
    "proofs_of_concept": ("proofofconcept", "project", "starts_on", "", "COUNT(*)"),
    "proofs_of_concept_go": ("proofofconcept", "project", "ended_on", "r.result = 'go'", "COUNT(*)"),
    "revenue_of_landed_companies": ("visit", "project", "visited_on", "r.revenue IS NOT NULL", "SUM(r.revenue)"),
    "trials_begun": ("trial", "opportunity", "starts_on", "", "COUNT(*)"),
    "challenges_signed": ("challenge", "", "signed_on", "", "COUNT(*)"),
    "challenge_contract_value": ("challenge", "", "signed_on", "r.currency = 'CNY' AND r.contract_value IS NOT NULL", "SUM(r.contract_value)"),
    **{
        f"patents_{what}": ("intellectualproperty", "achievement", f"{what}_on", "r.ip_type IN ('invention_patent', 'utility_model', 'design')", "COUNT(*)")
        for what in ("filed", "granted")
    },
}
TIMED = {  # the same by a moment
    "projects_from_overseas": ("project", "", "created_at", "r.source_region = 'overseas'"),
    "assignments_answered": ("assignment", "need", "answered_at", "r.due_at IS NOT NULL"),
    "assignments_in_time": ("assignment", "need", "answered_at", "r.answered_at <= r.due_at"),
    "needs_closed": ("need", "", "closed_at", "r.state LIKE 'closed%'"),
    "trials_passed": ("trial", "opportunity", "ended_at", "r.is_passed"),
}


def statements(d: Dialect) -> Iterator[Statement]:
    """Every figure that is counted, but for the shares."""
    for code, (flow, state, table, parent) in CAME.items():
        yield code, Way.FLOW, f"SELECT {_area(parent)}, {d.month.format('s.' + AT)}, COUNT(*) FROM ({_first(flow, state, d)}) s JOIN records_{table} r ON r.id = s.subject_id {_to(parent)} GROUP BY 1, 2"
    for code, (table, parent, day, where, amount) in DATED.items():
        yield code, Way.FLOW, _dated(table, parent, f"r.{day}", where, amount, d.month_of)
    for code, (table, parent, at, where) in TIMED.items():
        yield code, Way.FLOW, _dated(table, parent, f"r.{at}", where, "COUNT(*)", d.month)
    yield from _projects(d)
    yield from _organisations(d)
    yield from _needs(d)
    yield from _contracts(d)
    yield from _others(d)


def _area(parent: str) -> str:
    return "p.area_id" if parent else "r.area_id"


def _to(parent: str) -> str:
    return f"JOIN records_{parent} p ON p.id = r.{parent}_id" if parent else ""


def _listed(codes: tuple[str, ...]) -> str:
    return ", ".join(f"'{one}'" for one in codes)


SHARED = (
    f"CREATE TEMPORARY TABLE came AS SELECT flow, target, subject_id, MIN({AT}) AS {AT} FROM records_step GROUP BY flow, target, subject_id",
    f"CREATE TEMPORARY TABLE stood AS SELECT flow, target, subject_id, {AT}, LEAD({AT}) OVER (PARTITION BY flow, subject_id ORDER BY {AT}, id) AS until FROM records_step",
    f"CREATE INDEX came_to ON came (flow, target, subject_id, {AT})",
    f"CREATE INDEX stood_in ON stood (flow, target, subject_id, {AT}, until)",
)


def _first(flow: str, state: str, d: Dialect) -> str:
    """When each record of a flow first came to a state."""
    if d.is_shared:
        return f"SELECT subject_id, {AT} FROM came WHERE flow = '{flow}' AND target = '{state}'"
    return f"SELECT subject_id, MIN({AT}) AS {AT} FROM records_step WHERE flow = '{flow}' AND target = '{state}' GROUP BY subject_id"


def _stretches(flow: str, states: tuple[str, ...], d: Dialect) -> str:
    """From when until when each record stood in one of these states."""
    if d.is_shared:
        return f"SELECT subject_id, {AT}, until FROM stood WHERE flow = '{flow}' AND target IN ({_listed(states)})"
    steps = f"SELECT subject_id, target, {AT}, LEAD({AT}) OVER (PARTITION BY subject_id ORDER BY {AT}, id) AS until FROM records_step WHERE flow = '{flow}'"
    return f"SELECT subject_id, {AT}, until FROM ({steps}) w WHERE target IN ({_listed(states)})"


def _dated(table: str, parent: str, on: str, where: str, amount: str, month: str) -> str:
    also = f" AND {where}" if where else ""
    return f"SELECT {_area(parent)}, {month.format(on)}, {amount} FROM records_{table} r {_to(parent)} WHERE {on} IS NOT NULL{also} GROUP BY 1, 2"


def _projects(d: Dialect) -> Iterator[Statement]:
    for of, to in pairwise(THREAD):
        yield f"days_{to}", Way.MIDDLE, (
            f"SELECT r.area_id, {d.month.format('b.' + AT)}, {d.between('b.' + AT, 'a.' + AT)}, COUNT(*) FROM ({_first('project', of, d)}) a "
            f"JOIN ({_first('project', to, d)}) b ON a.subject_id = b.subject_id JOIN records_project r ON r.id = a.subject_id WHERE a.{AT} <= b.{AT} GROUP BY 1, 2, 3"
        )
    yield "projects_in_hand", Way.STOCK, _standing("project", LIVING, d)
    for code, where in (("projects_lost", ""), ("projects_lost_price", " WHERE r.lost_reason = 'price_too_high'")):
        month = d.month.format("s." + AT)
        yield code, Way.HELD, (
            f"SELECT r.area_id, {month}, COUNT(*), {month}, {d.month.format('s.until')} FROM ({_stretches('project', ('lost',), d)}) s "
            f"JOIN records_project r ON r.id = s.subject_id{where} GROUP BY 1, 2, 4, 5"
        )
    yield "source_universities", Way.EVER, (
        f"SELECT area_id, {d.month.format(AT)}, COUNT(*) FROM (SELECT area_id, university_id, MIN(created_at) AS {AT} FROM records_project "
        "WHERE university_id IS NOT NULL GROUP BY 1, 2) f GROUP BY 1, 2"
    )
    yield "first_funding_amount", Way.FLOW, (
        f"SELECT r.area_id, {d.month.format('s.' + AT)}, SUM(r.first_funding) FROM ({_first('project', 'first_funding', d)}) s "
        "JOIN records_project r ON r.id = s.subject_id WHERE r.first_funding IS NOT NULL GROUP BY 1, 2"
    )
    yield "start_ups_formed", Way.FLOW, (
        f"SELECT area_id, month, COUNT(*) FROM (SELECT r.area_id, COALESCE(r.company_id, -r.id) AS company, MIN({d.month.format('s.' + AT)}) AS month "
        f"FROM ({_first('project', 'company_registered', d)}) s JOIN records_project r ON r.id = s.subject_id WHERE r.route = 'start_up' "
        f"GROUP BY 1, 2, substr({d.month.format('s.' + AT)}, 1, 4)) f GROUP BY 1, 2"
    )


def _standing(table: str, states: tuple[str, ...], d: Dialect) -> str:
    """A stock of records of a flow that has a table of the same name."""
    return (
        f"SELECT r.area_id, {d.month.format('s.' + AT)}, {d.month.format('s.until')}, COUNT(*) FROM ({_stretches(table, states, d)}) s "
        f"JOIN records_{table} r ON r.id = s.subject_id GROUP BY 1, 2, 3"
    )


def _told(verb: str) -> str:
    return f"SELECT subject_id, MAX({AT}) AS {AT} FROM records_entry WHERE subject_kind = 'organisation' AND verb = 'organisation.{verb}' GROUP BY 1"


def _organisations(d: Dialect) -> Iterator[Statement]:
    landed, merged = "MIN(landed_on) AS landed_on FROM records_project WHERE landed_on IS NOT NULL", "r.merged_into_id IS NULL"
    closed = f"LEFT JOIN ({_told('closed')}) c ON c.subject_id = r.id AND r.status = 'closed'"
    until, first = d.month.format("c." + AT), f"(SELECT company_id, {landed} AND company_id IS NOT NULL GROUP BY 1) f JOIN records_organisation r ON r.id = f.company_id"
    yield "technology_enterprises_landed", Way.FLOW, f"SELECT r.area_id, {d.month_of.format('f.landed_on')}, COUNT(*) FROM {first} WHERE {merged} GROUP BY 1, 2"
    yield "start_ups_active", Way.STOCK, f"SELECT r.area_id, {d.month_of.format('f.landed_on')}, {until}, COUNT(*) FROM {first} {closed} WHERE {merged} GROUP BY 1, 2, 3"
    kinds = _listed(IN_HUB["organisations_in_hub"])
    became = f"LEFT JOIN ({_told('incorporated')}) b ON b.subject_id = r.id"
    made = d.month.format("r.created_at")
    yield "partners_registered", Way.STOCK, f"SELECT r.area_id, {made}, {until}, COUNT(*) FROM records_organisation r {closed} WHERE {merged} AND r.organisation_kind = 'partner' GROUP BY 1, 2, 3"
    grown = f"CASE WHEN r.organisation_kind <> 'team' THEN COALESCE({d.month_of.format('r.incorporated_on')}, {d.month.format('b.' + AT)}) END"
    ended = f"CASE WHEN c.{AT} IS NULL OR {grown} < {until} THEN {grown} ELSE {until} END"
    yield "teams_before_incorporation", Way.STOCK, (
        f"SELECT r.area_id, {made}, {ended}, COUNT(*) FROM records_organisation r {closed} {became} "
        f"WHERE {merged} AND (r.organisation_kind = 'team' OR b.{AT} IS NOT NULL) GROUP BY 1, 2, 3"
    )
    begun = f"COALESCE({d.month_of.format('r.incorporated_on')}, {d.month.format('b.' + AT)})"
    landing = d.month_of.format("r.landed_on")
    grown_up = f"CASE WHEN b.{AT} IS NULL THEN {landing} ELSE {d.later.format(landing, begun)} END"
    yield "organisations_landed", Way.HELD, f"SELECT r.area_id, {landing}, COUNT(*), {grown_up}, NULL FROM records_organisation r {became} WHERE r.landed_on IS NOT NULL AND {merged} AND r.organisation_kind IN ({kinds}) GROUP BY 1, 2, 4"
    came = f"COALESCE({landing}, {made})"
    since = d.later.format(came, f"COALESCE({begun}, '')")
    hub = f"FROM records_organisation r {closed} {became} {{0}} WHERE {merged} AND r.organisation_kind IN ({{1}})"
    for code, those in IN_HUB.items():
        yield code, Way.STOCK, f"SELECT r.area_id, {since}, {until}, COUNT(*) {hub.format('', _listed(those))} GROUP BY 1, 2, 3"
    yield from _recognised(d, since, until, hub, kinds)


def _recognised(d: Dialect, since: str, until: str, hub: str, kinds: str) -> Iterator[Statement]:
    """Organisations in the hub while a recognition stands; each counts once, however often it was recognised."""
    start = f"COALESCE({d.month_of.format('l.starts_on')}, {d.text.format('l.year')} || '-01')"
    ends = d.month_of.format("l.ends_on")
    stop = f"CASE WHEN l.ends_on IS NULL OR {until} < {ends} THEN {until} ELSE {ends} END"
    recognised = "JOIN records_organisationlabel l ON l.organisation_id = r.id JOIN records_term t ON t.id = l.label_id AND t.code IN ({0})"
    while_ = f"SELECT r.area_id, {d.later.format(since, start)}, {stop}, r.id "
    for code, label in RECOGNISED.items():
        yield code, Way.ONCE, while_ + hub.format(recognised.format(f"'{label}'"), kinds)
    listed = f"SELECT r.area_id, {since}, {until}, r.id {hub.format('', kinds)} AND r.stock_symbol <> ''"
    yield "listed_and_unicorns", Way.ONCE, f"{listed} UNION ALL {while_}{hub.format(recognised.format(_listed(('listed', 'unicorn'))), kinds)}"


def _needs(d: Dialect) -> Iterator[Statement]:
    received, closed = d.month.format("r.received_at"), d.month.format("r.closed_at")
    spam = f"LEFT JOIN ({_first('need', 'spam', d)}) s ON s.subject_id = r.id"
    for code, where in (("needs_received", ""), ("needs_raised_at_events", " AND r.raised_at <> ''")):
        yield code, Way.HELD, (
            f"SELECT r.area_id, {received}, COUNT(*), {received}, {d.month.format('s.' + AT)} FROM records_need r {spam} "
            f"WHERE r.received_at IS NOT NULL{where} GROUP BY 1, 2, 5"
        )
    solved = d.month.format("s." + AT)
    yield "needs_closed_solved", Way.HELD, (
        f"SELECT r.area_id, {solved}, COUNT(*), {solved}, {d.month.format('s.until')} FROM ({_stretches('need', ('closed_solved',), d)}) s "
        "JOIN records_need r ON r.id = s.subject_id GROUP BY 1, 2, 5"
    )
    yield "needs_open", Way.STOCK, _standing("need", OPEN, d)
    yield "need_answer_days", Way.MIDDLE, (
        f"SELECT r.area_id, {d.month.format('s.' + AT)}, {d.between('s.' + AT, 'r.received_at')}, COUNT(*) FROM ({_first('need', 'answered', d)}) s "
        "JOIN records_need r ON r.id = s.subject_id WHERE r.received_at IS NOT NULL GROUP BY 1, 2, 3"
    )
    yield "need_closing_days", Way.MIDDLE, (
        f"SELECT r.area_id, {closed}, {d.between('r.closed_at', 'r.received_at')}, COUNT(*) FROM records_need r "
        "WHERE r.closed_at IS NOT NULL AND r.state LIKE 'closed%' GROUP BY 1, 2, 3"
    )
    yield "need_satisfaction", Way.MEAN, (
        f"SELECT r.area_id, {closed}, SUM(r.satisfaction), COUNT(*) FROM records_need r "
        "WHERE r.closed_at IS NOT NULL AND r.satisfaction IS NOT NULL GROUP BY 1, 2"
    )
    both = d.later.format("r.needing_accepted_at", "r.offering_accepted_at")
    yield "matches_accepted", Way.FLOW, (
        f"SELECT r.area_id, {d.month.format(both)}, COUNT(*) FROM records_match r "
        "WHERE r.needing_accepted_at IS NOT NULL AND r.offering_accepted_at IS NOT NULL GROUP BY 1, 2"
    )


def _contracts(d: Dialect) -> Iterator[Statement]:
    states = ", ".join(f"MIN(CASE WHEN target = '{one}' THEN {AT} END) AS {one}" for one in ("registered", "cancelled"))
    steps = f"SELECT subject_id, {states} FROM records_step WHERE flow = 'contract' AND target IN ('registered', 'cancelled') GROUP BY 1"
    registered, cny = d.month.format("s.registered"), " AND r.currency = 'CNY'"
    for code, amount, where in (
        ("contracts_registered", "COUNT(*)", ""), ("contract_value_total", "SUM(r.value_total)", cny),
        ("contract_value_technical", "SUM(r.value_technical)", cny),
    ):
        yield code, Way.HELD, (
            f"SELECT p.area_id, {registered}, {amount}, {registered}, {d.month.format('s.cancelled')} FROM ({steps}) s "
            f"JOIN records_contract r ON r.id = s.subject_id JOIN records_project p ON p.id = r.project_id WHERE s.registered IS NOT NULL{where} GROUP BY 1, 2, 5"
        )
    for code, amount, where in (("licences_executed", "COUNT(*)", ""), ("licence_value", "SUM(r.value_total)", cny)):
        yield code, Way.FLOW, _dated("contract", "project", "r.signed_on", f"r.contract_kind = 'licence' AND r.state <> 'draft'{where}", amount, d.month_of)


def _others(d: Dialect) -> Iterator[Statement]:
    disclosed = d.month.format("s." + AT)
    yield "achievements_disclosed", Way.HELD, (
        f"SELECT r.area_id, {disclosed}, COUNT(*), {disclosed}, {d.month.format('w.' + AT)} FROM ({_first('achievement', 'submitted', d)}) s "
        f"LEFT JOIN ({_first('achievement', 'withdrawn', d)}) w ON w.subject_id = s.subject_id JOIN records_achievement r ON r.id = s.subject_id GROUP BY 1, 2, 5"
    )
    yield "achievements_in_library", Way.STOCK, _standing("achievement", LIBRARY, d)
    yield "events_held", Way.HELD, (
        f"SELECT r.area_id, {d.month.format('r.starts_at')}, COUNT(*), {d.month.format('s.' + AT)}, NULL FROM ({_first('event', 'held', d)}) s "
        f"JOIN records_event r ON r.id = s.subject_id WHERE r.state IN ({_listed(HELD)}) GROUP BY 1, 2, 4"
    )
    yield "event_visitors", Way.FLOW, _dated("registration", "event", "p.starts_at", "r.state = 'attended'", "COUNT(*)", d.month)
    month = d.month.format("p.starts_at")
    firm = f"COALESCE({d.text.format('r.organisation_id')}, NULLIF(r.organisation_zh, ''), NULLIF(r.organisation_en, ''), '#' || {d.text.format('r.id')})"
    yield "enterprises_at_meeting", Way.FLOW, (
        f"SELECT area_id, month, COUNT(*) FROM (SELECT p.area_id, {firm} AS firm, MIN({month}) AS month FROM records_registration r JOIN records_event p ON p.id = r.event_id "
        f"WHERE p.event_kind = 'meeting' AND r.attends_as = 'enterprise' AND r.state = 'attended' GROUP BY 1, 2, substr({month}, 1, 4)) f GROUP BY 1, 2"
    )
    yield "firms_in_trials", Way.EVER, (
        f"SELECT area_id, {d.month_of.format('day')}, COUNT(*) FROM (SELECT o.area_id, p.owner_id, MIN(r.starts_on) AS day FROM records_trial r JOIN records_opportunity o "
        "ON o.id = r.opportunity_id JOIN records_proposal p ON p.id = r.proposal_id GROUP BY 1, 2) f GROUP BY 1, 2"
    )
    yield "technology_managers", Way.ONCE, (
        f"SELECT o.area_id, {d.month_of.format('r.starts_on')}, {d.month_of.format('r.ends_on')}, r.person_id FROM records_position r "
        "JOIN records_organisation o ON o.id = r.organisation_id WHERE r.role = 'technology_manager'"
    )
