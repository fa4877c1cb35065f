"""Organisations with their recognitions, closings and incorporations, and persons with their positions."""

from datetime import date, timedelta

from benchmarks.indicators._days import FIRST, Drawn, made, moment, numbered
from grandunion.adapters.rows import insert_many
from grandunion.records.journal import Entry
from grandunion.records.lists import Term
from grandunion.records.parties import Organisation, OrganisationLabel, Person, Position

COMPANY, OTHERS = "enterprise", ("institute", "institute", "service_institution", "investor", "team", "partner")
KINDS = (*(COMPANY,) * 6, *OTHERS, "university")
LABELS = ("high_tech_enterprise", "technology_sme", "little_giant", "gazelle", "unicorn", "listed")
ROLES = ("technology_manager", "technology_manager", "founder", "researcher")


def organisations(count: int, drawn: Drawn) -> list[int]:
    """Some close, some are merged into another, some teams become companies; the journal tells of it."""
    numbers, rows, told = numbered("ORG"), [], []
    for n in range(count):
        day, kind = drawn.day(), drawn.chance.choice(KINDS)
        is_closed, became = drawn.happens(0.04), kind == COMPANY and drawn.happens(0.05)
        landed = drawn.day() if n % 3 else None
        rows.append({
            "number": next(numbers), "organisation_kind": kind, "name_en": f"Organisation {n}",
            "status": "closed" if is_closed else "active", "area_id": drawn.chance.choice([*drawn.areas, None]),
            "landed_on": landed, "stock_symbol": f"{n:06d}.SH" if drawn.happens(0.01) else "",
            "incorporated_on": drawn.day() if drawn.happens(0.5) else None, **made(day),
        })  # fmt: skip
        told += [(n, "organisation.closed", drawn.day(day))] if is_closed else []
        told += [(n, "organisation.incorporated", drawn.day(day))] if became else []
    ids = insert_many(Organisation, rows)
    merged = {"status": "merged", "merged_into": ids[0]}
    Organisation.objects.unscoped("the benchmark merges some").filter(pk__in=ids[99::100]).update(**merged)
    _tell([(ids[n], verb, day) for n, verb, day in sorted(told, key=lambda one: one[2])])
    return ids


def _tell(told: list[tuple[int, str, date]]) -> None:
    """Entries of the journal."""
    start = Entry.objects.count()
    rows = [
        {"at": moment(day), "actor_name": "x", "verb": verb, "subject_kind": "organisation", "subject_id": pk,
         "values": {}, "digest": "x"}
        for pk, verb, day in told
    ]  # fmt: skip
    insert_many(Entry, rows, list(range(start + 1, start + 1 + len(rows))))


def recognitions(drawn: Drawn) -> None:
    """Up to two recognitions of a third of the organisations; some end, some are given anew before they end."""
    terms = dict(Term.objects.filter(list="labels").values_list("code", "pk"))
    rows = []
    for organisation in drawn.organisations[::3]:
        for code in drawn.chance.sample(LABELS, 2):
            day = drawn.day()
            ends = drawn.after(day, 500, 60) if drawn.happens(0.5) else None
            given = {"organisation_id": organisation, "label_id": terms[code]}
            rows.append({**given, "year": 2024, "starts_on": day if drawn.happens(0.8) else None, "ends_on": ends})
            if ends and drawn.happens(0.3):
                again = ends - timedelta(days=drawn.chance.randrange(30))
                rows.append({**given, "year": 2026, "starts_on": again, "ends_on": None})
    insert_many(OrganisationLabel, rows)


def positions(count: int, drawn: Drawn) -> None:
    """Persons with up to three positions each."""
    numbers = numbered("PER")
    people = insert_many(
        Person, [{"number": next(numbers), "name_en": f"Person {n}", **made(FIRST)} for n in range(count)]
    )
    rows = []
    for person in people:
        for place, role in enumerate(drawn.chance.choices(ROLES, k=drawn.chance.randrange(1, 4))):
            day = drawn.day() + timedelta(days=place)
            rows.append({
                "person_id": person, "organisation_id": drawn.organisation(), "role": role, "starts_on": day,
                "ends_on": drawn.after(day, 400, 10) if drawn.happens(0.4) else None,
            })  # fmt: skip
    insert_many(Position, rows)
