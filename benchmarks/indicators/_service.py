"""Needs with those who answer them, matches, events with their visitors, scenarios with their trials, challenges."""

from datetime import date, timedelta

from benchmarks.indicators._days import Drawn, Walk, day_of, moment, numbered, stamps
from grandunion.adapters.rows import insert_many
from grandunion.records.events import Event, Registration
from grandunion.records.matches import Match
from grandunion.records.needs import Assignment, Need
from grandunion.records.scenarios import Challenge, Opportunity, Proposal, Trial

CLOSED = ("closed_solved",) * 6 + ("closed_partly", "closed_partly", "closed_explained", "closed_unsolved")
CHALLENGE = ("need_collected", "screened", "list_published", "bids_open", "review", "signed", "in_progress")
SCENARIO = ("collected", "refined", "approved", "published", "matching", "selected", "testing", "accepted")


def needs(count: int, drawn: Drawn) -> list[int]:
    """Received, answered, closed; some are spam, some go to a higher desk, some are opened again and closed again."""
    numbers, rows, walks = numbered("NED"), [], []
    for n in range(count):
        walk = drawn.walk(("received",), 1, 1)
        if not drawn.on(walk, "spam", 3, 0.03):
            drawn.on(walk, "escalated", 20, 0.06)
            if drawn.on(walk, "answered", 30, 0.85):
                _closes(walk, drawn)
        is_closed = walk[-1][0].startswith("closed")
        rows.append({
            "number": next(numbers), "title_en": f"Need {n}", "category": "technology", "area_id": drawn.area(),
            "received_at": moment(walk[0][1]), "closed_at": moment(walk[-1][1]) if is_closed else None,
            "satisfaction": drawn.chance.randrange(1, 6) if is_closed and drawn.happens(0.7) else None,
            "raised_at": "EVT-B-000001" if drawn.happens(0.1) else "", **stamps(walk),
        })  # fmt: skip
        walks.append(walk)
    ids = insert_many(Need, rows)
    drawn.keep("need", ids, walks)
    return ids


def _closes(walk: Walk, drawn: Drawn) -> None:
    """Closed, perhaps opened again, perhaps closed again."""
    if drawn.on(walk, drawn.chance.choice(CLOSED), 30, 0.85) and drawn.on(walk, "reopened", 40, 0.06):
        drawn.on(walk, drawn.chance.choice(CLOSED), 30, 0.7)


def assignments(needs_: list[int], drawn: Drawn) -> None:
    """One or two offices for each need; most have a deadline, most answer, not all in time."""
    rows = []
    for place, need in enumerate(needs_):
        for _ in range(2 if place % 3 == 0 else 1):
            day = drawn.day()
            is_answered = drawn.happens(0.8)
            rows.append({
                "need_id": need, "organisation_id": drawn.organisation(), "assigned_at": moment(day),
                "state": "done_helped" if is_answered else "taking_care",
                "due_at": moment(day + timedelta(days=14)) if drawn.happens(0.9) else None,
                "answered_at": moment(drawn.after(day, 20, 0)) if is_answered else None,
            })  # fmt: skip
    insert_many(Assignment, rows)


def matches(needs_: list[int], drawn: Drawn) -> None:
    """Suggested, sent, introduced, and what came of it; both sides consent before they are introduced."""
    numbers, rows, walks = numbered("MAT"), [], []
    for need in needs_:
        walk = drawn.walk(("suggested", "sent", "introduced", "meeting", "success"), 0.8, 30)
        if walk[-1][0] in ("introduced", "meeting"):
            drawn.on(walk, "failed", 60, 0.3)
        introduced, sent = day_of(walk, "introduced"), day_of(walk, "sent")
        rows.append({
            "number": next(numbers), "market": "technology", "need_id": need, "area_id": drawn.area(),
            "offering_id": drawn.organisation(), "offering_accepted_at": moment(introduced) if introduced else None,
            "needing_accepted_at": moment(sent) if sent and drawn.happens(0.8) else None, **stamps(walk),
        })  # fmt: skip
        walks.append(walk)
    drawn.keep("match", insert_many(Match, rows), walks)


def events(count: int, visitors: int, drawn: Drawn) -> None:
    """Most are held, some called off; those registered come or do not."""
    numbers, rows, walks = numbered("EVT"), [], []
    for n in range(count):
        walk = drawn.walk(("planned", "registration_open", "held", "minutes_confirmed", "done"), 0.9, 30)
        held = day_of(walk, "held")
        if held is None:
            drawn.on(walk, "cancelled", 20, 0.5)
        starts = moment(held - timedelta(days=n % 3)) if held else moment(drawn.after(walk[-1][1], 30))
        rows.append({
            "number": next(numbers), "title_en": f"Event {n}", "area_id": drawn.area(), "starts_at": starts,
            "event_kind": drawn.chance.choice(("meeting", "roadshow", "forum")),
            "ends_at": starts + timedelta(hours=2), **stamps(walk),
        })  # fmt: skip
        walks.append(walk)
    ids = insert_many(Event, rows)
    drawn.keep("event", ids, walks)
    _registrations([(pk, walk[-1][1]) for pk, walk in zip(ids, walks, strict=True)], visitors, drawn)


def _registrations(events_: list[tuple[int, date]], visitors: int, drawn: Drawn) -> None:
    numbers, rows = numbered("REG"), []
    for event, day in events_:
        for n in range(visitors):
            is_known = drawn.happens(0.6)
            rows.append({
                "number": next(numbers), "event_id": event, "state_at": moment(day), "registered_at": moment(day),
                "state": drawn.chance.choice(("attended", "attended", "attended", "no_show", "withdrawn")),
                "attends_as": drawn.chance.choice(("enterprise", "enterprise", "guest", "expert")),
                "organisation_id": drawn.organisation() if is_known else None,
                "organisation_en": "" if is_known or n % 7 == 0 else f"Firm {drawn.chance.randrange(5000)}",
            })  # fmt: skip
    insert_many(Registration, rows)


def scenarios(count: int, drawn: Drawn) -> None:
    """Published, matched, tried; each trial belongs to the proposal of a supplier."""
    numbers, rows, walks = numbered("SCN"), [], []
    for n in range(count):
        walk = drawn.walk(SCENARIO, 0.92, 40)
        rows.append({"number": next(numbers), "title_en": f"Scenario {n}", "area_id": drawn.area(), **stamps(walk)})
        walks.append(walk)
    ids = insert_many(Opportunity, rows)
    drawn.keep("opportunity", ids, walks)
    _trials([(pk, day) for pk, walk in zip(ids, walks, strict=True) if (day := day_of(walk, "testing"))], drawn)


def _trials(opportunities: list[tuple[int, date]], drawn: Drawn) -> None:
    numbers = numbered("PRP")
    pages = [
        {"number": next(numbers), "opportunity_id": pk, "owner_id": drawn.organisation(), **stamps([("selected", day)])}
        for pk, day in opportunities
    ]
    rows = []
    for (pk, day), proposal in zip(opportunities, insert_many(Proposal, pages), strict=True):
        is_over = drawn.happens(0.7)
        rows.append({
            "opportunity_id": pk, "proposal_id": proposal, "site": "A yard", "starts_on": day, "began_at": moment(day),
            "ended_at": moment(drawn.after(day, 90)) if is_over else None,
            "is_passed": drawn.happens(0.7) if is_over else None,
        })  # fmt: skip
    insert_many(Trial, rows)


def challenges(count: int, drawn: Drawn) -> None:
    """Announced, reviewed, signed for a sum."""
    numbers, rows, walks = numbered("OCL"), [], []
    for n in range(count):
        walk = drawn.walk(CHALLENGE, 0.92, 40)
        signed = day_of(walk, "signed")
        rows.append({
            "number": next(numbers), "title_en": f"Challenge {n}", "area_id": drawn.area(), "signed_on": signed,
            "contract_value": drawn.chance.randrange(10**5, 10**7) if signed else None,
            "currency": drawn.chance.choice(("CNY",) * 9 + ("USD",)), **stamps(walk),
        })  # fmt: skip
        walks.append(walk)
    drawn.keep("challenge", insert_many(Challenge, rows), walks)
