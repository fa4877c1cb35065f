"""Signed reports stand on the portal once they were published by decision, with PDF, evidence and errata; no others."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from grandunion.records.plans import WorkReport
from grandunion.terms.readers import Reader
from grandunion.terms.work_reports import Check
from grandunion.work.actions.plans import reports as deeds
from grandunion.work.queries.plans import reports
from tests.cast import NOON
from tests.interfaces.test_web_work_reports import PAULA, page, paula, pete, report, signed, signed_in  # noqa: F401
from tests.work.test_work_reports import template  # noqa: F401

HOME = "/reports/"
ADDRESSES = ("", "report.pdf?language=zh", "evidence.json")


@pytest.fixture
def published(signed: WorkReport, paula: Reader) -> WorkReport:  # noqa: F811
    return deeds.move(signed, "publish", by=paula, at=NOON)


def test_nobody_finds_a_report_on_the_portal_before_it_is_published(signed: WorkReport) -> None:  # noqa: F811
    for client in (Client(), signed_in(PAULA)):
        assert signed.number not in page(client, HOME)
        assert signed.number not in client.get("/sitemap.xml").content.decode()
        for part in ADDRESSES:
            assert client.get(f"{HOME}{signed.number}/{part}").status_code == 404


@pytest.mark.parametrize(("language", "says"), [("zh", "新入驻企业846家"), ("en", "846 companies came")])
def test_everybody_reads_a_published_report_in_both_languages_with_its_errata(
    published: WorkReport,
    paula: Reader,  # noqa: F811
    language: str,
    says: str,
) -> None:
    values = {"now_zh": "845家", "now_en": "845 companies", "reason_en": "One was counted twice."}
    deeds.correct(published, "1.1.claimed", values, by=paula, at=NOON + timedelta(days=1))
    anybody = Client(headers={"Accept-Language": language})
    assert published.number in page(anybody, HOME)
    assert f"{HOME}{published.number}/" in anybody.get("/sitemap.xml").content.decode()
    said = page(anybody, f"{HOME}{published.number}/")
    for words in (says, published.digest, "845", "One was counted twice."):
        assert words in said
    for person in ("paula", "pete", "Paula", "Pete"):
        assert person not in said
    printed = anybody.get(f"{HOME}{published.number}/report.pdf?language={language}")
    assert printed.content.startswith(b"%PDF-1.7")
    assert anybody.get(f"{HOME}{published.number}/report.pdf?language=fr").status_code == 404


def test_the_evidence_for_everybody_proves_the_seal_and_lists_no_record(published: WorkReport) -> None:
    kept = json.loads(Client().get(f"{HOME}{published.number}/evidence.json").content)
    assert kept["digest"] == published.digest
    counted = [one for one in kept["proofs"].values() if "records" in one]
    assert [(one["records"], one["hidden"]) for one in counted] == [([], 2)]
    assert "PRJ-" not in json.dumps(kept)
    assert "pete" not in json.dumps(kept).lower()
    alone, _ = reports.verify(kept, NOON, is_alone=True)
    assert {one.check for one in alone} == {Check.HOLDS, Check.UNKNOWN}


def test_a_published_report_is_read_in_a_bounded_number_of_questions(published: WorkReport, queries) -> None:
    client = Client()
    client.get(f"{HOME}{published.number}/")
    with queries(at_most=6):
        page(client, f"{HOME}{published.number}/")
