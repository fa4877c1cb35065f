"""The bare database: the statements of each case written by hand, their rows fetched and nothing done with them."""

from collections.abc import Sequence

from django.db import connection

ORGANISATIONS = """
SELECT o.number, o.name_zh, o.name_en, o.organisation_kind, a.name_zh, a.name_en, i.name_zh, i.name_en, o.size, o.city,
       o.founded_on, o.sort_key, o.id
FROM records_organisation o LEFT JOIN records_term a ON a.id = o.area_id
LEFT JOIN records_term i ON i.id = o.industry_id WHERE o.organisation_kind = %s ORDER BY o.sort_key, o.id LIMIT 51
"""
PROJECT_COLUMNS = """
SELECT p.number, p.title_zh, p.title_en, p.state, p.phase, p.next_step, p.next_step_on, o.name_zh, o.name_en,
       f.name_zh, f.name_en, a.name_zh, a.name_en, u.name_zh, u.name_en, p.updated_at, p.id
FROM records_project p LEFT JOIN records_organisation o ON o.id = p.owner_id
LEFT JOIN records_term f ON f.id = p.field_id LEFT JOIN records_term a ON a.id = p.area_id
LEFT JOIN records_user u ON u.id = p.in_charge_id
"""
PROJECTS = PROJECT_COLUMNS + "WHERE p.phase = %s ORDER BY p.updated_at DESC, p.id DESC LIMIT 51"
FOUND = PROJECT_COLUMNS + "WHERE p.id IN ({words}) ORDER BY p.updated_at DESC, p.id DESC LIMIT 51"
FTS5 = "SELECT rowid FROM search_project WHERE search_project MATCH %s"
TSVECTOR = "SELECT subject_id FROM search_project WHERE vector @@ %s::tsquery"
PROJECT = """
SELECT p.*, o.number, c.number, a.code, f.code, i.code, n.number, h.number, u.name_zh, u.name_en
FROM records_project p LEFT JOIN records_organisation o ON o.id = p.owner_id
LEFT JOIN records_organisation c ON c.id = p.company_id LEFT JOIN records_term a ON a.id = p.area_id
LEFT JOIN records_term f ON f.id = p.field_id LEFT JOIN records_term i ON i.id = p.industry_id
LEFT JOIN records_organisation n ON n.id = p.university_id LEFT JOIN records_organisation h ON h.id = p.host_partner_id
LEFT JOIN records_user u ON u.id = p.in_charge_id WHERE p.number = %s
"""
LIVING = "FROM records_organisation o WHERE o.status NOT IN ('merged', 'closed')"
AREAS = (
    f"SELECT o.area_id, COUNT(*) {LIVING} GROUP BY o.area_id",
    f"SELECT o.organisation_kind, COUNT(*) {LIVING} AND o.area_id = %s GROUP BY o.organisation_kind",
    f"SELECT o.industry_id, COUNT(*) {LIVING} AND o.area_id = %s GROUP BY o.industry_id",
)


def ask(sql: str, *values: object) -> list[tuple]:
    """One statement and its rows."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def found(pairs: Sequence[str]) -> list[tuple]:
    """The latest changed fifty projects that hold the index words one after the other."""
    if connection.vendor == "sqlite":
        return ask(FOUND.format(words=FTS5), f'"{" ".join(pairs)}"')
    return ask(FOUND.format(words=TSVECTOR), " <-> ".join(pairs))


def areas(area_id: int) -> list[list[tuple]]:
    """Organisations by area, and in one area by kind and by industry."""
    return [ask(AREAS[0]), ask(AREAS[1], area_id), ask(AREAS[2], area_id)]
