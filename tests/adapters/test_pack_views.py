"""Dashboards in a pack: each role has one, and a chart that cannot be drawn is refused with file and line."""

from pathlib import Path

import pytest

from grandunion.terms.roles import Role
from tests.adapters.test_packs import copy, mistakes, spoil
from tests.packs import hefei_pack

__all__ = ["copy"]
FILE = "views.yaml"


def test_every_role_has_a_dashboard_and_one_is_public():
    views = hefei_pack().views
    assert {role for view in views for role in view.roles} == set(Role)
    assert [view.code for view in views if view.is_public] == ["public"]
    assert {view.level.value for view in views} >= {"hub", "area", "district", "city", "province", "partner"}


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("indicators: [needs_received, needs_closed_solved], title_zh: 需求",
         "indicators: [needs_received, projects_landed], title_zh: 需求", "one unit"),
        ("{chart: funnel, title_zh", "{chart: funnel, indicators: [projects_landed], title_zh", "0 to 0 indicators"),
        ("chart: bars, cut: university", "chart: bars, cut: month", "is cut by one of"),
        ("chart: lines, cut: month", "chart: lines, cut: area", "is cut by one of"),
        ("cut: field, indicators: [achievements_disclosed]", "cut: field, indicators: [achievement_disclosed]",
         "achievements_disclosed"),
        ("chart: funnel", "chart: pie", "not known here"),
        ("  roles: [officer]\n", "", "Nobody sees it"),
        ("roles: [planner]\n", "roles: [planner]\n  is_public: true\n", "Only one view is public"),
    ],
)  # fmt: skip
def test_a_chart_that_cannot_be_drawn_is_refused(copy: Path, before: str, after: str, says: str):
    spoil(copy, FILE, before, after)
    found = [one for one in mistakes(copy) if one.file == FILE]
    assert found
    assert any(says in one.said().en for one in found), [one.said().en for one in found]
    assert all(one.line >= 1 for one in found)
