"""Projects with their proofs, visits and contracts; achievements with their rights."""

from benchmarks.indicators._days import Drawn, Walk, day_of, made, moment, numbered, stamps
from grandunion.adapters.rows import insert_many
from grandunion.records.achievements import Achievement, IntellectualProperty, RightsCase
from grandunion.records.projects import Contract, Project, ProofOfConcept, Visit

THREAD = ("lead", "qualified", "evaluated", "introduced", "term_sheet", "contract_signed", "landed")
CHAIN = (*THREAD[:-1], "company_registered", "first_funding", "landed")
LIBRARY = ("submitted", "evaluated", "in_library", "rights_review", "linked_to_project", "transformed")
CONTRACTS = ("draft", "signed", "registered")
PATENTS = ("invention_patent", "utility_model", "design", "software_copyright")


def projects(count: int, drawn: Drawn) -> list[int]:
    """From lead to landing as far as each comes; some rest on the way, some are lost, and some of those come back."""
    numbers, rows, walks = numbered("PRJ"), [], []
    for n in range(count):
        walk = drawn.walk(CHAIN, 0.86, 40)
        if walk[-1][0] != "landed":
            _strays(walk, drawn)
        landed, has_company = day_of(walk, "landed"), day_of(walk, "company_registered") is not None
        rows.append({
            "number": next(numbers), "title_en": f"Project {n}", "area_id": drawn.area(), "landed_on": landed,
            "company_id": drawn.organisation() if landed or (has_company and drawn.happens(0.8)) else None,
            "university_id": drawn.organisation() if drawn.happens(0.5) else None,
            "route": drawn.chance.choice(("start_up", "licence", "")), "lost_reason": _reason(walk, drawn),
            "source_region": drawn.chance.choice(("domestic", "domestic", "overseas", "")),
            "first_funding": drawn.chance.randrange(10**5, 10**7) if drawn.happens(0.9) else None, **stamps(walk),
        })  # fmt: skip
        walks.append(walk)
    ids = insert_many(Project, rows)
    drawn.keep("project", ids, walks)
    _visits([pk for pk, walk in zip(ids, walks, strict=True) if walk[-1][0] == "landed"], drawn)
    return ids


def _strays(walk: Walk, drawn: Drawn) -> None:
    stood = walk[-1][0]
    if drawn.on(walk, "on_hold", 30, 0.08):
        drawn.on(walk, stood, 60, 0.7)
    elif drawn.on(walk, "lost", 30, 0.15) and drawn.on(walk, stood, 60, 0.2):
        drawn.on(walk, "lost", 30, 0.3)


def _reason(walk: Walk, drawn: Drawn) -> str:
    return drawn.chance.choice(("price_too_high", "no_demand", "")) if day_of(walk, "lost") else ""


def _visits(projects_: list[int], drawn: Drawn) -> None:
    rows = []
    for project in projects_:
        day = drawn.day()
        rows.append({
            "project_id": project, "label": "month_3", "due_on": day, "visited_on": day if drawn.happens(0.8) else None,
            "revenue": drawn.chance.randrange(10**8) if drawn.happens(0.8) else None,
        })  # fmt: skip
    insert_many(Visit, rows)


def proofs(projects_: list[int], drawn: Drawn) -> None:
    """A proof of concept for some."""
    rows = []
    for project in projects_[::8]:
        day, is_over = drawn.day(), drawn.happens(0.7)
        rows.append({
            "project_id": project, "technical_question": "Does it work?", "starts_on": day,
            "ended_on": drawn.after(day, 90) if is_over else None,
            "result": drawn.chance.choice(("go", "go", "pivot", "stop")) if is_over else "",
        })  # fmt: skip
    insert_many(ProofOfConcept, rows)


def contracts(projects_: list[int], drawn: Drawn) -> None:
    """Drafted, signed, registered; some of those changed, and some cancelled."""
    numbers, rows, walks = numbered("TCT"), [], []
    for project in projects_[::4]:
        walk, total = drawn.walk(CONTRACTS, 0.9, 30), drawn.chance.randrange(10_000, 5_000_000)
        if walk[-1][0] == "registered":
            drawn.on(walk, "changed", 60, 0.2)
            drawn.on(walk, "cancelled", 90, 0.1)
        rows.append({
            "number": next(numbers), "project_id": project, "title": "A contract", "state": walk[-1][0],
            "contract_kind": drawn.chance.choice(("licence", "transfer", "service")),
            "currency": drawn.chance.choice(("CNY",) * 9 + ("USD",)), "signed_on": day_of(walk, "signed"),
            "seller_id": drawn.organisation(), "buyer_id": drawn.organisation(),
            "value_total": total, "value_technical": total // 2, **made(walk[0][1], walk[-1][1]),
        })  # fmt: skip
        walks.append(walk)
    drawn.keep("contract", insert_many(Contract, rows), walks)


def achievements(count: int, drawn: Drawn) -> None:
    """Disclosed, evaluated, in the library, transformed; some are withdrawn, and some never leave the draft."""
    numbers, rows, walks = numbered("ACH"), [], []
    for n in range(count):
        walk = drawn.walk(("draft", *LIBRARY), 0.88, 40)
        if walk[-1][0] in ("draft", "submitted", "evaluated"):
            drawn.on(walk, "withdrawn", 40, 0.2)
        rows.append({
            "number": next(numbers), "title_en": f"Achievement {n}", "area_id": drawn.area(),
            "owner_id": drawn.organisation(), **stamps(walk),
        })  # fmt: skip
        walks.append(walk)
    ids = insert_many(Achievement, rows)
    drawn.keep("achievement", ids, walks)
    _patents(ids, drawn)
    _cases(ids[::5], drawn)


def _patents(achievements_: list[int], drawn: Drawn) -> None:
    rows = []
    for achievement in achievements_:
        day, is_granted = drawn.day(), drawn.happens(0.5)
        rows.append({
            "achievement_id": achievement, "ip_type": drawn.chance.choice(PATENTS),
            "status": "granted" if is_granted else "filed", "filed_on": day if drawn.happens(0.95) else None,
            "granted_on": drawn.after(day, 300, 30) if is_granted else None,
        })  # fmt: skip
    insert_many(IntellectualProperty, rows)


def _cases(achievements_: list[int], drawn: Drawn) -> None:
    numbers, rows, walks = numbered("RGT"), [], []
    for achievement in achievements_:
        walk = drawn.walk(("draft", "unit_review", "approved", "agreement_signed"), 0.9, 30)
        rows.append({
            "number": next(numbers), "achievement_id": achievement, "scheme": "licence", "state": walk[-1][0],
            "created_at": moment(walk[0][1]), "updated_at": moment(walk[-1][1]),
        })  # fmt: skip
        walks.append(walk)
    drawn.keep("rights", insert_many(RightsCase, rows), walks)
