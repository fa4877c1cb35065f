"""Three reports on 2023 out of one data set: each level says, in both languages, what its own report said."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from grandunion.adapters.packs import Pack
from grandunion.engines.reporting import recounted as again
from grandunion.records.plans import Indicator, WorkReport
from grandunion.terms.readers import Reader
from grandunion.terms.roles import Role
from grandunion.terms.work_reports import BoundChange
from grandunion.work.actions.plans import reports as deeds
from grandunion.work.queries import plans
from grandunion.work.queries.parties import reader_of
from grandunion.work.queries.plans import reports
from tests.cast import NOON, make_organisation, make_user
from tests.figures import recounted
from tests.work.test_plans import make_need, make_project, passed

HEFEI = Path(__file__).parents[2] / "packs" / "hefei"
# What the founding document says of each report, sentence by sentence, as this hub writes it.
SAID = {
    "anhui-2023": (
        ("科大硅谷建设势头良好，新入驻科技型企业846家，新增创新创业人才近万人，建成海内外创新中心9家。",
         "The Grand Union of Innovation gained positive momentum, with 846 new technology-based enterprises, nearly "
         "10,000 innovative and entrepreneurial talents, and nine innovation centres established at home and abroad."),
        ("科大硅谷今后建设超过60个高水平创新单元。",
         "The Grand Union of Innovation will establish over 60 high-quality innovation units in the future."),
        ("推动科大硅谷与科技商学院、羚羊工业互联网平台协同，以协同机制营造富有竞争力的开放创新生态。",
         "The province works for synergies among the GUI, the Business School of Sci-tech and the Ling Yang Industrial "
         "Internet Platform, fostering a competitive and open innovation ecosystem."),
    ),
    "hefei-2023": (
        ("着力营造创新生态、汇聚全球人才，科大硅谷建设高品质创新创业空间300万平方米，"
         "面向全球招募创新单元合伙人36家，设立海内外创新中心9家。",
         "To foster innovation ecosystems and attract global talent, the hub constructed 3 million square metres of "
         "high-quality innovation and entrepreneurship space, recruited 36 partners for innovation units from all over "
         "the world, and established nine domestic and international innovation centres."),
        ("服务、链接校友近万人，落地科技项目800余个，加快成为链接全球创新网络、集聚高端创新资源的标志性高地。",
         "The hub served and connected with nearly 10,000 alumni and landed over 800 technology projects, on its way "
         "to a prominent highland that links the global innovation network and gathers high-end innovative resources."),
        ("推进科大硅谷建设，设立风投创投集聚区。",
         "To advance the development of the hub, the city will set up a venture capital district."),
        ("高质量运营海内外创新中心10家，新招募全球合伙人20家，新增创新单元30个。",
         "The hub will operate 10 high-quality domestic and international innovation centres, recruit 20 new global "
         "partners and add 30 innovation units."),
    ),
    "shushan-2023": (
        ("科大硅谷蜀山园签约首批全球合伙人8家。",
         "The Shushan Area of the Grand Union of Innovation signed contracts with its first eight global partners."),
        ("科大硅谷蜀山园专项规划全面完成。",
         "The special planning for the Shushan Area was comprehensively completed."),
        ("聚力建设科大硅谷蜀山园，围绕人工智能、元宇宙等未来产业谋划布局，打造省级未来产业先导区。",
         "The district focuses on the development of the Shushan Area: strategic planning for future industries such "
         "as artificial intelligence and the metaverse, aiming to establish a leading provincial-level area for "
         "future industries."),
        ("推进科创载体建设。",
         "It will advance the construction of sci-tech innovation carriers."),
    ),
}  # fmt: skip


@pytest.fixture
def planner(db: None) -> Reader:
    return reader_of(make_user("planner@hub.example", Role.PLANNER), NOON)


def begun(code: str, planner: Reader) -> WorkReport:
    return deeds.draft(reports.template(code), by=planner, at=NOON)


def told_of(report: WorkReport, planner: Reader) -> set[str]:
    """The claims that the note to the planner is about."""
    return {one.claim.code for note in reports.notes(reports.body(report, NOON), planner) for one in note.claims}


@pytest.mark.parametrize("code", SAID)
def test_each_level_says_what_its_report_said(hefei: Pack, planner: Reader, code: str) -> None:
    report = begun(code, planner)
    body = reports.body(report, NOON)
    assert tuple((line.text.zh, line.text.en) for line in body.lines) == SAID[code]
    assert report.year == 2023
    assert {chip.change for line in body.lines for chip in line.chips} == {BoundChange.SAME}
    assert body.facts() == {"sentences": len(SAID[code]), "typed": 0, "stale": 0, "gaps": 0, "open_comments": 0}


def test_the_planner_is_told_what_contradicts(hefei: Pack, planner: Reader) -> None:
    """The 846, the centres, partners and units, talent in the province's; alumni and floor area in the city's."""
    told = {code: told_of(begun(code, planner), planner) for code in SAID}
    assert {"province-enterprises-2023", "press-enterprises-2023", "city-projects-2023"} <= told["anhui-2023"]
    assert {"province-centres-2023", "city-centres-2023"} <= told["anhui-2023"]
    assert {"province-talents-2023", "press-talents-2023"} <= told["anhui-2023"]
    assert {"city-partners-2023", "press-partners-2023"} <= told["hefei-2023"]
    assert {"city-space-2023", "plan-land"} <= told["hefei-2023"]
    assert {"city-alumni-2023", "press-alumni-organisations-2024"} <= told["hefei-2023"]
    assert {"shushan-partners-2023", "city-partners-2023"} <= told["shushan-2023"]
    assert "city-space-2023" not in told["shushan-2023"]


def test_the_note_names_the_cause(hefei: Pack, planner: Reader) -> None:
    causes = {note.cause.en for note in reports.notes(reports.body(begun("anhui-2023", planner), NOON), planner)}
    assert {"Enterprise or project", "Flow or stock", "Qualifier", "Translation", "Partner or unit"} <= causes


def test_every_counted_indicator_is_proved_from_the_records_it_counts(hefei: Pack, operator: Reader) -> None:
    """Counts, sums, means, medians and shares: what the evidence lists comes to what the hub says."""
    company = make_organisation("Bo")
    for day in (3, 9, 30):
        made = make_project(f"Project {day}", company=company, landed_on=date(2026, 5, day))
        passed("project", made, "lead", date(2026, 1, day), operator)
        passed("project", made, "landed", date(2026, 5, day), operator)
        make_need(f"Need {day}", received_at=NOON - timedelta(days=day))
    recounted()
    codes = list(Indicator.objects.filter(is_counted=True).values_list("code", flat=True))
    figures = [{"key": code, "basis": "figure", "code": code, "as_of": "2026-11-18", "area": ""} for code in codes]
    proofs = reports.proofs_of({"figures": figures}, NOON)
    said = {one.indicator.code: one.cell.value for one in plans.values(as_of=date(2026, 11, 18), reader=operator)}
    assert {code: again(proofs[code]) for code in codes} == {code: said[code] for code in codes}
    assert said["technology_enterprises_landed"] == 1, "three projects of one company are one enterprise"
    assert {proof["statistic"] for proof in proofs.values()} >= {"count", "sum", "median", "ratio"}
