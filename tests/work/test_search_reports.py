"""The one box finds work reports and periodic returns too: each for those who may open it, and for nobody else."""

import pytest

from grandunion.records.plans import Return, WorkReport
from grandunion.terms.readers import Reader, visitor
from grandunion.terms.roles import Role
from grandunion.work.actions.plans import reports as deeds
from grandunion.work.queries import search
from grandunion.work.queries.parties import reader_of
from tests.cast import NOON, make_user
from tests.work.test_returns import asked, form, partner, pia, pia_user
from tests.work.test_work_reports import colleague, planner, report, signed, template

__all__ = ["asked", "colleague", "form", "partner", "pia", "pia_user", "planner", "report", "signed", "template"]
pytestmark = pytest.mark.django_db


def found(words: str, reader: Reader) -> list[tuple[str, str]]:
    return [(hit.section, hit.number) for group in search.everywhere(words, reader) for hit in group.hits]


def test_a_report_is_found_by_those_who_work_on_it_and_once_published_by_everybody(
    signed: WorkReport,
    planner: Reader,
    dee: Reader,
) -> None:
    here = [("work-reports", signed.number)]
    others = (dee, visitor(NOON), reader_of(make_user("bea@bureau.example", Role.BUREAU), NOON))
    assert found("年度报告", planner) == here
    assert search.exact(signed.number.lower(), planner) == here[0]
    assert [hit.name.zh for hit in search.suggested("年度报告", planner)] == ["年度报告（2026 年度）"]
    for reader in others:
        assert (found("年度报告", reader), search.exact(signed.number, reader)) == ([], None)
        assert search.suggested(signed.number, reader) == ()
    deeds.move(signed, "publish", by=planner, at=NOON)
    for reader in others:
        assert found("年度报告", reader) == here


def test_a_report_is_found_under_its_new_name(report: WorkReport, planner: Reader) -> None:
    deeds.edit(report, {"title_en": "Zirconium review"}, by=planner, at=NOON)
    assert found("zirconium", planner) == [("work-reports", report.number)]


def test_a_return_is_found_by_its_reporter_and_by_the_hub_and_by_nobody_else(
    asked: Return,
    pia: Reader,
    ada: Reader,
    dee: Reader,
) -> None:
    for reader in (pia, ada):
        assert found("partner return", reader) == [("returns", asked.number)]
        (hit,) = search.suggested(asked.number, reader)
        assert (hit.section, hit.number) == ("returns", asked.number)
    assert "派合伙人" in search.everywhere("partner return", ada)[-1].hits[0].detail.zh
    for reader in (dee, visitor(NOON)):
        assert (found("partner return", reader), search.exact(asked.number, reader)) == ([], None)
